"""Stepping up and stepping back."""

from datetime import date

from django.db import transaction

from weft.core import dates
from weft.core.errors import Refused
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.leads.models import Lead
from weft.people.programmes.models import Membership


@transaction.atomic
def step_up(
    *,
    by: Actor,
    membership: Membership,
    stage: str,
    supports: bool = False,
    reason: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> Lead:
    """Somebody leads a stage from now on, or supports it; whoever led it before steps back, and the reason stays."""
    if membership.team is None:
        raise Refused("Only members of a team can lead a part of its work.")
    day = from_on or dates.today()
    if not supports and to_on is None:
        before = Lead.objects.filter(team=membership.team, stage=stage, supports=False, to_on=None).first()
        if before is not None:
            if before.membership_id == membership.pk:
                raise Refused(f"{membership.user} leads this already.")
            if not reason:
                raise Refused("Say in a few words why it changes hands.")
            before.to_on = day
            before.save(update_fields=["to_on"])
    lead = Lead.objects.create(
        team=membership.team,
        membership=membership,
        stage=stage,
        supports=supports,
        reason=reason,
        from_on=day,
        to_on=to_on,
    )
    audit(by=by, did="stepped up", on=lead, team=membership.team)
    return lead


@transaction.atomic
def step_back(*, by: Actor, lead: Lead, reason: str = "", on: date | None = None) -> Lead:
    """Somebody stops leading or supporting; the history stays."""
    if lead.to_on is not None:
        raise Refused("That has ended already.")
    lead.to_on = on or dates.today()
    lead.reason = reason or lead.reason
    lead.save(update_fields=["to_on", "reason"])
    audit(by=by, did="stepped back", on=lead, team=lead.team)
    return lead
