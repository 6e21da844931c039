"""`weft equal-shares` on an election worked by hand, on damaged ones, and on real elections with recorded winners."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.methods.command_line import as_json, run
from tests.methods.pabulib_files import FOLDER, expected, needs_files
from weft import cli
from weft.commands import Failed
from weft.commands import equal_shares as command
from weft.commands.equal_shares.figures import money
from weft.commands.equal_shares.report import amount

ROOT = Path(__file__).parents[2]
INCREMENTS = {
    "Poland_Wieliczka_2023_Green_Budget.pb": 150,
    "Netherlands_Amsterdam_309.pb": 4,
    "Switzerland_Zurich_D10.pb": 102,
    "Worldwide_Mechanical_Turk_Ranking_value_7.pb": 0,
    "Poland_Katowice_2023.pb": 112,
    "Poland_Krakow_2021.pb": 105,
    "Poland_Warszawa_2026.pb": 184,
    "Poland_Wroclaw_2015_150_-_500.pb": 203,
}
META = "META\nkey;value\nnum_projects;4\nnum_votes;10\nbudget;200\nvote_type;approval\n"
PROJECTS = "PROJECTS\nproject_id;cost;name\nA;100;Bandstand\nB;60;Benches\nC;50;Crossing\nD;30;Drinking fountain\n"
BALLOTS = ["A,B"] * 3 + ["A"] * 3 + ["C,D"] * 3 + ["D"]
VOTES = "VOTES\nvoter_id;vote\n" + "".join(f"v{at};{vote}\n" for at, vote in enumerate(BALLOTS))
POINTS = (
    "META\nkey;value\nbudget;10\nvote_type;cumulative\nPROJECTS\nproject_id;cost\nA;6\nB;4\n"
    "VOTES\nvoter_id;vote;points\nx;A,B;2,1\ny;B;3\n"
)
RANKS = (
    "META\nkey;value\nbudget;10\nvote_type;ordinal\nPROJECTS\nproject_id;cost\nA;4\nB;4\nVOTES\nvoter_id;vote\n"
    "x;A,B\ny;B,A\nz;\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.pb"
    path.write_text(META + PROJECTS + VOTES, encoding="utf-8-sig")
    return path


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "other.pb"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_object_holds_what_its_contract_says(small, capsysbinary):
    found = as_json(command, capsysbinary, small, "--completion", "none", "--voters")
    assert list(found) == [
        *("weft", "method", "format", "parameters", "voters", "projects", "distinct_ballots"),
        *("budget", "budget_float", "spent", "spent_float", "left", "left_float", "winners", "final", "rounds", "ties"),
        *("tie_events_all_rounds", "losers", "greedy", "ballots", "warnings"),
    ]
    assert (found["method"], found["format"]) == ("equal-shares", 1)
    assert found["parameters"] == {
        "election": str(small),
        "utility": "cost",
        "start": "exact",
        "completion": "none",
        "step": "1",
        "stop": "exhaustive",
        "ties": ["cost", "votes", "id"],
        "seed": 0,
        "budget": None,
        "voters": True,
        "compare": True,
    }
    assert (found["voters"], found["projects"], found["distinct_ballots"]) == (10, 4, 4)
    assert (found["budget"], found["spent"], found["left"], found["left_float"]) == ("200", "130", "70", 70.0)
    assert found["winners"] == ["A", "D"]
    assert found["final"] == {
        "start_share": "20",
        "start_share_float": 20.0,
        "share": "20",
        "share_float": 20.0,
        "rounds": 0,
        "stopped_because": "single_run",
        "completed_by_greedy": [],
    }
    assert found["rounds"][0] == {
        "round": 1,
        "project": "A",
        "cost": "100",
        "cost_float": 100.0,
        "rho": "1/6",
        "rho_float": 1 / 6,
        "max_payment": "50/3",
        "max_payment_float": 50 / 3,
        "effective_votes": 6.0,
        "supporters": 6,
        "paid_all_they_had": 0,
    }
    assert (found["ties"], found["tie_events_all_rounds"], found["warnings"]) == ([], 0, [])


def test_losers_are_told_why(small, capsysbinary):
    losers = as_json(command, capsysbinary, small, "--completion", "none")["losers"]
    assert [each["project"] for each in losers] == ["B", "C"]
    assert losers[1] == {
        "project": "C",
        "cost": "50",
        "cost_float": 50.0,
        "supporters": 3,
        "supporters_money": "37.5",
        "supporters_money_float": 37.5,
        "lacked": "12.5",
        "lacked_float": 12.5,
        "priced_out_by": "D",
        "effective_votes_before": 3.0,
        "bought_at_factor": 1.25,
        "fits_in_left": True,
    }


def test_every_voter_can_see_what_a_share_bought(small, capsysbinary):
    ballots = as_json(command, capsysbinary, small, "--completion", "none", "--voters")["ballots"]
    assert [row["voters"] for row in ballots] == [["v0", "v1", "v2"], ["v3", "v4", "v5"], ["v6", "v7", "v8"], ["v9"]]
    assert ballots[3] == {
        "voters": ["v9"],
        "share": "20",
        "share_float": 20.0,
        "paid": [{"project": "D", "amount": "7.5", "amount_float": 7.5}],
        "left": "12.5",
        "left_float": 12.5,
    }


def test_growing_shares_and_votes_alone(small, capsysbinary):
    found = as_json(command, capsysbinary, small)
    assert found["winners"] == ["A", "D", "C"]
    assert (found["final"]["rounds"], found["final"]["stopped_because"]) == (5, "exhaustive")
    assert found["greedy"] == {
        "winners": ["A", "D", "C"],
        "spent": "180",
        "spent_float": 180.0,
        "ties": [{"round": None, "tied": ["B", "C"], "chosen": "C", "decided_by": "cost"}],
        "voters_without_winner": {"equal_shares": 0, "greedy": 0},
        "mean_winners": {"equal_shares": 1.3, "greedy": 1.3},
        "voters_with_more": 0,
        "voters_with_equal": 10,
        "voters_with_fewer": 0,
    }
    assert "ballots" not in found
    assert as_json(command, capsysbinary, small, "--no-compare")["greedy"] is None


@pytest.mark.parametrize(
    ("words", "winners", "steps"),
    [
        (["--stop", "overspend"], ["A", "D", "C"], 16),
        (["--step", "2.5", "--completion", "add1"], ["A", "D", "C"], 2),
        (["--utility", "cardinality", "--ties", "id"], ["D", "A", "C"], 5),
        (["--budget", "100", "--completion", "none"], ["D"], 0),
        (["--start", "floor", "--budget", "209", "--completion", "none"], ["A", "D"], 0),
    ],
)
def test_options_change_the_rule(small, capsysbinary, words, winners, steps):
    found = as_json(command, capsysbinary, small, *words)
    assert (found["winners"], found["final"]["rounds"]) == (winners, steps)


def test_ties_are_told_with_the_rule_that_decided(written, capsysbinary):
    twins = META.replace("200", "60") + "PROJECTS\nproject_id;cost\n10;30\n2;30\n" + "VOTES\nvoter_id;vote\na;10\nb;2\n"
    path = written(twins)
    found = as_json(command, capsysbinary, path, "--completion", "none")
    assert found["ties"] == [{"round": 1, "tied": ["10", "2"], "chosen": "10", "decided_by": "id"}]
    assert found["warnings"] == [
        "META says num_projects is 4, the file has 2 projects.",
        "META says num_votes is 10, the file has 2 votes.",
    ]
    by_lot = [as_json(command, capsysbinary, path, "--ties", "lot", "--seed", seed)["ties"][0] for seed in range(8)]
    assert {tie["chosen"] for tie in by_lot} == {"10", "2"}
    assert {tie["decided_by"] for tie in by_lot} == {"lot"}
    assert run(command, path) == 0
    assert b"round 1: 10, 2 stood equal; 10 was chosen by its id" in capsysbinary.readouterr().out


def test_points_and_rankings_have_utilities_of_their_own(written, capsysbinary):
    points = as_json(command, capsysbinary, written(POINTS))
    assert points["parameters"]["utility"] == "points"
    assert points["rounds"][0]["effective_votes"] is None
    ranks = as_json(command, capsysbinary, written(RANKS), "--voters")
    assert (ranks["parameters"]["utility"], ranks["voters"]) == ("borda", 3)
    assert ranks["ballots"][2] == {
        "voters": ["z"],
        "share": "13/3",
        "share_float": 13 / 3,
        "paid": [],
        "left": "13/3",
        "left_float": 13 / 3,
    }


def test_the_page_for_people(small, capsys):
    assert run(command, small, "--voters") == 0
    said = capsys.readouterr().out
    assert said.startswith("10 voters chose among 4 projects. Of 200 the 3 bought cost 180, and 20 is left.")
    for line in ("B          60           3      35  A", "Beside votes alone", "A 16.67"):
        assert line in said
    assert "because nothing more that anybody wants would fit" in " ".join(said.split())


def test_json_goes_to_a_file(small, tmp_path):
    assert run(command, small, "--json", tmp_path / "found.json") == 0
    assert json.loads((tmp_path / "found.json").read_text("utf-8"))["winners"] == ["A", "D", "C"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (META.replace("budget;200\n", "") + PROJECTS + VOTES, "has no budget in section META."),
        (META.replace("vote_type;approval\n", "") + PROJECTS + VOTES, "has no vote_type in section META."),
        (META.replace("200", "0") + PROJECTS + VOTES, "budget must be above 0, got 0."),
        (META + PROJECTS + VOTES + "w;E\n", "row 25, column vote: vote must be ids of projects, got E."),
        (POINTS.replace("2,1", "2"), "row 11, column points: there are points for 1 projects, the vote names 2."),
        (POINTS.replace("2,1", "2,-1"), "column points: voter x gives project B -1 points; points must be 0 or more."),
        (META + PROJECTS + "VOTES\nvoter_id;vote\n", "There are no ballots."),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(written, tmp_path, capsys, text, sentence):
    path, target = written(text), tmp_path / "found.json"
    assert cli.main(["equal-shares", str(path), "--json", str(target)]) == 1
    told = capsys.readouterr()
    assert told.err.rstrip().endswith(sentence)
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert not target.exists()


@pytest.mark.parametrize(
    ("text", "utility", "sentence"),
    [
        (META + PROJECTS + VOTES, "points", "has no points, so utility cannot be points."),
        (POINTS, "borda", "has points and no rankings, so utility cannot be borda."),
    ],
)
def test_a_utility_must_fit_the_ballots(written, text, utility, sentence):
    with pytest.raises(Failed) as refused:
        run(command, written(text), "--utility", utility)
    assert str(refused.value).endswith(sentence)


@pytest.mark.parametrize(
    "words",
    [
        ["--budget", "0"],
        ["--budget", "much"],
        ["--step", "-1"],
        ["--ties", "cost"],
        ["--ties", "age,id"],
        ["--seed", "-1"],
        ["--utility", "joy"],
        ["--start", "low"],
        ["--completion", "all"],
        ["--stop", "never"],
    ],
)
def test_wrong_usage_leaves_with_2(small, words, capsys):
    with pytest.raises(SystemExit) as left:
        run(command, small, *words)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *((Fraction(7), "7"), (Fraction(0), "0"), (Fraction(1, 8), "0.125"), (Fraction(-5, 4), "-1.25")),
        *((Fraction(1, 3), "1/3"), (Fraction(10**40 + 1, 10**5), "1" + "0" * 35 + ".00001")),
    ],
)
def test_money_is_exact(value, told):
    assert money(value) == told
    assert Fraction(told) == value


def test_money_for_the_eye_is_rounded_half_to_even():
    values = [Fraction(25, 2), Fraction(1, 200), Fraction(3, 200), Fraction(2000)]
    assert [amount(each) for each in values] == ["12.50", "0.00", "0.02", "2,000"]


SMALL = """
import sys
from weft import cli
assert cli.main(["equal-shares", sys.argv[1]]) == 0
assert not {"scipy", "django"} & set(sys.modules)
"""


def test_it_needs_neither_django_nor_scipy(small):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", SMALL, str(small)], env=environment, check=True, capture_output=True)


@needs_files
@pytest.mark.parametrize("name", list(INCREMENTS))
def test_winners_ties_and_steps_of_real_elections_are_those_recorded(name, capsysbinary):
    words = ("--utility", "cost", "--completion", "add1", "--ties", "id", "--no-compare")
    found = as_json(command, capsysbinary, FOLDER / name, *words)
    recorded = expected()[name]["rules"]["add1_cost"]
    assert sorted(found["winners"]) == recorded["selected"]
    assert Fraction(found["spent"]) == recorded.get("total_cost", Fraction(found["spent"]))
    assert found["final"]["rounds"] == INCREMENTS[name]
    for tie, ids in zip(found["ties"], recorded.get("first_tied_sets", []), strict=False):
        assert tie["tied"] == ids
    if recorded["tie_events"] is not None:
        assert found["tie_events_all_rounds"] == recorded["tie_events"]
    assert Fraction(found["spent"]) + Fraction(found["left"]) == Fraction(found["budget"])
    assert [each["round"] for each in found["rounds"]] == list(range(1, len(found["winners"]) + 1))


@needs_files
@pytest.mark.parametrize(
    "name",
    [
        "Poland_Wieliczka_2023_Green_Budget.pb",
        "Switzerland_Zurich_D10.pb",
        "Worldwide_Mechanical_Turk_Ranking_value_7.pb",
    ],
)
def test_payments_of_real_elections_add_up_exactly(name, capsysbinary):
    found = as_json(command, capsysbinary, FOLDER / name, "--voters")
    paid: dict[str, Fraction] = {}
    for row in found["ballots"]:
        amounts = [(each["project"], Fraction(each["amount"])) for each in row["paid"]]
        assert sum((value for _, value in amounts), Fraction(row["left"])) == Fraction(found["final"]["share"])
        for project, value in amounts:
            paid[project] = paid.get(project, Fraction(0)) + value * len(row["voters"])
    assert paid == {each["project"]: Fraction(each["cost"]) for each in found["rounds"]}
    assert sum(len(row["voters"]) for row in found["ballots"]) == found["voters"]


@needs_files
def test_the_official_outcome_of_wieliczka(capsysbinary):
    path = FOLDER / "Poland_Wieliczka_2023_Green_Budget.pb"
    found = as_json(command, capsysbinary, path, "--stop", "overspend", "--completion", "add1")
    assert (found["final"]["rounds"], found["spent"], len(found["winners"])) == (164, "995079", 30)
    assert found["final"]["share_float"] == pytest.approx(315.8372304889, abs=1e-9)
    usual = as_json(command, capsysbinary, path, "--completion", "add1")
    first = usual["rounds"][:4]
    assert (usual["final"]["rounds"], usual["spent"]) == (150, "984579")
    assert [each["project"] for each in first] == ["24", "41", "40", "74"]
    assert first[0]["max_payment"] == "125/18"
    assert [each["effective_votes"] for each in first] == pytest.approx([720, 658, 581.07, 535.37], abs=0.01)
    losers = {each["project"]: each for each in usual["losers"]}
    assert losers["21"]["lacked_float"] == pytest.approx(30579.43, abs=0.01)
    assert (losers["21"]["supporters"], losers["21"]["priced_out_by"]) == (496, "6")
    assert (losers["16"]["priced_out_by"], losers["16"]["bought_at_factor"]) == ("70", 1.05)
    assert (losers["13"]["priced_out_by"], losers["13"]["bought_at_factor"]) == (None, 1.75)
