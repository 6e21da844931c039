"""Draw the threads of one layer: colour, core, where they go over one another, and where the warp goes over them."""

from weft.pictures.colour import colour_of
from weft.pictures.svg import GOLD, PAPER, WARP, num
from weft.pictures.weave.arrange import Strand
from weft.pictures.weave.geometry import crossings, segments, strand_path
from weft.pictures.weave.sheet import Sheet, gathered

BROKEN = ' stroke-dasharray="6 3.5"'
TURN = 9
WARP_WIDTH = 2.1

Twist = tuple[tuple[int, ...], float]


def draw_threads(sheet: Sheet) -> None:
    """Unlit threads first, then the lit ones on gold; without a focus all are one layer."""
    if not sheet.dimmed:
        _layer(sheet, sheet.placed.strands, bright=True, glow=False)
        return
    _layer(sheet, [strand for strand in sheet.placed.strands if not strand.lit], bright=False, glow=False)
    _layer(sheet, [strand for strand in sheet.placed.strands if strand.lit], bright=True, glow=True)


def _layer(sheet: Sheet, strands: list[Strand], *, bright: bool, glow: bool) -> None:
    paths = [(strand, strand_path(sheet.placed, strand)) for strand in strands]
    if glow:
        widths = gathered((strand.width, path) for strand, path in paths)
        for width, pieces in sorted(widths.items()):
            sheet.pen.line("wv-cas", pieces, PAPER, width + 8)
        _gold(sheet, widths)
    _colours(sheet, paths, bright)
    _cores(sheet, paths)
    _over_and_under(sheet, strands, bright=bright, glow=glow)
    _warp_over(sheet, strands, glow)


def _gold(sheet: Sheet, widths: dict[float, list[str]]) -> None:
    for width, pieces in sorted(widths.items()):
        sheet.pen.line("wv-gold", pieces, GOLD, width + 4.6)


def _colours(sheet: Sheet, paths: list[tuple[Strand, str]], bright: bool) -> None:
    groups = gathered(((strand.teams[0], strand.width, strand.against), path) for strand, path in paths)
    for (team, width, against), pieces in sorted(groups.items()):
        sheet.stroke("wv-th", team, bright, pieces, width, BROKEN if against else "")
    _twist(
        sheet, gathered(((strand.teams, strand.width), path) for strand, path in paths if not strand.against), bright
    )


def _twist(sheet: Sheet, groups: dict[Twist, list[str]], bright: bool) -> None:
    """The second and further colours of threads that several teams share, laid over the first in turns."""
    for (teams, width), pieces in sorted(groups.items()):
        for place, team in enumerate(teams[1:], 1):
            turns = f' stroke-dasharray="{TURN} {TURN * (len(teams) - 1)}" stroke-dashoffset="{-TURN * place}"'
            sheet.stroke("wv-th", team, bright, pieces, width, turns)


def _cores(sheet: Sheet, paths: list[tuple[Strand, str]]) -> None:
    plain = [(s, path) for s, path in paths if len(s.teams) == 1 and not s.against and s.width >= 2]
    groups = gathered(((s.teams[0] % 8, s.width >= 3.5), path) for s, path in plain if colour_of(s.teams[0]).core)
    for (team, thick), pieces in sorted(groups.items()):
        core = colour_of(team).core
        if core:
            sheet.pen.line("wv-core", pieces, PAPER, core.width(3.5 if thick else 3), core.attributes())


def _over_and_under(sheet: Sheet, strands: list[Strand], *, bright: bool, glow: bool) -> None:
    """At each crossing a piece of the upper thread again: in paper over the lower one, then in colour."""
    met = [c for gap in segments(sheet.placed, strands) for c in crossings(gap) if not c.at_an_end]
    clear = gathered((c.over.strand.width, c.patch(1)) for c in met)
    again = gathered(((c.over.strand.teams, c.over.strand.width), c.patch(1.35)) for c in met)
    for width, pieces in sorted(clear.items()):
        sheet.pen.line("wv-cas", pieces, PAPER, width + (8 if glow else 4.4))
    if glow:
        _gold(sheet, gathered((width, "".join(pieces)) for (_, width), pieces in again.items()))
    firsts = gathered(((teams[0], width), "".join(pieces)) for (teams, width), pieces in again.items())
    for (team, width), pieces in sorted(firsts.items()):
        sheet.stroke("wv-th", team, bright, pieces, width)
    _twist(sheet, again, bright)


def lane_ranks(sheet: Sheet) -> dict[tuple[Strand, int, bool], int]:
    """The rank of every lane down its column, by (strand, step, arriving).

    A thread that passes keeps one rank across the whole band, so that it meets the warp by turns.
    """
    ranks = {}
    for column in sheet.placed.columns:
        rank = 0
        for point in column:
            for ends, arriving in ((point.arriving, True), (point.leaving, False)):
                for lane, (strand, step) in enumerate(ends):
                    ranks[strand, step, arriving] = rank + lane
            rank += max(len(point.arriving), len(point.leaving))
    return ranks


def warp_over(rank: int, end: int, column: int) -> bool:
    """Plain weave: whether the warp end passes over the thread."""
    return (rank + end + column) % 2 == 1


def _warp_over(sheet: Sheet, strands: list[Strand], glow: bool) -> None:
    ranks, ends = lane_ranks(sheet), sheet.warp_ends()
    middle, clear, again = (len(ends) - 1) // 2, [], []
    for strand in strands:
        half = strand.width / 2 + (2.3 if glow else 0)
        for step, lanes in enumerate(zip(strand.leaves, strand.arrives, strict=True)):
            for arriving, y in zip((False, True), lanes, strict=True):
                point = strand.path[step + arriving]
                passing = arriving and point.knot is None
                here = [*range(middle + passing)] if arriving else [*range(middle + 1, len(ends))]
                for end in here:
                    if warp_over(ranks[strand, step, arriving], end, point.column):
                        x = num(sheet.placed.x[point.column] + ends[end])
                        clear.append(f"M{x} {num(y - half - 0.6)}V{num(y + half + 0.6)}")
                        again.append(f"M{x} {num(y - half - 1.6)}V{num(y + half + 1.6)}")
    sheet.pen.line("wv-cas", clear, PAPER, 2 * WARP_WIDTH)
    sheet.pen.line("wv-warp", again, WARP, WARP_WIDTH)
