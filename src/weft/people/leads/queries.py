"""Who leads now, and how it came about."""

from django.db.models import QuerySet

from weft.core.access import found_or_404
from weft.people.leads.models import Lead
from weft.people.programmes.models import Team


def leads_now(team: Team) -> QuerySet[Lead]:
    """Who leads and supports what, now."""
    return team.leads.filter(to_on=None).select_related("membership__user", "membership__organisation")


def lead_history(team: Team) -> QuerySet[Lead]:
    """Every lead of a team, the newest first."""
    return team.leads.select_related("membership__user", "membership__organisation").order_by("-from_on", "-id")


def lead_of(team: Team, key: int) -> Lead:
    """One lead of a team."""
    return found_or_404(team.leads.select_related("membership__user", "team").filter(pk=key))
