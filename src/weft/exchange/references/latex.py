"""LaTeX in the values of BibTeX to plain text, and back. Only what LaTeX reads is escaped; all else is UTF-8."""

import re
import unicodedata

from weft.exchange.references.latex_signs import (
    ACCENTS,
    ALONE,
    BELOW,
    DOTLESS,
    ESCAPES,
    JOINED,
    LOWERED,
    RAISED,
    SIGNS,
    SILENT,
    SYMBOLS,
)

TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)[ \t\r\n]*|\\(?P<sign>[\s\S]?)|(?P<brace>[{}])|(?P<joined>---|--|``|''|[?!]`|~)"
    r"|\$(?P<math>[^$]+)\$|(?P<text>[^\\{}`'~?!$-]+|[\s\S])"
)
SPACE = re.compile(r"[ \t\r\n\f\v]+")
RAISED_OR_LOWERED = re.compile(r"([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^{}\\]))")
VERBATIM = {"{": "%7B", "}": "%7D", "\\": "%5C"}


class Plain:
    """The plain text of a LaTeX source; `unknown` are its commands that say more than the text does."""

    def __init__(self, source: str, is_verbatim: bool = False) -> None:
        self.unknown: list[str] = []
        self._out: list[str] = []
        self._accents: list[str] = []
        for token in TOKEN.finditer(source):
            self._take(token, is_verbatim)
        self._end_accents()
        self.text = one_line("".join(self._out))

    def _take(self, token: re.Match[str], is_verbatim: bool) -> None:
        kind = token.lastgroup
        found = token[kind] if kind else ""
        if kind == "brace":
            if found == "}":
                self._end_accents()
        elif kind == "word" or kind == "sign":
            self._command(found)
        elif kind == "math":
            self._put(token[0] if is_verbatim else self._formula(found))
        elif kind == "joined" and not is_verbatim:
            self._put(JOINED[found])
        else:
            self._put(token[0])

    def _command(self, name: str) -> None:
        if name in ACCENTS:
            self._accents.append(name)
        elif name in SIGNS:
            self._put(SIGNS[name])
        elif name in SYMBOLS:
            self._put(SYMBOLS[name])
        elif name not in SILENT:
            self.unknown.append(f"\\{name}")

    def _put(self, text: str) -> None:
        """Add a text; accents that wait go onto its first letter."""
        if self._accents:
            text = text.lstrip(" \t\r\n")
            if not text:
                return
            base = text[0]
            if not BELOW.issuperset(self._accents):
                base = DOTLESS.get(base, base)
            marks = "".join(ACCENTS[name] for name in reversed(self._accents))
            text = unicodedata.normalize("NFC", base + marks) + text[1:]
            self._accents = []
        self._out.append(text)

    def _end_accents(self) -> None:
        """Accents over nothing stand for themselves."""
        waiting, self._accents = self._accents, []
        self._out += [ALONE.get(name, ACCENTS[name]) for name in waiting]

    def _formula(self, source: str) -> str:
        """A formula as plain text where plain text can say it, otherwise its source."""
        moved = RAISED_OR_LOWERED.sub(_raised_or_lowered, source)
        if not re.search(r"[\\_^]", source) and len(source.strip()) != 1:
            self.unknown.append("$")
            return f"${source}$"
        plain = Plain(moved)
        if plain.unknown or re.search(r"[_^]", plain.text):
            self.unknown.append("$")
            return f"${source}$"
        return plain.text


def _raised_or_lowered(found: re.Match[str]) -> str:
    inner = found[2] if found[3] is None else found[3]
    signs = RAISED if found[1] == "^" else LOWERED
    if found[1] == "^" and inner.strip() == "\\circ":
        return "°"
    if inner and all(sign in signs for sign in inner):
        return "".join(signs[sign] for sign in inner)
    return found[0]


def one_line(text: str) -> str:
    """A value of BibTeX is one line, with one space between words and none at its ends."""
    return SPACE.sub(" ", text).strip(" ")


def as_latex(text: str) -> str:
    """A plain text as the inside of a BibTeX value."""
    escaped = "".join(ESCAPES.get(letter, letter) for letter in one_line(text))
    return re.sub(r"-(?=-)|`(?=`)|'(?=')|[?!](?=`)", lambda found: found[0] + "{}", escaped)


def as_verbatim(text: str) -> str:
    """An address or number as the inside of a value that LaTeX takes as it stands."""
    return "".join(VERBATIM.get(letter, letter) for letter in one_line(text))
