"""What the figures of answers that everybody is shown are made of, and when they may be replaced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, BooleanField, Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.utils import timezone

from weft.listen.conversations.models import Conversation, Moderation, Participant, PastVote, Statement, Vote, Weight

FRIDAY, WEEK = 4, timedelta(days=7)


def latest_moment(conversation: Conversation, now: datetime) -> datetime:
    """The last moment at which figures could be replaced: nobody who answers chooses it.

    It is on the hour or, where an answer could harm whoever gave it, as Friday begins; at closing; and when a member
    called one.
    """
    regular = start_of_week(now) if conversation.is_guarded else start_of_hour(now)
    others = (conversation.closed_at, conversation.figures_called_at)
    return max([regular, *(one for one in others if one is not None and one <= now)])


def start_of_hour(now: datetime) -> datetime:
    """When the hour began."""
    return now.replace(minute=0, second=0, microsecond=0)


def start_of_week(now: datetime) -> datetime:
    """When the last Friday began, in the time zone of the site."""
    today = timezone.localdate(now)
    friday = today - timedelta(days=(today.weekday() - FRIDAY) % 7)
    return timezone.make_aware(datetime.combine(friday, time.min))


@dataclass(frozen=True)
class Part:
    """How many people of one arrival group stand in one way to a card; without a group each counts in full.

    `shown` is the answer with which they are in the figures that stand, `now` the one that they give; none where they
    are not in, or answer no longer.
    """

    group: int | None
    shown: int | None
    now: int | None
    is_aside: bool
    people: int


def group_of(prefix: str = "") -> Case:
    """The arrival group of somebody, as a column; none where a member says that they saw them."""
    seen = When(**{f"{prefix}weight": Weight.SEEN}, then=Value(None))
    return Case(seen, default=F(f"{prefix}arrival_group"), output_field=BigIntegerField(null=True))


def parts(statements: Collection[UUID], moment: datetime) -> dict[UUID, list[Part]]:
    """Everybody who answers some cards or stands in their figures, as it was at a moment. Two queries."""
    now = Case(
        When(participant__weight=Weight.SET_ASIDE, then=Value(None)),
        When(cast_at__lte=moment, then=F("choice")),
        default=F("shown_choice"),
        output_field=IntegerField(),
    )
    found: dict[UUID, list[Part]] = {one: [] for one in statements}
    aside = Case(When(participant__weight=Weight.SET_ASIDE, then=True), default=False, output_field=BooleanField())
    votes = Vote.objects.filter(statement__in=statements).order_by()
    votes = votes.annotate(group=group_of("participant__"), now=now, aside=aside)
    rows = votes.values_list("statement", "group", "shown_choice", "now", "aside").annotate(n=Count("pk"))
    for statement, *part in rows:
        found[statement].append(Part(*part))
    past = PastVote.objects.filter(statement__in=statements).order_by()
    still = Case(When(left_at__gt=moment, then=F("choice")), default=Value(None), output_field=IntegerField())
    gone = past.annotate(now=still).values_list("statement", "arrival_group", "choice", "now")
    for statement, group, shown, stands, people in gone.annotate(n=Sum("people")):
        found[statement].append(Part(group, shown, stands, False, people))
    return found


def came_between(conversation: Conversation, since: datetime, until: datetime) -> dict[int, dict[int | None, int]]:
    """How many people of each arrival group came in each whole week between two moments, weeks counted from 0."""
    rows = Participant.objects.filter(conversation=conversation, came_at__gte=since, came_at__lt=until)
    weeks: dict[int, dict[int | None, int]] = {week: {} for week in range((until - since) // WEEK)}
    for came_at, group in rows.exclude(weight=Weight.SET_ASIDE).values_list("came_at", group_of()):
        groups = weeks.get((came_at - since) // WEEK)
        if groups is not None:
            groups[group] = groups.get(group, 0) + 1
    return weeks


def with_conversation(statements: Collection[UUID] | QuerySet[Any, Any]) -> QuerySet[Statement]:
    """Cards with what their figures follow from."""
    return Statement.objects.filter(pk__in=statements).select_related("conversation", "shown_tally")


def shown_cards(conversation: Conversation) -> QuerySet[Statement]:
    """The cards of a conversation that people are asked about now."""
    return with_conversation(conversation.statements.filter(moderation=Moderation.SHOWN).values("pk"))


def set_aside_in(statement: Any) -> QuerySet[Participant, Any]:
    """Who was set aside in the conversation of a card."""
    return Participant.objects.filter(conversation=statement.conversation_id, weight=Weight.SET_ASIDE).values("pk")


def waiting(statement: Any, moment: datetime) -> QuerySet[Vote]:
    """Answers to a card that are not in its figures yet and were given by a moment."""
    given = Vote.objects.filter(statement=statement.pk, shown_choice=None, cast_at__lte=moment)
    return given.exclude(participant__in=set_aside_in(statement))


def changed(statement: Any, moment: datetime) -> QuerySet[Vote]:
    """Answers that stand in the figures of a card and were given otherwise by a moment."""
    counted = Vote.objects.filter(statement=statement.pk, shown_choice__isnull=False, cast_at__lte=moment)
    return counted.exclude(choice=F("shown_choice")).exclude(participant__in=set_aside_in(statement))


def parted(statement: Any) -> QuerySet[Vote]:
    """Answers to a card of people who were set aside."""
    return Vote.objects.filter(statement=statement.pk, participant__in=set_aside_in(statement))


def aside(statement: Any) -> dict[int, int]:
    """How the people who were set aside answered a card, by choice."""
    votes = Vote.objects.filter(statement=statement, participant__weight=Weight.SET_ASIDE).order_by()
    return dict(votes.values_list("choice").annotate(n=Count("pk")))


def answers_of(conversation: Conversation, groups: Collection[int]) -> list[tuple[UUID, int, int]]:
    """Every answer of the people of some arrival groups: participant, number of the card, choice. One query."""
    votes = Vote.objects.filter(
        participant__conversation=conversation,
        participant__arrival_group__in=groups,
        participant__weight=Weight.ORDINARY,
    )
    return list(votes.values_list("participant", "statement__number", "choice"))
