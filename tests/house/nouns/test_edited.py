"""Whatever its kind, an item is saved over nobody else's text: the second of two editors is shown both."""

import pytest
from django.urls import NoReverseMatch

from tests.house.nouns.making import PASSAGE, House, edit_page, texts_of
from tests.journeys.walker import Form, Walker
from weft.provenance.registry import NOUNS

pytestmark = pytest.mark.django_db

NOT_EDITED = {
    "statement": "People have answered a card as it stands; it is shown, hidden or taken back.",
    "story": "It is its teller's; what may be done with it is changed on a page of its own.",
    "excerpt": "A passage stands as its source does; another one is taken.",
    "map": "A map is frozen; a new one is drawn.",
    "edition": "An edition is frozen; the next one comes out.",
}
# What has to be filled in besides, and is of that saving alone.
ALSO = {"problem": {"why": "We heard more."}}
# Where not every word will do; a source keeps the passage that was taken from it.
SHAPED = {"url": "https://example.org/{}", "doi": "10.1234/{}", "text": PASSAGE + " {} {}"}
each_edited = pytest.mark.parametrize("kind", [kind for kind in NOUNS if kind not in NOT_EDITED])


def typed(page: Walker, kind: str, whose: str) -> dict[str, str]:
    """Something in each field for words that the page's form has."""
    names = sorted(texts_of(kind) & opened(page).names - ALSO.get(kind, {}).keys())
    return {name: SHAPED.get(name, "{} {}").format(whose, name) for name in names}


def opened(page: Walker) -> Form:
    """The form over what is saved."""
    return next(form for form in page.page.forms if "revision" in form.names)


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
    assert page.press("Save", **mine, **ALSO.get(kind, {})).status == 200
    saved = opened(page.open(edit_page(node))).values
    assert {name: saved[name] for name in mine} == {name: [words] for name, words in mine.items()}


@each_edited
def test_the_second_of_two_editors_is_shown_both_texts(house: House, kind: str) -> None:
    node = house.nodes[kind]
    first, second = (house.walker(who).open(edit_page(node)) for who in ("mo", "lena"))
    theirs, mine, also = typed(first, kind, "Theirs"), typed(second, kind, "Mine"), ALSO.get(kind, {})
    assert first.press("Save", **theirs, **also).status == 200
    saved = opened(first.open(edit_page(node))).values
    assert second.press("Save", **mine, **also).status == 409
    shown = second.html.partition('id="two-versions"')[2].partition("</section>")[0]
    assert [words for words in (*theirs.values(), *mine.values()) if words not in shown] == []
    assert opened(first.open(edit_page(node))).values["revision"] == saved["revision"]
    assert second.press("Save", **mine, **also).status == 200, "saved with both in view"
    assert "Theirs" not in first.open(edit_page(node)).html
