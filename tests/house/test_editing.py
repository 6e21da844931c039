"""Two people saving the same thing: every form over what is saved carries a revision, and its view shows both."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from tests.house.tree import SOURCE, files
from weft.core.forms import RevisedForm

# Forms that open with something in them and change nothing that somebody else may be changing too.
NOT_SHARED = {
    "programmes.name": "one's own name",
    "conversations.new": "begins something new",
    "conversations.suggest": "begins something new",
    "findings.close": "happens once: closing twice is refused",
    "manifestos.new_ask": "begins something new",
    "programmes.come_in": "one's own name",
    "programmes.new": "begins something new",
    "reflections.new": "begins something new",
    "reports.publish_form": "begins something new",
    "responses.mark_mine": "what one contributor says themselves",
    "stories.paper": "begins something new",
    "stories.tell": "begins something new",
}


def modules() -> Iterator[tuple[str, ModuleType]]:
    """Each area's views."""
    for path in files("views.py", under=SOURCE):
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        yield path.parent.name, import_module(name)


def filled() -> Iterator[tuple[str, ModuleType, ast.FunctionDef, str]]:
    """Every place in a view where a form opens with something in it, and the form's name."""
    for area, module in modules():
        for view in ast.parse(inspect.getsource(module)).body:
            if not isinstance(view, ast.FunctionDef):
                continue
            for call in ast.walk(view):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id.endswith("Form")
                    and any(word.arg == "initial" for word in call.keywords)
                ):
                    yield f"{area}.{view.name}", module, view, call.func.id


PLACES = list(filled())


def test_every_form_over_what_is_saved_carries_a_revision() -> None:
    without = {
        name
        for name, module, _, form in PLACES
        if name not in NOT_SHARED and not issubclass(getattr(module, form), RevisedForm)
    }
    assert not without, "put core.forms.RevisedForm before their own form, or say above why nobody else changes it"


def test_every_view_with_a_revision_shows_both_texts() -> None:
    for name, module, view, form in PLACES:
        if issubclass(getattr(module, form), RevisedForm):
            called = {
                call.func.id for call in ast.walk(view) if isinstance(call, ast.Call) and hasattr(call.func, "id")
            }
            assert "attempt" in called, f"{name} saves outside core.saving.attempt"


def test_every_form_with_a_revision_is_opened_on_one() -> None:
    opened = {getattr(module, form) for _, module, _, form in PLACES}
    known = {one for _, module in modules() for one in vars(module).values() if inspect.isclass(one)}
    revised = {one for one in known if issubclass(one, RevisedForm) and one is not RevisedForm}
    assert len(revised) > 10
    assert revised <= opened


def test_what_is_said_not_to_be_shared_is_there() -> None:
    assert NOT_SHARED.keys() <= {name for name, *_ in PLACES}
