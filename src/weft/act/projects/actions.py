"""Trying things: making projects, changing what is tried, and entering the days on which they ran."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, Required, Unpack

from django.db import transaction
from django.utils import timezone

from weft.act.projects.models import Activity, Iteration, Project, ProjectState
from weft.core import dates
from weft.core.errors import Refused
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Membership, Organisation, Venue
from weft.provenance import items
from weft.provenance.actions import Source
from weft.provenance.items import HERE, Facts, Made, Origin
from weft.provenance.models import Node, Relation

ONCE = "Enter it once it has happened."


class Tried(NamedTuple):
    """What was tried from one day on, and why it changed."""

    trying: str
    why_changed: str
    since_on: date
    by: Actor
    made_at: datetime | None


class ProjectFacts(Facts, total=False):
    """What a project says of itself."""

    title: Required[str]
    purpose: str
    lead: Membership | None
    partners: Iterable[Organisation]
    starts_on: date | None
    ends_on: date | None


class NewProject(ProjectFacts, Made, total=False):
    """What a project is made with."""

    state: str


@transaction.atomic
def begin_project(
    *, trying: str = "", tries: Iterable[Tried] = (), addresses: Iterable[Source] = (), **facts: Unpack[NewProject]
) -> Project:
    """Begin a mini-project that addresses a problem. Nothing is promised of its outcome.

    One that comes from elsewhere brings its `tries` along, the first one first.
    """
    _check_days(facts.get("starts_on"), facts.get("ends_on"))
    addressed = [s if isinstance(s, tuple) else (s, Relation.ADDRESSES) for s in addresses]
    facts["sources"] = [*addressed, *facts.get("sources", ())]
    first = [Tried(trying, "", facts.get("starts_on") or dates.today(), facts["by"], None)] if trying else []
    parts = [_iteration(number, one) for number, one in enumerate([*first, *tries], 1)]
    return items.make(Project, did="began project", parts=parts, **facts)


def _check_days(first: date | None, last: date | None) -> None:
    """The last day is not before the first."""
    if first and last and last < first:
        raise Refused("The last day is before the first. Check both.", field="ends_on")


def _iteration(number: int, tried: Tried) -> Iteration:
    return Iteration(
        number=number,
        trying=tried.trying,
        why_changed=tried.why_changed,
        since_on=tried.since_on,
        made_by=tried.by if isinstance(tried.by, User) else None,
        made_at=tried.made_at or timezone.now(),
    )


@transaction.atomic
def edit_project(*, by: Actor, row: Project, revision: int | None, **facts: Unpack[ProjectFacts]) -> Project:
    """Save what a project says of itself, unless somebody else saved it first."""
    _check_days(facts.get("starts_on", row.starts_on), facts.get("ends_on", row.ends_on))
    return items.edit(row, by=by, revision=revision, did="edited project", **facts)


@transaction.atomic
def withdraw_project(*, by: Actor, row: Project, at: datetime | None = None) -> list[Node]:
    """Take a project back and leave its tombstone; its days stay, as they happened."""
    return items.take_back(row, by=by, did="withdrew project", at=at)


@transaction.atomic
def change_what_is_tried(
    *,
    by: Actor,
    row: Project,
    trying: str,
    why_changed: str,
    since_on: date | None = None,
    made_at: datetime | None = None,
) -> Iteration:
    """Try something else from now on. It is normal; it says why, and needs nobody's permission."""
    project = items.lock(row)
    if project.state == ProjectState.ENDED:
        raise Refused("This project has ended. Open it again to try something new.")
    last = project.iterations.order_by("-number").first()
    if last is not None and not why_changed.strip():
        raise Refused("Say in a few words why it changed.")
    since = dates.has_come(since_on or dates.today(), "since_on")
    iteration = _iteration(last.number + 1 if last else 1, Tried(trying, why_changed, since, by, made_at))
    iteration.project = project
    iteration.save()
    items.follow(project, by=by)
    audit(by=by, did="changed what is tried", on=project.node)
    return iteration


@transaction.atomic
def set_state(*, by: Actor, row: Project, state: str, on: date | None = None) -> Project:
    """Say that a project is to come, running or ended."""
    if state not in ProjectState.values:
        raise Refused("A project is to come, running or ended.")
    project, day = items.lock(row), dates.has_come(on or dates.today())
    project.state = state
    project.ends_on = day if state == ProjectState.ENDED else None
    if state == ProjectState.RUNNING and project.starts_on is None:
        project.starts_on = day
    project.revision += 1
    project.save(update_fields=["state", "ends_on", "starts_on", "revision"])
    audit(by=by, did=f"project {state}", on=project.node)
    return project


class DayFacts(Facts, total=False):
    """What a day says: how many came, never who."""

    on: Required[date]
    title: str
    venue: Venue | None
    attendance: int | None
    is_universal: bool
    designed_with: str
    notes: str


@transaction.atomic
def enter_day(*, by: Actor, project: Project, origin: Origin = HERE, **facts: Unpack[DayFacts]) -> Activity:
    """Enter a day on which a project ran. The same key twice is one day."""
    dates.has_come(facts["on"], instead=ONCE)
    said: dict[str, Any] = {**facts, "title": facts.get("title") or _title(project, facts["on"])}
    of = project.node.of
    return items.make(Activity, did="entered a day", by=by, of=of, origin=origin, project=project, **said)


@transaction.atomic
def correct_day(*, by: Actor, row: Activity, revision: int | None, **facts: Unpack[DayFacts]) -> Activity:
    """Put right what was entered for a day, unless somebody else did so first."""
    dates.has_come(facts["on"], instead=ONCE)
    said: dict[str, Any] = {**facts, "title": _title(row.project, facts["on"])}
    return items.edit(row, by=by, revision=revision, did="corrected a day", **said)


def _title(project: Project, on: date) -> str:
    return f"{project.node.title}, {dates.day(on)}"
