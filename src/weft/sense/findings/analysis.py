"""How many agreed with the statements behind a finding, as everybody is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from weft.core.tables import Table
from weft.listen.conversations.analysis import Result, result
from weft.listen.conversations.queries import tally_shown
from weft.provenance.queries import PanelEntry


@dataclass(frozen=True)
class Tally:
    """A statement and how it was answered, as far as it may be told."""

    entry: PanelEntry
    result: Result

    @property
    def table(self) -> Table:
        """The picture as a table."""
        return replace(self.result.table, code=self.entry.item.code)


def tallies(entries: Iterable[PanelEntry], cards: Iterable[Any]) -> list[Tally]:
    """The answers to statements that are tied as evidence, as everybody is shown them."""
    found = {card.node_id: tally_shown(card) for card in cards}
    shown = [(one, found[one.item.id]) for one in entries if one.item.id in found]
    return [Tally(one, result(said, inside=False)) for one, said in shown]
