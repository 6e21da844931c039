"""A database as an earlier version left it: put back from its SQL, brought up to date, and read row by row."""

import lzma
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECRET_KEY = "-".join(["kept-since-0.1.0"] * 3)  # receipts are hashes under this key and open under no other
COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def unpacked(name: str) -> str:
    """A compressed text that stands beside this file."""
    return lzma.decompress((HERE / name).read_bytes()).decode()


@dataclass(frozen=True)
class Kept:
    """A database of its own, beside that of the tests; without an address it is a SQLite file in the folder."""

    folder: Path
    url: str

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A plain connection, without Django: what is read is what is there."""
        opened: Any = (
            psycopg.connect(self.url, autocommit=True)
            if self.url
            else sqlite3.connect(self.folder / "weft.sqlite3", isolation_level=None)
        )
        try:
            yield opened
        finally:
            opened.close()

    def restore(self, version: str) -> None:
        """Put back everything that the version left."""
        with self.connection() as opened:
            if self.url:
                opened.execute(unpacked(f"{version}.postgresql.sql.xz"))
            else:
                opened.executescript(unpacked(f"{version}.sqlite.sql.xz"))

    def columns(self) -> dict[str, list[str]]:
        """The columns of every table. The search index of SQLite is left out: it is a copy of another table."""
        with self.connection() as opened:
            pairs = opened.execute(COLUMNS).fetchall() if self.url else _sqlite_columns(opened)
        found: dict[str, list[str]] = {}
        for table, column in sorted(pairs):
            found.setdefault(table, []).append(column)
        return found

    def rows(self, table: str, columns: list[str]) -> Counter[str]:
        """Every row of a table, with these columns."""
        named = sql.SQL(", ").join(map(sql.Identifier, columns))
        query = sql.SQL("SELECT {} FROM {}").format(named, sql.Identifier(table)).as_string()
        with self.connection() as opened:
            return Counter(map(repr, opened.execute(query).fetchall()))

    def run(self, *words: str) -> str:
        """Run Python on this database with nothing of the caller's own settings, and return what it prints."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("WEFT_", "DJANGO_"))}
        settings = {"WEFT_DATA": str(self.folder), "WEFT_DATABASE_URL": self.url, "WEFT_SECRET_KEY": SECRET_KEY}
        done = subprocess.run(
            [sys.executable, *words], env={**mine, **settings}, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _sqlite_columns(opened: sqlite3.Connection) -> list[tuple[str, str]]:
    made = opened.execute(TABLES).fetchall()
    copies = [name for name, text in made if text.startswith("CREATE VIRTUAL")]
    tables = [name for name, _ in made if not any(name == one or name.startswith(f"{one}_") for one in copies)]
    return [(table, row[1]) for table in tables for row in opened.execute(f"PRAGMA table_info({table})")]
