"""Nothing grows too large to read."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name, walked

PYTHON = list(files("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def over(limit: int, paths: list[Path]) -> list[str]:
    return [f"{name(path)}: {lines(path)} lines" for path in paths if lines(path) > limit]


def test_modules_stay_under_500_lines() -> None:
    assert len(PYTHON) > 50
    assert over(499, PYTHON) == []


@pytest.mark.parametrize(("pattern", "limit"), [("*.html", 120), ("*.txt", 120), ("*.css", 800), ("*.js", 300)])
def test_templates_styles_and_scripts_stay_small(pattern: str, limit: int) -> None:
    assert over(limit, list(files(pattern, under=ROOT / "src"))) == []


def test_functions_stay_under_60_lines() -> None:
    long = []
    for path in PYTHON:
        for part in walked(path.read_text(encoding="utf-8")):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (part.end_lineno or part.lineno) - part.lineno + 1
                if length >= 60:
                    long.append(f"{name(path)}:{part.lineno} {part.name}: {length} lines")
    assert long == []


def test_functions_take_at_most_seven_arguments_by_position() -> None:
    many = []
    for path in files("*.py", under=ROOT / "src"):
        for part in walked(path.read_text(encoding="utf-8")):
            if isinstance(part, ast.FunctionDef) and len(part.args.args) + len(part.args.posonlyargs) > 7:
                many.append(f"{name(path)}:{part.lineno} {part.name}")
    assert many == []
