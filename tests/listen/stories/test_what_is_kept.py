"""What is kept of telling a story, of changing what is allowed, and of what a team does with it."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.trail import trail
from weft.core.errors import Changed, Refused
from weft.listen.conversations.models import Consent, Conversation, Participant
from weft.listen.stories import actions
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme
from weft.people.audit.models import Entry
from weft.provenance.batch import batch
from weft.provenance.items import Origin
from weft.provenance.models import Link, SearchText
from weft.sense.sources.actions import take_excerpt, withdraw_excerpt

pytestmark = pytest.mark.django_db
EARLIER, LATER, LATEST = (datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 5, 9))
DECIDE = {
    "held": lambda by, row: None,
    "kept": lambda by, row: actions.keep(by=by, row=row),
    "not_used": lambda by, row: actions.set_aside(by=by, row=row, because="Another town."),
    "released": lambda by, row: actions.release(by=by, row=row),
}
ALL = ("analyse", "quote", "describe")
BAKER = "a baker in the old town of Ormsea"


def story(talk: Talk, **more) -> Story:
    person = talk.person("one")
    facts = {"by": person, "text": "The last bus leaves the hall at six.", "scopes": ALL, "described_as": BAKER}
    return actions.tell(participant=person, **{**facts, **more})


def allowed(row: Story) -> dict[str, tuple]:
    """Each choice with its wording and its two dates."""
    rows = Consent.objects.filter(node=row.node).values_list("scope", "wording", "given_at", "withdrawn_at")
    return {scope: rest for scope, *rest in rows}


def given(row: Story, choice: str) -> list[tuple]:
    """Each time that a choice was given: the wording, since when and until when."""
    rows = Consent.objects.filter(node=row.node, scope=choice).order_by("given_at")
    return list(rows.values_list("wording", "given_at", "withdrawn_at"))


def test_each_act_is_in_the_trail(talk: Talk, cast: Cast):
    before = Entry.objects.count()
    row = story(talk, by=cast.mo)
    actions.mark_read(by=cast.lena, row=row)
    actions.mark_read(by=cast.mo, row=row)
    actions.set_aside(by=cast.mo, row=row, because="Another town.")
    actions.release(by=cast.lena, row=row)
    actions.release(by=cast.mo, row=row)
    actions.keep(by=cast.mo, row=row)
    actions.keep(by=cast.lena, row=row)
    actions.change_allowed(by=cast.mo, row=row, scopes=["analyse"])
    actions.withdraw_story(by=cast.lena, row=row)
    actions.withdraw_story(by=cast.lena, row=row)
    here = (row.node.code, "pell", "summer", {})
    assert trail(before) == [
        ("Mo", "told story", *here),
        ("Lena", "read story", *here),
        ("Mo", "set story aside", *here),
        ("Lena", "released story", *here),
        ("Mo", "kept story in team", *here),
        ("Mo", "changed what is allowed of story", *here),
        ("Lena", "withdrew story", *here),
    ]


def test_a_story_keeps_what_its_teller_said_of_it(talk: Talk, cast: Cast):
    key = uuid4()
    row = story(
        talk,
        by=cast.mo,
        mattered=6,
        is_common=4,
        is_group=True,
        wording="2026-01",
        scopes=[*ALL, "tell"],
        origin=Origin(code="Y-22222", at=EARLIER, key=key),
    )
    row.refresh_from_db()
    node = row.node
    assert (node.code, node.made_at, row.told_at, row.key) == ("Y-22222", EARLIER, EARLIER, key)
    assert (node.title, node.knowledge_kind, node.visibility, node.team, node.made_by) == (
        "The last bus leaves the hall at six.",
        "lived",
        "team",
        cast.summer,
        cast.mo,
    )
    assert (row.mattered, row.is_common, row.is_group, row.captured_by, row.described_as) == (
        6,
        4,
        True,
        cast.mo,
        BAKER,
    )
    assert allowed(row) == {scope: ["2026-01", EARLIER, None] for scope in ALL}
    assert SearchText.objects.get(node=node).body == f"Y-22222\n{node.title}\n{row.text}"
    tell = Consent.objects.get(scope="tell")
    assert (tell.node, tell.participant, tell.wording, tell.given_at) == (None, row.participant, "2026-01", EARLIER)
    assert story(talk, text="Sent twice.", origin=Origin(key=key)) == row


def test_without_more_a_story_is_its_tellers_own_and_the_teams(talk: Talk):
    row = story(talk, scopes=[], described_as="")
    assert (row.captured_by, row.is_group, row.mattered, row.is_common) == (None, False, None, None)
    assert (row.node.made_by, row.node.visibility) == (None, "team")
    assert allowed(row) == {}


def test_how_a_teller_is_described_is_kept_where_they_say_so_and_allow_it(talk: Talk):
    assert story(talk, scopes=["quote"], described_as=BAKER).described_as == ""
    one = talk.person()
    assert actions.tell(by=one, participant=one, text="I walk.", scopes=["describe"]).described_as == ""


def test_a_story_is_called_by_its_first_words(talk: Talk):
    words = "word " * 30
    assert actions.title_of(f" {words}") == "word " * 15 + "word…"
    assert actions.title_of("a" * 80) == "a" * 80
    assert actions.title_of("a\n b") == "a b"
    assert len(actions.title_of("a" * 81)) == 81


def seen(row: Story) -> tuple:
    """In which state it is, who may read it, and who let them."""
    row.refresh_from_db()
    row.node.refresh_from_db()
    return row.state, row.node.visibility, row.released_at, row.released_by


def test_nobody_but_the_team_reads_a_story_before_one_of_them_releases_it(talk: Talk, cast: Cast):
    row = story(talk)
    assert seen(row) == ("held", "team", None, None)
    actions.release(by=cast.mo, row=row, at=EARLIER)
    assert seen(row) == ("released", "public", EARLIER, cast.mo)
    assert (row.read_at, row.read_by) == (EARLIER, cast.mo)
    actions.keep(by=cast.lena, row=row, at=LATER)
    assert seen(row) == ("kept", "team", None, None)
    assert (row.read_at, row.read_by) == (EARLIER, cast.mo)
    actions.release(by=None, row=row, at=LATER, visibility="programme")
    assert seen(row) == ("released", "programme", LATER, None)
    actions.set_aside(by=cast.mo, row=row, because="Another town.")
    assert (*seen(row), row.not_used_because) == ("not_used", "team", None, None, "Another town.")
    actions.keep(by=cast.mo, row=row)
    assert (*seen(row), row.not_used_because) == ("kept", "team", None, None, "")


def test_a_passage_is_read_by_whoever_reads_its_story(talk: Talk, cast: Cast):
    row = story(talk)
    passage, gone = (take_excerpt(by=cast.mo, of=row.node, start=0, end=end).node for end in (12, 20))
    withdraw_excerpt(by=cast.mo, row=gone.excerpt)
    theme = make_theme(by=cast.mo, of=cast.summer, title="Dark", sources=[row.node])

    def visible() -> list[str]:
        return [type(node).objects.get(pk=node.pk).visibility for node in (passage, gone, theme.node)]

    assert visible() == ["team", "team", "public"]
    actions.release(by=cast.mo, row=row)
    assert visible() == ["public", "team", "public"]
    actions.set_aside(by=cast.mo, row=row, because="Another town.")
    assert visible() == ["team", "team", "public"]


def test_what_may_not_be_quoted_is_not_released(talk: Talk, cast: Cast):
    row = story(talk, scopes=["analyse"])
    with pytest.raises(Refused, match="not allowed that its words are shown"):
        actions.release(by=cast.mo, row=row)
    assert (*seen(row), row.read_at) == ("held", "team", None, None, None)
    with pytest.raises(Refused, match="no reason yet"):
        actions.set_aside(by=cast.mo, row=row, because="  ")
    assert (*seen(row), row.read_at) == ("held", "team", None, None, None)


@pytest.mark.parametrize(
    ("before", "scopes", "after"),
    [
        ("held", ["quote"], "held"),
        ("held", ["analyse"], "held"),
        ("released", ["describe"], "released"),
        ("released", ["analyse"], "kept"),
        ("kept", ["quote"], "kept"),
        ("not_used", [], "not_used"),
    ],
)
def test_what_is_not_allowed_any_more_is_not_released_either(
    talk: Talk, cast: Cast, before: str, scopes: list[str], after: str
):
    row = story(talk)
    DECIDE[before](cast.mo, row)
    actions.change_allowed(by=None, row=row, scopes=scopes, described_as=BAKER)
    assert seen(row)[:2] == (after, "public" if after == "released" else "team")
    assert bool(row.released_by) is (after == "released")


@pytest.mark.parametrize(("before", "after"), [("held", "held"), ("kept", "held"), ("not_used", "not_used")])
def test_what_may_be_quoted_from_now_on_is_read_for_that_first(talk: Talk, cast: Cast, before: str, after: str):
    row = story(talk, scopes=["analyse"])
    DECIDE[before](cast.mo, row)
    actions.change_allowed(by=None, row=row, scopes=["analyse", "quote"])
    assert seen(row)[:2] == (after, "team")


def test_a_conversation_without_stories_takes_none(talk: Talk):
    talk.conversation.takes_stories = False
    talk.conversation.save()
    with pytest.raises(Refused, match="takes no stories"):
        story(talk)
    assert not Story.objects.exists()


def test_whoever_left_or_comes_too_late_tells_none(talk: Talk):
    row = story(talk)
    Participant.objects.update(withdrawn_at=EARLIER)
    with pytest.raises(Refused, match="You took back"):
        actions.tell(by=row.participant, participant=row.participant, text="More.")
    Conversation.objects.update(closed_at=EARLIER)
    with pytest.raises(Refused, match="closed"):
        actions.tell(by=row.participant, participant=row.participant, text="More.")


def test_the_second_of_two_who_change_what_is_allowed_is_shown_both(talk: Talk):
    row = story(talk)
    actions.change_allowed(by=None, row=row, scopes=["quote", "describe"], described_as=f" {BAKER} ", revision=1)
    row.refresh_from_db()
    assert (row.revision, row.described_as) == (2, BAKER)
    with pytest.raises(Changed) as caught:
        actions.change_allowed(by=None, row=row, scopes=["describe", "tell"], described_as="b" * 200, revision=1)
    described = "Quote my words with the description I chose"
    assert caught.value.saved == {"allowed": {"Quote my words, with no name", described}, "described_as": BAKER}
    assert caught.value.sent == {"allowed": {described}, "described_as": "b" * 120}
    assert caught.value.revision == 2
    actions.change_allowed(by=None, row=row, scopes=["analyse"], described_as="nobody’s", revision=2)
    row.refresh_from_db()
    assert (row.revision, row.described_as) == (3, "")


@pytest.mark.parametrize("choice", ALL)
def test_each_choice_keeps_its_two_dates(talk: Talk, choice: str):
    row = story(talk, wording="2026-01", origin=Origin(at=EARLIER))
    others = [scope for scope in ALL if scope != choice]
    said = {"by": None, "row": row, "described_as": BAKER}
    actions.change_allowed(scopes=others, at=LATER, **said)
    actions.change_allowed(scopes=others, at=LATEST, **said)
    assert given(row, choice) == [("2026-01", EARLIER, LATER)]
    actions.change_allowed(scopes=ALL, at=LATEST, wording="2026-02", **said)
    assert given(row, choice) == [("2026-01", EARLIER, LATER), ("2026-02", LATEST, None)]
    actions.change_allowed(scopes=others, at=LATEST, **said)
    assert given(row, choice) == [("2026-01", EARLIER, LATER), ("2026-02", LATEST, LATEST)]
    assert [given(row, other) for other in others] == [[("2026-01", EARLIER, None)]] * 2


def test_who_allowed_nothing_may_allow_something_later(talk: Talk):
    row = story(talk, scopes=[])
    actions.change_allowed(by=None, row=row, scopes=["describe"], at=LATER)
    row.refresh_from_db()
    assert (allowed(row)["describe"][1:], row.described_as) == ([LATER, None], "")


def test_what_is_allowed_of_one_story_changes_nothing_of_another(talk: Talk):
    row = story(talk)
    other = actions.tell(by=None, participant=row.participant, text="Another.", scopes=ALL, described_as=BAKER)
    before = allowed(other)
    actions.change_allowed(by=None, row=row, scopes=[], at=LATER)
    assert allowed(other) == before


def test_what_is_not_allowed_any_more_ends_on_the_day_that_is_given(talk: Talk, cast: Cast):
    row = story(talk)
    said = f"{BAKER} said: {row.text}"
    theme = make_theme(by=cast.mo, of=cast.summer, title="Buses", summary=said, sources=[row.node])
    actions.change_allowed(by=None, row=row, scopes=["analyse", "quote"], at=EARLIER)
    theme.refresh_from_db()
    assert re.fullmatch(rf"\(words taken back on 1 March 2026; mark \w{{5}}\) said: {row.text}", theme.summary)
    actions.change_allowed(by=None, row=row, scopes=["analyse"], at=LATER)
    theme.refresh_from_db()
    assert theme.summary.count("taken back on 5 March 2026") == 1
    assert Link.objects.get(source=row.node).withdrawn_at is None
    actions.change_allowed(by=None, row=row, scopes=[], at=LATER)
    assert Link.objects.get(source=row.node).withdrawn_at == LATER
    row.node.refresh_from_db()
    assert (row.node.visibility, row.node.withdrawn_at) == ("team", None)


def test_what_is_allowed_as_before_takes_no_words_out_of_other_texts(talk: Talk, cast: Cast):
    row, quoted = (
        story(talk, scopes=["analyse"], described_as=""),
        story(talk, text="I walk home in the dark by the sea."),
    )
    said = f"{BAKER} said: {row.text} {quoted.text}"
    theme = make_theme(by=cast.mo, of=cast.summer, title="Buses", summary=said, sources=[row.node, quoted.node])
    actions.change_allowed(by=None, row=row, scopes=["analyse"])
    actions.change_allowed(by=None, row=quoted, scopes=["describe"], described_as=BAKER)
    theme.refresh_from_db()
    assert theme.summary == said


def test_reading_is_marked_once_with_its_day(talk: Talk, cast: Cast):
    row = story(talk)
    actions.mark_read(by=cast.mo, row=row, read_at=EARLIER)
    actions.mark_read(by=cast.lena, row=row, read_at=LATER)
    row.refresh_from_db()
    assert (row.read_at, row.read_by) == (EARLIER, cast.mo)
    other = story(talk)
    Story.objects.filter(pk=other.pk).update(mattered=5)
    actions.mark_read(by=other.participant, row=other)
    other.refresh_from_db()
    assert (other.read_by, other.mattered) == (None, 5)
    assert other.read_at > LATER


def test_the_second_of_two_who_set_a_story_aside_is_shown_both(talk: Talk, cast: Cast):
    row = story(talk)
    stale = Story.objects.get(pk=row.pk)
    Story.objects.filter(pk=row.pk).update(mattered=5)
    actions.set_aside(by=cast.mo, row=stale, because=" Another town. ", revision=1)
    row.refresh_from_db()
    assert (row.not_used_because, row.revision, row.read_by, row.mattered) == ("Another town.", 2, cast.mo, 5)
    with pytest.raises(Changed) as caught:
        actions.set_aside(by=cast.lena, row=row, because="c" * 400, revision=1)
    assert (caught.value.saved, caught.value.sent) == ({"because": "Another town."}, {"because": "c" * 300})
    assert caught.value.revision == 2


def test_a_story_that_is_told_in_a_batch_is_set_aside_as_it_is_there(talk: Talk, cast: Cast):
    with batch():
        row = story(talk)
        assert actions.set_aside(by=cast.mo, row=row, because="Another town.") is row
    row.refresh_from_db()
    assert (row.not_used_because, row.revision, row.read_by) == ("Another town.", 2, cast.mo)


def test_a_story_is_taken_back_on_its_day_with_what_was_allowed(talk: Talk, cast: Cast):
    row = story(talk, mattered=6, is_common=4)
    other = actions.tell(by=None, participant=row.participant, text="Another.", scopes=["quote"])
    theme = make_theme(by=cast.mo, of=cast.summer, title="Buses", summary=f"{BAKER}: {row.text}", sources=[row.node])
    assert [one.pk for one in actions.withdraw_story(by=None, row=row, at=EARLIER)] == [row.pk]
    row.refresh_from_db()
    assert (row.text, row.described_as, row.mattered, row.is_common) == ("", "", None, None)
    assert row.node.withdrawn_at == EARLIER
    assert {end for _, _, end in allowed(row).values()} == {EARLIER}
    assert allowed(other)["quote"][2] is None
    theme.refresh_from_db()
    assert "Ormsea" not in theme.summary
    assert "last bus" not in theme.summary
    assert theme.summary.count("taken back on 1 March 2026") == 2


@pytest.mark.parametrize("decide", ["kept", "not_used", "released"])
def test_a_story_that_was_taken_back_meanwhile_stays_so(talk: Talk, cast: Cast, decide: str):
    row = story(talk)
    open_elsewhere, also_open = (Story.objects.select_related("node").get(pk=row.pk) for _ in range(2))
    actions.withdraw_story(by=None, row=row, at=EARLIER)
    with pytest.raises(Refused, match="was taken back"):
        DECIDE[decide](cast.mo, open_elsewhere)
    assert actions.withdraw_story(by=None, row=also_open, at=LATER) == []
    assert seen(row) == ("held", "team", None, None)
    assert row.node.withdrawn_at == EARLIER
