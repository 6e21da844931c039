"""The small parts of pages."""

import pytest
from django.template import engines

from weft.core.views import ShownTeam


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_team_is_its_shape_and_its_name_in_ink():
    html = render("{% team_name team %}", team=ShownTeam("Long <b>Summer</b>", 2))
    assert html.startswith('<span class="weft-team weft-t2"><svg')
    assert 'aria-hidden="true"' in html
    assert "Long &lt;b&gt;Summer&lt;/b&gt;" in html


def test_no_team_is_nothing():
    assert render("{% team_name team %}{{ team|colour_class }}", team=None) == ""


def test_the_ninth_team_has_the_first_colour_and_another_shape():
    first, ninth = ShownTeam("Same", 1), ShownTeam("Same", 9)
    assert render("{{ team|colour_class }}", team=ninth) == "weft-t1"
    assert render("{% colour_band team %}", team=first) == render("{% colour_band team %}", team=ninth)
    assert render("{% team_name team %}", team=first) != render("{% team_name team %}", team=ninth)


def test_yarn_has_the_pattern_of_its_team():
    assert 'class="c"' not in render("{% colour_band team %}", team=ShownTeam("A", 1))
    assert 'stroke-dasharray="7 5"' in render("{% colour_band team %}", team=ShownTeam("B", 2))


def test_a_kind_of_knowledge_is_its_weave_and_its_name():
    html = render("{% kinds kinds %}", kinds=[("lived", "Lived <b>experience</b>"), ("local", "Local")])
    assert html.count("<svg") == html.count("<li>") == 2
    assert "</svg>Lived &lt;b&gt;experience&lt;/b&gt;</span>" in html
    assert render("{% kinds kinds %}", kinds=[]) == ""


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('{% status "no" "No, with reasons" %}', "No, with reasons"),
        ('{% status "silence" "No reply for 41 days" %}', "No reply for 41 days"),
        ('{% outcome "gap" %}', "Not known yet"),
        ('{% level 1 "Few worries" %}', "Few worries"),
        ('{% level "3" "Many worries" %}', "Many worries"),
    ],
)
def test_a_state_is_a_line_and_its_words(tag: str, words: str):
    html = render(tag)
    assert "<svg" in html
    assert f"</svg>{words}</span>" in html


@pytest.mark.parametrize("tag", ['{% status "maybe" "Maybe" %}', '{% outcome "maybe" "Maybe" %}', '{% status "yes" %}'])
def test_a_state_without_a_drawing_or_words_is_an_error_and_not_a_blank(tag: str):
    with pytest.raises(KeyError):
        render(tag)


@pytest.mark.parametrize(
    ("done", "left", "on", "off"),
    [(3, 9, 3, 9), (0, 5, 0, 5), (5, 0, 5, 0), (1, 400, 1, 11), (400, 1, 11, 1), (0, 0, 0, 0)],
)
def test_progress_never_looks_begun_or_finished_before_it_is(done: int, left: int, on: int, off: int):
    html = render("{% progress done left %}", done=done, left=left)
    paths = dict(part.split('" d="') for part in html.split('<path class="')[1:])
    assert paths.get("on", "").split('"')[0].count("M") == on
    assert paths.get("off", "").split('"')[0].count("M") == off
    assert f"{done:,} answered, {left:,} left" in html


def test_one_stage_is_the_current_one():
    tabs = [{"key": key, "name": key, "url": f"/{key}/", "waits": "2 to do"} for key in ("listen", "act")]
    html = render('{% stage_tabs tabs "act" %}', tabs=tabs)
    assert html.count("aria-current") == 1
    assert '<a href="/act/" aria-current="page">' in html


def test_numbers_and_days_are_said_in_words():
    assert render('{{ 1|plural:"story,stories" }}, {{ 1204|plural:"story,stories" }}') == "1 story, 1,204 stories"
    assert (
        render("{{ 124000|pounds }}, {{ 960|pounds }}, {{ none|pounds }}", none=None) == "1,240 pounds, 9.60 pounds, "
    )
    assert render("{{ day|day }}", day=None) == ""


def test_a_small_number_of_people_is_not_shown_to_everybody():
    assert (
        render("{{ 7|people }}, {{ 7|people_inside }}, {{ 23|people }}") == "fewer than 10 people, 7 people, 23 people"
    )


def test_an_empty_list_says_why_and_what_to_do():
    html = render('{% empty_state sentence "/new/" "Write one" %}', sentence="No <finding> yet.")
    assert "No &lt;finding&gt; yet." in html
    assert '<a class="govuk-button govuk-button--secondary" href="/new/">Write one</a>' in html
