"""Reading manifestos and asks, and how long they have waited."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from weft.act.manifestos.models import Ask, AskEventKind, Manifesto
from weft.core import dates
from weft.core.jobs import Job
from weft.people.programmes.models import Team
from weft.provenance.models import AskState, Node
from weft.provenance.queries import within

OPEN = (AskState.ASKED, AskState.ACKNOWLEDGED)


def is_silent(state: str, since: date) -> bool:
    """Whether an ask or a recommendation has had no reply for longer than is usual: the one rule of what silence is."""
    return state == AskState.ASKED and dates.days_since(since) > settings.SILENCE_DAYS


def days_waited(state: str, since: date, state_on: date) -> int:
    """For how many days an ask has waited for its answer, or waited until it came."""
    return max(0, ((dates.today() if state in OPEN else state_on) - since).days)


def ask_at(node: Node) -> Ask:
    """The ask of a node."""
    found = Ask.objects.select_related("to_organisation", "manifesto__node").prefetch_related("events").get(pk=node.pk)
    found.node = node
    return found


def manifesto_at(node: Node) -> Manifesto:
    """The manifesto of a node."""
    found = Manifesto.objects.select_related("place").get(pk=node.pk)
    found.node = node
    return found


def asks_in(manifesto: Manifesto) -> list[Ask]:
    """The standing asks of a manifesto."""
    found = manifesto.asks.filter(node__withdrawn_at=None).select_related("node__team", "to_organisation")
    return within(manifesto.node.programme, found)


def manifestos_of(team: Team) -> list[Manifesto]:
    """A team's standing manifestos."""
    found = Manifesto.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node", "place")
    return within(team, found)


@dataclass(frozen=True)
class ManifestosTab:
    """What the Share tab shows of asks."""

    manifestos: list[Manifesto]
    asks: list[Ask]


def workspace(team: Team) -> ManifestosTab:
    """A team's manifestos and its newest asks. Two queries."""
    asks = Ask.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node").order_by("-asked_on")
    return ManifestosTab(manifestos_of(team), within(team, asks[:30]))


def jobs(team: Team) -> list[Job]:
    """Asks that have had no reply, the longest first."""
    waiting = Ask.objects.filter(node__team=team, node__withdrawn_at=None, state=AskState.ASKED)
    found = []
    for ask in within(team, waiting.select_related("node").prefetch_related("events").order_by("asked_on")[:20]):
        again = max((e.on for e in ask.events.all() if e.kind == AskEventKind.ASKED_AGAIN), default=None)
        if is_silent(ask.state, again or ask.asked_on):
            days = days_waited(ask.state, ask.asked_on, ask.state_on)
            what = f"“{ask.node.title}” has had no reply for {days} days."
            found.append(Job(what, f"Asked of: {ask.to_role}.", ask.node.get_absolute_url(), "Ask again"))
    return found
