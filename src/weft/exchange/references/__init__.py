"""Bibliographic references. CSL-JSON is the canonical form; RIS is read into it and written from it."""

from weft.exchange.references.csl_json import read_csl_json, write_csl_json
from weft.exchange.references.describe import describe
from weft.exchange.references.model import Date, Name, Reference, References
from weft.exchange.references.ris import read_ris
from weft.exchange.references.ris_write import write_ris

__all__ = [
    "Date",
    "Name",
    "Reference",
    "References",
    "describe",
    "read_csl_json",
    "read_ris",
    "write_csl_json",
    "write_ris",
]
