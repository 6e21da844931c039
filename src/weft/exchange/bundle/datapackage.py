"""Tables as a Data Package: `datapackage.json` beside the CSV files, which says what every column is."""

import datetime
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from weft.exchange.bundle.files import table_path
from weft.exchange.bundle.model import Bundle, CellType, Column, DataTable
from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.json_text import parse_json
from weft.exchange.tables import Table
from weft.exchange.tables.guard import may_run

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
EXPECTED: dict[CellType, str] = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day, such as 2026-11-24",
}
SHAPES: dict[CellType, re.Pattern[str]] = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"-?[0-9]{1,30}"),
    "number": re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def data_package(bundle: Bundle, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What stands in `datapackage.json`, for tables whose files are these."""
    return {
        "$schema": PROFILE,
        "name": "tables",
        "title": bundle.title,
        "description": "The tables of this bundle, with what each column means.",
        "licenses": [{"path": bundle.licence.url, "title": bundle.licence.name}],
        "resources": [_resource(one, files[table_path(one.name)]) for one in bundle.tables],
    }


def _resource(one: DataTable, data: bytes) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": "table",
        "path": table_path(one.name),
        "title": one.title,
        **({"description": one.description} if one.description else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [
                {"name": name, "type": column.type, **({"description": text} if (text := column.description) else {})}
                for name, column in zip(one.table.columns, one.columns, strict=True)
            ],
            "missingValues": list(one.missing),
        },
    }


class _Field(BaseModel):
    model_config = ConfigDict(strict=True)
    name: str
    type: CellType = "string"
    description: str = ""


class _Schema(BaseModel):
    model_config = ConfigDict(strict=True)
    fields_: list[_Field] = Field(alias="fields")
    missing: list[str] = Field([""], alias="missingValues")


class _Resource(BaseModel):
    model_config = ConfigDict(strict=True)
    name: str
    path: str
    title: str
    description: str = ""
    encoding: Literal["utf-8"] = "utf-8"
    schema_: _Schema = Field(alias="schema")


class _Package(BaseModel):
    model_config = ConfigDict(strict=True)
    resources: Annotated[list[_Resource], Field(min_length=1)]


def parse_data_package(text: str, file: str) -> tuple[tuple[DataTable, tuple[str, ...]], ...]:
    """The tables without their rows, each with the names of its columns."""
    parse_json(file, text)
    try:
        package = _Package.model_validate_json(text)
    except ValidationError as error:
        place = [str(part + 1) if isinstance(part, int) else part for part in error.errors()[0]["loc"]]
        says = "is missing or is not what it must be."
        raise ExchangeError(says, file=file, column=" ".join(place) or None, units=("item", "key")) from None
    found = []
    for one in package.resources:
        if one.path != table_path(one.name):
            says = f"the table {shown(one.name)} must stand at {table_path(one.name)}, got {shown(one.path)}."
            raise ExchangeError(says, file=file, found=one.path, expected=table_path(one.name))
        columns = tuple(Column(each.type, each.description) for each in one.schema_.fields_)
        table = DataTable(one.name, one.title, Table((), ()), columns, one.description, tuple(one.schema_.missing))
        found.append((table, tuple(each.name for each in one.schema_.fields_)))
    return tuple(found)


def check_tables(tables: tuple[DataTable, ...], file: Path | str) -> None:
    """Refuse tables whose cells are not what their columns say, and names that cannot stand."""
    seen: set[str] = set()
    for one in tables:
        place = f"{file}/{table_path(one.name)}"
        if not NAME.fullmatch(one.name) or one.name in seen or not one.title:
            says = (
                f"{shown(one.name)} is there twice, has no title, or is no name of a table: small letters, digits, -."
            )
            raise ExchangeError(says, file=file, found=one.name)
        seen.add(one.name)
        names = one.table.columns
        if len(names) != len(one.columns) or len(set(names)) != len(names):
            raise ExchangeError("every column must have a name of its own, and be described.", file=place)
        for name in names:
            if not name.strip() or name != name.strip() or may_run(name) or "\n" in name or "\r" in name:
                raise ExchangeError(f"{shown(name)} is no name of a column.", file=place, found=name)
        for row, record in enumerate(one.table.rows, 2):
            for name, column, cell in zip(names, one.columns, record, strict=False):
                if cell not in one.missing and not _fits(cell, column.type):
                    raise wrong(name, EXPECTED[column.type], cell, file=place, row=row, column=name)


def _fits(cell: str, kind: CellType) -> bool:
    if not SHAPES[kind].fullmatch(cell):
        return False
    try:
        return kind != "date" or datetime.date.fromisoformat(cell) is not None
    except ValueError:
        return False
