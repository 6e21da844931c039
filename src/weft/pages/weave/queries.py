"""What the weave shows of a programme or of one team: every public knot, the threads between, and who is behind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from weft.act.manifestos.models import Ask
from weft.act.manifestos.queries import OPEN, is_silent
from weft.core import codes, counts, dates
from weft.core.caching import kept
from weft.core.numbers import in_words
from weft.learn.insights.models import Recommendation
from weft.people.programmes.models import Programme, Team
from weft.pictures.weave import Answer, Item, Numbers, Options, Picture, Row, Thread, Words, table, weave
from weft.provenance.models import AskState, Node, Relation
from weft.provenance.queries import Crowd, Crowds, sources_among, stamp, threads_above, voices_behind
from weft.provenance.registry import NOUNS, Use
from weft.provenance.visibility import public

MOST = 2000
MOST_BEHIND = 10_000
KEPT_FOR = 3600
SHARED = (Use.CASE, Use.LESSON)
MOST_TEAMS = 4


@dataclass(frozen=True)
class Weave:
    """The picture for wide screens and for phones, and the same facts as a table."""

    wide: Picture
    tall: Picture
    rows: tuple[Row, ...]
    focus: str
    focus_title: str
    is_empty: bool
    is_cut: bool
    asked: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Fabric:
    """What a weave is drawn from; and how every public ask stands, and since when."""

    items: list[Item]
    threads: list[Thread]
    words: Words
    is_cut: bool
    asked: tuple[tuple[str, date], ...]


def woven(programme: Programme, team: Team | None = None, focus: str = "", at: str = "") -> Weave:
    """The weave of a programme, or the part of it that one team has made; kept until something changes.

    `at` is the programme's stamp, for those who have read it already. There may be as many pictures as items; none is
    kept for a focus that is nothing here.
    """
    focus = focus.upper() if codes.is_code(focus.upper()) else ""
    at, of = at or stamp(programme), team.pk if team else 0

    def draw() -> Weave:
        return _draw(kept(f"fabric-{of}", at, KEPT_FOR, lambda: fabric(programme, team)), focus)

    return kept(f"weave-{of}-{focus}", at, KEPT_FOR, draw, lambda found: found.focus == focus)


def _draw(cloth: Fabric, focus: str) -> Weave:
    by_code = {item.code: item for item in cloth.items}
    lit = by_code.get(focus)
    threads = without_detours(cloth.threads)
    pictures = [
        weave(
            cloth.items,
            threads,
            cloth.words,
            focus=lit.id if lit else None,
            wide=wide,
            options=Options(uid="weave" if wide else "weave-tall"),
        )
        for wide in (True, False)
    ]
    return Weave(
        wide=pictures[0],
        tall=pictures[1],
        rows=table(cloth.items, cloth.threads, cloth.words),
        focus=lit.code if lit else "",
        focus_title=lit.title if lit else "",
        is_empty=not cloth.items,
        is_cut=cloth.is_cut,
        asked=cloth.asked,
    )


def fabric(programme: Programme, team: Team | None = None) -> Fabric:
    """The items, threads and words of a weave: of the newest knots, and six queries, however much there is."""
    prefetch_related_objects([programme], "teams")
    teams = list(programme.teams.all())
    place = {one.pk: number for number, one in enumerate(teams)}
    kinds = [kind.key for kind in NOUNS.values() if kind.is_knot]
    tied = Node.objects.filter(public(), programme=programme, kind__in=kinds, withdrawn_at=None)
    newest = list(tied.order_by("-made_at", "-id")[: MOST + 1])
    knots = {node.pk: node for node in newest[:MOST]}
    found, links = threads_above(knots, MOST_BEHIND)
    sources: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for link in links:
        sources[link.target].append((link.source, link.relation))
    used = {link.source for link in links}
    crowds = Crowds(sources_among(links), voices_behind(item for item in found if item.id in used))
    behind = _behind(crowds, knots)
    if team is not None:
        knots = _of_team(team, knots, sources)
    answers, asked = _answers(programme)
    order = {key: n for n, key in enumerate(sorted(knots, key=lambda k: (knots[k].made_at, k)))}
    items = [
        Item(
            id=str(key),
            teams=_teams(node, knots, sources, place),
            stage=node.about.stage,
            kind=node.kind,
            title=node.title,
            code=node.code,
            voices=behind.own.get(key, 0),
            people=behind.all.get(key, 0),
            order=order[key],
            answer=answers.get(key) or _published(node),
            url=reverse(node.about.page, kwargs={"programme": programme.slug, "code": node.code}),
        )
        for key, node in knots.items()
    ]
    threads = [
        Thread(str(source), str(key), relation)
        for key in knots
        for source, relation in _knots_above(key, knots, sources)
    ]
    words = Words(
        Numbers(in_words, counts.people, counts.voices, counts.together, counts.smallest()),
        team_names=[one.name for one in teams],
        kinds={key: (noun.said, noun.said_of_many) for key, noun in NOUNS.items()},
        short={"problem": ("problem", "problems")},
        team_voices={place[key]: number for key, number in behind.by_team.items() if key in place},
        all_voices=behind.by_team.get(team.pk, 0) if team else behind.everybody,
    )
    is_cut = len(newest) > MOST or len(found) - len(knots) > MOST_BEHIND
    return Fabric(items, threads, words, is_cut, asked)


def without_detours(threads: list[Thread]) -> list[Thread]:
    """The threads that the picture needs: none beside another that runs through more knots to the same end.

    What an item comes from stays the same (a transitive reduction); what speaks against something is always drawn.
    """
    above: dict[str, set[str]] = defaultdict(set)
    for thread in threads:
        if thread.relation != Relation.CONTRADICTS:
            above[thread.target].add(thread.source)
    beyond: dict[str, frozenset[str]] = {}

    def reached(key: str) -> frozenset[str]:
        if key not in beyond:
            beyond[key] = frozenset().union(above[key], *(reached(source) for source in above[key]))
        return beyond[key]

    return [
        thread
        for thread in threads
        if thread.relation == Relation.CONTRADICTS
        or not any(thread.source in reached(other) for other in above[thread.target] if other != thread.source)
    ]


Sources = dict[UUID, list[tuple[UUID, str]]]


def _knots_above(key: UUID, knots: dict[UUID, Node], sources: Sources) -> list[tuple[UUID, str]]:
    """The nearest knots that a knot comes from, through excerpts and days that are no knots themselves."""
    found: dict[UUID, str] = {}
    seen, todo = {key}, [(source, relation) for source, relation in sources.get(key, ())]
    while todo:
        one, relation = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in knots:
            found.setdefault(one, relation)
        else:
            todo += [(other, relation) for other, _ in sources.get(one, ())]
    return sorted(found.items(), key=lambda pair: pair[0])


@dataclass(frozen=True)
class Behind:
    """How many people each knot gathers itself and has behind it in all, and how many different ones there are."""

    own: dict[UUID, int]
    all: dict[UUID, int]
    by_team: dict[int | None, int]
    everybody: int


def _people(crowd: Crowd) -> int:
    """How many different people: those whose words it is, or those who answered, if they are more."""
    return max(crowd.words, crowd.answered)


def _behind(crowds: Crowds, knots: dict[UUID, Node]) -> Behind:
    """Who is behind the knots."""
    first: dict[int | None, list[UUID]] = defaultdict(list)
    for key, node in knots.items():
        if node.about.stage == 0:
            first[node.team_id].append(key)
    teams = {team: crowds.together(keys) for team, keys in first.items()}
    return Behind(
        own={key: _people(crowds.of(key)) for keys in first.values() for key in keys},
        all={key: _people(crowds.of(key)) for key in knots},
        by_team={team: _people(crowd) for team, crowd in teams.items()},
        everybody=_people(crowds.gathered(teams.values())),
    )


def _of_team(team: Team, knots: dict[UUID, Node], sources: Sources) -> dict[UUID, Node]:
    """A team's own knots and what came of them elsewhere."""
    kept = {key for key, node in knots.items() if node.team_id == team.pk}
    grown = True
    while grown:
        more = {
            key for key in knots if key not in kept and any(s in kept for s, _ in _knots_above(key, knots, sources))
        }
        grown = bool(more)
        kept |= more
    return {key: node for key, node in knots.items() if key in kept}


