"""What a reader or writer could not keep, item by item."""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class LossItem:
    """One thing that is not, or not unchanged, on the other side."""

    file: str
    where: str
    kind: Literal["left out", "changed"]
    why: str
    count: int = 1

    def __str__(self) -> str:
        times = "" if self.count == 1 else f" ({self.count} times)"
        return f"{self.file}, {self.where}: {self.kind}{times}. {self.why}"


LossReport: TypeAlias = tuple[LossItem, ...]
"""Empty means that nothing was lost."""
