"""What nouns serve as and where they are shown each noun says itself: no list of them stands anywhere else."""

import ast
from collections.abc import Iterator

from tests.house.tree import SOURCE, files, name, walked
from weft.provenance.registry import NOUNS

# Files that may name several nouns in one place, and why.
MAY_LIST = {
    "exchange/bundle/model.py": "a format for other programs, which reads no registry",
    "programme_file/dump_share.py": "the shape of each noun in a file",
    "provenance/addresses.py": "addresses that items had once, which stay as they were",
}


def lists(text: str) -> Iterator[int]:
    """The lines on which several nouns stand in one tuple, list, set or mapping."""
    for part in walked(text):
        if isinstance(part, ast.Tuple | ast.List | ast.Set | ast.Dict):
            inside = part.keys if isinstance(part, ast.Dict) else part.elts
            named = {one.value for one in inside if isinstance(one, ast.Constant) and one.value in NOUNS}
            if len(named) > 1:
                yield part.lineno


def found() -> dict[str, list[int]]:
    """Where such lists stand in the source."""
    paths = [path for path in files("*.py", under=SOURCE) if "migrations" not in path.parts]
    said = {name(path).removeprefix("src/weft/"): list(lists(path.read_text("utf-8"))) for path in paths}
    return {path: lines for path, lines in said.items() if lines}


def test_no_list_of_nouns_stands_outside_the_registry() -> None:
    assert {path: lines for path, lines in found().items() if path not in MAY_LIST} == {}, "say it in `nouns.py`"


def test_whatever_may_list_nouns_does() -> None:
    assert set(MAY_LIST) <= set(found())


def test_a_list_is_found_however_it_is_written() -> None:
    for text in ('("theme", "gap")', '["ask", f(), "gap"]', 'x = {"map", "ask"}', '{"story": 1, "theme": 2}'):
        assert list(lists(text)) == [1]
    assert list(lists('("theme", "elephant")')) == []
