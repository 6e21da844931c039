"""What a file says is in the database afterwards, through the actions of the pages."""

from datetime import UTC, date, datetime

import pytest

from tests.programme_file.files import SMALL, changed, faults_of
from weft.act.grants.actions import planned
from weft.act.grants.models import Grant, LedgerEntry
from weft.act.manifestos.models import Ask
from weft.act.projects.models import Project
from weft.frame.problems.models import ProblemStatement
from weft.listen.conversations.models import Consent, Participant, Statement, Vote, VoteEvent
from weft.listen.receipts.queries import participant_for, words_for
from weft.listen.stories.models import Story
from weft.people.accounts.models import User
from weft.people.audit.models import Entry
from weft.people.leads.models import Lead
from weft.people.programmes.models import Programme
from weft.programme_file.dump import dump
from weft.programme_file.schema_people import Person
from weft.provenance.models import Link, Node
from weft.sense.findings.models import Finding, Gap
from weft.sense.maps.models import OpinionMap
from weft.sense.sources.models import Excerpt
from weft.share.reports.models import Edition
from weft.share.responses.models import Response

pytestmark = pytest.mark.django_db


def node(code: str) -> Node:
    return Node.objects.get(code=code)


def ties(code: str) -> set[tuple[str, str]]:
    links = Link.objects.filter(target__code=code, withdrawn_at=None)
    return {(link.source.code, link.relation) for link in links.select_related("source")}


def test_every_kind_is_there(programme: Programme) -> None:
    from weft.provenance.registry import NOUNS

    assert set(Node.objects.values_list("kind", flat=True)) == set(NOUNS)


def test_codes_times_and_authors_are_kept(programme: Programme) -> None:
    made = node("P-2222")
    assert made.made_at == datetime(2026, 5, 15, 9, 0, tzinfo=UTC)  # ten o'clock in British summer time
    assert made.made_by.email == "lena@example.org"
    assert node("S-3333").made_at == programme.made_at


def test_people_are_asked_no_more_where_the_file_says_what_they_said(programme: Programme) -> None:
    said = {user.email.partition("@")[0]: user.name_in_public for user in User.objects.all()}
    assert said == {"ida": "", "lena": "yes", "mo": "no", "kit": "under_18"}
    assert dump(programme).count("\n  - {key: kit, name: Kit Sorrel, email: kit@example.org, under_18: true}") == 1


def test_under_18_outweighs_a_yes_of_the_file() -> None:
    assert Person(key="kit", email="kit@example.org", named=True, under_18=True).name_in_public == "under_18"


def test_people_belong_and_lead_as_told(programme: Programme) -> None:
    act = Lead.objects.filter(stage="act").order_by("from_on")
    assert [(lead.membership.user.name, lead.to_on) for lead in act] == [
        ("Lena Hart", date(2026, 6, 1)),
        ("Mo Dee", None),
    ]
    assert {team.slug: team.colour for team in programme.teams.all()} == {"company": 1, "summer": 2}
    assert programme.sessions.get().attendances.count() == 2


def test_answers_stand_with_their_history(programme: Programme) -> None:
    second = Participant.objects.get(number=2)
    votes = {vote.statement.node.code: vote.choice for vote in Vote.objects.filter(participant=second)}
    assert votes == {"T-2222": 1, "T-3333": -1, "T-6666": 1, "T-7777": -1}
    history = VoteEvent.objects.filter(participant=second, statement__node__code="T-2222").order_by("cast_at")
    assert [event.choice for event in history] == [-1, 0, 1]


def test_receipts_open_with_the_words_of_the_secret(programme: Programme) -> None:
    conversation = programme.conversations.get()
    words = words_for("first", conversation)
    assert len(words) == 4
    assert participant_for("summer", list(words)).number == 1


def test_consents_have_their_wording_and_time(programme: Programme) -> None:
    given = Consent.objects.filter(participant__number=2, node=None)
    assert {(one.scope, one.wording) for one in given} == {("analyse", "2026-2"), ("quote", "2026-1")}
    story = Consent.objects.filter(node__code="Y-5555")
    assert {(one.scope, one.wording) for one in story} == {("analyse", "2026-3"), ("quote", "2026-3")}
    assert not Consent.objects.filter(node__code="Y-4444").exists()


def test_stories_are_seen_by_those_who_may(programme: Programme) -> None:
    seen = dict(Node.objects.filter(kind="story").values_list("code", "visibility"))
    assert seen == {"Y-2222": "public", "Y-3333": "team", "Y-4444": "team", "Y-5555": "public"}
    assert Story.objects.get(node__code="Y-4444").not_used_because


