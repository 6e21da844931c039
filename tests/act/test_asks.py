"""Asks and manifestos: to a role, on a date, and silence is shown."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.reading import read
from weft.act.manifestos import actions, queries
from weft.act.manifestos.models import Ask
from weft.act.manifestos.queries import is_silent
from weft.core import dates
from weft.core.errors import Refused
from weft.provenance.actions import link
from weft.provenance.queries import trace


def ask(cast: Cast, days_ago: int = 41) -> Ask:
    """An ask made some days ago."""
    day = dates.today() - timedelta(days=days_ago)
    return actions.make_ask(
        by=cast.mo,
        of=cast.summer,
        title="Light the path",
        text="From the station.",
        to_role="Head of lighting",
        asked_on=day,
    )


def test_a_member_writes_a_manifesto_and_an_ask_in_it(client, cast: Cast):
    client.force_login(cast.mo)
    sent = {"title": "Youth manifesto", "preamble": "We live here.", "key": str(uuid4())}
    page = client.post("/pell/summer/manifestos/new/", sent).url
    key = client.get(page).context["manifesto"].pk
    sent = {
        "title": "Light the path", "text": "It is dark.", "to_role": "Head of lighting", "manifesto": str(key),
        "asked_on": "today", "key": str(uuid4()),
    }  # fmt: skip
    answer = client.post("/pell/summer/asks/new/", sent)
    assert answer.status_code == 302
    assert "Light the path" in client.get(page).content.decode()
    assert "Youth manifesto" in client.get(answer.url).content.decode()


def test_silence_is_shown_in_days(client, cast: Cast):
    page = read(client.get(f"/pell/{ask(cast).node.code}/"))
    assert "No reply" in page
    assert "for 41 days" in page


def test_asking_again_is_recorded_and_quiets_the_job(cast: Cast):
    silent = ask(cast)
    assert [job.do for job in queries.jobs(cast.summer)] == ["Ask again"]
    actions.note_event(by=cast.mo, row=silent, kind="asked_again")
    assert queries.jobs(cast.summer) == []
    assert is_silent(silent.state, silent.asked_on)


def test_an_acknowledged_ask_waits_and_is_not_silent(cast: Cast):
    actions.note_event(by=cast.mo, row=ask(cast), kind="acknowledged")
    assert Ask.objects.get().state == "acknowledged"
    assert not is_silent(Ask.objects.get().state, Ask.objects.get().asked_on)


def test_an_answered_ask_stands_as_it_was_answered(cast: Cast):
    answered = ask(cast)
    actions.set_state(row=answered, state="yes", on=dates.today())
    with pytest.raises(Refused, match="has an answer"):
        actions.edit_ask(
            by=cast.mo,
            row=answered,
            title="x",
            text="y",
            revision=1,
            to_role="z",
            to_organisation=None,
            asked_on=answered.asked_on,
            answer_by=None,
            manifesto=None,
        )


@pytest.mark.parametrize("who", ["kit", "ola", "nobody"])
def test_strangers_read_asks_and_do_not_write_them(client, cast: Cast, who):
    code = ask(cast).node.code
    client.force_login(getattr(cast, who))
    assert client.get(f"/pell/{code}/").status_code == 200
    for path in ("edit", "event", "withdraw"):
        assert client.get(f"/pell/{code}/{path}/").status_code == 404


@pytest.mark.parametrize(("days", "silent"), [(9, False), (10, False), (11, True)])
def test_every_page_draws_the_same_line(client, cast: Cast, settings, days: int, silent: bool):
    settings.SILENCE_DAYS = 10
    made = ask(cast, days)
    client.force_login(cast.cora)
    said = {
        f"/pell/{made.node.code}/": f"for {days} days",
        "/pell/asks/": f"No reply for {days} days",
        "/pell/asks/?state=silence": "Light the path",
        "/pell/cohort/": f"has had no reply for {days} days",
        "/pell/": "No reply",
        "/pell/summer/": "No reply",
        "/pell/summer/work/share/": f"has had no reply for {days} days",
    }
    found = {address: words in read(client.get(address)) for address, words in said.items()}
    assert set(found.values()) == {silent}, found


def test_an_event_before_the_ask_is_refused(cast: Cast):
    made = ask(cast, days_ago=3)
    with pytest.raises(Refused, match="before the ask was made"):
        actions.note_event(by=cast.mo, row=made, kind="asked_again", on=made.asked_on - timedelta(days=1))
    assert not made.events.exists()
    actions.note_event(by=cast.mo, row=made, kind="asked_again", on=made.asked_on)
    assert made.events.count() == 1


def test_a_manifesto_taken_back_takes_its_preamble_along(cast: Cast):
    preamble = "We live at the end of the line and nobody runs a bus there."
    manifesto = actions.write_manifesto(by=cast.mo, of=cast.summer, title="What we ask", preamble=preamble)
    later = actions.make_ask(by=cast.mo, of=cast.summer, title="Run it", text=f"So: {preamble}", to_role="The bus")
    link(by=cast.mo, source=manifesto.node, target=later.node, relation="informs")
    actions.withdraw_manifesto(by=cast.mo, row=manifesto)
    manifesto.refresh_from_db()
    later.refresh_from_db()
    assert manifesto.preamble == ""
    assert later.text.startswith("So: (words taken back on ")
    assert "end of the line" not in later.text


def test_an_ask_comes_of_the_manifesto_it_is_part_of_now(client, cast: Cast):
    first, second = (actions.write_manifesto(by=cast.mo, of=cast.summer, title=title) for title in ("One", "Two"))
    made = actions.make_ask(
        by=cast.mo, of=cast.summer, title="Light it", text="All.", to_role="Engineer", manifesto=first
    )
    walker = Walker(client)
    client.force_login(cast.mo)
    edit = f"{made.node.get_absolute_url()}edit/"
    for part, parents in (("Two", [second.pk]), ("No", []), ("One", [first.pk])):
        walker.open(edit).press("Save", manifesto=part)
        assert list(trace(made.pk, "up").items) == parents
    actions.withdraw_manifesto(by=cast.mo, row=first)
    walker.open(edit)
    assert walker.reads(f"{first.node.code}, which was taken back")
    walker.press("Save", text="All of it.")
    made.refresh_from_db()
    assert (made.text, made.manifesto) == ("All of it.", first)
    assert list(trace(made.pk, "up").items) == [first.pk]
