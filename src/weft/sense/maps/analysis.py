"""From the answers of a conversation to an opinion map, holding only what may be shown.

The result is computed once and kept. Numbers of a group on a statement are all shown or none: whoever also knows how
everybody answered (the statement's own page says it) could otherwise work out what is hidden here. Where they are not
shown, a word may stand for them: "most agree" of at least twice the smallest count leaves every number of people wide.

NumPy and the methods are imported where they are used: the site starts sooner.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from weft.core import counts
from weft.listen.conversations.models import Moderation, Statement
from weft.listen.conversations.queries import Tally
from weft.sense.maps.queries import Ballots

if TYPE_CHECKING:
    from weft.methods.opinion_map import OpinionMap
    from weft.methods.three_answers import ShownAnswers

AT_MOST = 5
DIGITS = 4
MOST = 0.6
ACROSS = (12, 10, 8, 7, 6, 5, 4, 3, 2)
ENOUGH_DRAWN = 0.75
AGREE, DIVIDED, DISAGREE = "agree", "divided", "disagree"
Row = list[int]


@dataclass(frozen=True)
class Drawn:
    """A map as it is kept: what may be shown, and where each participant stands, which is shown to nobody else."""

    people: int
    statements: int
    votes: int
    verdict: str
    reason: str
    result: dict[str, Any]
    placings: list[tuple[UUID, int | None, float, float]]


def draw(ballots: Ballots, parameters: dict[str, Any]) -> Drawn:
    """Draw the map of a conversation. `parameters` are those of the method, `strict` and the threshold."""
    import numpy as np

    from weft.methods.opinion_map import opinion_map

    hidden = [_is_hidden(one, strict=parameters["strict"]) for one in ballots.statements]
    table = np.array(ballots.votes, dtype=np.int64).reshape(-1, 3)
    numbers, who = np.unique(table[:, 0], return_inverse=True)
    what = np.searchsorted([one.number for one in ballots.statements], table[:, 1])
    names = ("min_votes", "min_group", "permutations", "resamples", "seed")
    found = opinion_map(
        who.astype(np.int32),
        what.astype(np.int32),
        table[:, 2].astype(np.int8),
        moderated_out=np.array(hidden, dtype=bool),
        meta=np.array([one.is_meta for one in ballots.statements], dtype=bool),
        people=numbers.size,
        **{name: int(parameters[name]) for name in names},
    )
    return Drawn(
        people=found.participants,
        statements=int(found.statements.size),
        votes=found.votes,
        verdict=found.grouping.verdict or "none",
        reason=found.grouping.reason,
        result=_result(found, [str(one.pk) for one in ballots.statements], int(parameters["threshold"])),
        placings=[
            (ballots.participants[int(number)], None if label < 0 else int(label), float(x), float(y))
            for number, label, (x, y) in zip(numbers, found.grouping.labels, found.positions[:, :2], strict=True)
        ],
    )


def _is_hidden(statement: Statement, *, strict: bool) -> bool:
    """Whether a statement takes no part in the map."""
    waits = statement.moderation == Moderation.WAITING
    return statement.moderation == Moderation.HIDDEN or (strict and waits) or statement.node.is_withdrawn


def _result(found: OpinionMap, keys: list[str], threshold: int) -> dict[str, Any]:
    """What may be shown of a map, by the ids of statements and without a word of theirs."""
    figures = ("stability", "between", "silhouette", "null_share", "null_z", "shuffles", "directions")
    groups, outside = _groups(found, threshold)
    cards = _cards(found, [group["size"] is not None for group in groups], threshold)
    for number, group in enumerate(groups):
        group["stands_for"] = _stands_for(found, cards, keys, number) if group["size"] is not None else []
    return {
        "figures": {name: _plain(getattr(found.grouping, name)) for name in figures},
        "in_conversation": int(found.in_conversation.size),
        "groups": groups,
        "outside": outside,
        "anchors": [keys[at] if at >= 0 else None for at in found.signs_from[:2].tolist()],
        "statements": [
            {
                "id": keys[key],
                "meta": card.is_meta,
                "everybody": [
                    card.everybody.agree,
                    card.everybody.disagree,
                    card.everybody.passed,
                    card.everybody.total,
                ],
                "case": card.everybody.case,
                "kind": card.kind,
                "groups": card.shown,
                "words": card.words,
            }
            for key, card in cards.items()
        ],
        "unite": [keys[key] for key in _uniting(cards)],
        "divide": [keys[key] for key in _dividing(cards)],
        "picture": _picture(found, threshold),
    }


def _groups(found: OpinionMap, threshold: int) -> tuple[list[dict[str, Any]], int | None]:
    """Each group, and how many are in none (`None` where hidden). A group that is too small is not described."""
    from weft.methods.map_disclosure import group_sizes

    sizes = found.grouping.sizes.tolist()
    if not sizes:
        return [], 0
    told, outside = group_sizes(sizes, found.participants - sum(sizes), threshold)
    groups: list[dict[str, Any]] = []
    for number, size in enumerate(told):
        centre = found.positions[found.grouping.labels == number, :2].mean(axis=0).tolist()
        groups.append({"size": size, "centre": None if size is None else [_plain(value) for value in centre]})
    return groups, outside


@dataclass(frozen=True)
class Card:
    """One statement: the true answers by group, and what of them may be shown.

    `groups` has a row for each group and, where anybody stands outside, one more. `shown` are the rows of the groups
    (agree, disagree, pass, all), with `None` for what the coarser table leaves out; `kind` says which table it is.
    """

    is_meta: bool
    groups: list[Row]
    everybody: ShownAnswers
    kind: str
    shown: list[list[int | None]]
    words: list[str]

    @property
    def agreement(self) -> list[float]:
        """The smoothed share of agreement of each described group or, without groups, of everybody."""
        return [(row[0] + 1) / (sum(row) + 2) for row in self.groups]

    @property
    def disagreement(self) -> list[float]:
        """The same of disagreement."""
        return [(row[1] + 1) / (sum(row) + 2) for row in self.groups]


def _cards(found: OpinionMap, described: list[bool], threshold: int) -> dict[int, Card]:
    """Every statement that a moderator lets stand, by its position."""
    import numpy as np

    from weft.methods.three_answers import Answers, rule_of_three

    cards = {}
    for at, key in enumerate(found.statements.tolist()):
        if found.moderated_out[at]:
            continue
        rows = np.stack([found.counts.agree[:, at], found.counts.disagree[:, at], found.counts.passed[:, at]], axis=1)
        total = np.array([found.totals.agree[0, at], found.totals.disagree[0, at], found.totals.passed[0, at]])
        everybody = rule_of_three(Answers(*total.tolist()), threshold)
        outside = total - rows.sum(axis=0)
        kind, shown = _shown([*rows.tolist(), *([outside.tolist()] if outside.any() else [])], len(rows), threshold)
        if not all(described):
            kind, shown = "", []
        if kind == DISAGREE and everybody.disagree is None:  # beside those who agreed in all it would tell the passes
            kind, shown = "", []
        groups = rows.tolist() if described else [total.tolist()]
        known = described or [everybody.case not in {"few", "total"}]
        words = [_word(row, threshold) if is_known else "" for row, is_known in zip(groups, known, strict=True)]
        cards[key] = Card(bool(found.meta[at]), groups, everybody, kind, shown, words)
    return cards


def _shown(rows: list[Row], groups: int, threshold: int) -> tuple[str, list[list[int | None]]]:
    """The finest table of which nothing has to be hidden: all three answers, or one against the other two."""
    from weft.methods.disclosure import two_way

    if groups < 2:
        return "", []
    if not two_way(rows, threshold).hidden.any():
        return "all", [[*row, sum(row)] for row in rows[:groups]]
    for column, kind in ((0, AGREE), (1, DISAGREE)):
        if not two_way([[row[column], sum(row) - row[column]] for row in rows], threshold).hidden.any():
            blank: list[list[int | None]] = [[None, None, None, sum(row)] for row in rows[:groups]]
            for told, row in zip(blank, rows, strict=False):
                told[column] = row[column]
            return kind, blank
    return "", []


def _word(row: Row, threshold: int) -> str:
    """Most agree, most disagree, or divided; nothing where too few answered."""
    seen = sum(row)
    if seen < 2 * threshold:
        return ""
    return AGREE if row[0] >= MOST * seen else DISAGREE if row[1] >= MOST * seen else DIVIDED


def _uniting(cards: dict[int, Card]) -> list[int]:
    """Statements on which most of every group say the same, the strongest first (ties in their order)."""
    found = []
    for key, card in cards.items():
        if not card.is_meta and card.words and set(card.words) in ({AGREE}, {DISAGREE}):
            shares = card.agreement if card.words[0] == AGREE else card.disagreement
            found.append((-math.prod(shares), key))
    return [key for _, key in sorted(found)[:AT_MOST]]


def _dividing(cards: dict[int, Card]) -> list[int]:
    """Statements on which groups differ or, without groups, people do, the furthest apart first."""
    found = []
    for key, card in cards.items():
        if card.is_meta or not card.words or not all(card.words):
            continue
        if len(card.words) > 1 and len(set(card.words)) > 1:
            found.append((min(card.agreement) - max(card.agreement), key))
        elif card.words == [DIVIDED]:
            found.append((-min(card.agreement[0], card.disagreement[0]), key))
    return [key for _, key in sorted(found)[:AT_MOST]]


def _stands_for(found: OpinionMap, cards: dict[int, Card], keys: list[str], number: int) -> list[dict[str, str]]:
    """The statements that a group stands for, of those on which something may be said of every group."""
    return [
        {"statement": keys[one.statement], "direction": one.direction}
        for one in found.representative[number]
        if one.statement in cards and all(cards[one.statement].words)
    ]


def _picture(found: OpinionMap, threshold: int) -> dict[str, Any]:
    """Where people stand, as hexagons that hold enough of them; as fine as most people can be drawn."""
    import numpy as np

    from weft.methods.map_disclosure import hexagons

    places = found.positions[found.in_conversation, :2]
    outside = found.participants - len(places)
    if len(places) < threshold:
        return {"centres": [], "counts": [], "radius": 1.0, "left_out": None}
    low, high = np.quantile(places, [0.02, 0.98], axis=0)
    width = float((high - low).max()) or 1.0
    for across in ACROSS:
        bins = hexagons(places, width / across / math.sqrt(3), threshold, outside if outside < threshold else 0)
        if bins.counts.sum() >= ENOUGH_DRAWN * len(places):
            break
    return {
        "centres": [[_plain(x), _plain(y)] for x, y in bins.centres.tolist()],
        "counts": bins.counts.tolist(),
        "radius": _plain(bins.radius),
        "left_out": bins.left_out,
    }


def _plain(value: float | int | None) -> float | int | None:
    """A number as JSON keeps it; floats to four places, so that the last bits of a machine do not matter."""
    return round(float(value), DIGITS) if isinstance(value, float) else value


def as_told_now(result: dict[str, Any], shown: Mapping[str, Tally] | None = None) -> dict[str, Any]:
    """A result as it may be told since small answers are merged, where it was kept before: its rows name no case.

    A number that this rule would not have told is dropped: beside a card's own page it would uncover another one. Where
    everybody is `shown` the same answers to the card, the map tells what its page does.
    """
    known = shown or {}
    rows = [row if "case" in row else _merged(row, known.get(row["id"])) for row in result["statements"]]
    wordless = {row["id"] for row in rows if row["words"] == [""]}
    named = {name: [key for key in result.get(name, []) if key not in wordless] for name in ("unite", "divide")}
    return {**result, **named, "statements": rows}


def _merged(row: dict[str, Any], tally: Tally | None) -> dict[str, Any]:
    everybody, case = _told_of(row["everybody"], tally)
    blank: dict[str, Any] = {"kind": "", "groups": []} if row["kind"] == DISAGREE and everybody[1] is None else {}
    words = [""] if len(row["words"]) == 1 and case in {"few", "total"} else row["words"]
    return {**row, **blank, "everybody": everybody, "case": case, "words": words}


def _told_of(before: list[int | None], tally: Tally | None) -> tuple[list[int | None], str]:
    """What may be told of what was told before, and its case."""
    if None not in before:
        return before, "all"
    real = (tally.agree, tally.disagree, tally.passed, tally.total) if tally else ()
    if before[3] is not None and tally and all(n in {None, now} for n, now in zip(before, real, strict=True)):
        from weft.methods.three_answers import Answers, rule_of_three

        told = rule_of_three(Answers(tally.agree, tally.disagree, tally.passed), counts.smallest())
        return [told.agree, told.disagree, told.passed, told.total], told.case
    if before[0] is not None and before[1:3] == [None, None]:
        return before, "agree"
    return [None, None, None, before[3]], "few" if before[3] is None else "total"


def held_back(result: dict[str, Any], statements: set[str]) -> dict[str, Any]:
    """The result without the numbers of some statements: their words alone say how they were answered."""
    blank = {"everybody": [None] * 4, "case": "few", "kind": "", "groups": [], "held_back": True}
    rows = [{**row, **blank} if row["id"] in statements else row for row in result["statements"]]
    return {**result, "statements": rows}


def told(result: dict[str, Any]) -> dict[UUID, Tally]:
    """How everybody answered each statement of which a map tells all."""
    rows = {UUID(row["id"]): row["everybody"] for row in result["statements"] if None not in row["everybody"]}
    return {key: Tally(*cells[:3]) for key, cells in rows.items()}


def named(result: dict[str, Any]) -> list[str]:
    """The ids of the statements that a map names, most telling first, each once."""
    stood_for = [one["statement"] for group in result["groups"] for one in group["stands_for"]]
    return list(dict.fromkeys([*result["unite"], *result["divide"], *stood_for]))


def differs(one: Any, other: Any, tolerance: float = 2 * 10**-DIGITS) -> bool:
    """Whether two results differ by more than the last digit that is kept."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() != other.keys() or any(differs(one[key], other[key], tolerance) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) != len(other) or any(differs(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) or isinstance(other, float):
        return not (isinstance(one, float | int) and isinstance(other, float | int)) or abs(one - other) > tolerance
    return bool(one != other)
