"""Read a transcript out of a Word file: its words in order, in whichever layout they are written."""

import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from weft.exchange.archive import Archive, open_archive
from weft.exchange.encoding import read_bytes
from weft.exchange.errors import ExchangeError
from weft.exchange.transcripts.build import ZIP, Lost, lines_of, refuse_others, transcript_of
from weft.exchange.transcripts.layouts import pieces_of
from weft.exchange.transcripts.model import Transcript
from weft.exchange.xml import parse_xml

LARGEST_WORD_FILE = 64_000_000
LARGEST_XML = 20_000_000
MOST_PARTS = 2_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = f"{W}txbxContent"

NOT_WORDS = "A transcript holds words alone."
INSERTED = Lost("tracked insertions", "They are taken in as if accepted.", "changed")
TABLES = Lost("tables", "Their cells stand one below the other.", "changed")
BOXES = Lost("text boxes", "They stand beside the text and have no place in its order.")
HIDDEN = Lost("hidden words", "Word does not show them.")
MARGINS = Lost("headers and footers", "They belong to pages, and a transcript has none.")
SKIPPED = {
    f"{W}del": Lost("tracked deletions", "They are left out as if accepted."),
    f"{W}moveFrom": Lost("words moved elsewhere", "They are kept at the place to which they were moved."),
    f"{W}object": Lost("embedded objects", NOT_WORDS),
    f"{W}drawing": Lost("pictures and drawings", NOT_WORDS),
    f"{W}pict": Lost("pictures and drawings", NOT_WORDS),
    f"{W}rt": Lost("readings above words", NOT_WORDS),
    f"{W}altChunk": Lost("embedded documents", "They are files of their own."),
    f"{M}oMath": Lost("formulas", NOT_WORDS),
    f"{W}pPr": None,
    FALLBACK: None,
}
COUNTED = {
    f"{W}ins": INSERTED,
    f"{W}tbl": TABLES,
    f"{W}sym": Lost("letters from a font of symbols", "They have no meaning outside that font."),
    f"{W}footnoteReference": Lost("footnotes and endnotes", "They stand below the text."),
    f"{W}endnoteReference": Lost("footnotes and endnotes", "They stand below the text."),
    f"{W}commentReference": Lost("comments", "They are about the text."),
    f"{W}hyperlink": Lost("addresses of links", "Their words are kept."),
}
LISTS = Lost("numbers and signs of lists", "Word counts them and does not write them into the text.")
LETTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


def read_docx(path: Path) -> Transcript:
    """Read the body of a Word file, its tables included; names and times become those of its turns."""
    path = Path(path)
    data = read_bytes(path, LARGEST_WORD_FILE)
    if not data.startswith(ZIP):
        refuse_others(path, data)
    part = _document(path, open_archive(path)).part
    losses: Counter[Lost] = Counter()
    lines = lines_of(path, "\n".join(_lines(part.element, losses)))
    for relation in part.rels.values():
        if (relation.reltype or "").endswith(("/header", "/footer")) and not relation.is_external:
            losses[MARGINS] += _has_words(relation.target_part)
    pieces, doubts = pieces_of(lines)
    return transcript_of(path, "Word", pieces, doubts=doubts, losses=losses)


def _document(path: Path, archive: Archive) -> Any:
    """What python-docx makes of the parts in XML, each checked; every other part is empty for it."""
    if "word/document.xml" not in archive.names and "content.xml" in archive.names:
        raise ExchangeError("is an OpenDocument file (.odt); save it as .docx.", file=path)
    if "[Content_Types].xml" not in archive.names:
        raise ExchangeError("is not a Word file.", file=path, expected="a Word file (.docx)")
    if len(archive.names) > MOST_PARTS:
        says = f"holds {len(archive.names)} parts, the most that can be read is {MOST_PARTS}."
        raise ExchangeError(says, file=path, found=str(len(archive.names)), expected=str(MOST_PARTS))
    copy, total = io.BytesIO(), 0
    with zipfile.ZipFile(copy, "w") as file:
        for name in archive.names:
            part = archive.read(name) if name.endswith((".xml", ".rels")) else b""
            total += len(part)
            if total > LARGEST_XML:
                raise ExchangeError(
                    f"holds more than {LARGEST_XML} bytes of XML, the most that can be read.", file=path
                )
            if part:
                parse_xml(part, f"{path}/{name}")
            file.writestr(name, part)
    try:
        return docx.Document(copy)
    except Exception as error:  # python-docx lets through whatever its parts raise
        says = "is not a Word file that can be read; open it in Word and save it anew as .docx."
        raise ExchangeError(says, file=path, found=type(error).__name__) from None


def _lines(document: etree._Element, losses: Counter[Lost]) -> list[str]:
    """The lines of all paragraphs in order; what is left out on the way is counted."""
    lines: list[str] = []
    words: list[str] = []
    walk = etree.iterwalk(document, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag == f"{W}p":
                lines += "".join(words).split("\n")
                words.clear()
            continue
        if tag in SKIPPED:
            walk.skip_subtree()
            if (lost := SKIPPED[tag]) is not None:
                losses[BOXES if _has_box(element) else lost] += 1
        elif tag == f"{W}r" and _is_hidden(element):
            walk.skip_subtree()
            losses[HIDDEN] += 1
        elif tag in COUNTED:
            losses[COUNTED[tag]] += 1
        elif tag == f"{W}p":
            losses[LISTS] += element.find(f"{W}pPr/{W}numPr") is not None
        elif tag == f"{W}t":
            words.append(element.text or "")
        else:
            words.append(LETTERS.get(tag, ""))
    return lines


def _has_box(element: etree._Element) -> bool:
    return next(element.iter(BOX), None) is not None


def _is_hidden(run: etree._Element) -> bool:
    found = run.find(f"{W}rPr/{W}vanish")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")


def _has_words(part: Any) -> bool:
    element = getattr(part, "element", None)
    return element is not None and any((text.text or "").strip() for text in element.iter(f"{W}t"))
