"""What an item can rest on, as its form offers it: one's own first, other teams' where it is looked for."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.journeys.walker import Walker
from weft.people.programmes.models import Team
from weft.provenance.actions import record
from weft.provenance.models import Link, Node
from weft.provenance.queries.ties import FOUND, OFFERED

pytestmark = pytest.mark.django_db

ARABIC = "الأجرة وليس الرسم هي ما يُبعد العائلات عن المسبح"


def finding(cast: Cast, title: str, team: Team | None = None, **more: str) -> Node:
    team = team or cast.summer
    return record(by=cast.mo, kind="finding", programme=cast.pell, team=team, title=title, **more)


def opens(cast: Cast, name: str = "manifestos:new_ask", who: str = "mo") -> Walker:
    walker = Walker()
    walker.client.force_login(getattr(cast, who))
    return walker.open(reverse(name, args=[cast.pell.slug, cast.summer.slug]))


def offered(page: Walker) -> list[str]:
    return list(next(form for form in page.page.forms if "title" in form.names).choices.get("sources", {}))


def test_where_there_is_nothing_the_form_says_what_to_make(cast: Cast):
    page = opens(cast)
    assert page.reads("It can rest on themes, findings, opinion maps, problem statements, projects,")
    assert page.reads("reflections or insights. There are none yet: make one first.")
    assert "Look for more" not in page.html
    page.press("Save", title="Run a bus", text="Please.", to_role="Head of transport")
    assert page.reads("Run a bus"), "an ask may rest on nothing"


def test_a_recommendation_needs_an_insight_and_says_so(cast: Cast):
    page = opens(cast, "insights:recommend")
    assert page.reads("It can rest on insights. There are none yet: make one first.")
    page.press("Save", title="Ask for nothing", text="At meals.", to_role="Directors")
    assert page.status == 422
    assert page.reads("Nothing is ticked for “Which insights does it rest on?”. Tick at least one.")


def test_where_ones_own_team_has_nothing_one_is_told_to_look_further(cast: Cast):
    finding(cast, "Company is missing", cast.company)
    page = opens(cast)
    assert offered(page) == []
    assert page.reads("Long Summer has nothing yet that this can rest on. Look for what others have.")
    assert offered(page.press("Look", sources_words="company")) == ["Finding: Company is missing"]


def test_what_belongs_to_the_programme_comes_after_ones_own(cast: Cast):
    record(by=cast.cora, kind="insight", programme=cast.pell, title="Open doors work")
    finding(cast, "The bus costs more")
    page = opens(cast)
    assert offered(page) == ["Finding: The bus costs more", "Insight: Open doors work"]
    assert page.reads("The whole programme")


def test_of_very_many_the_newest_are_offered_and_the_others_found(cast: Cast, django_assert_max_num_queries):
    for number in range(210):
        finding(cast, f"Finding number{number} of many")
    page = opens(cast)
    assert len(offered(page)) == OFFERED
    assert "Finding: Finding number209 of many" in offered(page)
    assert page.reads("It finds what is older")
    with django_assert_max_num_queries(12):
        page.open(page.address)
    page.press("Look", sources_words="many")
    assert len(offered(page)) == FOUND
    assert page.reads("Only the first 25 are shown: one word more finds fewer.")


def test_a_title_of_any_length_and_script_can_be_ticked(cast: Cast):
    long = finding(cast, "It goes on " * 27)
    arabic = finding(cast, ARABIC)
    page = opens(cast)
    page.press("Save", title="Run a bus", text="Please.", to_role="Head", sources=[long.pk, arabic.pk])
    assert page.status == 200
    assert Link.objects.filter(target__kind="ask", relation="informs").count() == 2
    assert f"Finding: {ARABIC}" in offered(page.follow("Change it"))


def test_what_is_no_key_at_all_is_refused(cast: Cast):
    source = finding(cast, "The bus costs more")
    for nonsense in ("nonsense", "01a22b4e-9193-7f47-a44b-0d1e31c9a000", f"{source.pk} "):
        page = opens(cast)
        page.press("Save", title="Run a bus", text="Please.", to_role="Head", sources=[nonsense], sources_before="x")
        assert page.status == 422
        assert page.reads("That is not one of the choices for “What does it rest on?”. Pick one that is shown.")
