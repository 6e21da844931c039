"""What the documents tell is so: words, commands, files, tables, addresses and the picture."""

import re

import pytest
from django.apps import apps

from docs import kept_table
from docs.access_table import PAGE, filled, table
from docs.pictures.weave import PICTURE, drawn
from tests.house.routes import routes
from tests.house.tree import ROOT, SOURCE, files, name
from weft.cli import COMMANDS
from weft.core.keeping import tables
from weft.provenance.registry import NOUNS

OURS = [model for model in apps.get_models() if model.__module__.startswith("weft.")]
PAGES = [path for path in files("*.md") if name(path).startswith("docs/") or path.parent == ROOT]
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|yaml))(?:: ([A-Za-z_]+))?`")
each_page = pytest.mark.parametrize("path", PAGES, ids=name)


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def rows(page: str) -> list[list[str]]:
    """The cells of every row of every table on a page."""
    lines = [line for line in text_of(page).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def words() -> set[str]:
    """The nouns of the glossary, without what tells two apart: "entry (audit)" is "entry"."""
    return {re.sub(r" \(.*\)", "", cells[0]).lower() for cells in rows("docs/glossary.md")}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_table_is_in_the_glossary(model) -> None:
    assert str(model._meta.verbose_name) in words()


@pytest.mark.parametrize("key", NOUNS)
def test_every_kind_is_in_the_glossary_with_its_letter(key: str) -> None:
    told = {cells[0].lower(): cells[1] for cells in rows("docs/glossary.md") if len(cells) == 4}
    assert told.get(NOUNS[key].name.lower()) == NOUNS[key].prefix


def test_every_word_of_the_glossary_stands_there_once() -> None:
    nouns = [cells[0] for cells in rows("docs/glossary.md") if cells[0] != "noun"]
    assert len(nouns) > 60
    assert sorted({noun for noun in nouns if nouns.count(noun) > 1}) == []


@each_page
def test_every_command_that_is_named_exists(path) -> None:
    text = path.read_text("utf-8")
    said = re.findall(r"(?:`|^|venv/bin/|&& )weft ([a-z][a-z -]*)", text, flags=re.MULTILINE)
    lost = [words for words in said if not any(f"{words} ".startswith(f"{command} ") for command in COMMANDS)]
    assert lost == []


@each_page
def test_every_make_target_that_is_named_exists(path) -> None:
    targets = set(re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", text_of("Makefile"), flags=re.MULTILINE)[1].split())
    assert set(re.findall(r"(?:`|^)(?:WEFT_\w+=\S+ )?make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)) <= targets


@each_page
def test_every_file_and_function_that_is_named_exists(path) -> None:
    lost = []
    for place, function in NAMED.findall(path.read_text("utf-8")):
        found = [*SOURCE.glob(f"**/{place}"), *ROOT.glob(place)]
        if not any(re.search(rf"\b{function}\b", one.read_text("utf-8")) for one in found):
            lost.append(f"{place} {function}")
    assert lost == []


def test_every_table_of_what_is_kept_exists() -> None:
    told = {table for cells in rows("docs/taking-part.md") for table in re.findall(r"`([a-z]+_[a-z]+)`", cells[0])}
    known = {table._meta.db_table for table in tables()} | {"weft_device", "weft_receipt", "weft_slip", "weft_visit"}
    known |= {"weft_age", "weft_table", "weft_turn"}
    assert told - known == set()
    about_contributors = {model._meta.db_table for model in OURS if points_at(model, "conversations.Participant")}
    assert about_contributors - told == set()


def points_at(model, label: str) -> bool:
    """Whether its rows are about one such row."""
    return any(field.related_model and field.related_model._meta.label == label for field in model._meta.fields)


def test_the_table_of_what_is_kept_is_current() -> None:
    page = text_of("docs/taking-part.md")
    assert kept_table.filled(page, kept_table.table()) == page, "python docs/kept_table.py"


def test_the_table_of_addresses_is_current() -> None:
    assert filled(PAGE.read_text("utf-8"), table()) == PAGE.read_text("utf-8"), "run python docs/access_table.py"
    assert len(routes()) > 100


def test_the_picture_is_the_one_that_the_code_draws() -> None:
    assert drawn() == PICTURE.read_text("utf-8"), "run python docs/pictures/weave.py"


def test_every_decision_is_listed() -> None:
    listed = re.findall(r"^- \[(.+?)\]\((.+?)\)$", text_of("docs/decisions/README.md"), flags=re.MULTILINE)
    pages = sorted(files("0*.md", under=ROOT / "docs" / "decisions"))
    assert [page for _, page in listed] == [path.name for path in pages]
    for title, page in listed:
        assert text_of(f"docs/decisions/{page}").startswith(f"# {title}\n")
