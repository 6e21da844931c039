"""Grants in the 360Giving Data Standard 1.4.3: JSON, and its flat form as CSV or XLSX. Nobody is named."""

from weft.exchange.threesixtygiving.describe import describe
from weft.exchange.threesixtygiving.flat import read_360giving_table, write_360giving_table
from weft.exchange.threesixtygiving.json_file import read_360giving, write_360giving
from weft.exchange.threesixtygiving.model import (
    Classification,
    Document,
    Event,
    Grant,
    GrantPackage,
    GrantProgramme,
    Location,
    Organization,
    Person,
    Publisher,
    ToIndividualsDetails,
    Transaction,
)

__all__ = [
    "Classification",
    "Document",
    "Event",
    "Grant",
    "GrantPackage",
    "GrantProgramme",
    "Location",
    "Organization",
    "Person",
    "Publisher",
    "ToIndividualsDetails",
    "Transaction",
    "describe",
    "read_360giving",
    "read_360giving_table",
    "write_360giving",
    "write_360giving_table",
]
