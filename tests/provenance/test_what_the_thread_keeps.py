"""What is kept of making a node and of each tie, whose it is, and what one tie leaves alone."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from tests.cast import Cast
from weft.listen.conversations.models import Participant
from weft.provenance import actions
from weft.provenance.batch import batch
from weft.provenance.models import Link, Node, SearchText

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)


def make(cast: Cast, *sources, **more) -> Node:
    facts = {"by": cast.mo, "kind": "finding", "programme": cast.pell, "team": cast.summer, "title": "Buses"}
    with transaction.atomic():
        return actions.record(**{**facts, "sources": sources, **more})


def ties(node: Node) -> set[tuple[Node, str, bool, str, str | None]]:
    """What an item rests on, in which way, whether only its text says so, with which note, and who said so."""
    links = Link.objects.filter(target=node, withdrawn_at=None).select_related("source", "made_by")
    return {(one.source, one.relation, one.is_citation, one.note, getattr(one.made_by, "name", None)) for one in links}


def test_a_node_says_no_more_than_it_was_given(cast: Cast):
    node = make(cast, title=f" {'a' * 301}", code="F-22222")
    node.refresh_from_db()
    assert (node.title, node.layer, node.knowledge_kind, node.visibility) == ("a" * 300, "", "", "public")
    assert SearchText.objects.get(node=node).body == f"F-22222\n{'a' * 300}"


def test_a_node_is_made_in_the_time_that_the_database_gives_back(cast: Cast):
    node = make(cast, made_at=EARLIER)
    assert (node.made_at, node.made_at.tzinfo) == (EARLIER, UTC)


def test_a_new_code_is_free_in_its_own_programme(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    make(cast, code="F-22222")
    make(cast, programme=cast.other, team=cast.others, code="F-33333")
    letters = iter("2222233333")
    monkeypatch.setattr("secrets.choice", lambda alphabet: next(letters))
    assert make(cast).code == "F-33333"


def test_a_tie_is_said_by_somebody_with_a_note_or_without(cast: Cast):
    one, two, three, four = (make(cast) for _ in range(4))
    node = make(cast, one, (two, "supports"), (three, "supports", f" {'a' * 401}"))
    actions.link(by=Participant(), source=four, target=node, relation="informs")
    assert ties(node) == {
        (one, "informs", False, "", "Mo"),
        (two, "supports", False, "", "Mo"),
        (three, "supports", False, "a" * 400, "Mo"),
        (four, "informs", False, "", None),
    }


def test_what_is_said_again_changes_a_tie_only_where_it_says_more(cast: Cast):
    source = make(cast)
    node = make(cast, (source, "informs", "Why."))
    said = {"by": cast.lena, "source": source, "target": node, "relation": "informs"}
    for more, note in (
        ({}, "Why."),
        ({"note": "Better."}, "Better."),
        ({"note": "Cited.", "is_citation": True}, "Cited."),
    ):
        actions.link(**said, **more)
        assert ties(node) == {(source, "informs", False, note, "Mo")}
    actions.unlink(source=source, target=node, relation="informs")
    actions.link(**said)
    assert ties(node) == {(source, "informs", False, "Cited.", "Mo")}


def test_a_citation_that_is_tied_by_hand_is_a_tie(cast: Cast):
    source, node = make(cast), make(cast)
    actions.cite(by=cast.mo, node=node, texts=[f"[[{source.code}]]"])
    actions.link(by=cast.lena, source=source, target=node, relation="informs")
    assert ties(node) == {(source, "informs", False, "", "Mo")}


def test_a_tie_ends_once_and_no_other_with_it(cast: Cast):
    one, two, three = make(cast), make(cast), make(cast)
    sources = [(one, "supports"), (two, "supports"), (three, "supports"), (one, "informs")]
    node, other = (make(cast, *sources) for _ in range(2))
    Link.objects.filter(target=node, source=two).update(withdrawn_at=EARLIER)
    actions.unlink(source=one, target=node, relation="supports")
    actions.unlink(source=two, target=node, relation="supports")
    assert ties(node) == {(one, "informs", False, "", "Mo"), (three, "supports", False, "", "Mo")}
    assert len(ties(other)) == 4
    assert Link.objects.get(target=node, source=two).withdrawn_at == EARLIER


def test_a_tie_in_one_way_leaves_other_citations_and_says_who_and_why(cast: Cast):
    one, two, node = make(cast), make(cast), make(cast)
    actions.cite(by=cast.mo, node=node, texts=[f"[[{one.code}]] [[{two.code}]]"])
    ways = ("supports", "contradicts")
    actions.tie(by=cast.lena, source=one, target=node, relation="supports", among=ways, note="Why.")
    kept = {(two, "informs", True, "", "Mo")}
    assert ties(node) == kept | {(one, "supports", False, "Why.", "Lena")}
    actions.tie(by=cast.lena, source=one, target=node, relation="contradicts", among=ways)
    assert ties(node) == kept | {(one, "contradicts", False, "", "Lena")}


def test_what_an_item_cites_is_followed_for_that_item_alone(cast: Cast):
    gone, kept, elsewhere = make(cast), make(cast), make(cast)
    other = make(cast)
    actions.cite(by=cast.mo, node=other, texts=[f"[[{elsewhere.code}]] [[{kept.code}]]"])
    node = make(cast, gone, (kept, "supports"))
    texts = [f"[[{kept.code}]]"]
    actions.untie(by=cast.lena, source=gone, target=node, relations=["informs"], texts=texts)
    assert ties(node) == {(kept, "supports", False, "", "Mo")}
    new = make(cast)
    actions.cite(by=cast.lena, node=new, texts=texts)
    assert ties(new) == {(kept, "informs", True, "", "Lena")}
    assert ties(other) == {(elsewhere, "informs", True, "", "Mo"), (kept, "informs", True, "", "Mo")}


def test_in_a_batch_a_tie_ends_that_stands_in_the_database_by_then(cast: Cast):
    source = make(cast)
    with transaction.atomic(), batch():
        node = make(cast, source)
        assert len(ties(node)) == 1
        actions.unlink(source=source, target=node, relation="informs")
    assert ties(node) == set()


def test_a_new_title_or_kind_of_knowledge_saves_nothing_else(cast: Cast):
    node = make(cast)
    Node.objects.filter(pk=node.pk).update(layer="community")
    actions.retitle(node=node, title=f" {'a' * 301}", text="words")
    actions.describe(node=node, knowledge_kind="lived")
    node.refresh_from_db()
    assert (node.title, node.layer, node.knowledge_kind) == ("a" * 300, "community", "lived")


def test_nothing_rests_any_more_on_what_may_only_be_read(cast: Cast):
    source, other = make(cast), make(cast)
    nodes = [make(cast, source, other) for _ in range(3)]
    Link.objects.filter(source=source, target=nodes[0]).update(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    actions.untie_all(node=source, at=EARLIER)
    assert [{one[0] for one in ties(node)} for node in nodes] == [{other}] * 3
    ended = Link.objects.filter(source=source).order_by("withdrawn_at").values_list("withdrawn_at__month", flat=True)
    assert list(ended) == [1, 3, 3]
    actions.untie_all(node=other)
    assert Link.objects.filter(source=other, withdrawn_at__gt=EARLIER).count() == 3
