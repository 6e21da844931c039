"""The method of equal shares, greedy for comparison, and the reasons behind a result."""

from weft.methods.equal_shares.ballots import Election, election
from weft.methods.equal_shares.completion import Outcome, equal_shares
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
from weft.methods.equal_shares.ties import Tie

__all__ = [
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
    "equal_shares",
    "greedy",
    "receipts",
    "rounds",
    "why_not",
]
