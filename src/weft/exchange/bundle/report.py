"""The page of a bundle: its canonical text, in which claims have their places, and whether it stands alone.

The text is what a browser gives as `document.body.textContent`: tags gone, character references replaced, line ends
single, spaces kept. It is the same for everybody, so places in it can be checked anywhere.

`check_report` is for pages that Weft itself has made: it refuses what would run, or be loaded from elsewhere. It makes
nobody else's page safe to show; one that is read from a bundle is kept and never shown.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown

Attributes = list[tuple[str, str | None]]

UNSEEN = ("template", "noscript", "noembed", "noframes", "xmp", "plaintext", "textarea")
RUNS = ("script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "link", "form")
MOVES = ("animate", "set", "animatemotion", "animatetransform")
FORBIDDEN = frozenset((*UNSEEN, *RUNS, *MOVES))
LOADS = frozenset(("src", "srcset", "imagesrcset", "poster", "data", "background", "manifest", "classid", "codebase"))
SENDS = frozenset(("action", "formaction", "ping", "srcdoc"))
HREF = frozenset(("href", "xlink:href"))
IN_FILE = re.compile(r"\s*(?:data:image/|#)", re.IGNORECASE)
LINK = re.compile(r"\s*(?:https?://|mailto:|#|[\w./%-]+(?:[?#]|$))", re.IGNORECASE)
CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
CSS_LOADS = re.compile(
    r"@import|image-set\s*\(|\bsrc\s*\(|url\s*\((?!\s*[\"']?\s*(?:data:(?:image|font)/|#))|expression\s*\(|-moz-binding",
    re.IGNORECASE,
)


def canonical_text(html: str) -> str:
    """The text of the page's body, in whose Unicode code points the places of claims are counted."""
    page = _Page()
    page.read(html)
    return "".join(page.text)


def check_report(html: str, file: Path | str) -> None:
    """Refuse a page that runs anything, loads anything from elsewhere, or could be read in two ways."""
    if not re.match(r"\s*<!doctype html\s*>", html, re.IGNORECASE):
        raise ExchangeError("must begin with <!doctype html>.", file=file, expected="<!doctype html>")
    page = _Page()
    page.read(html)
    if page.bodies != 1:
        raise ExchangeError("must have one <body>.", file=file, found=str(page.bodies), expected="1")
    for line, fault in page.faults:
        says = f"{fault}, and a report must stand alone and run nothing."
        raise ExchangeError(says, file=file, row=line, found=fault, units=("line", "element"))


class _Page(HTMLParser):
    """Reads a page once, for its text and its faults."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.faults: list[tuple[int, str]] = []
        self.bodies = 0
        self._in_style = False
        self._drops_line_end = False

    def read(self, html: str) -> None:
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.bodies += tag == "body"
        self._in_style = tag == "style"
        self._drops_line_end = tag in ("pre", "listing")
        self.faults += [(self.getpos()[0], fault) for fault in _faults(tag, attrs)]

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        super().handle_startendtag(tag, attrs)
        if tag in ("style", "title"):
            self.faults.append((self.getpos()[0], f"<{tag}> is closed before it begins"))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._drops_line_end = False

    def handle_data(self, data: str) -> None:
        if self.bodies:
            self.text.append(data[1:] if self._drops_line_end and data.startswith("\n") else data)
        self._drops_line_end = False
        if self._in_style and ("<" in data or _loads(data)):
            self.faults.append((self.getpos()[0], "a style loads something"))

    def handle_comment(self, data: str) -> None:
        if "<" in data or ">" in data or data.startswith("-"):
            self.faults.append((self.getpos()[0], "a comment holds something like a tag"))

    def handle_pi(self, data: str) -> None:
        self.faults.append((self.getpos()[0], "there is an instruction for a program"))

    def unknown_decl(self, data: str) -> None:
        self.faults.append((self.getpos()[0], "there is a section that is not HTML"))


def _faults(tag: str, attrs: Attributes) -> Iterator[str]:
    if tag in FORBIDDEN:
        yield f"it has <{tag}>"
    if len({name for name, _ in attrs}) != len(attrs):
        yield f"<{shown(tag)}> has an attribute twice"
    for name, value in attrs:
        text = value or ""
        is_order = tag == "meta" and name == "http-equiv" and text.strip().lower() != "content-type"
        if name.startswith("on") or name in SENDS or is_order:
            yield f"<{shown(tag)}> has {shown(name)}"
        elif name in LOADS and not IN_FILE.match(text):
            yield f"<{shown(tag)}> loads {shown(text)}"
        elif name in HREF and not (LINK if tag in ("a", "area") else IN_FILE).match(text):
            yield f"<{shown(tag)}> leads to {shown(text)}"
        elif _loads(text) and name not in ("title", "alt", "content", "aria-label"):
            yield f"<{shown(tag)}> has a {shown(name)} that loads something"


def _loads(css: str) -> bool:
    """Whether a style, its escapes undone, asks for anything that is not in the file."""
    plain = CSS_ESCAPE.sub(lambda match: _letter(match[1]) if match[1] else match[2], css)
    return CSS_LOADS.search(plain) is not None


def _letter(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
