"""Letting people in and out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.cast import Cast, joins
from tests.reading import read
from weft.core.errors import Refused
from weft.people.accounts.models import User
from weft.people.programmes import actions
from weft.people.programmes.models import Membership, Programme, Role


def letter_address() -> str:
    """The path in the last letter sent."""
    found = re.search(r"https?://[^/]+(/invitation/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_lead_invites_and_the_invited_comes_in(client, cast: Cast, django_capture_on_commit_callbacks):
    client.force_login(cast.lena)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            "/pell/summer/people/", {"email": "Ann@Example.org", "role": "member", "sector": "community"}
        )
    assert answer.status_code == 302
    assert mail.outbox[-1].to == ["ann@example.org"]
    client.logout()
    address = letter_address()
    assert "Lena invites you to Long Summer" in client.get(address, follow=True).content.decode()
    assert client.post("/invitation/", {"name": "Ann Marlow", "name_in_public": "no"}).status_code == 302
    ann = Membership.objects.get(user__email="ann@example.org")
    assert (ann.team, ann.role, ann.user.name) == (cast.summer, "member", "Ann Marlow")
    assert client.get("/mine/").status_code == 200, "the invited person is signed in"
    assert "does not stand" in client.get(address, follow=True).content.decode(), "an invitation opens once"


def test_the_secret_of_an_invitation_is_not_kept(cast: Cast):
    secret = actions.invite(by=cast.lena, programme=cast.pell, team=cast.summer, email="a@b.org", role=Role.MEMBER)
    row = cast.pell.invitations.values().get()
    assert secret not in str(row)


def test_a_second_invitation_replaces_the_first(cast: Cast, client):
    first = actions.invite(by=cast.lena, programme=cast.pell, team=cast.summer, email="a@b.org", role=Role.MEMBER)
    second = actions.invite(by=cast.lena, programme=cast.pell, team=cast.summer, email="a@b.org", role=Role.MEMBER)
    assert "does not stand" in client.get(f"/invitation/{first}/", follow=True).content.decode()
    assert "You would be here as" in client.get(f"/invitation/{second}/", follow=True).content.decode()


def test_a_bad_invitation_says_what_is_wrong_and_keeps_what_was_typed(client, cast: Cast):
    client.force_login(cast.lena)
    answer = client.post("/pell/summer/people/", {"email": "not an address", "role": "member", "name": "Ann"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That is not an email address" in page
    assert 'href="#id_email"' in page
    assert 'value="Ann"' in page


def test_the_last_convenor_cannot_leave(cast: Cast):
    convenor = Membership.objects.get(user=cast.cora)
    with pytest.raises(Refused, match="at least one convenor"):
        actions.end_membership(by=cast.cora, membership=convenor)


def test_a_former_member_no_longer_reaches_the_workspace(client, cast: Cast):
    client.force_login(cast.mo)
    assert client.get("/pell/summer/leads/").status_code == 200
    actions.end_membership(by=cast.lena, membership=Membership.objects.get(user=cast.mo))
    assert client.get("/pell/summer/leads/").status_code == 404


@pytest.mark.parametrize("who", ["kit", "sam", "ola", "nobody", "mo"])
def test_only_leads_and_convenors_invite(client, cast: Cast, who):
    client.force_login(getattr(cast, who))
    assert client.get("/pell/summer/people/").status_code == 404


def test_signing_in_needs_only_a_code(client, cast: Cast):
    assert client.post("/sign-in/", {"email": "lena@example.org"}).status_code == 302
    code = re.search(r"Your code is (\S+)", mail.outbox[-1].body)
    assert code
    assert client.post("/sign-in/code/", {"code": code[1]}).status_code == 302
    assert "Long Summer" in client.get("/mine/").content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_account(client, cast: Cast):
    assert client.post("/sign-in/", {"email": "stranger@example.org"}).status_code == 302
    assert "no account for it" in mail.outbox[-1].body
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_demo_sign_in_is_not_there_outside_the_demo(client, cast: Cast):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"user": cast.lena.pk}).status_code == 404


def test_demo_sign_in_answers_this_machine_only(client, cast: Cast, settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    cast.pell.is_demo = True
    cast.pell.save()
    local = {"HTTP_HOST": "localhost"}
    assert client.get("/demo/", REMOTE_ADDR="10.0.0.9", **local).status_code == 404
    assert client.get("/demo/", HTTP_HOST="weft.example.org").status_code == 404
    assert client.get("/demo/", HTTP_X_FORWARDED_FOR="127.0.0.1", **local).status_code == 404
    assert client.post("/demo/", {"user": cast.lena.pk}, **local).status_code == 302


def test_the_demo_lists_each_person_once_with_all_they_are(client, cast: Cast, settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    Programme.objects.update(is_demo=True)
    joins(cast.mo, cast.other, cast.others, Role.LEAD)
    joins(cast.mo, cast.pell, cast.company, Role.MEMBER)
    page = read(client.get("/demo/", HTTP_HOST="localhost"))
    assert len(re.findall(r"Be Mo\s*<", page)) == 1
    mine = page.partition("<strong>Mo</strong>")[2].partition("</li>")[0]
    for part in ("Member, Long Summer, The Tide Room", "Member, Good Company", "Lead, The Others"):
        assert part in mine
    assert client.post("/demo/", {"user": cast.mo.pk}, HTTP_HOST="localhost").status_code == 302


def invited(cast: Cast, email: str = "mo@example.org", team: str = "company") -> str:
    return actions.invite(by=cast.kit, programme=cast.pell, team=getattr(cast, team), email=email, role=Role.MEMBER)


def test_the_secret_stands_in_no_address_but_the_letters(client, cast: Cast):
    secret = invited(cast, "new@example.org")
    answer = client.get(f"/invitation/{secret}/")
    assert answer["Location"] == "/invitation/"
    assert "no-store" in answer["Cache-Control"]
    page = client.get("/invitation/")
    assert secret not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.post("/invitation/", {"name": ""}).status_code == 422, "what the log names holds no secret"


def test_a_letter_that_was_passed_on_does_not_open_somebodys_account(client, cast: Cast):
    client.get(f"/invitation/{invited(cast)}/")
    for answer in (
        client.get("/invitation/"),
        client.post("/invitation/", {"name": "Somebody else", "name_in_public": "yes"}),
    ):
        assert answer["Location"].startswith("/sign-in/?next=/invitation/")
    assert "_auth_user_id" not in client.session
    client.force_login(cast.nobody)
    client.get(f"/invitation/{invited(cast)}/")
    assert "for another account" in client.get("/invitation/").content.decode()
    assert not cast.company.memberships.filter(user=cast.mo).exists()


def test_whoever_has_an_account_signs_in_and_comes_in(client, cast: Cast):
    client.get(f"/invitation/{invited(cast)}/")
    client.force_login(cast.mo)
    client.get(f"/invitation/{invited(cast)}/")
    assert client.post("/invitation/", {"name": "Mo", "name_in_public": "yes"})["Location"] == "/mine/"
    assert cast.company.memberships.filter(user=cast.mo, role=Role.MEMBER).exists()


def test_an_invitation_of_yesterday_or_taken_back_opens_nothing(client, cast: Cast):
    client.get(f"/invitation/{invited(cast, 'new@example.org')}/")
    cast.pell.invitations.update(expires_at=timezone.now())
    assert "does not stand" in client.get("/invitation/").content.decode()
    assert "does not stand" in client.post("/invitation/", {"name": "Ann"}).content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_membership_opens_doors_from_its_first_day_to_its_last(client, cast: Cast):
    client.force_login(cast.mo)
    page = "/pell/summer/work/listen/"
    assert client.get(page).status_code == 200
    today = timezone.localdate()
    for facts, status in (
        ({"from_on": today + timedelta(days=1)}, 404),
        ({"from_on": today}, 200),
        ({"to_on": today}, 404),
        ({"to_on": today + timedelta(days=1)}, 200),
    ):
        Membership.objects.filter(user=cast.mo).update(**facts)
        assert client.get(page).status_code == status, facts


def test_a_lead_makes_others_lead_and_nobody_convenor(client, cast: Cast):
    membership = Membership.objects.get(user=cast.mo)
    client.force_login(cast.lena)
    page = f"/pell/summer/people/{membership.pk}/role/"
    for role, status, now in (("convenor", 409, "member"), ("lead", 302, "lead"), ("", 409, "lead")):
        assert client.post(page, {"role": role}).status_code == status, role
        membership.refresh_from_db()
        assert membership.role == now
    convenor = Membership.objects.get(user=cast.cora)
    assert client.post(f"/pell/summer/people/{convenor.pk}/role/", {"role": "member"}).status_code == 404
    with pytest.raises(Refused, match="Only members of a team"):
        actions.change_role(by=cast.lena, membership=convenor, role=Role.MEMBER)
