"""Say how far coders coded the same texts alike: a start for a conversation between them, and no grade."""

import argparse
import dataclasses
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from weft.commands import Failed
from weft.commands._answer import add_json, after_a_second, aligned, begin, figure, one_sentence, write_json
from weft.commands._table import filled, numbered, places, whole
from weft.exchange.tables import Table
from weft.methods.agreement import (
    LEAST_CODED,
    LEAST_TEXTS,
    UNIVERSES,
    Agreement,
    Span,
    agreement,
    from_labels,
    may_be_shown,
    pool,
    units,
)

SPANS = ("text", "length", "coder", "code", "start", "end")
LABELS = ("unit", "coder", "value")
Marks = dict[tuple[str, str, str], list[Span]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "codings",
        metavar="CODINGS.csv",
        type=Path,
        help="columns text, length, coder, code, start, end for marked passages; unit, coder, value for whole texts",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Read, compare and print."""
    with after_a_second(f"weft agreement: working on {args.codings} ..."), one_sentence():
        table = filled(args.codings)
        told, text = _whole_texts(args.codings, table) if "unit" in table.columns else _passages(args.codings, table)
    if args.json is None:
        sys.stdout.write(text)
    else:
        write_json(args.json, begin("agreement", {"codings": str(args.codings)}) | told)
    return 0


def _whole_texts(path: Path, table: Table) -> tuple[dict[str, Any], str]:
    """Each coder gives each unit one category; an empty cell or no row is a unit that coder did not do."""
    unit_at, coder_at, value_at = places(path, table, LABELS)
    given: dict[tuple[str, str], str | None] = {}
    for row, record in numbered(table):
        key = (record[coder_at].strip(), record[unit_at].strip())
        if key in given:
            raise Failed(f"{path}, row {row}: coder {key[0]} gives unit {key[1]} twice.")
        given[key] = record[value_at].strip() or None
    coders, named = (list(dict.fromkeys(names)) for names in zip(*given, strict=True))
    values = from_labels({coder: [given.get((coder, unit)) for unit in named] for coder in coders})
    found = agreement(values)
    told = {"coders": coders, "units": len(named), "agreement": _figures(found)}
    heads = ("coders", "units", "percent", "kappa", "alpha")
    row_of = (str(len(coders)), f"{len(named):,}", *_shown(found))
    return told, "\n".join([*aligned(heads, [row_of], left=()), *_note()]) + "\n"


def _passages(path: Path, table: Table) -> tuple[dict[str, Any], str]:
    """Each code is a question of its own, over all texts together."""
    lengths, worked, marks, codes = _marks(path, table)
    coders = list(dict.fromkeys(coder for _, coder in worked))
    told: list[dict[str, Any]] = []
    rows: list[tuple[str, ...]] = []
    for code in codes:
        both = {universe: _agreement(lengths, worked, marks, coders, (code, universe, codes)) for universe in UNIVERSES}
        shown = may_be_shown(both["all"], len(lengths))
        told.append({"code": code, "may_be_shown": shown} | {name: _figures(each) for name, each in both.items()})
        cells = [cell for each in both.values() for cell in (_shown(each) if shown else ("-", "-", "-"))]
        rows.append((code, f"{both['all'].coded_weight:,}", *cells))
    heads = ("code", "coded", "percent", "kappa", "alpha", "percent, touched", "kappa, touched", "alpha, touched")
    lines = [
        f"{len(coders)} coders, {len(lengths):,} texts, {sum(lengths.values()):,} characters",
        "",
        *aligned(heads, rows),
        "",
        "touched: only what somebody gave any code",
        f"Not shown for a code with fewer than {LEAST_CODED} coded characters, or with fewer than {LEAST_TEXTS} texts.",
        *_note(),
    ]
    return {"coders": coders, "texts": len(lengths), "codes": told}, "\n".join(lines) + "\n"


def _marks(path: Path, table: Table) -> tuple[dict[str, int], dict[tuple[str, str], None], Marks, list[str]]:
    """Lengths of texts, who worked on which, passages by text, coder and code, and the codes in order."""
    at = places(path, table, SPANS)
    lengths: dict[str, int] = {}
    worked: dict[tuple[str, str], None] = {}
    marks: Marks = {}
    codes: dict[str, None] = {}
    for row, record in numbered(table):
        text, length, coder, code, start, end = (record[place].strip() for place in at)
        size = whole(path, row, "length", length)
        if lengths.setdefault(text, size) != size:
            raise Failed(f"{path}, row {row}: text {text} has length {size} here and {lengths[text]} above.")
        worked[text, coder] = None
        if not code:
            continue
        span = whole(path, row, "start", start), whole(path, row, "end", end)
        if not span[0] < span[1] <= size:
            raise Failed(f"{path}, row {row}: A span must have 0 <= start < end <= {size}, got {span[0]}..{span[1]}.")
        marks.setdefault((text, coder, code), []).append(span)
        codes[code] = None
    return lengths, worked, marks, list(codes)


def _agreement(
    lengths: dict[str, int],
    worked: Collection[tuple[str, str]],
    marks: Marks,
    coders: Sequence[str],
    question: tuple[str, str, Sequence[str]],
) -> Agreement:
    code, universe, codes = question

    def of(text: str, asked: str) -> list[list[Span] | None]:
        return [marks.get((text, coder, asked), []) if (text, coder) in worked else None for coder in coders]

    pieces = [
        units(length, of(text, code), universe=universe, others=[spans for each in codes for spans in of(text, each)])
        for text, length in lengths.items()
    ]
    joined = pool(pieces)
    return agreement(joined.values, joined.weights)


def _figures(found: Agreement) -> dict[str, Any]:
    return dataclasses.asdict(found)


def _shown(found: Agreement) -> tuple[str, str, str]:
    return figure(found.percent, 3), figure(found.kappa, 3), figure(found.alpha, 3)


def _note() -> list[str]:
    return ["", "kappa and alpha: 1 is full agreement, 0 is chance; - where a figure does not exist, which is not 0"]
