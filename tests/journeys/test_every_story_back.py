"""Every story of the demo is taken back, one after another: each page stays whole, and no word of any is left."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from django.db import transaction
from django.test import Client
from lxml import etree
from pytest_django import DjangoDbBlocker

from tests.programme_file.files import loaded
from weft.core.text import Runs
from weft.listen.receipts.actions import withdraw_participant
from weft.listen.stories.models import Story
from weft.provenance.models import Mask, Node

pytestmark = [pytest.mark.long, pytest.mark.sqlite]
UNKNOWN_TAG = 801  # of an older HTML, to which `main` is none
SAID_IN = {"title", "content", "aria-label"}  # attributes in which the title of an item is said as plain text

GONE = "words taken back"
FEW = 4  # words that others may say too


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded((files("weft.programme_file") / "demo.yaml").read_text("utf-8"))
        yield
        transaction.set_rollback(True)


def faults_of(page: str) -> list[str]:
    """What is wrong with the markup of a page: tags that do not close, and marks where they are no text."""
    parser = etree.HTMLParser()
    tree = etree.fromstring(page, parser)
    faults = [str(one.message) for one in parser.error_log if one.type != UNKNOWN_TAG]
    for element in tree.iter(etree.Element):
        faults += [
            f"{name}: {value}" for name, value in element.attrib.items() if GONE in value and name not in SAID_IN
        ]
        if element.tag not in {"script", "style"}:
            said = [element.text or "", *(child.tail or "" for child in element)]
            faults += [text for text in said if re.search(r"</?\w|weft-redacted|; mark \w{5}\)\w", text)]
    return faults


def changed_by(story: Story) -> list[str]:
    """The pages of a story, and of what a mark stands in since it was taken back."""
    marked = Mask.objects.filter(node=story.node_id).values_list("place", flat=True)
    return [node.get_absolute_url() for node in Node.objects.filter(pk__in=[story.node_id, *filter(None, marked)])]


def test_each_page_stays_whole_and_no_word_is_left(town: None, db: None) -> None:
    reader, told = Client(), {story.pk: Runs.of(story.whole) for story in Story.every.all()}
    assert len(told) > 50
    for story in Story.every.select_related("node", "participant__conversation").order_by("told_at", "pk"):
        withdraw_participant(by=None, participant=story.participant)
        for address in changed_by(story):
            page = reader.get(address)
            assert page.status_code in {200, 404, 410}, address
            assert faults_of(page.content.decode()) == [], f"{address} after {story.node.code}"
    assert not Story.every.exclude(text="").exists()
    assert Mask.objects.exists()
    everywhere = [node.get_absolute_url() for node in Node.objects.filter(withdrawn_at=None)]
    for address in ("/", "/pell-coast/", "/pell-coast/long-summer/", "/pell-coast/report/", *everywhere):
        page = reader.get(address).content.decode()
        assert faults_of(page) == [], address
        words = re.sub(r"<[^>]*>", " ", page)
        assert not [pk for pk, runs in told.items() if runs.size > FEW and runs.spans(words)], address
