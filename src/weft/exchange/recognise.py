"""Tell which format a file or folder has: by its first bytes, and only where those say nothing by its name."""

import json
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weft.exchange import foreign
from weft.exchange.archive import open_archive
from weft.exchange.encoding import MARKS
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.formats import BY_KEY, Format, by_suffix
from weft.exchange.rows import read_text

OPENING = 65_536
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
NOT_IN_XML = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\w[^>]*>", re.DOTALL)
POLIS_HEADINGS = (
    {"comment-id", "voter-id", "vote"},
    {"comment-id", "moderated", "comment-body"},
    {"participant", "n-votes", "n-agree"},
)
GRANT_HEADING = {"identifier", "title", "currency", "amount awarded", "award date"}
TEXTS = (
    ("ics", re.compile(r"BEGIN:VCALENDAR\s", re.IGNORECASE), "it begins with BEGIN:VCALENDAR"),
    ("webvtt", re.compile(r"WEBVTT(?=\s|$)"), "it begins with WEBVTT"),
    ("srt", re.compile(r"\d+[ \t]*(?:\r\n?|\n)\d+:\d\d:\d\d[,.]\d{1,3} *-->"), "it begins with a number and two times"),
    ("ris", re.compile(r"TY  ?- "), "its first line begins with TY, as a record of RIS does"),
    ("pabulib", re.compile(r"\"?META\"?[; \t]*(?:\r|\n)", re.IGNORECASE), "its first line is META"),
    ("bibtex", re.compile(r"(?:%[^\n]*\n\s*)*@\s*[A-Za-z]+\s*[{(]"), "it begins with an entry of BibTeX"),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format, what told it, and what somebody should know of that choice."""

    format: Format
    told_by: str
    warnings: tuple[str, ...] = ()


def recognise(path: Path) -> Recognised:
    """The format of a file or folder; what is not read is refused by its name in plain words."""
    if is_folder(path):
        return _folder(path)
    head = _opening(path)
    if not head:
        raise ExchangeError("is empty.", file=path)
    if head.startswith((ZIP, EMPTY_ZIP)):
        return _zip(path)
    for start, mark, name, advice in foreign.SIGNATURES:
        if head.startswith(mark, start):
            raise ExchangeError(foreign.refusal(name, advice), file=path, found=name)
    text = _as_text(head)
    if text is None:
        raise ExchangeError("is no text, and in no format that is known here.", file=path)
    return _text(path, text)


def recognised_as(path: Path, said: Format | None) -> Recognised:
    """The format that somebody said, where it can be one; otherwise the one that is recognised."""
    if said is None:
        return recognise(path)
    if is_folder(path) != said.is_folder:
        kind = "a file" if said.is_folder else "a folder"
        raise ExchangeError(f"is {kind}, so it cannot be {said.name}.", file=path)
    return Recognised(said, "as was said")


def is_folder(path: Path) -> bool:
    """Whether it is a folder and not a file; what is neither cannot be read at all."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ExchangeError("is not there.", file=path) from None
    except (OSError, ValueError) as error:
        raise ExchangeError(f"cannot be read: {getattr(error, 'strerror', None) or error}.", file=path) from None
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise ExchangeError("is neither a file nor a folder, but a device or a pipe.", file=path)
    return stat.S_ISDIR(mode)


def _folder(path: Path) -> Recognised:
    try:
        names = sorted(each.name for each in path.iterdir())
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    comments = next((name for name in names if name == "comments.csv" or name.endswith("-comments.csv")), None)
    if comments is not None:
        return Recognised(BY_KEY["polis"], f"it is a folder with {shown(comments)}")
    if not names:
        raise ExchangeError("is an empty folder.", file=path)
    says = "is a folder without a comments.csv; of folders only Polis exports are read, so name one file in it."
    raise ExchangeError(says, file=path, expected="comments.csv")


def _opening(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(OPENING)
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None


def _zip(path: Path) -> Recognised:
    names = open_archive(path).names
    for key, member in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if member in names and key in BY_KEY:
            return Recognised(BY_KEY[key], f"it is a zip file with {member}")
    for name in names:
        last = name.rsplit("/", 1)[-1]
        if name.lower() == "project.qde" and "qdpx" in BY_KEY:
            return Recognised(BY_KEY["qdpx"], f"it is a zip file with {name}")
        if last == "ro-crate-metadata.json" and name.count("/") <= 1 and "bundle" in BY_KEY:
            return Recognised(BY_KEY["bundle"], f"it is a zip file with {name}")
    for member, what, advice in foreign.MEMBERS:
        if member in names:
            raise ExchangeError(foreign.refusal(what, advice), file=path, found=what)
    raise ExchangeError(foreign.refusal("a zip file of something else", "unpack it first"), file=path)


def _as_text(head: bytes) -> str | None:
    """The opening as text, good enough to tell the format; none if it is no text."""
    text = _decoded(head)
    return None if "\0" in text or len(NO_TEXT.findall(text)) * 100 > len(text) else text


def _decoded(head: bytes) -> str:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 5 > len(head):
        return head.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return head.decode("utf-8", "ignore") if _is_utf8(head) else head.decode("latin-1")


def _is_utf8(head: bytes) -> bool:
    """Whether it is UTF-8, perhaps cut within the last letter."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(head) == OPENING
    return True


def _text(path: Path, text: str) -> Recognised:
    begin = text.lstrip("\ufeff \t\r\n")
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        return _table(begin)
    for key, pattern, told_by in TEXTS:
        if key in BY_KEY and pattern.match(begin):
            return Recognised(BY_KEY[key], told_by)
    if begin.startswith("<"):
        return _xml(path, begin)
    if begin.startswith(("{", "[")) and suffix != ".txt":
        return _json(path, begin)
    named = by_suffix(path)
    if named:
        return Recognised(named[0], f"its name ends in {suffix}")
    if suffix in foreign.SUFFIXES:
        name, advice = foreign.SUFFIXES[suffix]
        raise ExchangeError(foreign.refusal(name, advice), file=path, found=name)
    raise ExchangeError("is a text, and nothing tells its format; say it with --from.", file=path)


def _table(begin: str) -> Recognised:
    """A .csv file is 360Giving or a table by the names in its heading.

    One file of a Polis export is a table too: what is a vote is known only from all of them together.
    """
    heading = re.split(r"[\r\n]", begin, maxsplit=1)[0]
    names = {name.strip().strip("\"'").casefold() for name in re.split(r"[,;\t|]", heading)}
    if names >= GRANT_HEADING and "360giving-csv" in BY_KEY:
        return Recognised(BY_KEY["360giving-csv"], "its heading has the columns of 360Giving")
    if any(names >= wanted for wanted in POLIS_HEADINGS):
        warning = "This is one file of a Polis export, taken alone as a table; give the folder to read them together."
        return Recognised(BY_KEY["csv"], "it is text with a heading, and its name ends in .csv", (warning,))
    return Recognised(BY_KEY["csv"], "it is text, and its name ends in .csv, .tsv or .tab")


def _xml(path: Path, begin: str) -> Recognised:
    root = ROOT.search(NOT_IN_XML.sub("", begin))
    name = root[1] if root else ""
    if name == "CodeBook" and "qdc" in BY_KEY:
        return Recognised(BY_KEY["qdc"], "its root element is CodeBook")
    what, advice = foreign.ROOTS.get(name, foreign.SUFFIXES[".xml"])
    raise ExchangeError(foreign.refusal(what, advice), file=path, found=name)


def _json(path: Path, begin: str) -> Recognised:
    """JSON is 360Giving where it has a list of grants, and CSL-JSON where an item has an id and a type.

    What is damaged goes to the reader that it seems to be for, which names the place.
    """
    try:
        found: Any = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ExchangeError):
            raise
        found = {"grants": []} if '"grants"' in begin else []
    if isinstance(found, dict) and isinstance(found.get("grants"), list) and "360giving" in BY_KEY:
        return Recognised(BY_KEY["360giving"], "it is JSON with a list of grants")
    items = found if isinstance(found, list) else [found]
    if not items or any(isinstance(item, dict) and "id" in item and "type" in item for item in items):
        return Recognised(BY_KEY["csl-json"], "it is JSON, and its items have an id and a type")
    if isinstance(found, dict) and "$schema" in found:
        raise ExchangeError(foreign.refusal("a JSON schema", ""), file=path)
    if isinstance(found, dict) and "@context" in found:
        raise ExchangeError(foreign.refusal(*foreign.SUFFIXES[".jsonld"]), file=path)
    raise ExchangeError("is JSON, but neither references (CSL-JSON) nor grants (360Giving).", file=path)
