"""Read a project with its files: `.qdpx`."""

from dataclasses import replace
from pathlib import Path

from lxml import etree

from weft.exchange.archive import Archive, open_archive
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem
from weft.exchange.refi.codebook import all_codes, refuse_repeats
from weft.exchange.refi.files import held_file, inside, members
from weft.exchange.refi.model import AudioSource, PDFSource, PictureSource, Project, TextSource, Transcript, VideoSource
from weft.exchange.refi.positions import placed
from weft.exchange.refi.read_elements import ElementReader
from weft.exchange.refi.rebuild import everything, rebuilt
from weft.exchange.refi.texts import TextFinder, called
from weft.methods.text_spans import READINGS

NAMESPACE = "urn:QDA-XML:project:1.0"
DOCUMENT = "project.qde"
LARGEST_DOCUMENT = 128_000_000


def read_project(path: Path, *, reading: str | None = None) -> Project:
    """Read a project; `project.reading` says how its positions were counted, unless it is given.

    Nothing outside the archive is looked for. A source whose file is missing keeps everything else.
    """
    path = Path(path)
    if reading is not None:
        refuse_reading(reading, path)
    archive = open_archive(path)
    name = _document(archive)
    data = archive.read(name)
    file, document = f"{path}/{name}", f"{path.name}/{name}"
    if len(data) > LARGEST_DOCUMENT:
        raise ExchangeError(f"is larger than {LARGEST_DOCUMENT} bytes, the most that can be read.", file=file)
    reader = ElementReader(data, file, document)
    raw = reader.document(Project, "Project", NAMESPACE)
    _refuse_repeats(raw, file)
    finder = TextFinder(archive, document)
    project, loss = placed(rebuilt(raw, finder.found), document, said=_said(reader.root), given=reading)
    names = sorted(one for one in archive.names if one != name and one not in finder.used)
    return replace(
        project,
        files=tuple(held_file(archive, one) for one in names),
        loss=(*reader.loss, *finder.loss, *loss, *_missing(project, archive, document)),
    )


def refuse_reading(reading: str, path: Path) -> None:
    """Refuse a reading that does not exist."""
    if reading not in READINGS:
        says = f"positions can be counted as {', '.join(READINGS)}, not as {shown(reading)}."
        raise ExchangeError(says, file=path, found=reading, expected=", ".join(READINGS))


def _document(archive: Archive) -> str:
    """The one member that is the project."""
    found = [
        name for name in archive.names if name.lower().endswith(".qde") and not name.startswith(("__MACOSX/", "."))
    ]
    if len(found) != 1:
        says = f"must hold one project file that ends in .qde, it holds {len(found)}."
        raise ExchangeError(says, file=archive.path, found=str(len(found)), expected=DOCUMENT)
    folded: set[str] = set()
    for name in archive.names:
        if name.casefold() in folded:
            says = "is there twice, with small and capital letters."
            raise ExchangeError(says, file=f"{archive.path}/{shown(name)}", found=name)
        folded.add(name.casefold())
    return found[0]


def _refuse_repeats(project: Project, file: str) -> None:
    """What others refer to by its GUID must be the only one with it."""
    for what, found in (
        ("user", project.users),
        ("code", all_codes(project.codes)),
        ("variable", project.variables),
        ("source", project.sources),
        ("note", project.notes),
    ):
        refuse_repeats(what, (one.guid for one in found), file)


def _said(root: etree._Element) -> str | None:
    """The reading that the file says it was written for."""
    before = [etree.tostring(one, with_tail=False) for one in root.itersiblings(etree.PI, preceding=True)]
    return next((name for name in READINGS if etree.tostring(instruction(name)) in before), None)


def instruction(reading: str) -> etree._ProcessingInstruction:
    """What a written project begins with, so that nobody has to guess; other programs pass over it."""
    return etree.ProcessingInstruction("weft", f'positions="{reading}"')


def _missing(project: Project, archive: Archive, document: str) -> list[LossItem]:
    """The files that sources name and that are not there, apart from plain texts."""
    held = members(archive.names)
    loss = []
    for item in everything(project):
        path = None
        if isinstance(item, TextSource | Transcript):
            path = item.rich_text_path
        elif isinstance(item, PictureSource | PDFSource | AudioSource | VideoSource):
            path = item.path
        if path is None:
            continue
        place = inside(path)
        if place is None:
            why = f"Its file {shown(path)} lies outside the project, where Weft does not look."
            loss.append(LossItem(document, called(item), "left out", why))
        elif place.lower() not in held:
            why = f"Its file {shown(path)} is not in the archive."
            loss.append(LossItem(document, called(item), "left out", why))
    return loss
