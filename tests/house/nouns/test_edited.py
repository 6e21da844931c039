"""Whatever its kind, an item is saved over nobody else's text: the second of two editors is shown both."""

import pytest
from django.urls import NoReverseMatch

from tests.house.nouns.editing import NOT_EDITED, opened, save, typed
from tests.house.nouns.making import House, edit_page
from weft.provenance.registry import NOUNS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

each_edited = pytest.mark.parametrize("kind", [kind for kind in NOUNS if kind not in NOT_EDITED])


@pytest.mark.parametrize("kind", NOT_EDITED)
def test_what_cannot_be_edited_has_no_page_for_it(house: House, kind: str) -> None:
    with pytest.raises(NoReverseMatch):
        edit_page(house.nodes[kind])


@each_edited
def test_what_is_typed_is_saved(house: House, kind: str) -> None:
    node = house.nodes[kind]
    page = house.walker("mo").open(edit_page(node))
    mine = typed(page, kind, "Mine")
    assert mine
    assert save(page, kind, mine).status == 200
    saved = opened(page.open(edit_page(node))).values
    assert {name: saved[name] for name in mine} == {name: [words] for name, words in mine.items()}


@each_edited
def test_the_second_of_two_editors_is_shown_both_texts(house: House, kind: str) -> None:
    node = house.nodes[kind]
    first, second = (house.walker(who).open(edit_page(node)) for who in ("mo", "lena"))
    theirs, mine = typed(first, kind, "Theirs"), typed(second, kind, "Mine")
    assert save(first, kind, theirs).status == 200
    saved = opened(first.open(edit_page(node))).values
    assert save(second, kind, mine).status == 409
    shown = second.html.partition('id="two-versions"')[2].partition("</section>")[0]
    assert [words for words in (*theirs.values(), *mine.values()) if words not in shown] == []
    assert opened(first.open(edit_page(node))).values["revision"] == saved["revision"]
    assert save(second, kind, mine).status == 200, "saved with both in view"
    assert "Theirs" not in first.open(edit_page(node)).html
