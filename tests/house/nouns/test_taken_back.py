"""Whatever its kind, of what was taken back no word is left: in no column, on no page, in no search, in no dump."""

import re
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from django.db import connection
from django.db.models import JSONField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.house.nouns.making import House, columns, lists, made, tables, take_back_page
from tests.journeys.crawl import pages
from weft.programme_file.dump import dump
from weft.provenance.actions import link
from weft.provenance.masks import let_go_of_old
from weft.provenance.models import EarlierText, Link, Mask, Node, Relation, SearchText
from weft.provenance.registry import NOUNS
from weft.sense.findings.models import Finding

pytestmark = pytest.mark.django_db

NOT_TAKEN_BACK = {
    "activity": "A day is put right on its page, its words too.",
    "edition": "An edition stays as it came out; what it quotes leaves it.",
}
BY_ITS_AUTHOR = {"statement": "Who wrote a card takes it back, with a receipt."}
# Columns whose words are somebody else's, or made of another text: they leave the row, and other texts keep them.
NOT_ITS_OWN = {
    "story": {"title", "not_used_because"},
    "statement": {"title", "hidden_because"},
    "response": {"title", "why"},
    "excerpt": {"title", "quote", "note"},
    "map": {"title"},
}
TRAIL = "audit_entry"  # sealed; it holds no words
each_taken_back = pytest.mark.parametrize("kind", [kind for kind in NOUNS if kind not in NOT_TAKEN_BACK])


def mark(kind: str) -> str:
    """A word that stands in every text of the item of a kind before it is taken back, and in no token by chance."""
    return f"zz{NOUNS[kind].prefix.lower():q<3}7"


def sentence(kind: str, column: str) -> str:
    """Enough words to be known again where they are repeated, none of which stands anywhere else; the mark first."""
    return " ".join([mark(kind), *(f"{mark(kind)}{crc32(column.encode()) % 4096:03x}{letter}" for letter in "abcdefg")])


def said(kind: str) -> list[str]:
    """What somebody said in an item, once it is marked."""
    noun = NOUNS[kind]
    words = {"title", *noun.words, *(column for _, column, _ in noun.words_of_parts)}
    return [sentence(kind, column) for column in sorted(words - NOT_ITS_OWN.get(kind, set()))]


@pytest.fixture(scope="module")
def before_and_after(house: House) -> tuple[dict[str, str], dict[str, str]]:
    """The tables with every text of every item marked; and all that can be read once each of them was taken back."""
    _add_parts(house)
    kinds = [kind for kind in NOUNS if kind not in NOT_TAKEN_BACK]
    beside = made(house, "finding", title="So it is")
    repeated = [words for kind in kinds for words in said(kind)]
    Finding.objects.filter(node=beside).update(text="\n".join(f"They say: {words}." for words in repeated))
    for kind in kinds:
        _name(house.nodes[kind], beside)
    _lists(house)  # so that what is kept for a while is kept
    for kind in kinds:
        _fill(house.nodes[kind])
    before = _tables()
    for kind in reversed(kinds):
        _take_back(house, kind)
    Mask.objects.update(made_at=timezone.now() - timedelta(days=31))
    let_go_of_old()
    return before, _all_that_can_be_read(house)


def _add_parts(house: House) -> None:
    """A row in each table that is a part of an item."""
    mo = house.walker("mo")
    mo.open(house.below("ask", "manifestos:ask-event")).press("Save", kind="asked_again", note="By letter.")
    mo.open(house.below("response", "responses:response-new-promise")).press("Add it", what="A bus.")
    team = house.people.summer.slug
    page = reverse("responses:response-mark", args=[house.people.pell.slug, house.nodes["response"].code, team])
    mo.open(page).press("Save", answer="no", why="It says nothing.")


def _name(node: Node, beside: Node) -> None:
    """Write the marked sentence over an item's title, what it is found by and its ties, past all forms and actions."""
    words = sentence(node.kind, "title")
    Node.objects.filter(pk=node.pk).update(title=words)
    SearchText.objects.filter(node=node).update(body=f"{node.code}\n{words}")
    Link.objects.filter(target=node).update(note=words)
    link(by=None, source=node, target=beside, relation=Relation.SUPPORTS, note=" ".join(said(node.kind)[:1]))


