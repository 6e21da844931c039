"""Break ties by stated rules, and say which rule decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

RULES = ("cost", "votes", "id", "lot")
DEFAULT = ("cost", "votes", "id")


@dataclass(frozen=True)
class Tie:
    """Projects that stood equal, in string order; ``round`` is that of the purchase, from 1, ``None`` in greedy."""

    round: int | None
    tied: tuple[str, ...]
    chosen: str
    decided_by: str


class TieBreaker:
    """Chooses between projects, given by position in string order of their ids."""

    def __init__(
        self, costs: Sequence[Fraction], votes: Sequence[int], rules: Sequence[str] = DEFAULT, seed: int = 0
    ) -> None:
        """Take the rules in the order they apply: cheaper first, more supporters first, id as a string, or a lot."""
        for rule in rules:
            if rule not in RULES:
                raise ValueError(f"ties must be one of {', '.join(RULES)}, got {rule}.")
        if not rules or rules[-1] not in ("id", "lot"):
            raise ValueError("ties must end with id or lot, so that every tie can be broken.")
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise ValueError(f"seed must be a whole number of 0 or more, got {seed}.")
        lot = np.empty(len(costs), dtype=np.int64)
        lot[np.random.default_rng([int(seed), 0]).permutation(len(costs))] = np.arange(len(costs))
        ranks: dict[str, Sequence[Fraction | int]] = {
            "cost": costs,
            "votes": [-number for number in votes],
            "id": range(len(costs)),
            "lot": lot.tolist(),
        }
        self._ranks = [(rule, ranks[rule]) for rule in rules]

    def choose(self, tied: Sequence[int]) -> tuple[int, str]:
        """Return the position chosen from two or more, and the rule that decided."""
        left = list(tied)
        for rule, rank in self._ranks:
            best = min(rank[at] for at in left)
            left = [at for at in left if rank[at] == best]
            if len(left) == 1:
                return left[0], rule
        raise AssertionError("The last rule, id or lot, leaves one.")
