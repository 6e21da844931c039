"""Reading YAML so that everything in it knows its line.

Only the plain part of YAML is read: mappings, lists and text. Every value comes out as text and the schema says what it
is, so that `on: no` is the key "on" with the word "no", as whoever wrote it meant.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as File
from typing import Any, BinaryIO

import yaml

from weft.core.fields import CONTROLS

LARGEST = 64 * 1024 * 1024
DEEPEST = 16
MOST_VALUES = 2_000_000
MOST_FAULTS = 20
WORDS = 60  # characters of a text that are looked for, to know their line
FARTHEST = 200_000
NOTHING = {"", "~", "null", "Null", "NULL"}
COLON = re.compile(r"\s*:")
COMMENT = re.compile(r"[ \t]+#")
QUOTE = "Inside { } put a text with a comma in quotes."
Path = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def written(path: Path) -> str:
    """A path as people read it: `items[14].rests_on[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where it stands and what was expected."""

    line: int
    path: Path
    text: str


class Faulty(Exception):
    """What is wrong with a file; its text names file, line, path and what was expected, a line each."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for fault in self.faults[:MOST_FAULTS]:
            where = f", {written(fault.path)}" if fault.path else ""
            yield f"{self.name}, line {fault.line}{where}: {fault.text}"
        if len(self.faults) > MOST_FAULTS:
            yield f"And {len(self.faults) - MOST_FAULTS} more."


@dataclass
class Document:
    """What a file holds, and the line of everything in it, which is looked for only when something is wrong.

    `empty` are the keys with nothing after them, which `data` has not, and `bare` those without a colon; `cut` are keys
    inside braces that a comma may have made out of the rest of a text; `commented` values without quotes after which a
    comment begins.
    """

    name: str
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    empty: list[Path] = field(default_factory=list)
    bare: set[Path] = field(default_factory=set)
    cut: set[Path] = field(default_factory=set)
    commented: list[Path] = field(default_factory=list)

    @cached_property
    def lines(self) -> dict[Path, int]:
        """The line of each path."""
        reader = _Reader(Document(self.name), self.text, {})
        reader.document()
        return reader.lines or {}

    def line(self, path: Path, words: str = "") -> int:
        """The line of a path, or of the nearest thing around it; within a text that of some words of it."""
        near = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in self.lines), None)
        line = self.lines[near] if near else 1
        if near == path and words:
            begins = re.compile(r"\s+".join(re.escape(word) for word in words[:WORDS].split()))
            start = self._starts[line - 1]
            found = begins.search(self.text, start, start + FARTHEST)
            line += self.text.count("\n", start, found.start()) if found else 0
        return line

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def fault(self, path: Path, text: str, words: str = "") -> Fault:
        """A fault at a path, or at some words of the text there."""
        return Fault(self.line(path, words), path, text)

    def at(self, path: Path) -> Any:
        """What stands at a path."""
        here: Any = self.data
        for step in path:
            here = here[step]
        return here


def read(file: File) -> Document:
    """Read a file, or say what is wrong with it."""
    try:
        with file.open("rb") as stream:
            return read_from(stream, file.name, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        raise Faulty(file.name, [Fault(1, (), f"the file cannot be read: {error.strerror}.")]) from None


def read_from(stream: BinaryIO, name: str, size: int = 0) -> Document:
    """Read what comes, such as standard input, or say what is wrong with it."""
    data = stream.read(LARGEST + 1) if size <= LARGEST else b""
    if max(size, len(data)) > LARGEST:
        found = f"{size:,}" if size else f"more than {LARGEST:,}"
        raise Faulty(name, [Fault(1, (), f"the file has {found} bytes, at most {LARGEST:,} were expected.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Faulty(name, [Fault(line, (), "this is not UTF-8 text. Save the file as UTF-8.")]) from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Read the text of a file."""
    control = CONTROLS.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        said = f"the character U+{ord(control[0]):04X} stands here, which is not text. Take it out."
        raise Faulty(name, [Fault(line, (), said)])
    document = Document(name, text)
    try:
        _Reader(document, text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Faulty(name, [Fault(line, (), _sentence(error, text.split("\n")[line - 1 : line]))]) from None
    except yaml.YAMLError as error:
        raise Faulty(name, [Fault(1, (), f"this is not YAML: {error}")]) from None
    return document


def _sentence(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    problem = str(error.problem or error.context or "it cannot be read")
    if "cannot start any token" in problem and any("\t" in line for line in lines):
        return "a tab stands here. YAML is indented with spaces; put spaces in its place."
    if "mapping values are not allowed" in problem:
        return "a colon stands where none was expected. Put the text into quotes, or check the indentation."
    said = f"this is not YAML ({problem}). Check the indentation, and that quotes and brackets are closed."
    if any(sign in line for line in lines for sign in "[]{}"):
        return f"{said} Inside {{ }} and [ ] a text with a comma, a bracket, a colon or a # stands in quotes."
    return said


class _Reader:
    """From YAML's events to mappings, lists and text, and if they are wanted to the lines of these."""

    def __init__(self, document: Document, text: str, lines: dict[Path, int] | None = None) -> None:
        self.made, self.text, self.count, self.lines = document, text, 0, lines
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def document(self) -> None:
        """Read one document and nothing after it."""
        self._next(yaml.StreamStartEvent)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self._stop(event, (), "the file is empty. It begins with `weft: 1` and `programme:`.")
        data = self._value(next(self.events), (), 0)
        if not isinstance(data, dict):
            self._stop(event, (), "keys with values were expected, beginning with `weft: 1` and `programme:`.")
        self._next(yaml.DocumentEndEvent)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(event, (), "a second document begins here. A file holds one programme.")
        self.made.data = data

    def _next(self, kind: type) -> None:
        event = next(self.events)
        assert isinstance(event, kind)  # noqa: S101  YAML's own order of events

    def _stop(self, event: Any, path: Path, text: str) -> None:
        raise Faulty(self.made.name, [Fault(event.start_mark.line + 1, path, text)])

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        self.count += 1
        if self.lines is not None:
            self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._stop(event, path, "anchors and aliases (& and *) are not read. Write the value out.")
        if event.tag:
            self._stop(event, path, f"tags such as {event.tag} are not read. Write plain text, a list or keys.")
        if depth > DEEPEST:
            self._stop(event, path, f"this is nested more than {DEEPEST} deep.")
        if self.count > MOST_VALUES:
            self._stop(event, path, f"the file holds more than {MOST_VALUES:,} values.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        return self._mapping(path, depth, bool(event.flow_style))

    def _scalar(self, event: Any, path: Path) -> str | None:
        if event.implicit[0] and COMMENT.match(self.text, event.end_mark.index):
            self.made.commented.append(path)
        if event.implicit[0] and event.value in NOTHING:
            return None
        control = CONTROLS.search(event.value)
        if control:
            self._stop(event, path, f"this holds the character U+{ord(control[0]):04X}, which is not text.")
        return str(event.value).replace("\r\n", "\n").replace("\r", "\n").rstrip()

    def _list(self, path: Path, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values)), depth + 1))
        return values

    def _mapping(self, path: Path, depth: int, is_in_braces: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(event, path, "a key must be a single word.")
            key = event.value
            here = (*path, key)
            if key in seen:
                self._stop(event, here, f"the key `{key}` stands twice here, first in line {seen[key]}.")
            seen[key] = event.start_mark.line + 1
            if self.lines is not None:
                self.lines[here] = seen[key]
            value = self._value(next(self.events), here, depth + 1)
            if is_in_braces and (value is None or " " in key):
                self.made.cut.add(here)
            if value is None:
                self.made.empty.append(here)
                if not COLON.match(self.text, event.end_mark.index):
                    self.made.bare.add(here)
            else:
                values[key] = value
        return values


def near(word: str, known: Iterable[str]) -> str:
    """ " Did you mean ...?", where something known is written nearly so."""
    found = difflib.get_close_matches(word, list(known), 1)
    return f" Did you mean {found[0]}?" if found else ""
