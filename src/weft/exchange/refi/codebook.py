"""Codebooks alone: `.qdc` files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.refi.model import Code, Codebook
from weft.exchange.refi.read_elements import ElementReader
from weft.exchange.refi.values import guid_key
from weft.exchange.refi.write_elements import ElementWriter
from weft.exchange.whole import whole_file

NAMESPACE = "urn:QDA-XML:codebook:1.0"
LARGEST_FILE = 64_000_000


def read_codebook(path: Path) -> Codebook:
    """Read a codebook. Two codes with one GUID are refused, since nobody could tell which is meant."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    if len(data) > LARGEST_FILE:
        raise ExchangeError(f"is larger than {LARGEST_FILE} bytes, the most that can be read.", file=path)
    return _parsed(data, path)


def write_codebook(codebook: Codebook, path: Path) -> LossReport:
    """Write a codebook that its schema takes. Notes of codes and sources of sets have no place in it."""
    path = Path(path)
    if not codebook.codes:
        raise ExchangeError("cannot be written: there is no code.", file=path)
    loss: list[LossItem] = []
    plain = replace(
        codebook,
        codes=tuple(_without_notes(code, path.name, loss) for code in codebook.codes),
        sets=tuple(replace(one, source_refs=(), note_refs=()) for one in codebook.sets),
    )
    for one in codebook.sets:
        if one.source_refs or one.note_refs:
            why = "A codebook has no place for the sources and notes of a set."
            loss.append(LossItem(path.name, f"set {shown(one.name)}", "left out", why))
    data = ElementWriter(path, NAMESPACE, "guid").document(plain, "CodeBook")
    if _parsed(data, path) != plain:
        raise ExchangeError("cannot be written: it would not be read back the same.", file=path)
    with whole_file(path) as half:
        half.write_bytes(data)
    return tuple(loss)


def _parsed(data: bytes, path: Path) -> Codebook:
    reader = ElementReader(data, path, path.name)
    codebook = reader.document(Codebook, "CodeBook", NAMESPACE)
    refuse_repeats("code", (code.guid for code in all_codes(codebook.codes)), path)
    return replace(codebook, loss=reader.loss)


def _without_notes(code: Code, file: str, loss: list[LossItem]) -> Code:
    if code.note_refs:
        why = "A codebook has no place for notes."
        loss.append(LossItem(file, f"code {shown(code.name)}", "left out", why, len(code.note_refs)))
    return replace(code, note_refs=(), codes=tuple(_without_notes(below, file, loss) for below in code.codes))


def all_codes(codes: Iterable[Code]) -> Iterator[Code]:
    """Every code, each before those below it."""
    for code in codes:
        yield code
        yield from all_codes(code.codes)


def refuse_repeats(what: str, guids: Iterable[str], file: Path | str) -> None:
    """Refuse a GUID that is there twice, however it is written."""
    seen: set[str] = set()
    for guid in guids:
        if guid_key(guid) in seen:
            raise ExchangeError(f"the {what} {guid} is there twice.", file=file, found=guid)
        seen.add(guid_key(guid))
