"""QR codes as SVG whose colours come from the stylesheet."""

import segno

from weft.pictures.svg import safe


def qr(content: str, label: str) -> str:
    """The code as one path of strokes, with two cells of quiet around it; always black on white."""
    rows = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
    size = len(rows)
    path = "".join(f"M{x} {y}.5h{width}" for y, row in enumerate(rows) for x, width in _runs(row))
    return (
        f'<svg class="weft-qr" viewBox="-2 -2 {size + 4} {size + 4}" role="img" aria-label="{safe(label)}">'
        f'<path fill="none" stroke-width="1" shape-rendering="crispEdges" d="{path}"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark cells begin, and how many stand together."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
