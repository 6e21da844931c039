"""What every drawing step needs: the layout, the pen, and whether a focus dims the rest."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from weft.pictures.colour import colour_of, team_class
from weft.pictures.svg import Pen
from weft.pictures.weave.place import Placed

K = TypeVar("K", bound=Hashable)
ROUND = ' stroke-linecap="round"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet a weave is drawn on."""

    placed: Placed
    pen: Pen
    dimmed: bool
    fewest: int

    @property
    def turned(self) -> bool:
        """Whether the picture swaps x and y."""
        return self.placed.frame.turned

    def bright(self, lit: bool) -> bool:
        """Whether something has its full colour: lit, or nothing is in focus."""
        return lit or not self.dimmed

    def warp_ends(self) -> list[float]:
        """The upright threads of a band, from its middle."""
        ends = self.placed.frame.ends
        pitch = (self.placed.band - 6 * self.placed.band / self.placed.frame.band) / (ends - 1)
        return [(end - (ends - 1) / 2) * pitch for end in range(ends)]

    def stroke(self, kind: str, team: int, bright: bool, pieces: Iterable[str], width: float, extra: str = "") -> None:
        """A stroke in a team's colour."""
        dye = colour_of(team)
        name = f"{kind} {team_class(team)}" if bright else f"{kind} {team_class(team)} wv-dim"
        self.pen.line(name, pieces, dye.light if bright else dye.light_dim, width, extra)

    def fill(self, kind: str, team: int, bright: bool, data: str) -> None:
        """A shape in a team's colour."""
        dye = colour_of(team)
        name = f"{kind} {team_class(team)}" if bright else f"{kind} {team_class(team)} wv-dim"
        self.pen.fill(name, data, dye.light if bright else dye.light_dim)


def gathered(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """Pieces of path by what they share, so that they become one element."""
    found: dict[K, list[str]] = {}
    for key, piece in pairs:
        found.setdefault(key, []).append(piece)
    return found
