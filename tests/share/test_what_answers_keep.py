"""What is kept of an answer, of what was promised with it, and of how it was marked."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.act.manifestos.actions import edit_ask, make_ask, note_event
from weft.act.manifestos.models import Ask
from weft.core import dates
from weft.core.errors import Changed, NotAllowed, Refused
from weft.learn.insights.actions import make_insight, recommend
from weft.learn.insights.models import Recommendation
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.conversations.models import Participant
from weft.listen.stories.actions import tell
from weft.people.audit.models import Entry
from weft.provenance.batch import batch
from weft.provenance.items import Origin, Ties
from weft.provenance.models import Link, Node, SearchText
from weft.sense.findings.actions import make_finding
from weft.share.responses import actions
from weft.share.responses.models import Mark, Promise, Response

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (1, 2, 3))
TITLE = "Run the last bus home at ten"
WORDS = "We have no driver who would work after six."


def ask(cast: Cast, **more) -> Ask:
    facts = {"title": TITLE, "text": "All.", "to_role": "Head", "asked_on": FIRST, **more}
    return make_ask(**{"by": cast.mo, "of": cast.summer, **facts})


def respond(cast: Cast, to: Ask | Recommendation, **more) -> Response:
    facts = {"answer": "no", "reasons": WORDS, "by_role": "Head", "on": SECOND, **more}
    return actions.respond(by=cast.mo, to=to.node, **facts)


def correct(cast: Cast, row: Response, **more) -> Response:
    facts = {"answer": "yes", "reasons": "All year.", "by_role": "Lead", "revision": None, **more}
    return actions.correct_response(by=cast.lena, row=row, **facts)


def state(of: Ask | Recommendation) -> tuple[str, date]:
    of.refresh_from_db()
    return of.state, of.state_on


@pytest.fixture
def teller(cast: Cast) -> Participant:
    talk = make_conversation(by=cast.lena, of=cast.summer, prompt="How do you get home?", code="tide123")
    return add_participant(by=None, conversation=talk)


def neighbour(teller: Participant) -> Participant:
    """Somebody else who took part, and whose words led to nothing."""
    return add_participant(by=None, conversation=teller.conversation)


def answered_to(cast: Cast, teller: Participant, **more) -> Response:
    """An answer to what came of somebody's story."""
    story = tell(by=teller, participant=teller, text="I walk.", scopes=["quote"])
    finding = make_finding(by=cast.mo, of=cast.summer, title="No bus", evidence=[(story.node, "supports")])
    return respond(cast, ask(cast, sources=[finding.node]), **more)


def marks() -> set[tuple]:
    rows = Mark.objects.values_list(
        "response", "team__slug", "participant", "answer", "why", "made_by__name", "revision"
    )
    return set(rows)


def test_each_act_is_in_the_trail(cast: Cast, teller: Participant):
    row = answered_to(cast, teller)
    made = actions.promise(by=cast.lena, row=row, what="A date")
    actions.promise(by=cast.lena, row=row, what=" A date ")
    actions.update_promise(by=cast.lena, row=made, is_kept=True)
    actions.mark(by=cast.kit, row=row, team=cast.company, answer="no")
    actions.mark(by=teller, row=row, answer="no")
    actions.take_back_mark(by=cast.kit, row=Mark.objects.get(team=cast.company))
    correct(cast, row)
    actions.withdraw_response(by=cast.lena, row=row)
    assert actions.withdraw_response(by=cast.lena, row=row) == []
    said = [entry for entry in trail() if entry[2] == row.node.code]
    assert [(who, did, team) for who, did, _, _, team, _ in said] == [
        ("Mo", "entered answer", "summer"),
        ("Lena", "entered promise", "summer"),
        ("Lena", "updated promise", "summer"),
        ("Kit", "marked answer", "company"),
        ("", "marked answer", "summer"),
        ("Kit", "took back mark", "company"),
        ("Lena", "corrected answer", "summer"),
        ("Lena", "withdrew answer", "summer"),
    ]


def test_an_answer_keeps_what_was_said_and_of_what(cast: Cast):
    to, key = ask(cast, visibility="programme"), uuid4()
    row = respond(
        cast,
        to,
        organisation=cast.kitchen,
        promises=[Promise(what=f" {'a' * 301}", by_on=THIRD), Promise(what="Another")],
        origin=Origin(code="W-22222", at=EARLIER, key=key),
    )
    row.refresh_from_db()
    node = row.node
    assert (node.code, node.made_at, row.key, node.made_by) == ("W-22222", EARLIER, key, cast.mo)
    assert (node.team, node.programme, node.visibility) == (cast.summer, cast.pell, "programme")
    assert (row.to, row.answer, row.reasons, row.by_role) == (to.node, "no", WORDS, "Head")
    assert (row.organisation, row.on, node.title) == (cast.kitchen, SECOND, f"No: {TITLE}")
    assert set(row.promises.values_list("what", "by_on")) == {("a" * 300, THIRD), ("Another", None)}
    link = Link.objects.get(target=node)
    assert (link.source, link.relation, link.made_by) == (to.node, "answers", cast.mo)
    assert respond(cast, to, promises=[Promise(what="Sent twice")], origin=Origin(key=key)) == row
    assert row.promises.count() == 2
    assert respond(cast, to, visibility="team").node.visibility == "team"


