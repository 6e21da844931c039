"""The demonstration is as rich as it is said to be, and each cited sentence is two steps from a voice or a source."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from weft.act.manifestos.models import Ask
from weft.act.projects.models import Project
from weft.core.text import citations
from weft.filing.lines import parse
from weft.learn.reflections.models import Reflection
from weft.listen.conversations.models import Conversation, Moderation, Participant, Statement, Vote
from weft.listen.receipts.models import Receipt
from weft.listen.stories.models import Story
from weft.people.leads.models import Lead
from weft.people.programmes.models import Programme
from weft.programme_file.demo import fill
from weft.programme_file.dump import dump
from weft.programme_file.load import load
from weft.provenance.models import Link, Node
from weft.provenance.queries import trace
from weft.provenance.registry import NOUNS
from weft.provenance.sentences import sentences
from weft.sense.findings.models import Gap
from weft.sense.maps.models import OpinionMap
from weft.sense.sources.models import Source, SourceType
from weft.share.reports.models import Edition, Section
from weft.share.reports.queries import withdrawn_since
from weft.share.responses.models import Response


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration, for every test of this file: loading it takes longer than all of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def pell(loaded_once: None, db: None) -> Programme:
    return Programme.objects.get()


def test_it_is_as_large_as_it_is_said_to_be(pell) -> None:
    assert pell.is_demo
    assert pell.teams.count() == 3
    assert 225 <= Participant.objects.count() <= 300
    assert 55 <= Story.objects.count() <= 75
    assert 36 <= Statement.objects.filter(moderation=Moderation.SHOWN).count() <= 70
    assert 3_500 <= Vote.objects.count() <= 5_000


def test_its_answers_form_groups(pell) -> None:
    large = OpinionMap.objects.order_by("-votes")[0]
    assert large.verdict == "clear", (large.verdict, large.reason)
    assert len(large.result["groups"]) >= 2
    assert large.result["unite"]
    assert large.result["divide"]


def test_it_has_every_kind_of_thing_worth_reading(pell) -> None:
    assert set(Source.objects.values_list("type", flat=True)) == set(SourceType.values)
    contradicted = Link.objects.filter(relation="contradicts", withdrawn_at=None)
    assert {"finding", "insight"} <= set(contradicted.values_list("target__kind", flat=True))
    assert {gap.is_open for gap in Gap.objects.all()} == {True, False}
    assert Lead.objects.exclude(reason="").exists()
    assert "differently" in Reflection.objects.values_list("outcome", flat=True)
    assert Project.objects.filter(state="planned").exists()
    assert {"yes", "no"} <= set(Response.objects.values_list("answer", flat=True))
    assert Ask.objects.filter(state="asked", events__kind="asked_again").exists()
    assert Conversation.objects.filter(closed_at=None).exists()


def test_something_was_taken_back_after_the_edition(pell) -> None:
    edition = Edition.objects.order_by("number").last()
    gone = Node.objects.exclude(withdrawn_at=None)
    assert gone.filter(withdrawn_at__gt=edition.published_at).exists()


def test_what_the_edition_cites_leads_to_a_voice_or_a_source(pell) -> None:
    edition = Edition.objects.order_by("number").last()
    cited = Link.objects.filter(target=edition.node, withdrawn_at=None).select_related("source")
    assert len(cited) > 20
    for link in cited:
        behind = [link.source, *trace(link.source_id, "up").items.values()]
        assert any(item.about.is_leaf for item in behind) or link.source.kind in {"gap", "response", "ask"}, (
            link.source.code
        )


def _empty() -> None:
    """Take every row of ours away."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("weft."):
            model._base_manager.all()._raw_delete("default")


def test_a_dump_of_it_makes_the_same_again(pell) -> None:
    first = dump(pell)
    _empty()
    assert dump(load(parse(first, "pell.yaml"))) == first


def test_it_holds_what_it_shows(pell) -> None:
    assert Receipt.objects.count() >= 6
    assert sorted(OpinionMap.objects.values_list("verdict", flat=True)) == ["clear", "none", "tentative"]
    assert sorted(gap.is_open for gap in Gap.objects.all()) == [False, True, True]
    assert set(Ask.objects.values_list("state", flat=True)) == {"asked", "acknowledged", "yes", "partly", "no"}
    assert withdrawn_since(Edition.objects.get()) == 1
    assert sorted(Node.objects.exclude(withdrawn_at=None).values_list("code", flat=True)) == ["Q-4NTNR", "Y-4NTNR"]


def test_each_sentence_of_the_report_is_at_most_two_taps_from_a_voice_or_a_source(pell) -> None:
    """What it cites is one, or comes straight from one."""
    leaves = {key for key, noun in NOUNS.items() if noun.is_leaf}
    near = set(Node.objects.filter(kind__in=leaves).values_list("code", flat=True))
    near |= set(Link.objects.filter(source__kind__in=leaves, withdrawn_at=None).values_list("target__code", flat=True))
    for section in Section.objects.all():
        for sentence in sentences(section.text):
            cited = citations(sentence.text)
            assert not cited or near.intersection(cited), sentence.text
