"""What a voice left behind when it was taken back: words that wait behind marks, and what rests on one voice less."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from weft.core.jobs import Job
from weft.people.programmes.models import Programme, Team
from weft.provenance.masks import DAYS
from weft.provenance.models import Link, Mask, Node
from weft.provenance.registry import spoken
from weft.provenance.visibility import sealed


@dataclass(frozen=True)
class Place:
    """One text that repeated a voice: the item, or none for the draft of the report, and the words as they stood."""

    voice: Node
    item: Node | None
    words: list[str]
    made_at: datetime

    @property
    def until(self) -> datetime:
        """When the words are erased if nobody decides."""
        return self.made_at + timedelta(days=DAYS)


@dataclass(frozen=True)
class Lost:
    """One voice that was taken back, and what of a team rested on it."""

    voice: Node
    items: list[Node]


def _since() -> datetime:
    return timezone.now() - timedelta(days=DAYS)


def _waiting(of: Team | Programme) -> QuerySet[Mask]:
    """The words that wait in the texts of a team, or of the whole programme; the draft of its report is among those."""
    whose = Q(place__team=of) if of.team else Q(place=None) | Q(place__team=None)
    return Mask.objects.filter(whose, ~sealed("node__"), node__programme=of.programme, made_at__gte=_since())


def places(of: Team | Programme) -> list[Place]:
    """Where words wait, those that are erased first at the head. One query."""
    rows = _waiting(of).select_related("node__programme", "place__programme", "place__team")
    ordered = sorted(rows, key=lambda one: (one.node.code, one.place.code if one.place else ""))
    found = []
    for _, some in groupby(ordered, key=lambda one: (one.node_id, one.place_id)):
        masks = list(some)
        words = list({one.code: one.words for one in masks}.values())
        found.append(Place(masks[0].node, masks[0].place, words, min(one.made_at for one in masks)))
    return sorted(found, key=lambda one: one.made_at)


def place_of(of: Team | Programme, voice: UUID, item: UUID | None) -> Place | None:
    """One of them, unless somebody has decided on it already."""
    return next((one for one in places(of) if (one.voice.pk, one.item and one.item.pk) == (voice, item)), None)


def lost(of: Team | Programme) -> list[Lost]:
    """What rests on one voice less than a month ago, the latest first. One query."""
    links = Link.objects.filter(
        source__kind__in=spoken(),
        source__programme=of.programme,
        source__withdrawn_at__gte=_since(),
        target__team=of.team,
        target__withdrawn_at=None,
        withdrawn_at=None,
    )
    rows = links.select_related("source", "target__programme").order_by("-source__withdrawn_at", "source_id", "target")
    by_voice = groupby(rows, key=lambda link: link.source)
    return [Lost(voice, list(dict.fromkeys(link.target for link in some))) for voice, some in by_voice]


def workspace(of: Team | Programme) -> int:
    """In how many texts words wait. One query."""
    return _waiting(of).values("node", "place").distinct().count()


def jobs(of: Team | Programme) -> list[Job]:
    """Texts in which words wait for somebody to decide. One query."""
    waiting = workspace(of)
    if not waiting:
        return []
    return [
        Job(
            "A voice left: one text to look at again."
            if waiting == 1
            else f"A voice left: look at {waiting} texts again.",
            "Somebody took back what they said. A mark stands where your texts repeated it.",
            reverse("left:list", args=[of.programme.slug, of.room]),
            "Look again",
        )
    ]
