"""What `.importlinter` cannot say: a view uses the forms of its own area, and reads through its queries."""

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


READS = {"objects", "filter", "exclude", "values_list", "select_related", "prefetch_related"}


def test_views_and_forms_read_through_queries() -> None:
    found = []
    for path in files("views.py", "forms.py", "pages.py", under=SOURCE):
        for part in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(part, ast.Attribute) and part.attr in READS:
                found.append(f"{name(path)}:{part.lineno} {part.attr}")
        if "django.shortcuts.get_object_or_404" in imported(ast.parse(path.read_text("utf-8"))):
            found.append(f"{name(path)} get_object_or_404")
    assert found == []
