"""Whatever its kind, an item is made through its page, and a form sent twice is one item."""

import pytest

from tests.house.nouns.making import House, word
from weft.provenance.models import Node
from weft.provenance.registry import NOUNS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
each_kind = pytest.mark.parametrize("kind", NOUNS)


@each_kind
def test_it_is_made_through_its_page(house: House, kind: str) -> None:
    node = house.nodes[kind]
    page = house.walker("mo").open(node.get_absolute_url())
    assert page.status == 200
    assert page.reads(word(kind))
    assert node.code in page.html


@each_kind
def test_its_form_sent_twice_is_one_item(house: House, kind: str) -> None:
    before = set(Node.objects.values_list("pk", flat=True))
    assert house.sent[kind].again() == 302
    assert set(Node.objects.values_list("pk", flat=True)) == before
