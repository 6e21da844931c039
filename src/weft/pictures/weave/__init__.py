"""The weave: how what people said runs, thread by thread, to what was made of it and how it was answered.

Layout and drawing are deterministic: the same items and threads, in any order, give the same picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from weft.pictures.weave.arrange import arrange
from weft.pictures.weave.draw import Dress, draw
from weft.pictures.weave.frame import TALL, WIDE
from weft.pictures.weave.items import STAGES, Answer, Graph, Item, Thread
from weft.pictures.weave.light import light
from weft.pictures.weave.lists import Lit, Row, StageList, numbered, strip, table
from weft.pictures.weave.merge import merge
from weft.pictures.weave.place import place
from weft.pictures.weave.telling import captioned, described
from weft.pictures.weave.words import Numbers, Words

__all__ = [
    "STAGES",
    "Answer",
    "Item",
    "Lit",
    "Numbers",
    "Options",
    "Picture",
    "Row",
    "StageList",
    "Thread",
    "Words",
    "table",
    "weave",
]


@dataclass(frozen=True, slots=True)
class Options:
    """How a picture stands in its page. `uid` must be its own among the pictures of a page.

    `links` makes knots links (never in a tall picture nor in one that stands alone); `standalone` writes every colour
    into the SVG, for a file or a PDF.
    """

    uid: str = "weave"
    title: str = "The weave: from voices to answers"
    standalone: bool = False
    links: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn weave and what it says in words.

    `drawn` counts knots, `merged` the items that share one, `threads_not_drawn` the threads left out for lack of room;
    `caption` says so in words, and is empty where everything is drawn. `strip` lists the lit thread by stage.
    """

    svg: str
    desc: str
    caption: str
    strip: tuple[StageList, ...]
    drawn: int
    merged: int
    threads_not_drawn: int


def weave(
    items: Iterable[Item],
    threads: Iterable[Thread],
    words: Words,
    *,
    focus: str | None = None,
    wide: bool = True,
    options: Options | None = None,
) -> Picture:
    """Draw the weave, wide or turned for a phone, with the thread of the item `focus` lit."""
    options = options or Options()
    frame = WIDE if wide else TALL
    graph = Graph(items, threads)
    lit = light(graph, focus)
    merged = merge(graph, lit, frame, words.numbers.together)
    placed = place(arrange(graph, merged, frame, words.numbers.fewest), frame)
    numbers = numbered(placed)
    desc = described(graph, lit, merged, words, turned=not wide, alone=options.standalone)
    links = options.links and wide and not options.standalone
    dress = Dress(options.uid, options.title, desc, options.standalone, links)
    return Picture(
        svg=draw(placed, graph, words, numbers, dress),
        desc=desc,
        caption=captioned(merged, words),
        strip=strip(graph, numbers, words),
        drawn=len(merged.knots),
        merged=sum(len(knot.items) for knot in merged.knots if not knot.single),
        threads_not_drawn=merged.threads_not_drawn,
    )
