"""The project's own files, without what was installed, built or stored beside them."""

import ast
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "weft"
NOT_OURS = {".git", ".venv", "node_modules", "build", "dist", "var", "vendor", "__pycache__"}
CACHES = {".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", ".pytest_cache"}


@cache
def files(*patterns: str, under: Path = ROOT) -> tuple[Path, ...]:
    """Files of the project whose names match one of the patterns, in a fixed order."""
    return tuple(
        path for path in all_files() if path.is_relative_to(under) and any(map(path.match, patterns or ("*",)))
    )


@cache
def all_files() -> tuple[Path, ...]:
    """All files of the project; found once for all tests."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = set(folders) - NOT_OURS - CACHES
        found += (Path(folder, name) for name in names)
    return tuple(sorted(found))


def name(path: Path) -> str:
    """The path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def walked(text: str) -> tuple[ast.AST, ...]:
    """Every part of a module, the module first; read once for all tests."""
    return tuple(ast.walk(ast.parse(text)))
