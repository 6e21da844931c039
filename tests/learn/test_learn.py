"""Reflections, insights and recommendations."""

from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.journeys.walker import Walker
from weft.act.projects.actions import begin_project, withdraw_project
from weft.core import dates
from weft.core.errors import Refused
from weft.learn.insights import actions as insights
from weft.learn.insights import queries
from weft.learn.insights.models import Insight
from weft.learn.reflections import actions as reflections
from weft.learn.reflections.models import Reflection
from weft.provenance.actions import record
from weft.provenance.items import Ties
from weft.provenance.models import Link
from weft.provenance.queries import Tied, sources_of, trace


def reflect(cast: Cast, team, learned: str) -> Reflection:
    return reflections.reflect(by=cast.mo, of=team, learned=learned, outcome="differently")


def test_a_reflection_takes_what_was_learned_and_how_it_went(client, cast: Cast):
    project = begin_project(by=cast.mo, of=cast.summer, title="Vouchers")
    client.force_login(cast.mo)
    assert "Vouchers" in client.get(f"/pell/summer/reflections/new/?project={project.node.code}").content.decode()
    sent = {
        "project": project.pk, "outcome": "not_at_all", "learned": "People felt watched. So we stopped.",
        "on": "today", "key": str(uuid4()),
    }  # fmt: skip
    answer = client.post("/pell/summer/reflections/new/", sent)
    assert answer.status_code == 302
    assert client.post("/pell/summer/reflections/new/", sent).url == answer.url
    made = Reflection.objects.select_related("node").get()
    assert made.node.title == "People felt watched"
    assert list(trace(made.pk, "up").items) == [project.pk]
    page = client.get(answer.url).content.decode()
    assert "Did not go as hoped" in page


def test_a_day_that_has_not_come_is_refused_where_it_was_typed(client, cast: Cast):
    client.force_login(cast.mo)
    sent = {"outcome": "as_hoped", "learned": "It will be full.", "on": "tomorrow", "key": str(uuid4())}
    page = client.post("/pell/summer/reflections/new/", sent)
    assert page.status_code == 422
    assert page.context["form"].errors == {"on": ["That day has not come yet."]}
    made = reflect(cast, cast.summer, "Open doors")
    with pytest.raises(Refused, match="not come yet"):
        reflections.edit_reflection(
            by=cast.mo, row=made, revision=1, learned="Open doors", outcome="as_hoped", on=dates.in_days(1)
        )


def test_a_reflection_moves_to_another_project_and_without_a_title_is_called_by_what_was_learned(client, cast: Cast):
    first, second = (begin_project(by=cast.mo, of=cast.summer, title=title) for title in ("Vouchers", "Rides"))
    made = reflections.reflect(by=cast.mo, of=cast.summer, learned="x", outcome="as_hoped", project=first)
    client.force_login(cast.mo)
    sent = {
        "project": second.pk, "outcome": "as_hoped", "learned": "Rides help. Always.", "on": "today", "title": "",
        "revision": 1,
    }  # fmt: skip
    assert client.post(f"/pell/{made.node.code}/edit/", sent).status_code == 302
    made.refresh_from_db()
    assert (made.node.title, made.project) == ("Rides help", second)
    assert list(trace(made.pk, "up").items) == [second.pk]


def test_a_reflection_on_a_project_that_was_taken_back_can_be_changed(client, cast: Cast):
    project = begin_project(by=cast.mo, of=cast.summer, title="Vouchers")
    made = reflections.reflect(by=cast.mo, of=cast.summer, learned="x", outcome="as_hoped", project=project)
    withdraw_project(by=cast.mo, row=project)
    client.force_login(cast.mo)
    page = client.get(f"/pell/{made.node.code}/edit/")
    assert page.context["form"].initial["project"] == str(project.pk)
    assert f">{project.node.code}, which was taken back</option>" in page.content.decode()


