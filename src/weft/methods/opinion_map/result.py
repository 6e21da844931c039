"""What an opinion map is made of."""

from dataclasses import dataclass
from typing import Literal

from weft.methods.opinion_map.statistics import Consensus, Counts, Figures, Representative
from weft.methods.opinion_map.votes import Bools, Floats, Ints

Verdict = Literal["none", "tentative", "clear"]

TOO_FEW = "too few people"
NO_STRUCTURE = "no more structure than shuffled votes"
TOO_SMALL = "groups too small"
CHANGE = "groups change with the statements asked"
DEPEND = "groups depend on the statements asked"
SPECTRUM = "a spectrum rather than separate groups"


@dataclass(frozen=True)
class Parameters:
    """All that a map depends on beside the votes."""

    min_votes: int
    min_group: int
    permutations: int
    resamples: int
    seed: int


@dataclass(frozen=True)
class Grouping:
    """The groups, how they were found and how far they can be trusted. `None` where a step was not reached."""

    given: bool
    verdict: Verdict | None  # None for given groups
    reason: str
    labels: Ints  # [P], -1 = in no group; all -1 where the verdict is none
    sizes: Ints  # [G], largest first (given groups: in their own order)
    centres: Floats  # [G, d]
    dimensions: int  # d, 0 where no grouping was tried
    silhouette: float | None = None
    stability: float | None = None
    between: float | None = None
    null_share: float | None = None
    null_z: float | None = None
    shuffles: int | None = None
    directions: int | None = None
    tried: tuple[tuple[int, float], ...] = ()  # silhouette of each number of groups that was possible

    @property
    def count(self) -> int:
        """Number of groups."""
        return int(self.sizes.size)


@dataclass(frozen=True)
class Frame:
    """All that is needed to place one more person on a map; small enough to store."""

    statements: Ints  # [S] positions among the statements given
    zeroed: Bools  # [S]
    mean: Floats  # [S]
    components: Floats  # [S, K]
    centres: Floats  # [G, d], empty without groups
    needed_votes: int  # votes that put a person in the conversation


@dataclass(frozen=True)
class OpinionMap:
    """People, statements and groups on one map. S counts the statements with at least one vote, in the order given."""

    parameters: Parameters
    participants: int  # P
    votes: int  # final votes
    repeat_votes: int  # earlier votes that a later one replaced
    statements: Ints  # [S] positions among the statements given
    moderated_out: Bools  # [S]
    meta: Bools  # [S]
    in_conversation: Ints  # positions of people, ascending
    live_votes: Ints  # [P] votes on statements that are not zeroed
    mean: Floats  # [S], 0 where zeroed
    eigenvalues: Floats  # [K], K = max(2, directions)
    variance_share: Floats  # [K]
    components: Floats  # [S, K]
    signs_from: Ints  # [K] position of the statement whose agreement points right (up); -1 for an empty direction
    ambiguous: bool  # the first two directions cannot be told apart
    positions: Floats  # [P, K]
    statement_positions: Floats  # [S, 2]
    extremity: Floats  # [S]
    totals: Counts  # [1, S], everybody
    grouping: Grouping
    counts: Counts  # [G, S]
    figures: Figures  # [G, S], meaningless for zeroed statements
    representative: tuple[tuple[Representative, ...], ...]  # one list a group
    consensus: Consensus
    group_aware_consensus: Floats | None  # [S]; None without groups
    priority: Floats  # [S]

    @property
    def zeroed(self) -> Bools:
        """Statements that count in tallies but take no part in the map."""
        return self.moderated_out | self.meta

    @property
    def frame(self) -> Frame:
        """What `place` needs."""
        return Frame(
            self.statements,
            self.zeroed,
            self.mean,
            self.components,
            self.grouping.centres,
            min(self.parameters.min_votes, int(self.statements.size)),
        )
