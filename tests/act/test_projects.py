"""Projects: beginning, changing what is tried, days, ending, taking back."""

from datetime import date
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.reading import read
from weft.act.projects import actions, queries
from weft.act.projects.models import Activity, Project
from weft.core.errors import Changed, Refused
from weft.provenance.models import Link, Node

BEGIN = {
    "title": "Towel rides",
    "purpose": "A child with a towel rides free.",
    "trying": "Six weeks.",
    "state": "running",
}


@pytest.fixture
def rides(cast: Cast) -> Project:
    return actions.begin_project(by=cast.mo, of=cast.summer, title="Towel rides", trying="Six weeks.")


def test_a_member_begins_a_project(client, cast: Cast):
    client.force_login(cast.mo)
    assert client.get("/pell/summer/projects/new/").status_code == 200
    answer = client.post("/pell/summer/projects/new/", {**BEGIN, "key": str(uuid4())})
    project = Project.objects.select_related("node").get()
    assert answer.url == f"/pell/{project.node.code}/"
    page = read(client.get(answer.url))
    assert "Towel rides" in page
    assert "Trying now" in page


def test_sending_the_form_twice_begins_one_project(client, cast: Cast):
    client.force_login(cast.mo)
    sent = {**BEGIN, "key": str(uuid4())}
    first, second = (client.post("/pell/summer/projects/new/", sent).url for _ in range(2))
    assert first == second
    assert Project.objects.count() == 1


def test_a_bad_citation_is_said_at_its_field_and_keeps_what_was_typed(client, cast: Cast):
    client.force_login(cast.mo)
    answer = client.post("/pell/summer/projects/new/", {**BEGIN, "purpose": "See [[F-22222]].", "key": str(uuid4())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "[[F-22222]] is not the code of anything" in page
    assert "See [[F-22222]]." in page
    assert not Project.objects.exists()


def test_what_is_tried_changes_with_a_reason_and_the_old_try_stays(client, cast: Cast, rides: Project):
    client.force_login(cast.mo)
    address = f"/pell/{rides.node.code}/trying/"
    without = client.post(address, {"trying": "All year.", "since_on": "1 October 2026"})
    assert without.status_code == 422
    assert (
        client.post(address, {"trying": "All year.", "why_changed": "It worked.", "since_on": "today"}).status_code
        == 302
    )
    assert [one.trying for one in rides.iterations.all()] == ["Six weeks.", "All year."]
    page = client.get(f"/pell/{rides.node.code}/").content.decode()
    assert "It worked." in page
    assert "Six weeks." in page


def test_an_ended_project_tries_nothing_new(cast: Cast, rides: Project):
    actions.set_state(by=cast.mo, row=rides, state="ended", on=date(2026, 9, 1))
    with pytest.raises(Refused, match="has ended"):
        actions.change_what_is_tried(by=cast.mo, row=rides, trying="x", why_changed="y")


def test_a_day_says_how_many_came_and_never_a_small_number(client, cast: Cast, rides: Project):
    client.force_login(cast.mo)
    address = f"/pell/{rides.node.code}/new-day/"
    sent = {
        "on": "2026-08-03",
        "attendance": "7",
        "venue": str(cast.pool.pk),
        "is_universal": "yes",
        "key": str(uuid4()),
    }
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    day = Activity.objects.select_related("node").get()
    assert Link.objects.get(target=day.node).source == rides.node
    page = client.get(f"/pell/{day.node.code}/").content.decode()
    assert "fewer than 10 people" in page
    client.post(address, {**sent, "attendance": "40", "key": str(uuid4()), "on": "2026-08-04"})
    page = client.get(f"/pell/{rides.node.code}/").content.decode()
    assert "47 visits" not in page, "the sum would tell the small day"
    assert "fewer than 10 people" in page


def test_a_day_to_come_cannot_be_entered(client, cast: Cast, rides: Project):
    client.force_login(cast.mo)
    answer = client.post(
        f"/pell/{rides.node.code}/new-day/", {"on": "2190-01-01", "key": str(uuid4()), "is_universal": "yes"}
    )
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()


def test_the_second_of_two_editors_is_shown_both_texts(client, cast: Cast, rides: Project):
    client.force_login(cast.mo)
    page = f"/pell/{rides.node.code}/edit/"
    form = client.get(page).context["form"]
    revision = form.initial["revision"]
    actions.edit_project(by=cast.lena, row=rides, title="Towel rides", purpose="Lena's words", revision=1)
    answer = client.post(page, {"title": "Towel rides", "purpose": "Mo's words", "revision": revision})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Lena&#x27;s words" in text
    assert "Mo&#x27;s words" in text
    rides.refresh_from_db()
    assert rides.purpose == "Lena's words"
    with pytest.raises(Changed):
        actions.edit_project(by=cast.mo, row=rides, title="x", purpose="y", revision=1)


@pytest.mark.parametrize("who", ["kit", "sam", "ola", "nobody"])
def test_strangers_read_and_do_not_write(client, cast: Cast, rides: Project, who):
    client.force_login(getattr(cast, who))
    code = rides.node.code
    assert client.get(f"/pell/{code}/").status_code == 200
    for path in ("edit", "trying", "new-day", "take-back"):
        assert client.get(f"/pell/{code}/{path}/").status_code == 404, path
    assert client.post(f"/pell/{code}/state/", {"state": "ended"}).status_code == 404
    assert client.get("/pell/summer/projects/new/").status_code == 404


def test_taking_back_leaves_a_tombstone(client, cast: Cast, rides: Project):
    client.force_login(cast.mo)
    address = f"/pell/{rides.node.code}/"
    assert client.post(f"{address}take-back/").status_code == 302
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Towel rides" not in answer.content.decode()
    assert Node.objects.get(pk=rides.pk).title == ""


def test_pages_ask_the_database_at_most_twelve_times(client, cast: Cast, rides: Project, django_assert_max_num_queries):
    for number in range(1, 21):
        actions.enter_day(by=cast.mo, project=rides, on=date(2026, 7, number), attendance=20, venue=cast.pool)
    client.force_login(cast.mo)
    for path in ("", "days/", "edit/"):
        client.get(f"/pell/{rides.node.code}/{path}")
        with django_assert_max_num_queries(12):
            assert client.get(f"/pell/{rides.node.code}/{path}").status_code == 200


def test_a_running_project_with_no_day_for_a_month_waits(cast: Cast, rides: Project):
    assert [job.do for job in queries.jobs(cast.summer)] == ["Enter it"]
    actions.set_state(by=cast.mo, row=rides, state="ended")
    assert queries.jobs(cast.summer) == []
