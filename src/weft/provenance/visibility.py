"""Who sees an item of a programme: one table, for the item at hand and as a condition for queries."""

from collections.abc import Callable
from typing import Final, Protocol

from django.db import models
from django.db.models import Q

from weft.core.standing import Standing


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everybody"
    PROGRAMME = "programme", "The programme"
    TEAM = "team", "The team"
    SEALED = "sealed", "The safeguarding lead"


class Seen(Protocol):
    """What of an item decides who sees it."""

    @property
    def visibility(self) -> str: ...
    @property
    def team_id(self) -> int | None: ...


EVERY: Final = None  # items of every team, and of none
GONE: Final = "This is not here any more."  # what somebody reads who acts on it in the moment in which it is sealed
NO_TEAM: Final[frozenset[int]] = frozenset()
EVERYBODY: Final = Standing(may_enter=True)  # whoever may read the programme
ANY_MEMBER: Final = Standing(may_enter=True, is_member=True)  # whoever belongs to it, without a team of theirs

# of which teams a reader sees the items of each visibility
SEES: Final[dict[str, Callable[[Standing], frozenset[int] | None]]] = {
    Visibility.PUBLIC: lambda here: EVERY if here.may_enter else NO_TEAM,
    Visibility.PROGRAMME: lambda here: EVERY if here.is_member else NO_TEAM,
    Visibility.TEAM: lambda here: EVERY if here.is_convenor else here.teams,
    Visibility.SEALED: lambda here: NO_TEAM,  # a concern has pages of its own
}


def sees(here: Standing, item: Seen) -> bool:
    """Whether a reader may see an item of the programme that they stand in."""
    teams = SEES[item.visibility](here)
    return teams is EVERY or item.team_id in teams


def visible(here: Standing, via: str = "") -> Q:
    """The items of a programme that a reader may see, as a condition on nodes, or on what reaches one by `via`."""
    found = Q(**{f"{via}pk__in": ()})
    for visibility, of in SEES.items():
        teams = of(here)
        if teams is EVERY:
            found |= Q(**{f"{via}visibility": visibility})
        elif teams:
            found |= Q(**{f"{via}visibility": visibility, f"{via}team_id__in": teams})
    return found


def is_public(item: Seen) -> bool:
    """Whether whoever may read the programme sees the item."""
    return sees(EVERYBODY, item)


def public(via: str = "") -> Q:
    """The same as a condition."""
    return visible(EVERYBODY, via)


def sealed(via: str = "") -> Q:
    """What was passed to the safeguarding lead, as a condition; queries leave it out unless they ask for `every`."""
    return Q(**{f"{via}visibility": Visibility.SEALED})


def is_sealed(item: Seen) -> bool:
    """Whether it was passed to the safeguarding lead."""
    return item.visibility == Visibility.SEALED


def is_for_team(item: Seen) -> bool:
    """Whether nobody sees the item but those who work in its team."""
    return not sees(ANY_MEMBER, item)
