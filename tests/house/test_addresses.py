"""No address is written by hand: each is made from the name of its page, so that it can change in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.house.tree import SOURCE, files, name

TEMPLATES = [path for path in files("*.html", "*.txt", under=SOURCE) if "templates" in path.parts]
# shown when nothing works any more, so it must not ask for anything
STANDS_ALONE = "src/weft/core/templates/500.html"
BY_HAND = re.compile(r"""(?:=|%\}|["'])\s*["']?/(?![/>])""")
# where addresses are made, where those of static files are set, and what knows of files alone
MAKERS = re.compile(r"/(?:urls|provenance/addresses|settings)\.py$|/(?:exchange|migrations)/")
MODULES = [path for path in files("*.py", under=SOURCE) if not MAKERS.search(name(path))]


def by_hand(text: str) -> Iterator[int]:
    """The lines of a module on which an address of this site is written out."""
    tree = ast.parse(text)
    parts = {id(value) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for value in one.values}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            said = "".join(str(value.value) if isinstance(value, ast.Constant) else "x" for value in one.values)
            if leads_somewhere(said.removeprefix("x")):
                yield one.lineno
        elif isinstance(one, ast.Constant) and id(one) not in parts and leads_somewhere(one.value):
            yield one.lineno


def leads_somewhere(value: object) -> bool:
    """Whether this is the address of a page; a slash alone is only a slash."""
    if not isinstance(value, str) or not value.startswith("/") or value == "/":
        return False
    try:
        return bool(resolve(value.partition("?")[0]))
    except Resolver404:
        return False


@pytest.mark.parametrize("path", [path for path in TEMPLATES if name(path) != STANDS_ALONE], ids=name)
def test_a_template_makes_addresses_from_names(path: Path) -> None:
    assert [line.strip() for line in path.read_text("utf-8").splitlines() if BY_HAND.search(line)] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_code_makes_addresses_from_names(path: Path) -> None:
    assert list(by_hand(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/r/">',
        "<form action='/{{ programme.slug }}/search/'>",
        '{% nav_link "/mine/" "My teams" %}',
        '<a href="{% if team %}/{{ programme.slug }}/{% endif %}">',
    ],
)
def test_such_a_line_of_a_template_is_found(line: str) -> None:
    assert BY_HAND.search(line)


@pytest.mark.parametrize(
    "line", ['back = "/mine/"', 'page = f"/{programme.slug}/cohort/"', 'said = f"{settings.ADDRESS}/c/{code}/"']
)
def test_such_a_line_of_code_is_found(line: str) -> None:
    assert list(by_hand(line)) == [1]
