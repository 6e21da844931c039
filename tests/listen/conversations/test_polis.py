"""`weft import polis` and `weft export polis`."""

import os
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.voting import cast_vote
from weft.cli import main
from weft.exchange.polis import read_polis
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Moderation, Participant, Statement, Vote, VoteEvent
from weft.provenance.models import Node

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "polis"
SETS = ("15-per-hour-seattle", "vtaiwan.uberx", "scoop-hivemind.biodiversity", "american-assembly.bowling-green")

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body,is-meta
1403067224363,,10,7,2,0,1,"The pool, on Sundays",false
1403067224999,,11,8,0,1,-1,حافلة,true
1403067225000,,12,,0,0,0,🏊,false
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1403067300000,,10,a,1
1403067301000,,10,b,-1
1403067302000,,11,a,-1
1403067303000,,10,b,1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,10,11,12
a,0,0,2,1,1,1,-1,
b,,0,1,1,0,1,,
c,1,0,0,0,0,,,
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A small export with a changed vote, somebody who never voted, and a hidden statement."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "summary.csv").write_text(
        "topic,Swimming\nurl,https://pol.is/4abc\nconversation-description,What helps?\n"
    )
    (folder / "comments.csv").write_text(COMMENTS)
    (folder / "votes.csv").write_text(VOTES)
    (folder / "participants-votes.csv").write_text(MATRIX)
    return folder


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Conversation, Statement, Participant, Vote, VoteEvent, Node))


def test_what_is_brought_in(cast: Cast, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "polis", str(export), "--team", "pell/summer"]) == 0
    conversation = Conversation.objects.get()
    assert f"Imported as the conversation {conversation.code}" in capsys.readouterr().out
    assert (conversation.prompt, conversation.purpose) == ("Swimming", "What helps?")
    assert not conversation.is_open
    assert counts() == (1, 3, 3, 3, 4, 3)
    pool, bus, swim = Statement.objects.order_by("number")
    assert (pool.moderation, bus.moderation, swim.moderation) == (
        Moderation.SHOWN,
        Moderation.HIDDEN,
        Moderation.SHOWN,
    )
    assert (bus.is_meta, bus.text, swim.text) == (True, "حافلة", "🏊")
    assert bus.node.is_for_team
    a, b, c = Participant.objects.order_by("number")
    assert (a.external_id, a.external_group, b.external_group, c.external_group) == ("a", "0", "", "1")
    assert a.secret_hash is None
    assert a.arrived_by == "import"
    assert Vote.objects.get(participant=b).choice == 1
    assert list(VoteEvent.objects.filter(participant=b).order_by("pk").values_list("choice", flat=True)) == [-1, 1]


def test_the_same_again_changes_nothing(cast: Cast, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["import", "polis", str(export), "--team", "pell/summer"]
    main(command)
    before = counts()
    assert main(command) == 0
    assert "This export is here already" in capsys.readouterr().out
    assert counts() == before
    assert main(["import", "polis", str(export), "--team", "pell/company"]) == 0
    assert counts()[0] == 2


def test_a_later_export_of_the_same_conversation_is_refused(
    cast: Cast, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "polis", str(export), "--team", "pell/summer"])
    before = counts()
    (export / "votes.csv").write_text(VOTES.replace("10,b,1", "10,b,-1"))
    (export / "participants-votes.csv").write_text(MATRIX.replace("b,,0,1,1,0,1,,", "b,,0,1,0,1,-1,,"))
    assert main(["import", "polis", str(export), "--team", "pell/summer"]) == 1
    assert "would count people twice" in capsys.readouterr().err
    assert counts() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("votes.csv", "10,a,1", "10,a,7", ("votes.csv", "row 2", "column vote")),
        ("votes.csv", "11,a,-1", "99,a,-1", ("votes.csv", "row 4", "column comment-id")),
        ("comments.csv", "7,2,0,1", "7,2,0,9", ("comments.csv", "row 2", "column moderated")),
        ("participants-votes.csv", "1,-1,\n", "1,x,\n", ("participants-votes.csv", "row 2", "column 11")),
    ],
)
def test_a_damaged_row_is_named_and_nothing_is_written(
    cast: Cast, export: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, says: tuple[str, ...]
) -> None:
    path = export / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert main(["import", "polis", str(export), "--team", "pell/summer"]) == 1
    told = capsys.readouterr().err
    assert all(part in told for part in says)
    assert counts() == (0, 0, 0, 0, 0, 0)


def test_an_unknown_team_folder_or_conversation_is_said(
    cast: Cast, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "polis", str(export), "--team", "pell/nobody"]) == 1
    assert main(["import", "polis", str(tmp_path / "none"), "--team", "pell/summer"]) == 1
    assert main(["export", "polis", "none", str(tmp_path)]) == 1
    assert "there is no conversation none" in capsys.readouterr().err


def test_what_was_read_is_written(cast: Cast, export: Path, tmp_path: Path) -> None:
    main(["import", "polis", str(export), "--team", "pell/summer"])
    assert main(["export", "polis", Conversation.objects.get().code, str(tmp_path / "out")]) == 0
    assert read_polis(tmp_path / "out") == read_polis(export)


@pytest.mark.parametrize("without", ["votes.csv", "participants-votes.csv", "summary.csv"])
def test_what_was_read_is_written_from_fewer_files(cast: Cast, export: Path, tmp_path: Path, without: str) -> None:
    (export / without).unlink()
    main(["import", "polis", str(export), "--team", "pell/summer"])
    conversation = Conversation.objects.get()
    main(["export", "polis", conversation.code, str(tmp_path / "out")])
    written, read = read_polis(tmp_path / "out"), read_polis(export)
    assert (written.comments, written.participants, written.votes) == (read.comments, read.participants, read.votes)


@pytest.mark.parametrize("name", SETS[:3])
def test_real_sets_come_out_as_they_went_in(cast: Cast, tmp_path: Path, name: str) -> None:
    if not (SHARED / name).is_dir():
        pytest.skip(f"{SHARED / name} is not here")
    assert main(["import", "polis", str(SHARED / name), "--team", "pell/summer"]) == 0
    read = read_polis(SHARED / name)
    assert VoteEvent.objects.count() == len(read.votes)
    assert Vote.objects.count() == len(read.votes.last(len(read.comments)))
    main(["export", "polis", Conversation.objects.get().code, str(tmp_path / "out")])
    assert read_polis(tmp_path / "out") == read


def test_a_conversation_of_ones_own_is_written_too(cast: Cast, tmp_path: Path, talk: Talk) -> None:
    people = [talk.person() for _ in range(3)]
    for person in people:
        cast_vote(by=person, on=talk.cards[0], choice=1)
    cast_vote(by=people[0], on=talk.cards[0], choice=-1)
    actions.add_statement(by=people[1], conversation=talk.conversation, text="Mine")
    assert main(["export", "polis", "TIDE123", str(tmp_path / "out")]) == 0
    written = read_polis(tmp_path / "out")
    assert [one.body for one in written.comments] == [*(card.text for card in talk.cards), "Mine"]
    assert written.comments[3].author == "weft-2"
    assert written.votes.vote.tolist() == [1, 1, 1, -1]
    assert written.summary["url"].endswith("/c/tide123/")
