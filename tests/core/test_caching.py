"""What was worked out is kept until its stamp is another one."""

from datetime import timedelta

from django.core.cache import cache

from weft.core import caching, dates
from weft.core.caching import kept


def counter():
    """A maker that says how often it was asked."""
    made = []

    def make() -> int:
        made.append(1)
        return len(made)

    return make


def test_it_is_made_once_for_each_name_and_stamp():
    make = counter()
    assert [kept("a", "1", 60, make), kept("a", "1", 60, make)] == [1, 1]
    assert kept("a", "2", 60, make) == 2
    assert kept("b", "2", 60, make) == 3
    assert kept("a", "1", 60, make) == 1


def test_nothing_at_all_is_kept_too():
    made = []
    assert kept("none", "1", 60, lambda: made.append(1)) is None
    assert kept("none", "1", 60, lambda: made.append(1)) is None
    assert made == [1]


def test_it_is_made_anew_when_its_time_is_over_and_every_day(monkeypatch):
    make = counter()
    kept("a", "1", 60, make)
    tomorrow = dates.today() + timedelta(days=1)
    monkeypatch.setattr(caching.dates, "today", lambda: tomorrow)
    assert kept("a", "1", 60, make) == 2
    cache.clear()
    assert kept("a", "1", 0, make) == 3
    assert kept("a", "1", 60, make) == 4


def test_what_is_not_worth_it_is_not_kept():
    make = counter()
    for expected in (1, 2):
        assert kept("a", "1", 60, make, lambda found: False) == expected


def test_what_is_kept_is_a_copy_that_nobody_can_change():
    kept("list", "1", 60, lambda: [1]).append(2)
    assert kept("list", "1", 60, lambda: [3]) == [1]
