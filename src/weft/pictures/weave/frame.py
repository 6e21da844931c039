"""The measures of the two pictures, wide for a page and tall (turned) for a phone, in SVG units."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """Lengths run along the threads, heights across them; the tall picture swaps the two when it is drawn."""

    length: float = 1200
    height: float = 500
    lowest: float = 200
    lead: float = 238
    tail: float = 150
    band: float = 46
    ends: int = 7
    row: float = 31
    answer_row: float = 38
    team_gap: float = 18
    cap: int = 24
    late_cap: int = 12
    scale: float = 1
    head: float = 78
    foot: float = 30
    rail: float = 0
    turned: bool = False

    def columns(self, count: int) -> list[float]:
        """Where the columns stand."""
        step = (self.length - self.lead - self.tail) / max(1, count - 1)
        return [round(self.lead + step * k, 1) for k in range(count)]

    def band_of(self, count: int) -> float:
        """How wide a band of warp is: narrower where many columns leave it little room."""
        step = (self.length - self.lead - self.tail) / max(1, count - 1)
        return min(self.band, round(step * 0.55, 1))

    def height_of(self, rows: int) -> float:
        """How high the picture wants to be for its fullest column."""
        return min(self.height, max(self.lowest, 45 * rows))

    def cap_of(self, stage: int, level: int, items: int) -> int:
        """Most knots in a column; in a full weave fewer in insights and Share, where threads of all teams meet."""
        late = items > 400 and (stage == 5 or (stage == 4 and level > 0))
        return min(self.cap, self.late_cap) if late else self.cap


WIDE = Frame()
TALL = Frame(
    length=690,
    height=226,
    lowest=140,
    lead=78,
    tail=56,
    band=30,
    ends=5,
    row=29,
    team_gap=4,
    cap=7,
    scale=0.9,
    head=4,
    foot=0,
    rail=98,
    turned=True,
)
