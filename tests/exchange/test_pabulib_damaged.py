"""Damaged Pabulib files: each ends in one sentence that names file, row and column, and in no other error."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.errors import ExchangeError
from weft.exchange.pabulib import Ballots, Column, Election, Project, read_pabulib, write_pabulib
from weft.exchange.pabulib.model import TEXTS

GOOD = (
    "META\nkey;value\ndescription;Two\nbudget;100\nvote_type;cumulative\n"
    "PROJECTS\nproject_id;cost;name\na;10;Trees\nb;20.5;Benches\n"
    "VOTES\nvoter_id;age;vote;points\n1;30;a,b;2,1\n2;;b;3\n3;40;;\n"
)


def good(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "election.pb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_undamaged_file_is_read(tmp_path):
    assert len(read_pabulib(written(tmp_path, GOOD)).ballots) == 3


DAMAGE = [
    ("", None, None, "is empty."),
    ("\n\n", None, None, "is empty."),
    ("a;b\n", 1, None, "the file must begin with META."),
    ("META\n", None, None, "has no rows in section META."),
    (GOOD[: GOOD.index("PROJECTS")], None, None, "has no section PROJECTS."),
    (GOOD[: GOOD.index("VOTES")], None, None, "has no section VOTES."),
    (GOOD[: GOOD.index("voter_id")], None, None, "has no rows in section VOTES."),
    (good("PROJECTS", "VOTES"), 6, None, "section VOTES is out of place."),
    (GOOD + "VOTES\n", 15, None, "section VOTES is out of place."),
    (good("key;value", "key;text"), None, None, "has no column value."),
    (good("budget;100", "money;100"), None, None, "has no budget in section META."),
    (good("vote_type", "type"), None, None, "has no vote_type in section META."),
    (good("description", "budget"), 4, "key", "budget is listed twice."),
    (good("description", ""), 3, "key", "the key is missing."),
    (good("description;Two", "description"), 3, None, "the row has 1 columns, the first row has 2."),
    (good("budget;100", "budget;-1"), 4, "value", "budget must be a number of 0 or more, got -1."),
    (good("budget;100", "budget;1e9"), 4, "value", "budget must be a number of 0 or more, got 1e9."),
    (good("budget;100", "budget;NaN"), 4, "value", "budget must be a number of 0 or more, got NaN."),
    (good("cumulative", "guess"), 5, "value", "vote_type must be one of approval, choose-1, cumulative"),
    (good("project_id;cost", "id;cost"), None, None, "has no column project_id."),
    (good("cost;name", "cost;cost"), 7, None, "column cost is there twice."),
    (good("b;20.5", "a;20.5"), 9, "project_id", "project a is listed twice."),
    (good("b;20.5", ";20.5"), 9, "project_id", "nothing cannot be an id."),
    (good("b;20.5", '"b,c";20.5'), 9, "project_id", "b,c cannot be an id."),
    (good("b;20.5", "b;-20"), 9, "cost", "cost must be a number of 0 or more, got -20."),
    (good("b;20.5", "b;1.2.3"), 9, "cost", "cost must be a number of 0 or more, got 1.2.3."),
    (good("b;20.5", "b;" + "9" * 5000), 9, "cost", "cost must be a number of 0 or more, got 999"),
    (good("b;20.5;", "b;20.5;;"), 9, None, "the row has 4 columns, the first row has 3."),
    (good("age;vote;points", "age;points"), None, None, "has no column vote."),
    (good("age;vote;points", "age;vote;p"), None, None, "has no column points."),
    (good("a,b;2,1", "a,c;2,1"), 12, "vote", "vote must be ids of projects, got c."),
    (good("a,b;2,1", "a,;2,1"), 12, "vote", "vote must be ids of projects, got nothing."),
    (good("a,b;2,1", "a,a;2,1"), 12, "vote", "the vote names project a twice."),
    (good("a,b;2,1", "a, a;2,1"), 12, "vote", "the vote names project a twice."),
    (good("a,b;2,1", "a,b;2"), 12, "points", "there are points for 1 projects, the vote names 2."),
    (good("b;3\n", "b;3,3\n"), 13, "points", "there are points for 2 projects, the vote names 1."),
    (good("a,b;2,1", "a,b;2,x"), 12, "points", "points must be numbers, got x."),
    (good("a,b;2,1", "a,b;2,"), 12, "points", "points must be numbers, got nothing."),
    (good("2;;b;3", "2;b;3"), 13, None, "the row has 3 columns, the first row has 4."),
    (good("2;;b;3", "2;\0;b;3"), 13, None, "the row holds a NUL character."),
    (good("2;;b;3", '2;";b;3'), 13, None, "a quoted text is never closed."),
    (good("2;;b;3", '2;"x"y;b;3'), 13, None, "expected after"),
    (good("Trees", "T" * 200_000), 8, None, "a text is longer than can be read."),
    (good("Trees", "caf\u00e9").encode("latin-1"), 8, None, "is not UTF-8 at byte"),
    (GOOD.encode("utf-16"), 1, None, "is not UTF-8 at byte 0."),
]


@pytest.mark.parametrize(("text", "row", "column", "sentence"), DAMAGE)
def test_damage_is_refused_and_placed(tmp_path, text, row, column, sentence):
    path = written(tmp_path, text)
    with pytest.raises(ExchangeError) as caught:
        read_pabulib(path)
    assert (caught.value.row, caught.value.column, caught.value.file) == (row, column, str(path))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_many_rows_with_blank_lines_are_read_and_a_late_fault_is_placed(tmp_path):
    rows = "".join(f"{number};;a;1\n" for number in range(4, 1200))
    assert len(read_pabulib(written(tmp_path, GOOD + rows + "\n" * 600 + "x;;b;1\n")).ballots) == 1200
    with pytest.raises(ExchangeError, match=r"row 1113, column vote: vote must be ids of projects, got z\.$"):
        read_pabulib(written(tmp_path, GOOD + "\n" + rows.replace("\n1101;;a", "\n1101;;z")))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="cannot be read: No such file or directory"):
        read_pabulib(tmp_path / "none.pb")


def read_or_refused(path: Path) -> Election | None:
    """The election, or none if it was refused in one sentence that names the file; any other error goes through."""
    sentence = ""
    try:
        return read_pabulib(path)
    except ExchangeError as error:
        sentence = str(error)
    assert sentence.startswith(str(path))
    assert sentence.endswith(".")
    return None


PIECES = [b";", b"\n", b'"', b"\r", b"\0", b"9", b"-1", b",", b"\xff", b"VOTES\n"]


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(GOOD)), drop=st.integers(0, 8), put=st.binary(max_size=4) | st.sampled_from(PIECES))
def test_any_damage_ends_in_the_one_error_or_is_read(tmp_path_factory, at, drop, put):
    folder = tmp_path_factory.mktemp("damage")
    data = GOOD.encode()
    election = read_or_refused(written(folder, data[:at] + put + data[at + drop :]))
    if election is not None:
        write_pabulib(election, folder / "again.pb")
        assert read_pabulib(folder / "again.pb") == election


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_the_one_error(tmp_path_factory, data):
    assert read_or_refused(written(tmp_path_factory.mktemp("bytes"), data)) is None


def election_of(**changed) -> Election:
    fields = {
        "meta": {"budget": "10", "vote_type": "approval"},
        "projects": (Project("a", Decimal(1)), Project("b", Decimal(2))),
        "voters": np.array(["1"], TEXTS),
        "ballots": ballots_of([0, 1]),
    }
    return Election(**(fields | changed))


def ballots_of(places, points=None, values=()) -> Ballots:
    given = None if points is None else np.array(points, np.int32)
    return Ballots(np.array([0, len(places)]), np.array(places, np.int32), given, tuple(values))


UNWRITABLE = [
    ({"meta": {"vote_type": "approval"}}, "META has no budget."),
    ({"meta": {"budget": "ten", "vote_type": "approval"}}, "budget must be a number of 0 or more, got ten."),
    ({"meta": {"budget": "1", "vote_type": "guess"}}, "vote_type must be one of approval"),
    ({"meta": {"budget": "1", "vote_type": "scoring"}}, "ballots of scoring and points do not go together."),
    ({"meta": {"budget": "1", "vote_type": "approval", " ": ""}}, "cannot be a key of META."),
    ({"projects": (Project("a", Decimal(1)), Project("a", Decimal(1)))}, "cannot be the id of a project"),
    ({"projects": (Project("a", Decimal(1)), Project("b,c", Decimal(1)))}, "b,c cannot be the id of a project"),
    ({"projects": (Project("a", Decimal(-1)), Project("b", Decimal(1)))}, "the cost of project a must be 0 or more"),
    ({"projects": (Project("a", Decimal("NaN")), Project("b", Decimal(1)))}, "the cost of project a must be 0 or more"),
    ({"projects": (Project("a", Decimal(1), {"cost": "1"}),)}, "project a has a column twice."),
    ({"voters": np.array(["1", "2"], TEXTS)}, "voters and ballots are not equally many."),
    ({"ballots": ballots_of([2])}, "a ballot names a project that is not there."),
    ({"ballots": ballots_of([1, 1])}, "a ballot names a project twice."),
    ({"voters": np.array(["a\0b"], TEXTS)}, "cannot be written: a text holds a NUL character."),
    ({"voters": np.array(["a" * 100_001], TEXTS)}, "cannot be written: a text is longer than 100000 characters."),
    ({"voters": np.array(["a" * 200_000], TEXTS)}, "cannot be written: field larger than field limit (131072)."),
]


@pytest.mark.parametrize(("changed", "sentence"), UNWRITABLE)
def test_what_could_not_be_read_back_is_not_written(tmp_path, changed, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_pabulib(election_of(**changed), tmp_path / "x.pb")
    assert sentence in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_repeated_voter_column_and_endless_points_are_not_written(tmp_path):
    with pytest.raises(ExchangeError, match="a column of voters is there twice"):
        write_pabulib(election_of(about={"vote": Column(("x",), np.zeros(1, np.int32))}), tmp_path / "x.pb")
    meta = {"budget": "1", "vote_type": "scoring"}
    endless = election_of(meta=meta, ballots=ballots_of([1], [0], [Decimal("Infinity")]))
    with pytest.raises(ExchangeError, match="Infinity points"):
        write_pabulib(endless, tmp_path / "x.pb")


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_pabulib(election_of(), tmp_path / "nowhere" / "x.pb")
