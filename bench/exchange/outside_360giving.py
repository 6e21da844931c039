"""What Weft writes as 360Giving data, looked at by the tools of others.

jsonschema validates the JSON against the schema of the standard with date-times checked; flattentool, the standard's
own converter, turns our flat CSV and XLSX back into JSON, which must be ours. Known differences are the apostrophe
before what could run as a formula, and a date cell, which flattentool takes for midnight. Both run in an environment
of their own; the variable WEFT_OUTSIDE_360GIVING names a Python that has them.

Run: python bench/exchange/outside_360giving.py [FOLDER WITH THE SCHEMA AND THE REAL DATA]
"""

import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from _outside import python_with

from weft.exchange.threesixtygiving import (
    Event,
    Grant,
    GrantPackage,
    Location,
    Organization,
    Person,
    Publisher,
    ToIndividualsDetails,
    Transaction,
    read_360giving,
    write_360giving,
    write_360giving_table,
)

PACKAGES = ("flattentool==0.28.0", "jsonschema==4.26.0", "rfc3339-validator==0.1.4")
FUNDER = Organization(id="360G-weft-fund", name="A Fund")


def grant(number: int, **more: object) -> Grant:
    """A grant that differs from the others by its number and by what is said."""
    about: dict[str, object] = {
        "id": f"360G-weft-{number}",
        "title": f"Grant {number}, “für alle”",
        "description": "=1+1 is a text,\nand so is this line",
        "currency": ("GBP", "EUR", "JPY")[number % 3],
        "amount_awarded": (Decimal("1500.50"), Decimal(20), Decimal("0.1"))[number % 3],
        "award_date": ("2024-02-29", "2024-02-29T10:00:00+01:00")[number % 2],
        "recipient_organization": (Organization(id=f"GB-CHC-{number}", name="Café", company_number=f"0{number}"),),
        "funding_organization": (FUNDER,),
    }
    return Grant(**(about | more))


def made() -> GrantPackage:
    """Several currencies, several recipients, persons, places, spans, and fields that the standard does not know."""
    two = (Organization(id="GB-CHC-1", name="One"), Organization(id="GB-CHC-2", name="Two", postal_code="AB1 2CD"))
    reasons = ToIndividualsDetails(primary_grant_reason="GTIR010", grant_purpose=("GTIP010", "GTIP020"))
    return GrantPackage(
        version="1.4",
        title="Made grants",
        publisher=Publisher(name="A Fund", website="https://example.org/"),
        grants=(
            grant(1, planned_dates=(Event(start_date="2024-03", end_date="2025", duration=Decimal("10.5")),)),
            grant(2, recipient_organization=two, related_activity=("360G-weft-1", "360G-weft-3")),
            grant(3, beneficiary_location=(Location(name="Hull", country_code="GB", latitude=Decimal("53.75")),)),
            grant(
                6,
                disbursement_transaction=(
                    Transaction(id="t1", transaction_date="2024-03-01", value=Decimal("0.05"), currency="GBP"),
                    Transaction(id="t2", transaction_date="2024-04-01", value=Decimal(19), currency="GBP"),
                ),
            ),
            grant(4, amount_disbursed=Decimal("-12.30"), date_modified="2024-05-01T00:00:00Z", more={"Ward": "Avenue"}),
            grant(
                5,
                recipient_organization=(),
                recipient_individual=Person(id="360G-weft-individual-1"),
                to_individuals_details=reasons,
            ),
        ),
    )


def main() -> int:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data/360giving"
    python = os.environ.get("WEFT_OUTSIDE_360GIVING") or python_with("outside-360giving", *PACKAGES)
    packages = {"made": made()}
    packages |= {path.stem[:24]: read_360giving(path) for path in sorted(shared.glob("real-*.json"))}
    with tempfile.TemporaryDirectory() as folder:
        for name, package in packages.items():
            write_360giving(package, Path(folder) / f"{name}.json")
            for kind in (".csv", ".xlsx"):
                write_360giving_table(package, Path(folder) / f"{name}{kind}")
        inside = Path(__file__).with_name("_inside_360giving.py")
        ran = subprocess.run([python, str(inside), str(shared), folder], stdout=subprocess.PIPE, text=True, check=True)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    print("| package | grants | faults by the schema | differences by CSV | by XLSX | known differences |")
    print("|---|---|---|---|---|---|")
    for line in lines:
        counts = [len(line[kind]) for kind in ("faults", ".csv", ".xlsx")]
        known = f"{line['.csv known']} by CSV, {line['.xlsx known']} by XLSX"
        print(f"| {line['file']} | {line['grants']} | {' | '.join(map(str, counts))} | {known} |")
    for line in lines:
        for kind in ("faults", ".csv", ".xlsx"):
            for found in line[kind][:20]:
                print(f"{line['file']}, {kind}: {found}")
    return any(line[kind] for line in lines for kind in ("faults", ".csv", ".xlsx"))


if __name__ == "__main__":
    sys.exit(main())
