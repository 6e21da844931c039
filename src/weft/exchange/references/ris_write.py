"""Write RIS, and say by reading it back what RIS could not hold."""

from collections.abc import Iterator
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.references import ris_tags as tags
from weft.exchange.references.compare import losses
from weft.exchange.references.model import Date, Name, Reference, References
from weft.exchange.references.ris import parsed
from weft.exchange.rows import write_text

TYPE_OF = {csl: ris for ris, csl in tags.TYPES.items()}


def write_ris(references: References, path: Path) -> LossReport:
    """Write one record a reference. What is written is read back, and every difference is in the loss report."""
    path = Path(path)
    if not references.items:
        raise ExchangeError("cannot be written: there is no reference.", file=path)
    ids = [_one_line(reference.id) for reference in references.items]
    if "" in ids or len(set(ids)) < len(ids):
        again = next(name for place, name in enumerate(ids) if not name or name in ids[:place])
        raise ExchangeError(f"cannot be written: the id {shown(again)} is empty or there twice.", file=path)
    text = "".join(f"{line}\r\n" for reference in references.items for line in _lines(reference))
    back = parsed(path, text)
    write_text(path, lambda file: file.write(text))
    return losses(references, back, path, "RIS has no way to say this.")


def _lines(reference: Reference) -> Iterator[str]:
    yield f"TY  - {TYPE_OF.get(reference.type, 'GEN')}"
    yield f"ID  - {_one_line(reference.id)}"
    for tag, variable in tags.NAMES.items():
        for name in reference.names.get(variable, ()):
            if line := _name(name):
                yield f"{tag}  - {line}"
    for tag, variable in tags.TEXTS.items():
        if line := _one_line(reference.texts.get(variable, "")):
            yield f"{tag}  - {line}"
    for tag, variable in (("SN", "ISSN"), ("SN", "ISBN"), ("SP", "page")):
        if line := _one_line(reference.texts.get(variable, "")):
            yield f"{tag}  - {line}"
    for tag in ("KW", "N1"):
        variable, between = tags.MANY[tag]
        for part in reference.texts.get(variable, "").split(between):
            if line := _one_line(part):
                yield f"{tag}  - {line}"
    yield from _dates(reference)
    yield "ER  - "


def _one_line(text: str) -> str:
    """RIS has one line for a value, and no spaces at its ends."""
    return " ".join(text.split())


def _name(name: Name) -> str:
    if name.literal:
        return _one_line(name.literal)
    family = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle, name.family)))
    line = f"{family}, {name.given}"
    return _one_line(f"{line}, {name.suffix}" if name.suffix else line) if family or name.given else ""


def _dates(reference: Reference) -> Iterator[str]:
    issued = reference.dates.get("issued")
    if issued and issued.parts:
        yield f"PY  - {issued.parts[0]:04d}"
        if len(issued.parts) > 1 or issued.season:
            yield f"DA  - {_date(issued)}"
    elif issued and _date(issued):
        yield f"PY  - {_date(issued)}"
    accessed = reference.dates.get("accessed")
    if accessed and _date(accessed):
        yield f"Y2  - {_date(accessed)}"


def _date(date: Date) -> str:
    if not date.parts:
        return _one_line(date.literal)
    numbers = [f"{date.parts[0]:04d}", *(f"{part:02d}" for part in date.parts[1:])]
    return "/".join([*numbers, *[""] * (3 - len(numbers)), _one_line(date.season)] if date.season else numbers)
