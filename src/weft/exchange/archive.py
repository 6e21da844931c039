"""Open a zip file that nobody vouches for: no path outside it, no bomb, no name twice, no link, no secret."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.whole import whole_file

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 256_000_000
LARGEST_TOTAL = 1_000_000_000
LARGEST_RATIO = 250
ALWAYS_ALLOWED = 4_000_000
CHUNK = 1_000_000
NO_DATE = (1980, 1, 1, 0, 0, 0)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The members of one zip file, checked by their headers; each is read only when asked for."""

    path: Path
    names: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """The bytes of one member. Refused when it is not there or does not match its checksum."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The same, a million bytes at a time, for what need not be in memory at once."""
        if name not in self.names:
            raise ExchangeError("is not in the archive.", file=f"{self.path}/{name}", expected=name)
        try:
            with zipfile.ZipFile(self.path) as file, file.open(name) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except BROKEN as error:
            says = f"is damaged: {shown(str(error))}."
            raise ExchangeError(says, file=f"{self.path}/{name}") from None


def open_archive(path: Path) -> Archive:
    """Check the table of contents of a zip file against every limit; nothing is unpacked yet."""
    path = Path(path)
    try:
        size = path.stat().st_size
        with zipfile.ZipFile(path) as file:
            members = file.infolist()
    except zipfile.BadZipFile:
        raise ExchangeError("is not a zip file, or is cut short.", file=path, expected="a zip file") from None
    except BROKEN as error:
        says = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a zip file"
        raise ExchangeError(f"cannot be read: {says}.", file=path) from None
    if len(members) > MOST_MEMBERS:
        says = f"holds {len(members)} files, the most that can be read is {MOST_MEMBERS}."
        raise ExchangeError(says, file=path, found=str(len(members)), expected=str(MOST_MEMBERS))
    files = [member for member in members if not member.filename.endswith("/")]
    seen: set[str] = set()
    for member in files:
        _check_member(path, member)
        if member.filename in seen:
            raise ExchangeError("is in the archive twice.", file=f"{path}/{shown(member.filename)}")
        seen.add(member.filename)
    total = sum(member.file_size for member in files)
    if total > LARGEST_TOTAL or total > max(ALWAYS_ALLOWED, size * LARGEST_RATIO):
        says = f"would unpack to {total} bytes from {size}, which is more than can be trusted."
        raise ExchangeError(says, file=path, found=str(total))
    return Archive(path, tuple(member.filename for member in files))


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    name = member.filename
    file = f"{path}/{shown(name)}"
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or ".." in parts or "\\" in name or ":" in name.split("/")[0]:
        raise ExchangeError("has a path that leads out of the archive.", file=file, found=name)
    if not name.isprintable():
        raise ExchangeError("has a name with characters that cannot be shown.", file=file, found=name)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ExchangeError("is a link to another file.", file=file)
    if member.flag_bits & 0x1:
        raise ExchangeError("is locked with a password.", file=file)
    if member.compress_type not in METHODS:
        raise ExchangeError("is compressed in a way that cannot be read.", file=file, found=str(member.compress_type))
    if member.file_size > LARGEST_MEMBER:
        says = f"has {member.file_size} bytes, the most that can be read is {LARGEST_MEMBER}."
        raise ExchangeError(says, file=file, found=str(member.file_size), expected=str(LARGEST_MEMBER))


def write_archive(path: Path, members: Iterable[tuple[str, bytes]], *, largest: int = LARGEST_TOTAL) -> None:
    """Write a zip file beside its place and move it there; the same members give the same bytes, whenever and wherever.

    One of more than `largest` bytes is refused, as its reader would.
    """
    with whole_file(path) as half:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in members:
                info = zipfile.ZipInfo(name, NO_DATE)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                file.writestr(info, data)
        if half.stat().st_size > largest:
            raise ExchangeError(f"cannot be written: it is larger than {largest} bytes.", file=path)
