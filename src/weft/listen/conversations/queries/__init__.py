"""Reading conversations: what a vote needs, the next card, and what the team sees of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from weft.core import dates
from weft.core.access import NOT_HERE, found_or_404
from weft.core.errors import Refused
from weft.core.jobs import Job
from weft.listen.conversations.models import (
    Age,
    Arrival,
    Choice,
    Conversation,
    Moderation,
    Participant,
    Statement,
    Vote,
    Weight,
)
from weft.listen.conversations.queries.figures import start_of_hour
from weft.people.accounts.models import Contributor
from weft.people.programmes.models import Programme, Team
from weft.people.programmes.queries import safeguarding_leads
from weft.provenance.models import Node
from weft.provenance.queries import within


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a vote needs to know, from one lookup. Without a participant nobody with this secret has come yet."""

    conversation: UUID
    statement: UUID | None
    participant: UUID | None
    closed_at: datetime | None
    is_shown: bool
    is_withdrawn: bool
    number: int | None = None


GRAVE = {"is_sensitive": "a sensitive conversation", "for_children": "a conversation for children"}
BALLOT = """
SELECT c.id, s.id, p.id, c.closed_at, s.moderation, p.withdrawn_at, p.number FROM conversations_conversation c
LEFT JOIN conversations_statement s ON s.conversation_id = c.id AND s.id = %s
LEFT JOIN conversations_participant p ON p.conversation_id = c.id AND p.secret_hash = %s
WHERE c.code = %s
"""


def sql_uuid(value: UUID | None) -> Any:
    """A key as the database in use keeps it."""
    return value if value is None or connection.vendor == "postgresql" else value.hex


def python_uuid(value: Any) -> Any:
    """A key as it came from the database."""
    return value if value is None or isinstance(value, UUID) else UUID(value)


def python_moment(value: Any) -> datetime | None:
    """A moment as it came from the database: SQLite keeps text in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def ballot_for(code: str, statement: UUID | None, secret: str) -> Ballot:
    """Conversation, statement and participant of one vote, by one SQL statement; 404 where they do not belong."""
    hashed = Participant.hash_of(secret) if secret else None
    with connection.cursor() as cursor:
        cursor.execute(BALLOT, [sql_uuid(statement), hashed, code])
        row = cursor.fetchone()
    if row is None or (statement is not None and row[1] is None):
        raise Http404(NOT_HERE)
    here, what, who = (python_uuid(value) for value in row[:3])
    return Ballot(here, what, who, python_moment(row[3]), row[4] == Moderation.SHOWN, row[5] is not None, row[6])


def conversation_to_join(code: str) -> Conversation:
    """The conversation with this code, however it is typed."""
    found = Conversation.objects.select_related("team__programme", "programme").filter(code=code.lower()).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def conversation_at(table: UUID) -> Conversation | None:
    """The conversation whose table mode has this key, while it is on."""
    found = Conversation.objects.select_related("team__programme", "programme").filter(table_key=table).first()
    return found if found and found.has_table else None


def lead_wanted(of: Team | Programme, facts: Mapping[str, Any]) -> str:
    """Why a conversation may not open: it may bring up what is grave, and nobody is named to pass concerns to."""
    grave = next((said for name, said in GRAVE.items() if facts.get(name)), "")
    if not grave or safeguarding_leads(of.programme, of.team).exists():
        return ""
    return f"No safeguarding lead is named. Ask a convenor to name one under “People”; {grave} opens after that."


def asks_age(conversation: Conversation, participant: Participant | None, age: str) -> bool:
    """Whether somebody is to say how old they are before anything else; `age` is what they said.

    Whoever took part before children could is asked when they come back.
    """
    return conversation.for_children and not age and (participant is None or not participant.said_age)


def coming(conversation: Conversation, age: str, is_shared: bool) -> dict[str, Any]:
    """How somebody comes who takes part for the first time, as the action takes it."""
    if asks_age(conversation, None, age):
        raise Refused("Say first how old you are. Open the first page of this conversation again.")
    arrived_by = Arrival.KIOSK if is_shared else Arrival.LINK
    return {"arrived_by": arrived_by, "said_age": bool(age), **facts_of(age)}


def facts_of(age: str) -> dict[str, bool]:
    """What is kept of how old somebody says they are."""
    return {"is_under_18": age in {Age.YOUNG, Age.CHILD}, "adult_agreed": age == Age.CHILD}


def conversation_answered(ballot: Ballot) -> Conversation:
    """The conversation in which an answer was given."""
    return Conversation.objects.get(pk=ballot.conversation)


def conversations_of(of: Team | Programme) -> QuerySet[Conversation]:
    """What a team asks, or the whole programme."""
    return Conversation.objects.filter(programme=of.programme, team=of.team)


def conversation_of(of: Team | Programme, code: str) -> Conversation:
    """A conversation of this team or programme."""
    return within(of, [found_or_404(conversations_of(of).filter(code=code.lower()))])[0]


def participant_with(conversation: Conversation, secret: str) -> Participant | None:
    """Who holds this secret."""
    if not secret:
        return None
    return Participant.objects.filter(conversation=conversation, secret_hash=Participant.hash_of(secret)).first()


def said_by(contributor: Contributor) -> QuerySet[Statement]:
    """The cards that somebody wrote, taken back or not."""
    return Statement.every.filter(author=contributor.pk).select_related("node")


def words_of(row: Statement) -> list[tuple[Node, str]]:
    """What somebody said on a card, which leaves other texts with it."""
    return [(row.node, row.text)]


@dataclass(frozen=True)
class Deck:
    """Some cards of a conversation, by number, with how they have been answered."""

    is_meta: tuple[bool, ...]
    tallies: tuple["Tally", ...]
    participants: int


def shown_numbers(conversation: UUID) -> tuple[int, ...]:
    """The numbers of the cards that are shown now: none that was hidden or taken back a moment ago."""
    shown = Statement.objects.filter(conversation=conversation, moderation=Moderation.SHOWN)
    return tuple(shown.order_by("number").values_list("number", flat=True))


def deck(conversation: UUID, numbers: Iterable[int]) -> Deck:
    """The cards with these numbers as they are answered now. Three queries, the second counts every answer."""
    cards = Statement.objects.filter(conversation=conversation, number__in=numbers).order_by("number")
    rows = list(cards.values_list("id", "is_meta"))
    counts = tallies([key for key, _ in rows])
    last = Participant.objects.filter(conversation=conversation).aggregate(last=Max("number"))["last"]
    return Deck(
        is_meta=tuple(meta for _, meta in rows),
        tallies=tuple(counts.get(key, Tally()) for key, _ in rows),
        participants=last or 0,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How one statement has been answered.

    `effective` is how many people each number that could be told counts as, in the order of `EffectiveAnswers`; none
    where each counts as one.
    """

    agree: int = 0
    disagree: int = 0
    passed: int = 0
    effective: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """How many people answered; each has one answer that stands."""
        return self.agree + self.disagree + self.passed


