"""What a format lost: the references as they were beside the same references read back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from weft.exchange.errors import shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.references.model import Reference, References

Kind: TypeAlias = Literal["left out", "changed"]


def losses(mine: References, back: References, path: Path, why: str) -> LossReport:
    """One item for each id, type and variable that did not come back as it was."""
    return tuple(
        LossItem(path.name, f"reference {shown(one.id)}, {key}", kind, why)
        for one, other in zip(mine.items, back.items, strict=True)
        for key, kind in differences(one, other)
    )


def differences(mine: Reference, theirs: Reference) -> Iterator[tuple[str, Kind]]:
    """What differs between two references, by name."""
    for key, one, other in (("id", mine.id, theirs.id), ("type", mine.type, theirs.type)):
        if one != other:
            yield key, "changed"
    for held, back in ((mine.texts, theirs.texts), (mine.names, theirs.names), (mine.dates, theirs.dates)):
        for key in {**held, **back}:
            if held.get(key) != back.get(key):
                yield key, "changed" if key in back else "left out"