def test_an_insight_of_one_team_says_so_until_a_second_case_comes(client, cast: Cast):
    client.force_login(cast.mo)
    answer = client.post("/pell/summer/insights/new/", {"title": "Open to all works", "key": str(uuid4())})
    made = Insight.objects.select_related("node").get()
    assert answer.url == f"/pell/{made.node.code}/cases/"
    first, second = reflect(cast, cast.summer, "Open doors"), reflect(cast, cast.company, "No forms")
    for case, relation in ((first, "supports"), (second, "contradicts")):
        sent = {"code": case.node.code, "relation": relation}
        assert client.post(answer.url, sent).status_code == 302
    page = client.get(f"/pell/{made.node.code}/").content.decode()
    assert "One team has learned this so far" in page
    assert page.index("Open doors") < page.index("Speaks against it") < page.index("No forms")
    client.post(answer.url, {"code": second.node.code, "relation": "supports"})
    page = client.get(f"/pell/{made.node.code}/").content.decode()
    assert "One team has learned this so far" not in page
    assert len(queries.teams_behind([made.node])[made.node]) == 2


def test_a_recommendation_rests_on_an_insight(client, cast: Cast):
    with pytest.raises(Refused, match="rests on at least one insight"):
        insights.recommend(by=cast.mo, of=cast.pell, title="x", text="y", to_role="z", sources=[])
    made = insights.make_insight(by=cast.mo, of=cast.summer, title="Open to all works")
    client.force_login(cast.mo)
    sent = {
        "title": "Stop asking for proof",
        "text": "At meals.",
        "to_role": "Directors",
        "sources": [made.pk],
        "key": str(uuid4()),
    }
    answer = client.post("/pell/summer/recommendations/new/", sent)
    assert answer.status_code == 302
    assert "Stop asking for proof" in client.get(answer.url).content.decode()


def test_a_learn_tab_waits_for_a_look_back(cast: Cast):
    from datetime import date

    from weft.act.projects.actions import enter_day
    from weft.learn.reflections.queries import jobs

    project = begin_project(by=cast.mo, of=cast.summer, title="Swim and eat")
    enter_day(by=cast.mo, project=project, on=date(2026, 8, 1))
    assert [job.do for job in jobs(cast.summer)] == ["Write it"]
    reflections.reflect(by=cast.mo, of=cast.summer, learned="x", outcome="as_hoped", project=project)
    assert jobs(cast.summer) == []


@pytest.mark.parametrize("who", ["kit", "ola", "nobody"])
def test_strangers_read_and_do_not_write(client, cast: Cast, who):
    reflection = reflect(cast, cast.summer, "Open doors")
    insight = insights.make_insight(by=cast.mo, of=cast.summer, title="Open to all works")
    client.force_login(getattr(cast, who))
    assert client.get(reflection.node.get_absolute_url()).status_code == 200
    assert client.get(insight.node.get_absolute_url()).status_code == 200
    for page in (
        f"{reflection.node.code}/edit",
        f"{insight.node.code}/cases",
        "summer/reflections/new",
    ):
        assert client.get(f"/pell/{page}/").status_code == 404


def test_a_reflection_taken_back_is_nowhere(client, cast: Cast):
    reflection = reflect(cast, cast.summer, "People felt watched all the time in the queue")
    text = "They said people felt watched all the time in the queue."
    made = insights.make_insight(by=cast.mo, of=cast.summer, title="Queues", text=text, cases=[reflection.node])
    client.force_login(cast.mo)
    assert client.post(f"/pell/{reflection.node.code}/take-back/").status_code == 302
    page = client.get(made.node.get_absolute_url()).content.decode()
    assert "felt watched" not in page
    assert "words taken back" in page


