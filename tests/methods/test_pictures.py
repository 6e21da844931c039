"""The pictures of the pages on methods are what the methods compute today."""

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "methods"
spec = importlib.util.spec_from_file_location("method_pictures", FOLDER / "pictures.py")
pictures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pictures)


def test_every_page_has_a_picture_and_shows_it():
    pages = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert set(pages) == set(pictures.PICTURES)
    assert [name for name, page in pages.items() if f"]({name}.svg)" not in page] == []


@pytest.mark.parametrize("name", list(pictures.PICTURES))
def test_a_picture_is_what_is_computed(name):
    drawn = pictures.PICTURES[name]()
    assert drawn == (FOLDER / f"{name}.svg").read_text("utf-8")
    assert ElementTree.fromstring(drawn).get("aria-label")  # noqa: S314 our own
