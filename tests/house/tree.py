"""The project's own files, without what was installed, built or stored beside them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "weft"
NOT_OURS = {".git", ".venv", "node_modules", "build", "dist", "var", "vendor", "__pycache__"}
CACHES = {".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", ".pytest_cache"}


def files(*patterns: str, under: Path = ROOT) -> Iterator[Path]:
    """Files of the project whose names match one of the patterns, in a fixed order."""
    for path in sorted(under.rglob("*")):
        is_ours = path.is_file() and not (NOT_OURS | CACHES) & set(path.relative_to(ROOT).parts)
        if is_ours and any(path.match(pattern) for pattern in patterns or ("*",)):
            yield path


def name(path: Path) -> str:
    """The path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def walked(text: str) -> tuple[ast.AST, ...]:
    """Every part of a module, the module first; read once for all tests."""
    return tuple(ast.walk(ast.parse(text)))
