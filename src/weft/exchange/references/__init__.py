"""Bibliographic references. CSL-JSON is the canonical form; BibTeX and RIS are read into it and written from it.

Citations and bibliographies are in `weft.exchange.references.citations`, which loads a citation processor.
"""

from weft.exchange.references.bibtex import read_bibtex
from weft.exchange.references.bibtex_write import write_bibtex
from weft.exchange.references.csl_json import read_csl_json, write_csl_json
from weft.exchange.references.formats import describe, read_references
from weft.exchange.references.model import Date, Name, Reference, References
from weft.exchange.references.ris import read_ris
from weft.exchange.references.ris_write import write_ris

__all__ = [
    "Date",
    "Name",
    "Reference",
    "References",
    "describe",
    "read_bibtex",
    "read_csl_json",
    "read_references",
    "read_ris",
    "write_bibtex",
    "write_csl_json",
    "write_ris",
]
