"""Loading the items of Act, Learn and Share, and the money."""

from django.utils import timezone

from weft.act.grants.actions import correct, plan, release, spend
from weft.act.grants.models import Grant
from weft.act.manifestos.actions import make_ask, note_event, write_manifesto
from weft.act.manifestos.models import Manifesto
from weft.act.projects.actions import Tried, begin_project, enter_day
from weft.act.projects.models import Project
from weft.filing.lines import Path
from weft.filing.loading import Rows, when
from weft.learn.insights.actions import make_insight, recommend
from weft.learn.reflections.actions import reflect
from weft.programme_file import schema_act as items
from weft.programme_file.load_items import origin_of, tie, told
from weft.programme_file.state import Loading, noon
from weft.provenance.models import Node, Relation
from weft.share.responses.actions import mark, respond, update_promise


def project(load: Loading, item: items.Project, path: Path) -> Node:
    """Begin a project with everything that was tried in it."""
    facts = told(load, item, path)
    lead = load.belongs(item.lead, item.team, item.starts_on) if item.lead else None
    if item.lead and lead is None:
        raise load.faulty((*path, "lead"), f"{item.lead} is not a member of the team {item.team}.")
    tries = []
    for number, one in enumerate(item.tries):
        if number and not one.why_changed:
            raise load.faulty((*path, "tries", number), "say in `why_changed` why something else was tried.")
        since = one.since_on or item.starts_on or timezone.localtime(facts["origin"].at).date()
        by = load.person(one.by or item.by)
        tries.append(Tried(one.trying, one.why_changed, since, by, one.made_at or noon(since)))
    made = begin_project(
        **facts,
        purpose=item.purpose,
        state=item.state,
        tries=tries,
        addresses=load.ties(item.rests_on, Relation.ADDRESSES),
        lead=lead,
        partners=[load.organisations[slug] for slug in item.partners],
        starts_on=item.starts_on,
        ends_on=item.ends_on,
    )
    return made.node


def _project(load: Loading, code: str, path: Path) -> Project:
    node = load.nodes[code]
    if node.kind != "project":
        raise load.faulty((*path, "project"), f"{code} is a {node.kind}; a project was expected.")
    found = Project.objects.get(pk=node.pk)
    found.node = node
    return found


def activity(load: Loading, item: items.Activity, path: Path) -> Node:
    """Enter a day of a project."""
    made = enter_day(
        by=load.person(item.by),
        origin=origin_of(load, item),
        project=_project(load, item.project, path),
        on=item.on,
        title=item.title or "",
        venue=load.venues[item.venue] if item.venue else None,
        **item.given("attendance", "is_universal", "designed_with", "notes"),
    )
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def manifesto(load: Loading, item: items.Manifesto, path: Path) -> Node:
    """Write a manifesto."""
    made = write_manifesto(
        **told(load, item, path),
        preamble=item.preamble,
        place=load.places[item.place] if item.place else None,
        made_with=item.made_with,
        sources=load.ties(item.rests_on, Relation.INFORMS),
    )
    return made.node


def _manifesto(load: Loading, code: str, path: Path) -> Manifesto:
    node = load.nodes[code]
    if node.kind != "manifesto":
        raise load.faulty((*path, "manifesto"), f"{code} is no manifesto.")
    found = Manifesto.objects.get(pk=node.pk)
    found.node = node
    return found


def ask(load: Loading, item: items.Ask, path: Path) -> Node:
    """Ask, with what happened until the answer."""
    whole = _manifesto(load, item.manifesto, path) if item.manifesto else None
    made = make_ask(
        **told(load, item, path),
        text=item.text,
        to_role=item.to_role,
        to_organisation=load.organisations[item.to_organisation] if item.to_organisation else None,
        asked_on=item.asked_on,
        answer_by=item.answer_by,
        manifesto=whole,
        sources=load.ties(item.rests_on, Relation.INFORMS),
    )
    for number, event in sorted(enumerate(item.events), key=lambda pair: pair[1].on):
        with load.at(*path, "events", number):
            note_event(by=load.person(item.by), row=made, kind=event.kind, on=event.on, note=event.note)
    return made.node


