"""Reading answers: to an ask or a recommendation, with promises, and how those who asked mark them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.safestring import SafeString, mark_safe

from weft.act.manifestos.models import Ask, AskEvent, AskEventKind
from weft.act.manifestos.queries import OPEN, days_waited, is_silent
from weft.core import counts, dates
from weft.core.access import found_or_404
from weft.core.jobs import Job
from weft.core.standing import Standing
from weft.core.tables import Column, Table
from weft.learn.insights.models import Recommendation
from weft.listen.conversations.models import Participant
from weft.listen.receipts.queries import below_participant
from weft.people.accounts.models import Contributor
from weft.people.programmes.models import Programme, Team
from weft.pictures import waits
from weft.pictures.svg import cut
from weft.provenance import queries as thread
from weft.provenance.journal import Stands
from weft.provenance.models import AskState, Link, Node
from weft.provenance.queries import within
from weft.provenance.registry import Reply, Use, serving
from weft.provenance.sentences import spans
from weft.provenance.visibility import is_public, public, visible
from weft.share.responses.models import VERDICTS, Answer, Mark, Promise, Response


def response_at(node: Node) -> Response:
    """The answer of a node, with what it answers."""
    found = Response.objects.select_related("to__team", "organisation").prefetch_related("promises").get(pk=node.pk)
    found.node = node
    within(node.programme, [found.to])
    return found


def answers_to(node: Node) -> list[Response]:
    """The standing answers to an ask or a recommendation."""
    made = thread.rows_on(Response, node)
    found = Response.objects.filter(to=node).select_related("node") if made is None else made
    return [one for one in found if one.to_id == node.pk and not one.node.is_withdrawn]


def promise_of(response: Response, key: int) -> Promise:
    """One promise of an answer."""
    found = found_or_404(response.promises.filter(pk=key))
    found.response = response
    return found


def mark_of_team(response: Response, team: Team) -> Mark | None:
    """What a team said of an answer."""
    return response.marks.filter(team=team).first()


def standing(nodes: Iterable[UUID], here: Standing) -> QuerySet[Response]:
    """The answers to some asks or recommendations that a reader may see, the latest first, with their promises.

    Two queries.
    """
    found = Response.objects.filter(visible(here, "node__"), to__in=list(nodes), node__withdrawn_at=None)
    return (
        found.select_related("node", "organisation")
        .prefetch_related(Prefetch("promises", Promise.objects.order_by("by_on", "id")))
        .order_by("-on", "-node_id")
    )


@dataclass(frozen=True)
class Share:
    """How many contributors say one thing of an answer, in words; hidden where it would tell on somebody."""

    verdict: str
    state: str
    people: str


@dataclass(frozen=True)
class Homework:
    """How an answer was marked: by teams, by name; by contributors, only in numbers that hide each of them."""

    teams: list[Mark]
    contributors: list[Share]
    is_held_back: bool
    whys: list[str]


def homework(response: Response, inside: bool = False) -> Homework:
    """The marks of an answer. Inside a team also why, once enough contributors said so. One query."""
    marks = list(response.marks.select_related("team").order_by("team__colour", "id"))
    said = [mark for mark in marks if mark.participant_id]
    shares = [
        Share(words, answer.value, counts.people(number))
        for (answer, words), number in zip(VERDICTS.items(), response.shown_marks, strict=True)
        if number
    ]
    whys = sorted(mark.why for mark in said if mark.why) if inside and counts.may_show(len(said), inside=True) else []
    return Homework([mark for mark in marks if mark.team_id], shares, bool(said) and not shares, whys)


def marks_now(response: Response) -> tuple[int, ...]:
    """How many contributors say by now that it answered, in part, or not. One query."""
    rows = response.marks.filter(team=None).order_by().values_list("answer").annotate(n=Count("pk"))
    number = dict(rows.values_list("answer", "n"))
    return tuple(number.get(answer.value, 0) for answer in VERDICTS)


def answers_reached(participant: Participant) -> set[UUID]:
    """The public answers that lie below what a participant said or answered. Five queries."""
    return {one.item.id for one in below_participant(participant) if one.item.kind == "response"}


LINE = 110  # letters of an answer that stand on a receipt
BARE = 30  # what is shorter says no more than yes or no


def replies(nodes: list[UUID], participant: Contributor) -> dict[UUID, Reply]:
    """Some answers as a receipt tells of them. One query."""
    own = Mark.objects.filter(participant=participant.pk, response=OuterRef("pk")).values("answer")
    found = {}
    for one in Response.objects.filter(pk__in=nodes).select_related("to").annotate(marked=Subquery(own)):
        on = f"on “{one.to.title}”: " if is_public(one.to) and not one.to.is_withdrawn else ""
        what = f"{on}{Answer(one.answer).label.partition(',')[0].lower()}"
        said = VERDICTS[Answer(one.marked)] if one.marked else ""
        found[one.pk] = Reply(one.by_role, what, first_line(one.reasons), one.on, said)
    return found


def first_line(reasons: str) -> str:
    """The first sentence of an answer that says more than yes or no, which stands before it already."""
    reasons = " ".join(reasons.split())
    first, _, rest = reasons.partition(" ")
    if rest and first.rstrip(".!").casefold() in Answer.values and first[-1] in ".!":
        reasons = rest
    return cut(reasons[: next((end for _, end in spans(reasons) if end > BARE), None)], LINE)


@dataclass(frozen=True)
class ToMark:
    """An answer that a contributor can mark, and their mark so far."""

    response: Response
    mark: Mark | None


def to_mark(participant: Participant) -> list[ToMark]:
    """The answers to what came of this participant's words, the latest first."""
    reached = answers_reached(participant)
    found = Response.objects.filter(pk__in=reached).select_related("node", "to", "organisation")
    marks = {mark.response_id: mark for mark in Mark.objects.filter(participant=participant, response__in=reached)}
    return [ToMark(response, marks.get(response.pk)) for response in found.order_by("-on", "-node_id")[:50]]


