"""Many items made together are the same as if each had been made by itself."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from weft.core.errors import Refused
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.stories.actions import tell
from weft.people.audit.models import Entry
from weft.provenance import actions
from weft.provenance import queries as queries_of
from weft.provenance.batch import Batch, batch
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node, SearchText
from weft.sense.findings.actions import make_gap
from weft.sense.findings.models import Gap
from weft.sense.sources.actions import add_source, take_excerpt
from weft.sense.sources.models import Excerpt


def make(cast: Cast, kind: str, code: str, *sources, **more) -> Node:
    """An item with a code."""
    facts = {"programme": cast.pell, "team": cast.summer, "title": f"About {code}", "text": "words"}
    return actions.record(by=cast.mo, kind=kind, code=code, sources=sources, **{**facts, **more})


def weave(cast: Cast) -> None:
    """Items with everything that can happen to their ties."""
    source, theme = make(cast, "source", "S-22222"), make(cast, "theme", "V-22222")
    finding = make(cast, "finding", "F-22222", (source, "supports", "twice"), (theme, "supports"))
    both = ("supports", "contradicts")
    actions.link(by=cast.mo, source=source, target=finding, relation="supports", note="said better")
    actions.tie(by=cast.mo, source=theme, target=finding, relation="contradicts", among=both)
    actions.cite(by=cast.mo, node=finding, texts=["[[S-22222]] and [[V-22222]]", "[[F-22222]]"])
    gap = make(cast, "gap", "G-22222")
    actions.cite(by=cast.mo, node=gap, texts=["[[F-22222]] [[S-22222]]"])
    actions.tie(by=cast.mo, source=source, target=gap, relation="informs", among=both)
    actions.unlink(source=source, target=gap, relation="informs")
    actions.link(by=cast.mo, source=source, target=gap, relation="informs")
    actions.cite(by=cast.mo, node=gap, texts=["[[S-22222]]"])
    actions.describe(node=gap, layer="strategic", visibility="team")
    actions.link(by=cast.mo, source=gap, target=make(cast, "project", "M-22222"), relation="addresses")
    actions.link(by=cast.mo, source=theme, target=gap, relation="informs")
    actions.retitle(node=gap, title="Another title", text="other words")


def state() -> list[object]:
    """Everything that stands in the tables of the thread."""
    links = Link.objects.order_by("id").values_list(
        "source__code", "target__code", "relation", "note", "is_citation", "made_by", "withdrawn_at__year"
    )
    nodes = Node.objects.order_by("code").values_list(
        "code", "kind", "title", "layer", "visibility", "team", "made_by", "withdrawn_at"
    )
    texts = SearchText.objects.order_by("node__code").values_list("node__code", "body")
    return [list(links), list(nodes), list(texts)]


def undone(do: Callable[[], None]) -> list[object]:
    """What stands in the tables when something has been done; it is undone again."""
    with transaction.atomic():
        do()
        found = state()
        transaction.set_rollback(True)
    return found


def test_a_batch_writes_what_is_written_without_one(cast: Cast) -> None:
    def together() -> None:
        with batch():
            weave(cast)

    alone = undone(lambda: weave(cast))
    assert alone[0]
    assert undone(together) == alone


def test_what_is_known_is_not_asked_of_the_database(cast: Cast) -> None:
    with batch() as made:
        sources = [make(cast, "source", f"S-2222{n}") for n in range(2, 6)]
        with CaptureQueriesContext(connection) as queries, made.step("a finding"):
            finding = make(cast, "finding", "F-22222", *sources[:2])
            actions.cite(by=cast.mo, node=finding, texts=["[[S-22224]] and [[S-22225]]"])
        assert [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]] == []
    assert Link.objects.filter(target=finding).count() == 4


def test_nothing_comes_of_itself_in_a_batch_either(cast: Cast) -> None:
    with batch():
        first, second = make(cast, "source", "S-22222"), make(cast, "source", "S-33333")
        finding = make(cast, "finding", "F-22222", first)
        with pytest.raises(Refused, match="itself came of"):
            actions.link(by=cast.mo, source=finding, target=finding, relation="informs")
        with pytest.raises(Refused, match="itself came of"):
            actions.link(by=cast.mo, source=finding, target=first, relation="informs")
        actions.link(by=cast.mo, source=second, target=first, relation="informs")
        with pytest.raises(Refused, match="itself came of"):
            actions.link(by=cast.mo, source=finding, target=second, relation="informs")


def test_what_is_only_to_be_read_is_refused_in_a_batch_too(cast: Cast) -> None:
    with batch():
        asked = make_conversation(by=cast.mo, of=cast.summer, prompt="What keeps people away?")
        who = add_participant(by=None, conversation=asked)
        for scopes in ((), ("analyse",)):
            story = tell(by=who, participant=who, text="The fare.", scopes=scopes)
            if scopes:
                make(cast, "theme", "V-33333", story.node)
            else:
                with pytest.raises(Refused, match="only read"):
                    make(cast, "theme", "V-22222", story.node)


def test_an_unknown_code_is_refused_in_a_batch_too(cast: Cast) -> None:
    make(cast, "source", "S-22222")
    with batch():
        theme = make(cast, "theme", "V-22222")
        actions.cite(by=cast.mo, node=theme, texts=["[[S-22222]], which was there before"])
        with pytest.raises(actions.UnknownCode, match="S-33333"):
            actions.cite(by=cast.mo, node=theme, texts=["[[S-33333]]"])


def test_an_item_is_held_as_it_stands(cast: Cast) -> None:
    before = make(cast, "source", "S-22222")
    with batch():
        own = make(cast, "source", "S-33333")
        assert actions.hold(own) is own
        held = actions.hold(before)
        assert (held, held is before) == (before, False)
        assert actions.hold(Node.objects.get(pk=own.pk)) == own


def test_rows_are_known_from_their_items(cast: Cast) -> None:
    before = make_gap(by=cast.mo, of=cast.summer, title="Before")
    with batch():
        own = make_gap(by=cast.mo, of=cast.summer, title="Own")
        theme = make(cast, "theme", "V-22222")
        with CaptureQueriesContext(connection) as queries:
            assert queries_of.rows_of(Gap, [own.node, theme]) == [own]
        assert len(queries) == 0
        assert {*queries_of.rows_of(Gap, [own.node, before.node])} == {own, before}


def test_a_passage_is_taken_once_in_a_batch_too(cast: Cast) -> None:
    with batch() as made:
        source = add_source(by=cast.mo, of=cast.summer, title="A report", type="grey", text="The last bus is at six.")
        taken = take_excerpt(by=cast.mo, of=source.node, start=4, end=12)
        with CaptureQueriesContext(connection) as queries, made.step("again"):
            assert take_excerpt(by=cast.mo, of=source.node, start=4, end=12) is taken
            other = take_excerpt(by=cast.mo, of=source.node, start=0, end=12, origin=Origin(code="Q-22222"))
        assert len(queries) == 0
    assert {one.quote for one in Excerpt.objects.all()} == {taken.quote, other.quote}


def failing(made: Batch, cast: Cast, *sources: Node) -> None:
    """Make an item in a step that fails."""
    with made.step("failing"):
        make(cast, "finding", "F-22222", *sources)
        raise Refused("No.")


def test_a_step_that_fails_is_forgotten(cast: Cast) -> None:
    with batch() as made:
        with made.step("before"):
            source = make(cast, "source", "S-22222")
        with pytest.raises(Refused):
            failing(made, cast, source)
        with made.step("after"):
            theme = make(cast, "theme", "V-22222", source)
            with pytest.raises(actions.UnknownCode):
                actions.cite(by=cast.mo, node=theme, texts=["[[F-22222]]"])
    assert set(Node.objects.values_list("code", flat=True)) == {"S-22222", "V-22222"}
    assert Link.objects.get().target == theme


def test_the_trail_is_kept_in_order(cast: Cast) -> None:
    with batch():
        for number in range(3):
            make_conversation(by=cast.mo, of=cast.summer, prompt="What?", code=f"c{number}-pell")
    assert [one.on for one in Entry.objects.order_by("id")] == ["c0-pell", "c1-pell", "c2-pell"]


def test_saving_an_item_that_waits_writes_it_once(cast: Cast) -> None:
    with batch():
        source = make(cast, "source", "S-22222")
        source.title = "Another title"
        source.save(update_fields=["title"])
    assert Node.objects.get().title == "Another title"
