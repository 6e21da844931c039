"""Read and write the flat form of 360Giving data: a table with one grant a row, as CSV or XLSX."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.exact_json import MOST_DIGITS, Json
from weft.exchange.loss import LossReport
from weft.exchange.tables import NAMED, Table, read_table, read_xlsx, write_table, write_xlsx
from weft.exchange.threesixtygiving.check import Checker, Place, Route, is_day
from weft.exchange.threesixtygiving.headings import (
    MOST_ITEMS,
    heading_of,
    key_at,
    order_of,
    route_of,
    without_numbers,
)
from weft.exchange.threesixtygiving.individuals import Found, Kind, without_persons
from weft.exchange.threesixtygiving.json_file import losses, written
from weft.exchange.threesixtygiving.model import GrantPackage

NUMBER = re.compile(rf"[+-]?\d{{1,{MOST_DIGITS}}}(\.\d{{1,{MOST_DIGITS}}})?", re.ASCII)
LOCAL_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(\.\d+)?)", re.ASCII)
BETWEEN = ";"
FLAT = "The flat form has no place for this."
INEXACT = "The flat form cannot say this exactly."
ASSUMED = "It had no time zone; UTC was assumed."


def read_360giving_table(path: Path) -> GrantPackage:
    """Read grants from a CSV table, or from the first sheet of an XLSX workbook.

    Headings are the titles of the standard, `Recipient Org:Name` or `Recipient Org:0:Name`; others are kept by name.
    """
    path = Path(path)
    table = read_xlsx(path) if _is_workbook(path) else read_table(path)
    routes = _routes(path, table)
    found: Found = Counter()
    place = _place_in_table(path, table, routes)
    raw: dict[str, Json] = {"grants": _grants(table, routes, found)}
    if not table.rows:
        raise ExchangeError("holds no grant.", file=path)
    value, taken = without_persons(raw, place)
    return replace(Checker(place).package(value), loss=(*table.loss, *losses(path, found + taken)))


def write_360giving_table(package: GrantPackage, path: Path) -> LossReport:
    """Write grants as a table, XLSX where the name ends so and CSV otherwise.

    What is written is read back, and every difference is in the loss report.
    """
    path = Path(path)
    value, found = written(package, path)
    grants = cast(list[dict[str, Json]], value["grants"])
    found.update({(key, "left out", FLAT): 1 for key in value if key != "grants"})
    table, routes = _table(grants)
    back = _grants(table, routes, Counter())
    Checker(_place_in_table(path, table, routes)).package({"grants": back})
    for mine, theirs in zip(grants, back, strict=True):
        found.update(_differences(mine, theirs, ""))
    loss = write_xlsx(table, path, sheet="grants") if _is_workbook(path) else write_table(table, path)
    return (*losses(path, found), *loss)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm")


def _routes(path: Path, table: Table) -> list[Route]:
    """The field of each column; two columns for one field are refused."""
    routes: list[Route] = []
    for heading in table.columns:
        route = route_of(heading)
        if any(isinstance(step, int) and step >= MOST_ITEMS for step in route):
            says = f"the column {shown(heading)} has a number above {MOST_ITEMS - 1}, the largest that can be read."
            raise ExchangeError(says, file=path, found=heading)
        same = [place for place, other in enumerate(routes) if other[: len(route)] == route[: len(other)]]
        if heading.strip() and same:
            says = f"the columns {shown(table.columns[same[0]])} and {shown(heading)} stand for the same field."
            raise ExchangeError(says, file=path, found=heading)
        routes.append(route)
    return routes


def _place_in_table(path: Path, table: Table, routes: list[Route]) -> Place:
    """Where something stands in a table: its row, and the heading of its column."""
    numbers = table.source.row_numbers if table.source else range(2, len(table.rows) + 2)

    def place(route: Route) -> dict[str, Any]:
        row = None
        if route[:1] == ("grants",) and len(route) > 1:
            row, route = numbers[int(route[1])], route[2:]
        exact = next((place for place, other in enumerate(routes) if other[: len(route)] == route), None)
        heading = heading_of(route, frozenset()) if exact is None or routes[exact] != route else table.columns[exact]
        return {"file": path, "row": row, "column": heading or None}

    return place


def _grants(table: Table, routes: list[Route], found: Found) -> list[Json]:
    grants: list[Json] = []
    for record in table.rows:
        grant: dict[str, Any] = {}
        for heading, route, cell in zip(table.columns, routes, record, strict=True):
            if heading.strip() and cell.strip():
                _put(grant, route, _value(cell, route, found))
        grants.append(_with_lists(grant))
    return grants


def _value(cell: str, route: Route, found: Found) -> Json:
    key = key_at(route)
    if key is None or key.kind == "text":
        return cell
    text = cell.strip()
    if key.kind in ("number", "count"):
        return Decimal(text) if NUMBER.fullmatch(text) else text
    if key.kind in ("texts", "set"):
        return [part.strip() for part in text.split(BETWEEN) if part.strip()]
    local = LOCAL_TIME.fullmatch(text)
    if local or (key.kind == "time" and is_day(text)):
        found[".".join(map(str, without_numbers(route))), "changed", ASSUMED] += 1
        return f"{text}+00:00" if local else f"{text}T00:00:00+00:00"
    return text


def _put(grant: dict[str, Any], route: Route, value: Json) -> None:
    inner: dict[Any, Any] = grant
    for step in route[:-1]:
        inner = inner.setdefault(step, {})
    inner[route[-1]] = value


def _with_lists(value: Any) -> Any:
    """The value with lists where there were numbered items; numbers that are not there are passed over."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(step, int) for step in value):
        return [_with_lists(value[step]) for step in sorted(value)]
    return {step: _with_lists(inner) for step, inner in value.items()}


