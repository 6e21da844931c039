"""Rules that protect people stand in one place each: a second copy is found here."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.db import models

from tests.house.tree import SOURCE, files, name, walked
from weft.people.leads.models import Stage
from weft.provenance.models import AskState, Knowledge
from weft.sense.sources.models import SourceType
from weft.share.responses.models import Answer

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
        words = {keyword.arg or "" for keyword in part.keywords}
        return is_query(part) and any(
            word.rpartition("visibility")[2] in {"", "__in"} and "visib" in word for word in words
        )
    return isinstance(part, ast.Constant) and bool(re.search(r"visibility\s*(=|IN\b|<>)", str(part.value)))


PEOPLE = re.compile(r"^ ?(?:people|person|voices?|participants|contributors)\b")
FEW = re.compile(r"(?:fewer|less) than (?:\d+|\{[^}]*\}) people|under \{", re.IGNORECASE)


def says_how_many_people(part: ast.AST) -> bool:
    """A number before the word for people, or compared with the smallest one that may be shown."""
    if isinstance(part, ast.JoinedStr):
        pairs = zip(part.values, part.values[1:], strict=False)
        counted = [after for before, after in pairs if isinstance(before, ast.FormattedValue)]
        said = [str(after.value) for after in counted if isinstance(after, ast.Constant)]
        return any(PEOPLE.match(words) for words in said) or bool(FEW.search(ast.unparse(part)))
    if isinstance(part, ast.Compare):
        sides = [part.left, *part.comparators]
        return any(isinstance(side, ast.Call) and is_about(side.func, "smallest") for side in sides)
    return isinstance(part, ast.Constant) and bool(FEW.search(str(part.value)))


def lists_words_for_numbers(part: ast.AST) -> bool:
    """A row of words such as "two, three"."""
    if not isinstance(part, ast.Tuple | ast.List | ast.Dict):
        return False
    entries = part.values if isinstance(part, ast.Dict) else part.elts
    words = {str(one.value).lower() for one in entries if isinstance(one, ast.Constant)}
    return {"two", "three"} <= words


def keeps_something(part: ast.AST) -> bool:
    """The cache, by whatever name."""
    if isinstance(part, ast.ImportFrom):
        return part.module == "django.core.cache"
    return isinstance(part, ast.Import) and any(alias.name == "django.core.cache" for alias in part.names)


def sets_what_is_known(part: ast.AST) -> bool:
    """A row told by hand which programme or team it belongs to; a request and an object's own column are no rows."""
    if not isinstance(part, ast.Assign):
        return False
    ends = [end for target in part.targets for end in ast.walk(target) if isinstance(end, ast.Attribute)]
    known = [end for end in ends if end.attr in {"programme", "team"} and isinstance(end.ctx, ast.Store)]
    return any(not (isinstance(end.value, ast.Name) and end.value.id in {"request", "self", "load"}) for end in known)


def copies_a_node(part: ast.AST) -> bool:
    """An item of a trace, made column by column."""
    return isinstance(part, ast.Call) and is_about(part.func, "Item") and len(part.args) + len(part.keywords) > 2


def asks_about_a_name(part: ast.AST) -> bool:
    """What somebody said of their name on public pages, read or asked for in a query."""
    said = {"shows_name", "name_in_public"}
    if isinstance(part, ast.Attribute):
        return part.attr in said and isinstance(part.ctx, ast.Load)
    words = {(word.arg or "").rpartition("user__")[2] for word in getattr(part, "keywords", ())}
    return isinstance(part, ast.Call) and is_query(part) and bool(said & words)


def is_query(part: ast.Call) -> bool:
    """Whether rows are asked for."""
    called = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
    return called in {"filter", "exclude", "get", "Q", "When", "get_or_create"}


