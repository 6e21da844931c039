"""What stands in a bundle that was read and has no place in it: whatever Weft would not write again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import unquote

from weft.exchange.bundle.contents import bundle_files
from weft.exchange.bundle.crate import CrateReader
from weft.exchange.bundle.files import CODEBOOK, METADATA, PACKAGE, README, SOURCES, table_path
from weft.exchange.bundle.model import Bundle
from weft.exchange.errors import shown
from weft.exchange.loss import LossItem

COUNTED_ANEW = frozenset(("contentSize", "sha256", "hasPart"))
NO_PLACE = "A bundle has no place for it."
ANEW = "It is written anew, from what else the bundle holds."


def left_behind(bundle: Bundle, taken: Mapping[str, bytes], reader: CrateReader, file: str) -> Iterator[LossItem]:
    """The files, the entities of the metadata and the keys of the data package that would not be written again."""
    ours = (SOURCES, CODEBOOK, *(table_path(one.name) for one in bundle.tables))
    again = bundle_files(bundle, {name: taken[name] for name in ours if name in taken})
    for name in taken:
        if name not in again:
            yield LossItem(file, shown(name), "left out", NO_PLACE)
    if README in taken and taken[README] != again[README]:
        yield LossItem(file, README, "changed", ANEW)
    if PACKAGE in again:
        yield from _told(taken[PACKAGE], again[PACKAGE], f"{file}/{PACKAGE}")
    yield from _entities(reader, json.loads(again[METADATA]), taken, f"{file}/{METADATA}")


def _entities(
    reader: CrateReader, again: Mapping[str, Any], taken: Mapping[str, bytes], file: str
) -> Iterator[LossItem]:
    if reader.context != again["@context"]:
        yield LossItem(file, "@context", "changed", "Weft writes its own, and reads terms by their names.")
    expected = {entity["@id"]: entity for entity in again["@graph"]}
    known = {reader.root: "./", reader.publisher: expected["./"]["publisher"]["@id"]}
    for name, entity in reader.entities.items():
        ours = known.get(name, name)
        if ours in expected:
            for place, kind in _differences({**entity, "@id": ours}, expected[ours]):
                yield LossItem(file, f"{shown(name)}, {place}", kind, NO_PLACE if kind == "left out" else ANEW)
        elif unquote(name).removeprefix("./") not in taken and name not in reader.elsewhere:
            yield LossItem(file, shown(name), "left out", NO_PLACE)


def _told(found: bytes, expected: bytes, file: str) -> Iterator[LossItem]:
    for place, kind in _differences(json.loads(found), json.loads(expected)):
        yield LossItem(file, place, kind, NO_PLACE if kind == "left out" else ANEW)


def _differences(found: Any, expected: Any, place: str = "") -> Iterator[tuple[str, Literal["left out", "changed"]]]:
    """The places at which the first says something that the second does not."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key, value in found.items():
            below = f"{place} {shown(key)}".strip()
            if key not in expected:
                yield below, "left out"
            elif key not in COUNTED_ANEW:
                yield from _differences(value, expected[key], below)
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for number, (one, other) in enumerate(zip(found, expected, strict=True), 1):
            yield from _differences(one, other, f"{place} {number}".strip())
    elif found != expected:
        yield place, "changed"
