"""Who is carried into an edition: from what was said and what it rests on, to the counts that stand on its face.

NumPy and what brings it are imported where they are used: the site starts sooner.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.safestring import SafeString

from weft.core import counts
from weft.listen.conversations.models import Conversation, Moderation
from weft.listen.conversations.queries import sql_uuid
from weft.people.programmes.models import Programme
from weft.provenance.models import Node
from weft.share.reports import queries
from weft.share.reports.models import Carried, Report
from weft.share.reports.queries import Draft, Heard, Told

if TYPE_CHECKING:
    from weft.methods.representation import CarriedGroup

NO_GROUP, POOLED = "In no group", "Other people"


@dataclass(frozen=True)
class Row:
    """How many of everybody (no `group`) or of a group are carried; nothing where a number would tell on somebody."""

    conversation: Conversation
    group: str
    people: int | None
    carried: int | None
    expected: float | None
    low: float | None
    high: float | None
    is_warning: bool

    @property
    def key(self) -> str:
        """What the answer to its warning is called in a form and in a file."""
        return f"{self.conversation.code}/{self.group}"


@dataclass(frozen=True)
class LeftOut:
    """The stories of one conversation that an edition does not rest on."""

    conversation: Conversation
    stories: list[Told]
    told_why: int | None
    not_yet: int | None


def _left_out(conversation: Conversation, stories: list[Told], not_carried: set[UUID]) -> LeftOut:
    """How many tellers were told why their stories were set aside, and how many were not, beside who is not carried."""
    told = {story.participant for story in stories if story.because}
    waiting = {story.participant for story in stories if not story.because}
    return LeftOut(conversation, stories, *counts.told(not_carried | told | waiting, [told, waiting]))


@dataclass(frozen=True)
class Reach:
    """Who is carried, and who is not."""

    rows: list[Row]
    left_out: list[LeftOut]
    as_before: tuple[str, ...]

    @property
    def warnings(self) -> list[Row]:
        """The groups of whom clearly fewer are carried than of the others."""
        return [row for row in self.rows if row.is_warning]


@dataclass(frozen=True)
class Check:
    """Everything that stands between a draft and its publication."""

    draft: Draft
    reach: Reach
    one_teams: list[Node]
    pictures: list[tuple[Conversation, list[Row], SafeString]]

    @property
    def is_ready(self) -> bool:
        """Whether only the warnings are left to be answered."""
        return not (self.draft.faults or self.draft.open)


def check(report: Report, fresh: bool = False) -> Check:
    """What has to be decided before a draft can come out. Counting takes a while, so it is kept for some minutes."""
    draft = queries.draft(report)

    def counted() -> Reach:
        return carried(report.programme, queries.ground(draft.cited.values()).items)

    reach = counted() if fresh else queries.kept_of("reach", draft, counted)
    one_teams = [node for node, teams in queries.teams_of_insights(draft).items() if len(teams) < 2]
    pictures = []
    for number, conversation in enumerate(dict.fromkeys(row.conversation for row in reach.rows), 1):
        rows = [row for row in reach.rows if row.conversation == conversation]
        pictures.append((conversation, rows, queries.drawn(rows, f"reach-{number}")))
    return Check(draft, reach, one_teams, pictures)


def carried(programme: Programme, used: Iterable[UUID]) -> Reach:
    """Count who is carried by an edition that rests on these items, conversation by conversation. Nine queries."""
    said, rests, before = queries.heard(programme), set(used), queries.carried_before(programme)
    entries = _entries(said)
    groups = _groups(said)
    rows: list[Row] = []
    left_out, as_before = [], []
    for conversation in said.conversations:
        people = said.people.get(conversation.pk, [])
        if not people:
            continue
        items = _items(said, conversation.pk, rests)
        counted, not_carried = _count(conversation, people, items, entries, groups.get(conversation.pk, {}), rests)
        kept = _in_steps(counted, before.get(conversation.pk, []))
        as_before += [conversation.code] if kept is not counted else []
        rows += kept
        unused = [one for one in said.stories if one.conversation == conversation.pk and one.node not in rests]
        if unused:
            left_out.append(_left_out(conversation, unused, not_carried))
    return Reach(rows, left_out, tuple(as_before))


def _in_steps(rows: list[Row], before: list[Carried]) -> list[Row]:
    """The rows of one conversation, or those of the edition before where a few people make the difference.

    Two editions are two views of the same people. A group that carries one more than before, where one more story is
    cited, would tell in which group its teller stands.
    """
    known = {one.group: one for one in before}
    least = counts.smallest()
    for row in rows:
        one = known.get(row.group)
        pairs = [(row.people, one.people), (row.carried, one.carried)] if one else []
        if one and None not in {row.people, row.carried, one.people, one.carried}:
            pairs.append((row.people - row.carried, one.people - one.carried))  # type: ignore[operator]
        if any(a is not None and b is not None and 0 < abs(a - b) < least for a, b in pairs):
            warned = {row.group for row in rows if row.is_warning}
            return [
                Row(row.conversation, o.group, o.people, o.carried, o.expected, o.low, o.high, o.group in warned)
                for o in before
            ]
    return rows


def _items(said: Heard, conversation: UUID, rests: set[UUID]) -> list[UUID]:
    """Everything in a conversation that could have been used: what is shown, and whatever is used all the same."""
    found = [one.node for one in said.stories if one.conversation == conversation]
    found += [
        node
        for node, _, place, _, moderation in said.statements
        if place == conversation and (moderation == Moderation.SHOWN or node in rests)
    ]
    return found + [node for node, place in said.maps if place == conversation]


def _entries(said: Heard) -> dict[UUID, list[UUID]]:
    """Whom each item carries: a story its teller, a statement its author and voters, a map whoever is counted in it."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for story in said.stories:
        found[story.node].append(story.participant)
    by_key: dict[Any, list[UUID]] = {}
    for node, key, _, author, _ in said.statements:
        by_key[sql_uuid(key)] = found[node]
        if author is not None:
            found[node].append(author)
    people = {sql_uuid(one): one for row in said.people.values() for one in row}
    for voter, statement in said.votes:
        who, carries = people.get(voter), by_key.get(statement)
        if who is not None and carries is not None:
            carries.append(who)
    for drawn, participant, _ in said.placings:
        found[drawn].append(participant)
    return found


