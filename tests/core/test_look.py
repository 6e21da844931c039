"""The pages that belong to no area, and the frame of every page."""

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import Client

import weft
from tests.reading import read

PROGRAMME = SimpleNamespace(slug="pell", name="Pell <Coast>", is_demo=True)
PACKAGE = Path(weft.__file__).parent


def render(template: str, **context: object) -> str:
    return engines["django"].get_template(template).render(context)


@pytest.mark.parametrize("address", ["/parts/", "/privacy/", "/accessibility/"])
def test_anyone_may_read_the_pages_about_the_site(client: Client, db: None, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<h1" in answer.text


def test_a_page_with_errors_begins_its_title_with_error(client: Client, db: None):
    answer = client.get("/parts/?errors=1")
    assert answer.status_code == 422
    assert "<title> Error: Parts of the design. Weft </title>" in read(answer)
    assert "<title> Parts of the design. Weft </title>" in read(client.get("/parts/"))


def test_a_missing_page_says_so_and_leads_on(client: Client, db: None):
    answer = client.get("/no/such/page/at/all/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/"' in answer.text


def test_the_page_for_a_broken_server_needs_nothing_but_itself():
    html = render("500.html")
    assert "Something broke" in html
    assert "csrf" not in html


def test_a_demonstration_says_twice_that_it_is_one():
    assert render("core/base.html", programme=PROGRAMME).count("are made up.") == 2
    assert "are made up." not in render("core/base.html")
    assert "are made up." in render("core/part.html", programme=PROGRAMME)


def test_a_programme_has_its_name_and_its_pages_in_the_header():
    html = render("core/base.html", programme=PROGRAMME)
    assert "Pell &lt;Coast&gt;" in html
    for address in ("/pell/", "/pell/report/", "/pell/asks/", "/pell/conversations/", "/pell/search/"):
        assert f'<a href="{address}">' in html
    assert "/pell/cohort/" not in html
    assert "/pell/cohort/" in render("core/base.html", programme=PROGRAMME, may_convene_here=True)


def test_somebody_signed_in_can_sign_out_by_a_form():
    html = render("core/base.html", user=SimpleNamespace(is_authenticated=True))
    assert '<form action="/' in html
    assert "Sign out</button>" in html
    assert "Sign in" not in html


def test_a_tombstone_keeps_the_code_and_no_title():
    node = SimpleNamespace(code="F-7K3QD", title="Their words", team=None, programme=PROGRAMME, withdrawn_at=None)
    html = render("core/withdrawn.html", node=node)
    assert "F-7K3QD" in html
    assert "Their words" not in html


def test_a_question_names_its_consequences_before_its_button():
    html = render(
        "core/confirm.html", question="Take it back?", consequences=["One <report> cites it."], button="Take it back"
    )
    assert html.index("One &lt;report&gt; cites it.") < html.index('<button type="submit" class="govuk-button">')
    assert 'method="post"' in html


def test_no_template_has_style_or_script_inside():
    for template in PACKAGE.rglob("*.html"):
        source = template.read_text()
        assert " style=" not in source, template
        assert "<style" not in source, template
        assert " on" + "click=" not in source, template
        assert "<script>" not in source, template


def test_our_own_part_of_the_first_page_is_small():
    ours = [PACKAGE / "static/weft" / name for name in ("weft.css", "part.js", "forms.js")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in ours) < 14_000
