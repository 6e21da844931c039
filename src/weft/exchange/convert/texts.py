"""Tables of what was said and of codes, and the codebook and references that come with other things."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from weft.exchange.bundle import Bundle
from weft.exchange.calendar import Calendar
from weft.exchange.convert.left import left_behind
from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossReport
from weft.exchange.references import References
from weft.exchange.refi import Code, Codebook, Project, everything
from weft.exchange.tables import Table
from weft.exchange.transcripts import Transcript, as_table

CODE_COLUMNS = ("code", "under", "description", "color", "can be given")
EVENT_COLUMNS = ("starts", "ends", "summary", "place", "description", "url", "status", "categories", "organiser")
SELECTIONS = ("TextSelection", "PictureSelection", "PDFSelection", "TimeSelection", "TranscriptSelection")


def turns(transcript: Transcript, file: str) -> tuple[Table, LossReport]:
    """One row a turn; the places of turns in the text go, since every row holds its words."""
    return as_table(transcript), ()


def events(calendar: Calendar, file: str) -> tuple[Table, LossReport]:
    """One row an event; times are as in the calendar, with their distance from Greenwich."""
    rows = tuple(
        (
            event.starts.isoformat(),
            "" if event.ends is None else event.ends.isoformat(),
            *(event.summary, event.place, event.description, event.url, event.status),
            ", ".join(event.categories),
            event.organiser.name or event.organiser.address if event.organiser else "",
        )
        for event in calendar.events
    )
    why = "A table of events has no column for it."
    about = (calendar.name, calendar.description, calendar.url, calendar.refresh)
    zoned = sum(isinstance(event.starts, datetime) for event in calendar.events)
    named = sum(event.organiser is not None and bool(event.organiser.name) for event in calendar.events)
    stays = [
        ("what the calendar says of itself", why, sum(bool(each) for each in about)),
        ("identifiers and numbers of changes", why, len(calendar.events)),
        ("names of time zones", "A time in a table has only its distance from Greenwich.", zoned),
        ("addresses of organisers who are named", why, named),
        ("that people are free at that time", why, sum(not event.is_busy for event in calendar.events)),
    ]
    return Table(EVENT_COLUMNS, rows), left_behind(file, stays)


def codes(codebook: Codebook, file: str) -> tuple[Table, LossReport]:
    """One row a code, with the names of those above it."""
    rows = tuple(_rows(codebook.codes, ()))
    notes = sum(len(code.note_refs) for code, _ in _all(codebook.codes, ()))
    stays = [
        ("GUIDs of codes", "The table calls codes by their names.", len(rows)),
        ("sets of codes", "A table of codes has no place for them.", len(codebook.sets)),
        ("notes on codes", "A table of codes has no place for them.", notes),
    ]
    return Table(CODE_COLUMNS, rows), left_behind(file, stays)


def _all(found: Iterable[Code], above: tuple[str, ...]) -> Iterator[tuple[Code, tuple[str, ...]]]:
    for code in found:
        yield code, above
        yield from _all(code.codes, (*above, code.name))


def _rows(found: Iterable[Code], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for code, names in _all(found, above):
        can_be_given = "yes" if code.is_codable else "no"
        yield code.name, " / ".join(names), code.description or "", code.color or "", can_be_given


def codebook(project: Project, file: str) -> tuple[Codebook, LossReport]:
    """The codes of a project and the sets that hold some."""
    sets = tuple(each for each in project.sets if each.code_refs)
    kinds = [type(item).__name__ for item in everything(project)]
    why = "A codebook has no place for it."
    stays = [
        ("sources", why, len(project.sources)),
        ("selections in sources", why, sum(kind in SELECTIONS for kind in kinds)),
        ("codings", why, kinds.count("Coding")),
        ("notes", why, len(project.notes)),
        ("cases", why, len(project.cases)),
        ("variables", why, len(project.variables)),
        ("sets without a code", why, len(project.sets) - len(sets)),
        ("links", why, len(project.links)),
        ("graphs", why, len(project.graphs)),
        ("users", why, len(project.users)),
        ("files", why, len(project.files)),
        ("name and description of the project", why, bool(project.name) + bool(project.description)),
    ]
    return Codebook(origin=project.origin, codes=project.codes, sets=sets), left_behind(file, stays)


def bundle_codebook(bundle: Bundle, file: str) -> tuple[Codebook, LossReport]:
    """The codebook of a bundle, refused where there is none."""
    if bundle.codebook is None:
        raise ExchangeError("holds no codebook.", file=file)
    return replace(bundle.codebook, loss=()), _rest(bundle, file, references=len(bundle.references.items), codebook=0)


def bundle_references(bundle: Bundle, file: str) -> tuple[References, LossReport]:
    """The references of a bundle."""
    return References(bundle.references.items), _rest(bundle, file, references=0, codebook=bundle.codebook is not None)


def _rest(bundle: Bundle, file: str, *, references: int, codebook: int) -> LossReport:
    why = "Only this part of the bundle was asked for."
    stays = [
        ("the report", why, 1),
        ("claims", why, len(bundle.claims)),
        ("items", why, len(bundle.items)),
        ("relations", why, len(bundle.relations)),
        ("passages", why, len(bundle.passages)),
        ("references", why, references),
        ("the codebook", why, codebook),
        ("tables", why, len(bundle.tables)),
        ("what the bundle says was left out of it", why, len(bundle.left_out)),
    ]
    return left_behind(file, stays)