def test_an_answer_to_the_whole_programme_was_given_today_unless_it_says_when(cast: Cast):
    row = respond(cast, ask(cast, of=cast.pell, by=cast.cora), on=None)
    assert (row.node.team, row.node.programme, row.on) == (None, cast.pell, dates.today())


def test_a_promise_without_words_is_refused_where_it_was_typed(cast: Cast):
    with pytest.raises(Refused, match="no promise") as refused:
        respond(cast, ask(cast), promises=[Promise(what=" ", by_on=THIRD)])
    assert refused.value.field == "promise"


def test_no_answer_is_kept_that_is_none_or_has_not_been_given(cast: Cast):
    to = ask(cast)
    row = respond(cast, to)
    tomorrow = dates.today() + timedelta(days=1)
    for more in ({"answer": "perhaps"}, {"reasons": " "}, {"on": tomorrow}):
        for save in (lambda more=more: respond(cast, to, **more), lambda more=more: correct(cast, row, **more)):
            with pytest.raises(
                Refused, match=r"yes, partly or no|reasons in full|not come yet\. Put the day on which they"
            ):
                save()
    assert Response.objects.get().reasons == WORDS
    with pytest.raises(Refused, match="Only an ask"):
        actions.respond(by=cast.mo, to=row.node, answer="no", reasons=WORDS, by_role="Head")


def test_an_answer_that_is_put_right_is_called_and_found_by_what_it_says_now(cast: Cast):
    to = ask(cast)
    row = respond(cast, to)
    saved = correct(cast, row, revision=1)
    row.refresh_from_db()
    node = Node.objects.get(pk=row.pk)
    assert (row.answer, row.reasons, row.by_role, row.on, saved.revision) == ("yes", "All year.", "Lead", SECOND, 2)
    assert node.title == f"Yes: {TITLE}"
    assert SearchText.objects.get(node=node).body.split("\n")[1:3] == [f"Yes: {TITLE}", "All year."]
    assert state(to) == ("yes", SECOND)
    with pytest.raises(Changed):
        correct(cast, row, answer="no", revision=1)


def test_the_state_of_an_ask_is_its_own_latest_standing_answer(cast: Cast):
    to, other = ask(cast), ask(cast)
    note_event(by=cast.mo, row=to, kind="acknowledged", on=SECOND)
    note_event(by=cast.mo, row=to, kind="asked_again", on=THIRD)
    late, early = respond(cast, to, on=THIRD, answer="partly"), respond(cast, to, on=SECOND)
    actions.withdraw_response(by=cast.mo, row=respond(cast, other))
    assert (state(to), state(other)) == (("partly", THIRD), ("asked", FIRST))
    actions.withdraw_response(by=cast.mo, row=late)
    assert state(to) == ("no", SECOND)
    actions.withdraw_response(by=cast.mo, row=early)
    assert state(to) == ("acknowledged", SECOND)
    respond(cast, other, answer="no")
    respond(cast, other, answer="yes")
    assert state(other) == ("yes", SECOND)


def test_the_state_of_a_recommendation_follows_its_answers_too(cast: Cast):
    insight = make_insight(by=cast.cora, of=cast.pell, title="Buses")
    facts = {"title": TITLE, "text": "x", "to_role": "Head", "made_on": FIRST, "sources": [insight.node]}
    to = recommend(by=cast.cora, of=cast.pell, **facts)
    row = respond(cast, to, answer="partly")
    assert state(to) == ("partly", SECOND)
    actions.withdraw_response(by=cast.mo, row=row)
    assert state(to) == ("asked", FIRST)


