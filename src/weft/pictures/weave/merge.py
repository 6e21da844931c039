"""Too much to draw: merge items into knots, right to left, until every column has room.

Lit and unlit never merge, nothing is lost (every item is in exactly one knot), and the items next to the focus stay
single as far as half a column holds them.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from weft.pictures.weave.frame import Frame
from weft.pictures.weave.items import Answer, Graph, Item
from weft.pictures.weave.light import Light

MOST_UNLIT_THREADS = 60
MOST_TEAMS = 4
SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Knot:
    """One item, or several drawn as one."""

    key: str
    column: int
    items: tuple[Item, ...]
    kind: str
    teams: tuple[int, ...]
    answer: Answer | None
    voices: int
    people: int
    lit: bool
    focus: bool

    @property
    def single(self) -> Item | None:
        """The item, where it is only one."""
        return self.items[0] if len(self.items) == 1 else None


@dataclass(frozen=True, slots=True)
class Link:
    """Threads between two knots (by position), drawn as one."""

    source: int
    target: int
    against: bool
    lit: bool
    threads: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Knots in order of making, the links between them, and how many threads found no room."""

    knots: list[Knot]
    links: list[Link]
    threads_not_drawn: int


def merge(graph: Graph, light: Light, frame: Frame, together: Callable[[Iterable[int]], int]) -> Merged:
    """Merge items and threads so that they fit the frame; `together` sums up numbers of people."""
    groups = sorted(_groups(graph, light, frame))
    home = {k: number for number, group in enumerate(groups) for k in group}
    knots = [_knot(graph, light, group, together) for group in groups]
    links = _links(graph, light, home)
    drawn = _fitting([link for link in links if knots[link.source].column < knots[link.target].column], knots)
    return Merged(knots, drawn, len(graph.against) - sum(link.threads for link in drawn))


def _groups(graph: Graph, light: Light, frame: Frame) -> list[list[int]]:
    """Items by knot, each list and the lists in order of making."""
    columns: list[list[int]] = [[] for _ in graph.columns]
    for k, column in enumerate(graph.column):
        columns[column].append(k)
    home: dict[int, int] = {}
    groups: list[list[int]] = []
    for number in reversed(range(len(columns))):
        cap = frame.cap_of(*graph.columns[number], len(graph.items))
        here = columns[number]
        for group in [[k] for k in here] if len(here) <= cap else _Column(graph, light, home).split(here, cap):
            home.update(dict.fromkeys(group, len(groups)))
            groups.append(sorted(group))
    return groups


