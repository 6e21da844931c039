"""Between two maps: where a newcomer stands, what to ask next, and groups that keep their colours (1.10, 1.11)."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.groups import assign
from weft.methods.opinion_map.result import Frame
from weft.methods.opinion_map.votes import Floats, Ints, checked_votes


@dataclass(frozen=True)
class Placement:
    """Where one person stands on a map."""

    position: Floats  # [K]
    group: int | None  # None out of the conversation, or where the map has no groups
    in_conversation: bool


def place(frame: Frame, statement: npt.ArrayLike, vote: npt.ArrayLike) -> Placement:
    """Place one person by their votes, changing nothing else.

    Parameters
    ----------
    frame : Frame
        `OpinionMap.frame` of a stored or fresh map.
    statement, vote : int [n]
        Positions among the statements given to the map, and -1, 0 or 1; the last vote on a statement counts.

    Returns
    -------
    Placement
        Somebody who was in the map gets the position they had there and, with enough votes, their group. Votes on
        statements that were not on the map count towards the conversation and do not move anybody.

    Raises
    ------
    ValueError
        As `opinion_map` does for its votes.
    """
    given, values = np.asarray(statement), checked_votes(vote)
    if given.shape != values.shape:
        raise ValueError(f"statement and vote must be of equal length, got {given.size} and {values.size}.")
    last = dict(zip(given.tolist(), values.tolist(), strict=True))
    number = {at: j for j, at in enumerate(frame.statements.tolist())}
    on_map = [(number[at], value) for at, value in last.items() if at in number]
    live = sorted((j, value) for j, value in on_map if not frame.zeroed[j])
    position = np.zeros(frame.components.shape[1])
    if live:
        columns, values_there = np.array(live).T
        position = (values_there - frame.mean[columns]) @ frame.components[columns]
        position *= math.sqrt(frame.statements.size / (len(live) + int(frame.zeroed.sum())))
    inside = len(last) >= max(frame.needed_votes, 1)
    group: int | None = None
    if inside and live and len(frame.centres):
        group = int(assign(position[None, : frame.centres.shape[1]], frame.centres)[0])
    return Placement(position, group, inside)


def next_statement(
    priorities: npt.ArrayLike, candidates: npt.ArrayLike, *, participant: int, votes: int, seed: int = 0
) -> int | None:
    """Draw the statement to ask next, with chances in proportion to the priorities.

    Parameters
    ----------
    priorities : float [S]
        `priority` from current counts.
    candidates : int [C]
        Positions of the statements this person may be asked: not voted on by them, not moderated out.
    participant, votes : int
        The person's number and how many votes they have cast: the same person who asks again without voting is shown
        the same statement.

    Returns
    -------
    int or None
        One of the candidates; `None` without any. Where all candidates have priority 0, each is as likely.

    Raises
    ------
    ValueError
        "priorities must be finite and not negative, got VALUE for statement POSITION."

    Examples
    --------
    >>> next_statement([5.0, 1.0, 0.5], [0, 2], participant=3, votes=7) in (0, 2)
    True
    >>> next_statement([5.0, 1.0, 0.5], [], participant=3, votes=7) is None
    True
    """
    every = np.asarray(priorities, dtype=np.float64)
    wrong = ~np.isfinite(every) | (every < 0)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ValueError(f"priorities must be finite and not negative, got {every[at]} for statement {at}.")
    open_to = np.unique(np.asarray(candidates, dtype=np.int64))
    if open_to.size == 0:
        return None
    weight = every[open_to]
    if not weight.any():
        weight = np.ones(open_to.size)
    u = np.random.default_rng([seed, participant, votes]).random()
    drawn = int(np.searchsorted(np.cumsum(weight), u * weight.sum(), side="right"))
    return int(open_to[min(drawn, open_to.size - 1)])


def match_groups(old: npt.ArrayLike, new: npt.ArrayLike) -> Ints:
    """For each new group the old group it continues, -1 for none, by the most people shared: for steady colours only.

    `old` and `new` are the groups of the same people, -1 for none; stored results keep their own numbers.

    >>> match_groups([0, 0, 0, 1, 1], [1, 1, 1, 0, 2]).tolist()
    [1, 0, -1]
    """
    from scipy.optimize import linear_sum_assignment

    a, b = np.asarray(old), np.asarray(new)
    if a.shape != b.shape:
        raise ValueError(f"Both groupings must cover the same people, got {a.size} and {b.size}.")
    both = (a >= 0) & (b >= 0)
    shape = (int(b.max(initial=-1)) + 1, int(a.max(initial=-1)) + 1)
    together = np.zeros(shape, dtype=np.int64)
    np.add.at(together, (b[both], a[both]), 1)
    matched = np.full(shape[0], -1, dtype=np.int32)
    rows, columns = linear_sum_assignment(together, maximize=True)
    shared = together[rows, columns] > 0
    matched[rows[shared]] = columns[shared]
    return matched
