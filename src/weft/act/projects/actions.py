"""Trying things: making projects, changing what is tried, and entering the days on which they ran."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from weft.act.projects.models import Activity, Iteration, Project, ProjectState
from weft.core import dates
from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Membership, Organisation, Team, Venue
from weft.provenance.actions import Source, cite, record, retitle, withdraw
from weft.provenance.models import Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility


class Tried(NamedTuple):
    """What was tried from one day on, and why it changed."""

    trying: str
    why_changed: str
    since_on: date
    by: Actor
    made_at: datetime | None


@transaction.atomic
def begin_project(
    *,
    by: Actor,
    team: Team,
    title: str,
    purpose: str = "",
    trying: str = "",
    tries: Iterable[Tried] = (),
    state: str = ProjectState.RUNNING,
    addresses: Iterable[Source] = (),
    lead: Membership | None = None,
    partners: Iterable[Organisation] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
    visibility: str = Visibility.PUBLIC,
    code: str | None = None,
    made_at: datetime | None = None,
    key: UUID | None = None,
) -> Project:
    """Begin a mini-project that addresses a problem. Nothing is promised of its outcome.

    One that comes from elsewhere brings its `tries` along, the first one first.
    """
    if earlier := saved_with(key, Project.objects.select_related("node")):
        return earlier
    first = (
        [Tried(trying, "", starts_on or dates.today(), by if isinstance(by, User) else None, made_at)] if trying else []
    )
    history = [*first, *tries]
    words = [text for one in history for text in (one.trying, one.why_changed) if text]
    sources = [s if isinstance(s, tuple) else (s, Relation.ADDRESSES) for s in addresses]
    node = record(
        by=by,
        kind="project",
        programme=team.programme,
        team=team,
        title=title,
        text="\n".join([purpose, *words]),
        sources=sources,
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    project = Project.objects.create(
        node=node, purpose=purpose, state=state, lead=lead, starts_on=starts_on, ends_on=ends_on, key=key or uuid4()
    )
    project.partners.set(partners)
    for one in history:
        _iterate(one.by, project, one.trying, one.why_changed, one.since_on, one.made_at)
    cite(by=by, node=node, texts=[purpose, *words])
    audit(by=by, did="began project", on=node)
    return project


def _iterate(by: Actor, project: Project, trying: str, why: str, since: date, made_at: datetime | None) -> Iteration:
    last = project.iterations.order_by("-number").first()
    return Iteration.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        trying=trying,
        why_changed=why,
        since_on=since,
        made_by=by if isinstance(by, User) else None,
        made_at=made_at or timezone.now(),
    )


@transaction.atomic
def edit_project(
    *,
    by: Actor,
    project: Project,
    title: str,
    purpose: str,
    revision: int,
    lead: Membership | None = None,
    partners: Iterable[Organisation] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Project:
    """Save what a project says of itself, unless somebody else saved it first."""
    project = Project.objects.select_for_update(of=("self",)).select_related("node", "lead").get(pk=project.pk)
    partners = list(partners)
    sent = {"purpose": purpose, "lead": lead, "starts_on": starts_on, "ends_on": ends_on}
    saved = {**facts_of(project, sent), "title": project.node.title, "partners": list(project.partners.all())}
    check_revision(revision, project.revision, saved, {"title": title, **sent, "partners": partners})
    project.purpose, project.lead, project.starts_on, project.ends_on = purpose, lead, starts_on, ends_on
    project.revision += 1
    project.save(update_fields=["purpose", "lead", "starts_on", "ends_on", "revision"])
    project.partners.set(partners)
    retitle(by=by, node=project.node, title=title, text=_words(project))
    cite(by=by, node=project.node, texts=_texts(project))
    audit(by=by, did="edited project", on=project.node)
    return project


def _texts(project: Project) -> list[str]:
    """Every text of a project that may cite."""
    return [project.purpose, *(t for pair in project.iterations.values_list("trying", "why_changed") for t in pair)]


def _words(project: Project) -> str:
    return "\n".join(_texts(project))


@transaction.atomic
def change_what_is_tried(
    *,
    by: Actor,
    project: Project,
    trying: str,
    why_changed: str,
    since_on: date | None = None,
    made_at: datetime | None = None,
) -> Iteration:
    """Try something else from now on. It is normal; it says why, and needs nobody's permission."""
    if project.state == ProjectState.ENDED:
        raise Refused("This project has ended. Open it again to try something new.")
    if project.iterations.exists() and not why_changed.strip():
        raise Refused("Say in a few words why it changed.")
    iteration = _iterate(by, project, trying, why_changed, since_on or dates.today(), made_at)
    retitle(by=by, node=project.node, title=project.node.title, text=_words(project))
    cite(by=by, node=project.node, texts=_texts(project))
    audit(by=by, did="changed what is tried", on=project.node)
    return iteration


