"""Stepping up and back, and the learning journey."""

from tests.cast import Cast
from weft.people.journey.models import Session
from weft.people.leads.models import Lead
from weft.people.programmes.models import Membership


def test_the_lead_changes_hands_and_the_history_says_why(client, cast: Cast):
    client.force_login(cast.mo)
    lena, mo = (Membership.objects.get(user=user).pk for user in (cast.lena, cast.mo))
    first = {"membership": lena, "stage": "act", "part": "lead", "reason": ""}
    assert client.post("/pell/summer/leads/", first).status_code == 302
    without = client.post("/pell/summer/leads/", {**first, "membership": mo})
    assert without.status_code == 409
    assert "why it changes hands" in without.content.decode()
    second = {**first, "membership": mo, "reason": "The kitchen knows the families."}
    assert client.post("/pell/summer/leads/", second).status_code == 302
    assert [lead.to_on is None for lead in Lead.objects.order_by("pk")] == [False, True]
    page = client.get("/pell/summer/leads/").content.decode()
    assert "The kitchen knows the families." in page
    assert "Lena" in page


def test_a_convenor_plans_a_session_and_says_who_came(client, cast: Cast):
    client.force_login(cast.cora)
    facts = {"title": "Ways of working", "on": "3 March 2026", "at": "10:00", "minutes": "120"}
    assert client.post("/pell/journey/new/", facts).status_code == 302
    session = Session.objects.get()
    lena = Membership.objects.get(user=cast.lena)
    assert client.post("/pell/journey/1/came/", {"came": [lena.pk], "revision": 1}).status_code == 302
    assert list(session.attendances.values_list("membership", flat=True)) == [lena.pk]
    assert "Lena" in client.get("/pell/journey/1/").content.decode()


def test_members_read_the_journey_and_strangers_do_not(client, cast: Cast):
    assert client.get("/pell/journey/").status_code == 302
    client.force_login(cast.ola)
    assert client.get("/pell/journey/").status_code == 404
    client.force_login(cast.kit)
    assert client.get("/pell/journey/").status_code == 200
    assert client.get("/pell/journey/new/").status_code == 404
