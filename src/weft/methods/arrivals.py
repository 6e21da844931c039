"""How much the people who came from the same place weigh, and when many of them came at once or answered alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from weft.methods.disclosure import as_counts
from weft.methods.three_answers import EffectiveAnswers

GROUP_LIMIT = 2
MANY = 8
WINDOW = 600
SAME_CARDS = 5


def effective_count(sizes: ArrayLike, supervised: ArrayLike | None = None, *, group_limit: int = GROUP_LIMIT) -> int:
    """Return how many people a set of people counts as, where one person may stand behind many of a group.

    Each arrival group counts as at most ``group_limit`` people; the people of a supervised session, who came
    before the eyes of a member, count in full.

    Parameters: ``sizes`` int64 [g], people of the set in each group; ``supervised`` bool [g], none if left out;
    ``group_limit`` int, people, 1 in a sensitive conversation.

    Returns an int from 0 to the number of people. Invariant: another person never lowers it and raises it by at most
    1; of two sets it is at least the larger and at most the sum. Raises ``ValueError`` for bad sizes, unequal lengths,
    or ``group_limit`` below 1. Cost: groups.

    References: Douceur, The Sybil Attack, 2002, doi:10.1007/3-540-45748-8_24 (why identity must cost something).

    >>> effective_count([9, 1]), effective_count([30, 4], [True, False])
    (3, 32)
    """
    return int(_effective(as_counts(sizes, "sizes")[:, None], supervised, group_limit)[0])


def effective_answers(
    by_group: ArrayLike, supervised: ArrayLike | None = None, *, group_limit: int = GROUP_LIMIT
) -> EffectiveAnswers:
    """Return the effective count behind each number that may be told of one card.

    Parameters: ``by_group`` int64 [g, 3], people of each group who agree, disagree, pass; the others as for
    ``effective_count``.

    Raises ``ValueError`` as ``effective_count``, and for a wrong shape. Cost: groups.

    >>> effective_answers([[1, 0, 9], [4, 4, 0]]).did_not_agree
    4
    """
    sides = as_counts(by_group, "by_group", dimensions=2)
    if sides.shape[1] != 3:
        raise ValueError(f"by_group must be groups x 3, got {' x '.join(map(str, sides.shape))}.")
    agree, disagree, passed = sides.T
    numbers = np.column_stack((sides, disagree + passed, agree + passed, sides.sum(axis=1)))
    return EffectiveAnswers(*_effective(numbers, supervised, group_limit).tolist())


def _effective(sizes: NDArray[np.int64], supervised: ArrayLike | None, group_limit: int) -> NDArray[np.int64]:
    """Return the effective count of each column."""
    if group_limit < 1:
        raise ValueError(f"group_limit must be at least 1, got {group_limit}.")
    seen = np.zeros(len(sizes), dtype=bool) if supervised is None else np.asarray(supervised, dtype=bool)
    if seen.shape != sizes.shape[:1]:
        raise ValueError(f"supervised must have one entry for each of the {len(sizes)} groups, got {seen.size}.")
    counted = np.where(seen[:, None], sizes, np.minimum(sizes, group_limit))
    return np.asarray(counted.sum(axis=0), dtype=np.int64)


def arrived_at_once(times: ArrayLike, *, many: int = MANY, window: float = WINDOW) -> NDArray[np.bool_]:
    """Tell which people of one group arrived among many within a short time.

    Somebody is flagged if any stretch of ``window`` seconds, both ends included, holds their arrival and those of at
    least ``many`` people in all. Such a stretch can always be moved until it begins with an arrival, so only those
    are looked at. Honest meetings arrive so too: a flag is a question to the team, and changes no count.

    Parameters: ``times`` [n], seconds from any fixed moment, in any order, of one group that is not supervised;
    ``many`` int, people; ``window`` seconds.

    Returns bool [n] in the order given. Invariant: of the flagged none stands with fewer than ``many`` - 1 others.
    Raises ``ValueError`` for times that are no list of finite numbers, ``many`` below 2, ``window`` below 0.
    Cost: a sort; 10,000 arrivals take a few milliseconds.

    >>> arrived_at_once([0, 60, 120, 180, 240, 300, 500, 600, 601, 2000]).sum()
    np.int64(9)
    >>> arrived_at_once([0, 100, 200, 300, 400, 500, 601, 602, 1250]).any()
    np.False_
    """
    _check_many(many)
    if not (np.isfinite(window) and window >= 0):
        raise ValueError(f"window must be 0 or more, got {window}.")
    given = np.asarray(times, dtype=np.float64)
    if given.ndim != 1:
        raise ValueError(f"times must be an array of 1 dimension(s), got {given.ndim}.")
    if not np.isfinite(given).all():
        where = int(np.flatnonzero(~np.isfinite(given))[0])
        raise ValueError(f"times must be finite, got {given[where]} at {where}.")
    order = np.argsort(given, kind="stable")
    ahead = np.searchsorted(given[order], given[order] + window, side="right")
    first = np.arange(len(given))
    crowded = ahead - first >= many
    edges = np.zeros(len(given) + 1, dtype=np.int64)
    np.add.at(edges, first[crowded], 1)
    np.add.at(edges, ahead[crowded], -1)
    flagged = np.empty(len(given), dtype=bool)
    flagged[order] = edges[:-1].cumsum() > 0
    return flagged


def answered_alike(
    person: ArrayLike, card: ArrayLike, answer: ArrayLike, people: int, *, many: int = MANY, cards: int = SAME_CARDS
) -> NDArray[np.bool_]:
    """Tell which people of one group gave the same answers as many others.

    The cards in common are those that at least ``many`` people of the group answered; what fewer of them answered is
    left aside. People are alike if they answered the same of these cards, at least ``cards`` of them, and all in the
    same way. A pass is an answer. As with arrivals, a flag is a question to the team, and changes no count.

    Parameters: ``person``, ``card`` int [v] and ``answer`` int8 [v], the answers that stand, at most one of a person
    to a card; persons are positions below ``people``, all of one group that is not supervised; ``many`` int, people;
    ``cards`` int.

    Returns bool [people]. Invariants: whoever is flagged shares at least ``cards`` same answers with at least
    ``many`` - 1 others; the order of answers and the names of cards change nothing. Not found: people who differ in
    one of the cards in common, or skipped one. Raises ``ValueError`` for unequal lengths, a person who is not among
    the people, two answers of one person to one card, ``many`` below 2, ``cards`` below 1. Cost: a sort of the
    answers.

    >>> nine = [p for p in range(9) for c in range(5)]
    >>> answered_alike(nine, [0, 1, 2, 3, 4] * 9, [1, 1, -1, 0, 1] * 8 + [1, 1, 1, 1, 1], 9).tolist()
    [True, True, True, True, True, True, True, True, False]
    """
    _check_many(many)
    if cards < 1:
        raise ValueError(f"cards must be at least 1, got {cards}.")
    who, on, said = (np.asarray(each, dtype=np.int64) for each in (person, card, answer))
    if not who.shape == on.shape == said.shape == (who.size,):
        raise ValueError(f"person, card and answer must be as long, got {who.size}, {on.size} and {said.size}.")
    outside = np.flatnonzero((who < 0) | (who >= people))
    if outside.size:
        raise ValueError(f"person must be from 0 to below {people}, got {who[outside[0]]} at {outside[0]}.")
    order = np.lexsort((on, who))
    who, on, said = who[order], on[order], said[order]
    twice = np.flatnonzero((who[1:] == who[:-1]) & (on[1:] == on[:-1]))
    if twice.size:
        raise ValueError(f"person {who[twice[0]]} must answer card {on[twice[0]]} once, got two answers.")
    _, at, answered = np.unique(on, return_inverse=True, return_counts=True)
    common = answered[at] >= many
    return _alike(who[common], np.column_stack((on, said))[common], people, many, cards)


def _alike(who: NDArray[np.int64], sheet: NDArray[np.int64], people: int, many: int, cards: int) -> NDArray[np.bool_]:
    """Flag those of whose sheets, rows of card and answer sorted by person and card, there are many."""
    length = np.bincount(who, minlength=people)
    ends = length.cumsum()
    holders: dict[bytes, list[int]] = {}
    for each in np.flatnonzero(length >= cards).tolist():
        holders.setdefault(sheet[ends[each] - length[each] : ends[each]].tobytes(), []).append(each)
    flagged = np.zeros(people, dtype=bool)
    for alike in holders.values():
        if len(alike) >= many:
            flagged[alike] = True
    return flagged


def _check_many(many: int) -> None:
    if many < 2:
        raise ValueError(f"many must be at least 2, got {many}.")
