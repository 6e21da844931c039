"""What a file names must stand in it, and everything is written after what it rests on."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from weft.core import codes
from weft.core.text import citations
from weft.filing.lines import Document, Fault, Faulty, Path, near
from weft.filing.parts import Citing, Part, Reference
from weft.programme_file.schema import File

ONE = {
    "people": "person",
    "organisations": "organisation",
    "places": "place",
    "venues": "venue",
    "teams": "team",
    "conversations": "conversation",
}


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


def check(document: Document, file: File) -> None:
    """Refuse a file in which a name stands for nothing or for two things."""
    names, faults = _names(document, file)
    for path, value in walk(file):
        if isinstance(value, Reference):
            if value not in names[value.what]:
                faults.append(document.fault(path, _unknown(value, names[value.what])))
        elif isinstance(value, Citing):
            for code in citations(value):
                if code not in names["items"]:
                    said = f"the text cites [[{code}]], and there is no item with the code {code}."
                    faults.append(document.fault(path, said + near(code, alike(code, names["items"]))))
    faults += _numbers(document, file)
    if faults:
        raise Faulty(document.name, faults)


def alike(code: str, known: Iterable[str]) -> list[str]:
    """The codes of the same kind of item."""
    return sorted(other for other in known if codes.prefix(other) == codes.prefix(code))


def _unknown(value: Reference, known: Iterable[str]) -> str:
    if value.what == "items":
        return f"there is no item with the code {value}.{near(value, alike(value, known))}"
    listed = sorted(known)
    said = f" {value.what.capitalize()} here: {', '.join(listed[:20])}." if listed else ""
    return f"there is no {ONE[value.what]} called {value} in this file.{near(value, listed) or said}"


def _names(document: Document, file: File) -> tuple[dict[str, set[str]], list[Fault]]:
    """Everything that can be named, and what is named twice."""
    names: dict[str, set[str]] = {what: set() for what in (*ONE, "items")}
    faults = []
    for path, what, name in _named(file):
        if name in names[what]:
            said = "item with the code" if what == "items" else f"{ONE[what]} called"
            faults.append(document.fault(path, f"there is another {said} {name} before it."))
        names[what].add(name)
    return names, faults


def _named(file: File) -> Iterator[tuple[Path, str, str]]:
    for at, person in enumerate(file.people):
        yield ("people", at, "key"), "people", person.key
    for what in ("organisations", "teams"):
        for at, one in enumerate(getattr(file, what)):
            yield (what, at, "slug"), what, one.slug
    for at, place in enumerate(file.places):
        yield ("places", at, "slug"), "places", place.slug
        for number, venue in enumerate(place.venues):
            yield ("places", at, "venues", number, "slug"), "venues", f"{place.slug}/{venue.slug}"
    for at, conversation in enumerate(file.conversations):
        here: Path = ("conversations", at)
        yield (*here, "code"), "conversations", conversation.code
        for what in ("statements", "stories"):
            for number, said in enumerate(getattr(conversation, what)):
                yield (*here, what, number, "code"), "items", said.code
    for what in ("items", "tombstones"):
        for at, item in enumerate(getattr(file, what)):
            yield (what, at, "code"), "items", item.code
    for at, edition in enumerate(file.report.editions if file.report else []):
        yield ("report", "editions", at, "code"), "items", edition.code


def _numbers(document: Document, file: File) -> Iterator[Fault]:
    """Participants are named by their number in their conversation."""
    known: dict[str, set[int]] = {}
    for at, conversation in enumerate(file.conversations):
        here: Path = ("conversations", at)
        numbers: set[int] = set()
        for place, one in enumerate(conversation.participants):
            if one.number in numbers:
                said = f"there is another participant with the number {one.number} before it."
                yield document.fault((*here, "participants", place, "number"), said)
            numbers.add(one.number)
        known[conversation.code] = numbers
        named = [(("statements", n, "author"), s.author) for n, s in enumerate(conversation.statements)]
        named += [(("stories", n, "participant"), s.participant) for n, s in enumerate(conversation.stories)]
        for path, number in named:
            if number is not None and number not in numbers:
                said = f"there is no participant with the number {number} in the conversation {conversation.code}."
                yield document.fault((*here, *path), said)
    for at, item in enumerate(file.items):
        for place, mark in enumerate(getattr(item, "marks", [])):
            if mark.participant and mark.participant[1] not in known.get(mark.participant[0], set()):
                said = f"there is no participant with the number {mark.participant[1]} in that conversation."
                yield document.fault(("items", at, "marks", place, "participant"), said)


def ordered(document: Document, steps: list[Step], there: set[str]) -> Iterator[Step]:
    """The steps so that each comes after what it needs; otherwise by time, then by place in the file."""
    waiting = [step.needs - there - {step.gives} for step in steps]
    wanted: dict[str, list[int]] = {}
    for number, needs in enumerate(waiting):
        for code in needs:
            wanted.setdefault(code, []).append(number)
    ready = [(steps[number].at, number) for number, needs in enumerate(waiting) if not needs]
    heapq.heapify(ready)
    done = 0
    while ready:
        _, number = heapq.heappop(ready)
        step = steps[number]
        done += 1
        yield step
        for other in wanted.get(step.gives, ()):
            waiting[other].discard(step.gives)
            if not waiting[other]:
                heapq.heappush(ready, (steps[other].at, other))
    if done < len(steps):
        raise Faulty(document.name, [_circle(document, steps, waiting)])


def _circle(document: Document, steps: list[Step], waiting: list[set[str]]) -> Fault:
    """One plain sentence about a circle."""
    gives = {step.gives: number for number, step in enumerate(steps) if waiting[number]}
    code = next(step.gives for number, step in enumerate(steps) if waiting[number] and step.gives)
    path: list[str] = []
    while code not in path:
        path.append(code)
        code = min(other for other in waiting[gives[code]] if other in gives)
    circle = [*path[path.index(code) :], code]
    said = " rests on ".join(circle)
    return document.fault(steps[gives[code]].path, f"this goes round in a circle: {said}. Take one of these away.")
