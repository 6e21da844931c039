"""What can be set, typed or followed is written down, and what is written down is there."""

import re
from urllib.parse import unquote

import pytest

from tests.house.tree import ROOT, SOURCE, files, name
from weft.cli import COMMANDS

SETTING = re.compile(r"\bWEFT_[A-Z][A-Z_]*[A-Z]\b")
PAGES = [path for path in files("*.md") if name(path).startswith("docs/") or path.parent == ROOT]


def settings_read() -> set[str]:
    return {found for path in files("*.py", under=SOURCE) for found in SETTING.findall(path.read_text("utf-8"))}


def settings_told() -> set[str]:
    told = (ROOT / "docs" / "settings.md").read_text("utf-8")
    return set(re.findall(r"^\| `(WEFT_[A-Z_]+)`", told, flags=re.MULTILINE))


def test_every_setting_is_in_the_docs_and_every_one_there_is_read() -> None:
    assert settings_read() == settings_told()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_docs(command: str) -> None:
    assert any(f"weft {command}" in path.read_text("utf-8") for path in PAGES)


def test_every_make_target_is_in_the_help() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)[1].split())
    steps = {"help", "assets", "test-sqlite", "test-postgresql", "test-browser"}
    assert {target for target in targets - steps if f'"make {target}' not in text} == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_between_pages_lead_somewhere(path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target) and not (path.parent / unquote(target)).exists():
            lost.append(target)
    assert lost == []
