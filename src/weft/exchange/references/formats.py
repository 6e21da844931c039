"""Read references of whatever format they are in, and tell what is in them."""

import re
from collections import Counter
from pathlib import Path

from weft.exchange.errors import ExchangeError
from weft.exchange.references.bibtex import read_bibtex
from weft.exchange.references.csl_json import read_csl_json
from weft.exchange.references.model import References
from weft.exchange.references.ris import read_ris
from weft.exchange.rows import read_text

READERS = {".json": read_csl_json, ".bib": read_bibtex, ".bibtex": read_bibtex, ".ris": read_ris}
SIGNS = ((r"\A\s*[\[{]", read_csl_json), (r"\A\s*TY  ?-", read_ris), (r"@\w+\s*[{(]", read_bibtex))


def read_references(path: Path) -> References:
    """Read CSL-JSON, BibTeX or RIS: by the end of the file's name, and where that says nothing by how it begins."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        text = read_text(path)
        reader = next((reader for sign, reader in SIGNS if re.search(sign, text)), None)
    if reader is None:
        expected = "CSL-JSON, BibTeX or RIS"
        raise ExchangeError(f"holds no references in {expected}.", file=path, expected=expected)
    return reader(path)


def describe(references: References) -> tuple[tuple[str, str], ...]:
    """What is in the file, in rows of a label and a value."""
    kinds = Counter(reference.type for reference in references.items)
    years = sorted(date.parts[0] for one in references.items if (date := one.dates.get("issued")) and date.parts)
    rows = [("references", f"{len(references.items):,}")]
    rows += [(f"of type {kind}", f"{count:,}") for kind, count in sorted(kinds.items(), key=lambda kc: (-kc[1], kc[0]))]
    if years:
        rows.append(("years", f"{years[0]} to {years[-1]}" if years[0] != years[-1] else str(years[0])))
    return tuple(rows)
