"""What a citation processor renders, as plain text and as HTML in which nothing but our own tags can stand."""

import html
import re

TAGS = {
    "i": "i",
    "b": "b",
    "u": "u",
    "sup": "sup",
    "sub": "sub",
    "small-caps": 'span class="small-caps"',
}
FIRST = 0xFDD0
OPEN = {name: chr(FIRST + 2 * place) for place, name in enumerate(TAGS)}
CLOSE = {name: chr(FIRST + 2 * place + 1) for place, name in enumerate(TAGS)}
SIGN = re.compile(f"([{chr(FIRST)}-{chr(FIRST + 2 * len(TAGS) - 1)}])")
NOT_A_NUMBER = "\u2060"
TWICE = re.compile(rf"([.,;:!?])((?:{SIGN.pattern})+)\1")
RICH = re.compile(r'<(/?)(i|b|sup|sub)>|<span [a-z]+="font-variant: ?small-caps;?">(.*?)</span>')


class Formatter:
    """Marks formatting with characters that no text has; what a style or a reference says is never taken for HTML."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    def __getattr__(self, name: str) -> object:
        kinds = {"Italic": "i", "Oblique": "i", "Bold": "b", "Underline": "u", "Superscript": "sup", "Subscript": "sub"}
        kind = {**kinds, "SmallCaps": "small-caps", "Light": ""}.get(name)
        if kind is None:
            raise AttributeError(name)
        return (lambda text: mark(kind, str(text))) if kind else str


def mark(kind: str, text: str) -> str:
    return f"{OPEN[kind]}{text}{CLOSE[kind]}"


def marked(text: str) -> str:
    """A text with the few tags that CSL allows in one (`<i>`, `<b>`, `<sup>`, `<sub>`, small capitals) as marks."""

    def one(found: re.Match[str]) -> str:
        if found[2] is None:
            return mark("small-caps", found[3])
        return (CLOSE if found[1] else OPEN)[found[2]]

    return RICH.sub(one, SIGN.sub("", text))


def as_text(rendered: str) -> str:
    """Without formatting."""
    return SIGN.sub("", _tidy(rendered))


def as_html(rendered: str) -> str:
    """With formatting; every tag that is opened is closed, in order."""
    kinds = {sign: (kind, signs is OPEN) for signs in (OPEN, CLOSE) for kind, sign in signs.items()}
    out: list[str] = []
    opened: list[str] = []

    def close(kind: str) -> None:
        while kind in opened:
            last = opened.pop()
            out.append(f"</{TAGS[last].split()[0]}>")
            if last == kind:
                break

    for part in SIGN.split(html.escape(_tidy(rendered))):
        if part not in kinds:
            out.append(part)
        elif kinds[part][1]:
            opened.append(kinds[part][0])
            out.append(f"<{TAGS[kinds[part][0]]}>")
        else:
            close(kinds[part][0])
    while opened:
        close(opened[0])
    return "".join(out)


def _tidy(rendered: str) -> str:
    """No point twice where formatting ends, no mark for numbers."""
    return TWICE.sub(r"\1\2", rendered.replace(NOT_A_NUMBER, "")).strip()
