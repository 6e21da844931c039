"""A weave stays small however large its programme is."""

import pytest

from tests.cast import Cast
from weft.learn.reflections.actions import reflect
from weft.pages.weave import queries


@pytest.fixture
def reflections(cast: Cast) -> list[str]:
    return [
        reflect(by=cast.mo, of=cast.summer, learned=f"Learned {n}.", outcome="as_hoped").node.code for n in range(5)
    ]


def test_only_the_newest_items_are_woven_and_the_page_says_so(client, cast: Cast, reflections, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    found = queries.fabric(cast.pell)
    assert {item.code for item in found.items} == set(reflections[2:])
    assert found.is_cut
    assert "The picture shows its newest items." in client.get("/pell/").content.decode()


def test_a_programme_that_fits_is_not_cut(client, cast: Cast, reflections):
    assert len(queries.fabric(cast.pell).items) == len(reflections)
    assert "newest items" not in client.get("/pell/").content.decode()


def test_a_known_page_asks_little(client, cast: Cast, reflections, django_assert_max_num_queries):
    for address in ("/pell/", "/pell/summer/", f"/pell/?focus={reflections[0]}"):
        client.get(address)
        with django_assert_max_num_queries(6):
            assert client.get(address).status_code == 200


def test_what_anybody_does_shows_at_once_on_a_known_page(client, cast: Cast, reflections):
    client.get("/pell/")
    new = reflect(by=cast.mo, of=cast.summer, learned="Something quite new.", outcome="as_hoped").node
    assert new.code in client.get("/pell/").content.decode()
