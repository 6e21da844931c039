"""What is kept of a project, of what it tries, and of the days on which it ran."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.act.projects import actions
from weft.act.projects.actions import Tried
from weft.act.projects.models import Project
from weft.core import dates
from weft.core.errors import Changed, Refused
from weft.listen.conversations.models import Participant
from weft.people.audit.models import Entry
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node, SearchText
from weft.sense.findings.actions import make_finding

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (1, 2, 3))


def begin(cast: Cast, **more) -> Project:
    return actions.begin_project(**{"by": cast.mo, "of": cast.summer, "title": "Rides", **more})


def tries(project: Project) -> list[tuple]:
    rows = project.iterations.order_by("number")
    return list(rows.values_list("number", "trying", "why_changed", "since_on", "made_by__name"))


def ties(node: Node) -> set[tuple[str, str]]:
    links = Link.objects.filter(target=node, withdrawn_at=None, made_by__name="Mo")
    return set(links.values_list("source__code", "relation"))


def refuses(field: str | None, act, **more) -> str:
    """What an act says where it is refused, if it says so at this field."""
    with pytest.raises(Refused) as refused:
        act(**more)
    assert refused.value.field == field
    return str(refused.value)


def test_each_act_is_in_the_trail(cast: Cast):
    before = Entry.objects.count()
    row = begin(cast)
    actions.edit_project(by=cast.lena, row=row, revision=1, title="Rides")
    actions.change_what_is_tried(by=cast.lena, row=row, trying="All year.", why_changed="")
    day = actions.enter_day(by=cast.lena, project=row, on=FIRST)
    actions.correct_day(by=cast.mo, row=day, revision=1, on=SECOND)
    actions.set_state(by=cast.lena, row=row, state="ended")
    actions.withdraw_project(by=cast.lena, row=row, at=EARLIER)
    here, ran = ((one.node.code, "pell", "summer", {}) for one in (row, day))
    assert trail(before) == [
        ("Mo", "began project", *here),
        ("Lena", "edited project", *here),
        ("Lena", "changed what is tried", *here),
        ("Lena", "entered a day", *ran),
        ("Mo", "corrected a day", *ran),
        ("Lena", "project ended", *here),
        ("Lena", "withdrew project", *here),
    ]
    row.node.refresh_from_db()
    assert row.node.withdrawn_at == EARLIER


def test_a_project_comes_of_what_it_addresses_and_of_its_sources(cast: Cast):
    one, two, three = (make_finding(by=cast.mo, of=cast.summer, title="F").node for _ in range(3))
    row = begin(cast, addresses=[one, (two, "answers")], sources=[three], state="planned")
    assert ties(row.node) == {(one.code, "addresses"), (two.code, "answers"), (three.code, "informs")}
    assert row.state == "planned"
    assert ties(begin(cast).node) == set()


def test_what_is_tried_first_is_tried_from_the_first_day_on(cast: Cast):
    ground = make_finding(by=cast.mo, of=cast.summer, title="F").node
    said = f"Six weeks [[{ground.code}]]."
    row = begin(cast, trying=said, starts_on=FIRST)
    assert tries(row) == [(1, said, "", FIRST, "Mo")]
    assert row.iterations.get().made_at > EARLIER
    assert SearchText.objects.get(node=row.node).body.split("\n")[2:] == [said]
    assert ties(row.node) == {(ground.code, "informs")}
    assert tries(begin(cast, trying="Six weeks.")) == [(1, "Six weeks.", "", dates.today(), "Mo")]
    assert tries(begin(cast)) == []


def test_what_comes_from_elsewhere_brings_its_tries_once(cast: Cast):
    later = [Tried("Less.", "Rain.", SECOND, cast.lena, EARLIER), Tried("More.", "Sun.", THIRD, None, EARLIER)]
    facts = {"trying": "Six weeks.", "starts_on": FIRST, "tries": later, "origin": Origin(key=uuid4())}
    rows = [begin(cast, **facts) for _ in range(2)]
    assert rows[0] == rows[1]
    assert tries(rows[0]) == [
        (1, "Six weeks.", "", FIRST, "Mo"),
        (2, "Less.", "Rain.", SECOND, "Lena"),
        (3, "More.", "Sun.", THIRD, None),
    ]
    assert rows[0].iterations.get(number=2).made_at == EARLIER


def test_the_last_day_is_not_before_the_first(cast: Cast):
    row = begin(cast, starts_on=SECOND, ends_on=SECOND)
    edit = {"by": cast.mo, "row": row, "revision": None, "title": "Rides"}
    assert "before the first" in refuses("ends_on", begin, cast=cast, starts_on=SECOND, ends_on=FIRST)
    assert "before the first" in refuses("ends_on", actions.edit_project, **edit, ends_on=FIRST)
    assert "before the first" in refuses("ends_on", actions.edit_project, **edit, starts_on=THIRD)
    row = actions.edit_project(**edit, starts_on=FIRST, ends_on=FIRST)
    assert (row.starts_on, row.ends_on) == (FIRST, FIRST)
    assert actions.edit_project(**edit, ends_on=None).starts_on == FIRST
    assert begin(cast, ends_on=FIRST).starts_on is None


def test_a_change_says_why_and_since_when(cast: Cast):
    row = begin(cast)
    made = actions.change_what_is_tried(
        by=cast.lena, row=row, trying="Six weeks.", why_changed="", since_on=FIRST, made_at=EARLIER
    )
    assert made.made_at == EARLIER
    change = {"by": cast.mo, "row": row, "trying": "All year."}
    assert "why it changed" in refuses(None, actions.change_what_is_tried, **change, why_changed=" ")
    ahead = {"why_changed": "It worked.", "since_on": dates.in_days(1)}
    assert "not come yet" in refuses("since_on", actions.change_what_is_tried, **change, **ahead)
    actions.change_what_is_tried(**change, why_changed="It worked.")
    assert tries(row) == [
        (1, "Six weeks.", "", FIRST, "Lena"),
        (2, "All year.", "It worked.", dates.today(), "Mo"),
    ]
    ground = make_finding(by=cast.mo, of=cast.summer, title="F").node
    actions.change_what_is_tried(by=cast.mo, row=row, trying="More.", why_changed=f"See [[{ground.code}]].")
    assert "More." in SearchText.objects.get(node=row.node).body
    assert ties(row.node) == {(ground.code, "informs")}


def test_who_has_no_account_is_not_named(cast: Cast):
    row = begin(cast)
    actions.change_what_is_tried(by=Participant(), row=row, trying="Six weeks.", why_changed="")
    assert tries(row)[0][-1] is None


def test_a_project_that_ended_tries_something_new_once_it_is_opened_again(cast: Cast):
    row = begin(cast, trying="Six weeks.", starts_on=FIRST)
    change = {"by": cast.mo, "row": row, "trying": "All year.", "why_changed": "It worked."}
    actions.set_state(by=cast.mo, row=row, state="ended", on=SECOND)
    assert "has ended" in refuses(None, actions.change_what_is_tried, **change)
    actions.set_state(by=cast.mo, row=row, state="running")
    actions.change_what_is_tried(**change)
    assert len(tries(row)) == 2


def test_a_state_keeps_its_days_and_saves_nothing_else(cast: Cast):
    row = begin(cast)
    stale = Project.objects.get(pk=row.pk)

    def kept(state: str, on: date | None = None) -> tuple:
        actions.set_state(by=cast.mo, row=stale, state=state, on=on)
        row.refresh_from_db()
        return row.state, row.starts_on, row.ends_on, row.revision

    assert kept("planned", FIRST) == ("planned", None, None, 2)
    assert kept("running", FIRST) == ("running", FIRST, None, 3)
    assert kept("ended", SECOND) == ("ended", FIRST, SECOND, 4)
    assert kept("running", THIRD) == ("running", FIRST, None, 5)
    assert kept("ended") == ("ended", FIRST, dates.today(), 6)
    act = {"by": cast.mo, "row": row}
    assert "to come, running or ended" in refuses(None, actions.set_state, **act, state="over")
    assert "not come yet" in refuses("on", actions.set_state, **act, state="ended", on=dates.in_days(1))


def test_a_day_is_its_projects_and_called_by_it_unless_it_says_otherwise(cast: Cast):
    row, whole, key = begin(cast), begin(cast, by=cast.cora, of=cast.pell), uuid4()
    day = actions.enter_day(
        by=cast.lena, project=row, on=FIRST, attendance=20, origin=Origin(code="D-22222", at=EARLIER, key=key)
    )
    assert (day.node.code, day.node.made_at, day.node.title) == ("D-22222", EARLIER, "Rides, 1 March 2026")
    assert (day.node.team, day.node.made_by, day.project, day.attendance) == (cast.summer, cast.lena, row, 20)
    assert actions.enter_day(by=cast.mo, project=row, on=FIRST, origin=Origin(key=key)) == day
    named = actions.enter_day(by=cast.mo, project=whole, on=FIRST, title="Opening")
    assert (named.node.title, named.node.team, named.node.programme) == ("Opening", None, cast.pell)


def test_a_day_is_corrected_once_by_each_and_has_been(cast: Cast):
    row = begin(cast)
    day = actions.enter_day(by=cast.mo, project=row, on=FIRST, attendance=20)
    said = {"by": cast.lena, "row": day, "revision": 1, "on": SECOND}
    corrected = actions.correct_day(**said, attendance=30)
    assert (corrected.on, corrected.attendance, corrected.revision) == (SECOND, 30, 2)
    assert Node.objects.get(pk=day.pk).title == "Rides, 2 March 2026"
    with pytest.raises(Changed):
        actions.correct_day(**said, attendance=40)
    instead = "That day has not come yet. Enter it once it has happened."
    ahead = {"on": dates.in_days(1)}
    assert refuses("on", actions.enter_day, by=cast.mo, project=row, **ahead) == instead
    assert refuses("on", actions.correct_day, **said | ahead) == instead


def test_a_project_is_saved_once_by_each(cast: Cast):
    row = begin(cast)
    edit = {"by": cast.lena, "row": row, "revision": 1, "title": "Bus rides"}
    assert actions.edit_project(**edit, purpose="Free.").purpose == "Free."
    with pytest.raises(Changed):
        actions.edit_project(**edit, purpose="Cheap.")
