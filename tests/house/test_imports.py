"""What `.importlinter` cannot say: a view uses the forms of its own area, never those of another."""

import ast

from tests.house.tree import ROOT, SOURCE, files, name


def imported(module: ast.Module) -> set[str]:
    """The dotted names that a module imports, `from a import b` as a.b."""
    found: set[str] = set()
    for part in ast.walk(module):
        if isinstance(part, ast.Import):
            found |= {alias.name for alias in part.names}
        elif isinstance(part, ast.ImportFrom) and part.module:
            found |= {part.module, *(f"{part.module}.{alias.name}" for alias in part.names)}
    return found


def test_views_use_the_forms_of_their_own_area() -> None:
    strangers = []
    views = list(files("views.py", under=SOURCE))
    for path in views:
        area = ".".join(path.parent.relative_to(ROOT / "src").parts)
        for target in imported(ast.parse(path.read_text("utf-8"))):
            parts = target.split(".")
            is_a_form = parts[0] == "weft" and parts[3:4] == ["forms"]
            if is_a_form and not target.startswith(f"{area}.forms"):
                strangers.append(f"{name(path)} imports {target}")
    assert len(views) > 10
    assert strangers == []
