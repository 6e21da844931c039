"""The errors that end a request; one middleware makes pages of them, and of Django's `Http404`."""

from collections.abc import Mapping
from typing import Any


class NotAllowed(Exception):
    """This person may not do this (403)."""


class Refused(Exception):
    """It cannot be done as things stand: closed, spent, decided (409). `field` is what of a form stands against it."""

    def __init__(self, said: str, *, field: str | None = None) -> None:
        super().__init__(said)
        self.field = field


class TooMany(Exception):
    """This caller sends too much for now (429)."""


class Moved(Exception):
    """What was asked for stands at another address of this site now (308). Its text is that address."""


class Changed(Exception):
    """Somebody else saved first. Carries both texts, or both sets of facts by name, for the person to choose (409)."""

    def __init__(
        self, *, saved: str | Mapping[str, Any], sent: str | Mapping[str, Any], revision: int, saved_by: str = ""
    ) -> None:
        super().__init__("Somebody else saved this while you were writing.")
        self.saved, self.sent, self.revision, self.saved_by = saved, sent, revision, saved_by
