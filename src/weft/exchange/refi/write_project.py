"""Write a project with its files: texts in UTF-8 with line feeds, positions in code points."""

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.refi.files import FOLDER, INTERNAL
from weft.exchange.refi.model import Project, TextSource, Transcript
from weft.exchange.refi.project import DOCUMENT, NAMESPACE, instruction, read_project
from weft.exchange.refi.rebuild import everything, rebuilt
from weft.exchange.refi.texts import Written, called
from weft.exchange.refi.write_elements import ElementWriter
from weft.exchange.whole import whole_file
from weft.methods.text_spans import canonical

NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_project(project: Project, path: Path) -> LossReport:
    """Write a project that its schema takes. It is read back before it stands at its path, and must be the same."""
    path = Path(path)
    loss: list[LossItem] = []
    kept = rebuilt(project, lambda item: _without_strays(item, path, loss))
    kept = replace(kept, files=tuple(sorted(kept.files, key=lambda file: file.name)))
    texts: dict[str, str] = {}
    for item in everything(kept):
        if isinstance(item, TextSource | Transcript):
            _check(item, path)
            if item.text is not None and item.plain_text_path is not None:
                _take_text(item, path, texts)
    outside = rebuilt(kept, _with_text_outside)
    data = ElementWriter(path, NAMESPACE, "targetGUID").document(outside, "Project", instruction())
    with whole_file(path) as half:
        _zip(half, [(DOCUMENT, [data]), *((name, [text.encode()]) for name, text in sorted(texts.items()))], kept)
        try:
            back = read_project(half)
        except ExchangeError as error:
            says = f"cannot be written: it could not be read back. {error}"
            raise ExchangeError(says.replace(str(half), str(path)), file=path) from None
        if back != kept:
            raise ExchangeError("cannot be written: it would not be read back the same.", file=path)
    return tuple(loss)


def _without_strays(item: Any, path: Path, loss: list[LossItem]) -> Any:
    """Without positions that nobody could place and that would be taken for a place once they are written."""
    if not isinstance(item, TextSource | Transcript) or item.text is None:
        return item
    most = len(item.text)
    if isinstance(item, TextSource):
        strays = [one.guid for one in item.selections if not one.is_placed and 0 <= one.start <= one.end <= most]
        kept: Written = replace(item, selections=tuple(one for one in item.selections if one.guid not in strays))
    else:
        strays = [one.guid for one in item.sync_points if not one.is_placed and 0 <= (one.position or 0) <= most]
        points = (
            replace(one, position=None, is_placed=True) if one.guid in strays else one for one in item.sync_points
        )
        kept = replace(item, sync_points=tuple(points))
    if not strays:
        return item
    why = "They could not be placed in the text, and other programs would take their positions for other places."
    loss.append(LossItem(path.name, f"{called(item)}, {', '.join(strays)}", "left out", why, len(strays)))
    return kept


def _check(item: Written, path: Path) -> None:
    """Refuse what no reading of a project gives."""
    if item.text is not None and canonical(item.text) != item.text:
        raise _refused(path, item, "its text must have line feeds only and no byte order mark")
    if isinstance(item, TextSource):
        spans = [(one.start, one.end) for one in item.selections if one.is_placed]
    else:
        spans = [(0, one.position) for one in item.sync_points if one.is_placed and one.position is not None]
    most = -1 if item.text is None else len(item.text)
    for start, end in spans:
        if not 0 <= start <= end <= most:
            raise _refused(path, item, f"{start}..{end} is no place in its text")


def _take_text(item: Written, path: Path, texts: dict[str, str]) -> None:
    """The member that becomes the text file of an item."""
    where, text = item.plain_text_path or "", item.text or ""
    if not where.startswith(INTERNAL):
        raise _refused(path, item, "it has a text and a path that leads outside the project")
    name = f"{FOLDER}/{where.removeprefix(INTERNAL)}"
    if texts.setdefault(name, text) != text:
        raise _refused(path, item, f"another text is to be written as {where}")


def _with_text_outside(item: Any) -> Any:
    is_outside = isinstance(item, TextSource | Transcript) and item.plain_text_path is not None
    return replace(item, text=None) if is_outside else item


def _refused(path: Path, item: Written, why: str) -> ExchangeError:
    return ExchangeError(f"cannot be written: {called(item)}: {why}.", file=path)


def _zip(path: Path, written: Iterable[tuple[str, Iterable[bytes]]], project: Project) -> None:
    """The same members give the same bytes, whenever and wherever they are written."""
    members = [*written, *((file.name, file.chunks()) for file in project.files)]
    seen: set[str] = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in members:
            if name in seen:
                raise ExchangeError(f"cannot be written: two files are to be called {name}.", file=path)
            seen.add(name)
            info = zipfile.ZipInfo(name, NO_DATE)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as member:
                for chunk in chunks:
                    member.write(chunk)
