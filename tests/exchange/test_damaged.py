"""The table of damages: every reader, every damage, each refused in one sentence or read as if nothing were wrong.

A new reader is one entry in `readers.py`. A cell that does not apply says why, in `APART`.
"""

import contextlib
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.exchange.readers import READERS, Reader, outcome, zipped

REFUSED, READ, TOLD, OTHERWISE = "refused", "read the same", "read, and its loss told", "read otherwise"
ANY = {REFUSED, READ, TOLD, OTHERWISE}
CUTS = 40
LONG = b"x" * 17_000_000
ROOT = re.compile(rb"\A(<\?[^>]*\?>\s*)?<(?=[A-Za-z])")
Cell = Iterator[tuple[bytes, set[str]]]


def members(reader: Reader) -> dict[str, bytes]:
    """The texts of a good file, by name; a single file has no name."""
    return reader.good if isinstance(reader.good, dict) else {"": reader.good}


def with_member(reader: Reader, name: str, data: bytes) -> bytes:
    """The whole file with another content in one place; hashes that it states are stated anew if that can be done."""
    if not isinstance(reader.good, dict):
        return data
    held = members(reader) | {name: data}
    if reader.seal:
        with contextlib.suppress(ValueError):
            held = reader.seal(held)
    return zipped(held)


