"""Where voices are lost between taking part, being quoted, and being in a claim of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from weft.methods.category_tree import one_after_another, tree_counts
from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold, two_way
from weft.methods.representation.intervals import Z, wilson


@dataclass(frozen=True)
class Kept:
    """The share that came through one step, with its interval.

    ``ratio`` is 100 when the category kept the same share as everybody; ``lost_more`` is true only if the whole
    interval is below everybody's share. Both are ``None`` for everybody, and where everybody's share is hidden.
    """

    share: float
    low: float
    high: float
    ratio: float | None
    lost_more: bool | None


@dataclass(frozen=True)
class DropRow:
    """One category, or everybody; ``None`` where a number may not be shown.

    ``levels`` are disjoint (took part only, quoted but in no claim, in a claim); the others are cumulative.
    """

    levels: tuple[int | None, int | None, int | None]
    took_part: int | None
    quoted: int | None
    in_claim: int | None
    quoted_of_took_part: Kept | None
    in_claim_of_quoted: Kept | None


@dataclass(frozen=True)
class Drop:
    """The drop by category, in the order given, and for everybody."""

    categories: tuple[DropRow, ...]
    everybody: DropRow
    threshold: int
    z: float


def the_drop(levels: ArrayLike, threshold: int = PUBLISHED) -> Drop:
    """Show how many people of each category came how far, and who lost more voices than others on the way.

    Everybody stands at one level, the furthest they reached. The table of categories and levels is hidden like any
    two-way table, and a cumulative number is shown only if its levels are. One category is a tree: took part only
    beside quoted, and that split into no claim and a claim.

    Parameters: ``levels`` int64 [g, 3], people who took part only, were quoted but are in no claim, are in a claim;
    ``threshold`` int, people.

    Returns a ``Drop``. Raises ``ValueError`` for bad counts, a wrong shape, a threshold below 5. Deterministic.

    References: Newcombe 1998 (the interval, see ``wilson``).

    >>> drop = the_drop([[60, 20, 20], [170, 15, 15]])
    >>> drop.everybody.quoted, drop.categories[1].quoted_of_took_part.lost_more
    (70, True)
    """
    threshold = check_threshold(threshold)
    given = as_counts(levels, "levels", dimensions=2)
    if given.shape[0] < 1 or given.shape[1] != 3:
        raise ValueError(f"levels must be categories x 3 with at least one category, got {len(given)} rows.")
    if len(given) == 1:
        rows = [_one_category(given[0].tolist(), threshold)] * 2
    else:
        rows = [_with_quoted(row) for row in two_way(given, threshold).cells]
    everybody = _row(rows[-1], None)
    return Drop(tuple(_row(row, everybody) for row in rows[:-1]), everybody, threshold, Z)


def _one_category(levels: Sequence[int], threshold: int) -> Sequence[int | None]:
    """Return the numbers of a row as a tree shows them."""
    tree = one_after_another(["only", "unclaimed", "in claim"])
    told = tree_counts(tree, dict(zip(("only", "unclaimed", "in claim"), levels, strict=True)), threshold).counts
    return [told["only"], told["unclaimed"], told["in claim"], told["unclaimed, in claim"], told[tree.id]]


def _with_quoted(cells: Sequence[int | None]) -> Sequence[int | None]:
    """Return the numbers of a row of a two-way table, with how many were quoted."""
    only, unclaimed, in_claim, took_part = cells
    quoted = None if unclaimed is None or in_claim is None else unclaimed + in_claim
    return [only, unclaimed, in_claim, quoted, took_part]


def _row(cells: Sequence[int | None], everybody: DropRow | None) -> DropRow:
    """Return one row of the table with the figures that its shown numbers allow."""
    only, unclaimed, in_claim, quoted, took_part = cells
    return DropRow(
        levels=(only, unclaimed, in_claim),
        took_part=took_part,
        quoted=quoted,
        in_claim=in_claim,
        quoted_of_took_part=_kept(quoted, took_part, everybody.quoted_of_took_part if everybody else None),
        in_claim_of_quoted=_kept(in_claim, quoted, everybody.in_claim_of_quoted if everybody else None),
    )


def _kept(count: int | None, people: int | None, overall: Kept | None) -> Kept | None:
    """Return the share kept, beside that of everybody where there is one."""
    if count is None or people is None:
        return None
    share = count / people
    low, high = wilson(count, people)
    if overall is None:
        return Kept(share, low, high, None, None)
    return Kept(share, low, high, 100 * share / overall.share, high < overall.share)
