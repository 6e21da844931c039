"""One item of each kind, made through its page; where a kind is made otherwise than most, `MAKING` says how."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, cast
from tests.journeys.walker import Walker
from tests.sense.voices import two_camps
from weft.core.columns import asked_of
from weft.listen.conversations.actions import make_conversation
from weft.listen.conversations.models import Conversation
from weft.provenance.models import Node
from weft.provenance.registry import NOUNS, way_to

OF_PROGRAMME = ("programme:programme", "reports:report", "responses:asks", "insights:insights", "cohort:cohort")
OF_TEAM = ("team:team", "stories:list", "findings:findings", "findings:gaps", "sources:sources")
TABS = ("listen", "sense", "frame", "act", "learn", "share")


class Browser(Client):
    """A browser that remembers what it sent last."""

    sent: tuple[str, Any] = ("", None)

    def post(self, path: str, data: Any = None, **more: Any) -> Any:
        """Send a form."""
        self.sent = (path, data)
        return super().post(path, data, **more)


@dataclass
class Sent:
    """A form as it was sent."""

    browser: Browser
    address: str
    data: Any

    def again(self) -> int:
        """Send it once more; what it is answered with."""
        return self.browser.post(self.address, self.data).status_code


@dataclass
class House:
    """A programme with one item of each kind; `answered` is a second ask, since an answered one is not edited."""

    people: Cast
    talk: Conversation
    answered: Node = field(init=False)
    nodes: dict[str, Node] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)

    def walker(self, name: str) -> Walker:
        """Somebody of the cast with a browser of their own, or nobody in particular."""
        walker = Walker(Browser())
        if name:
            walker.client.force_login(getattr(self.people, name))
        return walker

    def team(self, name: str) -> str:
        """A page of the team Long Summer."""
        return reverse(name, args=[self.people.pell.slug, self.people.summer.slug])

    def below(self, kind: str, name: str) -> str:
        """A page below the item of a kind."""
        return below(self.nodes[kind], name)


def below(node: Node, name: str) -> str:
    """A page below an item."""
    return reverse(name, args=[node.programme.slug, node.code])


def edit_page(node: Node) -> str:
    """Where an item is edited."""
    return below(node, f"{node.about.page}-edit")


def take_back_page(node: Node) -> str:
    """Where an item is taken back."""
    return below(node, f"{node.about.page}-take-back")


def tables(kind: str) -> dict[type[Model], str]:
    """The table of a kind and those of its parts, each with the way from a row to the item."""
    noun = NOUNS[kind]
    return {noun.model: "node", **{part: f"{way_to(part, noun.model)}__node" for part in noun.parts}}


def columns(table: type[Model]) -> list[Any]:
    """The columns of a table in which anything may be written."""
    texts = CharField | TextField | JSONField
    return [one for one in table._meta.concrete_fields if isinstance(one, texts) and not one.choices]


def texts_of(kind: str) -> set[str]:
    """The names of all that may be typed about an item of a kind."""
    return {"title", *(column.name for table in tables(kind) for column in columns(table))}


def word(kind: str) -> str:
    """A word that stands in the item of this kind alone."""
    return f"zq{kind}"


@dataclass(frozen=True)
class Making:
    """The page on which an item is made, the button there, what is typed, and by whom."""

    page: Callable[[House], str]
    button: str
    typed: Callable[[House], dict[str, object]]
    by: str = "mo"


def _titled(kind: str, **more: object) -> Callable[[House], dict[str, object]]:
    return lambda house: {"title": f"The {word(kind)} of this team", **more}


def _from_team(kind: str, name: str, button: str, **more: object) -> Making:
    """Made on a page of its team, with a title."""
    return Making(lambda house: house.team(name), button, _titled(kind, **more))


def _plain(kind: str) -> Making:
    """Made on the page `new` of its area, with a title and something in each text that is asked for."""
    area = NOUNS[kind].model._meta.app_label
    asked = {name: f"Some {name}." for name in asked_of(NOUNS[kind].model) if name in texts_of(kind)}
    return _from_team(kind, f"{area}:new", "Save", **asked)


def _part(name: str) -> Callable[[House], str]:
    return lambda house: reverse(name, args=[house.talk.code])


def _resting_on(kind: str, on: str, column: str, **more: object) -> Callable[[House], dict[str, object]]:
    return lambda house: {**_titled(kind, **more)(house), column: [str(house.nodes[on].pk)]}


def lists(house: House) -> list[str]:
    """The pages that list items: of the programme, of the team, and its workspace."""
    pell, summer = house.people.pell.slug, house.people.summer.slug
    tabs = [reverse("team:workspace", args=[pell, summer, tab]) for tab in TABS]
    return [*(reverse(name, args=[pell]) for name in OF_PROGRAMME), *(house.team(name) for name in OF_TEAM), *tabs]


CARD = "The zqstatement costs more than the swim."
TOLD = "The zqstory is free but the bus is not."
PASSAGE = "The zqexcerpt stands in the middle."
READ = f"A return for four costs 9.60 pounds. {PASSAGE} Then it goes on."
# In the order of making: each may need what stands before it.
MAKING = {
    "statement": Making(_part("conversations:suggest"), "Add my card", lambda house: {"text": CARD}, by=""),
    "story": Making(_part("stories:tell"), "Send my story", lambda house: {"text": TOLD, "may": "quote"}, by=""),
    "theme": _from_team("theme", "themes:new", "Make it", summary="Several people said so."),
    "source": _from_team("source", "sources:new", "Add it", type="data", text=READ),
    "excerpt": Making(
        lambda house: house.below("source", "sources:source-excerpt"),
        "Take it",
        lambda house: {"passage": PASSAGE},
    ),
    "finding": _from_team("finding", "findings:new", "Make it", text="More about it."),
    "gap": _from_team("gap", "findings:new_gap", "Save", text="Nobody asked."),
    "map": Making(lambda house: house.team("maps:new"), "Draw it", lambda house: {}),
    "problem": _from_team("problem", "problems:new", "Save", text="They go without.", visibility="public"),
    "project": _from_team("project", "projects:new", "Begin", trying="A bus on Tuesdays."),
    "activity": Making(
        lambda house: house.below("project", "projects:project-new-day"),
        "Enter the day",
        lambda house: {"on": "3 August 2026", "notes": "It rained on the zqactivity."},
    ),
    "manifesto": _from_team("manifesto", "manifestos:new_manifesto", "Save", preamble="We live here."),
    "ask": _from_team("ask", "manifestos:new_ask", "Save", text="Please.", to_role="Head of transport"),
    "reflection": _from_team("reflection", "reflections:new", "Save", outcome="as_hoped", learned="No form."),
    "insight": _plain("insight"),
    "recommendation": Making(
        lambda house: house.team("insights:recommend"),
        "Save",
        _resting_on("recommendation", "insight", "sources", text="At meals.", to_role="Directors"),
    ),
    "response": Making(
        lambda house: below(house.answered, "responses:ask-answer"),
        "Save",
        lambda house: {"answer": "partly", "reasons": "The zqresponse runs in summer.", "by_role": "Head of transport"},
    ),
    "edition": Making(
        lambda house: reverse("reports:check", args=[house.people.pell.slug]),
        "Publish this edition",
        lambda house: {},
        by="cora",
    ),
}
MAKING |= {kind: _plain(kind) for kind in NOUNS if kind not in MAKING}


def build() -> House:
    """The programme, with one item of each kind made through its page."""
    people = cast()
    talk = make_conversation(by=people.lena, of=people.summer, prompt="What of the zqmap?", code="tide123")
    two_camps(talk, sizes=(14, 12), cards=6)
    house = House(people, talk)
    for kind in MAKING:
        if kind == "response":
            house.answered = made(house, "ask", title="Run a bus")
        house.nodes[kind] = made(house, kind)
    _let_read(house)
    return house


def made(house: House, kind: str, **typed: object) -> Node:
    """An item of a kind, made through its page."""
    making, known = MAKING[kind], set(Node.objects.filter(kind=kind).values_list("pk", flat=True))
    walker = house.walker(making.by)
    if kind == "edition":
        _draft(house, walker)
    walker.open(making.page(house)).press(making.button, **making.typed(house) | typed)
    assert walker.status == 200, f"making {kind}: {walker.status} on {walker.address}\n{walker.html}"
    house.sent[kind] = Sent(walker.client, *walker.client.sent)
    (node,) = Node.objects.filter(kind=kind).exclude(pk__in=known).select_related("programme", "team")
    return node


def _draft(house: House, walker: Walker) -> None:
    """A report with one section that cites something."""
    programme = house.people.pell.slug
    walker.open(reverse("reports:draft", args=[programme])).press("Begin", title="What the zqedition taught us")
    walker.open(reverse("reports:new_section", args=[programme]))
    walker.press("Add it", title="Buses", text=f"A bus would help [[{house.answered.code}]].")


def _let_read(house: House) -> None:
    """The team reads the card that was added and the story that was told, and lets everybody read both."""
    house.walker("mo").open(house.nodes["story"].get_absolute_url()).press("Release it")
    house.nodes["story"].refresh_from_db()
    page = reverse("conversations:conversation", args=["pell", "summer", house.talk.code])
    house.walker("mo").open(f"{page}?show=waiting").press("Show it to everybody")
    house.nodes["statement"].refresh_from_db()
