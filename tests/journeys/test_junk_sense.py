"""Junk sent to the pages of making sense and framing."""

import pytest

from tests.journeys import junk
from weft.people.programmes.models import Programme

pytestmark = pytest.mark.postgresql

ROOM = "sense"


def test_no_form_breaks_whatever_is_put_into_it(programme: Programme) -> None:
    junk.put_into_forms(programme, ROOM)


@pytest.mark.parametrize("turn", range(3))
def test_no_page_breaks_whatever_is_asked_of_it(programme: Programme, turn: int) -> None:
    junk.ask_of_pages(programme, ROOM, turn)


def test_no_address_breaks_whatever_stands_in_it(programme: Programme) -> None:
    junk.put_into_addresses(programme, ROOM)
