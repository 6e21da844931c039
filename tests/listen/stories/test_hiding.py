"""Hiding a part of a story: its teller and those it was told to read it, and nobody else, until it is shown again."""

import html
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.columns import standing_in
from tests.listen.conftest import Talk
from tests.reading import read
from tests.trail import trail
from weft.core.errors import Refused
from weft.core.text import with_marks
from weft.listen.receipts.actions import issue
from weft.listen.stories import actions, analysis
from weft.listen.stories.actions import hiding
from weft.listen.stories.actions.hiding import Swap, moved, swapped
from weft.listen.stories.models import HiddenPart, Story
from weft.listen.themes.actions import make_theme
from weft.programme_file.dump import dump
from weft.sense.sources.actions import take_excerpt

TOLD = "Ask for Dawn, she is lovely.\nShe said ring 07700 900412 and ask for Dawn. I do not like to ask."
NUMBER = (TOLD.index("07700"), TOLD.index(" and ask"))
FIRST = (8, 12)


@pytest.fixture
def told(talk: Talk, cast: Cast) -> Story:
    """A released story that is gathered in a theme."""
    one = talk.person("one")
    row = actions.tell(by=one, participant=one, text=TOLD, scopes=["analyse", "quote"])
    actions.release(by=cast.mo, row=row)
    make_theme(by=cast.mo, of=cast.summer, title="Asking is hard", sources=[(row.node, "supports")])
    return fresh(row)


def fresh(row: Story) -> Story:
    return Story.every.select_related("node", "conversation").get(pk=row.pk)


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mo)
    return client


@pytest.mark.django_db
def test_it_is_on_no_page_in_no_column_and_in_no_file(told: Story, talk: Talk, cast: Cast):
    passage = take_excerpt(by=cast.mo, of=told.node, start=NUMBER[0] - 5, end=NUMBER[1] + 4)
    after = take_excerpt(by=cast.mo, of=told.node, start=TOLD.index("I do"), end=len(TOLD))
    hiding.hide(by=cast.mo, row=told, spans=[NUMBER], why="number")
    assert standing_in("07700 900412") == {"stories_hiddenpart.words"}
    passage.refresh_from_db()
    after.refresh_from_db()
    assert passage.quote == "ring (hidden: a number or an address) and"
    assert after.quote == "I do not like to ask."
    assert fresh(told).text[after.start : after.end] == after.quote
    for address in (told.node.get_absolute_url(), "/pell/", "/pell/search/?q=07700"):
        assert "07700" not in read(Client().get(address))
    assert "hidden:" in dump(cast.pell)
    assert "07700" not in dump(cast.pell)
    phone = Client()
    words = issue(by=None, participant=told.participant, secret="one")
    phone.post("/r/", {"code": "tide123", "words": " ".join(words)})
    assert "07700 900412" in read(phone.get("/r/yours/"))
    assert trail()[-1][:2] == ("Mo", "hid part of story")


@pytest.mark.django_db
def test_the_team_reads_it_and_shows_it_again(told: Story, cast: Cast):
    passage = take_excerpt(by=cast.mo, of=told.node, start=0, end=20)
    before = passage.quote
    (part,) = hiding.hide(by=cast.mo, row=told, spans=[FIRST], why="other", because="She asked us to.")
    team = signed_in(cast)
    page = read(team.get(told.node.get_absolute_url()))
    assert "Dawn</bdi>”. She asked us to." in page
    assert fresh(told).node.title.startswith("Ask for (hidden: some words), she")
    address = f"{told.node.get_absolute_url()}show-again/"
    assert team.post(address, {"part": str(part.pk)}).status_code == 302
    assert fresh(told).text == TOLD
    passage.refresh_from_db()
    assert passage.quote == before
    assert not HiddenPart.objects.exists()
    assert team.post(address, {"part": str(part.pk)}, follow=True).status_code in {200, 409, 422}
    assert trail()[-1][:2] == ("Mo", "showed part of story again")


@pytest.mark.django_db
def test_where_the_words_stand_all_the_same_is_said(told: Story, cast: Cast):
    theme = make_theme(
        by=cast.mo, of=cast.summer, title="Dawn", summary="All ask for Dawn.", sources=[(told.node, "supports")]
    )
    hiding.hide(by=cast.mo, row=told, spans=[FIRST], why="name")
    page = read(signed_in(cast).get(told.node.get_absolute_url()))
    assert f">{theme.node.code}</a>: look there too" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spans", "more", "says"),
    [
        ([], {}, "Nothing is chosen"),
        ([(0, 3), (2, 5)], {}, "apart from each other"),
        ([(3, 3)], {}, "apart from each other"),
        ([(0, 5000)], {}, "lie in the text"),
        ([(-1, 5)], {}, "lie in the text"),
        ([FIRST], {"why": "other", "because": " "}, "Say the reason"),
        ([FIRST], {"revision": 7}, "Somebody else changed"),
    ],
)
def test_what_cannot_be_hidden_changes_nothing(told: Story, cast: Cast, spans: list, more: dict, says: str):
    with pytest.raises(Refused, match=says):
        hiding.hide(**{"by": cast.mo, "row": told, "spans": spans, "why": "name", **more})
    assert (fresh(told).text, HiddenPart.objects.count()) == (TOLD, 0)


