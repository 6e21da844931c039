"""Read and write 360Giving data as JSON."""

from dataclasses import replace
from pathlib import Path
from typing import cast

from weft.exchange.errors import ExchangeError
from weft.exchange.exact_json import Json, json_text, parse_json
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.rows import LARGEST_TEXT_FILE, read_text, write_text
from weft.exchange.threesixtygiving.check import Checker, as_json, place_in_json
from weft.exchange.threesixtygiving.individuals import Found, without_persons
from weft.exchange.threesixtygiving.model import GrantPackage


def read_360giving(path: Path) -> GrantPackage:
    """Read a package of grants. What could tell who a person is, is left out, and the loss report says so."""
    path = Path(path)
    place = place_in_json(path)
    value, found = without_persons(parse_json(read_text(path), path), place)
    return replace(Checker(place).package(value), loss=losses(path, found))


def write_360giving(package: GrantPackage, path: Path) -> LossReport:
    """Write a package as JSON that is valid by the schema. What could not be read back is refused."""
    path = Path(path)
    value, found = written(package, path)
    text = json_text(value) + "\n"
    if len(text.encode()) > LARGEST_TEXT_FILE:
        raise ExchangeError(f"cannot be written: it is larger than {LARGEST_TEXT_FILE} bytes.", file=path)
    parse_json(text, path)
    write_text(path, lambda file: file.write(text))
    return losses(path, found)


def written(package: GrantPackage, path: Path) -> tuple[dict[str, Json], Found]:
    """A package as JSON, checked, in which nobody is named, and what was taken out for that."""
    place = place_in_json(path)
    value, found = without_persons(as_json(package, path), place)
    Checker(place).package(value)
    return cast(dict[str, Json], value), found


def losses(path: Path, found: Found) -> LossReport:
    """What was taken out, as a report."""
    return tuple(LossItem(path.name, field, kind, why, count) for (field, kind, why), count in found.items())
