"""Reading concerns: for the safeguarding lead alone."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from weft.core.access import found_or_404
from weft.core.standing import Standing
from weft.listen.concerns.models import Concern, ConcernNote
from weft.people.programmes.models import Membership, Programme, Role
from weft.people.programmes.queries import current, safeguarding_leads
from weft.provenance.journal import EVER, Entry, Stands
from weft.provenance.models import Node


def leads_for(node: Node) -> QuerySet[Membership]:
    """Whom a concern about an item is passed to: the leads of its team, and those of the whole programme."""
    return safeguarding_leads(node.programme, node.team)


def concerns_of(programme: Programme, here: Standing) -> QuerySet[Concern]:
    """What was passed to a safeguarding lead, what is open first."""
    rows = Concern.objects.filter(item__programme=programme)
    if not here.guards_all:
        rows = rows.filter(item__team__in=here.guarded)
    return rows.select_related("item__programme", "item__team", "passed_by").order_by("-state", "-passed_at")


def concern_of(programme: Programme, here: Standing, code: str) -> Concern:
    """One of them, by the code of what was said."""
    return found_or_404(concerns_of(programme, here).filter(item__code=code.upper()))


def said(node: Node) -> Any:
    """The row of what was said, whether sealed or not."""
    every: Any = node.about.model
    return every.every.select_related("conversation").get(node=node)


def notes_of(concern: Concern) -> QuerySet[ConcernNote]:
    """What was done, the first of it first."""
    return concern.notes.select_related("made_by")


def whom_to_name(node: Node) -> str:
    """What a team is told where nobody is named to pass concerns to."""
    rows = Membership.objects.filter(current(), programme=node.programme, role=Role.CONVENOR).select_related("user")
    who = " or ".join(str(one.user) for one in rows) or "whoever runs the programme"
    return f"No safeguarding lead is named. Tell {who} today: they name one under “People”."


def now_with(node: Node) -> str:
    """What whoever passed something on is told: who has it now, or that nobody can read it yet."""
    if leads := [str(lead.user) for lead in leads_for(node)]:
        return f"{node.code} is with {' and '.join(leads)} now. Nobody else can see it."
    return f"{node.code} is sealed, but nobody can read it. {whom_to_name(node)}"


def unsealed(ids: list[UUID]) -> Stands:
    """What was passed on, of which a restored database knows nothing."""
    rows = Node.every.filter(pk__in=ids, withdrawn_at=None, concern=None)
    return ((key, "", EVER) for key in rows.values_list("pk", flat=True))


def journalled() -> Iterable[Entry]:
    """Everything that was passed on."""
    return (Entry("sealed", key, at) for key, at in Concern.objects.values_list("item", "passed_at"))
