"""The table of projections: what can be taken out of a file into one that holds something else."""

import importlib
from dataclasses import dataclass
from typing import Any

from weft.exchange.loss import LossReport


@dataclass(frozen=True, slots=True)
class Projection:
    """From what one file holds to what another can hold. `module` is beside this one; `keeps` says what is taken."""

    source: str
    target: str
    keeps: str
    module: str
    function: str

    def __call__(self, held: Any, file: str) -> tuple[Any, LossReport]:
        """What is taken, and item by item what stays behind in the file."""
        made: tuple[Any, LossReport] = getattr(
            importlib.import_module(f"weft.exchange.convert.{self.module}"), self.function
        )(held, file)
        return made


PROJECTIONS: tuple[Projection, ...] = (
    Projection("votes", "table", "one row a statement, with its votes counted", "votes", "statements"),
    Projection("election", "table", "one row a project, with its votes counted", "votes", "projects"),
    Projection("transcript", "table", "one row a turn", "texts", "turns"),
    Projection("calendar", "table", "one row an event", "texts", "events"),
    Projection("codebook", "table", "one row a code", "texts", "codes"),
    Projection("project", "codebook", "its codes and sets", "texts", "codebook"),
    Projection("bundle", "codebook", "its codebook", "texts", "bundle_codebook"),
    Projection("bundle", "references", "its references", "texts", "bundle_references"),
)
