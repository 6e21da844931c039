"""Junk sent to the pages of acting."""

import pytest

from tests.journeys import junk
from weft.people.programmes.models import Programme

ROOM = "act"


@pytest.mark.postgresql
def test_no_form_breaks_whatever_is_put_into_it(programme: Programme) -> None:
    junk.put_into_forms(programme, ROOM)


@pytest.mark.sqlite
@pytest.mark.parametrize("turn", range(3))
def test_no_page_breaks_whatever_is_asked_of_it(programme: Programme, turn: int) -> None:
    junk.ask_of_pages(programme, ROOM, turn)


@pytest.mark.sqlite
def test_no_address_breaks_whatever_stands_in_it(programme: Programme) -> None:
    junk.put_into_addresses(programme, ROOM)
