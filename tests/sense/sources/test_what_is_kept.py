"""What is kept of everything that is done to sources and to the passages that are taken from them."""

from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, story
from tests.trail import trail
from weft.core.errors import Refused
from weft.people.audit.models import Entry
from weft.provenance.items import Origin
from weft.provenance.models import Link, SearchText
from weft.sense.sources import actions
from weft.sense.sources.models import Excerpt, Source

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "Twelve families came all summer. All of them walk."


def add(cast: Cast, **more) -> Source:
    return actions.add_source(
        **{"by": cast.mo, "of": cast.summer, "title": "Notes", "type": "note", "text": TEXT, **more}
    )


def edit(cast: Cast, row: Source, **more) -> Source:
    return actions.edit_source(
        **{"by": cast.lena, "row": row, "revision": None, "title": "Notes", "type": "note", **more}
    )


def take(cast: Cast, row: Source, start: int = 0, end: int = 6, **more) -> Excerpt:
    return actions.take_excerpt(by=cast.lena, of=row.node, start=start, end=end, **more)


def stands(row: Excerpt) -> str:
    """What stands in the text where an excerpt says that it was taken."""
    row.refresh_from_db()
    return Source.objects.get(node=row.of).text[row.start : row.end]


def test_each_act_is_in_the_trail(cast: Cast):
    before = Entry.objects.count()
    row = add(cast)
    edit(cast, row)
    passage = take(cast, row)
    actions.withdraw_excerpt(by=cast.mo, row=passage, at=EARLIER)
    actions.withdraw_source(by=cast.lena, row=row, at=EARLIER)
    source, excerpt = ((one.node.code, "pell", "summer", {}) for one in (row, passage))
    assert trail(before) == [
        ("Mo", "added source", *source),
        ("Lena", "edited source", *source),
        ("Lena", "took excerpt", *excerpt),
        ("Mo", "withdrew excerpt", *excerpt),
        ("Lena", "withdrew source", *source),
    ]
    for one in (row, passage):
        one.node.refresh_from_db()
        assert one.node.withdrawn_at == EARLIER


def test_a_source_that_is_taken_back_leaves_every_other_as_it_is(cast: Cast):
    row, other = add(cast, year=2024), add(cast, year=2024, text="Another text.")
    actions.withdraw_source(by=cast.mo, row=row)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.year, row.text) == (None, "")
    assert (other.year, other.text) == (2024, "Another text.")


def test_an_edit_keeps_the_kind_of_knowledge_of_its_type_or_the_one_that_is_chosen(cast: Cast):
    row = add(cast)
    for chosen, kept in (
        ({"knowledge_kind": "lived"}, "lived"),
        ({"knowledge_kind": ""}, "academic"),
        ({}, "academic"),
    ):
        edit(cast, row, type="paper", **chosen)
        row.node.refresh_from_db()
        assert row.node.knowledge_kind == kept


def test_what_is_pasted_has_one_kind_of_line_end_whether_it_is_added_or_edited(cast: Cast):
    row = add(cast, summary="a\r\nb", text="c\rd")
    assert (row.summary, row.text) == ("a\nb", "c\nd")
    row = edit(cast, row, summary="e\r\nf", text="g\rh")
    assert (row.summary, row.text) == ("e\nf", "g\nh")


@pytest.mark.parametrize(
    "typed",
    ["10.1234/Abc.d", "https://doi.org/10.1234/Abc.d", "HTTP://dx.doi.org/10.1234/Abc.d", "doi:  10.1234/Abc.d"],
)
def test_of_a_doi_its_bare_form_is_kept(cast: Cast, typed: str):
    assert add(cast, doi=typed).doi == "10.1234/Abc.d"


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("doi", "11.1234/abc"),
        ("doi", "see 10.1234/abc"),
        ("doi", "10.1234/a b"),
        ("url", "ftp://example.org/a"),
        ("url", "javascript:alert(1)"),
        ("url", "my notes"),
    ],
)
def test_what_is_no_doi_and_no_address_is_refused_where_it_was_typed(cast: Cast, column: str, typed: str):
    row = add(cast)
    for save in (lambda: add(cast, **{column: typed}), lambda: edit(cast, row, **{column: typed})):
        with pytest.raises(Refused, match="That is not a") as refused:
            save()
        assert refused.value.field == column


@pytest.mark.parametrize("address", ["http://example.org/a", "https://example.org/a"])
def test_an_address_on_the_web_is_kept_as_it_is(cast: Cast, address: str):
    assert add(cast, url=address).url == address


