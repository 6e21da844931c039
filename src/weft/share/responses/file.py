"""Answers in the programme file, with what came of their promises, and whether they answered."""

from datetime import date
from typing import Any

from weft.core import dates
from weft.core.errors import Refused
from weft.filing.items import Item, part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading, when
from weft.filing.parts import (
    AnswerName,
    ConversationCode,
    Day,
    ItemCode,
    Moment,
    Part,
    PersonName,
    TeamName,
    may,
    need,
)
from weft.filing.writing import account, put, unless
from weft.provenance.file import Dumping, facts, filed, origin_of, person, tie
from weft.provenance.models import Node, Relation
from weft.share.responses import models
from weft.share.responses.actions import mark, respond, update_promise
from weft.share.responses.nouns import RESPONSE


class Promise(Part):
    """Something that was promised in an answer."""

    what: str = need("What.", 300)
    by_on: Day | None = may(None, "By when.")
    kept_on: Day | None = may(None, "When it was kept.")
    is_broken: bool = may(False, "Whether it was not kept.")
    update: str = may("", "How it stands; needed if it was not kept.", 400)
    updated_on: Day | None = may(None, "When that was said; `kept_on`, or `by_on` if that has come.")


class Mark(Part):
    """Whether an answer answered, said by a team or by somebody whose words led to the ask."""

    team: TeamName | None = may(None, "The team that says so.")
    participant: tuple[ConversationCode, int] | None = may(
        None, "Or the contributor: `[<conversation>, <number of the participant>]`."
    )
    answer: AnswerName = need("Whether it answered.")
    why: str = may("", "Why.", 300)
    by: PersonName | None = may(None, "Who entered it for the team.")
    made_at: Moment | None = may(None, "When; the response's `made_at`.")


PART = part_of(
    RESPONSE,
    Item,
    ["to"],
    to=(ItemCode, need("The ask or recommendation that is answered.")),
    promises=(list[Promise], may([], "What was promised.")),
    marks=(list[Mark], may([], "Whether it answered.")),
)


def load(load: Loading, item: Any, path: Path) -> Node:
    """Enter an answer, what came of its promises, and whether it answered."""
    promised = [models.Promise(what=one.what, by_on=one.by_on) for one in item.promises]
    made = respond(
        by=person(load, item.by),
        origin=origin_of(load, item),
        to=load.rows["items"][item.to],
        promises=promised,
        visibility=item.visibility or "",
        **facts(load, item),
    )
    for number, promise in enumerate(promised):
        with load.at(*path, "promises", number):
            _keep(load, item, item.promises[number], promise)
    tie(load, made.node, item, Relation.INFORMS)
    for number, given in enumerate(item.marks):
        with load.at(*path, "marks", number):
            mark(
                by=person(load, given.by),
                row=made,
                answer=given.answer,
                why=given.why,
                team=load.row(given.team) if given.team else None,
                participant=load.rows["participants"][given.participant] if given.participant else None,
                made_at=given.made_at or made.node.made_at,
            )
    return made.node


def _is_past(due: date | None) -> bool:
    """Whether a day on which something was due has come."""
    return due is not None and due <= dates.today()


def _keep(load: Loading, item: Any, one: Promise, promise: models.Promise) -> None:
    """Say what came of a promise, if anything is known of it."""
    if one.updated_on and (one.kept_on or not (one.is_broken or one.update)):
        said = "this says when `update` was said; a kept promise has `kept_on` for it. Take this out."
        raise Refused(said, field="updated_on")
    if one.is_broken and not one.update:
        raise Refused("say in `update` in a few words what came of it instead.")
    if one.is_broken and one.kept_on:
        raise Refused("a promise was kept or it was not. Take `kept_on` or this out.", field="is_broken")
    if one.kept_on or one.is_broken or one.update:
        is_kept = True if one.kept_on else False if one.is_broken else None
        on = when(one.kept_on, one.updated_on, one.by_on if _is_past(one.by_on) else None, item.on)
        dates.has_come(on, "kept_on" if one.kept_on else "updated_on")
        update_promise(by=person(load, item.by), row=promise, is_kept=is_kept, update=one.update, on=on)


def dump(dump: Dumping, node: Node, row: models.Response) -> dict[str, Any]:
    """The keys of an answer."""
    to = dump.nodes[row.to_id]
    marks = row.marks.select_related("team", "participant__conversation")
    return put(
        PART,
        **dump.common(node, Relation.INFORMS, visible=to.visibility, without=[(to.code, Relation.ANSWERS)]),
        to=to.code,
        **dump.values(row),
        promises=[_promise(one) for one in row.promises.order_by("id")],
        marks=sorted((_mark(one, node) for one in marks), key=lambda one: (str(one.get("team")), str(one))),
    )


def _promise(one: models.Promise) -> dict[str, Any]:
    """A promise. The day of a remark is always told: what it is where none is told changes with the day of loading."""
    facts = {name: getattr(one, name) for name in ("what", "by_on", "kept_on", "is_broken", "update")}
    return put(Promise, **facts, updated_on=unless(one.updated_on, one.kept_on))


def _mark(one: models.Mark, node: Node) -> dict[str, Any]:
    who = one.participant
    return put(
        Mark,
        team=one.team.slug if one.team else None,
        participant=[who.conversation.code, who.number] if who else None,
        answer=one.answer,
        why=one.why,
        by=account(one.made_by_id),
        made_at=unless(one.made_at, node.made_at),
    )


filed(RESPONSE, PART, load=load, dump=dump, joined=("organisation",))
