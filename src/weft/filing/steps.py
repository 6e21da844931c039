"""Everything is written after what it rests on."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from weft.core.text import citations
from weft.filing.lines import Path
from weft.filing.parts import Citing, Part, Reference


@dataclass
class Step:
    """One thing to be written: when it happened, where it stands, what must be there before it."""

    at: datetime
    path: Path
    do: Callable[[Any], None]
    gives: str = ""
    needs: set[str] = field(default_factory=set)


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that is given in a part, with its path."""
    if isinstance(value, Part):
        for name in value.model_fields_set:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from walk(one, (*path, at))
    elif isinstance(value, str):
        yield path, value


def codes_in(value: Any) -> Iterator[str]:
    """The codes that a part names or cites."""
    for _, text in walk(value):
        if isinstance(text, Reference) and text.what == "items":
            yield str(text)
        elif isinstance(text, Citing):
            yield from citations(text)


def ordered(steps: list[Step | None], there: set[str], told: Callable[[Path, str], None]) -> Iterator[Step]:
    """The steps so that each comes after what it needs; otherwise by time, then by place in the file.

    A step that was taken is let go, with its part of the file. What goes round in a circle is told at the end.
    """
    done = {*there}
    needs = [len(step.needs - done) if step else 0 for step in steps]
    wanted: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        for code in step.needs - done if step else ():
            wanted.setdefault(code, []).append(number)
    times = [step.at for step in steps if step]
    ready = [(times[number], number) for number, count in enumerate(needs) if not count]
    heapq.heapify(ready)
    while ready:
        _, number = heapq.heappop(ready)
        step, steps[number] = steps[number], None
        if step is None:
            continue
        yield step
        done.add(step.gives)
        for other in wanted.pop(step.gives, ()):
            needs[other] -= 1
            if not needs[other]:
                heapq.heappush(ready, (times[other], other))
    _tell_circles({step.gives: (step.path, step.needs - done) for step in steps if step}, told)


def _tell_circles(left: dict[str, tuple[Path, set[str]]], told: Callable[[Path, str], None]) -> None:
    """One plain sentence about each circle; what only waits for one is not told."""
    while left:
        path: list[str] = []
        code = next(iter(left))
        while code in left and code not in path:
            path.append(code)
            code = min(left[code][1] & {*left}, default="")
        if code in left:
            said = " rests on ".join([*path[path.index(code) :], code])
            told(left[code][0], f"this goes round in a circle: {said}. Take one of these away.")
        for one in path:
            del left[one]
