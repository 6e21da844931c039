"""Random programmes for properties that hold for every weave, with circles, strangers and items of no team."""

from hypothesis import settings
from hypothesis import strategies as st

from weft.core.counts import together
from weft.pictures.weave import Answer, Item, Thread
from weft.pictures.weave.arrange import arrange
from weft.pictures.weave.frame import TALL, WIDE, Frame
from weft.pictures.weave.items import Graph
from weft.pictures.weave.light import Light, light
from weft.pictures.weave.merge import Merged, merge
from weft.pictures.weave.place import Placed, place

few = settings(max_examples=40, deadline=None)  # each example draws a whole weave
KINDS = (("theme",), ("finding", "gap"), ("problem",), ("project",), ("reflection", "insight"), ("ask", "edition"))
ENDS = (
    None,
    Answer("answered", "Yes"),
    Answer("answered", "No", "with reasons"),
    Answer("waiting", "Asked"),
    Answer("silent", "No reply", "30 days"),
)


@st.composite
def programmes(draw: st.DrawFn, most: int = 70) -> tuple[list[Item], list[Thread]]:
    """Any items and any threads."""
    chance = draw(st.randoms(use_true_random=False))
    count, teams = draw(st.integers(0, most)), draw(st.integers(1, 10))
    items = []
    for k in range(count):
        stage = chance.choice((0, 0, 0, 1, 1, 2, 3, 4, 4, 5))
        items.append(
            Item(
                id=f"i{k}",
                teams=tuple(chance.sample(range(teams), min(teams, chance.choice((0, 1, 1, 1, 2))))),
                stage=stage,
                kind=chance.choice(KINDS[stage]),
                title=f"Item {k}",
                voices=chance.choice((0, 3, 12, 40)) if stage == 0 else 0,
                order=chance.randrange(1 + count),
                answer=chance.choice(ENDS) if stage == 5 else None,
                url=f"?focus=i{k}",
            )
        )
    wanted = draw(st.integers(0, 3 * count))
    pairs = [(chance.randrange(count + 1), chance.randrange(count + 1)) for _ in range(wanted)]
    relations = ("supports", "supports", "contradicts")
    return items, [Thread(f"i{a}", f"i{b}", chance.choice(relations)) for a, b in pairs]


def merged(items: list[Item], threads: list[Thread], focus: str | None, frame: Frame) -> tuple[Graph, Light, Merged]:
    """The first half of the work."""
    graph = Graph(items, threads)
    lit = light(graph, focus)
    return graph, lit, merge(graph, lit, frame, together)


def placed(items: list[Item], threads: list[Thread], *, focus: str | None = None, wide: bool = True) -> Placed:
    """The layout, not yet drawn."""
    frame = WIDE if wide else TALL
    graph, _, knots = merged(items, threads, focus, frame)
    return place(arrange(graph, knots, frame, 10), frame)
