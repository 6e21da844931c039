"""`weft trace` prints the thread of one item, each way."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import Cast, cast
from weft.cli import main
from weft.provenance.actions import record
from weft.provenance.models import Node, Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def thread(people: Cast) -> dict[str, Node]:
    """A gap and a source behind a finding; a problem rests on the finding and on the gap itself."""

    def made(kind: str, code: str, title: str, *sources: tuple[Node, str]) -> Node:
        with transaction.atomic():
            return record(by=people.lena, kind=kind, programme=people.pell, title=title, code=code, sources=sources)

    gap = made("gap", "S-22222", "We swim less")
    source = made("source", "E-22222", "A survey")
    finding = made("finding", "F-22222", "Pools close", (gap, Relation.SUPPORTS), (source, Relation.CONTRADICTS))
    problem = made("problem", "P-22222", "Nowhere to go", (finding, Relation.INFORMS), (gap, Relation.QUOTES))
    return {"gap": gap, "source": source, "finding": finding, "problem": problem}


def test_it_prints_a_tree_each_way(thread: dict[str, Node], capsys: pytest.CaptureFixture) -> None:
    assert main(["trace", "f-22222"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "F-22222  finding  Pools close",
        "",
        "Where this comes from: 2 items",
        "  supports: S-22222  gap  We swim less",
        "  contradicts: E-22222  source  A survey",
        "",
        "What came of this: 1 item",
        "  informs: P-22222  problem  Nowhere to go",
    ]


def test_what_is_met_again_is_not_followed_again(thread: dict[str, Node], capsys: pytest.CaptureFixture) -> None:
    main(["trace", "[[S-22222]]", "--direction", "down"])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "What came of this: 2 items",
        "  supports: F-22222  finding  Pools close",
        "    informs: P-22222  problem  Nowhere to go",
        "  quotes: P-22222  problem  Nowhere to go",
    ]


def test_json_holds_items_and_links(thread: dict[str, Node], capsys: pytest.CaptureFixture) -> None:
    assert main(["trace", "P-22222", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["programme"], found["code"], found["down"]["items"]) == ("pell", "P-22222", [])
    assert {item["code"] for item in found["up"]["items"]} == {"F-22222", "S-22222", "E-22222"}
    assert {"source": "E-22222", "target": "F-22222", "relation": "contradicts", "note": ""} in found["up"]["links"]
    assert len(found["up"]["links"]) == 4
    assert found["up"]["truncated"] is False


def test_a_withdrawn_item_shows_no_words(thread: dict[str, Node], capsys: pytest.CaptureFixture) -> None:
    Node.objects.filter(pk=thread["gap"].pk).update(withdrawn_at=timezone.now())
    main(["trace", "F-22222"])
    printed = capsys.readouterr().out
    assert "S-22222  gap  (withdrawn)" in printed
    assert "We swim less" not in printed


def test_the_bound_is_said(thread: dict[str, Node], capsys: pytest.CaptureFixture) -> None:
    main(["trace", "P-22222", "--limit", "1"])
    assert "(cut off at 1 items)" in capsys.readouterr().out


def test_an_unknown_code_is_refused(people: Cast, capsys: pytest.CaptureFixture) -> None:
    assert main(["trace", "F-99999", "--programme", "pell"]) == 1
    assert capsys.readouterr().err == "weft trace: nothing has the code F-99999 in pell.\n"


def test_a_code_of_two_programmes_asks_which(people: Cast, thread: dict[str, Node], capsys) -> None:
    with transaction.atomic():
        record(by=None, kind="finding", programme=people.other, title="Elsewhere", code="F-22222")
    assert main(["trace", "F-22222"]) == 1
    assert "--programme" in capsys.readouterr().err
    assert main(["trace", "F-22222", "--programme", "other"]) == 0
    assert capsys.readouterr().out.startswith("F-22222  finding  Elsewhere")
