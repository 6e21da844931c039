"""Words of any length and from right to left, everywhere at once: nothing scrolls sideways on a small phone."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import ROOT, Demo, sign_in
from tests.browser.demo.crawl import crawl
from tests.browser.demo.looks import OPEN_ALL, SIDEWAYS

pytestmark = pytest.mark.long

ARABIC = "الحافلة " + "ط" * 40
LONG = "w" * 50
TITLES = {"title", "prompt"}
LINES = {"what", "does", "ask_whom", "to_role", "by_role", "described_as", "readers"}
TEXTS = {
    "summary",
    "purpose",
    "about",
    "approach",
    "learned",
    "trying",
    "reasons",
    "reason",
    "at_home",
    "gives",
    "lacks",
}


def swollen(value: Any, key: str = "", kind: str = "") -> Any:
    """The same with Arabic titles, lines with a word wider than a phone, and stories with a far longer one."""
    if isinstance(value, dict):
        inside = str(value.get("kind", kind))
        # `on` is a day in a programme file, and "true" to YAML 1.1
        named = {"on" if name is True else name: each for name, each in value.items()}
        return {name: swollen(each, name, inside) for name, each in named.items()}
    if isinstance(value, list):
        return [swollen(each, key, kind) for each in value]
    if not isinstance(value, str):
        return value
    if key == "text" and kind == "story":
        return f"{value} {'w' * (4_999 - len(value))}"
    if key == "secret":
        return f"{value}-again"
    if key in TITLES:
        return f"{ARABIC} {value} {LONG}"
    if key in LINES and len(value) < 95:
        return f"{value[:58]} {LONG}"
    return f"{value} {LONG}{LONG}" if key in TEXTS and len(value) < 178 else value


def long_file(folder: Path) -> Path:
    """The demonstration under another name, swollen."""
    source = (
        (ROOT / "src/weft/programme_file/demo.yaml")
        .read_text()
        .replace("slug: pell-coast\n  name: Pell", "slug: long-coast\n  name: Long")
    )
    for code in re.findall(r"^  - code: (\w+26)$", source, re.MULTILINE):
        source = re.sub(rf"\b{code}\b", f"{code[:-2]}27", source)
    long = swollen(yaml.load(source, Loader=yaml.CSafeLoader))
    file = folder / "long.yaml"
    file.write_text(yaml.dump(long, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000))
    return file


def test_nothing_scrolls_sideways(open_page: OpenPage, demo: Demo, tmp_path: Path):
    demo.weft("load", str(long_file(tmp_path)))
    wrong, starts = [], ("/long-coast/", "/c/winter27/")
    for name in ("", "Ida"):
        phone = open_page(width=360)
        if name:
            sign_in(phone, name)
        for route, addresses in crawl(demo.walker(name), *starts, of_each=1).items():
            address = next((one for one in addresses if "long-coast" in one or "27" in one), None)
            if address:
                phone.goto(address)
                phone.evaluate(OPEN_ALL)
                wrong += [f"{route} {address} {fault}" for fault in phone.evaluate(SIDEWAYS)]
    assert not wrong, f"{len(wrong)} pages scroll\n" + "\n".join(wrong)
