"""What is installed is exactly what was locked, from wherever the machine gets its packages."""

import json
import re
import tomllib

import pytest

from tests.house.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]
PINNED = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)


def text_of(lock: str) -> str:
    return (ROOT / lock).read_text("utf-8")


def pins(lock: str) -> set[tuple[str, str]]:
    return set(PINNED.findall(text_of(lock)))


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_has_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", text_of(lock).strip())
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://|--index-url|--find-links", text_of(lock)) == []


def test_tests_run_on_what_production_runs_on() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    asked = {re.match(r"[A-Za-z0-9.-]+", line)[0].lower() for line in project["project"]["dependencies"]}
    assert asked - {package for package, _ in pins("requirements.lock")} == set()


def test_front_end_packages_have_hashes_and_no_address() -> None:
    packages = json.loads(text_of("package-lock.json"))["packages"]
    fetched = {path: entry for path, entry in packages.items() if path}
    assert len(fetched) >= 2
    assert [path for path, entry in fetched.items() if "resolved" in entry or "integrity" not in entry] == []
