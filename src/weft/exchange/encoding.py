"""The text of a file whose encoding nobody has said."""

from dataclasses import dataclass
from pathlib import Path

from weft.exchange.errors import ExchangeError

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ENCODINGS = (
    *("utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254"),
    *("windows-1257", "iso-8859-1", "iso-8859-2", "iso-8859-15", "mac-roman", "cp437", "cp850"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its mark; `is_certain` is false when the bytes would fit other encodings as well."""

    text: str
    encoding: str
    is_certain: bool


def read_bytes(path: Path, most: int) -> bytes:
    """The content of a file that is not too large."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    if len(data) > most:
        raise ExchangeError(f"is larger than {most} bytes, the most that can be read.", file=path)
    return data


def decoded(path: Path, data: bytes, encoding: str | None, unit: str = "row") -> Decoded:
    """The text in the encoding that its mark, or else the caller, says, or else the likeliest that fits."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if encoding is not None and encoding not in ENCODINGS:
        raise ExchangeError(f"cannot be read as {encoding}.", file=path, found=encoding, expected=", ".join(ENCODINGS))
    tries = [(marked, True)] if marked else [(encoding, True)] if encoding else _guesses(data)
    for name, is_certain in tries:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            row = text.count("\n", 0, text.index("\0")) + 1
            raise ExchangeError(f"the {unit} holds a NUL character.", file=path, row=row, units=(unit, "column"))
        return Decoded(text, name.removesuffix("-sig"), is_certain)
    tried = marked or encoding
    says = f"is not {tried.removesuffix('-sig')}." if tried else "is in no encoding that can be told; save it as UTF-8."
    raise ExchangeError(says, file=path, expected=tried or "UTF-8")


def _guesses(data: bytes) -> list[tuple[str, bool]]:
    """Encodings to try in turn. Without a mark only UTF-8 proves itself; Latin letters of Windows are the likeliest.

    Many zero bytes, all on the same side of their pairs, are UTF-16; a few are damage.
    """
    odd, even = data[1::2].count(0), data[::2].count(0)
    if max(odd, even) * 10 > len(data) and min(odd, even) * 10 < max(odd, even):
        return [("utf-16-le" if odd > even else "utf-16-be", False), ("utf-8", True)]
    return [("utf-8", True), ("windows-1252", False)]
