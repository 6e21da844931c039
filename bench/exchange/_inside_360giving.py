"""What jsonschema and flattentool make of 360Giving files; run by `outside_360giving.py` in an environment of its own.

Takes the folder with the schema and the folder with what Weft wrote, and prints one line of JSON a file.
"""

import json
import shutil
import sys
import tempfile
import warnings
from decimal import Decimal
from pathlib import Path

import flattentool
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

GRANT = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.{}/schema/360-giving-schema.json"


def faults(schema: Path, package: object) -> list[str]:
    """What the schema of packages, and through it that of grants, finds wrong."""
    grant = DRAFT202012.create_resource(json.loads((schema / "360-giving-schema.json").read_text()))
    registry = Registry().with_resources([(GRANT.format(2), grant), (GRANT.format(3), grant)])
    whole = json.loads((schema / "360-giving-package-schema.json").read_text())
    formats = FormatChecker(formats=["date-time"])
    assert "date-time" in FormatChecker.checkers, "rfc3339-validator is not installed"
    validator = Draft202012Validator(whole, registry=registry, format_checker=formats)
    return [f"{fault.json_path}: {fault.message[:80]}" for fault in validator.iter_errors(package)]


def unflattened(schema: Path, table: Path) -> object:
    """The grants that flattentool makes of a flat table by the titles of the schema."""
    with tempfile.TemporaryDirectory() as folder:
        source = table
        if table.suffix == ".csv":
            source = Path(folder) / "flat"
            source.mkdir()
            shutil.copy(table, source / "grants.csv")
        made = Path(folder) / "made.json"
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            flattentool.unflatten(
                str(source),
                input_format=table.suffix[1:],
                encoding="utf-8-sig",
                root_list_path="grants",
                root_id="",
                schema=str(schema / "360-giving-schema.json"),
                convert_titles=True,
                output_name=str(made),
            )
        for warning in said:
            print(f"flattentool on {table.name}: {str(warning.message)[:150]}", file=sys.stderr)
        return json.loads(made.read_text(), parse_float=Decimal)["grants"]


def is_known(mine: object, theirs: object) -> bool:
    """Whether two values differ only as said in `docs/formats.md`.

    An apostrophe stands before what could run as a formula; flattentool takes a date cell for midnight.
    """
    if isinstance(mine, list | dict) and type(mine) is type(theirs) and len(mine) == len(theirs):
        keys = range(len(mine)) if isinstance(mine, list) else mine
        return all(mine[key] == theirs[key] or is_known(mine[key], theirs[key]) for key in keys)
    return theirs in (f"'{mine}", f"{mine}T00:00:00+00:00")


def main() -> None:
    schema, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for path in sorted(folder.glob("*.json")):
        package = json.loads(path.read_text())
        exact = json.loads(path.read_text(), parse_float=Decimal)["grants"]
        row = {"file": path.stem, "grants": len(exact), "faults": faults(schema, package)}
        for kind in (".csv", ".xlsx"):
            theirs = unflattened(schema, path.with_suffix(kind))
            pairs = [(one, other, key) for one, other in zip(exact, theirs, strict=True) for key in one | other]
            different = [(one, other, key) for one, other, key in pairs if one.get(key) != other.get(key)]
            known = [found for found in different if is_known(found[0].get(found[2]), found[1].get(found[2]))]
            row[f"{kind} known"] = len(known)
            row[kind] = [
                f"{one['id']}: {key}: {one.get(key)!r} != {other.get(key)!r}"
                for one, other, key in different
                if (one, other, key) not in known
            ]
        print(json.dumps(row))


if __name__ == "__main__":
    main()
