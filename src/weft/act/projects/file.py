"""Projects with all that was tried in them, and their days, in the programme file."""

from typing import Any

from django.utils import timezone

from weft.act.projects.actions import Tried, begin_project, enter_day
from weft.act.projects.models import Activity, Project
from weft.act.projects.nouns import ACTIVITY, PROJECT
from weft.core import dates
from weft.core.errors import Refused
from weft.filing.items import Item, part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.parts import Cited, Day, Moment, OrganisationName, Part, PersonName, may, moment_on, need
from weft.filing.writing import account, put, unless, unless_noon
from weft.people.programmes.file import belongs
from weft.provenance.file import Dumping, facts, filed, origin_of, person, tie, ties, told
from weft.provenance.models import Node, Relation


class Try(Part):
    """What is tried from one day on."""

    trying: Cited = need("What is tried.", 2000)
    why_changed: Cited = may("", "Why it changed; needed for every one but the first.", 2000)
    since_on: Day | None = may(None, "Since when; the first one when the project starts.")
    by: PersonName | None = may(None, "Who said so; the item's `by`.")
    made_at: Moment | None = may(None, "When that was entered; noon of `since_on`.")


PROJECTS = part_of(
    PROJECT,
    order=["purpose", "state", "lead", "partners"],
    lead=(PersonName | None, may(None, "Who leads it; a member of the team.")),
    partners=(list[OrganisationName], may([], "Slugs of the organisations it is made with.")),
    tries=(list[Try], may([], "What was tried, the first one first.")),
)
TITLE = (str | None, may(None, "Its title; made of the project's and the day.", 300))
DAYS = part_of(ACTIVITY, Item, ["title"], title=TITLE)


def load_project(load: Loading, item: Any, path: Path) -> Node:
    """Begin a project with everything that was tried in it."""
    lead = belongs(load, item.lead, item.team, item.starts_on) if item.lead else None
    if item.lead and lead is None:
        raise Refused(f"{item.lead} is not a member of the team {item.team}.", field="lead")
    common = told(load, item)
    first = item.starts_on or timezone.localtime(common["origin"].at).date()
    tries = []
    for number, one in enumerate(item.tries):
        if number and not one.why_changed:
            raise load.faulty((*path, "tries", number), "say in `why_changed` why something else was tried.")
        since = one.since_on or first
        if number and since > dates.today():  # the first is planned where the project is
            load.fault((*path, "tries", number, "since_on"), "That day has not come yet.")
        by = person(load, one.by or item.by)
        tries.append(Tried(one.trying, one.why_changed, since, by, one.made_at or moment_on(since)))
    made = begin_project(
        **common,
        **facts(load, item),
        tries=tries,
        sources=ties(load, item, Relation.ADDRESSES),
        lead=lead,
        partners=[load.row(name) for name in item.partners],
    )
    return made.node


def dump_project(dump: Dumping, node: Node, row: Project) -> dict[str, Any]:
    """The keys of a project."""
    tries = [
        put(
            Try,
            trying=one.trying,
            why_changed=one.why_changed,
            since_on=one.since_on,
            by=account(unless(one.made_by_id, node.made_by_id)),
            made_at=unless_noon(one.made_at, one.since_on),
        )
        for one in row.iterations.order_by("number")
    ]
    return put(
        PROJECTS,
        **dump.titled(node, Relation.ADDRESSES),
        **dump.values(row),
        lead=account(row.lead.user_id) if row.lead else None,
        partners=sorted(row.partners.values_list("slug", flat=True)),
        tries=tries,
    )


def load_day(load: Loading, item: Any, path: Path) -> Node:
    """Enter a day of a project, whose team it has."""
    by, title = person(load, item.by), item.title or ""
    made = enter_day(by=by, origin=origin_of(load, item), title=title, **facts(load, item))
    return tie(load, made.node, item, Relation.INFORMS)


def dump_day(dump: Dumping, node: Node, row: Activity) -> dict[str, Any]:
    """The keys of a day."""
    keys = dump.common(node, Relation.INFORMS, without=dump.wholes(row))
    return put(DAYS, **keys, title=node.title, **dump.values(row))


filed(PROJECT, PROJECTS, load=load_project, dump=dump_project, empty=lambda at: {}, joined=("lead",))
filed(ACTIVITY, DAYS, load=load_day, dump=dump_day, joined=("venue__place",))
