"""The texts of a project, inside it or in files of the archive, made canonical."""

import codecs
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from weft.exchange.archive import Archive
from weft.exchange.errors import shown
from weft.exchange.loss import LossItem
from weft.exchange.refi.files import inside, members
from weft.exchange.refi.model import TextSource, Transcript
from weft.methods.text_spans import canonical

LARGEST_TEXT = 16_000_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Written: TypeAlias = TextSource | Transcript


@dataclass(slots=True)
class TextFinder:
    """Puts the words of text files into the sources that name them."""

    archive: Archive
    document: str
    used: set[str] = field(default_factory=set)
    loss: list[LossItem] = field(default_factory=list)

    def found(self, item: Any) -> Any:
        """A text with its words, or anything else as it is."""
        if not isinstance(item, TextSource | Transcript):
            return item
        path = item.plain_text_path
        if item.text and path is not None:
            self._lose(item, f"It has its text inside; the path {shown(path)} was taken out.")
            path = None
        text = item.text if path is None else self._words(item, path)
        return replace(item, plain_text_path=path, text=None if text is None else canonical(text))

    def _words(self, item: Written, path: str) -> str | None:
        place = inside(path)
        member = members(self.archive.names).get((place or "").lower())
        if place is None:
            self._lose(item, f"Its text {shown(path)} lies outside the project, where Weft does not look.")
        elif member is None:
            self._lose(item, f"Its text {shown(path)} is not in the archive.")
        else:
            text, why = _decoded(self.archive.read(member))
            if why:
                self._lose(item, f"Its text {shown(path)} {why}", "left out" if text is None else "changed")
            if text is not None:
                self.used.add(member)
            return text
        return None

    def _lose(self, item: Written, why: str, kind: Literal["left out", "changed"] = "left out") -> None:
        self.loss.append(LossItem(self.document, called(item), kind, why))


def called(item: Any) -> str:
    """What an item is and its name, or its GUID where it has none."""
    return f"{type(item).__name__} {shown(item.name or item.guid)}"


def _decoded(data: bytes) -> tuple[str | None, str]:
    """The text, and what is to be said about it."""
    if len(data) > LARGEST_TEXT:
        return None, f"is larger than {LARGEST_TEXT} bytes and was not read."
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("windows-1252"), "is not UTF-8 and was read as Windows-1252."
    except UnicodeDecodeError:
        return None, "is in no encoding that can be told and was not read."