class _Column:
    """Splits the items of one full column into as many groups as it has rows."""

    def __init__(self, graph: Graph, light: Light, home: dict[int, int]) -> None:
        self.graph, self.light, self.home = graph, light, home
        focus = light.focus
        self.near = set() if focus is None else {focus, *graph.up[focus], *graph.down[focus]}

    def split(self, here: list[int], cap: int) -> list[list[int]]:
        """Rows go to the teams in proportion; each team's items are grouped to fit its rows."""
        teams: dict[int, list[int]] = defaultdict(list)
        for k in here:
            teams[self.graph.items[k].team].append(k)
        near = sorted(self.near.intersection(here), key=lambda k: (k != self.light.focus, *self._weight(k)))
        single = set(near[: max(1, cap // 2)])
        rows = seats({team: len(mine) for team, mine in teams.items()}, cap)
        return [group for team in sorted(teams) for group in self._team(teams[team], single, rows[team])]

    def _weight(self, k: int) -> tuple[int, int]:
        return -self.graph.people[k], k

    def _team(self, mine: list[int], single: set[int], rows: int) -> list[list[int]]:
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for k in mine:
            if k not in single:
                alike[self._likeness(k)].append(k)
        singles = [[k] for k in mine if k in single]
        groups = self._join(list(alike.values()), rows - len(singles))
        while len(groups) + len(singles) < rows:
            largest = max(groups, key=lambda group: (len(group), -group[0]), default=[])
            if len(largest) < 2:
                break
            largest.remove(first := min(largest, key=self._weight))
            groups.append([first])
        return singles + groups

    def _likeness(self, k: int) -> tuple[object, ...]:
        item = self.graph.items[k]
        lit = k in self.light.items
        if item.answer is not None:
            return item.kind, lit, item.answer.end, item.answer.word
        target = min(self.graph.down[k], key=self._weight, default=-1)
        return item.kind, lit, self.home.get(target, -1)

    def _join(self, groups: list[list[int]], rows: int) -> list[list[int]]:
        """While there are too many, the group with fewest people joins the next fewest of the same light."""
        sides: dict[bool, list[tuple[int, int, list[int]]]] = {True: [], False: []}
        for group in groups:
            insort(sides[group[0] in self.light.items], self._sized(group))
        while len(sides[True]) + len(sides[False]) > rows:
            able = [side for side in sides.values() if len(side) > 1]
            if not able:
                break
            side = min(able, key=lambda side: side[0])
            (*_, a), (*_, b) = side.pop(0), side.pop(0)
            insort(side, self._sized(a + b))
        return [group for side in sides.values() for *_, group in side]

    def _sized(self, group: list[int]) -> tuple[int, int, list[int]]:
        return sum(self.graph.people[k] for k in group), min(group), group


def seats(sizes: dict[int, int], cap: int) -> dict[int, int]:
    """Share `cap` rows in proportion to sizes: at least one each, largest remainder first, lower team on a tie."""
    total = sum(sizes.values())
    rows = {team: max(1, cap * size // total) for team, size in sizes.items()}
    for team in sorted(sizes, key=lambda team: (-(cap * sizes[team] % total), team)):
        if sum(rows.values()) < cap and rows[team] < sizes[team]:
            rows[team] += 1
    while sum(rows.values()) > max(cap, len(sizes)):
        rows[max(rows, key=lambda team: (rows[team], -team))] -= 1
    return rows


def _knot(graph: Graph, light: Light, group: list[int], together: Callable[[Iterable[int]], int]) -> Knot:
    items = tuple(graph.items[k] for k in group)
    first, kinds = items[0], {item.kind for item in items}
    voices = together(item.voices for item in items)
    return Knot(
        key=first.id if len(items) == 1 else f"+{first.id}",
        column=graph.column[group[0]],
        items=items,
        kind=first.kind if len(kinds) == 1 else SEVERAL,
        teams=first.teams if len(items) == 1 else _teams(items),
        answer=first.answer if len(items) == 1 else _answer([item.answer for item in items if item.answer]),
        voices=voices,
        people=max(voices, *(graph.people[k] for k in group)),
        lit=group[0] in light.items,
        focus=group == [light.focus],
    )


def _teams(items: Iterable[Item]) -> tuple[int, ...]:
    """The team the items stand with, then those they share most with."""
    count: dict[int, int] = defaultdict(int)
    first = None
    for item in items:
        first = item.team if first is None else first
        for team in item.teams:
            count[team] += 1
    return tuple(sorted(count, key=lambda team: (team != first, -count[team], team))[:MOST_TEAMS])


def _answer(answers: list[Answer]) -> Answer | None:
    """One end for several answers; where they differ it says how many were answered."""
    if not answers:
        return None
    asks = f"{len(answers)} asks"
    words = {(answer.end, answer.word) for answer in answers}
    if len(words) == 1:
        return Answer(answers[0].end, answers[0].word, asks)
    answered = sum(answer.end == "answered" for answer in answers)
    if answered:
        return Answer("answered", "Answered", asks if answered == len(answers) else f"{answered} of {asks}")
    return Answer("waiting", "No answer yet", asks)


def _links(graph: Graph, light: Light, home: dict[int, int]) -> list[Link]:
    found: dict[tuple[int, int], tuple[bool, bool, int]] = {}
    for (source, target), against in graph.against.items():
        ends = home[source], home[target]
        all_against, lit, threads = found.get(ends, (True, False, 0))
        found[ends] = all_against and against, lit or (source, target) in light.threads, threads + 1
    return [Link(source, target, *look) for (source, target), look in sorted(found.items())]


def _fitting(links: list[Link], knots: list[Knot]) -> list[Link]:
    """At most 60 unlit threads across a gap, those with most people first."""
    kept = dict.fromkeys(range(len(links)))
    widest = sorted(range(len(links)), key=lambda k: -knots[links[k].source].people)
    for gap in range(max((knot.column for knot in knots), default=0)):
        across = [
            k
            for k in widest
            if k in kept and not links[k].lit and knots[links[k].source].column <= gap < knots[links[k].target].column
        ]
        for k in across[MOST_UNLIT_THREADS:]:
            del kept[k]
    return [links[k] for k in kept]
