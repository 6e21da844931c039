"""Whatever its kind, an item is seen by those who may see it and by nobody else, wherever it could be named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache as remembered

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from tests.house.nouns.making import House, lists, made, word
from tests.journeys.walker import Walker
from weft.listen.conversations.models import Consent, Moderation, Scope, Statement
from weft.provenance.actions import link
from weft.provenance.models import Node, Relation, SearchText, Visibility
from weft.provenance.registry import NOUNS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# How far each reader sees: a stranger, somebody of another programme, of another team, of the team, a convenor.
READERS = {"": 0, "ola": 0, "kit": 1, "mo": 2, "cora": 2}
WIDTH = {Visibility.PUBLIC: 0, Visibility.PROGRAMME: 1, Visibility.TEAM: 2}
ONLY_PUBLIC = {"edition": "It comes out for everybody."}
IN_NO_LIST = {
    "statement": "It is named in its conversation.",
    "excerpt": "It is named where its source is.",
    "activity": "It is named where its project is.",
}
WORDS_OF_ANOTHER = {"map": "It is called after the question that was asked."}
FINDABLE = "zqfindable"
each_kind = pytest.mark.parametrize("kind", NOUNS)


def may_see(kind: str, visibility: str, who: str) -> bool:
    """Whether a reader is to see an item."""
    return kind in ONLY_PUBLIC or READERS[who] >= WIDTH[Visibility(visibility)]


@dataclass(frozen=True)
class Seen:
    """What one reader is shown while all items have one visibility: each page, a neighbour of all, search, lists."""

    pages: dict[str, int]
    beside: str
    search: str
    lists: dict[str, str]


Look = Callable[[str, str], Seen]


@pytest.fixture(scope="module")
def look(house: House) -> Look:
    """What a reader is shown at a visibility; each walk is made once."""
    nodes = list(house.nodes.values())
    beside = made(house, "finding", title="So it is")
    for node in nodes:
        link(by=None, source=node, target=beside, relation=Relation.SUPPORTS)
    SearchText.objects.filter(node__in=nodes).update(body=Concat("body", Value(f" {FINDABLE}")))

    @remembered
    def look(visibility: str, who: str) -> Seen:
        with transaction.atomic():
            cache.clear()
            _show_to(visibility, nodes)
            seen = _walk(house, house.walker(who), beside, not may_see("theme", visibility, who) or who == "mo")
            transaction.set_rollback(True)
        return seen

    return look


def _show_to(visibility: str, nodes: Iterable[Node]) -> None:
    """Give all items a visibility, with what that means for what was said."""
    Node.objects.filter(pk__in=[node.pk for node in nodes if node.kind not in ONLY_PUBLIC]).update(
        visibility=visibility
    )
    if visibility != Visibility.PUBLIC:
        Statement.objects.filter(node__in=nodes).update(moderation=Moderation.HIDDEN)
    if visibility == Visibility.TEAM:
        Consent.objects.filter(node__in=nodes, scope__in=[Scope.QUOTE, Scope.DESCRIBE]).delete()


def _walk(house: House, walker: Walker, beside: Node, with_lists: bool) -> Seen:
    search = f"{reverse('search:search', args=[house.people.pell.slug])}?words={FINDABLE}&kind="
    return Seen(
        {kind: walker.open(node.get_absolute_url()).status for kind, node in house.nodes.items()},
        walker.open(beside.get_absolute_url()).html,
        walker.open(search).html,
        {address: walker.open(address).html for address in lists(house)} if with_lists else {},
    )


@pytest.mark.parametrize("visibility", WIDTH)
@pytest.mark.parametrize("who", READERS, ids=lambda who: who or "stranger")
@each_kind
def test_it_is_seen_by_those_who_may(house: House, look: Look, kind: str, visibility: str, who: str) -> None:
    seen, code, may = look(visibility, who), house.nodes[kind].code, may_see(kind, visibility, who)
    assert seen.pages[kind] == (200 if may else 404)
    assert (code in seen.beside) is may
    assert (code in seen.search) is may
    if not may:
        names = {code} if kind in WORDS_OF_ANOTHER else {code, word(kind)}
        assert [address for address, html in seen.lists.items() if any(name in html for name in names)] == []


@each_kind
def test_its_team_finds_it_in_a_list(house: House, look: Look, kind: str) -> None:
    listed = [address for address, html in look(Visibility.TEAM, "mo").lists.items() if house.nodes[kind].code in html]
    assert bool(listed) is (kind not in IN_NO_LIST)


@each_kind
def test_it_is_found_by_its_words(house: House, kind: str) -> None:
    page = reverse("search:search", args=[house.people.pell.slug])
    assert house.nodes[kind].code in house.walker("").open(f"{page}?words={word(kind)}&kind={kind}").html


@pytest.mark.parametrize("kind", [key for key, noun in NOUNS.items() if noun.is_knot and key not in ONLY_PUBLIC])
def test_it_is_drawn_in_the_weave_while_everybody_may_see_it(house: House, look: Look, kind: str) -> None:
    page, code = reverse("programme:programme", args=[house.people.pell.slug]), house.nodes[kind].code
    drawn = {visibility for visibility in WIDTH if code in look(visibility, "mo").lists[page]}
    assert drawn == {Visibility.PUBLIC}
