"""Pages of problem statements."""

from uuid import uuid4

import pytest

from tests.cast import Cast
from weft.frame.problems import actions, queries
from weft.frame.problems.models import ProblemStatement, Version
from weft.provenance.items import Origin
from weft.sense.findings.actions import make_finding

DISPUTED = "Transport officers hold that hearing of it matters more."


@pytest.fixture
def problem(cast: Cast) -> ProblemStatement:
    return actions.write_problem(
        by=cast.mo,
        of=cast.summer,
        title="Going without",
        text="They go without.",
        disagreement=DISPUTED,
        origin=Origin(code="P-3FAML"),
    )


def sent(**more: object) -> dict[str, object]:
    return {"title": "Going without", "text": "They go without lunch.", "disagreement": DISPUTED, "why": "More", **more}


def test_a_first_version_is_a_draft_of_the_team_until_it_is_published(client, cast: Cast):
    client.force_login(cast.mo)
    facts = {**sent(), "key": uuid4(), "visibility": "team"}
    for _ in range(2):
        assert client.post("/pell/summer/problems/new/", facts).status_code == 302
    written = ProblemStatement.objects.get()
    address = written.node.get_absolute_url()
    assert "Publish it" in client.get(address).content.decode()
    client.logout()
    assert client.get(address).status_code == 404
    client.force_login(cast.lena)
    assert client.post(f"{address}publish/").status_code == 302
    assert client.post(f"{address}publish/").status_code == 409
    client.logout()
    assert DISPUTED in client.get(address).content.decode()


def test_a_form_that_is_not_right_keeps_what_was_typed(client, cast: Cast):
    client.force_login(cast.mo)
    facts = sent(key=uuid4(), visibility="team", title="", disagreement="So says [[F-XXXXX]].", text="w" * 5000)
    answer = client.post("/pell/summer/problems/new/", facts)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Two things stop this from being saved" in page
    assert "[[F-XXXXX]] is not the code of anything" in page
    assert "w" * 5000 in page


@pytest.mark.parametrize("who", [None, "mo"])
def test_what_is_disputed_stands_in_the_text_with_the_same_weight(
    client, cast: Cast, problem: ProblemStatement, who, django_assert_max_num_queries
):
    cited = make_finding(by=cast.mo, of=cast.summer, title="The fare").node.code
    actions.write_version(
        by=cast.mo, row=problem, revision=1, title="T", text=f"See [[{cited}]].", disagreement=f"Not [[{cited}]]."
    )
    if who:
        client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(12):
        page = client.get("/pell/P-3FAML/").content.decode()
    assert page.index("See <a") < page.index("Still disputed") < page.index("Not <a")
    assert page.count('title="Finding: The fare"') == 2


def test_a_new_version_says_why_and_both_are_kept(client, cast: Cast, problem: ProblemStatement):
    client.force_login(cast.mo)
    path = "/pell/P-3FAML/edit/"
    without = client.post(path, sent(revision=1, why=""))
    assert without.status_code == 422
    assert client.post(path, sent(revision=1, why="We heard of lunch.")).status_code == 302
    page = client.get("/pell/P-3FAML/").content.decode()
    assert "We heard of lunch." in page
    assert "They go without lunch." in page
    old = client.get("/pell/P-3FAML/version/1/").content.decode()
    assert "They go without.</p>" in old
    assert "This version is kept as it stood" in old
    assert client.get("/pell/P-3FAML/version/9/").status_code == 404


def test_two_editors_are_shown_both_texts_and_nothing_is_lost(client, cast: Cast, problem: ProblemStatement):
    path = "/pell/P-3FAML/edit/"
    client.force_login(cast.lena)
    assert client.post(path, sent(revision=1, text="Lena's words.")).status_code == 302
    client.force_login(cast.mo)
    answer = client.post(path, sent(revision=1, text="Mo's words."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lena saved a newer text" in page
    assert "Lena&#x27;s words." in page
    assert page.count("Mo&#x27;s words.") == 2
    assert client.post(path, sent(revision=2, text="Both our words.")).status_code == 302
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_version_that_changes_nothing_is_said_on_the_form(client, cast: Cast, problem: ProblemStatement):
    client.force_login(cast.mo)
    answer = client.post("/pell/P-3FAML/edit/", sent(revision=1, text="They go without."))
    assert answer.status_code == 422
    assert "Nothing is different from the version before" in answer.content.decode()


def test_any_two_versions_are_read_against_each_other(client, cast: Cast, problem: ProblemStatement):
    for number, text in enumerate(("They go without lunch.", "Some go without lunch <b>."), 1):
        actions.write_version(
            by=cast.mo, row=problem, revision=number, title="T", text=text, disagreement=DISPUTED, why="W"
        )
    page = client.get("/pell/P-3FAML/changes/").content.decode()
    assert "From version 2 to version 3" in page
    assert '<del class="weft-went"><span class="govuk-visually-hidden">[taken out: </span>They<' in page
    assert '<ins class="weft-came"><span class="govuk-visually-hidden">[put in: </span>Some<' in page
    assert "<b>" not in page
    page = client.get("/pell/P-3FAML/changes/?before=1&after=3").content.decode()
    assert "From version 1 to version 3" in page
    assert client.get("/pell/P-3FAML/changes/?before=1&after=7").status_code == 404
    assert "Nothing is different" in client.get("/pell/P-3FAML/changes/?before=2&after=2").content.decode()


def test_taking_back_leaves_a_tombstone_without_a_word(client, cast: Cast, problem: ProblemStatement):
    client.force_login(cast.mo)
    assert "Every version goes" in client.get("/pell/P-3FAML/take-back/").content.decode()
    assert client.post("/pell/P-3FAML/take-back/").status_code == 302
    for path in ("", "version/1/", "changes/"):
        gone = client.get(f"/pell/P-3FAML/{path}")
        assert gone.status_code == 410
        assert "They go without" not in gone.content.decode()


def test_the_tab_and_its_jobs(cast: Cast, django_assert_max_num_queries):
    assert queries.jobs(cast.summer) == []
    make_finding(by=cast.mo, of=cast.summer, title="The fare")
    with django_assert_max_num_queries(1):
        (job,) = queries.jobs(cast.summer)
    assert (job.what, job.url) == ("No problem statement yet", "/pell/summer/problems/new/")
    draft = actions.write_problem(by=cast.mo, of=cast.summer, title="Going without", text="T", visibility="team")
    (job,) = queries.jobs(cast.summer)
    assert job.url == draft.node.get_absolute_url()
    actions.publish(by=cast.mo, row=draft)
    assert queries.jobs(cast.summer) == []
    with django_assert_max_num_queries(1):
        (shown,) = queries.workspace(cast.summer).problems
    assert (shown.version_count, shown.disagreement) == (1, "")