def _fill(node: Node) -> None:
    """Write it into every text of the item's row and of its parts."""
    for table, way in tables(node.kind).items():
        rows = table._default_manager.filter(**{way: node})
        assert rows, f"{table.__name__} has no row of {node.kind}"
        stay = NOUNS[node.kind].stays if way == "node" else ()
        if way == "node" and NOUNS[node.kind].keeps_earlier:
            said_then = {"title": sentence(node.kind, "title"), "text": sentence(node.kind, "text")}
            EarlierText.objects.create(node=node, number=1, texts=said_then, changed_at=timezone.now())
        for row in rows:
            texts = [one for one in columns(table) if one.name not in stay]
            filled = {one.name: _with(getattr(row, one.name), sentence(node.kind, one.name), one) for one in texts}
            rows.filter(pk=row.pk).update(**filled)


def _with(value: Any, words: str, column: Any) -> Any:
    """What a column holds once the words stand in it."""
    if isinstance(column, JSONField):
        return {**value, "words": [words]}
    return words[: column.max_length] if column.max_length else words


def _tables() -> dict[str, str]:
    """Every value of every table but the audit trail, by table."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != TRAIL and (not table.startswith("provenance_search") or table == "provenance_searchtext"):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found[table] = "\n".join(str(value) for row in cursor.fetchall() for value in row)
    return found


def _take_back(house: House, kind: str) -> None:
    """Take an item back on its page."""
    node = house.nodes[kind]
    if kind in BY_ITS_AUTHOR:
        author = house.walker("")
        author.client = house.sent[kind].browser
        author.open(reverse("receipts:sent", args=[house.talk.code])).press("Give me four words")
        author.press("Open my receipt").open(reverse("receipts:withdraw", args=[node.code])).press("Yes, take it back")
    else:
        author = house.walker("mo")
        author.open(take_back_page(node)).press("Take it back")
    assert Node.objects.get(pk=node.pk).is_withdrawn, f"{kind}: {author.status} on {author.address}"


def _lists(house: House) -> dict[str, str]:
    """The lists as a stranger and a member see them."""
    return {f"{who}: {at}": house.walker(who).open(at).html for who in ("", "mo") for at in lists(house)}


def _all_that_can_be_read(house: House) -> dict[str, str]:
    """Every table, every page that a convenor reaches, every list, what search finds for each mark, and the dump."""
    search = reverse("search:search", args=[house.people.pell.slug])
    found = _lists(house) | pages(house.people.cora)
    for kind in NOUNS:
        html = house.walker("cora").open(f"{search}?words={mark(kind)}&kind=").html
        found[f"search for {kind}"] = html.replace(f'value="{mark(kind)}"', "")
    return {**found, **_tables(), "dump": dump(house.people.pell)}


@each_taken_back
def test_no_word_of_it_is_left(before_and_after: tuple[dict[str, str], dict[str, str]], kind: str) -> None:
    before, after = before_and_after
    earlier = [EarlierText] if NOUNS[kind].keeps_earlier else []
    for table in (*filter(columns, tables(kind)), Node, SearchText, *earlier):
        assert mark(kind) in before[table._meta.db_table]
    left = {place: re.findall(rf"{mark(kind)}\w*", text) for place, text in after.items()}
    assert {place: words for place, words in left.items() if words} == {}


@each_taken_back
def test_its_page_says_that_it_was_taken_back(house: House, before_and_after: object, kind: str) -> None:
    page = house.walker("").open(house.nodes[kind].get_absolute_url())
    assert page.status == 410
    assert page.reads("Taken back")


@pytest.mark.parametrize("kind", [*NOT_TAKEN_BACK, *BY_ITS_AUTHOR])
def test_what_cannot_be_taken_back_there_has_no_page_for_it(house: House, kind: str) -> None:
    with pytest.raises(NoReverseMatch):
        take_back_page(house.nodes[kind])
