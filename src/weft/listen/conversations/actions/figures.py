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
    Conversation,
    Participant,
    PastVote,
    ShownTally,
    Statement,
    Vote,
    Weight,
)
from weft.listen.conversations.queries import Tally
from weft.listen.conversations.queries.figures import (
    Part,
    changed,
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
    if due:
        with transaction.atomic():
            for (_, moment), cards in due.items():
                _take(cards[0].conversation, cards, moment)


def step_all() -> None:
    """Do so for every card that is shown in an open conversation, or in one that closed a short while ago."""
    recent = timezone.now() - timedelta(days=1)
    open_now = Conversation.objects.filter(Q(closed_at=None) | Q(closed_at__gte=recent))
    for conversation in open_now:
        step(statements=shown_cards(conversation))


def _take(conversation: Conversation, cards: list[Any], moment: datetime) -> None:
    """Replace the figures of cards of one conversation where they may be, and keep that they were looked at."""
    before = parts([one.pk for one in cards], moment)
    quiet: dict[datetime | None, bool] = {}
    moved = set()
    for one in cards:
        first_at = one.shown_tally.first_at if getattr(one, "shown_tally", None) else None
        if first_at not in quiet:
            quiet[first_at] = figures.is_quiet(conversation, first_at, moment)
        taken = figures.NONE if quiet[first_at] else figures.step(conversation, before[one.pk])
        if taken:
            _move(one, taken, moment)
            moved.add(one.pk)
    after = {**before, **parts(moved, moment)} if moved else before
    rows = [_row(conversation, one, after[one.pk], moment, one.pk in moved) for one in cards]
    ShownTally.objects.bulk_create(rows, update_conflicts=True, unique_fields=["statement"], update_fields=COLUMNS)
    for one, row in zip(cards, rows, strict=True):
        one.shown_tally = row


def _move(card: Any, taken: figures.Step, moment: datetime) -> None:
    """Let the answers to a card into its figures, or out of them. Who comes in by a changed answer was not waiting."""
    if taken.entered:
        waiting(card, moment).update(shown_choice=F("choice"))
    if taken.left:
        PastVote.objects.filter(statement=card.pk, left_at__lte=moment).delete()
        changed(card, moment).update(shown_choice=F("choice") if taken.came_in else None)
    if taken.parted:
        parted(card).update(shown_choice=None)


def _row(conversation: Conversation, card: Any, found: list[Part], moment: datetime, is_new: bool) -> ShownTally:
    kept = getattr(card, "shown_tally", None)
    tally = figures.tally_of(found)
    return ShownTally(
        statement_id=card.pk,
        agree=tally.agree,
        disagree=tally.disagree,
        passed=tally.passed,
        counted_at=kept.counted_at if kept and not is_new else moment,
        first_at=(kept.first_at if kept else None) or (moment if tally.total else None),
        taken_for=moment,
        effective=list(figures.effective_of(conversation, found)),
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
    group = None if participant.weight == Weight.SEEN else participant.arrival_group
    PastVote.objects.bulk_create(
        PastVote(statement_id=statement, choice=choice, arrival_group=group, left_at=timezone.now())
        for statement, choice in theirs.values_list("statement", "shown_choice")
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
    rows = [_row(card.conversation, card, now[card.pk], at, True) for card in cards]
    ShownTally.objects.bulk_create(rows, update_conflicts=True, unique_fields=["statement"], update_fields=COLUMNS)


def _count_among(card: Statement, choice: int, people: int, at: datetime) -> None:
    first = Vote.objects.filter(statement=card.pk, choice=choice).order_by("cast_at", "pk").values("pk")[:people]
    found = Vote.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(shown_choice=choice)
    if found < people:
        PastVote.objects.create(statement=card, choice=choice, people=people - found, left_at=at)
