"""Whom to call stands wherever something is told, and after it was sent."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.listen.conftest import Talk
from weft.people.programmes.models import IN_DANGER

pytestmark = pytest.mark.django_db
CHILDLINE = "Childline, 0800 1111"


def as_(user: object) -> Walker:
    walker = Walker()
    walker.client.force_login(user)
    return walker


def test_it_stands_where_something_is_told_and_where_it_was_sent(client: Client, talk: Talk, cast: Cast) -> None:
    for address in (f"{talk.page}story/", f"{talk.page}add/"):
        assert CHILDLINE in client.get(address).text
    talk.tell(client)
    assert CHILDLINE in client.get(f"{talk.page}sent/").text
    assert as_(cast.mo).open(f"{talk.team_page}paper/").reads(CHILDLINE)
    added = Walker().open(f"{talk.page}add/").press("Add my card", text="Nobody is home when I am.")
    assert added.reads(CHILDLINE)


def test_a_refused_story_still_says_it(client: Client, talk: Talk) -> None:
    refused = talk.tell(client, text="")
    assert refused.status_code == 422
    assert CHILDLINE in refused.text


def test_a_convenor_is_asked_for_the_programmes_own_and_writes_them(client: Client, talk: Talk, cast: Cast) -> None:
    asked = "do not say yet whom your own people can call"
    cohort = as_(cast.cora).open("/pell/cohort/")
    assert cohort.reads(asked)
    own = "Ring Ruth at the hall, 01632 960 222, until six.\nAfter that call 999."
    cohort.follow("Write them").press("Save", in_danger=own)
    page = client.get(f"{talk.page}story/").text
    assert "Ring Ruth at the hall, 01632 960 222, until six." in page
    assert CHILDLINE not in page
    assert not as_(cast.cora).open("/pell/cohort/").reads(asked)


def test_they_are_never_empty(talk: Talk, cast: Cast) -> None:
    assert cast.pell.in_danger == IN_DANGER
    settings = as_(cast.cora).open("/pell/settings/").press("Save", in_danger=" ")
    assert settings.status == 422
    cast.pell.refresh_from_db()
    assert cast.pell.in_danger == IN_DANGER
