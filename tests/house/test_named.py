"""How many files outside a noun's own area name it; the number only falls."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import SOURCE, files, walked
from weft.provenance.registry import NOUNS, Noun

# Formats for other programs and pure packages know their own words; migrations and addresses of old stay as they were.
ELSEWHERE = re.compile(r"^(methods|exchange|pictures)/|/migrations/")
# "source" and "map" are words of many other things too.
NAMED_IN = {
    "statement": 17,
    "story": 18,
    "theme": 1,
    "excerpt": 1,
    "finding": 3,
    "gap": 6,
    "problem": 6,
    "project": 15,
    "activity": 1,
    "manifesto": 1,
    "ask": 8,
    "reflection": 2,
    "insight": 3,
    "recommendation": 6,
    "edition": 7,
    "response": 1,
}


def says(noun: Noun, text: str) -> bool:
    """Whether a module names a noun: its table, what it declares, its key, a column or an address of it."""
    names = {noun.model.__name__, noun.key.upper()}
    key = re.compile(rf"{noun.key}(__\w+)?|{noun.model._meta.app_label}:{noun.key}(-[\w-]+)?")
    for part in walked(text):
        if isinstance(part, ast.Name | ast.alias):
            said = part.id if isinstance(part, ast.Name) else part.name
            if said in names:
                return True
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and key.fullmatch(part.value):
            return True
    return False


def naming(noun: Noun) -> Iterator[str]:
    """The files that name a noun, without those of its area."""
    home = Path(inspect.getfile(noun.model)).parent
    for path in files("*.py", under=SOURCE):
        within = path.relative_to(SOURCE).as_posix()
        if home not in path.parents and not ELSEWHERE.search(within) and says(noun, path.read_text("utf-8")):
            yield within


@pytest.mark.parametrize("kind", NAMED_IN)
def test_no_more_files_name_it_than_do(kind: str) -> None:
    found = sorted(naming(NOUNS[kind]))
    assert len(found) == NAMED_IN[kind], f"{found}: where there are fewer now, write the smaller number down"
