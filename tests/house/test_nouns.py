"""Whatever carries a node is a noun: what it is called, where its page is, where its words are."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import OneToOneField
from django.urls import reverse

from tests.house.tree import SOURCE, files
from weft.provenance.models import Node
from weft.provenance.queries.repeats import item_places
from weft.provenance.registry import NOUNS, STAGES, Noun, tabs_of, way_to

CARRIERS = [
    model._meta.label
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, OneToOneField) and field.related_model is Node and field.name == "node"
    if model._meta.app_label != "provenance"
]
# Ids and hashes by which a row is known again: all that taking an item back leaves of the texts in its row.
STAYS = {"statement.external_id", "map.input_hash", "edition.content_hash"}
each_noun = pytest.mark.parametrize("noun", NOUNS.values(), ids=list(NOUNS))


@pytest.mark.parametrize("label", CARRIERS)
def test_a_model_with_a_node_is_a_noun(label: str) -> None:
    assert label in {noun.model._meta.label for noun in NOUNS.values()}


@each_noun
def test_it_has_names_a_prefix_and_a_stage(noun: Noun) -> None:
    assert noun.name
    assert noun.plural
    assert noun.prefix.isupper()
    assert noun.stage in range(len(STAGES))


@each_noun
def test_its_model_carries_a_node(noun: Noun) -> None:
    assert noun.model._meta.label in CARRIERS


@each_noun
def test_its_page_is_where_every_item_page_is(noun: Noun) -> None:
    code = f"{noun.prefix}-22222"
    assert reverse(noun.page, kwargs={"programme": "pell", "code": code}) == f"/pell/{code}/"


def test_every_way_from_words_leads_to_an_item() -> None:
    for table, column, way in item_places():
        assert str(table._default_manager.filter(**{f"{way}__in": [uuid4()]}).only(column).query)


@each_noun
def test_its_parts_belong_to_its_rows(noun: Noun) -> None:
    for part in noun.parts:
        assert way_to(part, noun.model)


def test_a_take_back_leaves_no_text_but_ids_and_hashes() -> None:
    assert {f"{noun.key}.{column}" for noun in NOUNS.values() for column in noun.stays} == STAYS


def test_each_area_stands_on_the_tab_of_its_stage() -> None:
    areas = [[tab.template.partition("/")[0] for tab in tabs_of(stage)] for stage in range(len(STAGES))]
    assert areas == [
        ["conversations", "stories", "themes", "left", "bursts"],
        ["findings", "sources", "maps"],
        ["problems"],
        ["projects", "grants"],
        ["reflections", "insights"],
        ["manifestos", "responses", "reports"],
    ]
    templates = {path.parent.name for path in files("_workspace.html", under=SOURCE)}
    assert templates == {area for stage in areas for area in stage}
