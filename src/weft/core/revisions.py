"""Two people saving the same thing: the second is shown both."""

from collections.abc import Iterable, Mapping
from typing import Any

from weft.core.errors import Changed


def check_revision(revision: int | None, now: int, saved: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
    """Refuse to save over what somebody else saved since a page was opened on `revision`; carry both.

    Nothing is compared without a revision, as from a file, and nothing stands against sending the same thing twice.
    """
    if revision not in {None, now} and any(_plain(saved[name]) != _plain(value) for name, value in sent.items()):
        raise Changed(saved=saved, sent=sent, revision=now)


def facts_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a row holds under these names."""
    return {name: getattr(row, name) for name in names}


def _plain(value: Any) -> Any:
    """A value as it can be compared: several rows in no order."""
    return value if isinstance(value, str) or not isinstance(value, Iterable) else {str(one) for one in value}
