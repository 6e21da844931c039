"""The demonstration is as rich as it is said to be."""

import pytest

from tests.programme_file.files import dumped_from_empty
from weft.act.manifestos.models import Ask
from weft.act.projects.models import Project
from weft.learn.reflections.models import Reflection
from weft.listen.conversations.models import Conversation, Moderation, Participant, Statement, Vote
from weft.listen.stories.models import Story
from weft.people.leads.models import Lead
from weft.people.programmes.models import Programme
from weft.programme_file.demo import FILE
from weft.programme_file.lines import read
from weft.programme_file.load import load
from weft.provenance.models import Link, Node
from weft.provenance.queries import trace
from weft.sense.findings.models import Gap
from weft.sense.maps.models import OpinionMap
from weft.sense.sources.models import Source, SourceType
from weft.share.reports.models import Edition
from weft.share.responses.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def pell() -> Programme:
    return load(read(FILE))


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
        assert any(item.about.leaf for item in behind) or link.source.kind in {"gap", "response", "ask"}, (
            link.source.code
        )


def test_a_dump_of_it_is_the_same_every_time() -> None:
    first = dumped_from_empty(FILE.read_text("utf-8"))
    assert dumped_from_empty(first) == first
