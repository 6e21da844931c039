"""Asking: manifestos, asks to named roles, and what happens to an ask until it is answered."""

from datetime import date, datetime
from typing import Required, Unpack

from django.db import transaction

from weft.act.manifestos.models import Ask, AskEvent, AskEventKind, Manifesto
from weft.act.manifestos.queries import OPEN
from weft.core import dates
from weft.core.errors import Refused
from weft.core.inserts import insert, update
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Organisation, Place
from weft.provenance import items
from weft.provenance.items import Facts, Made
from weft.provenance.models import AskState, Node


class ManifestoFacts(Facts, total=False):
    """What a manifesto says."""

    title: Required[str]
    preamble: str
    made_with: str
    place: Place | None


class NewManifesto(ManifestoFacts, Made, total=False):
    """What a manifesto is made with."""


@transaction.atomic
def write_manifesto(**facts: Unpack[NewManifesto]) -> Manifesto:
    """Write a manifesto; its asks follow."""
    return items.make(Manifesto, did="wrote manifesto", **facts)


@transaction.atomic
def edit_manifesto(*, by: Actor, row: Manifesto, revision: int | None, **facts: Unpack[ManifestoFacts]) -> Manifesto:
    """Save a manifesto, unless somebody else saved it first."""
    return items.edit(row, by=by, revision=revision, did="edited manifesto", **facts)


@transaction.atomic
def withdraw_manifesto(*, by: Actor, row: Manifesto, at: datetime | None = None) -> list[Node]:
    """Take a manifesto back; its asks stay."""
    return items.take_back(row, by=by, did="withdrew manifesto", at=at)


class AskFacts(Facts, total=False):
    """What an ask says."""

    title: Required[str]
    text: str
    to_role: str
    to_organisation: Organisation | None
    manifesto: Manifesto | None
    asked_on: date
    answer_by: date | None


class NewAsk(AskFacts, Made, total=False):
    """What an ask is made with."""


@transaction.atomic
def make_ask(**facts: Unpack[NewAsk]) -> Ask:
    """Ask somebody, by their role, for something. From this day on silence is shown."""
    facts.setdefault("asked_on", dates.today())
    _check_days(facts["asked_on"], facts.get("answer_by"))
    return items.make(Ask, did="asked", state_on=facts["asked_on"], **facts)


@transaction.atomic
def edit_ask(*, by: Actor, row: Ask, revision: int | None, **facts: Unpack[AskFacts]) -> Ask:
    """Save an ask, unless somebody else saved it first. Once it is answered only its ties can be changed."""
    ask = items.lock(row)
    if ask.state not in OPEN and items.says_otherwise(ask, facts):
        raise Refused("This ask has an answer. Its words stand as they were answered; ask again in a new ask.")
    _check_days(facts.get("asked_on", ask.asked_on), facts.get("answer_by", ask.answer_by))
    return items.edit(ask, by=by, revision=revision, did="edited ask", **facts)


def _check_days(asked: date, wanted: date | None) -> None:
    """An ask has been made, and its answer is not wanted before it was."""
    dates.has_come(asked, "asked_on", "Put the day on which you ask.")
    if wanted and wanted < asked:
        raise Refused("That is before the ask was made. Check both days.", field="answer_by")


@transaction.atomic
def note_event(*, by: Actor, row: Ask, kind: str, on: date | None = None, note: str = "") -> AskEvent:
    """Say that an ask was acknowledged, or asked again."""
    ask = items.lock(row)
    if ask.state not in OPEN:
        raise Refused("This ask has an answer already.")
    day = dates.has_come(on or dates.today())
    if day < ask.asked_on:
        raise Refused(f"That is before the ask was made, on {dates.day(ask.asked_on)}.", field="on")
    event = insert(AskEvent(ask=ask, kind=kind, on=day, note=note))
    if kind == AskEventKind.ACKNOWLEDGED:
        set_state(row=ask, state=AskState.ACKNOWLEDGED, on=day)
    audit(by=by, did=f"ask {kind}", on=ask.node)
    return event


def set_state(*, row: Ask, state: str, on: date) -> None:
    """What an ask has come to. Called where an event or an answer is recorded, in its transaction."""
    row.state, row.state_on = state, on
    update(row, "state", "state_on")


@transaction.atomic
def withdraw_ask(*, by: Actor, row: Ask, at: datetime | None = None) -> list[Node]:
    """Take an ask back and leave its tombstone."""
    return items.take_back(row, by=by, did="withdrew ask", at=at)
