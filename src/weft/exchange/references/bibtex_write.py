"""Write BibTeX, and say by reading it back what BibTeX could not hold."""

import re
from collections.abc import Iterator
from pathlib import Path

from bibtexparser import BibtexFormat, Library, write_string
from bibtexparser.model import Entry, Field

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.references import bibtex_fields as known
from weft.exchange.references.bibtex import parsed
from weft.exchange.references.bibtex_dates import MACROS, as_iso, needs_iso
from weft.exchange.references.bibtex_names import as_names
from weft.exchange.references.compare import losses
from weft.exchange.references.latex import as_latex, as_verbatim
from weft.exchange.references.model import Date, Reference, References
from weft.exchange.rows import write_text

TYPE_OF = {csl: kind for kind, csl in known.TYPES.items()}
SUBTYPE_OF = {csl: subtype for subtype, csl in known.SUBTYPES.items()}
NOT_IN_A_KEY = re.compile(r"[\s{}(),\"'#%~\\=\x00-\x20\x7f]+")
MONTHS = list(MACROS)


def write_bibtex(references: References, path: Path) -> LossReport:
    """Write one entry a reference. What is written is read back, and every difference is in the loss report."""
    path = Path(path)
    if not references.items:
        raise ExchangeError("cannot be written: there is no reference.", file=path)
    library = Library()
    for reference, key in zip(references.items, _keys(references, path), strict=True):
        kind, fields = _entry(reference)
        library.add(Entry(kind, key, [Field(name, value) for name, value in fields]))
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent, layout.block_separator, layout.trailing_comma = "  ", "\n", True
    text = write_string(library, unparse_stack=[], bibtex_format=layout)
    back = parsed(path, text)
    write_text(path, lambda file: file.write(text))
    return losses(references, back, path, "BibTeX has no way to say this.")


def _keys(references: References, path: Path) -> list[str]:
    """A key for each reference; BibTeX does not tell them apart by the case of their letters."""
    ids = [reference.id for reference in references.items]
    if "" in ids or len(set(ids)) < len(ids):
        again = next(name for place, name in enumerate(ids) if not name or name in ids[:place])
        raise ExchangeError(f"cannot be written: the id {shown(again)} is empty or there twice.", file=path)
    keys: dict[str, str] = {}
    for name in ids:
        plain = NOT_IN_A_KEY.sub("-", name).strip("-") or "item"
        key, count = plain, 1
        while key.lower() in keys:
            count += 1
            key = f"{plain}-{count}"
        keys[key.lower()] = key
    return list(keys.values())


def _entry(reference: Reference) -> tuple[str, list[tuple[str, str]]]:
    """The type of the entry and its fields, each value as it stands in the file."""
    kind, more = _type(reference)
    texts = _texts(reference) | more
    fields = [(name, f"{{{value}}}") for name, value in _names(reference)]
    fields += [(name, _value(name, texts[name])) for name in ("title",) if texts.get(name)]
    fields += _dates(reference)
    fields += [(name, _value(name, text)) for name, text in texts.items() if name != "title"]
    return kind, [(name, value) for name, value in fields if value.strip("{}")]


def _type(reference: Reference) -> tuple[str, dict[str, str]]:
    genre = reference.texts.get("genre", "")
    if reference.type == "thesis":
        kinds = [kind for kind, meant in known.THESES.items() if meant == genre]
        return (kinds[0], {"type": ""}) if kinds else ("thesis", {})
    if reference.type in SUBTYPE_OF:
        return "article", {"entrysubtype": SUBTYPE_OF[reference.type]}
    kind = TYPE_OF.get(reference.type)
    return (kind, {}) if kind else ("misc", {"entrysubtype": reference.type})


def _texts(reference: Reference) -> dict[str, str]:
    """The plain texts by the name of their field."""
    is_serial, held = reference.type in known.SERIALS, reference.texts
    number = "issue" if is_serial else "collection-number" if reference.type in known.IN_A_SERIES else "number"
    texts = {
        "title": held.get("title", ""),
        "journal" if is_serial else "booktitle": held.get("container-title", ""),
        "number": held.get(number, ""),
        known.PUBLISHERS.get(reference.type, "publisher"): held.get("publisher", ""),
    }
    if number != "issue":
        texts["issue"] = held.get("issue", "")
    if number != "number":
        texts["eid"] = held.get("number", "")
    texts |= {field: held[variable] for field, variable in known.TEXTS.items() if variable in held}
    if held.get("archive", "").lower() in known.ARCHIVES and held.get("archive_location"):
        texts |= {"eprint": held["archive_location"], "eprinttype": held["archive"]}
    return texts


def _value(field: str, text: str) -> str:
    if field in known.VERBATIM:
        return f"{{{as_verbatim(text)}}}"
    value = "--".join(map(as_latex, text.split("-"))) if field == "pages" else as_latex(text)
    if field == "title" and any(letter.isupper() for letter in text[1:]):  # a style would make them small
        return f"{{{{{value}}}}}"
    return f"{{{value}}}"


def _names(reference: Reference) -> Iterator[tuple[str, str]]:
    for field, variable in known.NAMES.items():
        if value := as_names(reference.names.get(variable, ())):
            yield field, value


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    if issued := reference.dates.get("issued"):
        yield from _issued(issued)
    for field, variable in known.DATES.items():
        if variable in reference.dates:
            yield field, _value(field, as_iso(reference.dates[variable]))


def _issued(date: Date) -> Iterator[tuple[str, str]]:
    if not date.parts:
        yield "year", _value("year", date.literal)
        return
    if needs_iso(date):
        yield "date", _value("date", as_iso(date))
    yield "year", f"{{{date.parts[0]}}}"
    if len(date.parts) > 1 and 1 <= date.parts[1] <= 12:
        yield "month", MONTHS[date.parts[1] - 1]
        if len(date.parts) > 2 and not needs_iso(date):
            yield "day", f"{{{date.parts[2]}}}"
    elif date.season and not needs_iso(date):
        yield "month", _value("month", date.season)
