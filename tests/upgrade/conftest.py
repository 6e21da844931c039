"""The database of version 0.1.0, brought up to date."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.upgrade.kept import Kept

# Every column that has another name now: (table, column) as it was, and as it is. A table that was renamed has a line
# for each of its columns. Nothing else may go.
RENAMED: dict[tuple[str, str], tuple[str, str]] = {}


@dataclass(frozen=True)
class Upgraded:
    """The database as it is now, its columns and rows as they were, and the same rows after the upgrade, by table."""

    now: Kept
    columns: dict[str, list[str]]
    rows: dict[str, Counter[str]]
    after: dict[str, Counter[str]]


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
    after = {}
    for table, names in columns.items():
        renamed = [RENAMED.get((table, column), (table, column)) for column in names]
        after[table] = kept.rows(renamed[0][0], [column for _, column in renamed])
    return Upgraded(kept, columns, rows, after)
