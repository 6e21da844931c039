"""Break the rules that protect people, one at a time, and name each break that no test sees: run by `make mutants`.

mutmut breaks a copy in build/mutants. It leaves functions with a decorator alone, which most actions have, and those
without a name; so in the copy a decorator stands below its function as a call, and a lambda of a module has a name. It
breaks a module that is loaded already, which is too late for a view that has its mark; so there views are marked anew
for each request.
"""

import argparse
import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from difflib import unified_diff
from functools import wraps
from inspect import getsource, isfunction
from pathlib import Path
from typing import Any

import libcst as cst

ROOT = Path(__file__).resolve().parent
WORK = ROOT / "build" / "mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"

NOUNS = "tests/house/nouns"
DOORS = ["tests/people/test_access.py", "tests/people/test_addresses.py", "tests/provenance/test_visibility.py"]
# which tests speak to which module; a module may be called by any part of its name
TESTS: dict[str, list[str]] = {
    "core/access": [*DOORS, "tests/house/test_routes.py"],
    "people/programmes/access": [*DOORS, "tests/provenance/test_old_addresses.py", "tests/house/test_routes.py"],
    "people/programmes/permissions": ["tests/people/test_names.py"],
    "provenance/access": [*DOORS, "tests/house/test_routes.py"],
    "provenance/visibility": ["tests/provenance"],
    "core/counts": ["tests/core/test_counts.py"],
    "provenance/actions": [
        *("tests/provenance/test_what_the_thread_keeps.py", "tests/provenance/test_thread.py"),
        *("tests/provenance/test_items.py", "tests/provenance/test_batch.py"),
    ],
    "provenance/withdrawal": [
        *("tests/provenance/test_taking_back.py", "tests/provenance/test_items.py"),
        *("tests/listen/stories/test_allowed.py", "tests/listen/stories/test_what_is_kept.py"),
        "tests/journeys/test_search_index.py",
    ],
    "provenance/items": [
        *("tests/provenance/test_items.py", "tests/provenance/test_batch.py", "tests/provenance/test_rests.py"),
        *("tests/provenance/test_ties.py", "tests/act/test_ask_trail.py", "tests/learn/test_what_is_kept.py"),
    ],
    "listen/conversations/actions": [
        *("tests/listen/conversations/test_what_is_kept.py", "tests/listen/conversations/test_what_cards_keep.py"),
        "tests/listen/conversations/test_what_answers_keep.py",
    ],
    "listen/receipts/actions": ["tests/listen/receipts"],
    "listen/stories/actions": [
        *("tests/listen/stories/test_what_is_kept.py", "tests/listen/stories/test_allowed.py"),
        "tests/listen/receipts/test_what_is_taken_back.py",
    ],
    "listen/themes/actions": ["tests/listen/themes/test_gathering.py"],
    "sense/findings/actions": ["tests/sense/findings/test_trail.py", "tests/sense/findings/test_actions.py"],
    "sense/sources/actions": ["tests/sense/sources/test_what_is_kept.py", "tests/sense/sources/test_actions.py"],
    "frame/problems/actions": ["tests/frame/problems/test_what_is_kept.py", "tests/frame/problems/test_actions.py"],
    "act/manifestos/actions": ["tests/act/test_ask_trail.py"],
    "act/projects/actions": ["tests/act/test_what_projects_keep.py"],
    "learn/insights/actions": ["tests/learn/test_what_is_kept.py"],
    "learn/reflections/actions": ["tests/learn/test_what_is_kept.py"],
    "share/responses/actions": ["tests/share/test_what_answers_keep.py"],
}
# whose functions make what other modules call, while those load
MARKS = {"core/access", "people/programmes/access", "provenance/access"}
KILLED = {"killed", "timeout", "caught by type check"}
IMPORTS = "from functools import wraps\nfrom inspect import isfunction\nfrom typing import Any, Callable\n"
# looking whether a database is up to date takes longer than most tests, and a forked process has that of its parent
MADE_ONCE = "from django.test import utils\nutils.setup_databases = once(utils.setup_databases)\n"