@transaction.atomic
def set_state(*, by: Actor, project: Project, state: str, on: date | None = None) -> Project:
    """Say that a project is to come, running or ended."""
    if state not in ProjectState.values:
        raise Refused("A project is to come, running or ended.")
    project.refresh_from_db(fields=["revision", "starts_on"], from_queryset=Project.objects.select_for_update())
    project.state = state
    project.ends_on = (on or dates.today()) if state == ProjectState.ENDED else None
    if state == ProjectState.RUNNING and project.starts_on is None:
        project.starts_on = on or dates.today()
    project.revision += 1
    project.save(update_fields=["state", "ends_on", "starts_on", "revision"])
    audit(by=by, did=f"project {state}", on=project.node)
    return project


@transaction.atomic
def enter_day(
    *,
    by: Actor,
    project: Project,
    on: date,
    title: str = "",
    venue: Venue | None = None,
    attendance: int | None = None,
    is_universal: bool = True,
    designed_with: str = "",
    notes: str = "",
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Activity:
    """Enter a day on which a project ran: how many came, never who. The same key twice is one day."""
    if earlier := saved_with(key, Activity.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="activity",
        programme=project.node.programme,
        team=project.node.team,
        title=title or f"{project.node.title}, {dates.day(on)}",
        text=notes,
        sources=[(project.node, Relation.PRODUCED)],
        code=code,
        made_at=made_at,
    )
    activity = Activity.objects.create(
        node=node,
        project=project,
        on=on,
        venue=venue,
        attendance=attendance,
        is_universal=is_universal,
        designed_with=designed_with,
        notes=notes,
        key=key or uuid4(),
    )
    audit(by=by, did="entered a day", on=node)
    return activity


@transaction.atomic
def correct_day(
    *, by: Actor, activity: Activity, revision: int, on: date, venue: Venue | None, attendance: int | None,
    is_universal: bool, designed_with: str, notes: str,
) -> Activity:  # fmt: skip
    """Put right what was entered for a day, unless somebody else did so first."""
    days = Activity.objects.select_for_update(of=("self",)).select_related("node__programme", "project__node", "venue")
    activity = days.get(pk=activity.pk)
    sent = {
        "on": on,
        "venue": venue,
        "attendance": attendance,
        "is_universal": is_universal,
        "designed_with": designed_with,
        "notes": notes,
    }
    check_revision(revision, activity.revision, facts_of(activity, sent), sent)
    for name, value in {**sent, "revision": activity.revision + 1}.items():
        setattr(activity, name, value)
    activity.save(update_fields=[*sent, "revision"])
    title = f"{activity.project.node.title}, {dates.day(on)}"
    retitle(by=by, node=activity.node, title=title, text=notes)
    audit(by=by, did="corrected a day", on=activity.node)
    return activity


@transaction.atomic
def withdraw_project(*, by: Actor, project: Project, at: datetime | None = None) -> list[Node]:
    """Take a project back and leave its tombstone; its days stay, as they happened."""
    said = own_words(project.node, project.node.title, *_texts(project))
    audit(by=by, did="withdrew project", on=project.node)
    return withdraw(by=by, node=project.node, said=said, at=at)
