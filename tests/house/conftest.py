"""What `make lint` runs of these: all rules that need no database. `make test` runs the others, and those of nouns."""

from pathlib import Path

import pytest

from tests.conftest import touches_database

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and not touches_database(item):
            item.add_marker(pytest.mark.lint)
