"""Polis exports: read, written, read again, and read by someone else."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.polis import NO_TIME, Comment, Participant, PolisExport, Votes, read_polis, write_polis

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SETS = {
    "15-per-hour-seattle": (339, 54, 2995),
    "american-assembly.bowling-green": (2031, 896, 225524),
    "scoop-hivemind.biodiversity": (536, 316, 29802),
    "vtaiwan.uberx": (1921, 197, 49997),
}
COMMENTS = "comment-id,moderated,agrees,disagrees\n4,1,2,0\n7,0,0,1\n"
VOTES = "timestamp,comment-id,voter-id,vote\n"


def naive_matrix(folder: Path) -> dict[tuple[str, str], int]:
    """The cells of participants-votes.csv, as anyone with the csv module reads them."""
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
        return {
            (row["participant"], statement): int(vote)
            for row in csv.DictReader(file)
            for statement, vote in row.items()
            if statement.isdigit() and vote
        }


def naive_last_votes(folder: Path) -> dict[tuple[str, str], int]:
    """The last row of votes.csv for each person and statement."""
    with (folder / "votes.csv").open(newline="", encoding="utf-8") as file:
        return {(row["voter-id"], row["comment-id"]): int(row["vote"]) for row in csv.DictReader(file)}


def matrix(export: PolisExport) -> dict[tuple[str, str], int]:
    votes = export.votes
    return {
        (export.participants[person].id, export.comments[statement].id): vote
        for person, statement, vote in zip(
            votes.participant.tolist(), votes.statement.tolist(), votes.vote.tolist(), strict=True
        )
    }


def folder_with(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture(params=SETS)
def real(request):
    folder = SHARED / "data" / "polis" / request.param
    if not folder.is_dir():
        pytest.skip("the shared data is not here")
    return folder


def test_every_real_set_is_read_whole(real):
    export = read_polis(real)
    assert (len(export.participants), len(export.comments), len(export.votes)) == SETS[real.name]
    assert matrix(export) == naive_matrix(real)
    assert export.votes.history == (real / "votes.csv").exists()
    assert export.source.agree_in_matrix == 1
    assert export.source.sign_from == "counts"
    assert [item.file for item in export.loss] == (["stats-history.csv"] if export.votes.history else [])


def test_real_comments_keep_their_text_author_time_and_state(real):
    export = read_polis(real)
    with (real / "comments.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["comment-id"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(export.comments)
    for comment in export.comments:
        row = rows[comment.id]
        assert (comment.body, comment.author) == (row["comment-body"], row["author-id"])
        assert (str(comment.created_ms), str(comment.moderated)) == (row["timestamp"], row["moderated"])
        assert comment.is_meta is None


def test_a_real_set_written_and_read_again_is_the_same(real, tmp_path):
    export = read_polis(real)
    assert write_polis(export, tmp_path) == ()
    again = read_polis(tmp_path)
    assert again == export
    assert again.loss == ()
    assert naive_matrix(tmp_path) == naive_matrix(real)
    if export.votes.history:
        assert naive_last_votes(tmp_path) == naive_last_votes(real)
    assert (tmp_path / "votes.csv").exists() == export.votes.history
    for name in ("group-id", "n-comments", "n-votes", "n-agree", "n-disagree"):
        assert column(tmp_path, name) == column(real, name)


def column(folder: Path, name: str) -> list[str]:
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_real_votes_stand_in_the_order_cast(real):
    votes = read_polis(real).votes
    assert (np.diff(votes.time_ms) >= 0).all()
    assert (votes.time_ms == NO_TIME).all() == (not votes.history)


def test_the_older_sign_is_found_from_the_counts_and_turned(tmp_path):
    votes = VOTES + "1500000000000,4,a,-1\n1500000000001,4,b,-1\n1500000000002,7,a,1\n"
    export = read_polis(folder_with(tmp_path, comments=COMMENTS, votes=votes))
    assert export.source.agree_in_votes == -1
    assert matrix(export) == {("a", "4"): 1, ("b", "4"): 1, ("a", "7"): -1}


def test_the_sign_of_votes_is_found_from_the_matrix(tmp_path):
    table = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,4,7\na,0,0,2,1,1,1,-1\nb,,0,1,1,0,1,\n"
    votes = VOTES + "1500000000000,4,a,-1\n1500000000001,4,b,-1\n1500000000002,7,a,1\n"
    folder_with(tmp_path, comments="comment-id,moderated\n7,0\n4,1\n", votes=votes, participants_votes=table)
    export = read_polis(tmp_path)
    assert (export.source.agree_in_votes, export.source.agree_in_matrix) == (-1, 1)
    assert export.votes.vote.tolist() == [1, 1, -1]
    assert [comment.id for comment in export.comments] == ["4", "7"]
    assert [person.group for person in export.participants] == ["0", None]


def test_a_matrix_of_the_older_sign_is_turned(tmp_path):
    table = "participant,n-agree,n-disagree,4,7\na,1,1,-1,1\nb,1,0,-1,\n"
    export = read_polis(folder_with(tmp_path, comments="comment-id,moderated\n4,1\n7,0\n", participants_votes=table))
    assert export.source.agree_in_matrix == -1
    assert matrix(export) == {("a", "4"): 1, ("a", "7"): -1, ("b", "4"): 1}


def test_without_any_counts_a_1_is_taken_for_agree_and_said_so(tmp_path):
    folder_with(tmp_path, comments="comment-id,moderated\n4,1\n", votes="comment-id,voter-id,vote\n4,a,1\n")
    export = read_polis(tmp_path)
    assert export.votes.vote.tolist() == [1]
    assert export.source.sign_from == "assumed"
    assert export.votes.time_ms.tolist() == [NO_TIME]


def test_seconds_are_found_and_become_milliseconds(tmp_path):
    comments = "timestamp,comment-id,moderated,is-meta\n1500000000,4,1,true\n,7,0,false\n"
    export = read_polis(folder_with(tmp_path, comments=comments, votes=VOTES + "1500000001,4,a,1\n"))
    assert export.source.time_unit == "seconds"
    assert export.votes.time_ms.tolist() == [1_500_000_001_000]
    assert [(c.created_ms, c.is_meta) for c in export.comments] == [(1_500_000_000_000, True), (None, False)]


def test_the_last_row_wins_when_times_run_backwards(tmp_path):
    votes = VOTES + "1500000000005,4,a,1\n1500000000001,4,a,0\n"
    export = read_polis(folder_with(tmp_path, comments=COMMENTS, votes=votes))
    assert export.source.order == "file"
    assert matrix(export) == {("a", "4"): 0}


def test_the_last_time_wins_when_the_matrix_sides_with_it(tmp_path):
    votes = VOTES + "1500000000005,4,a,1\n1500000000001,4,a,0\n"
    folder_with(tmp_path, comments=COMMENTS, votes=votes, participant_votes="participant,4,7\na,1,\n")
    export = read_polis(tmp_path)
    assert export.source.order == "time"
    assert export.votes.vote.tolist() == [0, 1]


def test_newer_names_with_a_prefix_a_bom_and_windows_line_ends_are_read(tmp_path):
    prefix = "2026-06-19-1201-3phdex2kjf"
    table = "\ufeffparticipant,group-id,xid,4,7\r\na,,x1,1,\r\n\r\n"
    (tmp_path / f"{prefix}-participant-votes.csv").write_text(table, encoding="utf-8", newline="")
    (tmp_path / f"{prefix}-votes.csv").write_text(VOTES + "1500000001,4,a,1", encoding="utf-8")
    (tmp_path / f"{prefix}-comments.csv").write_text("\ufeff" + COMMENTS, encoding="utf-8")
    (tmp_path / f"{prefix}-summary.csv").write_text('topic,"Parks, and ""play"""\n', encoding="utf-8")
    export = read_polis(tmp_path)
    assert export.summary == {"topic": 'Parks, and "play"'}
    assert matrix(export) == {("a", "4"): 1}
    assert [str(item) for item in export.loss] == [
        f"{prefix}-participant-votes.csv, column xid: left out. Weft has no place for this column."
    ]


