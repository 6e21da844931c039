"""Replacing the figures of answers that everybody is shown, so that no single answer can be read off by looking again.

It is done at moments, by whichever page shows a card first after one, as the answers stood at that moment.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from weft.core.errors import Refused
from weft.listen.conversations.analysis import figures
from weft.listen.conversations.models import (
    FORGOTTEN,
    Conversation,
    Participant,
    PastVote,
    ShownTally,
    Statement,
    Vote,
)
from weft.listen.conversations.queries import Tally
from weft.listen.conversations.queries.figures import (
    Part,
    changed,
    group_of,
    latest_moment,
    parted,
    parts,
    shown_cards,
    waiting,
    with_conversation,
)
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit

COLUMNS = ["agree", "disagree", "passed", "counted_at", "first_at", "taken_for", "effective"]


def step(*, statements: Iterable[Any]) -> None:
    """Let everybody see how statements, read with their conversation, were answered at the last moment.

    Those who came since the figures that stand are let in, and those who left or changed their answer are taken out,
    each when they count as enough people.
    """
    now = timezone.now()
    due: dict[tuple[UUID, datetime], list[Any]] = {}
    for one in statements:
        kept, moment = getattr(one, "shown_tally", None), latest_moment(one.conversation, now)
        if kept is None or kept.taken_for is None or kept.taken_for < moment:
            due.setdefault((one.conversation_id, moment), []).append(one)
    for (_, moment), cards in due.items():
        _take(cards[0].conversation, cards, moment)


def step_all() -> None:
    """Do so for every card that is shown in an open conversation, or in one that closed a short while ago."""
    recent = timezone.now() - timedelta(days=1)
    open_now = Conversation.objects.filter(Q(closed_at=None) | Q(closed_at__gte=recent))
    for conversation in open_now:
        step(statements=shown_cards(conversation))


def _take(conversation: Conversation, cards: list[Any], moment: datetime) -> None:
    """Replace the figures of cards of one conversation where they may be, and keep that they were looked at.

    Looking takes no lock, since others answer meanwhile; each card that moves is looked at once more by itself.
    """
    found = parts([one.pk for one in cards], moment)
    quiet: dict[datetime | None, bool] = {}
    rows = []
    for one in cards:
        first_at = one.shown_tally.first_at if getattr(one, "shown_tally", None) else None
        if first_at not in quiet:
            quiet[first_at] = figures.is_quiet(conversation, first_at, moment)
        if not quiet[first_at] and figures.step(conversation, found[one.pk]):
            one.shown_tally = _move(one, moment)
        else:
            one.shown_tally = _row(one, found[one.pk], moment)
            rows.append(one.shown_tally)
    _keep(rows)


@transaction.atomic
def _move(card: Any, moment: datetime) -> ShownTally:
    """Let the answers to a card into its figures, or out of them. Who comes in by a changed answer was not waiting."""
    taken = figures.step(card.conversation, parts([card.pk], moment)[card.pk])
    if taken.entered:
        waiting(card, moment).update(shown_choice=F("choice"))
    if taken.left:
        PastVote.objects.filter(statement=card.pk, left_at__lte=moment).delete()
        changed(card, moment).update(shown_choice=F("choice") if taken.came_in else None)
    if taken.parted:
        parted(card).update(shown_choice=None)
    row = _row(card, parts([card.pk], moment)[card.pk], moment)
    row.counted_at = moment if taken else row.counted_at
    _keep([row])
    return row


def _keep(rows: list[ShownTally]) -> None:
    ShownTally.objects.bulk_create(rows, update_conflicts=True, unique_fields=["statement"], update_fields=COLUMNS)


def _row(card: Any, found: list[Part], moment: datetime) -> ShownTally:
    """What everybody is shown of a card. Where groups are forgotten, its numbers count for as much as before."""
    kept = getattr(card, "shown_tally", None)
    tally = figures.tally_of(found)
    effective = list(figures.effective_of(card.conversation, found))
    if kept and any(part.group == FORGOTTEN for part in found):
        effective = kept.effective
    return ShownTally(
        statement_id=card.pk,
        agree=tally.agree,
        disagree=tally.disagree,
        passed=tally.passed,
        counted_at=kept.counted_at if kept else moment,
        first_at=(kept.first_at if kept else None) or (moment if tally.total else None),
        taken_for=moment,
        effective=effective,
    )


@transaction.atomic
def show_now(*, by: Actor, conversation: Conversation) -> None:
    """Let everybody see the figures as they are now, as far as they may be, such as at the end of an evening."""
    if conversation.is_guarded:
        raise Refused("Here the figures are replaced once a week, and at closing, so that nobody can be picked out.")
    conversation.figures_called_at = timezone.now()
    conversation.save(update_fields=["figures_called_at"])
    audit(by=by, did="showed figures", on=conversation)


def leave(*, participant: Participant) -> None:
    """Keep how somebody who takes their answers back stands in figures, for as long as these stand, and not who."""
    theirs = Vote.objects.filter(participant=participant, shown_choice__isnull=False)
    PastVote.objects.bulk_create(
        PastVote(statement_id=statement, choice=choice, arrival_group=group, left_at=timezone.now())
        for statement, choice, group in theirs.values_list("statement", "shown_choice", group_of("participant__"))
        if choice is not None
    )


@transaction.atomic
def put_back(*, tallies: Mapping[UUID, Tally], at: datetime) -> None:
    """Show everybody figures that they were shown elsewhere, and count as many answers as are here among them.

    Which people these were is not known. So the first of each answer are taken, and where there are too few the
    others have left meanwhile.
    """
    cards = with_conversation(tallies.keys())
    for card in cards:
        standing = Vote.objects.filter(statement=card.pk)
        standing.update(shown_choice=None)
        PastVote.objects.filter(statement=card.pk).delete()
        shown = tallies[card.pk]
        for choice, people in zip(figures.CHOICES, (shown.agree, shown.disagree, shown.passed), strict=True):
            _count_among(card, int(choice), people, at)
    now = parts([card.pk for card in cards], at)
    _keep([_row(card, now[card.pk], at) for card in cards])


def _count_among(card: Statement, choice: int, people: int, at: datetime) -> None:
    first = Vote.objects.filter(statement=card.pk, choice=choice).order_by("cast_at", "pk").values("pk")[:people]
    found = Vote.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(shown_choice=choice)
    if found < people:
        PastVote.objects.create(statement=card, choice=choice, people=people - found, left_at=at)
