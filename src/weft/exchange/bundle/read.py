"""Read an evidence bundle that nobody vouches for: files are held against their SHA-256, and nothing is fetched."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from weft.exchange.archive import Archive, open_archive
from weft.exchange.bundle.check import Check
from weft.exchange.bundle.claims import parse_claims
from weft.exchange.bundle.crate import CrateParts, CrateReader, Listed
from weft.exchange.bundle.datapackage import check_tables, parse_data_package
from weft.exchange.bundle.files import CLAIMS, CODEBOOK, METADATA, PACKAGE, REPORT, SOURCES, table_path
from weft.exchange.bundle.left_behind import left_behind
from weft.exchange.bundle.model import Bundle, DataTable
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem
from weft.exchange.references import References, read_csl_json
from weft.exchange.refi import Codebook, read_codebook
from weft.exchange.tables import Table, read_table

T = TypeVar("T", References, Codebook, Table)
LARGEST_JSON = 64_000_000


def read_bundle(path: Path) -> Bundle:
    """Read the zip. What it holds besides is in the loss report; the report's page is kept as text, never shown."""
    return _Reader(Path(path)).bundle()


class _Reader:
    """One zip while it is read. Only files that the metadata list, and that fit what they state, are taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive: Archive = open_archive(path)
        self._loss: list[LossItem] = []
        self._taken: dict[str, bytes] = {}
        if METADATA not in self._archive.names:
            says = f"has no {METADATA} at its top, so it is no RO-Crate. Zip the files, not the folder they are in."
            raise ExchangeError(says, file=path, expected=METADATA)

    def bundle(self) -> Bundle:
        reader = CrateReader(self._text(METADATA), self._name(METADATA))
        stated = reader.parts()
        self._vouch(stated, reader.elsewhere)
        for name in (REPORT, CLAIMS):
            if name not in self._taken:
                says = f"does not list {name} with its size and SHA-256."
                raise ExchangeError(says, file=self._name(METADATA), expected=name)
        report_html = self._text(REPORT)
        claims = parse_claims(self._text(CLAIMS), report_html, self._name(CLAIMS))
        for key, name in (("title", "title"), ("published_on", "day of publication")):
            if getattr(claims, key) != stated.parts[key]:
                says = f"says another {name} than {METADATA}."
                raise ExchangeError(says, file=self._name(CLAIMS), column=key, units=("item", "key"))
        bundle = Bundle(
            **stated.parts,
            edition=claims.edition,
            fingerprint=claims.fingerprint,
            report_html=report_html,
            **claims.parts,
            **self._other_formats(),
        )
        Check(bundle, self._path).run()
        check_tables(bundle.tables, self._path)
        self._loss += left_behind(bundle, self._taken, reader, self._path.name)
        return replace(bundle, loss=tuple(self._loss))

    def _name(self, member: str) -> str:
        return f"{self._path}/{member}"

    def _text(self, name: str) -> str:
        data = self._taken[name] if name in self._taken else self._archive.read(name)
        if len(data) > LARGEST_JSON:
            says = f"is larger than {LARGEST_JSON} bytes, the most that can be read."
            raise ExchangeError(says, file=self._name(name))
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise ExchangeError(f"is not UTF-8 at byte {error.start}.", file=self._name(name)) from None

    def _vouch(self, stated: CrateParts, elsewhere: Iterable[str]) -> None:
        """Hold every listed file against what is stated of it, and take it where both are."""
        for name, listed in stated.files.items():
            if name not in self._archive.names:
                raise ExchangeError("is listed but not there.", file=self._name(name), expected=name)
            data = self._archive.read(name)
            _vouched(self._name(name), data, listed)
            if listed.size and listed.sha256:
                self._taken[name] = data
        for address in elsewhere:
            self._leave(address, "It stands elsewhere on the web. Nothing was fetched.")
        for name in self._archive.names:
            if name not in self._taken and name != METADATA:
                self._leave(name, f"{METADATA} does not list it with its size and SHA-256, so nothing vouches for it.")

    def _leave(self, where: str, why: str) -> None:
        self._loss.append(LossItem(self._path.name, shown(where), "left out", why))

    def _other_formats(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        with tempfile.TemporaryDirectory() as folder:
            if SOURCES in self._taken:
                found["references"] = self._read(SOURCES, read_csl_json, folder)
            if CODEBOOK in self._taken:
                found["codebook"] = self._read(CODEBOOK, read_codebook, folder)
            if PACKAGE in self._taken:
                found["tables"] = tuple(self._tables(folder))
        return found

    def _tables(self, folder: str) -> Iterator[DataTable]:
        read = partial(read_table, encoding="utf-8", delimiter=",")
        for one, names in parse_data_package(self._text(PACKAGE), self._name(PACKAGE)):
            place = table_path(one.name)
            if place not in self._taken:
                says = f"leads to {shown(place)}, which is not there."
                raise ExchangeError(says, file=self._name(PACKAGE), found=place)
            table = self._read(place, read, folder)
            if table.columns != names:
                says = f"has other columns than {PACKAGE} says."
                raise ExchangeError(says, file=self._name(place), expected=", ".join(names))
            yield replace(one, table=table)

    def _read(self, name: str, read: Callable[[Path], T], folder: str) -> T:
        """Read a member with the reader of its format, by way of a file of its own."""
        place = Path(folder) / "member"
        place.write_bytes(self._taken[name])
        try:
            found = read(place)
        except ExchangeError as error:
            raise error.told_of(self._name(name)) from None
        self._loss += [replace(item, file=f"{self._path.name}/{name}") for item in found.loss]
        return found


def _vouched(file: str, data: bytes, listed: Listed) -> None:
    size, found = str(len(data)), hashlib.sha256(data).hexdigest()
    if listed.size and listed.size != size:
        says = f"has {size} bytes, but {METADATA} says {shown(listed.size)}."
        raise ExchangeError(says, file=file, found=size, expected=listed.size)
    if listed.sha256 and listed.sha256.lower() != found:
        says = f"was changed since: its SHA-256 is not the one in {METADATA}."
        raise ExchangeError(says, file=file, found=found, expected=listed.sha256)
