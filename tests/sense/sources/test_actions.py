"""Adding sources and taking passages from them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, story
from weft.core.errors import Changed, Refused
from weft.people.audit.models import Entry
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node, SearchText
from weft.sense.sources import actions, queries
from weft.sense.sources.models import Excerpt, Source

NOTES = "Twelve families came all summer.\nAll of them walk. 🚌 costs £9.60.\nAll of them walk."


def add(cast: Cast, **more: object) -> Source:
    facts = {"title": "Notes of The Tide Room", "type": "note", "text": NOTES, **more}
    return actions.add_source(by=cast.mo, of=cast.summer, **facts)


@pytest.mark.parametrize(
    ("kind", "knowledge"),
    [
        ("paper", "academic"),
        ("data", "administrative"),
        ("note", "practice"),
        ("lived", "lived"),
        ("local", "local"),
        ("grey", "practice"),
    ],
)
def test_the_kind_of_knowledge_follows_from_the_type(cast: Cast, kind: str, knowledge: str):
    assert add(cast, type=kind).node.knowledge_kind == knowledge


def test_the_kind_of_knowledge_may_be_chosen(cast: Cast):
    assert add(cast, type="grey", knowledge_kind="administrative").node.knowledge_kind == "administrative"


def test_a_source_keeps_what_a_file_says_of_it(cast: Cast):
    at = datetime(2025, 6, 1, 9, tzinfo=UTC)
    source = add(cast, origin=Origin(code="S-2H6QB", at=at), authors="Lin, A.", year=2024, limits="One kitchen.")
    assert (source.node.code, source.node.made_at) == ("S-2H6QB", at)
    assert (source.authors, source.year, source.limits) == ("Lin, A.", 2024, "One kitchen.")
    assert Entry.objects.get().did == "added source"
    assert "Twelve families" in SearchText.objects.get(node=source.node).body


def test_a_form_sent_twice_adds_one_source(cast: Cast):
    origin = Origin(key=uuid4())
    assert add(cast, origin=origin) == add(cast, origin=origin)
    assert Node.objects.filter(kind="source").count() == 1


def test_a_text_is_kept_as_it_is_but_for_line_ends_and_the_byte_order_mark(cast: Cast):
    source = add(cast, text="\ufeffe\u0301te\u0301\r\nzwei\rdrei")
    assert source.text == "e\u0301te\u0301\nzwei\ndrei"


def test_an_excerpt_has_exact_offsets_in_code_points(cast: Cast):
    source = add(cast)
    start = NOTES.index("🚌")
    excerpt = actions.take_excerpt(by=cast.mo, of=source.node, start=start, end=start + 14, note="Dear.")
    assert excerpt.quote == "🚌 costs £9.60." == source.text[excerpt.start : excerpt.end]
    link = Link.objects.get(target=excerpt.node)
    assert (link.source, link.relation) == (source.node, "quotes")
    assert excerpt.node.knowledge_kind == "practice"


def test_the_same_passage_is_one_excerpt_until_it_is_taken_back(cast: Cast):
    source = add(cast)
    first = actions.take_excerpt(by=cast.mo, of=source.node, start=0, end=6)
    assert actions.take_excerpt(by=cast.lena, of=source.node, start=0, end=6) == first
    actions.withdraw_excerpt(by=cast.mo, row=first)
    again = actions.take_excerpt(by=cast.mo, of=source.node, start=0, end=6)
    assert again != first
    first.refresh_from_db()
    assert first.quote == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 10_000)])
def test_a_selection_outside_the_text_is_refused(cast: Cast, start: int, end: int):
    with pytest.raises(Refused, match=f"got {start}..{end}"):
        actions.take_excerpt(by=cast.mo, of=add(cast).node, start=start, end=end)


def test_a_passage_of_a_story_is_seen_by_those_who_see_the_story(cast: Cast):
    told = story(conversation(cast.summer), "The pool is free but the bus is not.")
    excerpt = actions.take_excerpt(by=cast.mo, of=told, start=4, end=16)
    assert excerpt.quote == "pool is free"
    assert (excerpt.node.visibility, excerpt.node.knowledge_kind) == ("team", "lived")


def test_passages_move_with_their_words_when_the_text_is_edited(cast: Cast):
    source = add(cast)
    excerpt = actions.take_excerpt(by=cast.mo, of=source.node, start=0, end=15)
    edit = {"by": cast.mo, "row": source, "title": "Notes", "type": "note"}
    actions.edit_source(**edit, revision=1, text=f"Written in August.\n{NOTES}")
    excerpt.refresh_from_db()
    source.refresh_from_db()
    assert source.text[excerpt.start : excerpt.end] == excerpt.quote == "Twelve families"
    with pytest.raises(Refused, match="stand there no longer"):
        actions.edit_source(**edit, revision=2, text="Something else altogether.")


def test_the_second_of_two_editors_is_shown_both_texts(cast: Cast):
    source = add(cast)
    edit = {"row": source, "type": "note", "revision": 1}
    actions.edit_source(by=cast.mo, **edit, title="Mo's title", summary="Mo's words", text=NOTES)
    with pytest.raises(Changed) as changed:
        actions.edit_source(by=cast.lena, **edit, title="Lena's title", summary="Lena's words", text=NOTES)
    assert changed.value.saved["summary"] == "Mo's words"
    assert changed.value.sent["summary"] == "Lena's words"
    assert changed.value.revision == 2


def test_a_withdrawn_source_takes_its_passages_along(cast: Cast):
    source = add(cast, authors="Lin, A.", url="https://example.org/a")
    excerpt = actions.take_excerpt(by=cast.mo, of=source.node, start=0, end=15)
    fallen = actions.withdraw_source(by=cast.mo, row=source)
    assert {node.pk for node in fallen} == {source.node_id, excerpt.node_id}
    source.refresh_from_db()
    assert (source.text, source.authors, source.url) == ("", "", "")
    assert Excerpt.objects.get().quote == ""


def test_a_pasted_passage_is_found_however_its_lines_break():
    assert queries.passages(NOTES, "All of them walk.") == [(33, 50), (66, 83)]
    assert queries.passages(NOTES, "all  summer.\r\n\r\nAll of") == [(21, 39)]
    assert queries.passages(NOTES, "nobody said this") == []
    assert queries.passages(NOTES, "  \n ") == []


def test_arabic_and_a_very_long_word_are_found_exactly():
    arabic, long = "الحافلة أغلى من السباحة", "w" * 5000
    text = f"قال أحدهم: {arabic}. {long} 👨‍👩‍👧 end"
    for passage in (arabic, long, "👨‍👩‍👧"):
        ((start, end),) = queries.passages(text, passage)
        assert text[start:end] == passage