@dataclass(frozen=True)
class Rule:
    """A rule, the file that holds it, how a copy is known, some copies that must be found, and who need not ask it.

    What is pure has words of its own, and commands tell everything to the operator.
    """

    says: str
    home: str
    find: Finder
    copies: tuple[str, ...]
    apart: tuple[str, ...] = ()


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
    Rule(
        "how a number of people is said",
        "core/counts.py",
        says_how_many_people,
        (
            'f"{number} people"',
            "f'{n:,} voices'",
            'f"under {smallest}"',
            '"Fewer than 10 people answered."',
            'f"fewer than {counts.smallest()} people"',
            "number >= counts.smallest(inside=True)",
            "0 < n < smallest()",
        ),
        apart=("methods/", "exchange/", "commands/", "provenance/queries/crowd.py"),
    ),
    Rule(
        "what is kept, and until when",
        "core/caching.py",
        keeps_something,
        (
            "from django.core.cache import cache",
            "from django.core.cache import caches as c",
            "import django.core.cache",
        ),
    ),
    Rule(
        "which programme a row belongs to, where that is known",
        "provenance/queries/nodes.py",
        sets_what_is_known,
        (
            "node.programme = programme",
            "ask.node.programme = team.programme",
            "for one in found:\n    one.node.team = team",
            "found.team, found.programme = team, team.programme",
        ),
    ),
    Rule(
        "what a trace, and a picture, need of a node",
        "provenance/queries/trace.py",
        copies_a_node,
        (
            "Item(node.pk, node.code, node.kind)",
            "trace.Item(id=node.pk, code=node.code, kind=node.kind)",
        ),
        apart=("pages/weave/queries.py", "pictures/", "exchange/"),
    ),
    Rule(
        "whose name may stand on a public page",
        "people/programmes/permissions.py",
        asks_about_a_name,
        (
            "user.shows_name and user.name",
            'membership.user.name_in_public == "yes"',
            "User.objects.filter(shows_name=True)",
            "Membership.objects.exclude(user__shows_name=None)",
        ),
        # where it is asked, kept and filed
        apart=(
            *("people/accounts/", "people/programmes/actions.py", "people/programmes/views.py"),
            *("programme_file/dump.py", "programme_file/load_people.py"),
        ),
    ),
    Rule(
        "numbers in words",
        "core/numbers.py",
        lists_words_for_numbers,
        ('("No", "One", "Two", "Three")', 'NUMBERS = ["one", "two", "three"]', '{1: "one", 2: "two", 3: "three"}'),
    ),
]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)


@cache
def docstrings(text: str) -> set[ast.AST]:
    """What is said about the code, and is not part of it."""
    bodies = [part.body for part in walked(text) if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef)]
    return {body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)}


def copies_in(text: str, find: Finder, is_sample: bool = False) -> Iterator[int]:
    """The lines on which a rule is written down."""
    about = set() if is_sample else docstrings(text)
    for part in walked(text):
        if part not in about and find(part):
            yield getattr(part, "lineno", 0)


@each_rule
def test_it_stands_in_one_place(rule: Rule) -> None:
    elsewhere = []
    for path in files("*.py", under=SOURCE):
        place = path.relative_to(SOURCE).as_posix()
        if place != rule.home and "migrations" not in path.parts and not place.startswith(rule.apart):
            elsewhere += [f"{name(path)}:{line}" for line in copies_in(path.read_text("utf-8"), rule.find)]
    assert (SOURCE / rule.home).exists()
    assert elsewhere == [], f"{rule.says}: ask {rule.home}"


@each_rule
def test_a_second_copy_would_be_found(rule: Rule) -> None:
    assert [copy for copy in rule.copies if not list(copies_in(copy, rule.find, is_sample=True))] == []


SPECIMENS = "core/views.py"  # the page of parts shows words that belong to other rooms


def labels() -> set[str]:
    """What the enums call kinds of knowledge, states, answers and whatever else takes two words or more."""
    enums = [enum for enum in every(models.TextChoices, models.IntegerChoices) if enum.__module__.startswith("weft.")]
    return {str(label) for enum in enums for label in enum.labels if " " in str(label) and enum is not Stage}


def every(*parents: type) -> Iterator[Any]:
    """All that is made of these."""
    for parent in parents:
        for child in parent.__subclasses__():
            yield from (child, *every(child))


def test_labels_stand_in_their_enums_alone() -> None:
    known = labels()
    assert {"Local and traditional", "Went as hoped", "No, with reasons", "Many worries"} <= known
    elsewhere = []
    for path in files("*.py", under=SOURCE):
        is_apart = (
            path.name in {"models.py", "visibility.py"} or "migrations" in path.parts or path == SOURCE / SPECIMENS
        )
        for part in walked(path.read_text("utf-8")) if not is_apart else ():
            if isinstance(part, ast.Constant) and part.value in known:
                elsewhere.append(f"{name(path)}:{part.lineno} {part.value}")
    assert elsewhere == []


def test_no_two_enums_call_one_thing_by_two_names() -> None:
    """A source and an item that hold local knowledge say so in the same words."""
    for one, other in ((SourceType.LOCAL, Knowledge.LOCAL), (SourceType.DATA, Knowledge.ADMINISTRATIVE)):
        assert one.label == other.label
    assert [answer.label for answer in Answer] == [AskState(answer.value).label for answer in Answer]


IN_TEMPLATES = {
    "who sees an item": re.compile(r"\.visibility\b"),
    "how a number of people is said": re.compile(
        r"\}\} (?:people|person|voices?|participants|contributors)\b|fewer than (?:\d|\{\{)", re.IGNORECASE
    ),
    "what is kept, and until when": re.compile(r"\{% cache\b"),
}


@pytest.mark.parametrize(("says", "pattern"), IN_TEMPLATES.items(), ids=list(IN_TEMPLATES))
def test_no_template_holds_it(says: str, pattern: re.Pattern[str]) -> None:
    templates = list(files("*.html", under=SOURCE))
    assert templates
    assert [name(path) for path in templates if pattern.search(path.read_text("utf-8"))] == []
