"""What is kept of looking back, of what was learned, and of what is recommended."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.act.projects.actions import begin_project
from weft.core import dates
from weft.core.errors import Changed, Refused
from weft.learn.insights import actions as insights
from weft.learn.insights.models import Insight, Recommendation
from weft.learn.reflections import actions as reflections
from weft.learn.reflections.models import Reflection
from weft.people.audit.models import Entry
from weft.provenance.items import Ties
from weft.provenance.models import Link, Node
from weft.provenance.queries import Tied
from weft.sense.findings.actions import make_finding

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


def reflect(cast: Cast, **more) -> Reflection:
    facts = {"by": cast.mo, "of": cast.summer, "outcome": "as_hoped", "learned": "Rides help. Always."}
    return reflections.reflect(**{**facts, **more})


def insight(cast: Cast, **more) -> Insight:
    return insights.make_insight(**{"by": cast.mo, "of": cast.summer, "title": "Open to all", **more})


def recommend(cast: Cast, **more) -> Recommendation:
    facts = {"title": "No proof", "text": "At meals.", "to_role": "Directors", "made_on": FIRST}
    return insights.recommend(**{"by": cast.mo, "of": cast.summer, **facts, **more})


def title(row: Reflection) -> str:
    return Node.objects.get(pk=row.pk).title


def ties(node: Node) -> set[tuple[str, str, str, str]]:
    """What an item rests on, in which way, who said so, and what they noted."""
    links = Link.objects.filter(target=node, withdrawn_at=None)
    return set(links.values_list("source__code", "relation", "made_by__name", "note"))


def test_each_act_is_in_the_trail(cast: Cast):
    before = Entry.objects.count()
    back, lesson = reflect(cast), insight(cast)
    insights.tie_case(by=cast.lena, row=lesson, source=back.node, relation="supports")
    insights.untie_case(by=cast.lena, row=lesson, source=back.node, relation="supports")
    asked = recommend(cast, sources=[lesson.node])
    reflections.edit_reflection(by=cast.lena, row=back, revision=1, outcome="as_hoped", learned="Rides.")
    insights.edit_insight(by=cast.lena, row=lesson, revision=1, title="Open")
    insights.edit_recommendation(by=cast.lena, row=asked, revision=1, title="No proof", text="-", to_role="Heads")
    insights.withdraw_recommendation(by=cast.lena, row=asked, at=EARLIER)
    insights.withdraw_insight(by=cast.lena, row=lesson, at=EARLIER)
    reflections.withdraw_reflection(by=cast.lena, row=back, at=EARLIER)
    one, two, three = ((row.node.code, "pell", "summer") for row in (back, lesson, asked))
    assert trail(before) == [
        ("Mo", "reflected", *one, {}),
        ("Mo", "made insight", *two, {}),
        ("Lena", "tied case", *two, {"to": back.node.code}),
        ("Lena", "untied case", *two, {"to": back.node.code}),
        ("Mo", "recommended", *three, {}),
        ("Lena", "edited reflection", *one, {}),
        ("Lena", "edited insight", *two, {}),
        ("Lena", "edited recommendation", *three, {}),
        ("Lena", "withdrew recommendation", *three, {}),
        ("Lena", "withdrew insight", *two, {}),
        ("Lena", "withdrew reflection", *one, {}),
    ]
    for row in (back, lesson, asked):
        row.node.refresh_from_db()
        assert row.node.withdrawn_at == EARLIER


def test_the_second_of_two_is_asked_whatever_they_save(cast: Cast):
    back, lesson = reflect(cast), insight(cast)
    asked = recommend(cast, sources=[lesson.node])
    for edit, row, said in (
        (reflections.edit_reflection, back, {"outcome": "differently", "learned": "{}"}),
        (insights.edit_insight, lesson, {"title": "{}"}),
        (insights.edit_recommendation, asked, {"title": "{}", "text": "-", "to_role": "Heads"}),
    ):
        one, two = ({name: value.format(who) for name, value in said.items()} for who in ("Hers", "Mine"))
        edit(by=cast.lena, row=row, revision=1, **one)
        with pytest.raises(Changed):
            edit(by=cast.mo, row=row, revision=1, **two)


def test_a_reflection_is_of_today_unless_it_says_when_and_never_of_tomorrow(cast: Cast):
    assert reflect(cast).on == dates.today()
    made = reflect(cast, on=FIRST)
    assert made.on == FIRST
    edit = {"by": cast.mo, "row": made, "revision": None, "outcome": "as_hoped", "learned": "Rides help."}
    assert reflections.edit_reflection(**edit, on=SECOND).on == SECOND
    assert reflections.edit_reflection(**edit).on == SECOND
    for save in (
        lambda: reflect(cast, on=dates.in_days(1)),
        lambda: reflections.edit_reflection(**edit, on=dates.in_days(1)),
    ):
        with pytest.raises(Refused, match="not come yet"):
            save()


@pytest.mark.parametrize(
    ("learned", "called"),
    [
        (" Rides help. Always. ", "Rides help"),
        ("Rides help.\nAlways", "Rides help"),
        ("Rides help..", "Rides help"),
        ("Ride the X.", "Ride the X"),
        ("a" * 120, "a" * 120),
        ("a" * 121, "a" * 117 + " ..."),
        ("a " * 70, "a " * 57 + "a ..."),
    ],
)
def test_without_a_title_a_reflection_is_called_by_what_was_learned(cast: Cast, learned: str, called: str):
    assert title(reflect(cast, learned=learned)) == called
    made = reflect(cast, title="Rides")
    assert title(made) == "Rides"
    edit = {"by": cast.mo, "row": made, "revision": None, "outcome": "as_hoped", "learned": learned}
    reflections.edit_reflection(**edit)
    assert title(made) == "Rides"
    reflections.edit_reflection(**edit, title="Buses")
    assert title(made) == "Buses"
    reflections.edit_reflection(**edit, title="")
    assert title(made) == called


def test_an_insight_rests_on_its_cases_in_the_way_that_is_said(cast: Cast):
    one, two, three = (reflect(cast).node for _ in range(3))
    made = insight(cast, cases=[one, (two, "contradicts", "In May.")], sources=[three])
    assert ties(made.node) == {
        (one.code, "supports", "Mo", ""),
        (two.code, "contradicts", "Mo", "In May."),
        (three.code, "informs", "Mo", ""),
    }
    assert ties(insight(cast).node) == set()


def test_a_case_speaks_one_way_with_a_note_and_stays_where_the_text_cites_it(cast: Cast):
    case, other = reflect(cast).node, reflect(cast).node
    made = insight(cast, text=f"See [[{case.code}]].", cases=[other])
    kept = (other.code, "supports", "Mo", "")
    for relation in ("supports", "contradicts"):
        insights.tie_case(by=cast.lena, row=made, source=case, relation=relation, note=f"It {relation}.")
        assert ties(made.node) == {kept, (case.code, relation, "Lena", f"It {relation}.")}
    insights.untie_case(by=cast.lena, row=made, source=case, relation="supports")
    assert ties(made.node) == {kept, (case.code, "contradicts", "Lena", "It contradicts.")}
    insights.untie_case(by=cast.lena, row=made, source=case, relation="contradicts")
    assert ties(made.node) == {kept, (case.code, "informs", "Mo", "")}
    insights.tie_case(by=cast.lena, row=insight(cast), source=case, relation="supports")
    assert set(Link.objects.filter(source=case, relation="supports").values_list("note", flat=True)) == {
        "It supports.",
        "",
    }


def test_whoever_unties_a_case_leaves_the_citation_in_their_name(cast: Cast):
    case = reflect(cast).node
    made = insight(cast, text=f"See [[{case.code}]].", cases=[case])
    insights.untie_case(by=cast.lena, row=made, source=case, relation="supports")
    assert ties(made.node) == {(case.code, "informs", "Lena", "")}


def test_what_is_no_case_and_no_way_to_be_one_is_refused(cast: Cast):
    made = insight(cast)
    with pytest.raises(Refused, match="supports an insight or contradicts it"):
        insights.tie_case(by=cast.mo, row=made, source=reflect(cast).node, relation="informs")
    with pytest.raises(Refused, match="cannot be a case"):
        insights.tie_case(by=cast.mo, row=made, source=insight(cast).node, relation="supports")
    assert ties(made.node) == set()


def test_a_recommendation_is_of_today_unless_it_says_when_and_never_of_tomorrow(cast: Cast):
    lesson = insight(cast).node
    made = recommend(cast, sources=[lesson])
    assert (made.made_on, made.state_on, made.state) == (FIRST, FIRST, "asked")
    made = recommend(cast, sources=[lesson], made_on=None)
    assert (made.made_on, made.state_on) == (dates.today(), dates.today())
    with pytest.raises(Refused, match="not come yet") as refused:
        recommend(cast, sources=[lesson], made_on=dates.in_days(1))
    assert refused.value.field == "made_on"


def test_a_recommendation_rests_on_an_insight_however_that_is_said(cast: Cast):
    lesson, finding = insight(cast).node, make_finding(by=cast.mo, of=cast.summer, title="F").node
    for way in ({"sources": iter([finding, (lesson, "supports")])}, {"ties": Ties(ticked=(lesson,))}):
        assert lesson.code in {code for code, *_ in ties(recommend(cast, **way).node)}
    for way in ({}, {"sources": [(finding, "supports")]}, {"ties": Ties(ticked=(finding,))}):
        with pytest.raises(Refused, match="at least one insight") as refused:
            recommend(cast, **way)
        assert refused.value.field is None


def test_the_last_insight_of_a_recommendation_is_not_untied(cast: Cast):
    lesson, finding = insight(cast).node, make_finding(by=cast.mo, of=cast.summer, title="F").node
    made, other = (recommend(cast, sources=[lesson, finding]) for _ in range(2))
    said = {"by": cast.mo, "row": made, "revision": None, "title": "No proof", "text": "-", "to_role": "Heads"}
    tied = Tied({lesson: ["informs"], finding: ["informs"]})
    both = frozenset({lesson.pk, finding.pk})
    with pytest.raises(Refused, match="at least one insight") as refused:
        insights.edit_recommendation(**said, ties=Ties((finding,), both, tied))
    assert refused.value.field == "sources"
    insights.edit_recommendation(**said, ties=Ties((lesson,), both, tied))
    assert {code for code, *_ in ties(made.node)} == {lesson.code}
    assert {code for code, *_ in ties(other.node)} == {lesson.code, finding.code}
    Link.objects.filter(target=made.node).delete()
    assert insights.edit_recommendation(**said).text == "-"


@pytest.mark.parametrize("state", ["asked", "acknowledged", "yes", "partly", "no"])
def test_the_words_of_a_recommendation_stand_once_it_is_answered(cast: Cast, state: str):
    lesson, more = insight(cast).node, insight(cast).node
    made = recommend(cast, sources=[lesson])
    Recommendation.objects.filter(pk=made.pk).update(text="Changed meanwhile.")
    insights.set_state(row=made, state=state, on=SECOND)
    made.refresh_from_db()
    assert (made.state, made.state_on, made.text) == (state, SECOND, "Changed meanwhile.")
    said = {"by": cast.mo, "row": made, "revision": None, "title": "No proof", "to_role": "Directors"}
    insights.edit_recommendation(**said, text="Changed meanwhile.", ties=Ties(ticked=(more,)))
    assert {code for code, *_ in ties(made.node)} == {lesson.code, more.code}
    if state in ("asked", "acknowledged"):
        assert insights.edit_recommendation(**said, text="Other words.").text == "Other words."
    else:
        with pytest.raises(Refused, match="has an answer"):
            insights.edit_recommendation(**said, text="Other words.")


def test_a_reflection_is_of_its_project(cast: Cast):
    project = begin_project(by=cast.mo, of=cast.summer, title="Rides")
    assert ties(reflect(cast, project=project).node) == {(project.node.code, "produced", "Mo", "")}
