"""Every template compiles, and none needs a weaker Content-Security-Policy."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode

from tests.house.tree import SOURCE, files, name
from weft.provenance.registry import NOUNS, Noun

TEMPLATES = [path for path in files("*.html", "*.txt", "*.svg", under=SOURCE) if "templates" in path.parts]
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=\s*[\"']", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
LONGEST_LINE = 160
OWN_PAGE = {"edition"}  # a report, read from its first page to its last
TYPED = re.compile(r"<(?P<tag>\w+)\s[^<]*\bweft-typed\b[^<]*?>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
ELSEWHERE = re.compile(
    r"<(?:link|script|img|iframe|source)[^>]*(?:src|href)\s*=\s*[\"']\s*(?:https?:)?//", re.IGNORECASE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(path: Path) -> None:
    engines["django"].from_string(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_holds_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_loads_nothing_from_elsewhere(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text("utf-8")) == []


def test_no_markup_made_in_code_has_a_style_or_a_handler() -> None:
    faults = []
    for path in files("*.py", under=SOURCE):
        text = path.read_text("utf-8")
        faults += [
            f"{name(path)}: {what}" for what in ("style element", "style attribute") if INLINE[what].search(text)
        ]
    assert faults == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_its_lines_can_be_read(path: Path) -> None:
    assert [line for line in path.read_text("utf-8").splitlines() if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_typed_text_stands_alone_in_its_element(path: Path) -> None:
    """White space shows there: that of the template would stand between the words of a person."""
    faults = [found[0] for found in TYPED.finditer(path.read_text("utf-8")) if found["text"] != found["text"].strip()]
    assert faults == []


@pytest.mark.parametrize(
    "noun", [noun for noun in NOUNS.values() if noun.key not in OWN_PAGE], ids=lambda noun: noun.key
)
def test_the_page_of_an_item_extends_the_one_that_all_share(noun: Noun) -> None:
    page = get_template(f"{noun.model._meta.app_label}/{noun.key}.html").template
    names = set()
    while isinstance(page.nodelist[0], ExtendsNode):
        page = get_template(str(page.nodelist[0].parent_name.var)).template
        names.add(page.name)
    assert "provenance/item.html" in names


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 10
