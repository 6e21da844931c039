"""Asking: manifestos, asks to named roles, and what happens to an ask until it is answered."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from weft.act.manifestos.models import Ask, AskEvent, AskEventKind, Manifesto
from weft.core import dates
from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Organisation, Place, Team
from weft.provenance.actions import Source, cite, link, record, retitle, unlink, withdraw
from weft.provenance.models import AskState, Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility


@transaction.atomic
def write_manifesto(
    *,
    by: Actor,
    team: Team,
    title: str,
    preamble: str = "",
    place: Place | None = None,
    made_with: str = "",
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Manifesto:
    """Write a manifesto; its asks follow."""
    if earlier := saved_with(key, Manifesto.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="manifesto",
        programme=team.programme,
        team=team,
        title=title,
        text=preamble,
        sources=sources,
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    manifesto = Manifesto.objects.create(
        node=node, preamble=preamble, place=place, made_with=made_with, key=key or uuid4()
    )
    cite(by=by, node=node, texts=[preamble])
    audit(by=by, did="wrote manifesto", on=node)
    return manifesto


@transaction.atomic
def edit_manifesto(
    *, by: Actor, manifesto: Manifesto, title: str, preamble: str, revision: int, place: Place | None, made_with: str
) -> Manifesto:
    """Save a manifesto, unless somebody else saved it first."""
    manifesto = Manifesto.objects.select_for_update().select_related("node").get(pk=manifesto.pk)
    sent = {"preamble": preamble, "place": place, "made_with": made_with}
    saved = {"title": manifesto.node.title, **facts_of(manifesto, sent)}
    check_revision(revision, manifesto.revision, saved, {"title": title, **sent})
    for name, value in {**sent, "revision": manifesto.revision + 1}.items():
        setattr(manifesto, name, value)
    manifesto.save(update_fields=[*sent, "revision"])
    retitle(by=by, node=manifesto.node, title=title, text=preamble)
    cite(by=by, node=manifesto.node, texts=[preamble])
    audit(by=by, did="edited manifesto", on=manifesto.node)
    return manifesto


@transaction.atomic
def make_ask(
    *,
    by: Actor,
    team: Team,
    title: str,
    text: str,
    to_role: str,
    to_organisation: Organisation | None = None,
    asked_on: date | None = None,
    answer_by: date | None = None,
    manifesto: Manifesto | None = None,
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Ask:
    """Ask somebody, by their role, for something. From this day on silence is shown."""
    if earlier := saved_with(key, Ask.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="ask",
        programme=team.programme,
        team=team,
        title=title,
        text=f"{text}\n{to_role}",
        sources=[*sources, *([(manifesto.node, Relation.PRODUCED)] if manifesto else [])],
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    day = asked_on or dates.today()
    ask = Ask.objects.create(
        node=node,
        manifesto=manifesto,
        text=text,
        to_role=to_role,
        to_organisation=to_organisation,
        asked_on=day,
        answer_by=answer_by,
        state_on=day,
        key=key or uuid4(),
    )
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="asked", on=node)
    return ask


@transaction.atomic
def edit_ask(
    *,
    by: Actor,
    ask: Ask,
    title: str,
    text: str,
    revision: int,
    to_role: str,
    to_organisation: Organisation | None,
    asked_on: date,
    answer_by: date | None,
    manifesto: Manifesto | None,
) -> Ask:
    """Save an ask. Once it is answered its words stand."""
    ask = Ask.objects.select_for_update().select_related("node").get(pk=ask.pk)
    sent: dict[str, Any] = {
        "text": text,
        "to_role": to_role,
        "to_organisation": to_organisation,
        "manifesto": manifesto,
        "asked_on": asked_on,
        "answer_by": answer_by,
    }
    saved = {"title": ask.node.title, **facts_of(ask, sent)}
    check_revision(revision, ask.revision, saved, {"title": title, **sent})
    if ask.state not in {AskState.ASKED, AskState.ACKNOWLEDGED}:
        raise Refused("This ask has an answer. Its words stand as they were answered; ask again in a new ask.")
    if manifesto != ask.manifesto:
        _move(by, ask, manifesto)
    for name, value in {**sent, "revision": ask.revision + 1}.items():
        setattr(ask, name, value)
    ask.save(update_fields=[*sent, "revision"])
    retitle(by=by, node=ask.node, title=title, text=f"{text}\n{to_role}")
    cite(by=by, node=ask.node, texts=[text])
    audit(by=by, did="edited ask", on=ask.node)
    return ask


def _move(by: Actor, ask: Ask, manifesto: Manifesto | None) -> None:
    """Let an ask come of another manifesto, or of none."""
    if ask.manifesto:
        unlink(by=by, source=ask.manifesto.node, target=ask.node, relation=Relation.PRODUCED)
    if manifesto:
        link(by=by, source=manifesto.node, target=ask.node, relation=Relation.PRODUCED)


@transaction.atomic
def note_event(*, by: Actor, ask: Ask, kind: str, on: date | None = None, note: str = "") -> AskEvent:
    """Say that an ask was acknowledged, or asked again."""
    if ask.state not in {AskState.ASKED, AskState.ACKNOWLEDGED}:
        raise Refused("This ask has an answer already.")
    day = on or dates.today()
    if day < ask.asked_on:
        raise Refused(f"That is before the ask was made, on {dates.day(ask.asked_on)}.")
    event = AskEvent.objects.create(ask=ask, kind=kind, on=day, note=note)
    if kind == AskEventKind.ACKNOWLEDGED:
        set_state(ask=ask, state=AskState.ACKNOWLEDGED, on=day)
    audit(by=by, did=f"ask {kind}", on=ask.node)
    return event


def set_state(*, ask: Ask, state: str, on: date) -> None:
    """What an ask has come to. Called where an event or an answer is recorded, in its transaction."""
    ask.state, ask.state_on = state, on
    ask.save(update_fields=["state", "state_on"])


@transaction.atomic
def withdraw_ask(*, by: Actor, ask: Ask, at: datetime | None = None) -> list[Node]:
    """Take an ask back and leave its tombstone."""
    audit(by=by, did="withdrew ask", on=ask.node)
    return withdraw(by=by, node=ask.node, said=own_words(ask.node, ask.node.title, ask.text), at=at)


@transaction.atomic
def withdraw_manifesto(*, by: Actor, manifesto: Manifesto, at: datetime | None = None) -> list[Node]:
    """Take a manifesto back; its asks stay."""
    audit(by=by, did="withdrew manifesto", on=manifesto.node)
    said = own_words(manifesto.node, manifesto.node.title, manifesto.preamble)
    return withdraw(by=by, node=manifesto.node, said=said, at=at)
