"""Whatever its kind, an item goes into the programme file and comes out of it as it was."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Field, JSONField
from pytest_django import DjangoDbBlocker

from tests.house.nouns.editing import NOT_EDITED, save, typed
from tests.house.nouns.making import build, edit_page, tables
from weft.filing.lines import parse
from weft.people.programmes.models import Programme
from weft.programme_file.dump import dump
from weft.programme_file.load import load
from weft.provenance.models import Link, Node
from weft.provenance.registry import NOUNS

pytestmark = pytest.mark.django_db

each_kind = pytest.mark.parametrize("kind", NOUNS)
NOT_KEPT = {"key", "revision", "asked_revision", "id"}  # of this database alone
OF_NODE = ("code", "title", "visibility", "layer", "knowledge_kind", "made_at", "made_by__email", "team__slug")
Facts = dict[str, list[Any]]


@dataclass(frozen=True)
class Round:
    """A programme as a file, and what each item of a kind is."""

    text: str
    facts: dict[str, Facts]

    @classmethod
    def of(cls, nodes: dict[str, Node]) -> "Round":
        """The programme of some items as it is now."""
        return cls(dump(nodes["finding"].programme), {kind: facts_of(node) for kind, node in nodes.items()})


@pytest.fixture(scope="module")
def rounds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[Round, Round]:
    """The programme made through its pages; and what an empty database makes of its file."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            nodes = _written()
            first = Round.of(nodes)
            transaction.set_rollback(True)
        assert not Programme.objects.exists()
        with transaction.atomic():
            programme = load(parse(first.text, "pell.yaml"))
            second = Round.of({kind: programme.nodes.get(code=node.code) for kind, node in nodes.items()})
            transaction.set_rollback(True)
    return first, second


def _written() -> dict[str, Node]:
    """One item of each kind, with something in every text that its page asks for."""
    house = build()
    for kind, node in house.nodes.items():
        if kind not in NOT_EDITED:
            page = house.walker("mo").open(edit_page(node))
            assert save(page, kind, typed(page, kind, "Kept")).status == 200
    return house.nodes


def facts_of(node: Node) -> Facts:
    """What the database holds of an item: the item, what it comes from, and the rows of its tables."""
    links = Link.objects.filter(target=node, withdrawn_at=None)
    found: Facts = {
        "item": list(Node.objects.filter(pk=node.pk).values(*OF_NODE)),
        "links": sorted(links.values_list("source__code", "relation", "note", "is_citation")),
    }
    for table, way in tables(node.kind).items():
        said = [one.name for one in table._meta.concrete_fields if _says_something(one) and one.name not in NOT_KEPT]
        found[table.__name__] = list(table._default_manager.filter(**{way: node}).values(*said))
    return found


def _says_something(column: Field) -> bool:
    """Whether a column says something by itself; lists name others by their ids, which the files compare as codes."""
    return not column.is_relation and not isinstance(column, JSONField)


@each_kind
def test_it_stands_in_the_file(rounds: tuple[Round, Round], kind: str) -> None:
    (item,) = rounds[0].facts[kind]["item"]
    assert f"code: {item['code']}" in rounds[0].text


@each_kind
def test_it_comes_out_as_it_was(rounds: tuple[Round, Round], kind: str) -> None:
    assert rounds[1].facts[kind] == rounds[0].facts[kind]


def test_the_file_loaded_is_the_same_file_again(rounds: tuple[Round, Round]) -> None:
    assert rounds[1].text == rounds[0].text
