"""Files that lie beside a project: recordings, pictures, formatted texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from weft.exchange.archive import Archive

FOLDER = "sources"
INTERNAL = "internal://"
ELSEWHERE = re.compile(r"[/\\:]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the archive, unpacked only when asked for; two are equal when name and content are.

    `name` is its path in the archive, `sources/` and what follows `internal://` in the paths of sources.
    """

    name: str
    size: int
    sha256: str
    _held: Archive | bytes = field(repr=False, compare=False)

    def chunks(self) -> Iterator[bytes]:
        """The content, piece by piece. A file that is gone or damaged since the project was read is refused."""
        if isinstance(self._held, bytes):
            yield self._held
        else:
            yield from self._held.chunks(self.name)

    def read(self) -> bytes:
        """The whole content."""
        return b"".join(self.chunks())


def new_file(name: str, data: bytes) -> SourceFile:
    """A file to be written; sources refer to `sources/NAME` as `internal://NAME`."""
    return SourceFile(name, len(data), hashlib.sha256(data).hexdigest(), data)


def held_file(archive: Archive, name: str) -> SourceFile:
    """A file of an archive. It is read through once, so that damage is found now."""
    size, digest = 0, hashlib.sha256()
    for chunk in archive.chunks(name):
        size += len(chunk)
        digest.update(chunk)
    return SourceFile(name, size, digest.hexdigest(), archive)


def inside(path: str) -> str | None:
    """The path in the folder of sources, or none where it leads elsewhere. A bare name is taken for one in there."""
    if path.startswith(INTERNAL):
        return path.removeprefix(INTERNAL).lstrip("/")
    return path if path and not ELSEWHERE.search(path) else None


def members(names: tuple[str, ...]) -> dict[str, str]:
    """Where each file of the folder of sources is, by its path in there in small letters."""
    folder = f"{FOLDER}/"
    return {name[len(folder) :].lower(): name for name in names if name.lower().startswith(folder)}


def folder_of(names: Iterable[str]) -> str:
    """The folder of sources as it is written already, in small or capital letters."""
    return next((name.split("/")[0] for name in names if name.lower().startswith(f"{FOLDER}/")), FOLDER)
