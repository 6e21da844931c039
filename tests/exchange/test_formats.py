"""The table of formats is what the packages hold and what the documents say."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from weft.exchange.convert import PROJECTIONS, targets
from weft.exchange.errors import ExchangeError
from weft.exchange.formats import BY_KEY, FORMATS, by_suffix, in_words

ROOT = Path(__file__).parents[2]
HEAVY = "numpy lxml openpyxl docx bibtexparser citeproc icalendar pydantic django"


def rows(after: str, columns: int) -> list[list[str]]:
    """The rows of the first table of the page after some words."""
    text = (ROOT / "docs" / "formats.md").read_text("utf-8").split(after, 1)[1]
    table = re.search(r"\n\|-.*?\n\n", text, flags=re.DOTALL)
    assert table is not None
    found = [
        [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]
        for line in table[0].split("\n")
        if line[:2] == "| "
    ]
    assert {len(row) for row in found} == {columns}
    return found


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_every_name_is_in_the_package(form):
    package = importlib.import_module(f"weft.exchange.{form.package}")
    for name in filter(None, (form.reader, form.writer, form.describer)):
        assert callable(getattr(package, name))
    assert form.reader or form.writer
    assert form.is_folder != bool(form.suffixes)


def test_keys_and_names_are_there_once():
    assert len(BY_KEY) == len(FORMATS) == len({form.name for form in FORMATS})


def test_the_documents_list_every_format():
    told = [
        [form.key, form.name, form.suffixes or ("a folder",), bool(form.reader), bool(form.writer), form.holds]
        for form in FORMATS
    ]
    said = [
        [
            key.strip("`"),
            name,
            tuple(part.strip("`") for part in ends.split(", ")),
            read == "yes",
            written == "yes",
            holds,
        ]
        for key, name, ends, _, read, written, holds in rows("## Every format", 7)
    ]
    assert said == told


def test_the_documents_list_every_projection():
    assert rows("**What can become what.**", 3) == [[each.source, each.target, each.keeps] for each in PROJECTIONS]


def test_every_projection_leads_from_something_that_is_read_to_something_that_is_written():
    for each in PROJECTIONS:
        assert any(form.reader and form.holds == each.source for form in FORMATS)
        assert any(form.writer and form.holds == each.target for form in FORMATS)
        assert callable(getattr(importlib.import_module(f"weft.exchange.convert.{each.module}"), each.function))


def test_endings_may_be_in_capitals():
    assert [form.key for form in by_suffix(Path("A.JSON"))] == ["360giving", "csl-json"]
    assert by_suffix(Path("a.mp3")) == ()


def test_formats_in_words():
    assert in_words(targets(BY_KEY["polis"])) == "polis (a folder), csv (.csv, .tsv, .tab), xlsx (.xlsx)"


def test_what_is_only_read_is_never_written(tmp_path):
    with pytest.raises(ExchangeError, match=r"would be a transcript in SRT, which is only read, never written\.$"):
        BY_KEY["srt"].write(None, tmp_path / "a.srt")


def test_the_table_itself_loads_no_format():
    code = f"import sys, weft.exchange.convert; print(*set('{HEAVY}'.split()) & set(sys.modules))"
    environment = {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
