"""The demonstration: a programme file that comes with Weft, and what is worth looking at in it."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from weft.core.text import citations
from weft.filing.lines import read
from weft.filing.loading import Progress, quietly
from weft.listen.conversations.models import Conversation
from weft.listen.receipts.queries import words_for
from weft.people.programmes.models import Membership, Programme
from weft.programme_file.load import load_file
from weft.programme_file.schema import File, fitted
from weft.provenance.models import Node
from weft.provenance.visibility import public
from weft.share.reports.models import Edition

FILE = Path(__file__).parent / "demo.yaml"


@dataclass(frozen=True)
class Address:
    """A page worth visiting."""

    path: str
    what: str


@dataclass(frozen=True)
class SignIn:
    """Somebody to sign in as."""

    email: str
    name: str
    role: str
    team: str


@dataclass(frozen=True)
class Slip:
    """A receipt to try: the code of the conversation and the words."""

    conversation: str
    words: str


@dataclass(frozen=True)
class Tour:
    """What to look at."""

    programme: str
    visit: list[Address]
    pages: list[str]
    sign_ins: list[SignIn]
    receipts: list[Slip]
    edition: str
    cited: list[str]

    def as_json(self) -> dict[str, Any]:
        """The same for a machine."""
        return asdict(self)


def there() -> Programme | None:
    """The demonstration, if it is loaded."""
    return Programme.objects.filter(slug=_file().programme.slug, is_demo=True).first()


def fill(progress: Progress = quietly) -> Programme:
    """Load the demonstration."""
    return load_file(FILE, progress)


@cache
def _file() -> File:
    return fitted(read(FILE))


def tour(programme: Programme) -> Tour:
    """What to look at in the demonstration that is loaded."""
    conversations = {one.code: one for one in programme.conversations.order_by("opened_at", "code")}
    shown = Node.objects.filter(public(), programme=programme).select_related("programme")
    edition = Edition.objects.filter(report__programme=programme).select_related("node").order_by("number").last()
    visit = _worth_visiting(programme, list(conversations.values()), edition)
    items = [node.get_absolute_url() for node in shown.order_by("made_at", "code")]
    return Tour(
        programme=programme.slug,
        visit=visit,
        pages=[*(one.path for one in visit), *items],
        sign_ins=_cast(programme),
        receipts=_slips(conversations),
        edition=edition.node.code if edition else "",
        cited=_cited(edition),
    )


def _worth_visiting(programme: Programme, asked: list[Conversation], edition: Edition | None) -> list[Address]:
    here = {"programme": programme.slug}
    found = [Address(reverse("programme:programme", kwargs=here), f"{programme.name}: the weave, the teams")]
    for team in programme.teams.all():
        found.append(
            Address(reverse("team:team", kwargs={**here, "team": team.slug}), f"{team.name}, the story so far")
        )
    if edition is not None:
        found.append(Address(reverse("reports:report", kwargs=here), "the report, each sentence with its thread"))
    found.append(Address(reverse("responses:asks", kwargs=here), "what was asked, answered and met with silence"))
    for one in asked:
        if one.is_open:
            found.append(Address(reverse("conversations:part", kwargs={"code": one.code}), f"take part: {one.prompt}"))
    return [*found, Address(reverse("receipts:find"), "type the words of a receipt")]


def _cast(programme: Programme) -> list[SignIn]:
    """Everybody who belongs now, convenors first, each once with their widest role."""
    members = Membership.objects.filter(programme=programme, to_on=None).select_related("user", "team")
    weight = {"convenor": 0, "lead": 1, "member": 2, "safeguarding": 3}
    ordered = sorted(members, key=lambda one: (weight[one.role], one.team.colour if one.team else 0, one.pk))
    first: dict[int, SignIn] = {}
    for one in ordered:
        team = one.team.name if one.team else ""
        first.setdefault(one.user_id, SignIn(one.user.email, one.user.name, one.get_role_display(), team))
    return list(first.values())


def _slips(conversations: dict[str, Conversation]) -> list[Slip]:
    """The words of every secret that stands in the file."""
    slips = []
    for asked in _file().conversations:
        for participant in asked.participants:
            if participant.secret and asked.code in conversations:
                words = words_for(participant.secret, conversations[asked.code])
                if words:
                    slips.append(Slip(asked.code, " ".join(words)))
    return slips


def _cited(edition: Edition | None) -> list[str]:
    if edition is None:
        return []
    content = edition.content
    texts = [content["summary"], *(section["text"] for section in content["sections"])]
    return list(dict.fromkeys(code for text in texts for code in citations(text)))
