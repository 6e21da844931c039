"""Rules that protect people stand in one place each: a second copy is found here."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.house.tree import SOURCE, files, name

Finder = Callable[[ast.AST], bool]


def is_about(part: ast.AST, word: str) -> bool:
    """Whether something is called so: `word`, `node.word`, or `Word.SOME`."""
    if isinstance(part, ast.Name):
        return part.id == word
    return isinstance(part, ast.Attribute) and (part.attr == word or is_about(part.value, word))


def decides_who_sees(part: ast.AST) -> bool:
    """A visibility compared with another, or asked for in a query."""
    if isinstance(part, ast.Compare):
        sides = [part.left, *part.comparators]
        return any(is_about(side, "visibility") or is_about(side, "Visibility") for side in sides)
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute | ast.Name):
        called = part.func.attr if isinstance(part.func, ast.Attribute) else part.func.id
        words = {keyword.arg or "" for keyword in part.keywords}
        is_query = called in {"filter", "exclude", "get", "Q", "When", "get_or_create"}
        return is_query and any(word.rpartition("visibility")[2] in {"", "__in"} and "visib" in word for word in words)
    return isinstance(part, ast.Constant) and bool(re.search(r"visibility\s*(=|IN\b|<>)", str(part.value)))


@dataclass(frozen=True)
class Rule:
    """A rule, the one file that holds it, how a copy is known, and some copies that must be found."""

    says: str
    home: str
    find: Finder
    copies: tuple[str, ...]


RULES = [
    Rule(
        "who sees an item",
        "provenance/visibility.py",
        decides_who_sees,
        (
            'node.visibility == "public"',
            "Visibility.PUBLIC != one.node.visibility",
            'item.visibility in {"public", "programme"}',
            'Node.objects.filter(visibility="public")',
            'Q(node__visibility__in=["public"])',
            'cursor.execute("SELECT 1 FROM provenance_node WHERE visibility = %s")',
        ),
    ),
]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)


def copies_in(text: str, find: Finder) -> Iterator[int]:
    """The lines on which a rule is written down."""
    for part in ast.walk(ast.parse(text)):
        if find(part):
            yield getattr(part, "lineno", 0)


@each_rule
def test_it_stands_in_one_place(rule: Rule) -> None:
    elsewhere = []
    for path in files("*.py", under=SOURCE):
        if name(path) != f"src/weft/{rule.home}" and "migrations" not in path.parts:
            elsewhere += [f"{name(path)}:{line}" for line in copies_in(path.read_text("utf-8"), rule.find)]
    assert (SOURCE / rule.home).exists()
    assert elsewhere == [], f"{rule.says}: ask {rule.home}"


@each_rule
def test_a_second_copy_would_be_found(rule: Rule) -> None:
    assert [copy for copy in rule.copies if not list(copies_in(copy, rule.find))] == []


IN_TEMPLATES = {
    "who sees an item": re.compile(r"\.visibility\b"),
}


@pytest.mark.parametrize(("says", "pattern"), IN_TEMPLATES.items(), ids=list(IN_TEMPLATES))
def test_no_template_holds_it(says: str, pattern: re.Pattern[str]) -> None:
    templates = list(files("*.html", under=SOURCE))
    assert templates
    assert [name(path) for path in templates if pattern.search(path.read_text("utf-8"))] == []