def _groups(said: Heard) -> dict[UUID, dict[UUID, int]]:
    """The group of each person on the latest map of their conversation."""
    latest = {conversation: drawn for drawn, conversation in said.maps}
    place = {drawn: conversation for conversation, drawn in latest.items()}
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for drawn, participant, group in said.placings:
        if drawn in place and group is not None:
            found[place[drawn]][participant] = group
    return found


def _count(
    conversation: Conversation,
    people: list[UUID],
    items: list[UUID],
    entries: dict[UUID, list[UUID]],
    groups: dict[UUID, int],
    rests: set[UUID],
) -> tuple[list[Row], set[UUID]]:
    """The rows of one conversation: everybody, then each group; and who is not carried."""
    import numpy as np
    from scipy.sparse import coo_array

    from weft.methods.representation import who_is_carried

    row = {participant: at for at, participant in enumerate(people)}
    pairs = [(row[who], at) for at, item in enumerate(items) for who in entries.get(item, ()) if who in row]
    where = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    carries = coo_array((np.ones(len(pairs), dtype=bool), (where[:, 0], where[:, 1])), shape=(len(people), len(items)))
    nobodys = max(groups.values(), default=-1) + 1
    group = np.array([groups.get(participant, nobodys) for participant in people], dtype=np.int32)
    used = np.array([item in rests for item in items], dtype=bool)
    found = who_is_carried(carries, used, group, threshold=counts.smallest())
    rows = [_row(conversation, "", found.everybody)]
    if groups and len(found.groups) > 1:
        rows += [_row(conversation, _name(one, nobodys), one) for one in found.groups]
    return rows, {who for who, is_carried in zip(people, found.is_carried.tolist(), strict=True) if not is_carried}


def _name(one: "CarriedGroup", nobodys: int) -> str:
    if one.group is None:
        return POOLED
    return NO_GROUP if one.group == nobodys else f"Group {chr(ord('A') + one.group % 26)}"


def _row(conversation: Conversation, name: str, one: "CarriedGroup") -> Row:
    return Row(conversation, name, one.people, one.carried, one.expected, one.low, one.high, bool(name and one.warning))
