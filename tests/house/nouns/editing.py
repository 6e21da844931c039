"""Editing the item of a kind through its page, whatever its form asks."""

from tests.house.nouns.making import PASSAGE, texts_of
from tests.journeys.walker import Form, Walker

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


def typed(page: Walker, kind: str, whose: str) -> dict[str, str]:
    """Something in each field for words that the page's form has."""
    names = sorted(texts_of(kind) & opened(page).names - ALSO.get(kind, {}).keys())
    return {name: SHAPED.get(name, "{} {}").format(whose, name) for name in names}


def opened(page: Walker) -> Form:
    """The form over what is saved."""
    return next(form for form in page.page.forms if "revision" in form.names)


def save(page: Walker, kind: str, words: dict[str, str]) -> Walker:
    """Save what is typed on an open page."""
    return page.press("Save", **words, **ALSO.get(kind, {}))
