"""The formats that are read and written, and where the code of each is; none of it is loaded before it is used."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossReport


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `holds` is what a file of it is about: two formats that hold the same can become each other.

    `package` is below `weft.exchange`; `reader`, `writer` and `describer` are names in it, and a format without a
    reader is only written.
    """

    key: str
    name: str
    holds: str
    package: str
    suffixes: tuple[str, ...] = ()
    reader: str = ""
    writer: str = ""
    describer: str = "describe"
    is_folder: bool = False

    def read(self, path: Path) -> Any:
        """What the file or folder holds."""
        if not self.reader:
            raise ExchangeError(f"is {self.name}, which is only written, never read.", file=path)
        return self._named(self.reader)(path)

    def write(self, held: Any, path: Path) -> LossReport:
        """Write a file or folder, and say what was lost."""
        if not self.writer:
            raise ExchangeError(f"would be {self.name}, which is only read, never written.", file=path)
        report: LossReport = self._named(self.writer)(held, path)
        return report

    def describe(self, held: Any) -> tuple[tuple[str, str], ...]:
        """What is in it, as labels and values for a person to read."""
        rows: tuple[tuple[str, str], ...] = self._named(self.describer)(held)
        return rows

    def _named(self, name: str) -> Any:
        return getattr(importlib.import_module(f"weft.exchange.{self.package}"), name)


FORMATS: tuple[Format, ...] = (
    Format("polis", "a Polis export", "votes", "polis", (), "read_polis", "write_polis", is_folder=True),
    Format("pabulib", "a Pabulib election", "election", "pabulib", (".pb",), "read_pabulib", "write_pabulib"),
    Format("csv", "a table in CSV", "table", "tables", (".csv", ".tsv", ".tab"), "read_table", "write_table"),
    Format("xlsx", "a table in an Excel workbook", "table", "tables", (".xlsx",), "read_xlsx", "write_xlsx"),
    Format(
        *("360giving", "grants in 360Giving JSON", "grants", "threesixtygiving", (".json",)),
        *("read_360giving", "write_360giving"),
    ),
    Format(
        *("360giving-csv", "grants in a 360Giving table", "grants", "threesixtygiving", (".csv", ".xlsx")),
        *("read_360giving_table", "write_360giving_table"),
    ),
    Format(
        *("csl-json", "references in CSL-JSON", "references", "references", (".json",)),
        *("read_csl_json", "write_csl_json"),
    ),
    Format(
        *("bibtex", "references in BibTeX", "references", "references", (".bib", ".bibtex")),
        *("read_bibtex", "write_bibtex"),
    ),
    Format("ris", "references in RIS", "references", "references", (".ris",), "read_ris", "write_ris"),
    Format("qdc", "a REFI-QDA codebook", "codebook", "refi", (".qdc",), "read_codebook", "write_codebook"),
    Format("qdpx", "a REFI-QDA project", "project", "refi", (".qdpx",), "read_project", "write_project"),
    Format("ics", "a calendar", "calendar", "calendar", (".ics",), "read_calendar"),
    Format("webvtt", "a transcript in WebVTT", "transcript", "transcripts", (".vtt",), "read_webvtt"),
    Format("srt", "a transcript in SRT", "transcript", "transcripts", (".srt",), "read_srt"),
    Format("docx", "a transcript in a Word document", "transcript", "transcripts", (".docx",), "read_docx"),
    Format("text", "a transcript in plain text", "transcript", "transcripts", (".txt",), "read_text"),
    Format("bundle", "an evidence bundle", "bundle", "bundle", (".zip",), "read_bundle", "write_bundle"),
)
BY_KEY = {each.key: each for each in FORMATS}


def by_suffix(path: Path) -> tuple[Format, ...]:
    """The formats whose files may end like this one."""
    return tuple(each for each in FORMATS if path.suffix.lower() in each.suffixes)


def in_words(formats: Iterable[Format]) -> str:
    """Formats as one can ask for them: `csl-json (.json), polis (a folder)`."""
    return ", ".join(f"{each.key} ({'a folder' if each.is_folder else ', '.join(each.suffixes)})" for each in formats)
