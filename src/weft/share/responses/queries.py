"""Reading answers: to an ask or a recommendation, with promises, and how those who asked mark them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from weft.core import counts, dates
from weft.core.jobs import Job
from weft.listen.conversations.models import Participant
from weft.people.programmes.models import Team
from weft.provenance.models import Link, Node
from weft.provenance.queries import traces
from weft.share.responses.models import Answer, Mark, Promise, Response

ANSWERABLE = ("ask", "recommendation")
VERDICTS = {Answer.YES: "It answered", Answer.PARTLY: "It answered in part", Answer.NO: "It did not answer"}


def response_at(node: Node) -> Response:
    """The answer of a node, with what it answers."""
    found = Response.objects.select_related("to__team", "organisation").prefetch_related("promises").get(pk=node.pk)
    found.node = node
    found.to.programme = node.programme
    return found


def promise_of(response: Response, key: int) -> Promise | None:
    """One promise of an answer."""
    found = response.promises.filter(pk=key).first()
    if found is not None:
        found.response = response
    return found


def standing(nodes: Iterable[UUID]) -> QuerySet[Response]:
    """The answers to some asks or recommendations, the latest first, with their promises. Two queries."""
    found = Response.objects.filter(to__in=list(nodes), node__withdrawn_at=None)
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
    marked: bool
    whys: list[str]


def homework(response: Response, inside: bool = False) -> Homework:
    """The marks of an answer. Inside a team also why, once enough contributors said so. One query."""
    marks = list(response.marks.select_related("team").order_by("team__yarn", "id"))
    said = [mark for mark in marks if mark.participant_id]
    number = {answer: sum(mark.answer == answer for mark in said) for answer in Answer.values}
    shares = [
        Share(words, answer.value, counts.people(number[answer]))
        for answer, words in VERDICTS.items()
        if number[answer]
    ]
    whys = sorted(mark.why for mark in said if mark.why) if inside and counts.may_show(len(said), inside=True) else []
    return Homework([mark for mark in marks if mark.team_id], shares, bool(said), whys)


def answers_reached(participant: Participant) -> set[UUID]:
    """The public answers that lie below what a participant said. Four queries."""
    stories = participant.stories.filter(node__withdrawn_at=None).values_list("node", flat=True)  # type: ignore[attr-defined]
    cards = participant.statements.filter(node__withdrawn_at=None).values_list("node", flat=True)
    below = traces([*stories, *cards], "down")
    return {
        item.id
        for one in below.values()
        for item in one.items.values()
        if item.kind == "response" and item.visibility == "public" and not item.is_withdrawn
    }


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


@dataclass(frozen=True)
class Workspace:
    """What the tab Share shows of answers."""

    responses: list[Response]
    marked: set[UUID]


def workspace(team: Team) -> Workspace:
    """The latest answers to a team's asks, and which the team has marked. Three queries."""
    found = Response.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node", "organisation")
    responses = list(found.prefetch_related("promises").order_by("-on", "-node_id")[:12])
    for response in responses:
        response.node.programme = team.programme
    marked = set(Mark.objects.filter(team=team, response__in=responses).values_list("response", flat=True))
    return Workspace(responses, marked)


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
    for promise in due.order_by("by_on", "id")[:10]:
        promise.response.node.programme = team.programme
        page = promise.response.node.get_absolute_url()
        what = f"Promised by {dates.day(promise.by_on)}: {promise.what}"
        found.append(Job(what, "Was it kept?", f"{page}#promises", "Say what came of it"))
    fresh = Response.objects.filter(node__team=team, node__withdrawn_at=None).filter(
        ~Q(pk__in=Mark.objects.filter(team=team).values("response"))
    )
    for response in fresh.select_related("node").order_by("-on", "-node_id")[:10]:
        response.node.programme = team.programme
        page = response.node.get_absolute_url()
        found.append(Job(f"{response.by_role} has answered.", response.node.title, f"{page}#marks", "Did it answer?"))
    return found


def answer_url(node: Node) -> str:
    """Where the answer to an ask or a recommendation is entered."""
    return reverse(f"responses:answer_{node.kind}", kwargs={"programme": node.programme.slug, "code": node.code})


def rests_on(nodes: Iterable[UUID]) -> dict[UUID, list[Node]]:
    """What each of some asks rests on directly and in public, one query."""
    links = Link.objects.filter(
        target__in=list(nodes), withdrawn_at=None, source__withdrawn_at=None, source__visibility="public"
    ).select_related("source")
    found: dict[UUID, list[Node]] = {}
    for link in links.order_by("id"):
        if link.source.kind not in ANSWERABLE:
            found.setdefault(link.target_id, []).append(link.source)
    return found
