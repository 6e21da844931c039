"""Where a thing goes has one answer, and nothing of anybody's machine is in the project."""

import re

from tests.house.tree import ROOT, SOURCE, files, name

NO_SUCH_ROOM = {"utils", "util", "helpers", "helper", "services", "managers", "signals", "common", "misc"}
REGISTRIES = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.", "crates" + r"\.io"]))
PLACES = re.compile(r"(?:^|[\s\"'`(=:])(?:/work|/tmp|/root|/home/[a-z]\w*)/")
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
TEXT = ("*.py", "*.md", "*.html", "*.txt", "*.css", "*.js", "*.json", "*.toml", "*.lock", "*.yaml", "*.ini", "*.cfg")
ALSO = [ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / ".npmrc", ROOT / ".importlinter"]


def mentions(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in [*files(*TEXT), *ALSO]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name(path)}:{number} {line.strip()[:100]}")
    return found


def test_there_is_no_room_for_odds_and_ends() -> None:
    assert [name(path) for path in files("*.py", under=SOURCE) if NO_SUCH_ROOM & {path.stem, path.parent.name}] == []


def test_no_package_registry_is_named() -> None:
    assert mentions(REGISTRIES) == []


def test_no_place_on_somebodys_machine_is_named() -> None:
    assert mentions(PLACES) == []


def test_nothing_is_left_unfinished() -> None:
    assert mentions(UNFINISHED) == []