def each(reader: Reader, change: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """The whole file, changed in one of its texts at a time."""
    for name, data in members(reader).items():
        if (changed := change(data)) != data:
            yield with_member(reader, name, changed)


def truncated(reader: Reader) -> Cell:
    for name, data in members(reader).items():
        for cut in range(CUTS):
            yield with_member(reader, name, data[: len(data) * cut // CUTS]), ANY
    if reader.kind == "zip":
        whole = reader.packed()
        for cut in range(CUTS):
            yield whole[: len(whole) * cut // CUTS], {REFUSED}


def wrong_encoding(reader: Reader) -> Cell:
    """Old letters; UTF-16; half a letter."""
    for changed in each(reader, lambda data: data.decode().encode("latin-1", "replace")):
        yield changed, {REFUSED} if reader.kind == "xml" else {READ, REFUSED, TOLD}
    for changed in each(reader, lambda data: data.decode().encode("utf-16")):
        yield changed, {READ, REFUSED, TOLD}
    for changed in each(reader, lambda data: data.replace(b"Caf\xc3\xa9", b"Caf\xc3\x81\x81")):
        yield changed, {REFUSED}


def bomb(reader: Reader) -> Cell:
    """A text beyond every limit; a zip file that swells."""
    for changed in each(reader, lambda data: data.replace(b"Caf\xc3\xa9", LONG)):
        yield changed, {REFUSED}
    if reader.kind == "zip":
        yield packed([*members(reader).items(), ("swells.bin", bytes(50_000_000))]), {REFUSED}


def traversal(reader: Reader) -> Cell:
    for name in ("../outside", "/outside", "C:/outside", "a\\..\\outside", "a/../../outside"):
        yield packed([*members(reader).items(), (name, b"")]), {REFUSED}


def entity(reader: Reader) -> Cell:
    """A document type before each root element, with an entity, with one inside the other, and with a file."""
    for inside in (b"[]", b'[<!ENTITY a "aa"><!ENTITY b "&a;&a;">]', b'[<!ENTITY a SYSTEM "file:///etc/passwd">]'):
        doctype = rb"\1<!DOCTYPE x " + inside + b"><"
        for changed in each(reader, lambda data, doctype=doctype: ROOT.sub(doctype, data, count=1)):
            yield changed, {REFUSED}


def duplicate_ids(reader: Reader) -> Cell:
    if reader.twice:
        for changed in each(reader, lambda data: data.replace(*reader.twice)):
            yield changed, {REFUSED}
    if reader.kind == "zip":
        name, data = next(iter(members(reader).items()))
        yield packed([*members(reader).items(), (name, data)]), {REFUSED}


def wrong_types(reader: Reader) -> Cell:
    for changed in each(reader, lambda data: data.replace(*reader.wrong)):
        yield changed, {REFUSED, TOLD}


def mixed_line_ends(reader: Reader) -> Cell:
    for changed in each(reader, mixed):
        yield changed, {READ}


def zero_bytes(reader: Reader) -> Cell:
    """Nothing at all; nothing in one place, which may be one that is not needed; a zero byte in a word."""
    yield zipped({}) if reader.kind == "folder" else b"", {REFUSED}
    for changed in each(reader, lambda data: data.replace(b"Caf\xc3\xa9", b"Caf\0")):
        yield changed, {REFUSED}
    for changed in each(reader, lambda data: b""):
        yield changed, ANY if isinstance(reader.good, dict) else {REFUSED}


def mixed(data: bytes) -> bytes:
    """Line ends of three kinds in turn, but for those inside quotes, which belong to a text."""
    ends, is_quoted, made = itertools.cycle((b"\r\n", b"\n", b"\r")), False, b""
    for letter in map(bytes, zip(data)):
        is_quoted ^= letter == b'"'
        made += next(ends) if letter == b"\n" and not is_quoted else letter
    return made


def packed(held: list[tuple[str, bytes]]) -> bytes:
    """A zip file with these members, whatever they are called."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in held:
            file.writestr(name, data)
    return made.getvalue()


DAMAGES = (
    *(truncated, wrong_encoding, bomb, traversal, entity, duplicate_ids, wrong_types, mixed_line_ends, zero_bytes),
)
ONE_FILE = "A file by itself holds no paths."
NO_XML = "It is no XML."
NO_IDS = "Nothing in it has an id."
TEXTS = "Everything in it is a text, and a time that cannot be read is told and left out."
APART = {
    **{("traversal", reader.name): ONE_FILE for reader in READERS if reader.kind != "zip"},
    **{("entity", reader.name): NO_XML for reader in READERS if reader.kind in ("text", "folder")},
    **{("duplicate_ids", name): NO_IDS for name in ("csv", "webvtt", "srt", "transcript")},
    **{("wrong_types", name): TEXTS for name in ("csv", "ris", "bibtex", "webvtt", "srt", "transcript", "docx")},
    ("mixed_line_ends", "bundle"): "It keeps its report byte for byte.",
    ("mixed_line_ends", "docx"): "XML makes all line ends alike, and its words have none.",
}
CELLS = [(damage, reader) for damage in DAMAGES for reader in READERS if (damage.__name__, reader.name) not in APART]


def verdict(good: Any, found: Any) -> str:
    """How a damaged file was read; what a format says of its loss goes before what it says of the rest."""
    if isinstance(found, str):
        return REFUSED
    if getattr(found, "loss", ()) != getattr(good, "loss", ()):
        return TOLD
    return READ if found == good else OTHERWISE


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_good_file_is_read_and_written(tmp_path, reader):
    good = outcome(reader, reader.put(reader.packed(), tmp_path))
    assert not isinstance(good, str)
    if write := reader.writer():
        out = tmp_path / "out"
        out.mkdir()
        again = out / reader.file
        if reader.kind == "folder":
            again.mkdir()
        write(good, again)
        assert not isinstance(outcome(reader, again), str)


@pytest.mark.parametrize(("damage", "reader"), CELLS, ids=lambda one: getattr(one, "name", None) or one.__name__)
def test_damage_is_refused_in_a_sentence_or_does_no_harm(tmp_path, damage, reader):
    good = outcome(reader, reader.put(reader.packed(), tmp_path))
    seen = 0
    for number, (data, expected) in enumerate(damage(reader)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = outcome(reader, reader.put(data, folder))
        assert verdict(good, found) in expected, f"{damage.__name__} {number} of {reader.name}: {found}"
        seen += 1
    assert seen


def test_a_cell_that_is_left_out_does_not_apply():
    known = {(damage.__name__, reader.name) for damage in DAMAGES for reader in READERS}
    assert set(APART) <= known
    assert len(known) == len(DAMAGES) * len(READERS)
    for damage in DAMAGES:
        for reader in READERS:
            if (damage.__name__, reader.name) in APART and damage in (duplicate_ids, wrong_types):
                assert not (reader.twice if damage is duplicate_ids else reader.wrong)