@pytest.mark.django_db
def test_what_is_hidden_goes_when_the_story_is_taken_back_wherever_it_was_repeated(told: Story, cast: Cast):
    long = "She said ring 07700 900412 and ask for Dawn today"
    theme = make_theme(
        by=cast.mo, of=cast.summer, title="Asking", summary=f"“{long}”", sources=[(told.node, "supports")]
    )
    hiding.hide(by=cast.mo, row=told, spans=[NUMBER], why="number")
    actions.withdraw_story(by=None, row=fresh(told))
    theme.refresh_from_db()
    assert "07700" not in theme.summary
    assert "words taken back" in theme.summary
    assert standing_in("07700 900412") <= {"provenance_mask.words"}


@pytest.mark.django_db
def test_words_are_chosen_on_the_page_and_looked_at_before(told: Story, talk: Talk, cast: Cast):
    team, address = signed_in(cast), f"{told.node.get_absolute_url()}hide/"
    page = read(team.get(address))
    assert "looks like a telephone number" in page
    assert "Others can read it. Look at what may be personal" in read(team.get(told.node.get_absolute_url()))
    proposed = read(team.post(address, {"do": "propose", "revision": told.revision}))
    ticked = [
        part.split('"')[1] for part in proposed.split('type="checkbox" name="words" ')[1:] if " checked" in part[:60]
    ]
    assert len(ticked) == 2
    sent = {"words": ticked, "why": "number", "because": "", "revision": told.revision}
    looked = read(team.post(address, {**sent, "do": "look"}))
    assert "What others will see" in looked
    assert fresh(told).text == TOLD
    assert "There is no reason yet" in read(team.post(address, {**sent, "why": "", "do": "hide"}))
    assert team.post(address, {**sent, "do": "hide"}).status_code == 302
    assert "ring (hidden: a number or an address) and" in fresh(told).text
    again = team.post(address, {**sent, "do": "hide"}, follow=True)
    assert "Somebody else changed this story" in html.unescape(read(again))


@pytest.mark.django_db
def test_names_that_were_hidden_once_are_proposed_in_the_next_story(told: Story, talk: Talk, cast: Cast):
    hiding.hide(by=cast.mo, row=told, spans=[FIRST], why="name")
    two = talk.person("two")
    other = actions.tell(by=two, participant=two, text="I saw Dawn at dawn with Lena.", scopes=["analyse"])
    assert analysis.looks_like(other) == [("a name that is known here", "Dawn"), ("a name that is known here", "Lena")]


def test_a_mark_is_shown_as_what_it_stands_for():
    said = with_marks("<b>Ring</b> (hidden: a name) now (words taken back on 1 March 2026).")
    assert "<b>" not in said
    assert '<span class="weft-hidden"><span class="govuk-visually-hidden">Hidden: </span>a name</span> now' in said
    assert '<span class="weft-redacted">(words taken back on 1 March 2026)</span>.' in said


def test_chosen_words_that_follow_each_other_are_one_part_without_the_signs_around():
    row = Story(text="“Dawn, dear,” she\nsaid (hidden: a name): 7!", told_at=date(2026, 3, 1))
    words = [[analysis.Word(n, t, s, s + len(t), is_mark=t.startswith("(")) for n, t, s in line] for line in WORDS]
    assert [row.text[a:b] for a, b in analysis.spans(words, {0, 1, 3, 4})] == ["Dawn, dear", "said"]


WORDS = [
    [(0, "“Dawn,", 0), (1, "dear,”", 7), (2, "she", 14)],
    [(3, "said", 18), (4, "(hidden: a name)", 23), (5, ":", 39), (6, "7!", 41)],
]


@given(
    st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8, unique=True), st.integers(0, 60), st.integers(0, 60)
)
def test_places_move_with_the_words_around_them(text: str, edges: list[int], one: int, two: int):
    places = sorted(min(edge, len(text)) for edge in edges)
    spans = [(a, b) for a, b in zip(places[::2], places[1::2], strict=False) if a < b]
    swaps = [Swap(a, b, "(hidden: a name)") for a, b in spans]
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    now, place = swapped(text, swaps), moved(swaps)
    first, last = place(start), place(end, is_end=True)
    assert 0 <= first <= len(now)
    assert 0 <= last <= len(now)
    touched = [(a, b) for a, b in spans if a < end and start < b]
    if start < end and not touched:
        assert now[first:last] == text[start:end]
    if start < end and touched:
        assert now[first:last].count("(hidden: a name)") >= len(touched)
