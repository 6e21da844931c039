"""Hide the small numbers of a table of people, and as many others as are needed so that none can be worked out."""

import argparse
import sys
from pathlib import Path
from typing import Any

from weft.commands import Failed
from weft.commands._answer import add_json, after_a_second, aligned, at_least, begin, one_sentence, write_json
from weft.commands._table import filled, numbered, whole
from weft.methods.category_tree import by_halves, tree_counts
from weft.methods.disclosure import INSIDE_A_TEAM, PUBLISHED, round_to_five, two_way

TOTALS = {"total", "totals", "all", "sum"}
Cells = list[list[int | None]]
Together = list[tuple[list[int], int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "table", metavar="TABLE.csv", type=Path, help="names in the first column, numbers of people, no totals"
    )
    add_json(parser)
    parser.add_argument(
        "--threshold",
        metavar="N",
        type=at_least(INSIDE_A_TEAM),
        default=PUBLISHED,
        help=f"the least number that is shown (default {PUBLISHED}, at least {INSIDE_A_TEAM})",
    )
    parser.add_argument("--round", action="store_true", help="then round each number on its own to the nearest 5")


def run(args: argparse.Namespace) -> int:
    """Read, hide and print; the totals are added."""
    with after_a_second(f"weft hide-small: working on {args.table} ..."), one_sentence():
        rows, columns, counts = _read(args.table)
        if len(columns) == 1:
            cells, together = _one_column([count for (count,) in counts], args.threshold)
        else:
            cells, together = two_way(counts, args.threshold).cells, []
        if args.round:
            together = [(those, 5 * ((count + 2) // 5)) for those, count in together]
            cells = [[round_to_five(cell) for cell in line] for line in cells]
    if args.json is None:
        sys.stdout.write(_as_text(args, rows, columns, cells, together))
    else:
        parameters = {"table": str(args.table), "threshold": args.threshold, "round": args.round}
        write_json(args.json, begin("hide-small", parameters) | _as_object(rows, columns, cells, together))
    return 0


def _one_column(counts: list[int], threshold: int) -> tuple[Cells, Together]:
    """What may be told of rows that add up, the total last, and of neighbouring rows together."""
    names = [str(at) for at in range(len(counts))]
    tree = by_halves(names)
    told = tree_counts(tree, dict(zip(names, counts, strict=True)), threshold)
    merged = [node for node in told.finest if ", " in node and node != tree.id]
    together = [([int(at) for at in node.split(", ")], told.counts[node] or 0) for node in merged]
    return [[told.counts[name]] for name in [*names, tree.id]], together


def _read(path: Path) -> tuple[list[str], list[str], list[list[int]]]:
    """Names of rows and columns, and the counts. A total among them would give away what it is the total of."""
    table = filled(path)
    columns = [name.strip() for name in table.columns[1:]]
    if not columns:
        raise Failed(f"{path} has no column of numbers.")
    for name in columns:
        if name.casefold() in TOTALS:
            raise Failed(f"{path}, column {name}: leave totals out of the table; they are added here.")
    rows: list[str] = []
    counts: list[list[int]] = []
    for row, record in numbered(table):
        label = record[0].strip()
        if label.casefold() in TOTALS:
            raise Failed(f"{path}, row {row}: leave totals out of the table; they are added here.")
        rows.append(label)
        counts.append([whole(path, row, name, cell.strip()) for name, cell in zip(columns, record[1:], strict=True)])
    return rows, columns, counts


def _as_object(rows: list[str], columns: list[str], cells: Cells, together: Together) -> dict[str, Any]:
    wide = len(columns)
    found: dict[str, Any] = {
        "rows": rows,
        "columns": columns,
        "counts": [line[:wide] for line in cells[:-1]],
        "column_totals": cells[-1][:wide],
        "hidden": sum(cell is None for line in cells for cell in line),
    }
    if wide > 1:
        found["row_totals"] = [line[-1] for line in cells[:-1]]
    else:
        found["together"] = [{"rows": [rows[at] for at in those], "count": count} for those, count in together]
    return found | {"total": cells[-1][-1]}


def _as_text(args: argparse.Namespace, rows: list[str], columns: list[str], cells: Cells, together: Together) -> str:
    heads = ["", *columns, *(["total"] if len(columns) > 1 else [])]
    lines = [
        [label, *("hidden" if cell is None else f"{cell:,}" for cell in line)]
        for label, line in zip([*rows, "total"], cells, strict=True)
    ]
    lines[-1:-1] = [[" and ".join(rows[at] for at in those), f"{count:,}"] for those, count in together]
    told = aligned(heads, lines)
    if any(cell is None for line in cells for cell in line):
        told += ["", f"hidden: fewer than {args.threshold}, or needed to protect such a number"]
    if args.round:
        told += ["", "Numbers are rounded to the nearest 5, each on its own, so totals need not add up."]
    return "\n".join(told) + "\n"
