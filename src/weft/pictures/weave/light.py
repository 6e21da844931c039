"""What a focus lights: everything it comes from and everything that came of it."""

from dataclasses import dataclass

from weft.pictures.weave.items import Graph


@dataclass(frozen=True, slots=True)
class Light:
    """The lit items and threads by position, and the focus; nothing is lit without one.

    `before` and `after` are what the focus comes from and what came of it, without the focus itself.
    """

    focus: int | None = None
    before: frozenset[int] = frozenset()
    after: frozenset[int] = frozenset()
    items: frozenset[int] = frozenset()
    threads: frozenset[tuple[int, int]] = frozenset()


def light(graph: Graph, focus: str | None) -> Light:
    """Follow the threads from the focus both ways; an unknown focus lights nothing."""
    here = graph.position.get(focus) if focus is not None else None
    if here is None:
        return Light()
    before = _reach(graph.up, here)
    after = _reach(graph.down, here)
    threads = {(source, k) for k in before for source in graph.up[k]}
    threads |= {(k, target) for k in after for target in graph.down[k]}
    both = frozenset(before | after)
    return Light(here, frozenset(before - {here}), frozenset(after - {here}), both, frozenset(threads))


def _reach(neighbours: list[list[int]], start: int) -> set[int]:
    seen, todo = {start}, [start]
    while todo:
        for k in neighbours[todo.pop()]:
            if k not in seen:
                seen.add(k)
                todo.append(k)
    return seen