def standing(insight: Insight) -> set[tuple[str, str]]:
    links = Link.objects.filter(target=insight.node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation"))


def test_a_case_speaks_one_way_only_and_can_be_taken_away(cast: Cast):
    made = insights.make_insight(by=cast.mo, of=cast.summer, title="Open to all works")
    case = reflect(cast, cast.summer, "Open doors").node
    for relation in ("supports", "contradicts", "supports"):
        insights.tie_case(by=cast.mo, row=made, source=case, relation=relation)
        assert standing(made) == {(case.code, relation)}
    insights.untie_case(by=cast.mo, row=made, source=case, relation="supports")
    assert standing(made) == set()


def test_only_what_can_be_a_case_is_tied_to_an_insight(client, cast: Cast):
    made = insights.make_insight(by=cast.mo, of=cast.summer, title="Open to all works")
    other = insights.make_insight(by=cast.mo, of=cast.summer, title="Doors matter").node
    client.force_login(cast.mo)
    for code in (other.code, "F-22222"):
        answer = client.post(f"/pell/{made.node.code}/cases/", {"code": code, "relation": "supports"})
        assert answer.status_code == 409
        assert f"{code} cannot be a case of an insight." in answer.content.decode()
    assert standing(made) == set()


def test_an_answered_recommendation_stands_as_it_was_answered(cast: Cast):
    insight = insights.make_insight(by=cast.mo, of=cast.pell, title="Open to all works")
    made = insights.recommend(
        by=cast.mo, of=cast.pell, title="No proof", text="At meals.", to_role="Directors", sources=[insight.node]
    )
    sent = {"by": cast.mo, "row": made, "title": "No proof", "to_role": "Directors"}
    made = insights.edit_recommendation(**sent, text="At all meals.", revision=1)
    for state in ("yes", "partly", "no"):
        insights.set_state(row=made, state=state, on=dates.today())
        with pytest.raises(Refused, match="has an answer"):
            insights.edit_recommendation(**sent, text="At no meals.", revision=2)
    made.refresh_from_db()
    assert made.text == "At all meals."


def test_a_case_that_the_text_cites_is_one_case_and_stays_cited_when_untied(cast: Cast):
    case = reflect(cast, cast.summer, "Open doors").node
    made = insights.make_insight(by=cast.mo, of=cast.pell, title="Open", text=f"See [[{case.code}]].")
    insights.tie_case(by=cast.mo, row=made, source=case, relation="contradicts")
    assert standing(made) == {(case.code, "contradicts")}
    insights.untie_case(by=cast.mo, row=made, source=case, relation="contradicts")
    assert standing(made) == {(case.code, "informs")}


def test_the_last_insight_of_a_recommendation_stays_ticked(client, cast: Cast):
    first, other = (insights.make_insight(by=cast.mo, of=cast.summer, title=title) for title in ("One", "Two"))
    said = {"by": cast.mo, "of": cast.summer, "title": "Ask for nothing", "text": "At meals.", "to_role": "Directors"}
    made = insights.recommend(**said, sources=[first.node])
    walker = Walker(client)
    client.force_login(cast.mo)
    page = f"/pell/{made.node.code}/edit/"
    assert walker.open(page).press("Save", sources=[]).status == 422
    assert walker.reads("Nothing is ticked for “Which insights does it rest on?”. Tick at least one.")
    assert walker.open(page).press("Save", sources=[other.node.pk]).status == 200
    assert [link.source for link in sources_of(made.node)] == [other.node]


def test_a_recommendation_that_rests_on_more_than_one_may_see_can_be_changed(client, cast: Cast):
    hidden = insights.make_insight(by=cast.kit, of=cast.company, title="Ours", visibility="team")
    said = {"by": cast.mo, "of": cast.summer, "title": "Ask for nothing", "text": "At meals.", "to_role": "Directors"}
    made = insights.recommend(**said, sources=[hidden.node])
    walker = Walker(client)
    client.force_login(cast.mo)
    assert walker.open(f"/pell/{made.node.code}/edit/").press("Save", text="At all meals.").status == 200
    assert [link.source for link in sources_of(made.node)] == [hidden.node]


def test_without_an_insight_the_action_refuses_too(cast: Cast):
    insight = insights.make_insight(by=cast.mo, of=cast.summer, title="One").node
    said = {"title": "Ask for nothing", "text": "At meals.", "to_role": "Directors"}
    made = insights.recommend(by=cast.mo, of=cast.summer, **said, sources=[insight])
    ties = Ties((), frozenset([insight.pk]), Tied({insight: ["informs"]}))
    with pytest.raises(Refused, match="at least one insight"):
        insights.edit_recommendation(by=cast.mo, row=made, revision=1, **said, ties=ties)
    assert [link.source for link in sources_of(made.node)] == [insight]


def test_a_case_against_is_tied_again_as_it_was(client, cast: Cast):
    case = record(by=cast.mo, kind="finding", programme=cast.pell, team=cast.summer, title="Not everywhere")
    made = insights.make_insight(by=cast.mo, of=cast.summer, title="Open doors", cases=[(case, "contradicts", "rain")])
    walker = Walker(client)
    client.force_login(cast.mo)
    page = f"/pell/{made.node.code}/edit/"
    assert walker.open(page).reads("Speaks against it")
    walker.press("Save", sources=[])
    assert list(sources_of(made.node)) == []
    assert walker.open(page).reads("Speaks against it")
    walker.press("Save", sources=[case.pk])
    assert [(link.relation, link.note) for link in sources_of(made.node)] == [("contradicts", "rain")]
