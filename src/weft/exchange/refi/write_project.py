"""Write a project with its files, positions counted as the standard says or as another program wants."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.refi.counting import Count
from weft.exchange.refi.files import folder_of, inside
from weft.exchange.refi.model import Project, TextSource, Transcript
from weft.exchange.refi.positions import WRITTEN
from weft.exchange.refi.project import DOCUMENT, NAMESPACE, instruction, read_project, refuse_reading
from weft.exchange.refi.rebuild import rebuilt
from weft.exchange.refi.texts import Written, called
from weft.exchange.refi.write_elements import ElementWriter
from weft.exchange.whole import whole_file
from weft.methods.text_spans import canonical

LONGEST_NAME = 1_000
SURROGATE = re.compile("[\ud800-\udfff]")
NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_project(project: Project, path: Path, *, reading: str = WRITTEN) -> LossReport:
    """Write a project that its schema takes, positions counted as `reading`.

    It is read back before it stands at its path, and must be the same.
    """
    path = Path(path)
    refuse_reading(reading, path)
    texts = _TextWriter(path, reading, folder_of(file.name for file in project.files))
    kept = rebuilt(project, texts.without_strays)
    kept = replace(kept, files=tuple(sorted(kept.files, key=lambda file: file.name)))
    data = ElementWriter(path, NAMESPACE, "targetGUID").document(
        rebuilt(kept, texts.written), "Project", instruction(reading)
    )
    members = [(DOCUMENT, [data]), *((name, [text.encode()]) for name, text in sorted(texts.files.items()))]
    with whole_file(path) as half:
        _zip(half, [*members, *((file.name, file.chunks()) for file in kept.files)], path)
        try:
            back = read_project(half)
        except ExchangeError as error:
            says = f"cannot be written: it could not be read back. {error}"
            raise ExchangeError(says.replace(str(half), str(path)), file=path) from None
        if back != kept:
            raise ExchangeError("cannot be written: it would not be read back the same.", file=path)
    return tuple(texts.loss)


@dataclass(slots=True)
class _TextWriter:
    """The texts of one project on their way into elements and files."""

    path: Path
    reading: str
    folder: str
    files: dict[str, str] = field(default_factory=dict)
    loss: list[LossItem] = field(default_factory=list)

    def without_strays(self, item: Any) -> Any:
        """A text without positions that nobody could place and that would be taken for a place once written."""
        if not isinstance(item, TextSource | Transcript) or item.text is None:
            return item
        most = Count(item.text, self.reading).offset(len(item.text))
        if isinstance(item, TextSource):
            strays = [one for one in item.selections if not one.is_placed and 0 <= one.start <= one.end <= most]
            kept: Written = replace(item, selections=tuple(one for one in item.selections if one not in strays))
            lost = [one.guid for one in strays]
        else:
            lost = [one.guid for one in item.sync_points if not one.is_placed and 0 <= (one.position or 0) <= most]
            points = [
                replace(one, position=None, is_placed=True) if one.guid in lost else one for one in item.sync_points
            ]
            kept = replace(item, sync_points=tuple(points))
        if not lost:
            return item
        why = "Nobody could place them in the text, and programs would take their positions for other places."
        self.loss.append(LossItem(self.path.name, f"{called(item)}, {', '.join(lost)}", "left out", why, len(lost)))
        return kept

    def written(self, item: Any) -> Any:
        """A text as it stands in its element: counted, and without the words where they go into a file."""
        if not isinstance(item, TextSource | Transcript):
            return item
        if item.text is not None and canonical(item.text) != item.text:
            raise self._refused(item, "its text must have line feeds only and no byte order mark")
        if SURROGATE.search(item.text or ""):
            raise self._refused(item, "its text holds half a character")
        count = Count(item.text, self.reading)
        if isinstance(item, TextSource):
            spans = [(one.start, one.end) for one in item.selections if one.is_placed]
        else:
            spans = [(0, one.position) for one in item.sync_points if one.is_placed and one.position is not None]
        for start, end in spans:
            if not 0 <= start <= end <= count.length:
                raise self._refused(item, f"{start}..{end} is no place in its text")
        if item.text is not None and item.plain_text_path is not None:
            self._take(item, item.plain_text_path, count.lines(item.text))
            return replace(count.counted(item), text=None)
        return count.counted(item)

    def _take(self, item: Written, where: str, text: str) -> None:
        place = inside(where)
        if place is None:
            raise self._refused(item, "it has a text and a path that leads outside the project")
        name = f"{self.folder}/{place}"
        if self.files.setdefault(name, text) != text:
            raise self._refused(item, f"another text is to be written as {where}")

    def _refused(self, item: Written, why: str) -> ExchangeError:
        return ExchangeError(f"cannot be written: {called(item)}: {why}.", file=self.path)


def _zip(half: Path, members: Iterable[tuple[str, Iterable[bytes]]], path: Path) -> None:
    """The same members give the same bytes, whenever and wherever they are written."""
    seen: set[str] = set()
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in members:
            if name in seen:
                raise ExchangeError(f"cannot be written: two files are to be called {name}.", file=path)
            seen.add(name)
            if len(name) > LONGEST_NAME:
                raise ExchangeError(f"cannot be written: the name of the file {shown(name)} is too long.", file=path)
            info = zipfile.ZipInfo(name, NO_DATE)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as member:
                for chunk in chunks:
                    member.write(chunk)
