"""Who came among many from one place, or answered as many from there did.

The methods bring NumPy with them, so they are imported where they are called.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from weft.core import dates
from weft.listen.bursts.queries import MANY, WINDOW, Arrived, arrivals, left_by
from weft.listen.conversations.models import Conversation
from weft.listen.conversations.queries.figures import answers_of


@dataclass(frozen=True)
class Found:
    """People of one arrival group to decide on together."""

    people: tuple[UUID, ...]
    first_at: datetime
    last_at: datetime
    came_at_once: bool
    alike: int
    answers: int
    stories: int

    @property
    def key(self) -> str:
        """What a form sends to name them."""
        return f"{self.first_at.isoformat()}/{len(self.people)}"

    @property
    def span(self) -> str:
        """From when to when they came."""
        return dates.span(self.first_at, self.last_at)


def bursts(conversation: Conversation) -> list[Found]:
    """Everybody to be decided on in a conversation, the first to come first. At most four queries."""
    groups = {group: list(rows) for group, rows in groupby(arrivals(conversation), key=lambda one: one.group)}
    if not groups:
        return []
    alike = _alike(conversation, groups)
    found = [part for rows in groups.values() for part in _parts(rows, alike)]
    left = left_by([one.participant for rows, _ in found for one in rows])
    return sorted((_told(rows, at_once, alike, left) for rows, at_once in found), key=lambda one: one.first_at)


def _parts(rows: Sequence[Arrived], alike: set[UUID]) -> Iterator[tuple[list[Arrived], bool]]:
    """Those of one group who came at once, a list for each time, and then the others who answered alike."""
    from weft.methods.arrivals import arrived_at_once

    start = rows[0].at
    seconds = [(one.at - start).total_seconds() for one in rows]
    flags = arrived_at_once(seconds, many=MANY, window=WINDOW.total_seconds())
    flagged = [one for one, is_one in zip(rows, flags, strict=True) if is_one]
    part: list[Arrived] = []
    for one in flagged:
        if part and one.at - part[-1].at > WINDOW:
            yield part, True
            part = []
        part.append(one)
    if part:
        yield part, True
    known = {one.participant for one in flagged}
    rest = [one for one in rows if one.participant in alike - known]
    if rest:
        yield rest, False


def _alike(conversation: Conversation, groups: dict[int, list[Arrived]]) -> set[UUID]:
    """Everybody who answered as many of their group did."""
    from weft.methods.arrivals import answered_alike

    group_of = {one.participant: group for group, rows in groups.items() for one in rows}
    answers: dict[int, list[tuple[UUID, int, int]]] = {}
    for who, card, choice in answers_of(conversation, groups):
        if who in group_of:
            answers.setdefault(group_of[who], []).append((who, card, choice))
    found: set[UUID] = set()
    for group, given in answers.items():
        people = [one.participant for one in groups[group]]
        place = {one: at for at, one in enumerate(people)}
        person, cards, choices = (
            [place[who] for who, _, _ in given],
            [one[1] for one in given],
            [one[2] for one in given],
        )
        flags = answered_alike(person, cards, choices, len(people), many=MANY)
        found |= {one for one, is_one in zip(people, flags, strict=True) if is_one}
    return found


def _told(rows: list[Arrived], at_once: bool, alike: set[UUID], left: dict[UUID, tuple[int, int]]) -> Found:
    people = tuple(one.participant for one in rows)
    return Found(
        people=people,
        first_at=rows[0].at,
        last_at=rows[-1].at,
        came_at_once=at_once,
        alike=len(alike.intersection(people)),
        answers=sum(left[one][0] for one in people),
        stories=sum(left[one][1] for one in people),
    )