def test_a_passage_keeps_where_it_comes_from_and_what_is_said_of_it(cast: Cast):
    row = add(cast, visibility="team", layer="community", knowledge_kind="local")
    excerpt = take(cast, row, 0, 15, note="Not few.", origin=Origin(code="E-22222", at=EARLIER))
    excerpt.refresh_from_db()
    node = excerpt.node
    assert (excerpt.of, excerpt.start, excerpt.end, excerpt.quote, excerpt.note) == (
        row.node,
        0,
        15,
        "Twelve families",
        "Not few.",
    )
    assert (node.code, node.kind, node.title, node.made_at) == ("E-22222", "excerpt", "Twelve families", EARLIER)
    assert (node.programme, node.team, node.made_by) == (cast.pell, cast.summer, cast.lena)
    assert (node.visibility, node.layer, node.knowledge_kind) == ("team", "community", "local")
    assert SearchText.objects.get(node=node).body == "E-22222\nTwelve families\nTwelve families\nNot few."
    link = Link.objects.get(target=node)
    assert (link.source, link.relation, link.made_by) == (row.node, "quotes", cast.lena)
    assert take(cast, row, 1, 3).note == ""


def test_only_the_same_passage_of_the_same_text_and_team_is_one(cast: Cast):
    row, other = add(cast), add(cast)
    whole = add(cast, of=cast.pell, by=cast.cora)
    taken = [
        take(cast, row),
        take(cast, row, 0, 7),
        take(cast, row, 1, 6),
        take(cast, other),
        take(cast, whole),
        take(cast, whole, team=cast.summer),
        take(cast, whole, team=cast.company),
    ]
    assert len({one.pk for one in taken}) == 7
    assert [one.node.team for one in taken[4:]] == [None, cast.summer, cast.company]
    assert take(cast, row, team=cast.company).node.team == cast.summer
    assert take(cast, whole, team=cast.company) == taken[-1]


def test_a_passage_may_be_the_whole_text_up_to_a_limit(cast: Cast):
    row = add(cast, text="a" * 5001)
    assert take(cast, row, 0, 5000).quote == "a" * 5000
    assert take(cast, row, 5000, 5001).quote == "a"
    with pytest.raises(Refused, match=r"5,000 characters\. This one has 5,001"):
        take(cast, row, 0, 5001)
    with pytest.raises(Refused, match=r"got 1\.\.5002"):
        take(cast, row, 1, 5002)


def test_a_passage_that_stands_otherwise_by_now_keeps_what_was_quoted(cast: Cast):
    excerpt = take(cast, add(cast), quote="Twelve of us")
    assert (excerpt.quote, excerpt.node.title) == ("Twelve of us", "Twelve of us")
    assert take(cast, add(cast), quote="").quote == ""


def test_what_is_taken_from_a_story_was_lived(cast: Cast):
    told = story(conversation(cast.summer), TEXT)
    told.knowledge_kind = ""
    told.save()
    assert actions.take_excerpt(by=cast.mo, of=told, start=0, end=6).node.knowledge_kind == "lived"
    row = add(cast)
    row.node.knowledge_kind = ""
    row.node.save()
    assert take(cast, row).node.knowledge_kind == ""


def test_a_passage_is_called_by_its_first_words(cast: Cast):
    row = add(cast, text="a" * 160 + " b")
    assert take(cast, row, 0, 160).node.title == "a" * 160
    assert take(cast, row, 0, 162).node.title == "a" * 160 + "…"
    row = add(cast, text="word " * 40)
    assert take(cast, row, 0, 200).node.title == ("word " * 32).strip() + "…"


def test_passages_follow_their_words_and_the_others_stay_where_they_are(cast: Cast):
    row, other = add(cast), add(cast)
    first, last, of_other = take(cast, row, 0, 6), take(cast, row, 33, 50), take(cast, other, 33, 50)
    edit(cast, row, text=TEXT.replace("all summer", "all the summer"))
    assert [stands(one) for one in (first, last, of_other)] == ["Twelve", "All of them walk.", "All of them walk."]
    assert (first.start, last.start, of_other.start) == (0, 37, 33)


def test_words_that_were_taken_must_stand_in_one_place(cast: Cast):
    row = add(cast)
    excerpt = take(cast, row, 33, 50)
    for text, says in (("All of them walk. All of them walk.", "in several places"), ("", "stand there no longer")):
        with pytest.raises(Refused, match=says) as refused:
            edit(cast, row, text=text)
        assert refused.value.field == "text"
    assert stands(excerpt) == "All of them walk."
    actions.withdraw_excerpt(by=cast.mo, row=excerpt)
    assert edit(cast, row, text="Nothing of it. " * 9).text == "Nothing of it. " * 9


def test_moving_a_passage_saves_nothing_else_of_it(cast: Cast):
    row = add(cast)
    excerpt = take(cast, row, 33, 50, note="All.")
    edit(cast, row, text=f"So: {TEXT}")
    assert (stands(excerpt), excerpt.note) == ("All of them walk.", "All.")


def test_a_passage_that_is_taken_back_leaves_its_words_in_the_text(cast: Cast):
    row = add(cast)
    excerpt = take(cast, row, 0, 50)
    assert [one.pk for one in actions.withdraw_excerpt(by=cast.mo, row=excerpt)] == [excerpt.pk]
    row.refresh_from_db()
    excerpt.refresh_from_db()
    assert (row.text, excerpt.quote) == (TEXT, "")