def test_people_without_votes_and_statements_without_votes_are_kept(tmp_path):
    table = "participant,n-votes,4\na,0,\nb,1,0\n"
    export = read_polis(folder_with(tmp_path, comments=COMMENTS, participants_votes=table))
    assert [person.id for person in export.participants] == ["a", "b"]
    assert [comment.id for comment in export.comments] == ["4", "7"]
    write_polis(export, tmp_path / "out")
    assert read_polis(tmp_path / "out") == export


def test_without_a_matrix_people_come_by_first_vote_and_statements_by_number(tmp_path):
    comments = "comment-id,moderated\n10,1\n9,1\n"
    export = read_polis(folder_with(tmp_path, comments=comments, votes="comment-id,voter-id,vote\n10,b,1\n9,a,0\n"))
    assert [person.id for person in export.participants] == ["b", "a"]
    assert [comment.id for comment in export.comments] == ["9", "10"]


def test_figures_that_do_not_fit_the_votes_are_in_the_loss_report(tmp_path):
    table = "participant,n-comments,n-votes,n-agree,n-disagree,4\na,5,1,1,0,1\nb,0,9,1,0,1\n"
    export = read_polis(folder_with(tmp_path, comments=COMMENTS, participants_votes=table))
    assert [(item.where, item.kind, item.count) for item in export.loss] == [
        ("column n-comments", "changed", 1),
        ("column n-votes", "changed", 1),
    ]


