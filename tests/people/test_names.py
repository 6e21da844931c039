"""Whose name stands on pages that everybody may read, who said so, and what stands there instead."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, joins
from tests.journeys.walker import Walker
from tests.reading import read
from weft.act.projects.actions import begin_project
from weft.frame.problems.actions import write_problem
from weft.listen.themes.actions import make_theme
from weft.people.accounts.actions import open_account
from weft.people.accounts.models import User
from weft.people.audit.models import Entry
from weft.people.leads.actions import step_up
from weft.people.programmes.actions import call_oneself, invite
from weft.people.programmes.models import Membership, Organisation, Role, Sector
from weft.people.programmes.permissions import may_be_named, stands_for

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.mark.parametrize(
    ("said", "name", "may"),
    [("yes", "Mo", True), ("yes", "", False), ("no", "Mo", False), ("under_18", "Mo", False), ("", "Mo", False)],
)
def test_a_name_stands_only_where_somebody_said_so(said: str, name: str, may: bool) -> None:
    assert may_be_named(User(name=name, name_in_public=said)) is may


def test_under_18_outweighs_a_yes() -> None:
    assert not may_be_named(User(name="Mo", shows_name=True, is_under_18=True))


def test_the_database_keeps_no_yes_of_somebody_under_18(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.mo.pk).update(shows_name=True, is_under_18=True)


@pytest.mark.parametrize("said", ["", "yes", "no", "under_18"])
def test_what_somebody_says_is_kept_as_they_said_it(cast: Cast, said: str) -> None:
    call_oneself(by=cast.mo, name="Mo Dee", name_in_public=said)
    kept = User.objects.get(pk=cast.mo.pk)
    assert (kept.name, kept.name_in_public) == ("Mo Dee", said)


def test_a_role_and_an_organisation_stand_there_instead(cast: Cast) -> None:
    words = {
        who: stands_for(Membership.objects.filter(user=getattr(cast, who)), cast.summer)
        for who in ("mo", "lena", "cora", "kit", "nobody")
    }
    assert words == {
        "mo": "a member from The Tide Room",
        "lena": "a member of Long Summer",
        "cora": "a convenor of Pell Coast Together",
        "kit": "a member of Good Company",
        "nobody": "a member of Long Summer",
    }
    guard = joins(cast.nobody, cast.pell, cast.company, Role.SAFEGUARDING, organisation=cast.kitchen)
    assert stands_for([guard], cast.pell) == "a safeguarding lead from The Tide Room"


def test_of_several_memberships_the_one_on_whose_page_it_stands_tells(cast: Cast) -> None:
    council = Organisation.objects.create(
        programme=cast.pell, slug="council", name="The Council", sector=Sector.LOCAL_GOVERNMENT
    )
    joins(cast.mo, cast.pell, cast.company, Role.MEMBER, organisation=council)
    joins(cast.mo, cast.pell, None, Role.CONVENOR)
    own = Membership.objects.filter(user=cast.mo)
    assert stands_for(own, cast.summer) == "a member from The Tide Room"
    assert stands_for(own, cast.company) == "a member from The Council"
    assert stands_for(own, cast.pell) == "a convenor of Pell Coast Together"
    own.filter(team=cast.summer).update(to_on=date(2026, 2, 1))
    joins(cast.mo, cast.pell, cast.summer, Role.MEMBER, organisation=council)
    assert stands_for(own.all(), cast.summer) == "a member from The Council"
    assert stands_for(own.filter(team=cast.company) | own.filter(team=None), cast.summer).startswith("a convenor")


def test_who_is_invited_is_asked_and_nothing_is_chosen_beforehand(cast: Cast) -> None:
    secret = invite(by=cast.lena, programme=cast.pell, team=cast.summer, email="ann@example.org", role=Role.MEMBER)
    ann = Walker().open(f"/invitation/{secret}/")
    assert ann.reads("May your name stand on public pages?")
    assert "checked" not in ann.html
    ann.press("Come in", name="Ann Marlow")
    assert ann.status == 422
    assert ann.reads("May your name stand on public pages")
    assert not User.objects.filter(email="ann@example.org").exists()
    ann.press("Come in", name="Ann Marlow", name_in_public="I am under 18: then my name never stands there")
    assert User.objects.get(email="ann@example.org").is_under_18
    assert ann.reads("You said that you are under 18, so your name never stands on public pages.")


def test_who_comes_in_again_finds_what_they_said_and_can_change_it(cast: Cast) -> None:
    call_oneself(by=cast.mo, name="Mo", name_in_public="yes")
    secret = invite(by=cast.kit, programme=cast.pell, team=cast.company, email=cast.mo.email, role=Role.MEMBER)
    client = Client()
    client.force_login(cast.mo)
    mo = Walker(client).open(f"/invitation/{secret}/")
    assert mo.html.count("checked") == 1
    mo.press("Come in", name="Mo Dee", name_in_public="no")
    cast.mo.refresh_from_db()
    assert (cast.mo.name, cast.mo.name_in_public) == ("Mo Dee", "no")


def test_somebody_changes_it_and_their_own_page_says_how_it_is(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.mo)
    mo = Walker(client).open("/mine/")
    assert mo.reads("Your name does not stand on public pages until you say that it may.")
    mo.follow("Say whether your name may stand there")
    mo.press("Save", name="Mo Dee", name_in_public="Yes, and I am 18 or over")
    assert mo.reads("Your name may stand on public pages, as you said.")
    mo.follow("Change your name, or where it stands").press("Save", name_in_public="no")
    assert mo.reads("Your name does not stand on public pages, as you said.")
    mo.follow("Change your name, or where it stands").press("Save", name="")
    assert mo.status == 422
    entry = Entry.objects.filter(did="said what they are called").latest("id")
    assert (entry.by, entry.programme, entry.detail) == (cast.mo, cast.pell, {})


def test_an_account_that_is_here_keeps_what_its_owner_said(cast: Cast) -> None:
    assert open_account(by=None, email="new@example.org", name="New", name_in_public="yes").name_in_public == "yes"
    assert open_account(by=None, email=cast.mo.email, name="Mo", name_in_public="yes").name_in_public == ""


@pytest.fixture
def pages(cast: Cast) -> dict[str, str]:
    """Public pages on which Mo stands, with what is said of him there."""
    mo = Membership.objects.get(user=cast.mo)
    theme = make_theme(by=cast.mo, of=cast.summer, title="Getting there", sources=[])
    problem = write_problem(by=cast.mo, of=cast.summer, title="No way home", text="Dark.", visibility="public")
    project = begin_project(by=cast.lena, of=cast.summer, title="Towel rides", purpose="Buses.", lead=mo)
    step_up(by=cast.lena, membership=mo, stage="act")
    return {
        theme.node.get_absolute_url(): "gathered by {}",
        problem.node.get_absolute_url(): ", {}",
        project.node.get_absolute_url(): "Led by {}",
        "/pell/summer/": "<strong>{} leads: act",
    }


def shown(client: Client, at: str) -> str:
    """A page with nothing between its words and its tags."""
    return read(client.get(at)).replace("> ", ">")


def test_each_public_page_says_the_name_or_what_stands_for_it(cast: Cast, pages: dict[str, str]) -> None:
    stranger = Client()
    for said, name in (("", ""), ("yes", "Mo"), ("no", ""), ("under_18", "")):
        call_oneself(by=cast.mo, name="Mo", name_in_public=said)
        for at, words in pages.items():
            page = shown(stranger, at)
            instead = "A member from" if words.startswith("<strong>") else "a member from"
            assert words.format(name or f"{instead} The Tide Room") in page, (said, at)
            assert name or "Mo" not in page.split(), (said, at)


def test_members_read_the_name_and_that_others_do_not(cast: Cast, pages: dict[str, str]) -> None:
    client = Client()
    client.force_login(cast.kit)
    for at, words in pages.items():
        page = shown(client, at).replace('<span class="weft-soft">(name not public)</span>', "(name not public) ")
        assert words.format("Mo (name not public)").strip() in page, at
    client.force_login(cast.ola)
    for at in pages:
        assert "name not public" not in shown(client, at), "somebody of another programme is a stranger here"
    call_oneself(by=cast.mo, name="Mo", name_in_public="yes")
    client.force_login(cast.kit)
    for at, words in pages.items():
        assert words.format("Mo") in shown(client, at), at


def test_nobody_is_named_by_their_address(cast: Cast, pages: dict[str, str]) -> None:
    call_oneself(by=cast.mo, name="", name_in_public="yes")
    assert [at for at in pages if cast.mo.email in shown(Client(), at)] == []


def test_to_call_many_needs_one_query(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        user = User.objects.create_user(f"m{number}@example.org", f"Mem{number}")
        membership = joins(user, cast.pell, cast.summer, Role.MEMBER, organisation=cast.kitchen)
        step_up(by=None, membership=membership, stage="act", supports=True)
    client.get("/pell/summer/")
    call_oneself(by=cast.mo, name="Mo", name_in_public="no")
    with django_assert_max_num_queries(12):
        page = read(client.get("/pell/summer/"))
    assert page.count("A member from The Tide Room supports: act") == 9
