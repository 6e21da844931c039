"""The thread: making, tying, tracing, citing, finding and taking back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from tests.cast import Cast
from weft.core.errors import Refused
from weft.core.standing import Standing
from weft.people.programmes.access import standing_of
from weft.provenance import actions, queries
from weft.provenance.models import Link, Node, SearchText
from weft.provenance.withdrawal import withdraw


def make(cast: Cast, kind: str, title: str, *sources, **more) -> Node:
    """A node inside a transaction of its own."""
    with transaction.atomic():
        return actions.record(
            by=cast.mo, kind=kind, programme=cast.pell, team=cast.summer, title=title, sources=sources, **more
        )


def reader(cast: Cast, user=None) -> Standing:
    """How somebody stands in the programme."""
    return standing_of(user or AnonymousUser(), cast.pell)


def test_a_trace_goes_both_ways_nearest_first(cast: Cast):
    source = make(cast, "source", "Bus fares")
    finding = make(cast, "finding", "The fare matters", (source, "supports"))
    insight = make(cast, "insight", "How people get home", finding, source)
    up = queries.trace(insight.pk, "up")
    assert [item.title for item in up.items.values()] == ["Bus fares", "The fare matters"]
    assert [item.title for item in queries.trace(source.pk, "down").items.values()] == [
        "The fare matters",
        "How people get home",
    ]
    assert not up.is_truncated


def test_a_trace_is_bounded_and_says_so(cast: Cast):
    nodes = [make(cast, "source", "0")]
    for number in range(1, 9):
        nodes.append(make(cast, "finding", str(number), nodes[-1]))
    cut = queries.trace(nodes[-1].pk, "up", limit=5)
    assert cut.is_truncated
    assert [item.title for item in cut.items.values()] == ["7", "6", "5", "4", "3"]
    assert not queries.trace(nodes[-1].pk, "up", limit=8).is_truncated


def test_nothing_can_come_of_itself(cast: Cast):
    source = make(cast, "source", "a")
    finding = make(cast, "finding", "b", source)
    insight = make(cast, "insight", "c", finding)
    with pytest.raises(Refused, match="itself came of"):
        actions.link(by=cast.mo, source=insight, target=source, relation="informs")
    with pytest.raises(Refused):
        actions.link(by=cast.mo, source=source, target=source, relation="informs")


def test_a_code_that_is_not_alone_in_its_brackets_is_refused(cast: Cast):
    one, other = make(cast, "source", "a", code="S-22222"), make(cast, "source", "b", code="S-33333")
    for text in ("[[S-22222]", "[[S-22222, S-33333]]", "[[ S-22222 ]]"):
        with pytest.raises(actions.UnknownCode, match=r"Each code stands alone in double brackets: \[\[S-22222\]\]"):
            actions.cite(by=cast.mo, node=other, texts=[text])
    actions.cite(by=cast.mo, node=other, texts=["[[S-22222]] and [[what is this]] and [S-33333]"])
    assert one.out.get().target == other


def test_items_of_two_programmes_cannot_be_tied(cast: Cast):
    here = make(cast, "source", "a")
    with transaction.atomic():
        there = actions.record(by=cast.ola, kind="finding", programme=cast.other, team=cast.others, title="b")
    with pytest.raises(Refused, match="two programmes"):
        actions.link(by=cast.mo, source=here, target=there, relation="supports")


def test_a_withdrawn_link_is_kept_and_no_longer_counts(cast: Cast):
    source = make(cast, "source", "a")
    finding = make(cast, "finding", "b", (source, "supports"))
    actions.unlink(source=source, target=finding, relation="supports")
    assert queries.trace(finding.pk, "up").items == {}
    assert Link.objects.count() == 1
    actions.link(by=cast.mo, source=source, target=finding, relation="supports")
    assert Link.objects.count() == 1
    assert list(queries.trace(finding.pk, "up").items) == [source.pk]


def test_a_withdrawn_link_does_not_stand_again_in_a_circle(cast: Cast):
    first = make(cast, "finding", "a")
    second = make(cast, "finding", "b", (first, "supports"))
    actions.unlink(source=first, target=second, relation="supports")
    actions.link(by=cast.mo, source=second, target=first, relation="supports")
    with pytest.raises(Refused, match="itself came of"):
        actions.link(by=cast.mo, source=first, target=second, relation="supports")
    assert list(queries.trace(first.pk, "up").items) == [second.pk]
    assert queries.trace(second.pk, "up").items == {}


def test_citing_ties_and_no_longer_citing_unties(cast: Cast):
    source, finding = make(cast, "source", "a"), make(cast, "finding", "b")
    actions.cite(by=cast.mo, node=finding, texts=[f"See [[{source.code}]]."])
    assert list(queries.trace(finding.pk, "up").items) == [source.pk]
    actions.cite(by=cast.mo, node=finding, texts=["Nothing."])
    assert queries.trace(finding.pk, "up").items == {}


def test_a_tie_made_by_hand_outlives_a_citation(cast: Cast):
    source = make(cast, "source", "a")
    finding = make(cast, "finding", "b", source)
    actions.cite(by=cast.mo, node=finding, texts=[f"[[{source.code}]]"])
    actions.cite(by=cast.mo, node=finding, texts=[""])
    assert list(queries.trace(finding.pk, "up").items) == [source.pk]


def test_an_unknown_code_is_one_sentence(cast: Cast):
    finding = make(cast, "finding", "b")
    with pytest.raises(actions.UnknownCode, match=r"\[\[F-22222\]\] is not the code of anything"):
        actions.cite(by=cast.mo, node=finding, texts=["[[F-22222]]"])


def test_a_code_of_another_programme_is_unknown(cast: Cast):
    with transaction.atomic():
        there = actions.record(by=cast.ola, kind="source", programme=cast.other, team=cast.others, title="b")
    assert "not the code of anything" in queries.faulty_citation(cast.pell, f"[[{there.code}]]")


def test_taking_back_leaves_a_tombstone_and_takes_the_words_out_of_titles(cast: Cast):
    said = "I would bring them to the pool, but four bus fares is our food for a day."
    story = make(cast, "excerpt", "I would bring them to the pool", text=said)
    theme = make(cast, "theme", "“four bus fares is our food for a day”", story)
    with transaction.atomic():
        withdraw(node=story, said=said)
    story.refresh_from_db()
    theme.refresh_from_db()
    assert story.title == ""
    assert story.is_withdrawn
    assert "food" not in theme.title
    assert "taken back" in theme.title
    assert not SearchText.objects.filter(body__icontains="food for a day").exists()
    assert queries.trace(theme.pk, "up").items[story.pk].is_withdrawn


def test_nothing_new_rests_on_what_was_taken_back(cast: Cast):
    source, finding = make(cast, "source", "a"), make(cast, "finding", "b")
    with transaction.atomic():
        withdraw(node=source, said="a")
    with pytest.raises(Refused, match="taken back"):
        actions.link(by=cast.mo, source=source, target=finding, relation="supports")
    assert "was taken back" in queries.faulty_citation(cast.pell, f"[[{source.code}]]")


def test_search_finds_what_the_reader_may_see(cast: Cast):
    make(cast, "source", "Bus fares table", text="A return costs nine pounds")
    make(cast, "story", "Something private", text="return ticket", visibility="team")
    found = lambda words, user=None: [n.title for n in queries.search(cast.pell, words, reader(cast, user))]  # noqa: E731
    assert found("return") == ["Bus fares table"]
    assert found("return", cast.kit) == ["Bus fares table"]
    assert set(found("return", cast.mo)) == {"Bus fares table", "Something private"}
    assert found("bus pounds") == ["Bus fares table"]
    assert found('"; DROP') == []
    assert found("") == []


def test_the_panel_hides_what_only_the_team_sees(cast: Cast):
    story = make(cast, "source", "A private source", visibility="team")
    source = make(cast, "source", "A source")
    theme = make(cast, "theme", "A theme", story, (source, "contradicts"))
    seen = queries.panel(theme, reader(cast))
    assert [entry.item.title for entry in seen.up] == ["A source"]
    assert seen.up[0].is_against
    assert seen.hidden_up == 1
    assert len(queries.panel(theme, reader(cast, cast.mo)).up) == 2


def test_record_belongs_inside_a_transaction(transactional_db):
    from tests.cast import cast as stage

    people = stage()
    with pytest.raises(RuntimeError, match="inside the transaction"):
        actions.record(by=people.mo, kind="source", programme=people.pell, title="a")


def standing(node: Node) -> set[tuple[str, str, bool]]:
    links = Link.objects.filter(target=node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation", "is_citation"))


def test_what_is_untied_and_still_cited_goes_with_its_citation(cast: Cast):
    source = make(cast, "source", "a")
    finding = make(cast, "finding", "b", source)
    texts = [f"[[{source.code}]]"]
    actions.untie(by=cast.mo, source=source, target=finding, relations=["informs"], texts=texts)
    assert standing(finding) == {(source.code, "informs", True)}
    actions.cite(by=cast.mo, node=finding, texts=["Nothing."])
    assert standing(finding) == set()
    actions.link(by=cast.mo, source=source, target=finding, relation="informs")
    assert standing(finding) == {(source.code, "informs", False)}


def test_a_tie_speaks_one_way_and_stands_for_the_citation_too(cast: Cast):
    source, finding = make(cast, "source", "a"), make(cast, "finding", "b")
    ways, texts = ("supports", "contradicts"), [f"[[{source.code}]]"]
    actions.cite(by=cast.mo, node=finding, texts=texts)
    for way in (*ways, ways[0]):
        actions.tie(by=cast.mo, source=source, target=finding, relation=way, among=ways, note="Why.")
        assert standing(finding) == {(source.code, way, False)}
        actions.cite(by=cast.mo, node=finding, texts=texts)
        assert standing(finding) == {(source.code, way, False)}
    actions.untie(by=cast.mo, source=source, target=finding, relations=ways, texts=texts)
    assert standing(finding) == {(source.code, "informs", True)}


def test_untying_is_stopped_by_nothing_else_that_a_text_cites(cast: Cast):
    gone, kept = make(cast, "source", "a"), make(cast, "source", "b")
    finding = make(cast, "finding", "c", (gone, "supports"), (kept, "supports"))
    texts = [f"[[{gone.code}]] [[{kept.code}]] [[S-22222]]"]
    with transaction.atomic():
        withdraw(node=gone, said="a")
    for source in (kept, gone):
        actions.untie(by=cast.mo, source=source, target=finding, relations=["supports"], texts=texts)
    assert standing(finding) == {(kept.code, "informs", True)}


def test_a_text_may_go_on_citing_what_is_tied_and_was_taken_back(cast: Cast):
    source = make(cast, "source", "a")
    finding = make(cast, "finding", "b", (source, "supports"))
    with transaction.atomic():
        withdraw(node=source, said="a")
    actions.cite(by=cast.mo, node=finding, texts=[f"[[{source.code}]]"])
    assert standing(finding) == {(source.code, "supports", False)}