def mark_of(participant: Participant, code: str) -> Mark | None:
    """What a contributor said of one answer."""
    return Mark.objects.filter(participant=participant, response__node__code=code.upper()).first()


@dataclass(frozen=True)
class ResponsesTab:
    """What the tab Share shows of answers."""

    responses: list[Response]
    marked: set[UUID]


def workspace(team: Team) -> ResponsesTab:
    """The latest answers to a team's asks, and which the team has marked. Three queries."""
    found = Response.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node", "organisation")
    responses = within(team, found.prefetch_related("promises").order_by("-on", "-node_id")[:12])
    marked = set(Mark.objects.filter(team=team, response__in=responses).values_list("response", flat=True))
    return ResponsesTab(responses, marked)


def jobs(team: Team) -> list[Job]:
    """Promises whose day has passed, and answers that the team has not marked. Two queries."""
    due = Promise.objects.filter(
        response__node__team=team,
        response__node__withdrawn_at=None,
        by_on__lt=dates.today(),
        kept_on=None,
        is_broken=False,
    ).select_related("response__node")
    found = []
    promises = list(due.order_by("by_on", "id")[:10])
    within(team, [promise.response for promise in promises])
    for promise in promises:
        page = promise.response.node.get_absolute_url()
        what = f"Promised by {dates.day(promise.by_on)}: {promise.what}"
        found.append(Job(what, "Was it kept?", f"{page}#promises", "Say what came of it"))
    fresh = Response.objects.filter(node__team=team, node__withdrawn_at=None).filter(
        ~Q(pk__in=Mark.objects.filter(team=team).values("response"))
    )
    for response in within(team, fresh.select_related("node").order_by("-on", "-node_id")[:10]):
        page = response.node.get_absolute_url()
        found.append(Job(f"{response.by_role} has answered.", response.node.title, f"{page}#marks", "Did it answer?"))
    return found


def rests_on(nodes: Iterable[UUID]) -> dict[UUID, list[Node]]:
    """What each of some asks rests on directly and in public, one query."""
    standing = Link.objects.filter(target__in=list(nodes), withdrawn_at=None, source__withdrawn_at=None)
    links = standing.filter(public("source__")).select_related("source")
    found: dict[UUID, list[Node]] = {}
    for link in links.order_by("id"):
        if link.source.kind not in serving(Use.ASKED):
            found.setdefault(link.target_id, []).append(link.source)
    return found


@dataclass(frozen=True)
class Asked:
    """One ask or recommendation as the public page lists it."""

    node: Node
    to: str
    since: date
    state: str
    state_on: date
    due_on: date | None
    again_on: date | None
    responses: list[Response]
    rests: list[Node]

    @property
    def days(self) -> int:
        """For how many days it has waited, or waited until it was answered."""
        return days_waited(self.state, self.since, self.state_on)

    @property
    def end(self) -> str:
        """How its thread ends: the state, or silence."""
        return "silence" if is_silent(self.state, self.since) else self.state

    @property
    def is_waiting(self) -> bool:
        """Whether nothing has come back yet but perhaps a word that it was read."""
        return self.state in OPEN

    @property
    def status(self) -> str:
        """The end of the thread in words."""
        if self.end == "silence":
            return f"No reply for {self.days} days"
        if self.state == AskState.ASKED:
            return "Asked today" if self.days < 1 else f"Asked {self.days} day{'s' if self.days != 1 else ''} ago"
        return f"{AskState(self.state).label.partition(',')[0]}, {dates.near_day(self.state_on)}"

    @property
    def short(self) -> str:
        """The same for the picture and the table."""
        if self.is_waiting:
            return self.status.replace("No reply for", "No reply,")
        return f"{AskState(self.state).label.partition(',')[0]}, after {self.days} day{'s' if self.days != 1 else ''}"


SHOWN_ENDS = {
    "silence": "No reply",
    "waiting": "Waiting",
    **{state.value: state.label for state in (AskState.YES, AskState.PARTLY, AskState.NO)},
}


