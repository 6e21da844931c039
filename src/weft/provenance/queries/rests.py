"""What rests on an item, in a sentence."""

from collections import Counter

from django.utils.text import capfirst

from weft.core.numbers import in_words
from weft.provenance.models import Node
from weft.provenance.queries.trace import Item, traces
from weft.provenance.registry import NOUNS


def rests_sentence(items: list[Item], what: str, whose: str = "these") -> str:
    """What rests on something, exactly: "One finding and 11 themes rest partly on your story." """
    if not items:
        return f"Nothing else rests on {what}."
    counts = Counter(item.kind for item in items)
    parts = [_counted(counts[key], kind.name, kind.plural) for key, kind in NOUNS.items() if key in counts]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    alone = len(items) == 1
    stays = "It stays" if alone else "They stay"
    return f"{capfirst(listed)} rest{'s' if alone else ''} partly on {what}. {stays}, without {whose} words."


def rests_on(node: Node, what: str, whose: str = "these") -> str:
    """What rests on one item, in a sentence."""
    below = traces([node.pk], "down")[node.pk]
    return rests_sentence([item for item in below.items.values() if not item.is_withdrawn], what, whose)


def _counted(number: int, one: str, many: str) -> str:
    return f"{in_words(number)} {one.lower() if number == 1 else many}"
