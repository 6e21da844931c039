"""What every test starts from, and their order: another one each time, so that none leans on another."""

from __future__ import annotations

import gc
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import TransactionTestCase
from django.utils import timezone
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.cast import Cast
    from weft.people.programmes.models import Programme

# The same examples on every machine, however slow. `--hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same")


SECONDS_OF_A_TEST = 15
# Folders whose files look at one thing that takes long to build: one process runs them, one after another.
TOGETHER = ("tests/house/nouns/",)
# Kept in the environment, because the processes of one run inherit that.
SEED = int(os.environ.setdefault("WEFT_TEST_SEED", str(random.randrange(1, 1_000_000))))  # noqa: S311


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=SEED, help="the order of an earlier run; 0 is as they are written")


def touches_database(item: pytest.Item) -> bool:
    """Whether a test reads or writes the database of the tests."""
    is_case = isinstance(item, pytest.Function) and issubclass(item.cls or object, TransactionTestCase)
    return is_case or "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def share_of(test: str) -> str:
    """What one process runs as a whole: the file of a test, or a folder."""
    return next((folder for folder in TOGETHER if test.startswith(folder)), test.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadfile`, keep together what is built once."""
    from xdist.scheduler import LoadFileScheduling

    class Shares(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return share_of(nodeid)

    return Shares(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle shares, their files and tests; long shares come first, so that no process waits for another at the end.

    PostgreSQL makes no difference to what touches no database.
    """
    if os.environ.get("WEFT_TEST_DATABASE") == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = [item for item in items if touches_database(item)]
    shares: dict[str, dict[Path, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        shares[share_of(item.nodeid)][item.path].append(item)
    shuffled = [list(files.values()) for files in shares.values()]
    if config.option.seed:
        chance = random.Random(config.option.seed)  # noqa: S311
        chance.shuffle(shuffled)
        for files in shuffled:
            chance.shuffle(files)
            for tests in files:
                chance.shuffle(tests)
    shuffled.sort(key=lambda files: not any(tests[0].get_closest_marker("long") for tests in files))
    items[:] = [item for files in shuffled for tests in files for item in tests]


def pytest_collection_finish() -> None:
    """Look for garbage among what comes from now on, and not among thousands of tests again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.write_line(f"In the order of --seed {config.option.seed}")


@pytest.fixture(autouse=True)
def one_day() -> None:
    """Let no test begin in the last seconds of a day: what it calls today would be yesterday when it looks."""
    now = timezone.localtime()
    left = (now.replace(hour=23, minute=59, second=59) - now).total_seconds()
    if left < SECONDS_OF_A_TEST:
        time.sleep(left + 2)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits live in the cache: one test must not use up another's tries."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast, on stage."""
    from tests.cast import cast as stage

    return stage()


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small programme, loaded once for a file whose tests all start from it; what one does to it is undone."""
    from tests.programme_file.files import loaded

    with django_db_blocker.unblock(), transaction.atomic():
        loaded()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(small: None, db: None) -> Programme:
    """The small programme."""
    from weft.people.programmes.models import Programme

    return Programme.objects.get()
