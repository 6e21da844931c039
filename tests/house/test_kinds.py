"""Whatever carries a node is known to the thread: what it is called, where its page is, where its words are."""

import pytest
from django.apps import apps
from django.db.models import OneToOneField
from django.urls import reverse

from weft.provenance.kinds import KINDS, STAGES, Kind
from weft.provenance.models import Node

CARRIERS = [
    model._meta.label
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, OneToOneField) and field.related_model is Node and field.name == "node"
    if model._meta.app_label != "provenance"
]
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@pytest.mark.parametrize("label", CARRIERS)
def test_a_model_with_a_node_has_a_kind(label: str) -> None:
    assert label in {kind.model for kind in KINDS.values()}


@each_kind
def test_it_has_names_a_letter_and_a_stage(kind: Kind) -> None:
    assert kind.name
    assert kind.plural
    assert kind.letter.isupper()
    assert kind.stage in range(len(STAGES))


@each_kind
def test_its_model_carries_a_node(kind: Kind) -> None:
    assert kind.model in CARRIERS


@each_kind
def test_its_page_is_where_every_item_page_is(kind: Kind) -> None:
    assert reverse(kind.page, kwargs={"programme": "pell", "code": "X-22222"}) == f"/pell/{kind.key}/X-22222/"


@each_kind
def test_its_words_are_where_it_says(kind: Kind) -> None:
    for text in kind.texts:
        column, _, path = text.partition(":")
        label, _, field = column.rpartition(".")
        model = apps.get_model(label)
        assert model._meta.get_field(field)
        model.objects.filter(**{f"{path}__isnull": True})
