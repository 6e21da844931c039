"""The evidence bundle of a published edition: an RO-Crate zip with the report and everything that it rests on."""

from weft.exchange.bundle.describe import describe
from weft.exchange.bundle.model import (
    Bundle,
    Claim,
    Column,
    DataTable,
    Item,
    LeftOut,
    Licence,
    Passage,
    Relation,
    Team,
)
from weft.exchange.bundle.read import read_bundle
from weft.exchange.bundle.report import canonical_text
from weft.exchange.bundle.write import write_bundle

__all__ = [
    "Bundle",
    "Claim",
    "Column",
    "DataTable",
    "Item",
    "LeftOut",
    "Licence",
    "Passage",
    "Relation",
    "Team",
    "canonical_text",
    "describe",
    "read_bundle",
    "write_bundle",
]