def test_votes_are_equal_only_to_the_same_votes():
    one = votes_of([(0, 0, 1, 5)])
    assert one == votes_of([(0, 0, 1, 5)])
    assert one != votes_of([(0, 0, 0, 5)])
    assert one != votes_of([(0, 0, 1, 5)], history=False)
    assert one != "votes"


def votes_of(rows, history=True):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    kinds = (np.int32, np.int32, np.int8, np.int64)
    return Votes(*(column.astype(kind) for column, kind in zip(columns, kinds, strict=True)), history=history)


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
name = text.filter(bool)
moment = st.integers(1_000_000_000_000, 4_000_000_000_000)


@st.composite
def exports(draw):
    """Exports as Weft would hold them: votes in order of time, or final votes only."""
    ids = draw(st.lists(st.integers(0, 10**6).map(str), min_size=1, max_size=6, unique=True))
    comments = tuple(
        Comment(
            id=number,
            body=draw(text),
            moderated=draw(st.sampled_from([-1, 0, 1])),
            author=draw(st.none() | name),
            created_ms=draw(st.none() | moment),
            is_meta=draw(st.none() | st.booleans()),
        )
        for number in ids
    )
    names = draw(st.lists(name, min_size=1, max_size=6, unique=True))
    people = tuple(Participant(person, draw(st.none() | name)) for person in names)
    cast = st.tuples(st.integers(0, len(people) - 1), st.integers(0, len(ids) - 1), st.sampled_from([-1, 0, 1]), moment)
    history = draw(st.booleans())
    rows = sorted(draw(st.lists(cast, max_size=25)), key=lambda row: row[3])
    if not history:
        rows = sorted({row[:2]: (*row[:3], NO_TIME) for row in rows}.values())
    summary = draw(st.dictionaries(name, text, max_size=4))
    return PolisExport(summary, comments, people, votes_of(rows, history))


@settings(max_examples=80, deadline=None)
@given(export=exports())
def test_what_is_written_reads_back_the_same(tmp_path_factory, export):
    folder = tmp_path_factory.mktemp("polis")
    assert write_polis(export, folder) == ()
    again = read_polis(folder)
    assert again == export
    assert again.loss == ()
    assert naive_matrix(folder) == matrix(export)
    if export.votes.history:
        assert naive_last_votes(folder) == matrix(export)


@settings(max_examples=60, deadline=None)
@given(export=exports(), sign=st.sampled_from([1, -1]), seconds=st.booleans())
def test_files_of_either_sign_and_time_unit_read_to_the_same_votes(tmp_path_factory, export, sign, seconds):
    folder = tmp_path_factory.mktemp("polis")
    write_polis(export, folder)
    if export.votes.history:
        with (folder / "votes.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with (folder / "votes.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["timestamp", "comment-id", "voter-id", "vote"])
            for row in rows:
                stamp = int(row["timestamp"]) // (1000 if seconds else 1)
                writer.writerow([stamp, row["comment-id"], row["voter-id"], sign * int(row["vote"])])
    again = read_polis(folder)
    assert matrix(again) == matrix(export)
    assert again.participants == export.participants
