"""Writing the problem down in versions."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from weft.core.errors import Changed, Refused
from weft.frame.problems import actions, queries
from weft.frame.problems.models import ProblemStatement, Version
from weft.people.audit.models import Entry
from weft.provenance.actions import UnknownCode
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node
from weft.sense.findings.actions import make_finding

TEXT = "Families who work still go without in August."
DISPUTED = "The council's officers do not agree that the fare matters most."


def write(cast: Cast, **more: object) -> ProblemStatement:
    facts = {"title": "Families who work still go without", "text": TEXT, "disagreement": DISPUTED, **more}
    return actions.write_problem(by=cast.mo, of=cast.summer, **facts)


def test_the_first_version_keeps_what_is_disputed_and_what_a_file_says(cast: Cast):
    at = datetime(2025, 6, 1, 9, tzinfo=UTC)
    problem = write(cast, origin=Origin(code="P-3FAML", at=at))
    version = queries.newest(problem.node)
    assert (problem.node.code, version.made_at, version.number) == ("P-3FAML", at, 1)
    assert (version.title, version.text, version.disagreement) == (problem.node.title, TEXT, DISPUTED)
    assert Entry.objects.get().did == "wrote problem statement"


def test_a_form_sent_twice_writes_one_statement(cast: Cast):
    key = uuid4()
    assert write(cast, origin=Origin(key=key)) == write(cast, origin=Origin(key=key))
    assert Version.objects.count() == 1


def test_every_version_is_kept_with_its_reason(cast: Cast):
    problem = write(cast)
    actions.write_version(
        by=cast.lena, row=problem, revision=1, title="New title", text="New text.", why="We heard more."
    )
    first, second = Version.objects.order_by("number")
    assert (first.title, first.text) == ("Families who work still go without", TEXT)
    assert (second.title, second.why, second.made_by) == ("New title", "We heard more.", cast.lena)
    problem.node.refresh_from_db()
    assert problem.node.title == "New title"


def test_the_second_of_two_editors_is_shown_both_texts(cast: Cast):
    problem = write(cast)
    actions.write_version(by=cast.lena, row=problem, revision=1, title="T", text="Lena's words.")
    with pytest.raises(Changed) as changed:
        actions.write_version(by=cast.mo, row=problem, revision=1, title="T", text="Mo's words.")
    assert "Lena's words." in changed.value.saved
    assert "Mo's words." in changed.value.sent
    assert (changed.value.revision, changed.value.saved_by) == (2, "Lena")
    assert Version.objects.count() == 2


def test_a_version_that_changes_nothing_is_refused(cast: Cast):
    problem = write(cast)
    with pytest.raises(Refused, match="Nothing is different"):
        actions.write_version(
            by=cast.mo, row=problem, revision=1, title=problem.node.title, text=TEXT, disagreement=DISPUTED
        )


def test_both_texts_may_cite_and_their_links_follow(cast: Cast):
    for_it = make_finding(by=cast.mo, of=cast.summer, title="The fare").node
    against = make_finding(by=cast.mo, of=cast.summer, title="Lunch").node
    problem = write(cast, text=f"It is the fare [[{for_it.code}]].", disagreement=f"Or lunch [[{against.code}]].")
    cited = Link.objects.filter(target=problem.node, withdrawn_at=None).values_list("source__code", flat=True)
    assert set(cited) == {for_it.code, against.code}
    actions.write_version(by=cast.mo, row=problem, revision=1, title="T", text="Plain.", disagreement="")
    assert not Link.objects.filter(target=problem.node, withdrawn_at=None).exists()
    with pytest.raises(UnknownCode):
        actions.write_version(by=cast.mo, row=problem, revision=2, title="T", text="[[F-22222]]")
    assert Version.objects.count() == 2


def test_a_draft_is_the_teams_until_it_is_published(cast: Cast):
    problem = write(cast, visibility="team")
    assert (problem.node.visibility, problem.published_at) == ("team", None)
    actions.publish(by=cast.lena, row=problem)
    problem.refresh_from_db()
    assert Node.objects.get().visibility == "public"
    assert problem.published_at is not None
    with pytest.raises(Refused, match="public already"):
        actions.publish(by=cast.lena, row=problem)


def test_withdrawing_erases_every_version(cast: Cast):
    problem = write(cast)
    actions.write_version(by=cast.mo, row=problem, revision=1, title="T", text="Other words entirely.")
    actions.withdraw_problem(by=cast.mo, row=problem)
    assert set(Version.objects.values_list("title", "text", "disagreement")) == {("", "", "")}
    assert Node.objects.get().is_withdrawn
