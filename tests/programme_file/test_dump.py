"""A dump is the same every time, makes the same programme, and holds nothing that was taken back."""

import pytest
from django.db import transaction

from tests.programme_file.files import SMALL, changed, dumped_from_empty, loaded
from weft.core.errors import Refused
from weft.filing.lines import parse
from weft.filing.writing import keys_for
from weft.frame.problems.actions import write_problem, write_version
from weft.frame.problems.models import ProblemStatement
from weft.listen.conversations.models import Participant, Statement
from weft.listen.receipts.actions import withdraw_participant
from weft.listen.receipts.queries import words_for
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme
from weft.programme_file.dump import dump
from weft.provenance.items import Origin
from weft.provenance.models import Link, Node
from weft.sense.findings.actions import edit_finding, make_finding
from weft.sense.maps.actions import check_map
from weft.sense.maps.models import OpinionMap
from weft.share.reports.models import Edition
from weft.share.responses.models import Promise

pytestmark = pytest.mark.django_db


def test_loading_twice_into_empty_databases_gives_the_same() -> None:
    assert dumped_from_empty(SMALL) == dumped_from_empty(SMALL)


def test_a_dump_loaded_again_dumps_the_same_bytes() -> None:
    first = dumped_from_empty(SMALL)
    assert dumped_from_empty(first) == first


def state() -> dict[str, object]:
    """What a programme is, without the numbers that a database gives."""
    links = Link.objects.filter(withdrawn_at=None).values_list("source__code", "target__code", "relation", "note")
    nodes = Node.objects.values_list("code", "kind", "title", "visibility", "made_at", "withdrawn_at", "made_by__email")
    votes = Statement.objects.values_list("node__code", "votes__participant__number", "votes__choice", "votes__cast_at")
    edition = Edition.objects.get()
    return {
        "links": sorted(links),
        "nodes": sorted(nodes, key=lambda row: row[0]),
        "votes": sorted(votes, key=str),
        "hash": edition.content_hash,
        "content": edition.content,
        "carried": list(edition.carried.order_by("id").values_list("group", "people", "carried", "answer")),
    }


def test_a_dump_makes_the_same_programme() -> None:
    with transaction.atomic():
        written = dump(loaded())
        before = state()
        transaction.set_rollback(True)
    loaded(written)
    after = state()
    assert after == before


def turned_round(programme: Programme) -> ProblemStatement:
    """A problem whose first version cites a finding that has come to rest on the problem since."""
    team, mo = programme.teams.get(slug="summer"), User.objects.get(email="mo@example.org")
    finding = make_finding(by=mo, of=team, title="The bus is dear", origin=Origin(code="F-7777")).node
    origin = Origin(code="P-7777")
    written = write_problem(by=mo, of=team, title="Fares", text="The bus costs [[F-7777]].", origin=origin)
    write_version(by=mo, row=written, revision=1, title="Getting there", text="It is far.", why="Not the fare alone.")
    edit_finding(by=mo, row=finding.finding, title="The bus is dear", text="It follows from [[P-7777]].", revision=1)
    return written


def test_what_an_old_version_cited_may_rest_on_the_problem_by_now() -> None:
    with transaction.atomic():
        turned_round(programme := loaded())
        before, written = state(), dump(programme)
        transaction.set_rollback(True)
    assert dumped_from_empty(written) == written
    loaded(written)
    assert state() == before
    texts = [one.text for one in ProblemStatement.objects.get(node__code="P-7777").versions.all()]
    assert texts == ["The bus costs [[F-7777]].", "It is far."]
    ties = Link.objects.filter(withdrawn_at=None).values_list("source__code", "target__code")
    assert ("P-7777", "F-7777") in ties
    assert ("F-7777", "P-7777") not in ties


def test_an_old_tie_that_would_be_a_circle_by_now_does_not_stand_again() -> None:
    problem = turned_round(loaded())
    with pytest.raises(Refused, match="F-7777 itself came of P-7777"):
        write_version(by=None, row=problem, revision=2, title="Fares", text="The bus costs [[F-7777]].")
    assert problem.versions.count() == 2


def test_withdrawn_words_are_in_no_dump() -> None:
    written = dump(loaded())
    for words in ("keeps us away from the pool", "last red bus on Friday", "Elsewhere it did not hold", "A father"):
        assert words in SMALL
        assert words not in written
    taken_back = parse(written, "dump.yaml").data["tombstones"]
    assert {one["code"] for one in taken_back} == {"Y-2222", "Q-2222", "T-7777", "F-3333"}


def test_whoever_takes_everything_back_leaves_nothing_in_the_dump() -> None:
    with transaction.atomic():
        programme = loaded()
        withdraw_participant(by=None, participant=Participant.objects.get(number=6))
        written = dump(programme)
        transaction.set_rollback(True)
    assert "queued in the rain" not in written
    assert dumped_from_empty(written) == written


def test_receipts_and_maps_still_work_after_a_dump() -> None:
    written = dumped_from_empty(SMALL)
    assert "first" not in {word for line in written.split("\n") for word in line.split()}
    programme = loaded(written)
    assert len(words_for("first", programme.conversations.get())) == 4
    assert check_map(by=None, row=OpinionMap.objects.get(node__code="N-2222")).is_same_input


def test_text_comes_back_as_it_was() -> None:
    odd = "“No” – يوم\n\n  - a list: no?\n# not a comment\n\ttab 🧶 'x' \"y\" &z *a !b %c @d"
    text = SMALL.replace("    Found **together**.\n\n    In two paragraphs.", "    " + odd.replace("\n", "\n    "))
    written = dumped_from_empty(text)
    programme = loaded(written)
    assert programme.about == odd
    assert parse(written, "dump.yaml").data["programme"]["about"] == odd


def test_people_are_called_by_their_address() -> None:
    assert keys_for({1: "Lena.Hart@example.org", 2: "mo@a.org", 3: "mo@b.org"}) == {
        1: "lena.hart",
        2: "mo-a.org",
        3: "mo-b.org",
    }


def test_a_remark_on_a_promise_keeps_its_day_however_late_the_dump_is_loaded() -> None:
    text = changed("by_on: 2026-10-01, kept_on: 2026-09-30, update: Done.", "by_on: 2199-10-01, update: They begin.")
    programme = loaded(text)
    told = Promise.objects.get(update="They begin.")
    written = dump(programme).partition("update: They begin.")[2].partition("}")[0]
    assert f"updated_on: {told.updated_on}" in written