def test_what_a_theme_gathers_was_read_when_it_was_gathered(programme: Programme) -> None:
    read = Story.objects.get(node__code="Y-3333")
    assert (read.read_at, read.read_by.name) == (node("V-2222").made_at, "Lena Hart")
    assert Story.objects.get(node__code="Y-4444").read_at == Story.objects.get(node__code="Y-4444").told_at


def test_layers_kinds_of_knowledge_and_readers_are_as_told(programme: Programme) -> None:
    assert (node("S-2222").layer, node("Q-3333").layer, node("G-3333").layer) == ("strategic",) * 3
    assert (node("S-3333").knowledge_kind, node("S-3333").visibility) == ("practice", "team")
    assert node("D-2222").visibility == "programme"


def test_excerpts_stand_where_their_words_are(programme: Programme) -> None:
    excerpt = Excerpt.objects.get(node__code="Q-3333")
    assert (excerpt.start, excerpt.end) == (46, 59)
    assert excerpt.of.source.text[46:59] == "Fares matter."


def test_items_are_tied_by_what_they_rest_on_and_cite(programme: Programme) -> None:
    assert ties("F-2222") == {
        ("V-2222", "supports"),
        ("T-3333", "contradicts"),
        ("N-2222", "informs"),
        ("Q-4444", "supports"),
        ("S-2222", "informs"),
    }
    assert ("P-2222", "addresses") in ties("M-2222")
    assert ("X-2222", "produced") in ties("A-2222")
    assert Link.objects.get(target__code="V-3333", source__code="T-3333").note == "nearly the same"


def test_a_gap_is_closed_by_what_came_of_it(programme: Programme) -> None:
    gap = Gap.objects.get(node__code="G-2222")
    assert gap.closed_by.code == "R-2222"
    assert gap.closed_at == datetime(2026, 8, 2, 9, 0, tzinfo=UTC)
    assert ("R-2222", "answers") not in ties("G-2222")  # it came of the gap, so a link back would be a circle


def test_confidence_versions_tries_and_events_are_there(programme: Programme) -> None:
    finding = Finding.objects.get(node__code="F-2222")
    assert (finding.method_worry, finding.coherence_worry, finding.adequacy_worry) == (1, 2, None)
    problem = ProblemStatement.objects.get()
    assert [one.title for one in problem.versions.all()] == ["The bus", "Getting there"]
    assert (node("P-2222").visibility, problem.published_at.day) == ("public", 18)
    project = Project.objects.get()
    assert (project.state, project.ends_on) == ("ended", date(2026, 8, 31))
    assert [one.made_by.name for one in project.iterations.all()] == ["Lena Hart", "Mo Dee"]
    asked = Ask.objects.get(node__code="A-2222")
    assert (asked.state, [event.kind for event in asked.events.all()]) == ("partly", ["acknowledged", "asked_again"])
    response = Response.objects.get()
    assert [(p.kept_on, p.is_broken) for p in response.promises.order_by("id")] == [
        (None, False),
        (date(2026, 9, 30), False),
        (None, True),
    ]
    assert response.marks.count() == 2


def test_the_book_adds_up(programme: Programme) -> None:
    grant = Grant.objects.get()
    assert planned(grant) == {"Buses": 1_200_000, "Lunch": 1_299_950}
    assert sum(entry.amount_pence for entry in LedgerEntry.objects.exclude(kind="plan")) == 62_040


def test_a_map_is_drawn_and_an_edition_published(programme: Programme) -> None:
    drawn = OpinionMap.objects.get()
    assert drawn.parameters["seed"] == 3
    assert drawn.placings.exists()
    edition = Edition.objects.get()
    assert edition.node.code == "B-2222"
    assert edition.content["sections"][0]["sentences"][-1]["verdict"] == "keep"
    assert edition.carried.exists()


def test_what_is_taken_back_leaves_a_tombstone_everywhere(programme: Programme) -> None:
    assert {one.code for one in Node.objects.exclude(withdrawn_at=None)} == {"Y-2222", "Q-2222", "T-7777", "F-3333"}
    assert node("Y-2222").withdrawn_at == datetime(2026, 10, 10, 19, 0, tzinfo=UTC)
    assert Statement.objects.get(node__code="T-7777").votes.count() == 9  # the answers of others stay


def test_everything_stands_in_the_audit_trail(programme: Programme) -> None:
    done = set(Entry.objects.values_list("did", flat=True))
    assert {"made programme", "told story", "made finding", "published edition", "withdrew story"} <= done


def test_a_programme_that_is_there_is_not_loaded_again(programme: Programme) -> None:
    assert faults_of(SMALL) == [
        "pell.yaml, line 5, programme.slug: the programme pell is here already, and stays as it is."
    ]
    said = faults_of(changed("slug: pell", "slug: another"))
    assert said == ["pell.yaml, line 54, conversations[0]: Another conversation has the code summer. Choose another."]
