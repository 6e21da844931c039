"""Money: the book is append-only, plans change with a reason, and every figure adds up."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.reading import read
from weft.act.grants import actions, queries
from weft.act.grants.forms import amount_of
from weft.act.grants.models import Grant, LedgerEntry
from weft.core import money
from weft.core.errors import Refused


@pytest.fixture
def seed(cast: Cast) -> Grant:
    return actions.award(by=cast.cora, team=cast.summer, name="Seed funding", amount_pence=25_000_00)


def test_a_convenor_awards_money_and_a_member_does_not(client, cast: Cast):
    client.force_login(cast.mo)
    assert client.get("/pell/summer/grants/new/").status_code == 404
    client.force_login(cast.cora)
    sent = {"name": "Seed funding", "amount_pence": "25,000", "awarded_on": "1 March 2026"}
    assert client.post("/pell/summer/grants/new/", sent).status_code == 302
    assert Grant.objects.get().amount_pence == 25_000_00


def test_a_spend_takes_one_form_and_counts_once(client, cast: Cast, seed: Grant):
    client.force_login(cast.mo)
    address = f"/pell/summer/grants/{seed.pk}/spend/"
    sent = {"amount_pence": "620.40", "what": "Lunch", "new_heading": "Food", "on": "2026-11-02", "key": str(uuid4())}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert LedgerEntry.objects.get().amount_pence == 620_40
    page = client.get(f"/pell/summer/grants/{seed.pk}/").content.decode()
    assert "24,379.60" in page


@pytest.mark.parametrize("typed", ["", "ten", "-5", "1.234", "0"])
def test_a_bad_amount_is_refused_and_nothing_is_entered(client, cast: Cast, seed: Grant, typed):
    client.force_login(cast.mo)
    sent = {"amount_pence": typed, "what": "Lunch", "new_heading": "Food", "on": "today", "key": str(uuid4())}
    answer = client.post(f"/pell/summer/grants/{seed.pk}/spend/", sent)
    assert answer.status_code == 422
    assert not LedgerEntry.objects.exists()


def test_replanning_needs_a_reason_and_nobodys_permission(client, cast: Cast, seed: Grant):
    actions.plan(by=cast.mo, grant=seed, amounts={"Vouchers": 4_000_00, "Food": 6_000_00}, reason="")
    client.force_login(cast.mo)
    address = f"/pell/summer/grants/{seed.pk}/plan/"
    moved = {amount_of("Food"): "10,000", amount_of("Vouchers"): "0", "key": str(uuid4()), "revision": "1"}
    assert client.post(address, moved).status_code == 422
    assert client.post(address, {**moved, "reason": "Vouchers made people feel watched."}).status_code == 302
    assert actions.planned(seed) == {"Food": 10_000_00}
    page = read(client.get(f"/pell/summer/grants/{seed.pk}/"))
    assert "Vouchers made people feel watched." in page
    assert "Vouchers: minus 4,000 pounds" in page


def test_a_plan_cannot_hold_more_than_the_grant(cast: Cast, seed: Grant):
    with pytest.raises(Refused, match="1 pound more than the grant has"):
        actions.plan(by=cast.mo, grant=seed, amounts={"Food": 25_001_00}, reason="")


def test_a_correction_is_a_new_line_and_happens_once(cast: Cast, seed: Grant):
    entry = actions.spend(by=cast.mo, grant=seed, amount_pence=310_00, heading="Pool", on=date(2026, 9, 30))
    actions.correct(by=cast.mo, entry=entry, why="Entered twice")
    assert LedgerEntry.objects.count() == 2
    assert queries.balance(seed).spent == 0
    with pytest.raises(Refused, match="put right already"):
        actions.correct(by=cast.mo, entry=entry, why="again")
    entry.refresh_from_db()
    assert entry.amount_pence == 310_00


def test_everybody_reads_the_book_and_only_the_team_writes(client, cast: Cast, seed: Grant):
    assert client.get(f"/pell/summer/grants/{seed.pk}/").status_code == 200
    assert client.get(f"/pell/summer/grants/{seed.pk}/spend/").status_code == 302
    client.force_login(cast.kit)
    for path in ("spend", "plan"):
        assert client.get(f"/pell/summer/grants/{seed.pk}/{path}/").status_code == 404
    assert client.get(f"/pell/company/grants/{seed.pk}/").status_code == 404, "a grant stands under its own team only"


@given(st.integers(min_value=0, max_value=10**11))
def test_pounds_read_back_to_the_same_pence(amount):
    assert money.pence(money.pounds(amount)) == amount


@pytest.mark.parametrize(("is_public", "readers"), [(True, "Everybody can"), (False, "Everybody in the programme can")])
def test_who_reads_the_book_is_said_where_it_is_typed(client, cast: Cast, seed: Grant, is_public: bool, readers: str):
    cast.pell.is_public = is_public
    cast.pell.save()
    entry = actions.spend(by=cast.mo, grant=seed, amount_pence=100, heading="Food", what="Bread")
    client.force_login(cast.cora)
    forms = [f"{seed.pk}/spend/", f"{seed.pk}/plan/", f"{seed.pk}/{entry.pk}/correct/", "new/"]
    for form in forms:
        page = read(client.get(f"/pell/summer/grants/{form}"))
        assert page.count(f"{readers} read this in the book: put no names of people in it.") == 1, form
