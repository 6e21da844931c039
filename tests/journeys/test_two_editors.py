"""Two people open the same page and both save: the second is shown both texts and saves with both in view."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.share.world import World, draft, world
from weft.act.grants import actions as grants
from weft.act.grants.forms import amount_of
from weft.act.manifestos.actions import make_ask, write_manifesto
from weft.act.projects.actions import begin_project, enter_day
from weft.frame.problems.actions import write_problem
from weft.learn.insights.actions import recommend
from weft.learn.reflections.actions import reflect
from weft.listen.themes.actions import make_theme
from weft.people.journey.actions import plan_session
from weft.people.programmes.models import Membership
from weft.sense.findings.actions import make_gap
from weft.sense.sources.actions import add_source
from weft.share.responses.actions import respond
from weft.share.responses.models import Promise

pytestmark = pytest.mark.sqlite


@dataclass
class Case:
    """A page and what two people write into one of its fields; what the page says of both, where that is otherwise."""

    field: str
    theirs: object
    mine: object
    address: Callable[[World], str]
    shown: tuple[str, str] = ("", "")
    button: str = "Save"


def team(made: World) -> dict[str, object]:
    return {"by": made.cast.mo, "team": made.cast.summer}


def own(made: World) -> dict[str, object]:
    return {"by": made.cast.mo, "of": made.cast.summer}


def page(node: object, part: str = "edit/") -> str:
    return f"{node.get_absolute_url()}{part}"  # type: ignore[attr-defined]


def session(made: World, part: str) -> str:
    cast = made.cast
    planned = plan_session(by=cast.cora, programme=cast.pell, title="First", starts_at=made.talk.opened_at)
    return f"/pell/journey/{planned.number}/{part}/"


def project(made: World):
    return begin_project(**own(made), title="Towel rides", trying="A bus on Tuesdays")


def plan(made: World) -> str:
    seed = grants.award(**team(made), name="Seed", amount_pence=25_000_00)
    grants.plan(by=made.cast.mo, grant=seed, amounts={"Food": 1_000_00}, reason="")
    return f"/pell/summer/grants/{seed.pk}/plan/"


def ask(made: World):
    return make_ask(**own(made), title="Run the bus until nine", text="All year.", to_role="head of transport")


def answer(made: World):
    words = {"answer": "partly", "reasons": "In summer only.", "by_role": "head of transport"}
    return respond(by=made.cast.mo, to=ask(made).node, promises=[Promise(what="A date", by_on=None)], **words)


def judgement(made: World) -> str:
    draft(made, "That must change.")
    return Walker(signed_in(made.cast)).open("/pell/report/check/").follow("Decide").address


def section(made: World) -> str:
    return f"/pell/report/draft/sections/{draft(made, 'So it is.').sections.get().pk}/"


CASES = {
    "programme": Case("about", "Theirs", "Mine", lambda _: "/pell/settings/"),
    "first day": Case("starts_on", "1 May 2026", "2 May 2026", lambda _: "/pell/settings/"),
    "team": Case("summary", "Theirs", "Mine", lambda _: "/pell/summer/settings/"),
    "where a team works": Case("places", [], ["Ormsea"], lambda _: "/pell/summer/settings/", ("(nothing)", "Ormsea")),
    "organisation": Case("approach", "Theirs", "Mine", lambda _: "/pell/organisations/tide-room/"),
    "place": Case("name", "Theirs", "Mine", lambda _: "/pell/places/ormsea/"),
    "venue": Case("gives", "Theirs", "Mine", lambda made: f"/pell/places/venues/{made.cast.pool.pk}/"),
    "session": Case("notes", "Theirs", "Mine", lambda made: session(made, "edit")),
    "who came": Case(
        "came", ["Lena, Long Summer"], ["Mo, Long Summer"], lambda made: session(made, "came"), ("Lena", "Mo")
    ),
    "conversation": Case("purpose", "Theirs", "Mine", lambda _: "/pell/summer/conversations/tide123/edit/"),
    "reason for setting aside": Case("because", "Theirs", "Mine", lambda made: page(made.stories[1].node, "not-used/")),
    "what may be done with a story": Case(
        "may",
        "Use it, but do not quote it",
        "Use it, and quote it without my name",
        lambda made: page(made.stories[1].node, "allowed/"),
        ("Use it to find what people share", "Quote my words, with no name, Use it to find what people share"),
    ),
    "theme": Case("summary", "Theirs", "Mine", lambda made: page(make_theme(**own(made), title="Buses").node)),
    "source": Case(
        "summary", "Theirs", "Mine", lambda made: page(add_source(**own(made), title="Notes", type="note").node)
    ),
    "finding": Case("text", "Theirs", "Mine", lambda made: page(made.findings[0])),
    "questions": Case(
        "method_reason", "Theirs", "Mine", lambda made: page(made.findings[0], "questions/"), button="Save"
    ),
    "gap": Case("text", "Theirs", "Mine", lambda made: page(make_gap(**own(made), title="We do not know").node)),
    "problem": Case(
        "text", "Theirs", "Mine", lambda made: page(write_problem(**own(made), title="Buses", text="None runs.").node)
    ),
    "project": Case("purpose", "Theirs", "Mine", lambda made: page(project(made).node)),
    "day": Case(
        "attendance", "12", "21", lambda made: page(enter_day(by=None, project=project(made), on=date(2026, 8, 4)).node)
    ),
    "plan": Case(amount_of("Food"), "2000", "3000", plan, ("2,000 pounds", "3,000 pounds")),
    "manifesto": Case(
        "made_with", "Theirs", "Mine", lambda made: page(write_manifesto(**own(made), title="What we ask").node)
    ),
    "ask": Case("to_role", "Theirs", "Mine", lambda made: page(ask(made).node)),
    "reflection": Case(
        "learned",
        "Theirs",
        "Mine",
        lambda made: page(reflect(**own(made), tried="A bus", outcome="as_hoped", learned="It was full").node),
    ),
    "insight": Case("title", "Theirs", "Mine", lambda made: page(made.insight.node if made.insight else None)),
    "recommendation": Case(
        "to_role",
        "Theirs",
        "Mine",
        lambda made: page(
            recommend(
                by=made.cast.cora,
                of=made.cast.pell,
                title="Run buses",
                text="Late.",
                to_role="directors",
                sources=[made.insight.node if made.insight else None],
            ).node
        ),
    ),
    "report": Case("summary", "Theirs", "Mine", lambda made: draft(made, "So.") and "/pell/report/draft/about/"),
    "section": Case("text", "Theirs", "Mine", section),
    "judgement": Case("reason", "Theirs", "Mine", judgement, button="Decide"),
    "answer": Case("reasons", "Theirs", "Mine", lambda made: page(answer(made).node)),
    "promise": Case("update", "Theirs", "Mine", lambda made: _promise(made)),
    "mark": Case("why", "Theirs", "Mine", lambda made: page(answer(made).node, "mark/summer/")),
}
# What has to be filled in besides.
ALSO = {
    "judgement": {"verdict": "keep"},
    "questions": {"method_worry": "2"},
    "plan": {"reason": "Prices rose."},
    "problem": {"why": "We heard more."},
    "mark": {"answer": "yes"},
    "promise": {"came": "open"},
}


def _promise(made: World) -> str:
    given = answer(made)
    return page(given.node, f"promises/{given.promises.get().pk}/")


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.cora)
    return client


@pytest.mark.parametrize("name", CASES)
def test_the_second_is_shown_both_and_saves_with_both_in_view(cast: Cast, name: str):
    case, also = CASES[name], ALSO.get(name, {})
    address = case.address(world(cast, people=2, stories=2, votes=0))
    first, second = (Walker(signed_in(cast)).open(address) for _ in range(2))
    before = second.html
    first.press(case.button, **{case.field: case.theirs}, **also)
    assert first.status == 200, first.html
    second.press(case.button, **{case.field: case.mine}, **also)
    assert second.status == 409
    assert second.reads("saved a newer text while you were writing. Here are both.")
    both = [said or str(typed) for said, typed in zip(case.shown, (case.theirs, case.mine), strict=True)]
    shown = second.html.partition('id="two-versions"')[2].partition("</section>")[0]
    assert [words in shown for words in both] == [True, True], shown
    assert Walker(signed_in(cast)).open(address).html != before, "the first text stands"
    second.press(case.button, **{case.field: case.mine}, **also)
    assert second.status == 200
    assert not second.reads("Here are both.")


def test_sending_the_same_twice_stands_against_nothing(cast: Cast):
    once, twice = (Walker(signed_in(cast)).open("/pell/places/ormsea/") for _ in range(2))
    once.press("Save", name="Ormsea Bay")
    assert twice.press("Save", name="Ormsea Bay").status == 200
    cast.ormsea.refresh_from_db()
    assert cast.ormsea.name == "Ormsea Bay"


def test_who_belongs_is_not_touched_by_a_page_about_the_words(cast: Cast):
    Walker(signed_in(cast)).open("/pell/summer/settings/").press("Save", summary="Six people and a hall.")
    assert Membership.objects.filter(team=cast.summer, to_on=None).count() == 2