def late(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function which, where it makes a function, makes it anew whenever that is called."""

    def call(*args: Any, **facts: Any) -> Any:
        made = make(*args, **facts)
        return (
            wraps(made)(late(lambda *more, **said: make(*args, **facts)(*more, **said))) if isfunction(made) else made
        )

    return wraps(make)(call)


def once(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function which makes something when it is called first, and gives the same ever after."""
    made: list[Any] = []

    def call(*args: Any, **facts: Any) -> Any:
        made.extend([] if made else [make(*args, **facts)])
        return made[0]

    return call


class Bare(cst.CSTTransformer):
    """A module whose functions and lambdas mutmut can break."""

    def __init__(self, marks: bool) -> None:
        self.above = [cst.Decorator(cst.Name("late"))] if marks else []
        self.lifted: list[cst.FunctionDef] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FlattenSentinel[cst.BaseStatement]:
        name = updated_node.name
        call: cst.BaseExpression = name
        for decorator in reversed([*self.above, *updated_node.decorators]):
            call = cst.Call(decorator.decorator, [cst.Arg(call)])
        below = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(name)], call)])
        return cst.FlattenSentinel([updated_node.with_changes(decorators=()), *([below] if call is not name else [])])

    def leave_Lambda(self, original_node: cst.Lambda, updated_node: cst.Lambda) -> cst.Name:
        name = cst.Name(f"lambda_{len(self.lifted) + 1}")
        body = cst.IndentedBlock([cst.SimpleStatementLine([cst.Return(updated_node.body)])])
        self.lifted.append(cst.FunctionDef(name, updated_node.params, body))
        return name

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.FlattenSentinel[cst.BaseStatement]:
        lifted, self.lifted = self.lifted, []
        return cst.FlattenSentinel([*lifted, updated_node])


def prepare(module: str, work: Path) -> None:
    """A copy of the project in which this module can be broken."""
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("src", "tests"):
        shutil.copytree(ROOT / folder, work / folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = work / f"src/weft/{module}.py"
    code = cst.parse_module(path.read_text("utf-8")).visit(Bare(module in MARKS)).code
    if module in MARKS:
        code = code.replace("\nfrom ", "\nfrom late import late\nfrom ", 1)
        (work / "src/late.py").write_text(IMPORTS + getsource(late), "utf-8")
    path.write_text(code, "utf-8")
    with (work / "tests/conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(f"\n{IMPORTS}{getsource(once)}\n\n{MADE_ONCE}")
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/weft/{module}.py"],
        "pytest_add_cli_args": ["--reuse-db", "--seed=0", "-p", "no:unraisableexception"],
        "pytest_add_cli_args_test_selection": TESTS[module],
    }
    said = "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (work / "pyproject.toml").write_text(f"{project}{said}\n", "utf-8")  # its last part is mutmut's


def results_of(work: Path) -> dict[str, str]:
    """What became of each mutant, by the name of its function."""
    for words in (["run", "--max-children", "1"], ["results", "--all", "true"]):
        done = subprocess.run([str(MUTMUT), *words], cwd=work, text=True, capture_output=True)
        if done.returncode:
            sys.exit(f"{done.stdout[-3000:]}{done.stderr[-3000:]}")
    lines = (line.strip().rpartition(": ") for line in done.stdout.splitlines())
    return {name.rpartition(".")[2]: became for name, _, became in lines if name}


def change(functions: dict[str, list[str]], mutant: str) -> str:
    """What a mutant changes in its function."""
    function = mutant.partition("__mutmut_")[0]
    before, after = (functions[name][1:] for name in (f"{function}__mutmut_orig", mutant))
    return "\n".join(line for line in list(unified_diff(before, after, lineterm="", n=0))[2:] if line[:2] != "@@")


def try_out(module: str) -> None:
    """Break a module, run the tests that speak to it after each break, and show what lived."""
    work, path = WORK / module.replace("/", "-"), f"src/weft/{module}.py"
    prepare(module, work)
    became = results_of(work)
    broken = (work / "mutants" / path).read_text("utf-8")
    lines = broken.split("\n")
    functions = {
        node.name: lines[node.lineno - 1 : node.end_lineno]
        for node in ast.walk(ast.parse(broken))
        if isinstance(node, ast.FunctionDef)
    }
    lived = [name for name, result in became.items() if result not in KILLED]
    for name in lived:
        print(f"{name} ({became[name]})\n{change(functions, name)}\n")
    print(f"{module}: {len(became)} mutants, {len(became) - len(lived)} killed, {len(lived)} lived", flush=True)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Break a module in every small way and show what no test sees.")
    parser.add_argument("module", nargs="?", default="", help="a part of the name of those to break")
    wanted = parser.parse_args(words).module.removesuffix(".py")
    modules = [module for module in TESTS if wanted in module]
    if not modules:
        parser.error(f"No module is called {wanted}. There are {', '.join(TESTS)}.")
    for module in modules:
        try_out(module)


if __name__ == "__main__":
    main()
