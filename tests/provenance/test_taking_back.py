"""What is taken out of other texts when words are taken back, and what is left alone."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import CharField, Model, TextField
from django.utils import timezone

from tests.cast import Cast
from weft.act.manifestos.actions import make_ask, note_event, withdraw_ask, withdraw_manifesto, write_manifesto
from weft.learn.insights.actions import make_insight
from weft.listen.conversations.actions import add_participant, add_statement, make_conversation
from weft.listen.conversations.models import Participant
from weft.listen.stories.actions import tell, withdraw_story
from weft.listen.themes.actions import gather, make_theme
from weft.people.journey.actions import plan_session
from weft.people.leads.actions import step_up
from weft.provenance.actions import link, record, unlink
from weft.provenance.masks import give_back, let_go, let_go_of_old
from weft.provenance.models import Link, Mask, Node, SearchText
from weft.sense.findings.actions import edit_finding, make_finding
from weft.sense.maps.actions import withdraw_map
from weft.sense.maps.models import OpinionMap
from weft.sense.sources.actions import add_source, take_excerpt, withdraw_excerpt, withdraw_source
from weft.share.responses.actions import mark, respond, withdraw_response
from weft.share.responses.models import Promise

WORDS = "We walk home in the dark because the last bus goes at six."


@pytest.fixture
def teller(cast: Cast) -> Participant:
    conversation = make_conversation(by=cast.lena, of=cast.summer, prompt="What happens after six?", code="tide123")
    return add_participant(by=None, conversation=conversation, secret="one")


def told(teller: Participant, text: str, scopes: tuple[str, ...] = ("quote",)) -> Any:
    return tell(by=teller, participant=teller, text=text, scopes=scopes)


def text_of(item: Any) -> str:
    item.refresh_from_db()
    return str(item.text)


def test_nobody_destroys_a_page_by_copying_it_into_a_story(cast: Cast, teller: Participant):
    finding = make_finding(by=cast.mo, of=cast.summer, title="The bus stops early", text=WORDS)
    withdraw_story(by=teller, row=told(teller, f"I say this: {WORDS}"))
    assert text_of(finding) == WORDS


def test_what_repeats_the_copied_page_later_is_left_alone_too(cast: Cast, teller: Participant):
    make_finding(by=cast.mo, of=cast.summer, title="The bus stops early", text=WORDS)
    story = told(teller, WORDS)
    insight = make_insight(by=cast.cora, of=cast.pell, title="Buses", text=WORDS)
    withdraw_story(by=teller, row=story)
    assert text_of(insight) == WORDS


def test_what_stood_there_before_it_was_told_is_left_alone_until_it_is_changed(cast: Cast, teller: Participant):
    theme = make_theme(by=cast.mo, of=cast.summer, title="Dark roads")
    stood = {"by": cast.mo, "of": cast.summer, "text": f"{WORDS} So we heard.", "evidence": [(theme.node, "supports")]}
    older, edited = (make_finding(title=title, **stood) for title in ("The bus stops early", "Nobody waits"))
    story = told(teller, WORDS)
    gather(by=cast.mo, row=theme, sources=[story.node])
    edit_finding(by=cast.mo, row=edited, title="Nobody waits", text=f"{edited.text} Again.", revision=1)
    withdraw_story(by=teller, row=story)
    assert text_of(older) == stood["text"]
    assert text_of(edited).startswith("(words taken back on ")


def masked_finding(cast: Cast, teller: Participant) -> tuple[Any, Any]:
    """A story that was taken back, and a finding that came of it and repeated its words."""
    story = told(teller, WORDS)
    finding = make_finding(
        by=cast.mo,
        of=cast.summer,
        title="The bus stops early",
        text=f"One said: {WORDS}",
        evidence=[(story.node, "supports")],
    )
    withdraw_story(by=teller, row=story)
    return story, finding


def test_what_came_of_it_is_cleaned_and_the_words_wait_elsewhere(cast: Cast, teller: Participant):
    story, finding = masked_finding(cast, teller)
    waiting = Mask.objects.filter(table="findings.Finding").get()
    assert (waiting.node, waiting.place, waiting.words) == (story.node, finding.node, WORDS.rstrip("."))
    assert text_of(finding).startswith("One said: (words taken back on ")
    assert text_of(finding).endswith(f"; mark {waiting.code}).")
    assert finding.revision == 2
    assert "last bus" not in SearchText.objects.get(node=finding.node).body


def test_words_that_somebody_lets_go_are_nowhere(cast: Cast, teller: Participant):
    story, finding = masked_finding(cast, teller)
    let_go(by=cast.mo, node=story.node, place=finding.node)
    assert not Mask.objects.exists()
    assert re.fullmatch(r"One said: \(words taken back on \d+ \w+ \d{4}\)\.", text_of(finding))


def test_words_that_never_were_the_tellers_stand_again_in_what_was_written_since(cast: Cast, teller: Participant):
    story, finding = masked_finding(cast, teller)
    edit_finding(by=cast.mo, row=finding, title="Stops at six", text=f"More: {text_of(finding)}", revision=2)
    give_back(by=cast.mo, node=story.node, place=finding.node)
    assert text_of(finding) == f"More: One said: {WORDS}"
    assert WORDS in SearchText.objects.get(node=finding.node).body
    assert not Mask.objects.exists()


def test_words_that_nobody_decided_on_are_erased_in_time(cast: Cast, teller: Participant):
    _, finding = masked_finding(cast, teller)
    Mask.objects.update(made_at=timezone.now() - timedelta(days=29))
    let_go_of_old()
    assert Mask.objects.exists()
    Mask.objects.update(made_at=timezone.now() - timedelta(days=31))
    let_go_of_old()
    assert not Mask.objects.exists()
    assert "; mark" not in text_of(finding)


def test_a_second_voice_is_taken_out_of_what_waits_too(cast: Cast, teller: Participant):
    first, second = told(teller, f"I know it: {WORDS}"), told(teller, WORDS)
    finding = make_finding(
        by=cast.mo,
        of=cast.summer,
        title="The bus stops early",
        text=f"I know it: {WORDS}",
        evidence=[(first.node, "supports"), (second.node, "supports")],
    )
    withdraw_story(by=teller, row=first)
    withdraw_story(by=teller, row=second)
    give_back(by=cast.mo, node=first.node, place=finding.node)
    assert "last bus" not in text_of(finding)
    assert text_of(finding).startswith("I know it: (words taken back on ")


def test_what_quotes_it_falls_with_it_and_nothing_else_does(cast: Cast, teller: Participant):
    story, other = told(teller, WORDS), told(teller, f"I say: {WORDS}")
    earlier, quoting = (take_excerpt(by=cast.mo, of=story.node, start=0, end=end) for end in (8, 12))
    of_other = take_excerpt(by=cast.mo, of=other.node, start=0, end=12)
    resting = make_theme(by=cast.mo, of=cast.summer, title="Buses", sources=[story.node])
    no_longer = make_theme(by=cast.mo, of=cast.summer, title="Walks")
    link(by=cast.mo, source=story.node, target=no_longer.node, relation="quotes")
    unlink(source=story.node, target=no_longer.node, relation="quotes")
    withdraw_excerpt(by=cast.mo, row=earlier, at=datetime(2026, 3, 1, tzinfo=UTC))
    fallen = withdraw_story(by=teller, row=story, at=datetime(2026, 3, 5, tzinfo=UTC))
    assert {one.pk for one in fallen} == {story.pk, quoting.pk}
    for row, day in ((story, 5), (quoting, 5), (earlier, 1)):
        row.node.refresh_from_db()
        assert row.node.withdrawn_at == datetime(2026, 3, day, tzinfo=UTC)
        assert row.node.title == ""
        assert not SearchText.objects.filter(node=row.node).exists()
    for row in (other, of_other, resting, no_longer):
        row.node.refresh_from_db()
        assert not row.node.is_withdrawn
        assert SearchText.objects.filter(node=row.node).exists()


def test_taking_back_saves_nothing_else_of_an_item(cast: Cast, teller: Participant):
    story = told(teller, WORDS)
    Node.objects.filter(pk=story.pk).update(visibility="team")
    withdraw_story(by=teller, row=story)
    story.node.refresh_from_db()
    assert story.node.visibility == "team"


def test_a_line_that_was_full_of_the_words_still_fits_its_column(cast: Cast, teller: Participant):
    said = "I go to it by day"
    story = told(teller, said)
    line = " yes ".join([said] * 13)
    row = write_manifesto(by=cast.mo, of=cast.summer, title="We ask", made_with=line)
    link(by=cast.mo, source=story.node, target=row.node, relation="informs")
    withdraw_story(by=teller, row=story)
    row.refresh_from_db()
    assert re.fullmatch(r"\(words taken back on [^()]+; mark \w{5}\)", row.made_with)
    give_back(by=cast.mo, node=story.node, place=row.node)
    row.refresh_from_db()
    assert row.made_with == line


def test_a_map_is_emptied_and_keeps_the_mark_of_what_it_was_drawn_of(cast: Cast, teller: Participant):
    facts = {"parameters": {"seed": 1}, "result": {"groups": [1]}, "input_hash": "abc", "verdict": "clear"}
    with transaction.atomic():
        node = record(by=cast.mo, kind="map", programme=cast.pell, team=cast.summer, title="Map")
    row = OpinionMap.objects.create(
        node=node,
        conversation=teller.conversation,
        drawn_at=timezone.now(),
        **dict.fromkeys(("came", "people", "statements", "votes"), 1),
        **facts,
    )
    withdraw_map(by=cast.mo, row=row)
    row.refresh_from_db()
    assert (row.parameters, row.result, row.verdict, row.input_hash) == ({}, {}, "", "abc")


def test_one_word_taken_back_changes_no_other_text(cast: Cast, teller: Participant):
    story = told(teller, "the")
    finding = make_finding(by=cast.mo, of=cast.summer, title="On the whole", text="The bus is the trouble.")
    link(by=cast.mo, source=story.node, target=finding.node, relation="supports")
    withdraw_story(by=teller, row=story)
    assert text_of(finding) == "The bus is the trouble."


def test_a_few_words_are_taken_out_of_what_rests_on_them_alone(cast: Cast, teller: Participant):
    story = told(teller, "Nobody asked us.")
    elsewhere = make_theme(by=cast.mo, of=cast.summer, title="Asked too late", summary="Nobody asked us.")
    resting = make_theme(by=cast.mo, of=cast.summer, title="Not asked", summary="They said: nobody asked us.")
    gather(by=cast.mo, row=resting, sources=[story.node])
    withdraw_story(by=teller, row=story)
    for theme in (elsewhere, resting):
        theme.refresh_from_db()
    assert elsewhere.summary == "Nobody asked us."
    assert "nobody asked us" not in resting.summary


def test_what_others_said_in_the_same_words_stays_theirs(cast: Cast, teller: Participant):
    story = told(teller, WORDS)
    other = add_participant(by=None, conversation=teller.conversation, secret="two")
    theirs = told(other, f"It is like this. {WORDS}")
    card = add_statement(by=other, conversation=teller.conversation, text=WORDS)
    withdraw_story(by=teller, row=story)
    assert text_of(theirs) == f"It is like this. {WORDS}"
    assert text_of(card) == WORDS
    theirs.node.refresh_from_db()
    assert theirs.node.title.startswith("It is like this. We walk home")


def test_notes_of_a_tie_are_cleaned_and_what_did_not_come_of_it_stays(cast: Cast, teller: Participant):
    story = told(teller, WORDS)
    finding = make_finding(by=cast.mo, of=cast.summer, title="The bus stops early")
    tied = link(by=cast.mo, source=story.node, target=finding.node, relation="supports", note=f"Says: {WORDS}")
    card = add_statement(by=cast.mo, conversation=teller.conversation, text=f"Some say: {WORDS}")
    lead = step_up(by=cast.mo, membership=cast.mo.memberships.get(), stage="listen", reason=f"Heard: {WORDS}")
    session = plan_session(
        by=cast.cora, programme=cast.pell, title="One", starts_at=story.told_at, notes=f"We read: {WORDS}"
    )
    withdraw_story(by=teller, row=story)
    for row in (tied, lead, session):
        row.refresh_from_db()
    assert "last bus" not in tied.note
    assert all("last bus" in words for words in (text_of(card), lead.reason, session.notes))


def test_what_was_untied_before_is_cleaned_all_the_same(cast: Cast, teller: Participant):
    story = told(teller, WORDS)
    finding = make_finding(by=cast.mo, of=cast.summer, title="Bus", text=WORDS, evidence=[(story.node, "supports")])
    unlink(source=story.node, target=finding.node, relation="supports")
    withdraw_story(by=teller, row=story)
    assert "last bus" not in text_of(finding)


def test_whoever_copies_an_answer_cannot_touch_it_by_marking_it(cast: Cast, teller: Participant):
    mine = told(teller, "There is no light on the road by the sea wall.")
    finding = make_finding(by=cast.mo, of=cast.summer, title="No light", evidence=[(mine.node, "supports")])
    ask = make_ask(
        by=cast.mo, of=cast.summer, title="Light it", text="All.", to_role="engineer", sources=[finding.node]
    )
    response = respond(by=None, to=ask.node, answer="no", reasons=WORDS, by_role="engineer")
    copy = told(teller, f"They say: {WORDS}")
    mark(by=teller, row=response, answer="no", why=f"They only say: {WORDS}")
    withdraw_story(by=teller, row=copy)
    response.refresh_from_db()
    assert response.reasons == WORDS


def test_a_mark_that_repeats_what_was_taken_back_is_cleaned(cast: Cast, teller: Participant):
    mine = told(teller, WORDS)
    finding = make_finding(by=cast.mo, of=cast.summer, title="No bus", evidence=[(mine.node, "supports")])
    ask = make_ask(by=cast.mo, of=cast.summer, title="Run it", text="All.", to_role="bus", sources=[finding.node])
    response = respond(by=None, to=ask.node, answer="no", reasons="No money.", by_role="bus")
    marks = [
        mark(by=teller, row=response, answer="no", why=f"But {WORDS}"),
        mark(by=cast.mo, row=response, team=cast.summer, answer="no", why=f"Yet {WORDS}"),
    ]
    withdraw_story(by=teller, row=mine)
    for one in marks:
        one.refresh_from_db()
        assert "last bus" not in one.why


def texts_of(row: Model) -> dict[str, object]:
    """What is typed into a row and not empty."""
    row.refresh_from_db()
    columns = [one for one in row._meta.concrete_fields if isinstance(one, CharField | TextField) and not one.choices]
    return {one.name: getattr(row, one.name) for one in columns if getattr(row, one.name)}


def test_nothing_that_was_typed_is_left_of_what_was_taken_back(cast: Cast):
    own = {"by": cast.mo, "of": cast.summer}
    source = add_source(
        by=cast.mo,
        of=cast.summer,
        title="Timetable",
        type="data",
        authors="A. Rowe",
        publisher="The bus",
        doi="10.1234/2",
        url="https://example.org/c",
    )
    ask = make_ask(**own, title="Run it", text="All.", to_role="Head", sources=[(source.node, "informs", "See here.")])
    event = note_event(by=cast.mo, row=ask, kind="asked_again", note="By letter.")
    response = respond(
        by=cast.mo,
        to=ask.node,
        answer="no",
        reasons="No.",
        by_role="Engineer",
        promises=[Promise(what="A", by_on=None)],
    )
    said = mark(by=cast.mo, row=response, team=cast.summer, answer="no", why="It says nothing.")
    manifesto = write_manifesto(**own, title="What we ask", made_with="24 young people")
    withdraw_response(by=cast.mo, row=response)
    withdraw_ask(by=cast.mo, row=ask)
    withdraw_source(by=cast.mo, row=source)
    withdraw_manifesto(by=cast.mo, row=manifesto)
    assert [texts_of(row) for row in (source, ask, event, response, said, manifesto)] == [{}] * 6
    assert not Promise.objects.exists()
    assert set(Link.objects.values_list("note", flat=True)) == {""}
