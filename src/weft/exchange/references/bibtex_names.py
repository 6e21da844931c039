"""Names as BibTeX writes them: `von Last, Jr, First`, joined by `and`, an organisation in braces."""

import re

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from weft.exchange.references.latex import Plain, as_latex
from weft.exchange.references.model import Name

OTHERS = "others"
TIE = re.compile(r"(?<!\\)~")
TILDE, SAME_TILDE = "\\~", "\\\u02dc"  # the parser of names takes the first for a space


class Names:
    """The names of one value; `has_others` says that it ends with "and others"."""

    def __init__(self, source: str) -> None:
        self.unknown: list[str] = []
        sources = [one for one in split_multiple_persons_names(source.replace(TILDE, SAME_TILDE)) if one.strip()]
        self.has_others = sources[-1:] == [OTHERS]
        if self.has_others:
            sources.pop()
        names = [self._name(one.strip()) for one in sources]
        self.names = tuple(name for name in names if name != Name())

    def _name(self, source: str) -> Name:
        if is_group(source):
            return Name(literal=self._plain(source))
        parts = parse_single_name_into_parts(source, strict=False)
        return Name(
            family=self._plain(" ".join(parts.last)),
            given=self._plain(" ".join(parts.first)),
            non_dropping_particle=self._plain(" ".join(parts.von)),
            suffix=self._plain(" ".join(parts.jr)),
        )

    def _plain(self, source: str) -> str:
        plain = Plain(TIE.sub(" ", source))
        self.unknown += plain.unknown
        return plain.text


def is_group(source: str) -> bool:
    """Whether one pair of braces holds all of it."""
    depth = 0
    is_escaped = False
    for place, letter in enumerate(source):
        if is_escaped:
            is_escaped = False
        elif letter == "\\":
            is_escaped = True
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
        if depth <= 0:
            return letter == "}" and place == len(source) - 1
    return False


def as_names(names: tuple[Name, ...]) -> str:
    """The names as one value."""
    return " and ".join(filter(None, map(_written, names)))


def _written(name: Name) -> str:
    """The barest form that reads back as the same name; where none does, the one with braces."""
    particles = f"{name.dropping_particle} {name.non_dropping_particle}"
    parts = (particles, name.family, name.given, name.suffix)
    von, family, given, suffix = (as_latex(part.replace("\u00a0", " ")) for part in parts)
    if name.literal or not family:
        return _group(as_latex(name.literal.replace("\u00a0", " ")) or " ".join(filter(None, (given, von, suffix))))
    if not given:
        family, suffix = " ".join(filter(None, (family, suffix))), ""
    grouped = (_group(family), _group(given), _group(suffix))
    forms = [_joined(von, family, given, suffix), _joined(von, *grouped), _joined(_group(von), *grouped)]
    return next((form for form in forms if _reads_back(form, name)), forms[-1])


def _reads_back(form: str, name: Name) -> bool:
    """Whether it does so alone and between others."""
    return Names(form).names == (name,) and Names(f"X and {form} and X").names[1:-1] == (name,)


def _joined(von: str, family: str, given: str, suffix: str) -> str:
    last = " ".join(filter(None, (von, family)))
    if suffix:
        return f"{last}, {suffix}, {given}"
    return f"{last}, {given}" if given else last


def _group(text: str) -> str:
    return f"{{{text}}}" if text else ""
