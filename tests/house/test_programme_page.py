"""docs/programme-file.md says everything that the schema knows, and its examples can be loaded."""

import re

import pytest

from tests.house.programme_page import PAGE, TABLE, find_headings, parts, table, written_anew
from weft.filing.items import Item
from weft.filing.keys import columns_of
from weft.filing.lines import parse
from weft.programme_file.dump import dump
from weft.programme_file.load import load
from weft.programme_file.schema import ITEMS, fitted
from weft.provenance.registry import NOUNS

TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
WHOLE, FRAGMENTS = EXAMPLES[0], EXAMPLES[1:]
find_headings(TEXT)
FRAME = "weft: 1\nprogramme: {slug: example, name: An example}\n"


def test_every_part_has_a_table_on_the_page_and_no_other() -> None:
    assert sorted(found[1] for found in TABLE.findall(TEXT)) == sorted(parts())


def test_the_tables_are_as_the_schema_is() -> None:
    assert written_anew(TEXT) == TEXT, "python -m tests.house.programme_page writes them anew"
    assert "| `rests_on` | list of [what an item rests on](#what-an-item-rests-on) |" in table(Item)


@pytest.mark.parametrize("kind", ITEMS)
def test_the_table_of_a_noun_has_a_row_for_each_of_its_columns(kind: str) -> None:
    told = table(Item) + table(ITEMS[kind])
    assert [name for name in columns_of(NOUNS[kind].model) if f"| `{name}` |" not in told] == []


@pytest.mark.parametrize("example", FRAGMENTS, ids=lambda text: text.split("\n")[0].strip(":") or "example")
def test_every_example_fits_the_schema(example: str) -> None:
    text = example if example.startswith("programme:") else FRAME.split("\n", 1)[1] + example
    assert fitted(parse(f"weft: 1\n{text}", "example.yaml"))


def test_there_is_an_example_of_every_kind() -> None:
    shown = {kind for example in FRAGMENTS for kind in re.findall(r"kind: (\w+)", example)}
    assert set(ITEMS) <= shown


@pytest.mark.django_db
def test_the_whole_programme_on_the_page_can_be_loaded_and_dumped_and_loaded_again() -> None:
    from django.db import transaction

    found = []
    for text in (WHOLE, None):
        with transaction.atomic():
            found.append(dump(load(parse(text or found[0], "page.yaml"))))
            transaction.set_rollback(True)
    assert found[0] == found[1]
