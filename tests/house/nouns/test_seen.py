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

from tests.house.nouns.making import House, word
from weft.listen.conversations.models import Consent, Moderation, Scope, Statement
from weft.provenance.registry import KINDS
from weft.provenance.models import Node, Relation, SearchText, Visibility
from weft.sense.findings.actions import make_finding

pytestmark = pytest.mark.django_db

# How far each reader sees: a stranger, somebody of another programme, of another team, of the team, a convenor.
READERS = {"": 0, "ola": 0, "kit": 1, "mo": 2, "cora": 2}
WIDTH = {Visibility.PUBLIC: 0, Visibility.PROGRAMME: 1, Visibility.TEAM: 2}
ONLY_PUBLIC = {"edition": "It comes out for everybody."}
# Items that are named on no list, only on what they belong to.
IN_NO_LIST = {"excerpt": "its source", "activity": "its project", "statement": "its conversation", "map": "search"}
LISTS = (
    *("programme:programme", "reports:report", "responses:asks", "insights:insights", "cohort:cohort"),
    *("team:team", "stories:list", "findings:findings", "findings:gaps", "sources:sources", "reflections:reflections"),
)
TABS = ("listen", "sense", "frame", "act", "learn", "share")
FINDABLE = "zqfindable"
each_kind = pytest.mark.parametrize("kind", KINDS)
each_reader = pytest.mark.parametrize("who", READERS, ids=lambda who: who or "stranger")
each_visibility = pytest.mark.parametrize("visibility", WIDTH)


@dataclass(frozen=True)
class Seen:
    """What one reader is shown while all items have one visibility: pages and panels by kind, search, every list."""

    pages: dict[str, int]
    panels: dict[str, str]
    search: str
    lists: dict[str, str]


Look = Callable[[str, str], Seen]


@pytest.fixture(scope="module")
def look(house: House) -> Look:
    """What a reader is shown at a visibility; each walk is made once."""
    beside = {kind: _resting_on(house, node) for kind, node in house.nodes.items()}
    nodes = [node.pk for node in house.nodes.values()]
    SearchText.objects.filter(node__in=nodes).update(body=Concat("body", Value(f" {FINDABLE}")))

    @remembered
    def look(visibility: str, who: str) -> Seen:
        with transaction.atomic():
            cache.clear()
            _show_to(visibility, nodes)
            seen = _walk(house, who, beside)
            transaction.set_rollback(True)
        return seen

    return look


def _resting_on(house: House, node: Node) -> Node:
    """A neighbour that everybody sees."""
    return make_finding(by=None, team=house.people.summer, title="So it is", evidence=[(node, Relation.SUPPORTS)]).node


def _show_to(visibility: str, nodes: Iterable[object]) -> None:
    """Give all items a visibility, with what that means for what was said."""
    Node.objects.filter(pk__in=nodes).exclude(kind__in=ONLY_PUBLIC).update(visibility=visibility)
    if visibility != Visibility.PUBLIC:
        Statement.objects.filter(node__in=nodes).update(moderation=Moderation.HIDDEN)
        Consent.objects.filter(node__in=nodes, scope__in=[Scope.QUOTE, Scope.DESCRIBE]).delete()


def _walk(house: House, who: str, beside: dict[str, Node]) -> Seen:
    walker, pell = house.walker(who), house.people.pell.slug
    teams = {"team", "stories", "findings", "sources", "reflections"}
    lists = [house.team(name) if name.partition(":")[0] in teams else reverse(name, args=[pell]) for name in LISTS]
    lists += [reverse("team:workspace", args=[pell, house.people.summer.slug, tab]) for tab in TABS]
    return Seen(
        {kind: walker.open(node.get_absolute_url()).status for kind, node in house.nodes.items()},
        {kind: walker.open(node.get_absolute_url()).html for kind, node in beside.items()},
        walker.open(f"{reverse('search:search', args=[pell])}?words={FINDABLE}&kind=").html,
        {address: walker.open(address).html for address in lists},
    )


def may_see(kind: str, visibility: str, who: str) -> bool:
    return kind in ONLY_PUBLIC or READERS[who] >= WIDTH[Visibility(visibility)]


@each_visibility
@each_reader
@each_kind
def test_it_is_seen_by_those_who_may(house: House, look: Look, kind: str, visibility: str, who: str) -> None:
    seen, code, may = look(visibility, who), house.nodes[kind].code, may_see(kind, visibility, who)
    assert seen.pages[kind] == (200 if may else 404)
    assert (code in seen.panels[kind]) is may
    assert (code in seen.search) is may
    listed = [address for address, html in seen.lists.items() if code in html]
    if not may:
        named = [address for address, html in seen.lists.items() if word(kind) in html and kind != "map"]
        assert not listed
        assert not named
    elif who == "mo" and kind not in IN_NO_LIST:
        assert listed


@each_kind
def test_it_is_found_by_its_words(house: House, kind: str) -> None:
    page = reverse("search:search", args=[house.people.pell.slug])
    assert house.nodes[kind].code in house.walker("").open(f"{page}?words={word(kind)}&kind={kind}").html


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS.values() if kind.knot])
def test_it_is_drawn_in_the_weave_for_all_to_see(house: House, look: Look, kind: str) -> None:
    page = reverse("programme:programme", args=[house.people.pell.slug])
    drawn = {visibility: look(visibility, "cora").lists[page] for visibility in WIDTH}
    code = house.nodes[kind].code
    assert {visibility for visibility, html in drawn.items() if code in html} == (
        set(WIDTH) if kind in ONLY_PUBLIC else {Visibility.PUBLIC}
    )
