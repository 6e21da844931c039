"""Whatever carries a node is known to the thread: what it is called, where its page is, where its words are."""

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, OneToOneField, TextField
from django.urls import reverse

from weft.provenance.kinds import KINDS, STAGES, Kind
from weft.provenance.models import Node
from weft.provenance.queries.repeats import OTHER_TEXTS

CARRIERS = [
    model._meta.label
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, OneToOneField) and field.related_model is Node and field.name == "node"
    if model._meta.app_label != "provenance"
]
# Text columns in which nobody is quoted: names, addresses, codes, what machines read, and the sealed audit trail.
NO_QUOTES = {
    *("accounts.User.password", "accounts.User.email", "accounts.User.name"),
    *("programmes.Programme.slug", "programmes.Programme.name", "programmes.Programme.language"),
    *("programmes.Organisation.slug", "programmes.Organisation.name", "programmes.Organisation.org_id"),
    *("programmes.Organisation.does", "programmes.Organisation.ask_whom", "programmes.Organisation.approach"),
    *("programmes.Place.slug", "programmes.Place.name", "programmes.Place.gss_code", "programmes.Team.slug"),
    *("programmes.Team.name", "programmes.Venue.slug", "programmes.Venue.name", "programmes.Venue.what"),
    *("programmes.Membership.does", "programmes.Invitation.email", "programmes.Invitation.name"),
    *("journey.Session.where", "audit.Entry.did", "audit.Entry.on", "audit.Entry.detail"),
    *("provenance.Node.code", "provenance.Node.kind", "conversations.Conversation.code"),
    *("conversations.Conversation.readers", "conversations.Conversation.language"),
    *("conversations.Conversation.imported_from", "conversations.Conversation.imported_facts"),
    *("conversations.Participant.external_id", "conversations.Participant.external_group"),
    *("conversations.Consent.wording", "conversations.Statement.external_id"),
    *("sources.Source.authors", "sources.Source.publisher", "sources.Source.url", "sources.Source.doi"),
    *("maps.OpinionMap.parameters", "maps.OpinionMap.input_hash", "maps.OpinionMap.verdict"),
    *("maps.OpinionMap.reason", "maps.OpinionMap.result", "grants.Grant.name", "grants.Grant.funder"),
    *("grants.LedgerEntry.heading", "manifestos.Ask.to_role", "insights.Recommendation.to_role"),
    *("reports.Judgement.sentence_hash", "reports.Edition.content_hash", "reports.Edition.counts"),
    *("reports.Carried.group", "responses.Response.by_role"),
}
# Ids and hashes by which a row is known again: all that taking an item back leaves of the texts in its row.
STAYS = {"statement.external_id", "map.input_hash", "edition.content_hash"}
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
    code = f"{kind.letter}-22222"
    assert reverse(kind.page, kwargs={"programme": "pell", "code": code}) == f"/pell/{code}/"


@each_kind
def test_its_words_are_where_it_says(kind: Kind) -> None:
    for text in kind.texts:
        column, _, path = text.partition(":")
        label, _, field = column.rpartition(".")
        model = apps.get_model(label)
        assert model._meta.get_field(field)
        model.objects.filter(**{f"{path}__isnull": True})


@each_kind
def test_its_parts_belong_to_its_rows(kind: Kind) -> None:
    for part in kind.parts:
        label, _, way = part.rpartition(".")
        assert apps.get_model(label)._meta.get_field(way).related_model._meta.label == kind.model


def test_a_take_back_leaves_no_text_but_ids_and_hashes() -> None:
    assert {f"{kind.key}.{column}" for kind in KINDS.values() for column in kind.stays} == STAYS


def test_every_text_column_is_searched_when_words_are_taken_back() -> None:
    """A new column either may quote somebody, and is then cleaned with the others, or is named above."""
    known = {
        spec.partition(":")[0] for spec in (*OTHER_TEXTS, *(text for kind in KINDS.values() for text in kind.texts))
    }
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("weft.")
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    }
    assert columns - known == NO_QUOTES
    assert known <= columns