def test_an_answer_takes_its_words_and_promises_along_and_nothing_else(cast: Cast):
    of_ask = "The hall is open until nine each day."
    to, ground = ask(cast, text=of_ask), make_finding(by=cast.mo, of=cast.summer, title="No bus").node
    row, other = (
        respond(
            cast,
            to,
            reasons=reasons,
            organisation=cast.kitchen,
            promises=[Promise(what="We will look for a new driver soon")],
        )
        for reasons in (f"{of_ask} {WORDS}", "Later.")
    )
    actions.update_promise(
        by=cast.mo, row=row.promises.get(), is_kept=None, update="We looked for him all over town again"
    )
    said = [WORDS, "We will look for a new driver soon", "We looked for him all over town again"]
    why = "They did not say why nobody was asked."
    actions.mark(by=cast.mo, row=row, team=cast.summer, answer="no", why=why)
    texts = [
        make_finding(by=cast.mo, of=cast.summer, title=f"F{n}", text=text, evidence=[(row.node, "supports")])
        for n, text in enumerate([*said, TITLE, why, of_ask])
    ]
    edit_ask(by=cast.mo, row=to, revision=None, title=TITLE, ties=Ties(ticked=(ground,)))
    fallen = actions.withdraw_response(by=cast.lena, row=row, at=EARLIER)
    assert [one.pk for one in fallen] == [row.pk]
    for one in (to, row, other, *texts):
        one.refresh_from_db()
        one.node.refresh_from_db()
    assert [one.text.rpartition(";")[0] for one in texts[:3]] == ["(words taken back on 1 March 2026"] * 3
    assert [one.text for one in (*texts[3:], to)] == [TITLE, why, of_ask, of_ask]
    assert (row.node.withdrawn_at, row.reasons, row.organisation, row.promises.count()) == (EARLIER, "", None, 0)
    assert (other.reasons, other.organisation, other.promises.count()) == ("Later.", cast.kitchen, 1)


def test_a_promise_is_made_once(cast: Cast):
    row, other = respond(cast, ask(cast)), respond(cast, ask(cast))
    made = actions.promise(by=cast.mo, row=row, what=f" {'a' * 301}", by_on=THIRD)
    assert (made.response, made.what, made.by_on) == (row, "a" * 300, THIRD)
    assert actions.promise(by=cast.mo, row=row, what="a" * 300, by_on=THIRD) == made
    for more in ({"row": other}, {"what": "b"}, {"by_on": None}):
        assert actions.promise(**{"by": cast.mo, "row": row, "what": "a" * 300, "by_on": THIRD, **more}) != made


def came_of(made: Promise) -> tuple:
    made.refresh_from_db()
    return made.kept_on, made.is_broken, made.update, made.updated_on, made.revision


def test_what_came_of_a_promise_is_kept_with_its_day(cast: Cast):
    made = actions.promise(by=cast.mo, row=respond(cast, ask(cast)), what="A date")
    update = {"by": cast.mo, "row": made, "on": THIRD}
    actions.update_promise(**update, is_kept=True)
    assert came_of(made) == (THIRD, False, "", THIRD, 2)
    actions.update_promise(**update, is_kept=False, update=f" {'a' * 401}")
    assert came_of(made) == (None, True, "a" * 400, THIRD, 3)
    actions.update_promise(**update | {"on": None}, is_kept=None)
    assert came_of(made) == (None, False, "", dates.today(), 4)
    with pytest.raises(Refused) as refused:
        actions.update_promise(**update, is_kept=False, update=" ")
    assert refused.value.field == "update"
    with pytest.raises(Refused, match="not come yet"):
        actions.update_promise(**update | {"on": dates.today() + timedelta(days=1)}, is_kept=True)


def test_a_promise_that_is_made_in_a_batch_is_followed_up_as_it_is_there(cast: Cast):
    with batch():
        made = actions.promise(by=cast.mo, row=respond(cast, ask(cast)), what="A date")
        assert actions.update_promise(by=cast.mo, row=made, is_kept=True, on=THIRD) is made
    assert came_of(made) == (THIRD, False, "", THIRD, 2)


@pytest.mark.parametrize(("is_kept", "came"), [(True, "kept"), (False, "broken"), (None, "open")])
def test_the_second_of_two_who_follow_a_promise_up_is_shown_both(cast: Cast, is_kept: bool | None, came: str):
    made = actions.promise(by=cast.mo, row=respond(cast, ask(cast)), what="A date")
    stale = Promise.objects.get(pk=made.pk)
    Promise.objects.filter(pk=made.pk).update(what="Another date")
    actions.update_promise(by=cast.mo, row=made, is_kept=None, update="In May.", revision=1)
    with pytest.raises(Changed) as caught:
        actions.update_promise(by=cast.lena, row=stale, is_kept=is_kept, update=f" {'a' * 401}", revision=1)
    assert caught.value.saved == {"came": "open", "update": "In May."}
    assert caught.value.sent == {"came": came, "update": "a" * 400}
    assert caught.value.revision == 2
    made.refresh_from_db()
    assert made.what == "Another date"