def reflection(load: Loading, item: items.Reflection, path: Path) -> Node:
    """Look back."""
    made = reflect(
        **told(load, item, path),
        project=_project(load, item.project, path) if item.project else None,
        on=item.on,
        outcome=item.outcome,
        learned=item.learned,
        sources=load.ties(item.rests_on, Relation.INFORMS),
        **item.given("tried", "expected", "happened", "next"),
    )
    return made.node


def insight(load: Loading, item: items.Insight, path: Path) -> Node:
    """Say what was learned, with every case."""
    cases = load.ties(item.rests_on, Relation.SUPPORTS)
    return make_insight(**told(load, item, path, load.programme), text=item.text, cases=cases).node


def recommendation(load: Loading, item: items.Recommendation, path: Path) -> Node:
    """Recommend something."""
    facts = told(load, item, path, load.programme)
    made_on = item.made_on or timezone.localtime(facts["origin"].at).date()
    sources = load.ties(item.rests_on, Relation.INFORMS)
    return recommend(**facts, text=item.text, to_role=item.to_role, made_on=made_on, sources=sources).node


def response(load: Loading, item: items.Response, path: Path) -> Node:
    """Enter an answer, what came of its promises, and whether it answered."""
    made = respond(
        by=load.person(item.by),
        origin=origin_of(load, item),
        to=load.nodes[item.to],
        answer=item.answer,
        reasons=item.reasons,
        by_role=item.by_role,
        on=item.on,
        organisation=load.organisations[item.organisation] if item.organisation else None,
        promises=[(one.what, one.by_on) for one in item.promises],
        visibility=item.visibility or "",
    )
    kept = list(made.promises.order_by("id"))
    for number, (one, promise) in enumerate(zip(item.promises, kept, strict=True)):
        if one.updated_on and (one.kept_on or not (one.is_broken or one.update)):
            said = "this says when `update` was said; a kept promise has `kept_on` for it. Take this out."
            raise load.faulty((*path, "promises", number, "updated_on"), said)
        if one.kept_on or one.is_broken or one.update:
            here: Path = (*path, "promises", number)
            if one.is_broken and not one.update:
                raise load.faulty(here, "say in `update` in a few words what came of it instead.")
            if one.is_broken and one.kept_on:
                raise load.faulty((*here, "is_broken"), "a promise was kept or it was not. Take `kept_on` or this out.")
            with load.at(*here):
                is_kept = True if one.kept_on else False if one.is_broken else None
                on = when(one.kept_on, one.updated_on, one.by_on, item.on)
                update_promise(by=load.person(item.by), row=promise, is_kept=is_kept, update=one.update, on=on)
    tie(load, made.node, item, Relation.INFORMS)
    for number, given in enumerate(item.marks):
        with load.at(*path, "marks", number):
            mark(
                by=load.person(given.by),
                row=made,
                answer=given.answer,
                why=given.why,
                team=load.teams[given.team] if given.team else None,
                participant=load.participants[given.participant] if given.participant else None,
                made_at=given.made_at or made.node.made_at,
            )
    return made.node


def grants(load: Loading) -> None:
    """Write the books of the teams' money."""
    for at, one in enumerate(load.file.grants):
        books: dict[int, Grant] = Rows()
        with load.at("grants", at):
            books[at] = release(
                by=load.person(one.by),
                team=load.teams[one.team],
                name=one.name,
                amount_pence=one.amount,
                awarded_on=one.awarded_on,
                funder=one.funder,
                held_by=load.organisations[one.held_by] if one.held_by else None,
            )
        for number, change in enumerate(one.plans):
            with load.at("grants", at, "plans", number):
                made_at = change.made_at or noon(change.on)
                plan(
                    by=load.person(change.by),
                    grant=books[at],
                    amounts=change.amounts,
                    reason=change.reason,
                    on=change.on,
                    made_at=made_at,
                )
        for number, spent in enumerate(one.spends):
            here: Path = ("grants", at, "spends", number)
            with load.at(*here):
                entry = spend(
                    by=load.person(spent.by),
                    grant=books[at],
                    amount_pence=spent.amount,
                    heading=spent.heading,
                    what=spent.what,
                    on=spent.on,
                    project=_project(load, spent.project, here) if spent.project else None,
                    made_at=spent.made_at or noon(spent.on),
                )
                fix = spent.correction
                if fix:
                    made_at = fix.made_at or noon(fix.on)
                    correct(by=load.person(fix.by), entry=entry, why=fix.why, on=fix.on, made_at=made_at)
