"""What may be told of how many people are in each of some categories: small categories are merged up a fixed tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold


@dataclass(frozen=True)
class Category:
    """One category, or several under one name; ``children`` are its parts, none for what is counted itself."""

    id: str
    children: tuple[Category, ...] = ()

    def __iter__(self) -> Iterator[Category]:
        """Go down the tree, each part after what it is a part of, in the order given."""
        yield self
        for child in self.children:
            yield from child


WHO_TOLD = Category(
    "everybody",
    (
        Category("known"),
        Category("did_not_say", (Category("unknown"), Category("prefer_not_to_say"))),
        Category("not_asked"),
    ),
)
"""Who told something of themselves. Where everybody was asked, by design, leave ``not_asked`` out."""


def one_after_another(categories: Sequence[str]) -> Category:
    """Return the tree in which each category stands beside all those after it, in the order given.

    The name of several together is their names with a comma between.

    >>> [node.id for node in one_after_another(["A", "B", "neither"])]
    ['A, B, neither', 'A', 'B, neither', 'B', 'neither']
    """
    return _tree(categories, lambda many: 1)


def by_halves(categories: Sequence[str]) -> Category:
    """Return the tree that halves the categories in the order given, so that each is merged with its neighbours.

    Of an odd number the first half has one more. The name of several together is their names with a comma between.

    >>> [node.id for node in by_halves(["a", "b", "c"])]
    ['a, b, c', 'a, b', 'a', 'b', 'c']
    """
    return _tree(categories, lambda many: (many + 1) // 2)


def _tree(categories: Sequence[str], first: Callable[[int], int]) -> Category:
    """Return the tree of two parts, the first of as many categories as is said, and so on in each."""
    name = ", ".join(categories)
    if len(categories) < 2:
        return Category(name)
    cut = first(len(categories))
    return Category(name, (_tree(categories[:cut], first), _tree(categories[cut:], first)))


@dataclass(frozen=True)
class TreeCounts:
    """What may be told of a tree: ``counts`` by node in the order of the tree, ``None`` where hidden.

    ``finest`` are the shown nodes of which no part is shown. Together they are everybody.
    """

    counts: Mapping[str, int | None]
    finest: tuple[str, ...]
    threshold: int


def tree_counts(
    tree: Category,
    counts: Mapping[str, int],
    threshold: int = PUBLISHED,
    effective: Mapping[str, int] | None = None,
) -> TreeCounts:
    """Return which totals of a tree of categories may be told.

    Nothing is told if everybody together is fewer than ``threshold``. Going down from there, a node is split into its
    parts only if every one of them has at least ``threshold`` people; otherwise its own total is told and nothing
    below it. The tree is fixed before anybody is counted and never chosen by the counts. A shown node that is not
    split says only that not all of its parts are large enough, so each may hold any number below the threshold, the
    rest lying elsewhere.

    Parameters: ``tree`` the whole, with the categories as its leaves (leave out what was never offered; a true 0 is
    small); ``counts`` people in each category, none where it is missing; ``threshold`` int, people; ``effective``
    effective counts by node (see ``arrivals.effective_count``), its people where missing: a node is also too small if
    its effective count is below ``threshold``.

    Returns a ``TreeCounts``. Invariants: each shown number is at least ``threshold``; for a reader who knows the rule
    and the tree each hidden count has at least ``threshold`` possible values, and ``threshold`` - s for one who also
    knows the category of s of the people. Raises ``ValueError`` for a node that the tree holds twice or a counted
    category that it does not hold as a leaf, for bad counts, and for a threshold below 5. Cost: the size of the tree.

    References: Hundepool et al., Statistical Disclosure Control, 2012, doi:10.1002/9781118348239 (global recoding).

    >>> tree_counts(WHO_TOLD, {"known": 148, "unknown": 12, "prefer_not_to_say": 3, "not_asked": 20}).finest
    ('known', 'did_not_say', 'not_asked')
    """
    least = check_threshold(threshold)
    nodes = list(tree)
    people = _totals(nodes, counts)
    sizes = people if effective is None else {each: min(n, effective.get(each, n)) for each, n in people.items()}
    shown: dict[str, int | None] = dict.fromkeys(people)
    if sizes[tree.id] >= least:
        shown[tree.id] = people[tree.id]
    finest = []
    for node in nodes:
        if shown[node.id] is None:
            continue
        if node.children and all(sizes[child.id] >= least for child in node.children):
            shown.update({child.id: people[child.id] for child in node.children})
        else:
            finest.append(node.id)
    return TreeCounts(shown, tuple(finest), least)


def _totals(nodes: Sequence[Category], counts: Mapping[str, int]) -> dict[str, int]:
    """Return the people under each node, nodes in the order of the tree."""
    totals: dict[str, int] = {}
    for node in nodes:
        if node.id in totals:
            raise ValueError(f"The tree must hold every category once, got {node.id}.")
        totals[node.id] = 0 if node.children else counts.get(node.id, 0)
    leaves = {node.id for node in nodes if not node.children}
    for category in counts:
        if category not in leaves:
            raise ValueError(f"The tree must hold every category once, got {category}.")
    as_counts(list(counts.values()))
    for node in reversed(nodes):
        for child in node.children:
            totals[node.id] += totals[child.id]
    return totals
