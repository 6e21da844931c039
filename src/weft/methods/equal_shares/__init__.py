"""The method of equal shares, greedy for comparison, and the reasons behind a result."""

from weft.methods.equal_shares.arrays import election_from_arrays
from weft.methods.equal_shares.ballots import UTILITIES, Election, election
from weft.methods.equal_shares.completion import COMPLETIONS, STARTS, STOPS, Outcome, equal_shares
from weft.methods.equal_shares.explain import (
    Comparison,
    Loser,
    Receipt,
    Round,
    compare,
    receipts,
    rounds,
    why_not,
)
from weft.methods.equal_shares.greedy import Greedy, greedy
from weft.methods.equal_shares.ties import DEFAULT as DEFAULT_TIES
from weft.methods.equal_shares.ties import RULES as TIE_RULES
from weft.methods.equal_shares.ties import Tie

__all__ = [
    "COMPLETIONS",
    "DEFAULT_TIES",
    "STARTS",
    "STOPS",
    "TIE_RULES",
    "UTILITIES",
    "Comparison",
    "Election",
    "Greedy",
    "Loser",
    "Outcome",
    "Receipt",
    "Round",
    "Tie",
    "compare",
    "election",
    "election_from_arrays",
    "equal_shares",
    "greedy",
    "receipts",
    "rounds",
    "why_not",
]
