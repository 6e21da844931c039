"""The database of version 0.1.0, brought up to date."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.upgrade.kept import Kept


@dataclass(frozen=True)
class Upgraded:
    """The database as it is now, and its columns and rows as they were, by table."""

    now: Kept
    columns: dict[str, list[str]]
    rows: dict[str, Counter[str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of an empty database beside that of the tests; nothing with SQLite."""
    server = os.environ.get("WEFT_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"kept_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        opened.execute(f"DROP DATABASE {name}")


@pytest.fixture(scope="module")
def upgraded(url: str, tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """What `weft migrate` makes of the database that 0.1.0 left."""
    kept = Kept(tmp_path_factory.mktemp("kept"), url)
    kept.restore("0.1.0")
    columns = kept.columns()
    rows = {table: kept.rows(table, names) for table, names in columns.items()}
    kept.run("-m", "weft", "migrate", "--quiet")
    return Upgraded(kept, columns, rows)
