"""Read BibTeX, with the entry types and fields of BibLaTeX."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bibtexparser import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem
from weft.exchange.references.bibtex_dates import MACROS
from weft.exchange.references.bibtex_entry import LINE_AND_FIELD, EntryFields, Found, reference
from weft.exchange.references.bibtex_fields import GAINS_A_BOOK, NOT_INHERITED
from weft.exchange.references.compare import Kind
from weft.exchange.references.latex import one_line
from weft.exchange.references.model import Reference, References
from weft.exchange.rows import LONGEST_TEXT, read_text

MOST_TEXT = 64_000_000
MOST_PARENTS = 8
MOST_PARTS = 1_000
MOST_AT_SIGNS = 200_000
BEGINS = re.compile(r"^[ \t]*@[ \t]*\w|@\w+\s*[{(]", re.MULTILINE)
EDGE = re.compile(r'(?<!\\)[{}"]')
SPACES = re.compile(r"\s*")
WORD = re.compile(r"[^\s{}\"#,=()]+")
logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL)  # what it would say is said by the error


def read_bibtex(path: Path) -> References:
    """Read every entry. Fields and commands that CSL has no place for are in the loss report."""
    path = Path(path)
    return parsed(path, read_text(path))


def parsed(path: Path, text: str) -> References:
    """The entries of a text."""
    file = _File(path)
    if text.count("@") > MOST_AT_SIGNS:
        raise ExchangeError(f"holds more than {MOST_AT_SIGNS} @ signs, the most that can be read.", file=path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for block in parse_string(lines, parse_stack=[]).blocks:
        file.take(block)
    items = tuple(file.references())
    if not items:
        raise ExchangeError("holds no entry.", file=path, expected="an entry, such as @article{...}")
    return References(items, tuple(file.loss))


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    key: str
    line: int
    fields: EntryFields


class _File:
    """One file while it is read: abbreviations in their order, entries, and what is left out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._macros = dict(MACROS)
        self._entries: dict[str, _Entry] = {}
        self._any_case: dict[str, str] = {}
        self._size = 0
        self.loss: list[LossItem] = []

    def take(self, found: Block) -> None:
        line = (found.start_line or 0) + 1
        block: Block | None = found
        if isinstance(found, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            block = found.ignore_error_block
        if isinstance(block, ParsingFailedBlock):
            says = "the entry that begins here is broken: a comma, an equals sign or a closing brace is missing."
            raise self._fault(line, says)
        if isinstance(block, String):
            self._macros[block.key.lower()] = self._value(block.value, line, block.key)
        elif isinstance(block, Entry):
            self._take_entry(block, line)
        elif isinstance(block, Preamble):
            self._left_out(f"line {line}, preamble", "It speaks to LaTeX.")
        elif isinstance(block, ExplicitComment | ImplicitComment):
            begins = BEGINS.search(block.comment) if isinstance(block, ImplicitComment) else None
            if begins:
                line += block.comment.count("\n", 0, begins.start())
                raise self._fault(line, "an entry begins here, but its type and opening brace are not on one line.")
            self._left_out(f"line {line}, comment", "Weft keeps the entries alone.")

    def _take_entry(self, block: Entry, line: int) -> None:
        key = one_line(block.key) or f"item-{len(self._entries) + 1}"
        if key in self._entries:
            raise self._fault(line, f"the entry {shown(key)} is there twice.", key)
        fields: EntryFields = {}
        for field in block.fields:
            name, at = one_line(field.key).lower(), (field.start_line or 0) + 1
            if name in fields:
                self._left_out(
                    f"entry {shown(key)}, field {shown(name)}", "The field is there twice; the first counts."
                )
            else:
                fields[name] = (self._value(field.value, at, name), at)
        self._entries[key] = _Entry(block.entry_type, key, line, fields)
        self._any_case.setdefault(key.lower(), key)

    def _value(self, source: str, line: int, name: str) -> str:
        """The LaTeX source of a value: texts in braces or quotes, numbers and abbreviations, joined by #."""
        parts, place, size = [], _past_space(source, 0), 0
        while True:
            part, place = self._part(source, place, line, name)
            size += len(part)
            parts.append(part)
            if size > LONGEST_TEXT or len(parts) > MOST_PARTS:
                says = f"the text is longer than {LONGEST_TEXT} characters, or of more than {MOST_PARTS} parts."
                raise self._fault(line, says, field=name)
            place = _past_space(source, place)
            if place == len(source):
                break
            if source[place] != "#":
                raise self._fault(line, "the value goes on after its end.", source[place:], name)
            place = _past_space(source, place + 1)
        value = "".join(parts)
        if "\0" in value:
            raise self._fault(line, "the text holds a NUL character.", field=name)
        return value

    def _part(self, source: str, place: int, line: int, name: str) -> tuple[str, int]:
        """One part of a value, and where it ends."""
        first = source[place : place + 1]
        if first and first in '{"':
            depth = 0
            for edge in EDGE.finditer(source, place + (first == '"')):
                if edge[0] == '"' and first == '"' and depth == 0:
                    return source[place + 1 : edge.start()], edge.end()
                depth += {"{": 1, "}": -1, '"': 0}[edge[0]]
                if edge[0] == "}" and first == "{" and depth == 0:
                    return source[place + 1 : edge.start()], edge.end()
            raise self._fault(line, "the value is never closed.", field=name)
        word = WORD.match(source, place)
        if word is None:
            raise self._fault(line, "a value is missing.", field=name)
        if word[0].isdigit():
            return word[0], word.end()
        value = self._macros.get(word[0].lower())
        if value is None:
            where = f"line {line}, field {shown(name)}"
            why = f"The abbreviation {shown(word[0])} is not defined above; its name is taken for the text."
            self._lost(where, "changed", why)
            value = word[0]
        return value, word.end()

    def references(self) -> Iterator[Reference]:
        """Every entry with what it takes over from those it refers to."""
        for entry in self._entries.values():
            if entry.kind in ("xdata", "set"):
                self._left_out(f"entry {shown(entry.key)}", "It is no work of its own.")
                continue
            fields = self._with_parents(entry)
            self._size += sum(len(value) for value, _ in fields.values())
            if self._size > MOST_TEXT:
                raise self._fault(entry.line, f"the texts together are longer than {MOST_TEXT} characters.")
            found = Found(self._path, entry.key, entry.kind, entry.line)
            yield reference(found, fields)
            for where, kind, why in found.losses:
                self._lost(f"entry {shown(entry.key)}, {where}", kind, why)

    def _with_parents(self, entry: _Entry) -> EntryFields:
        """The fields of an entry, and those that it inherits by crossref."""
        fields, seen, child = dict(entry.fields), {entry.key}, entry
        while "crossref" in child.fields:
            named = one_line(child.fields["crossref"][0])
            parent = self._entries.get(named) or self._entries.get(self._any_case.get(named.lower(), ""))
            if parent is None or parent.key in seen or len(seen) > MOST_PARENTS:
                why = f"The entry {shown(named)} that it refers to is not in the file, or refers back."
                self._left_out(f"entry {shown(entry.key)}, field crossref", why)
                break
            seen.add(parent.key)
            inherited = {name: value for name, value in parent.fields.items() if name not in NOT_INHERITED}
            if child.kind in GAINS_A_BOOK:
                for mine, theirs in (("booktitle", "title"), ("booksubtitle", "subtitle")):
                    if theirs in inherited:
                        inherited.setdefault(mine, inherited.pop(theirs))
            fields = inherited | fields
            child = parent
        fields.pop("crossref", None)
        return fields

    def _left_out(self, where: str, why: str) -> None:
        self._lost(where, "left out", why)

    def _lost(self, where: str, kind: Kind, why: str) -> None:
        self.loss.append(LossItem(self._path.name, where, kind, why))

    def _fault(self, line: int, says: str, found: str | None = None, field: str | None = None) -> ExchangeError:
        return ExchangeError(says, file=self._path, row=line, column=field, found=found, units=LINE_AND_FIELD)


def _past_space(source: str, place: int) -> int:
    found = SPACES.match(source, place)
    return found.end() if found else place
