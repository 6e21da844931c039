"""Pabulib files: read, written, read again, and read by someone else."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.pabulib import Ballot, Ballots, Column, Election, Project, read_pabulib, write_pabulib
from weft.exchange.pabulib.model import TEXTS, VOTE_TYPES, WITH_POINTS

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "pabulib"
FILES = sorted(SHARED.glob("*.pb"))
ONE_PROJECT = (Project("a", Decimal(1)),)
SMALL = '''META
key;value
budget;100,50
vote_type;{vote_type}
PROJECTS
project_id;cost;name
a;10;Trees
b;20.25;"Benches; and ""tables"""
VOTES
voter_id;vote{more}
'''


def naive(path: Path) -> dict:
    """The three sections, as anyone with the csv module reads them."""
    sections, rows = {}, []
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.reader(file, delimiter=";"):
            if row in (["META"], ["PROJECTS"], ["VOTES"]):
                rows = sections[row[0]] = []
            elif row:
                rows.append(row)
    tables = {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in sections.items()}
    return tables | {"META": {row["key"]: row["value"] for row in tables["META"]}}


def small(path: Path, vote_type: str, rows: str, more: str = "") -> Path:
    file = path / "small.pb"
    file.write_text(SMALL.format(vote_type=vote_type, more=more) + rows, encoding="utf-8", newline="")
    return file


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def real(request):
    return request.param


@pytest.fixture(scope="module")
def election(real):
    """What is read of a real file, once for the tests of this file: they only look at it."""
    return read_pabulib(real)


@pytest.mark.skipif(not FILES, reason="the shared data is not here")
def test_real_files_are_there():
    assert len(FILES) == 8


def test_every_real_file_is_read_field_by_field(real, election):
    other = naive(real)
    assert election.meta == other["META"]
    assert election.warnings == ()
    assert election.loss == ()
    names = [project.id for project in election.projects]
    for project, row in zip(election.projects, other["PROJECTS"], strict=True):
        assert (project.id, project.cost) == (row.pop("project_id"), Decimal(row.pop("cost")))
        assert project.more == row
        assert project.name == row["name"]
    with_points = election.vote_type in WITH_POINTS
    for number, (ballot, row) in enumerate(zip(election.ballots, other["VOTES"], strict=True)):
        assert election.voters[number] == row.pop("voter_id")
        assert ",".join(names[place] for place in ballot.projects) == row.pop("vote")
        if with_points:
            assert list(ballot.points) == [Decimal(part) for part in row.pop("points").split(",")]
        else:
            assert ballot.points is None
        assert {name: column[number] for name, column in election.about.items()} == row


def test_real_files_agree_with_what_pabutools_recorded(real, election):
    recorded = json.loads((SHARED / "expected.json").read_text())["files"][real.name]
    assert election.vote_type == recorded["vote_type"]
    assert election.budget == Decimal(recorded["budget"])
    assert (len(election.projects), len(election.ballots)) == (recorded["num_projects"], recorded["num_votes"])


def test_a_real_file_written_is_the_same_file(real, election, tmp_path):
    assert write_pabulib(election, tmp_path / "out.pb") == ()
    assert read_pabulib(tmp_path / "out.pb") == election
    text = real.read_bytes().replace(b"\r\n", b"\n")
    assert (tmp_path / "out.pb").read_bytes() == text + (b"" if text.endswith(b"\n") else b"\n")


def test_groups_put_identical_ballots_together(election):
    ballots = election.ballots
    groups = ballots.groups()
    voters = np.concatenate([group.voters for group in groups])
    assert np.array_equal(np.sort(voters), np.arange(len(ballots)))
    for group in groups[:200]:
        assert {ballots[int(voter)] for voter in group.voters} == {group.ballot}
    assert len({group.ballot for group in groups}) == len(groups)


def test_decimals_are_exact_and_may_have_a_comma(tmp_path):
    election = read_pabulib(small(tmp_path, "approval", "1;a\n"))
    assert election.budget == Decimal("100.50")
    assert [project.cost for project in election.projects] == [Decimal(10), Decimal("20.25")]
    assert election.projects[1].name == 'Benches; and "tables"'


def test_empty_votes_are_kept(tmp_path):
    election = read_pabulib(small(tmp_path, "approval", '1;\n2;b,a\n3;""\n'))
    assert list(election.ballots) == [Ballot(()), Ballot((1, 0)), Ballot(())]
    assert [group.voters.tolist() for group in election.ballots.groups()] == [[0, 2], [1]]


def test_points_are_exact_and_equal_points_are_one_value(tmp_path):
    election = read_pabulib(small(tmp_path, "scoring", "1;a,b;0.10,-2\n2;b;0.1\n3;;\n", ";points"))
    assert list(election.ballots) == [
        Ballot((0, 1), (Decimal("0.1"), Decimal(-2))),
        Ballot((1,), (Decimal("0.1"),)),
        Ballot((), ()),
    ]
    assert len(election.ballots.values) == 2


def test_a_points_column_of_a_ranking_is_kept_as_it_stands(tmp_path):
    election = read_pabulib(small(tmp_path, "ordinal", "1;b,a;2,1\n", ";points"))
    assert list(election.ballots) == [Ballot((1, 0))]
    assert election.about["points"][0] == "2,1"


def test_a_bom_spaces_blank_lines_and_small_letters_are_read(tmp_path):
    text = SMALL.format(vote_type="approval", more="").replace("PROJECTS", "\nprojects").replace("\n", "\r\n")
    (tmp_path / "odd.pb").write_text("\ufeff" + text + " 1; b, a \r\n\r\n", encoding="utf-8", newline="")
    election = read_pabulib(tmp_path / "odd.pb")
    assert list(election.ballots) == [Ballot((1, 0))]
    assert election.voters.tolist() == [" 1"]


WARNED = [
    ("approval", "num_votes;2\n", "1;a\n", "META says num_votes is 2, the file has 1 votes."),
    ("approval", "num_projects;3\n", "1;a\n", "META says num_projects is 3, the file has 2 projects."),
    ("approval", "", "1;a\n1;b\n", "1 row has a voter_id that another row has too."),
    ("choose-1", "", "1;a,b\n", "1 row has more than one project, but vote_type is choose-1."),
    ("approval", "max_length;1\n", "1;a,b\n2;a\n", "1 ballots outside max_length 1."),
    ("approval", "min_length;1\n", "1;a,b\n2;\n", "1 ballots outside min_length 1."),
    ("approval", "max_sum_cost;20.25\n", "1;b\n2;a,b\n", "1 ballots outside max_sum_cost 20.25."),
    ("cumulative", "max_sum_points;3\n", "1;a,b;2,2\n2;a;3\n", "1 ballots outside max_sum_points 3."),
    ("scoring", "min_points;0\n", "1;a,b;-1,2\n", "1 points outside min_points 0."),
]


@pytest.mark.parametrize(("vote_type", "meta", "rows", "warning"), WARNED)
def test_what_does_not_fit_is_kept_and_warned_of(tmp_path, vote_type, meta, rows, warning):
    file = small(tmp_path, vote_type, rows, ";points" if vote_type in WITH_POINTS else "")
    file.write_text(file.read_text().replace("PROJECTS", meta + "PROJECTS"))
    election = read_pabulib(file)
    assert election.warnings == (warning,)
    assert len(election.ballots) == rows.count("\n")


def test_a_count_of_votes_that_does_not_fit_is_warned_of(tmp_path):
    file = small(tmp_path, "approval", "1;a\n")
    file.write_text(file.read_text().replace(";name", ";votes").replace("Trees", "2"))
    assert "The column votes does not fit the ballots for 2 of 2 projects." in read_pabulib(file).warnings


def test_elections_are_equal_only_when_all_is():
    one = election_of("scoring", [((0,), (Decimal(1),))])
    assert one == election_of("scoring", [((0,), (Decimal(1),))])
    assert one != election_of("scoring", [((0,), (Decimal(2),))])
    assert one != election_of("scoring", [((), ())])
    assert one.ballots != election_of("approval", [((0,), None)]).ballots
    assert one != "election"
    assert one.ballots != "ballots"
    assert Column(("x",), np.zeros(1, np.int32)) != "column"


def election_of(vote_type, votes, projects=ONE_PROJECT, meta=None, about=None, voters=None):
    values = list(dict.fromkeys(value for _, points in votes for value in points or ()))
    with_points = vote_type in WITH_POINTS
    ballots = Ballots(
        np.cumsum([0] + [len(places) for places, _ in votes]),
        np.array([place for places, _ in votes for place in places], np.int32),
        np.array([values.index(v) for _, points in votes for v in points], np.int32) if with_points else None,
        tuple(values) if with_points else (),
    )
    ids = np.array(voters or [str(number) for number in range(len(votes))], TEXTS)
    return Election({"budget": "10", "vote_type": vote_type} | (meta or {}), projects, ids, ballots, about or {})


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
key = text.filter(lambda name: name and name == name.strip() and name not in ("budget", "vote_type"))
word = key.filter(lambda name: "," not in name)
money = st.decimals(0, 10**9, places=2)
column = text.filter(lambda name: name not in ("voter_id", "vote", "points", "project_id", "cost"))


@st.composite
def elections(draw):
    """Any election of any type."""
    vote_type = draw(st.sampled_from(VOTE_TYPES))
    more = draw(st.lists(column, max_size=2, unique=True))
    ids = draw(st.lists(word, max_size=5, unique=True))
    projects = tuple(Project(name, draw(money), {field: draw(text) for field in more}) for name in ids)
    places = st.lists(st.sampled_from(range(len(ids))), unique=True, max_size=4) if ids else st.just([])
    chosen = draw(st.lists(places, max_size=8))
    number = st.decimals(-100, 100, places=1)
    votes = [(tuple(p), tuple(draw(number) for _ in p) if vote_type in WITH_POINTS else None) for p in chosen]
    fields = draw(st.lists(column, max_size=2, unique=True))
    about = {name: column_of([draw(text) for _ in votes]) for name in fields}
    meta = draw(st.dictionaries(key, text, max_size=3))
    return election_of(vote_type, votes, projects, meta, about, [draw(text) for _ in votes])


def column_of(texts):
    values = list(dict.fromkeys(texts))
    return Column(tuple(values), np.array([values.index(text) for text in texts], np.int32))


@settings(max_examples=100, deadline=None)
@given(election=elections())
def test_what_is_written_reads_back_the_same(tmp_path_factory, election):
    file = tmp_path_factory.mktemp("pabulib") / "x.pb"
    assert write_pabulib(election, file) == ()
    again = read_pabulib(file)
    assert again == election
    assert again.loss == ()
    other = naive(file)
    assert other["META"] == election.meta
    assert [row["project_id"] for row in other["PROJECTS"]] == [project.id for project in election.projects]
    assert [row["voter_id"] for row in other["VOTES"]] == election.voters.tolist()
