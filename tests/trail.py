"""What the audit trail says of what was done."""

from typing import Any

from weft.people.audit.models import Entry


def trail(after: int = 0) -> list[tuple[str, str, str, str, str, dict[str, Any]]]:
    """Who did what, on what, in which programme and team, and what more is kept of it: all entries but the first."""
    entries = Entry.objects.select_related("by", "programme", "team").order_by("id")[after:]
    return [
        (
            one.by.name if one.by else "",
            one.did,
            one.on,
            one.programme.slug if one.programme else "",
            one.team.slug if one.team else "",
            one.detail,
        )
        for one in entries
    ]
