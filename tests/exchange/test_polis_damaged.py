"""Damaged Polis exports: each ends in one sentence that names file, row and column, and in no other error."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.errors import ExchangeError
from weft.exchange.polis import Comment, Participant, PolisExport, Votes, read_polis, write_polis

GOOD = {
    "summary.csv": "topic,Parks\nvoters,2\n",
    "comments.csv": (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '1500000000000,x,4,a,2,0,1,"Two\nlines"\n1500000000000,x,7,a,0,1,-1,One\n'
    ),
    "votes.csv": (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "1500000000001,x,4,a,1\n1500000000002,x,7,a,-1\n1500000000003,x,4,b,1\n"
    ),
    "participants-votes.csv": (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,4,7\na,0,2,2,1,1,1,-1\nb,,0,1,1,0,1,\n"
    ),
}


def written(folder: Path, **changed: bytes | str | None) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (GOOD | {f"{key.replace('_', '-')}.csv": value for key, value in changed.items()}).items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def good(name: str, old: str, new: str) -> str:
    assert old in GOOD[name]
    return GOOD[name].replace(old, new, 1)


def read_or_refused(folder: Path) -> PolisExport | None:
    """The export, or none if it was refused in one sentence that names the file; any other error goes through."""
    sentence = ""
    try:
        return read_polis(folder)
    except ExchangeError as error:
        sentence = str(error)
    assert sentence.startswith(str(folder))
    assert sentence.endswith(".")
    return None


def test_the_undamaged_export_is_read(tmp_path):
    export = read_polis(written(tmp_path))
    assert export.votes.vote.tolist() == [1, -1, 1]


C, V, M, S = "comments", "votes", "participants_votes", "summary"
DAMAGE = [
    (V, good("votes.csv", "4,a,1", "4,a,2"), 2, "vote", "vote must be 1, 0 or -1, got 2."),
    (V, good("votes.csv", "4,a,1", "4,a,"), 2, "vote", "vote must be 1, 0 or -1, got nothing."),
    (V, good("votes.csv", "4,b,1", "4,b,1.0"), 4, "vote", "vote must be 1, 0 or -1, got 1.0."),
    (V, good("votes.csv", "7,a", "8,a"), 3, "comment-id", "must be the id of a comment in comments.csv, got 8."),
    (V, good("votes.csv", "4,b", "4,c"), 4, "voter-id", "participant c is not in participants-votes.csv."),
    (V, good("votes.csv", "4,b", "4,"), 4, "voter-id", "voter-id must be given, got nothing."),
    (V, good("votes.csv", ",x,7,a,-1", ",x,7,a"), 3, None, "the row has 4 columns, the first row has 5."),
    (V, good("votes.csv", ",x,7,a,-1", ",x,7,a,-1,"), 3, None, "the row has 6 columns, the first row has 5."),
    (V, good("votes.csv", "1500000000002", "yesterday"), 3, "timestamp", "must be a whole number, got yesterday."),
    (V, good("votes.csv", "1500000000002", "1_500"), 3, "timestamp", "must be a whole number, got 1_500."),
    (V, good("votes.csv", "1500000000002", "9" * 15), 3, "timestamp", "must be before the year 10000"),
    (V, good("votes.csv", "1500000000002", "9" * 5000), 3, "timestamp", "must be a whole number, got 999"),
    (V, good("votes.csv", "1500000000002", "1500000002"), 3, "timestamp", "in milliseconds like the others"),
    (C, good("comments.csv", "x,7", "x,7").replace("1500000000000", "1500"), 2, "timestamp", "seconds and after 1972"),
    (V, good("votes.csv", "voter-id,vote", "voter-id"), None, None, "has no column vote."),
    (V, good("votes.csv", "datetime", "vote"), 1, None, "column vote is there twice."),
    (V, good("votes.csv", "7,a", "7\0,a"), 3, None, "the row holds a NUL character."),
    (V, good("votes.csv", "7,a", '"7,a'), 3, None, "a quoted text is never closed."),
    (V, good("votes.csv", "x,7", '"x"y,7'), 3, None, "expected after"),
    (V, good("votes.csv", "\n1500000000002", "\n\n1500000000002"), 4, None, "the row above is blank."),
    (V, "\n" + GOOD["votes.csv"], 2, None, "the row above is blank."),
    (V, GOOD["votes.csv"] + "\n1500000000003,x,4,b,1\n", 6, None, "the row above is blank."),
    (V, "", None, None, "is empty."),
    (V, "\n\n", None, None, "is empty."),
    (V, GOOD["votes.csv"].encode("utf-16"), 1, None, "is not UTF-8 at byte 0."),
    (C, b"comment-id,moderated,comment-body\n4,1,caf\xc3\xa9\n7,1,caf\xe9\n", 3, None, "is not UTF-8 at byte 51."),
    (C, good("comments.csv", "x,7,a", "x,4,a"), 3, "comment-id", "comment 4 is listed twice."),
    (C, good("comments.csv", "x,7,a", "x,,a"), 3, "comment-id", "comment-id must be given, got nothing."),
    (C, good("comments.csv", ",-1,One", ",2,One"), 3, "moderated", "moderated must be -1, 0 or 1, got 2."),
    (C, good("comments.csv", "moderated", "moderate"), None, None, "has no column moderated."),
    (C, good("comments.csv", "comment-id", "id"), None, None, "has no column comment-id."),
    (C, good("comments.csv", "a,0,1", "a,many,1"), 3, "agrees", "agrees must be a whole number, got many."),
    (C, good("comments.csv", "One", "1" * 100_001), 3, "comment-body", "the text has 100001 characters"),
    (C, good("comments.csv", "One", "1" * 200_000), 3, None, "a text is longer than can be read."),
    (C, good("comments.csv", "datetime", "is-meta"), 2, "is-meta", "is-meta must be true or false, got x."),
    (M, good("participants-votes.csv", "1,1,1,-1", "1,1,1,x"), 2, "7", "vote must be 1, 0, -1 or empty, got x."),
    (M, good("participants-votes.csv", "\nb,", "\na,"), 3, "participant", "participant a is listed twice."),
    (M, good("participants-votes.csv", "\nb,", "\n,"), 3, "participant", "participant must be given, got nothing."),
    (M, good("participants-votes.csv", ",4,7", ",4,9"), 1, "9", "must be the id of a comment in comments.csv, got 9."),
    (M, good("participants-votes.csv", ",4,7", ",4,4"), 1, None, "column 4 is there twice."),
    (M, good("participants-votes.csv", "1,1,1,-1", "1,1,1,0"), 2, "7", "the vote is 0, but the last vote in votes.csv"),
    (M, good("participants-votes.csv", "1,0,1,", "1,0,,"), 3, "4", "there is no vote, but the last vote in votes.csv"),
    (M, good("participants-votes.csv", "1,0,1,", "1,0,1,1"), 3, "7", "the vote is 1, but votes.csv has no vote there."),
    (M, "participant,4\na,1\nb,1\n", None, None, "has no column for statement 7, on which votes.csv has votes."),
    (M, good("participants-votes.csv", "a,0,2,2", "a,0,2,two"), 2, "n-votes", "must be a whole number, got two."),
    (S, "topic,Parks\ntopic,Play\n", 2, None, "topic is listed twice."),
    (S, "topic,Parks\n,Play\n", 2, None, "the name is missing."),
    (S, "topic,Parks,more\n", 1, None, "the row has 3 columns, expected a name and a value."),
    (S, "", None, None, "is empty."),
]


@pytest.mark.parametrize(("file", "text", "row", "column", "sentence"), DAMAGE)
def test_damage_is_refused_and_placed(tmp_path, file, text, row, column, sentence):
    folder = written(tmp_path, **{file: text})
    with pytest.raises(ExchangeError) as caught:
        read_polis(folder)
    error = caught.value
    assert (error.row, error.column) == (row, column)
    assert error.file == str(folder / f"{file.replace('_', '-')}.csv")
    assert sentence in str(error)
    assert str(error).startswith(error.file)
    assert "\n" not in str(error)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ExchangeError, match=r"holds no comments\.csv\.$"):
        read_polis(written(tmp_path / "one", comments=None))
    with pytest.raises(ExchangeError, match=r"holds neither participants-votes\.csv nor votes\.csv\.$"):
        read_polis(written(tmp_path / "two", votes=None, participants_votes=None))
    with pytest.raises(ExchangeError, match="cannot be read: No such file or directory"):
        read_polis(tmp_path / "nowhere")


def test_many_rows_and_blank_lines_at_the_end_are_read(tmp_path):
    rows = "".join(f"1500000000003,x,4,{number},1\n" for number in range(1200))
    people = "participant,4\n" + "".join(f"{number},1\n" for number in range(1200))
    heading = GOOD["votes.csv"].splitlines()[0] + "\n"
    export = read_polis(written(tmp_path, votes=heading + rows + "\n" * 700, participants_votes=people))
    assert len(export.votes) == 1200
    with pytest.raises(ExchangeError, match=r"row 1103, column vote: vote must be 1, 0 or -1, got 5\.$"):
        read_polis(written(tmp_path, votes=heading + rows.replace(",1101,1", ",1101,5"), participants_votes=people))


def test_summary_and_one_file_of_votes_may_be_missing(tmp_path):
    assert read_polis(written(tmp_path / "one", summary=None, votes=None)).summary == {}
    assert len(read_polis(written(tmp_path / "two", participants_votes=None)).votes) == 3


def test_two_exports_in_one_folder_are_refused(tmp_path):
    folder = written(tmp_path, comments=None, one_comments=GOOD["comments.csv"], two_comments=GOOD["comments.csv"])
    with pytest.raises(ExchangeError, match=r"holds more than one comments\.csv: one-comments"):
        read_polis(folder)


def test_a_row_without_end_is_refused_before_it_is_held(tmp_path):
    folder = written(tmp_path, votes=b"comment-id,voter-id,vote\n" + b"4," * 9_000_000)
    with pytest.raises(ExchangeError, match="row 2: the row is longer than 16000000 characters"):
        read_polis(folder)


def test_a_raised_csv_limit_elsewhere_does_not_let_huge_texts_in(tmp_path):
    before = csv.field_size_limit(10**9)
    try:
        with pytest.raises(ExchangeError, match="the text has 200000 characters"):
            read_polis(written(tmp_path, comments=good("comments.csv", "One", "1" * 200_000)))
    finally:
        csv.field_size_limit(before)


@settings(max_examples=120, deadline=None)
@given(
    name=st.sampled_from(sorted(GOOD)),
    at=st.integers(0, 250),
    drop=st.integers(0, 5),
    put=st.binary(max_size=4) | st.sampled_from([b",", b"\n", b'"', b"\r", b"\0", b"9", b"-1", b"\xef\xbb\xbf"]),
)
def test_any_damage_ends_in_the_one_error_or_is_read(tmp_path_factory, name, at, drop, put):
    folder = written(tmp_path_factory.mktemp("damage"))
    data = GOOD[name].encode()
    (folder / name).write_bytes(data[:at] + put + data[at + drop :])
    export = read_or_refused(folder)
    if export is not None:
        write_polis(export, folder / "again")
        assert read_polis(folder / "again") == export


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(GOOD)), data=st.binary(max_size=200))
def test_any_bytes_end_in_the_one_error_or_are_read(tmp_path_factory, name, data):
    folder = written(tmp_path_factory.mktemp("bytes"))
    (folder / name).write_bytes(data)
    read_or_refused(folder)


def export_of(**changed) -> PolisExport:
    columns = {"participant": [0], "statement": [0], "vote": [1], "time_ms": [1_500_000_000_000]}
    columns |= changed.pop("columns", {})
    kinds = {"participant": np.int32, "statement": np.int32, "vote": np.int8, "time_ms": np.int64}
    votes = Votes(**{name: np.array(values, kinds[name]) for name, values in columns.items()}, history=True)
    export = PolisExport({"topic": "Parks"}, (Comment("4", "Trees", 1),), (Participant("a"),), votes)
    return replace(export, **changed)


UNWRITABLE = [
    ({"comments": (Comment("4", "", 1), Comment("4", "", 1))}, "row 3, column comment-id: 4 cannot be an id here"),
    ({"comments": (Comment("n-votes", "", 1),)}, "n-votes cannot be an id here"),
    ({"participants": (Participant(""),)}, "row 2, column participant: nothing cannot be an id here"),
    ({"columns": {"participant": [1]}}, "row 2, column voter-id: 1 is out of range 0..0."),
    ({"columns": {"statement": [-1]}}, "row 2, column comment-id: -1 is out of range 0..0."),
    ({"columns": {"vote": [2]}}, "row 2, column vote: 2 is out of range -1..1."),
    ({"columns": {"time_ms": [12]}}, "row 2, column timestamp: 12 milliseconds is not between 1973 and 9999."),
    ({"comments": (Comment("4", "a\0b", 1),)}, "row 2: a text holds a NUL character"),
    ({"comments": (Comment("4", "\ud800", 1),)}, r"cannot be written: \ud800 is no character of a text."),
    ({"summary": {"": "x"}}, "has a value without a name."),
]


@pytest.mark.parametrize(("changed", "sentence"), UNWRITABLE)
def test_what_could_not_be_read_back_is_not_written(tmp_path, changed, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_polis(export_of(**changed), tmp_path)
    assert sentence in str(caught.value)
    assert not list(tmp_path.glob("*votes.csv"))
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_polis(export_of(), tmp_path / "file" / "folder")
