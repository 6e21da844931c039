"""What is said to have happened has happened: a day that is still ahead is refused on its page, beside its field."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.journeys.walker import Walker
from weft.act.grants.actions import award, correct, plan, spend
from weft.act.grants.models import Grant, LedgerEntry
from weft.act.manifestos.actions import make_ask
from weft.act.manifestos.models import Ask, AskEvent
from weft.act.projects.actions import begin_project, set_state
from weft.core import dates
from weft.core.errors import Refused
from weft.learn.insights.actions import make_insight, recommend
from weft.provenance.models import Node
from weft.sense.findings.actions import answer_questions, make_finding
from weft.share.responses.actions import respond
from weft.share.responses.models import Promise

pytestmark = pytest.mark.django_db

NOT_YET = "That day has not come yet."
TOMORROW = "tomorrow"


def asked(cast: Cast) -> Node:
    return make_ask(by=cast.mo, of=cast.summer, title="Run a bus", text="Please.", to_role="Head").node


def promised(cast: Cast) -> Promise:
    said = {"answer": "yes", "reasons": "We will.", "by_role": "Head"}
    made = respond(by=cast.mo, to=asked(cast), **said, promises=[Promise(what="A trial", by_on=dates.in_days(90))])
    return made.promises.get()


def money(cast: Cast) -> Grant:
    grant = award(by=cast.lena, team=cast.summer, name="Seed", amount_pence=100_000)
    plan(by=cast.lena, grant=grant, amounts={"Food": 50_000}, reason="")
    return grant


def of_item(name: str, node: Node, *more: object) -> str:
    return reverse(name, args=[node.programme.slug, node.code, *more])


PAGES: dict[str, tuple[Callable[[Cast], str], str, dict[str, str]]] = {
    "an ask": (
        lambda cast: reverse("manifestos:new_ask", args=["pell", "summer"]),
        "Save",
        {"title": "Run a bus", "text": "Please.", "to_role": "Head", "asked_on": TOMORROW},
    ),
    "what happened to it": (
        lambda cast: of_item("manifestos:ask-event", asked(cast)),
        "Save",
        {"kind": "acknowledged", "on": TOMORROW},
    ),
    "what came of a promise": (
        lambda cast: of_item("responses:response-promise", (made := promised(cast)).response.node, made.pk),
        "Save",
        {"came": "kept", "on": TOMORROW},
    ),
    "money": (
        lambda cast: reverse("grants:new", args=["pell", "summer"]),
        "Award it",
        {"name": "Seed", "amount_pence": "1000", "awarded_on": TOMORROW},
    ),
    "a spend": (
        lambda cast: reverse("grants:spend", args=["pell", "summer", money(cast).pk]),
        "Enter it",
        {"amount_pence": "12", "what": "Bread", "heading": "Food", "on": TOMORROW},
    ),
    "what is tried": (
        lambda cast: of_item("projects:project-trying", begin_project(by=cast.mo, of=cast.summer, title="Rides").node),
        "Save",
        {"trying": "A bus.", "why_changed": "It rained.", "since_on": TOMORROW},
    ),
}


@pytest.mark.parametrize("what", PAGES)
def test_its_page_says_so_and_keeps_what_was_typed(cast: Cast, what: str):
    address, button, typed = PAGES[what]
    walker = Walker()
    walker.client.force_login(cast.lena)
    walker.open(address(cast)).press(button, **typed)
    assert walker.status == 422
    assert walker.html.count(NOT_YET) == 2, "above the form and beside the field"
    assert [words for words in typed.values() if words not in walker.html] == []
    assert not AskEvent.objects.exists()
    assert not LedgerEntry.objects.filter(kind="spend").exists()
    assert not Promise.objects.exclude(kept_on=None).exists()


def test_the_actions_refuse_it_too(cast: Cast):
    ahead, grant = dates.in_days(1), money(cast)
    entry = spend(by=cast.lena, grant=grant, amount_pence=100, heading="Food")
    insight = make_insight(by=cast.mo, of=cast.summer, title="Open doors").node
    finding = make_finding(by=cast.mo, of=cast.summer, title="So it is")
    project = begin_project(by=cast.mo, of=cast.summer, title="Rides")
    said = {"title": "Ask for nothing", "text": "At meals.", "to_role": "Directors", "sources": [insight]}
    for act in (
        lambda: plan(by=cast.lena, grant=grant, amounts={"Food": 1}, reason="Rain.", on=ahead),
        lambda: correct(by=cast.lena, entry=entry, why="Twice.", on=ahead),
        lambda: recommend(by=cast.mo, of=cast.summer, made_on=ahead, **said),
        lambda: answer_questions(by=cast.mo, row=finding, answers={"method": (1, "Many.")}, asked_on=ahead),
        lambda: set_state(by=cast.mo, row=project, state="ended", on=ahead),
    ):
        with pytest.raises(Refused, match=NOT_YET):
            act()


def test_what_is_due_may_be_ahead(cast: Cast):
    ask = make_ask(by=cast.mo, of=cast.summer, title="Run a bus", text="", to_role="Head", answer_by=dates.in_days(30))
    assert Ask.objects.get(pk=ask.pk).answer_by == dates.in_days(30)
    assert promised(cast).by_on == dates.in_days(90)
    begin_project(
        by=cast.mo, of=cast.summer, title="Rides", state="planned", starts_on=dates.in_days(9), trying="A bus."
    )