@dataclass(frozen=True)
class Key:
    """As much of an ask as it takes to count and to order all of them."""

    id: UUID
    state: str
    since: date
    state_on: date

    @property
    def end(self) -> str:
        """What it is filtered by."""
        if is_silent(self.state, self.since):
            return "silence"
        return "waiting" if self.state in OPEN else self.state

    @property
    def order(self) -> tuple[int, int, str]:
        """The longest silence first, then who waits, then the latest answers."""
        rank = 0 if self.end == "silence" else 1 if self.end == "waiting" else 2
        return rank, self.since.toordinal() if rank < 2 else -self.state_on.toordinal(), str(self.id)


def keys(programme: Programme, here: Standing, team: Team | None = None) -> list[Key]:
    """Every ask and recommendation that the reader may see, in the order of the page. One query."""
    nodes = Node.objects.filter(visible(here), programme=programme, kind__in=serving(Use.ASKED), withdrawn_at=None)
    if team is not None:
        nodes = nodes.filter(team=team)
    columns = ("ask__state", "ask__asked_on", "ask__state_on")
    others = ("recommendation__state", "recommendation__made_on", "recommendation__state_on")
    found = []
    for key, *row in nodes.values_list("pk", *columns, *others):
        state, since, state_on = row[:3] if row[0] else row[3:]
        if state:
            found.append(Key(key, state, since, state_on))
    return sorted(found, key=lambda one: one.order)


def asked(programme: Programme, keys: Iterable[Key], here: Standing) -> list[Asked]:
    """Some asks with everything that the page says of them to a reader, in the same order. Five queries."""
    order = [key.id for key in keys]
    columns = ("team", "ask__to_organisation", "recommendation")
    nodes = {node.pk: node for node in programme.nodes.filter(pk__in=order).select_related(*columns)}
    answers: dict[UUID, list[Response]] = {}
    for response in within(programme, standing(order, here)):
        answers.setdefault(response.to_id, []).append(response)
    again = dict(
        AskEvent.objects.filter(ask__in=order, kind=AskEventKind.ASKED_AGAIN)
        .values_list("ask")
        .annotate(last=Max("on"))
    )
    rests = {key: within(programme, found) for key, found in rests_on(order).items()}
    found = []
    for key in order:
        node = nodes[key]
        said = (answers.get(key, []), rests.get(key, []))
        if node.kind == "ask":
            ask: Ask = getattr(node, node.kind)
            to = f"{ask.to_role}, {ask.to_organisation}" if ask.to_organisation else ask.to_role
            found.append(Asked(node, to, ask.asked_on, ask.state, ask.state_on, ask.answer_by, again.get(key), *said))
        else:
            made: Recommendation = getattr(node, node.kind)
            found.append(Asked(node, made.to_role, made.made_on, made.state, made.state_on, None, None, *said))
    return found


@dataclass(frozen=True)
class Waited:
    """The asks in numbers and as a picture, wide and tall."""

    total: int
    answered: int
    longest: int
    wide: SafeString
    tall: SafeString
    table: Table


ENDS = {"silence": "frayed", AskState.ASKED: "dots", AskState.ACKNOWLEDGED: "dots"}
DRAWN = 12


def waited(everything: list[Key], shown: list[Asked]) -> Waited:
    """The figure above the list: numbers of all, threads of the first that are shown."""
    silent = [days_waited(key.state, key.since, key.state_on) for key in everything if key.end == "silence"]
    answered = sum(key.state not in OPEN for key in everything)
    rows = [
        waits.Wait(
            title=one.node.title,
            team=one.node.team.colour - 1 if one.node.team else -1,
            start=one.since,
            end=dates.today() if one.is_waiting else one.state_on,
            how=ENDS.get(one.end, "ring"),
            words=one.short,
        )
        for one in shown[:DRAWN]
    ]
    first = f"The first {len(rows)} asks" if len(everything) > len(rows) else f"{len(rows)} asks"
    described = f"{first} as threads of time. {answered} of all {len(everything)} have had an answer. " + " ".join(
        f"{row.title}: {row.words}." for row in rows
    )
    wide, tall = (
        mark_safe(waits.waits(rows, dates.today(), uid, described, is_wide))
        for uid, is_wide in (("at", True), ("att", False))
    )
    told = [(one.node.title, dates.day(one.since), one.short) for one in shown]
    table = Table("How long each ask has waited", [Column("Ask"), Column("Asked"), Column("Answer")], told)
    return Waited(len(everything), answered, max(silent, default=0), wide, tall, table)


def teams_that_may_mark(node: Node, here: Standing) -> list[Team]:
    """The teams this reader can say it for: the one that asked or, where none did, each of their own. One query."""
    if node.team is not None:
        return [node.team] if here.works_in(node.team_id) else []
    return [team for team in node.programme.teams.all() if here.works_in(team.pk)]


def marks_by(participants: list[UUID]) -> Stands:
    """What some participants said of answers, and since when."""
    marks: QuerySet[Any] = Mark.objects.filter(participant__in=participants)
    for key, response, made_at in marks.values_list("participant", "response", "made_at"):
        yield key, str(response), made_at
