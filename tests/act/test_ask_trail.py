"""What is kept of everything that is done to manifestos and asks."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast
from tests.trail import trail
from weft.act.manifestos import actions
from weft.act.manifestos.models import Ask, AskEvent
from weft.core import dates
from weft.core.errors import Changed, Refused
from weft.people.audit.models import Entry

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = date(2026, 3, 1)


def ask(cast: Cast, **more) -> Ask:
    facts = {"title": "Run it", "text": "All year.", "to_role": "Head", "asked_on": FIRST, **more}
    return actions.make_ask(by=cast.mo, of=cast.summer, **facts)


def test_each_act_is_in_the_trail(cast: Cast):
    before = Entry.objects.count()
    manifesto = actions.write_manifesto(by=cast.mo, of=cast.summer, title="What we ask")
    made = ask(cast, manifesto=manifesto)
    actions.note_event(by=cast.lena, row=made, kind="asked_again")
    actions.note_event(by=cast.lena, row=made, kind="acknowledged")
    actions.edit_ask(by=cast.lena, row=made, revision=1, title="Run it on")
    actions.edit_manifesto(by=cast.lena, row=manifesto, revision=1, title="We ask")
    actions.withdraw_ask(by=cast.lena, row=made, at=EARLIER)
    actions.withdraw_manifesto(by=cast.lena, row=manifesto, at=EARLIER)
    one, other = ((row.node.code, "pell", "summer", {}) for row in (manifesto, made))
    assert trail(before) == [
        ("Mo", "wrote manifesto", *one),
        ("Mo", "asked", *other),
        ("Lena", "ask asked_again", *other),
        ("Lena", "ask acknowledged", *other),
        ("Lena", "edited ask", *other),
        ("Lena", "edited manifesto", *one),
        ("Lena", "withdrew ask", *other),
        ("Lena", "withdrew manifesto", *one),
    ]
    for row in (made, manifesto):
        row.node.refresh_from_db()
        assert row.node.withdrawn_at == EARLIER


def test_an_ask_is_asked_today_unless_it_says_when(cast: Cast):
    made = actions.make_ask(by=cast.mo, of=cast.summer, title="Run it", text="", to_role="Head")
    assert (made.asked_on, made.state_on, made.state) == (dates.today(), dates.today(), "asked")
    made = ask(cast, answer_by=FIRST)
    assert (made.asked_on, made.state_on, made.answer_by) == (FIRST, FIRST, FIRST)


def test_an_answer_is_not_wanted_before_the_ask(cast: Cast):
    made, wanted = ask(cast), ask(cast, answer_by=date(2026, 3, 2))
    for refused in (
        lambda: ask(cast, answer_by=date(2026, 2, 28)),
        lambda: actions.edit_ask(by=cast.mo, row=made, revision=1, title="R", answer_by=date(2026, 2, 28)),
        lambda: actions.edit_ask(by=cast.mo, row=wanted, revision=1, title="R", asked_on=date(2026, 3, 3)),
    ):
        with pytest.raises(Refused, match="before the ask") as caught:
            refused()
        assert caught.value.field == "answer_by"


def test_what_happens_to_an_ask_has_its_day_and_its_note(cast: Cast):
    made = ask(cast)
    again = actions.note_event(by=cast.mo, row=made, kind="asked_again", on=FIRST, note="By letter.")
    made.refresh_from_db()
    assert (again.on, again.note, again.kind, made.state, made.state_on) == (
        FIRST,
        "By letter.",
        "asked_again",
        "asked",
        FIRST,
    )
    day = date(2026, 3, 5)
    noted = actions.note_event(by=cast.mo, row=made, kind="acknowledged", on=day)
    made.refresh_from_db()
    assert (noted.note, made.state, made.state_on) == ("", "acknowledged", day)
    assert actions.note_event(by=cast.mo, row=made, kind="acknowledged").on == dates.today()
    assert AskEvent.objects.filter(ask=made).count() == 3


def test_what_an_ask_has_come_to_changes_nothing_else_of_it(cast: Cast):
    made = ask(cast)
    Ask.objects.filter(pk=made.pk).update(text="Kept.")
    actions.set_state(row=made, state="yes", on=FIRST)
    made.refresh_from_db()
    assert (made.text, made.state) == ("Kept.", "yes")
    for refused in (
        lambda: actions.note_event(by=cast.mo, row=made, kind="asked_again"),
        lambda: actions.edit_ask(by=cast.mo, row=made, revision=1, title="R"),
    ):
        with pytest.raises(Refused, match="has an answer"):
            refused()


def test_each_of_two_saves_once(cast: Cast):
    manifesto, made = actions.write_manifesto(by=cast.mo, of=cast.summer, title="What we ask"), ask(cast)
    for edit, row, column in ((actions.edit_manifesto, manifesto, "preamble"), (actions.edit_ask, made, "text")):
        saved = edit(by=cast.lena, row=row, revision=1, title="Hers", **{column: "Hers."})
        assert getattr(saved, column) == "Hers."
        with pytest.raises(Changed):
            edit(by=cast.mo, row=row, revision=1, title="Mine", **{column: "Mine."})


def test_nothing_is_asked_tomorrow(cast: Cast):
    made = ask(cast)
    for save in (
        lambda: ask(cast, asked_on=dates.in_days(1)),
        lambda: actions.edit_ask(by=cast.mo, row=made, revision=1, title="Run it", asked_on=dates.in_days(1)),
    ):
        with pytest.raises(Refused) as refused:
            save()
        assert (str(refused.value), refused.value.field) == (
            "That day has not come yet. Put the day on which you ask.",
            "asked_on",
        )
