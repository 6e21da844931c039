"""Writing the audit trail."""

from collections.abc import Iterable
from typing import Any

from weft.core.inserts import insert, insert_all
from weft.people.accounts.models import Actor, User
from weft.people.audit.models import Entry


def audit(*, by: Actor, did: str, on: Any, programme: Any = None, team: Any = None, **detail: Any) -> Entry:
    """Record that somebody did something. `on` is named by its code or its table and key, never by its words.

    Programmes and teams are not named as types here: their own actions write the trail, and areas import in no circle.
    """
    return insert(_entry(by, did, on, programme, team, detail))


def audit_all(*, by: Actor, did: str, on: Iterable[Any]) -> None:
    """Record the same of several things."""
    insert_all(_entry(by, did, one, None, None, {}) for one in on)


def _entry(by: Actor, did: str, on: Any, programme: Any, team: Any, detail: dict[str, Any]) -> Entry:
    programme = programme or getattr(on, "programme", None) or getattr(team, "programme", None)
    team = team or getattr(on, "team", None)
    label = getattr(on, "code", "") or f"{on._meta.label} {on.pk}" if hasattr(on, "_meta") else str(on)
    return Entry(
        by_id=by.pk if isinstance(by, User) else None,
        did=did,
        on=label[:120],
        programme_id=programme.pk if programme else None,
        team_id=team.pk if team else None,
        detail=detail,
    )
