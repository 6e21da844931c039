"""What is kept of a card, of showing and hiding it, of taking it back, and of what people allow."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.listen.conftest import Talk, is_now
from tests.voting import cast_vote
from weft.core.errors import Refused
from weft.listen.conversations import actions
from weft.listen.conversations.models import Consent, Conversation, Statement, Vote
from weft.provenance.items import Origin
from weft.provenance.models import Node, SearchText
from weft.sense.findings.actions import make_finding

pytestmark = pytest.mark.django_db
EARLIER, LATER, LATEST = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (1, 5, 9))
WORDS = "The last bus leaves the hall at six."


def opened(cast: Cast) -> Conversation:
    return actions.make_conversation(by=cast.mo, of=cast.summer, prompt="What is missing?")


def card(talk: Talk, **more) -> Statement:
    row = actions.add_statement(**{"by": None, "conversation": talk.conversation, "text": WORDS, **more})
    row.refresh_from_db()
    return row


def choices(node: Node | None = None) -> list[tuple]:
    rows = Consent.objects.filter(node=node).order_by("given_at", "scope")
    return list(rows.values_list("participant__number", "scope", "wording", "given_at", "withdrawn_at"))


def test_a_card_keeps_what_is_said_of_it(talk: Talk, cast: Cast):
    key, person = uuid4(), talk.person()
    facts = {"number": 9, "author": person, "is_meta": True, "external_id": "x9", "moderation": -1}
    origin = Origin(code="T-22222", at=EARLIER, key=key)
    row = card(talk, by=cast.mo, hidden_because="It names somebody.", origin=origin, **facts)
    node = row.node
    assert {name: getattr(row, name) for name in facts} == facts
    assert (row.text, row.hidden_because, row.key, row.said_at) == (WORDS, "It names somebody.", key, EARLIER)
    assert (node.code, node.kind, node.title, node.made_at) == ("T-22222", "statement", WORDS, EARLIER)
    assert (node.programme, node.team, node.made_by, node.visibility) == (cast.pell, cast.summer, cast.mo, "team")
    assert SearchText.objects.get(node=node).body == f"T-22222\n{WORDS}\n{WORDS}"
    again = card(talk, text="Sent twice.", origin=Origin(key=key))
    assert (again, again.text) == (row, WORDS)
    actions.close_conversation(by=cast.mo, conversation=talk.conversation)
    assert card(talk, origin=Origin(key=key)) == row


def test_without_more_a_card_is_the_teams_shown_and_said_now(talk: Talk, cast: Cast):
    row = card(talk, by=cast.mo)
    assert (row.author, row.moderation, row.hidden_because, row.is_meta, row.external_id) == (None, 1, "", False, "")
    assert (row.number, row.node.visibility) == (4, "public")
    assert is_now(row.said_at)
    assert row.said_at == row.node.made_at


def test_cards_are_numbered_after_the_last_of_their_conversation(talk: Talk, cast: Cast):
    elsewhere = opened(cast)
    assert actions.add_statement(by=None, conversation=elsewhere, text=WORDS, number=40).number == 40
    assert [card(talk, number=number).number for number in (None, 9, None)] == [4, 9, 10]
    assert actions.add_statement(by=None, conversation=opened(cast), text=WORDS).number == 1


@pytest.mark.parametrize(
    ("by", "author", "is_moderated", "moderation"),
    [
        ("person", None, True, 0),
        ("person", None, False, 1),
        ("person", "other", True, 0),
        (None, "person", True, 0),
        ("mo", "person", True, 1),
        ("mo", None, True, 1),
        (None, None, True, 1),
    ],
)
def test_a_card_waits_where_a_participant_sends_it_and_the_team_reads_first(
    talk: Talk, cast: Cast, by: str | None, author: str | None, is_moderated: bool, moderation: int
):
    talk.conversation.needs_moderation = is_moderated
    who = {None: None, "mo": cast.mo, "person": talk.person(), "other": talk.person()}
    row = card(talk, by=who[by], author=who[author])
    assert (row.moderation, row.node.visibility) == (moderation, "public" if moderation else "team")
    assert row.author == (who["person"] if by == "person" else who[author])


def test_the_conversation_is_held_only_where_a_card_may_be_here_or_a_number_is_drawn(
    talk: Talk, django_assert_num_queries
):
    def queries_of(origin: Origin, number: int | None) -> int:
        with CaptureQueriesContext(connection) as seen:
            card(talk, origin=origin, number=number)
        return len(seen)

    least = queries_of(Origin(code="T-22222"), 5)
    assert queries_of(Origin(code="T-33333"), None) == least + 2
    assert queries_of(Origin(code="T-44444", key=uuid4()), 7) == least + 2


def test_several_cards_are_the_teams_and_each_is_added_once(talk: Talk, cast: Cast):
    texts = [WORDS, talk.cards[0].text, "Nobody asks us.", WORDS]
    made = actions.add_statements(by=cast.mo, conversation=talk.conversation, texts=texts)
    assert [(row.text, row.number, row.node.made_by) for row in made] == [
        (WORDS, 4, cast.mo),
        ("Nobody asks us.", 5, cast.mo),
    ]
    assert actions.add_statements(by=cast.mo, conversation=opened(cast), texts=[WORDS])[0].text == WORDS


def test_a_card_is_hidden_with_its_reason_and_shown_again_without(talk: Talk, cast: Cast):
    row, other = card(talk), card(talk)
    Statement.objects.filter(pk=row.pk).update(external_id="x1")
    Node.objects.filter(pk=row.node.pk).update(layer="community")
    assert actions.moderate(by=cast.mo, row=row, moderation=-1, because=f"  {'a' * 201} ") is row
    kept = Statement.objects.get(pk=row.pk)
    assert (kept.moderation, kept.hidden_because, kept.external_id) == (-1, "a" * 200, "x1")
    assert (kept.node.visibility, kept.node.layer) == ("team", "community")
    for moderation, visibility in ((0, "team"), (1, "public")):
        row.hidden_because = "It names somebody."
        actions.moderate(by=cast.mo, row=row, moderation=moderation, because="Not said.")
        kept = Statement.objects.get(pk=row.pk)
        assert (kept.moderation, kept.hidden_because, kept.node.visibility) == (moderation, "", visibility)
    other.refresh_from_db()
    assert (other.moderation, other.node.visibility) == (1, "public")


def test_a_card_is_not_hidden_without_a_reason(talk: Talk, cast: Cast):
    row = card(talk)
    for said in ({}, {"because": "  "}):
        with pytest.raises(Refused, match="Say why"):
            actions.moderate(by=cast.mo, row=row, moderation=-1, **said)
    row.refresh_from_db()
    assert (row.moderation, row.node.visibility) == (1, "public")


def test_a_card_is_taken_back_on_its_day_and_its_answers_stay(talk: Talk, cast: Cast):
    row = card(talk, by=talk.person(), moderation=1)
    cast_vote(by=talk.person(), on=row, choice=1)
    for node in (row.node, talk.cards[0].node):
        actions.consent(participant=row.author, node=node, scopes=["quote"], given_at=EARLIER)
    finding = make_finding(
        by=cast.mo, of=cast.summer, title="Buses", text=f"They say: {WORDS}", evidence=[(row.node, "supports")]
    )
    assert actions.withdraw_statement(by=row.author, row=row, at=LATER) == [row.node]
    kept = Statement.objects.get(pk=row.pk)
    assert (kept.text, kept.moderation, kept.node.title, kept.node.withdrawn_at) == ("", -1, "", LATER)
    assert Vote.objects.filter(statement=kept).count() == 1
    assert [one[-1] for one in choices(row.node)] == [LATER]
    assert [one[-1] for one in choices(talk.cards[0].node)] == [None]
    finding.refresh_from_db()
    assert finding.text.startswith("They say: (words taken back on 5 March 2025; mark ")
    assert actions.withdraw_statement(by=row.author, row=kept, at=LATEST) == []
    with pytest.raises(Refused, match="was taken back"):
        actions.moderate(by=cast.mo, row=kept, moderation=1)
    kept.node.refresh_from_db()
    assert kept.node.withdrawn_at == LATER


def test_each_choice_stands_once_about_one_item_or_about_taking_part(talk: Talk):
    one, other = talk.person(), talk.person()
    node = talk.cards[0].node
    made = actions.consent(participant=one, node=node, scopes=["quote", "analyse", "quote"], given_at=EARLIER)
    assert [(row.scope, row.node, row.participant) for row in made] == [
        ("quote", node, one),
        ("analyse", node, one),
    ]
    actions.consent(participant=one, scopes=["quote"], given_at=LATER)
    actions.consent(participant=other, node=node, scopes=["quote"], wording="2026-12", given_at=LATER)
    assert actions.consent(participant=one, node=node, scopes=["quote", "analyse"], given_at=LATEST) == []
    assert choices(node) == [
        (1, "analyse", actions.WORDING, EARLIER, None),
        (1, "quote", actions.WORDING, EARLIER, None),
        (2, "quote", "2026-12", LATER, None),
    ]
    assert choices() == [(1, "quote", actions.WORDING, LATER, None)]


def test_a_choice_that_was_taken_back_is_given_anew(talk: Talk):
    person, node = talk.person(), talk.cards[0].node
    actions.consent(participant=person, node=node, scopes=["quote"], given_at=EARLIER)
    actions.withdraw_consents(nodes=[node], at=LATER)
    actions.withdraw_consents(nodes=[node], at=LATEST)
    assert [(one[3], one[4]) for one in choices(node)] == [(EARLIER, LATER)]
    actions.consent(participant=person, node=node, scopes=["quote"])
    actions.withdraw_consents(nodes=[node])
    first, second = choices(node)
    assert first[4] == LATER
    assert is_now(second[3])
    assert is_now(second[4])


def test_whoever_knows_what_stands_is_believed(talk: Talk):
    made = actions.consent(participant=talk.person(), scopes=["quote", "tell"], known=["quote"])
    assert [row.scope for row in made] == ["tell"]


def test_a_choice_of_no_kind_is_not_kept(talk: Talk):
    with pytest.raises(ValueError, match="sell"):
        actions.consent(participant=talk.person(), scopes=["sell"])


def test_a_card_that_was_taken_back_meanwhile_is_neither_shown_nor_taken_back_again(talk: Talk, cast: Cast):
    row = card(talk, moderation=0)
    open_elsewhere = Statement.objects.select_related("node").get(pk=row.pk)
    also_open = Statement.objects.select_related("node").get(pk=row.pk)
    actions.withdraw_statement(by=cast.mo, row=row, at=EARLIER)
    with pytest.raises(Refused, match="was taken back"):
        actions.moderate(by=cast.mo, row=open_elsewhere, moderation=1)
    assert actions.withdraw_statement(by=cast.mo, row=also_open, at=LATER) == []
    row.refresh_from_db()
    row.node.refresh_from_db()
    assert (row.moderation, row.node.visibility, row.node.withdrawn_at) == (-1, "team", EARLIER)
