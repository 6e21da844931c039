"""Answers of decision-makers: entering them word for word, keeping track of promises, and marking the homework."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Required, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from weft.act.manifestos import actions as asks
from weft.act.manifestos.models import Ask, AskEventKind
from weft.core import counts, dates, inserts
from weft.core.errors import NotAllowed, Refused
from weft.core.revisions import check_revision, facts_of
from weft.learn.insights import actions as insights
from weft.learn.insights.models import Recommendation
from weft.listen.conversations.actions import hold_participant
from weft.listen.conversations.models import Participant
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Organisation, Team
from weft.provenance import items, journal
from weft.provenance.actions import retitle
from weft.provenance.batch import is_held
from weft.provenance.items import HERE, Origin
from weft.provenance.journal import Entry
from weft.provenance.models import AskState, Node, Relation
from weft.provenance.queries import own_words, rows_of
from weft.provenance.registry import Use, serving
from weft.provenance.withdrawal import withdraw
from weft.share.responses import queries
from weft.share.responses.models import Answer, Came, Mark, Promise, Response

NO_PROMISE = "There is a day but no promise. Write what was promised, or take the day out."


def title_of(answer: str, to: Node) -> str:
    """What an answer is called in lists."""
    return f"{Answer(answer).label.partition(',')[0]}: {to.title}"


class ResponseFacts(items.Facts, total=False):
    """What somebody answered; without a day it was today."""

    answer: Required[str]
    reasons: Required[str]
    by_role: Required[str]
    organisation: Organisation | None
    on: date


@transaction.atomic
def respond(
    *,
    by: Actor,
    to: Node,
    promises: Iterable[Promise] = (),
    origin: Origin = HERE,
    visibility: str = "",
    **facts: Unpack[ResponseFacts],
) -> Response:
    """Record what somebody answered to an ask or a recommendation. The ask takes the state of its latest answer.

    `promises` are what was promised in it, not saved yet.
    """
    if to.kind not in serving(Use.ASKED):
        raise Refused("Only an ask or a recommendation can be answered.")
    facts["on"] = facts.get("on") or dates.today()
    _check(facts)
    promised = [_checked(one) for one in promises]
    response = items.make(
        Response,
        did="entered answer",
        by=by,
        of=to.of,
        title=title_of(facts["answer"], to),
        origin=origin,
        sources=[(to, Relation.ANSWERS)],
        visibility=visibility or to.visibility,
        parts=promised,
        to=to,
        **facts,
    )
    settle(to)
    return response


@transaction.atomic
def correct_response(*, by: Actor, row: Response, revision: int | None, **facts: Unpack[ResponseFacts]) -> Response:
    """Put right what was entered, unless somebody else saved it first."""
    _check(facts)
    response = items.edit(row, by=by, revision=revision, did="corrected answer", **facts)
    title = title_of(response.answer, response.to)
    retitle(node=response.node, title=title, text=items.searched(response))
    settle(response.to)
    return response


@transaction.atomic
def withdraw_response(*, by: Actor, row: Response, at: datetime | None = None) -> list[Node]:
    """Take an answer back, as when it was entered at the wrong ask; the ask is as it was before.

    Its title is the ask's, and why somebody marked it is theirs: neither is taken out of other texts.
    """
    row = items.lock(row)
    if row.node.is_withdrawn:
        return []
    promised = [said for one in row.promises.all() for said in (one.what, one.update)]
    said = own_words(row.node, row.reasons, *promised)
    audit(by=by, did="withdrew answer", on=row.node)
    fallen = withdraw(node=row.node, said=said, at=at)
    row.promises.all().delete()
    Response.objects.filter(pk=row.pk).update(organisation=None)
    settle(row.to)
    return fallen


def _check(facts: ResponseFacts) -> None:
    """An answer is one of three, with reasons, and has been given."""
    if facts["answer"] not in Answer.values:
        raise Refused("An answer is yes, partly or no.")
    if not facts["reasons"].strip():
        raise Refused("Write down the reasons in full, as they were given.")
    if "on" in facts:
        dates.has_come(facts["on"], instead="Put the day on which they answered.")


def _checked(promise: Promise) -> Promise:
    """A promise says what was promised."""
    promise.what = promise.what.strip()[:300]
    if not promise.what:
        raise Refused(NO_PROMISE, field="promise")
    return promise


def settle(to: Node) -> None:
    """Give an ask or a recommendation the state of its latest standing answer, or the one it had before any."""
    last = max(queries.answers_to(to), key=lambda one: (one.on, one.node_id), default=None)
    answered = (AskState(last.answer), last.on) if last else None
    for ask in rows_of(Ask, [to]):
        state, on = answered or _before_answers(ask)
        asks.set_state(row=ask, state=state, on=on)
    for made in rows_of(Recommendation, [to]):
        state, on = answered or (AskState.ASKED, made.made_on)
        insights.set_state(row=made, state=state, on=on)


def _before_answers(ask: Ask) -> tuple[AskState, date]:
    noted = ask.events.filter(kind=AskEventKind.ACKNOWLEDGED).last()
    return (AskState.ACKNOWLEDGED, noted.on) if noted else (AskState.ASKED, ask.asked_on)


@transaction.atomic
def promise(*, by: Actor, row: Response, what: str, by_on: date | None = None) -> Promise:
    """Add something that was promised. The same promise twice is one."""
    made, is_new = Promise.objects.get_or_create(response=row, what=what.strip()[:300], by_on=by_on)
    if is_new:
        audit(by=by, did="entered promise", on=row.node)
    return made


@transaction.atomic
def update_promise(
    *,
    by: Actor,
    row: Promise,
    is_kept: bool | None,
    update: str = "",
    on: date | None = None,
    revision: int | None = None,
) -> Promise:
    """Say what came of a promise: kept, not kept, or (None) only how it stands; unless somebody else did so first."""
    if is_kept is False and not update.strip():
        raise Refused("There is nothing here yet. Say in a few words what came of it instead.", field="update")
    response, on = row.response, dates.has_come(on or dates.today())
    promise = row if is_held(response.node) else Promise.objects.select_for_update().get(pk=row.pk)
    sent = {"came": {True: Came.KEPT, False: Came.BROKEN, None: Came.OPEN}[is_kept], "update": update.strip()[:400]}
    check_revision(revision, promise.revision, {"came": promise.came, "update": promise.update}, sent)
    promise.revision += 1
    promise.kept_on, promise.is_broken = on if is_kept else None, is_kept is False
    promise.update, promise.updated_on = update.strip()[:400], on
    inserts.update(promise, "kept_on", "is_broken", "update", "updated_on", "revision")
    audit(by=by, did="updated promise", on=response.node)
    return promise


@transaction.atomic
def mark(
    *,
    by: Actor,
    row: Response,
    answer: str,
    why: str = "",
    team: Team | None = None,
    participant: Participant | None = None,
    made_at: datetime | None = None,
    revision: int | None = None,
) -> Mark:
    """Say whether an answer answered, for a team or as a contributor. One mark each; a later one replaces it.

    A team has several members: where one of them marked it after another opened the page (`revision`, 0 for no mark
    as yet), the other is shown both.
    """
    if answer not in Answer.values:
        raise Refused("Say whether it answered: yes, partly or no.")
    if row.node.is_withdrawn:
        raise Refused("This answer was taken back.")
    if participant is None and isinstance(by, Participant):
        participant = by
    if (team is None) == (participant is None):
        raise Refused("A mark is a team’s or a contributor’s.")
    if team is not None and team.programme_id != row.node.programme_id:
        raise NotAllowed("Only teams of this programme can say whether it answered.")
    if participant is not None:
        _check_contributor(participant, row)
    earlier = Mark.objects.select_for_update().filter(response=row, team=team, participant=participant).first()
    now = earlier.revision if earlier else 0
    if earlier is not None:
        sent = {"answer": answer, "why": why.strip()[:300]}
        check_revision(revision, now, facts_of(earlier, sent), sent)
    made, _ = Mark.objects.update_or_create(
        response=row,
        team=team,
        participant=participant,
        defaults={
            "answer": answer,
            "why": why.strip()[:300],
            "made_by": by if isinstance(by, User) else None,
            "made_at": made_at or timezone.now(),
            "revision": now + 1,
        },
    )
    audit(by=by, did="marked answer", on=row.node, team=team)
    return made


def erase_marks(*, participant: Participant) -> None:
    """Erase what somebody who takes everything back said of answers."""
    for mark in participant.marks.all():
        _erase(mark)


@transaction.atomic
def take_back_mark(*, by: Actor, row: Mark) -> None:
    """Take back what somebody said of an answer; nothing of it is kept."""
    audit(by=by, did="took back mark", on=row.response.node, team=row.team)
    _erase(row)


def _erase(mark: Mark) -> None:
    """Erase a mark; that of a contributor stays erased when a backup is restored."""
    if mark.participant_id:
        journal.note("mark", mark.participant_id, at=timezone.now(), of=str(mark.response_id))
    mark.delete()


def take_back_mark_again(entry: Entry) -> None:
    """Take back what was said of an answer and taken back before the database was restored."""
    take_back_mark(by=None, row=Mark.objects.get(participant=entry.id, response=UUID(entry.of)))


def step(*, response: Response) -> None:
    """Let everybody see how contributors mark an answer by now, once enough of them came, left or changed it."""
    now = queries.marks_now(response)
    if counts.is_step(response.shown_marks, now):
        response.shown_yes, response.shown_partly, response.shown_no = now
        response.save(update_fields=["shown_yes", "shown_partly", "shown_no"])


def _check_contributor(participant: Participant, response: Response) -> None:
    """Only somebody on whose words or answers the ask rests, and who still takes part, marks its answer."""
    hold_participant(participant)
    if participant.withdrawn_at is not None:
        raise Refused("You took back what you said, so this cannot be answered from here.")
    if response.pk not in queries.answers_reached(participant):
        raise NotAllowed("This answer is to something that does not rest on what you said.")