def _table(grants: list[dict[str, Json]]) -> tuple[Table, list[Route]]:
    """The table of grants, with those fields that its headings can say."""
    rows = [dict(_cells(grant, ())) for grant in grants]
    used = {route for row in rows for route in row}
    many = frozenset(
        without_numbers(route[:depth])
        for route in used
        for depth, step in enumerate(route)
        if isinstance(step, int) and step
    )
    routes = [
        route
        for route in sorted(used, key=order_of)
        if NAMED.search(heading := heading_of(route, many)) and route_of(heading) == route
    ]
    columns = tuple(heading_of(route, many) for route in routes)
    return Table(columns, tuple(tuple(row.get(route, "") for route in routes) for row in rows)), routes


def _cells(value: Json, route: Route) -> Iterator[tuple[Route, str]]:
    """Each field that has a text or a number; a list of texts is one cell."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if key_at((*route, name)) is not None or not isinstance(inner, dict | list):
                yield from _cells(inner, (*route, name))
    elif isinstance(value, list) and all(isinstance(inner, str) for inner in value):
        yield route, BETWEEN.join(cast(list[str], value))
    elif isinstance(value, list):
        for place, inner in enumerate(value[:MOST_ITEMS]):
            yield from _cells(inner, (*route, place))
    elif isinstance(value, bool):
        yield route, "true" if value else "false"
    elif value is not None:
        yield route, format(value, "f") if isinstance(value, Decimal) else value


def _differences(mine: Json, theirs: Json, path: str) -> Iterator[tuple[str, Kind, str]]:
    """Each field that is not the same after reading back."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name, inner in mine.items():
            if name in theirs:
                yield from _differences(inner, theirs[name], f"{path}.{name}" if path else name)
            else:
                yield (f"{path}.{name}" if path else name), "left out", FLAT
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for one, other in zip(mine, theirs, strict=True):
            yield from _differences(one, other, path)
    elif mine != theirs:
        yield path, "changed", INEXACT
