"""What things stand behind an item: stories, cards, sources. Things are counted exactly, people are not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from weft.core import counts
from weft.provenance.queries.trace import Item
from weft.provenance.registry import NOUNS


def things(nodes: Iterable[UUID], items: Iterable[Item], above: Mapping[UUID, Iterable[UUID]]) -> dict[str, int]:
    """How many things of each kind are where the threads of some items begin; what was taken back is none.

    `above` says what each item comes from directly.
    """
    todo = list(nodes)
    reached = set(todo)
    while todo:
        for one in above.get(todo.pop(), ()):
            if one not in reached:
                reached.add(one)
                todo.append(one)
    begin = (one for one in items if one.id in reached and one.id not in above and one.about.is_leaf)
    return dict(Counter(one.kind for one in begin if not one.is_withdrawn))


def things_in_words(found: Mapping[str, int], answers: int) -> str:
    """Things, and how many people answered: "6 stories, 3 statements and 2 sources; answers from 121 people"."""
    said = [
        f"{found[key]:,} {noun.said if found[key] == 1 else noun.said_of_many}"
        for key, noun in NOUNS.items()
        if found.get(key)
    ]
    listed = " and ".join([part for part in (", ".join(said[:-1]), *said[-1:]) if part])
    answered = f"answers from {counts.people(answers)}" if answers else ""
    return "; ".join(part for part in (listed, answered) if part)