def tally_now(statement: Any) -> Tally:
    """How a statement read with `counted` has been answered by now."""
    return Tally(statement.agreed, statement.disagreed, statement.passed)


def tally_shown(statement: Any) -> Tally | None:
    """How everybody is shown that it was answered; nothing before there are first figures."""
    kept = getattr(statement, "shown_tally", None)
    return Tally(kept.agree, kept.disagree, kept.passed, tuple(kept.effective)) if kept and kept.total else None


def tallies(statements: list[UUID]) -> dict[UUID, Tally]:
    """How these statements have been answered, from the index alone."""
    rows = Vote.objects.filter(statement__in=statements).values_list("statement", "choice").annotate(n=Count("pk"))
    counts: dict[UUID, dict[int, int]] = {}
    for statement, choice, n in rows.order_by():
        counts.setdefault(statement, {})[choice] = n
    return {
        key: Tally(found.get(Choice.AGREE, 0), found.get(Choice.DISAGREE, 0), found.get(Choice.PASS, 0))
        for key, found in counts.items()
    }


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Statements, each with how it has been answered, counted from the index of votes within the same query."""
    return rows.annotate(
        agreed=_votes(Choice.AGREE), disagreed=_votes(Choice.DISAGREE), passed=_votes(Choice.PASS)
    ).select_related("node__programme", "shown_tally")


def _votes(choice: Choice) -> Coalesce:
    """How many people gave this answer to a statement."""
    votes = Vote.objects.filter(statement=OuterRef("pk"), choice=choice).order_by().values("statement")
    return Coalesce(Subquery(votes.annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class Answered:
    """What one participant has answered: the answer to each card by its number, latest last."""

    choices: dict[int, int] = field(default_factory=dict)

    @property
    def last(self) -> int | None:
        """The number of the card answered last."""
        return next(reversed(self.choices), None)


def answered_by(participant: UUID | None) -> Answered:
    """Every answer of a participant that stands."""
    if participant is None:
        return Answered()
    rows = Vote.objects.filter(participant=participant).order_by("cast_at", "pk")
    return Answered(dict(rows.values_list("statement__number", "choice")))


@dataclass(frozen=True)
class Card:
    """What the page of a conversation shows: one statement to answer, or none."""

    statement: Statement | None
    choice: int | None
    answered: int
    left: int
    before: int | None  # number of the card answered before this one

    @property
    def said(self) -> str:
        """The answer that stands, in a word."""
        return "" if self.choice is None else str(Choice(self.choice).label)


def shown_card(conversation: UUID, **which: Any) -> Statement | None:
    """One card, unless it has been hidden meanwhile."""
    return Statement.objects.filter(conversation=conversation, moderation=Moderation.SHOWN, **which).first()


def card_numbered(conversation: Conversation, number: int) -> Statement:
    """One card by its number."""
    found = shown_card(conversation.pk, number=number)
    if found is None:
        raise Http404(NOT_HERE)
    return found


def statements_of(conversation: Conversation, moderation: int) -> QuerySet[Any]:
    """The statements of a conversation that are shown, wait, or are hidden, with how they were answered."""
    return counted(conversation.statements.filter(moderation=moderation)).order_by("number")


def statement_of(node: Node) -> Any:
    """The statement of a node, with its conversation and how it was answered."""
    return counted(Statement.objects.filter(node=node)).select_related("conversation").get()


def voices_of_statements(nodes: list[UUID]) -> QuerySet[Statement, Any]:
    """Who wrote each statement, and how many people answered it: as everybody is shown it, else by the last hour.

    So no number of people follows each answer, and those of a card, of a map and of what came of both are the same.
    """
    standing = Vote.objects.filter(statement=OuterRef("pk"), cast_at__lte=start_of_hour(timezone.now()))
    votes = standing.exclude(participant__weight=Weight.SET_ASIDE).order_by().values("statement")
    shown = F("shown_tally__agree") + F("shown_tally__disagree") + F("shown_tally__passed")
    counted = Case(
        When(shown_tally__taken_for__isnull=False, then=shown),
        default=Subquery(votes.annotate(n=Count("pk")).values("n")),
    )
    rows = Statement.objects.filter(node__in=nodes, node__withdrawn_at=None).annotate(n=counted)
    return rows.values_list("node", "author", "conversation", "n")


def open_conversations(programme: Programme) -> QuerySet[Conversation]:
    """What anybody may join now; a sensitive one is told only to those it is for."""
    rows = Conversation.objects.filter(programme=programme, closed_at=None, is_sensitive=False)
    return rows.select_related("team").order_by(F("team__colour").asc(nulls_first=True), "opened_at")


@dataclass(frozen=True)
class Row:
    """One conversation as those who ask see it in a list."""

    conversation: Conversation
    people: int
    statements: int
    waiting: int


@dataclass(frozen=True)
class ConversationsTab:
    """What the tab Listen shows of conversations."""

    rows: list[Row]


def back_to(of: Team | Programme) -> dict[str, str]:
    """The way back from its conversations, for a page."""
    return {"back": of.tab("listen"), "crumb": "Listen" if of.team else "The cohort"}


def workspace(of: Team | Programme) -> ConversationsTab:
    """Every conversation of a team or programme with its figures. Three queries, whatever was said in them."""
    found = list(conversations_of(of).order_by("closed_at", "-opened_at"))
    cards = {
        row["conversation"]: row
        for row in Statement.objects.filter(conversation__in=found)
        .values("conversation")
        .annotate(
            shown=Count("pk", filter=Q(moderation=Moderation.SHOWN)),
            waiting=Count("pk", filter=Q(moderation=Moderation.WAITING)),
        )
    }
    people = dict(
        Participant.objects.filter(conversation__in=found).values_list("conversation").annotate(n=Count("pk"))
    )
    rows = []
    for one in found:
        row = cards.get(one.pk, {"shown": 0, "waiting": 0})
        rows.append(Row(one, people.get(one.pk, 0), row["shown"], row["waiting"]))
    rows.sort(key=lambda row: not row.conversation.is_open)
    return ConversationsTab(rows)


def jobs(of: Team | Programme) -> list[Job]:
    """Cards that wait to be read, and conversations past their day. Two queries."""
    waiting = (
        conversations_of(of)
        .annotate(n=Count("statements", filter=Q(statements__moderation=Moderation.WAITING)))
        .filter(n__gt=0)
    )
    found = [
        Job(
            "One card waits to be read." if one.n == 1 else f"{one.n:,} cards wait to be read.",
            f"In “{one.prompt}”.",
            _page(of, one, "conversations:conversation") + "?show=waiting",
            "Read them" if one.n > 1 else "Read it",
        )
        for one in waiting
    ]
    due = conversations_of(of).filter(closed_at=None, answer_by__lt=dates.today())
    found += [
        Job(
            "An answer is due.",
            f"People were told to hear by {dates.day(one.answer_by)} what came of “{one.prompt}”.",
            _page(of, one, "conversations:conversation"),
            "Say what came of it, or close it",
        )
        for one in due
    ]
    return found


def _page(of: Team | Programme, conversation: Conversation, name: str) -> str:
    return reverse(name, args=[of.programme.slug, of.room, conversation.code])


@dataclass(frozen=True)
class Counts:
    """Figures of one conversation for its team."""

    people: int
    answers: int
    shown: int
    waiting: int
    hidden: int
    stories: int


def counts_of(conversation: Conversation) -> Counts:
    """How many came and what they left. Four queries."""
    cards = conversation.statements.aggregate(
        shown=Count("pk", filter=Q(moderation=Moderation.SHOWN)),
        waiting=Count("pk", filter=Q(moderation=Moderation.WAITING)),
        hidden=Count("pk", filter=Q(moderation=Moderation.HIDDEN)),
    )
    people = conversation.participants.count()
    answers = Vote.objects.filter(statement__conversation=conversation).count()
    stories = Node.objects.filter(kind="story", story__conversation=conversation, withdrawn_at=None).count()
    return Counts(people=people, answers=answers, stories=stories, **cards)


def statement_numbered(conversation: Conversation, number: int) -> Statement:
    """One card of the team's conversation, shown or not."""
    found = conversation.statements.select_related("node").filter(number=number).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
