"""A noun is added by a folder of its own and one line in the list of rooms, as `orchards/` is in the tests alone."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT, files, name

pytestmark = [pytest.mark.long, pytest.mark.sqlite]

ROOM = ROOT / "tests" / "house" / "orchards"
LINES_AT_MOST = 110
# What must hold for every noun; the words in docs/ are for those that the site has.
RULES = ("test_denial", "test_keeping", "test_nouns", "test_programme_page", "test_routes")
TESTS = ("tests/house/nouns", "tests/programme_file/test_every_kind.py", *(f"tests/house/{name}.py" for name in RULES))
TESTS_OF_A_NOUN = 40


def test_it_passes_every_test_of_a_noun() -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "orchard", *TESTS],
        env=kept | {"DJANGO_SETTINGS_MODULE": "tests.house.room_settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed
    assert int(passed[1]) >= TESTS_OF_A_NOUN


def test_it_is_short() -> None:
    lines = [line for path in files("*.py", under=ROOM) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) <= LINES_AT_MOST


def test_nothing_but_the_list_of_rooms_names_it() -> None:
    others = [path for path in files("*.py", "*.html", "*.toml") if ROOM not in path.parents]
    named = {name(path) for path in others if "orchards" in path.read_text("utf-8")}
    assert named == {"tests/house/room_settings.py", "tests/house/nouns/test_new.py"}
