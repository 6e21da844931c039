"""How many agreed with the statements behind a finding, through the disclosure rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weft.core import counts
from weft.core.tables import Column, Table, numbers
from weft.listen.conversations.models import Choice
from weft.listen.conversations.queries import tally_shown
from weft.provenance.queries import PanelEntry

ANSWERS = tuple(str(choice.label) for choice in (Choice.AGREE, Choice.DISAGREE, Choice.PASS))
BARS = ("weft-bar", "weft-bar--b", "weft-bar--c")
BAR_WIDTH = 190


@dataclass(frozen=True)
class Row:
    """One answer: its name, how many people and what share gave it (`None` where hidden), and its bar."""

    name: str
    people: int | None
    percent: int | None
    bar: str
    width: int
    y: int

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y + 18

    @property
    def number_x(self) -> int:
        """Where its number stands, after the bar."""
        return 78 + self.width + 9


@dataclass(frozen=True)
class Tally:
    """How a statement was answered, as far as it may be shown."""

    entry: PanelEntry
    rows: list[Row]
    total: int | None

    @property
    def agree(self) -> int | None:
        """How many agreed."""
        return self.rows[0].people

    @property
    def table(self) -> Table:
        """The picture as a table."""
        rows = [
            (
                row.name,
                "not shown" if row.people is None else row.people,
                "" if row.percent is None else f"{row.percent}%",
            )
            for row in self.rows
        ]
        columns = [Column("Answer"), *numbers("People", "Share")]
        whole = ("All", self.total, "100%")
        return Table("Answers to the card", columns, [*rows, whole], self.entry.item.code, is_stacked=False)

    @property
    def hidden(self) -> str:
        """What is to be said of numbers that are not shown."""
        return "" if self.is_whole else "Hidden: fewer than 10, or needed to protect such a number."

    @property
    def is_whole(self) -> bool:
        """Whether no number of it is hidden."""
        return self.total is not None and all(row.people is not None for row in self.rows)


def tallies(entries: Iterable[PanelEntry], cards: Iterable[Any]) -> list[Tally]:
    """The answers to statements that are tied as evidence, as everybody is shown them; none where nobody answered."""
    found = {card.node_id: tally_shown(card) for card in cards}
    shown = [(one, found[one.item.id]) for one in entries if one.item.id in found]
    return [_tally(one, [said.agree, said.disagree, said.passed]) for one, said in shown if said.total]


def _tally(entry: PanelEntry, numbers: list[int]) -> Tally:
    from weft.methods.disclosure import one_way  # here, since it brings NumPy and the site starts without

    table = one_way(numbers, counts.smallest())
    most = max((n for n in table.cells if n is not None), default=0) or 1
    rows = [
        Row(name, people, percent, bar, round((people or 0) / most * BAR_WIDTH), 9 + 40 * at)
        for at, (name, people, percent, bar) in enumerate(zip(ANSWERS, table.cells, table.percents, BARS, strict=True))
    ]
    return Tally(entry, rows, table.total)
