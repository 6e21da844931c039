"""From the answers of a conversation to an opinion map, holding only what may be shown."""

import math
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from weft.listen.conversations.models import Moderation, Statement
from weft.methods.disclosure import one_way, percent
from weft.methods.map_disclosure import OpinionTables, hexagons, opinion_tables
from weft.methods.opinion_map import OpinionMap, opinion_map
from weft.sense.maps.queries import Ballots

AT_MOST = 5
DIGITS = 4
ACROSS = (12, 10, 8, 7, 6, 5, 4, 3, 2)
ENOUGH_DRAWN = 0.75


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
    threshold = int(parameters["threshold"])
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
        result=_result(found, [str(one.pk) for one in ballots.statements], threshold),
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
    tables = opinion_tables(_answers(found), threshold)
    rows = _statement_rows(found, tables, keys)
    grouping = found.grouping
    figures = ("stability", "between", "silhouette", "null_share", "null_z", "shuffles", "directions")
    shown = [row for row in rows if not row["meta"]]
    groups, outside = _groups(found, tables, keys, threshold)
    described = bool(groups) and all(group["size"] is not None for group in groups)
    return {
        "figures": {name: _plain(getattr(grouping, name)) for name in figures},
        "in_conversation": int(found.in_conversation.size),
        "groups": groups,
        "outside": outside,
        "anchors": [keys[at] if at >= 0 else None for at in found.signs_from[:2].tolist()],
        "statements": rows,
        "unite": _strongest([row for row in shown if row["together"] is not None], "together"),
        "divide": _strongest([row for row in shown if row["spread"] is not None], "spread") if described else [],
        "picture": _picture(found, threshold),
    }


def _answers(found: OpinionMap) -> NDArray[np.int64]:
    """People who agree, disagree, pass: statements x (groups and no group) x 3."""
    by_group = np.stack([found.counts.agree, found.counts.disagree, found.counts.passed], axis=-1)
    everybody = np.stack([found.totals.agree, found.totals.disagree, found.totals.passed], axis=-1)
    outside = everybody - by_group.sum(axis=0, keepdims=True)
    return np.concatenate([by_group, outside]).transpose(1, 0, 2)


def _statement_rows(found: OpinionMap, tables: OpinionTables, keys: list[str]) -> list[dict[str, Any]]:
    """Each statement that a moderator lets stand, with its counts: groups, no group, everybody."""
    rows = []
    for at, key in enumerate(found.statements.tolist()):
        if found.moderated_out[at]:
            continue
        counts = [[None if n < 0 else n for n in row] for row in tables.counts[at].tolist()]
        shares = [_share(row) for row in counts[: found.grouping.count]]
        rows.append(
            {
                "id": keys[key],
                "meta": bool(found.meta[at]),
                "counts": counts,
                "together": _together(counts, shares, groups=found.grouping.count),
                "spread": _spread(shares),
            }
        )
    return rows


def _share(row: list[int | None]) -> float | None:
    """The smoothed share of agreement, (A + 1) / (n + 2), where the counts it comes from are shown."""
    agree, disagree, _, seen = row
    return None if agree is None or disagree is None or seen is None else (agree + 1) / (seen + 2)


def _together(counts: list[list[int | None]], shares: list[float | None], groups: int) -> float | None:
    """How far everybody agrees: the product over the groups or, without groups, the share of all. Majorities only."""
    if not groups:
        everybody = _share(counts[-1])
        return None if everybody is None or everybody <= 0.5 else _plain(everybody)
    if any(share is None or share <= 0.5 for share in shares):
        return None
    return _plain(math.prod(share for share in shares if share is not None))


def _spread(shares: list[float | None]) -> float | None:
    """How far apart the groups are on a statement: the largest difference of their shares of agreement."""
    known = [share for share in shares if share is not None]
    return _plain(max(known) - min(known)) if len(known) == len(shares) and len(known) > 1 else None


def _strongest(rows: list[dict[str, Any]], name: str) -> list[str]:
    """The ids of the rows with the largest values, in order; ties in the order of the statements."""
    return [row["id"] for row in sorted(rows, key=lambda row: -row[name])[:AT_MOST]]


def _groups(
    found: OpinionMap, tables: OpinionTables, keys: list[str], threshold: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Each group, and how many are in none. A group that is too small has no size and is not described."""
    sizes = found.grouping.sizes.tolist()
    if not sizes:
        return [], None
    told = one_way([*sizes, found.participants - sum(sizes)], threshold).cells
    place = {key: at for at, key in enumerate(found.statements.tolist())}
    groups = []
    for number, size in enumerate(told[:-1]):
        centre = found.positions[found.grouping.labels == number, :2].mean(axis=0)
        stands_for = []
        for one in found.representative[number] if sizes[number] >= threshold else ():
            at = place[one.statement]
            if tables.group_comparisons[at]:
                stands_for.append(_stands_for(tables.counts[at].tolist(), number, keys[one.statement], one.direction))
        groups.append(
            {
                "size": size,
                "stands_for": stands_for if size is not None else [],
                "centre": [_plain(centre[0]), _plain(centre[1])] if size is not None else None,
            }
        )
    return groups, told[-1]


def _stands_for(counts: list[list[int]], number: int, key: str, direction: str) -> dict[str, Any]:
    """A statement that a group stands for, with its answers beside those of the other groups together."""
    column = 0 if direction == "agree" else 1
    others = [row for at, row in enumerate(counts[:-2]) if at != number]
    seen = sum(row[3] for row in others)
    return {
        "statement": key,
        "direction": direction,
        "people": counts[number][column],
        "seen": counts[number][3],
        "percent": percent(counts[number][column], counts[number][3]),
        "others": percent(sum(row[column] for row in others), seen) if seen else None,
    }


def _picture(found: OpinionMap, threshold: int) -> dict[str, Any]:
    """Where people stand, as hexagons that hold enough of them; as fine as most people can be drawn."""
    places = found.positions[found.in_conversation, :2]
    if len(places) < threshold:
        return {"centres": [], "counts": [], "radius": 1.0, "left_out": None}
    low, high = np.quantile(places, [0.02, 0.98], axis=0)
    width = float((high - low).max()) or 1.0
    for across in ACROSS:
        bins = hexagons(places, width / across / math.sqrt(3), threshold)
        if bins.counts.sum() >= ENOUGH_DRAWN * len(places):
            break
    told = asdict(bins)
    return {
        "centres": [[_plain(x), _plain(y)] for x, y in told["centres"].tolist()],
        "counts": told["counts"].tolist(),
        "radius": _plain(bins.radius),
        "left_out": bins.left_out,
    }


def _plain(value: float | int | None) -> float | int | None:
    """A number as JSON keeps it; floats to four places, so that the last bits of a machine do not matter."""
    return round(float(value), DIGITS) if isinstance(value, float) else value


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