def test_each_team_and_each_contributor_has_one_mark_of_each_answer(cast: Cast, teller: Participant):
    row = answered_to(cast, teller)
    other = respond(cast, ask(cast))
    of_team = actions.mark(by=cast.mo, row=row, team=cast.summer, answer="no", why=f" {'a' * 301}")
    assert (of_team.made_at > EARLIER, of_team.revision) == (True, 1)
    actions.mark(by=cast.kit, row=row, team=cast.company, answer="partly")
    actions.mark(by=cast.mo, row=other, team=cast.summer, answer="partly")
    Mark.objects.create(response=row, participant=neighbour(teller), answer="no", made_at=EARLIER, revision=7)
    actions.mark(by=teller, row=row, answer="no", why="Mine.")
    assert {one for one in marks() if one[-1] != 7} == {
        (row.pk, "summer", None, "no", "a" * 300, "Mo", 1),
        (row.pk, "company", None, "partly", "", "Kit", 1),
        (other.pk, "summer", None, "partly", "", "Mo", 1),
        (row.pk, None, teller.pk, "no", "Mine.", None, 1),
    }
    again = actions.mark(by=cast.lena, row=row, team=cast.summer, answer="yes", made_at=EARLIER)
    assert (again.pk, again.made_at, again.revision) == (of_team.pk, EARLIER, 2)
    on_paper = actions.mark(by=cast.mo, row=row, participant=teller, answer="yes")
    assert (on_paper.participant, on_paper.made_by, on_paper.revision) == (teller, cast.mo, 2)
    assert Mark.objects.count() == 5


def test_the_second_of_two_who_mark_for_a_team_is_shown_both(cast: Cast):
    row = respond(cast, ask(cast))
    facts = {"row": row, "team": cast.summer, "revision": 0}
    actions.mark(by=cast.mo, **facts, answer="no", why="Nothing.")
    with pytest.raises(Changed) as caught:
        actions.mark(by=cast.lena, **facts, answer="yes", why=f" {'a' * 301}")
    assert caught.value.saved == {"answer": "no", "why": "Nothing."}
    assert caught.value.sent == {"answer": "yes", "why": "a" * 300}
    assert caught.value.revision == 1


def test_nobody_marks_for_others_or_what_is_none(cast: Cast, teller: Participant):
    row, not_reached = answered_to(cast, teller), respond(cast, ask(cast))
    for refusal, says, more in (
        (Refused, "yes, partly or no", {"team": cast.summer, "answer": "perhaps"}),
        (Refused, "a team’s or a contributor’s", {}),
        (Refused, "a team’s or a contributor’s", {"team": cast.summer, "participant": teller}),
        (NotAllowed, "this programme", {"team": cast.others}),
        (NotAllowed, "does not rest on what you said", {"participant": teller, "row": not_reached}),
    ):
        with pytest.raises(refusal, match=says):
            actions.mark(**{"by": cast.mo, "row": row, "answer": "no", **more})
    Participant.objects.filter(pk=teller.pk).update(withdrawn_at=EARLIER)
    with pytest.raises(Refused, match="You took back"):
        actions.mark(by=teller, row=row, answer="no")
    actions.withdraw_response(by=cast.mo, row=row)
    row.node.refresh_from_db()
    with pytest.raises(Refused, match="This answer was taken back"):
        actions.mark(by=cast.mo, row=row, team=cast.summer, answer="no")
    assert not Mark.objects.exists()


def test_marks_are_erased_one_by_one_and_nobody_elses_with_them(cast: Cast, teller: Participant):
    row = answered_to(cast, teller)
    other = neighbour(teller)
    Mark.objects.create(response=row, participant=other, answer="no", made_at=EARLIER)
    actions.mark(by=teller, row=row, answer="no")
    actions.mark(by=cast.mo, row=row, team=cast.summer, answer="no")
    actions.erase_marks(participant=teller)
    assert {one[1:3] for one in marks()} == {("summer", None), (None, other.pk)}
    before = Entry.objects.count()
    actions.take_back_mark(by=None, row=Mark.objects.get(participant=other))
    assert trail(before) == [("", "took back mark", row.node.code, "pell", "summer", {})]
    assert {one[1:3] for one in marks()} == {("summer", None)}


def test_how_contributors_mark_is_kept_in_steps_and_saves_nothing_else(cast: Cast, teller: Participant):
    row = respond(cast, ask(cast))
    Response.objects.filter(pk=row.pk).update(by_role="Another")

    def shown(answer: str, people: int) -> tuple:
        for _ in range(people):
            Mark.objects.create(response=row, participant=neighbour(teller), answer=answer, made_at=EARLIER)
        actions.step(response=row)
        kept = Response.objects.get()
        return kept.shown_yes, kept.shown_partly, kept.shown_no, kept.by_role

    assert shown("yes", 6) == (0, 0, 0, "Another")
    assert shown("partly", 3) == (0, 0, 0, "Another")
    assert shown("no", 1) == (6, 3, 1, "Another")
    assert shown("no", 9) == (6, 3, 1, "Another")
    assert shown("no", 1) == (6, 3, 11, "Another")