def _teams(node: Node, knots: dict[UUID, Node], sources: Sources, place: dict[int, int]) -> tuple[int, ...]:
    """The teams an item stands with: its own, or those of what it rests on where several teams learned it."""
    own = (place[node.team_id],) if node.team_id is not None else ()
    if own and node.about.rests_on not in SHARED:
        return own
    above = _knots_above(node.pk, knots, sources)
    found = {place[team] for source, _ in above if (team := knots[source].team_id) is not None}
    return tuple(sorted(found))[:MOST_TEAMS] or own


def _published(node: Node) -> Answer | None:
    return Answer("answered", "Published", dates.short(node.made_at)) if node.kind == "edition" else None


def _answers(programme: Programme) -> tuple[dict[UUID, Answer], tuple[tuple[str, date], ...]]:
    """How each public ask and recommendation ends, and how the asks stand and since when. One query."""
    drawn = Q(public("node__"), node__programme=programme, node__withdrawn_at=None)
    columns = ("node_id", "state", "node__kind")
    asks = Ask.objects.filter(drawn).values_list(*columns, "asked_on")
    recommended = Recommendation.objects.filter(drawn).values_list(*columns, "made_on")
    rows = list(asks.order_by().union(recommended.order_by(), all=True))
    ends = {key: ending(state, since) for key, state, _, since in rows}
    return ends, tuple((state, since) for _, state, kind, since in rows if kind == "ask")


def ending(state: str, asked_on: date) -> Answer:
    """The end of a thread: answered, waiting, or silent for a month and more."""
    days = dates.days_since(asked_on)
    if is_silent(state, asked_on):
        return Answer("silent", "No reply", f"{days} days")
    if state in OPEN:
        return Answer("waiting", AskState(state).label, {0: "today", 1: "yesterday"}.get(days, f"{days} days ago"))
    if state == AskState.NO:
        return Answer("answered", "No", "with reasons")
    return Answer("answered", AskState(state).label)
