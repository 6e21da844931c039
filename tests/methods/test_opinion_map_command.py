"""`weft opinion-map` on small files and on a public conversation."""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.methods.conftest import shared
from weft.commands import Failed
from weft.commands import opinion_map as opinion_map_command
from weft.commands._answer import after_a_second

ROOT = Path(__file__).parents[2]


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    opinion_map_command.add_arguments(parser)
    return opinion_map_command.run(parser.parse_args([str(word) for word in words]))


def as_json(capsysbinary: pytest.CaptureFixture[bytes], *words: object) -> dict[str, Any]:
    assert run(*words, "--json", "-") == 0
    return json.loads(capsysbinary.readouterr().out.decode("utf-8"))


COMMENTS = "comment-id,moderated,comment-body,is-meta\n7,1,Benches,\n10,0,Trees,\n9,-1,Rude,\n11,1,I live here,true\n"
MATRIX = (
    "participant,group-id,n-votes,7,9,10,11,12\n"
    "ann,1,4,1,1,-1,0,\nbob,0,3,-1,,1,1,\ncy,,1,,1,,,\ndee,1,2,1,,-1,,\neve,0,2,-1,,1,,\n"
)
EVENTS = "timestamp,comment-id,voter-id,vote\n1,10,bob,1\n2,7,ann,-1\n3,10,ann,-1\n4,7,ann,1\n5,7,bob,-1\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "participants-votes.csv").write_text(MATRIX, encoding="utf-8-sig")
    return tmp_path


@pytest.fixture
def history(export: Path) -> Path:
    (export / "participants-votes.csv").unlink()
    (export / "votes.csv").write_text(EVENTS, encoding="utf-8")
    return export


def test_the_object_holds_what_its_contract_says(export, capsysbinary):
    found = as_json(capsysbinary, export)
    assert list(found) == [
        *("weft", "method", "format", "parameters", "participants", "statements", "votes", "repeat_votes", "zeroed"),
        *("participant_ids", "statement_ids", "in_conversation", "mean", "components", "component_signs_from"),
        *("variance_share", "ambiguous", "positions", "groups", "statement_rows", "representative", "consensus"),
        "ignored_ids",
    ]
    assert (found["method"], found["format"]) == ("opinion-map", 1)
    assert (found["participants"], found["statements"], found["votes"], found["zeroed"]) == (5, 4, 12, 2)
    assert found["repeat_votes"] is None
    assert found["participant_ids"] == ["ann", "bob", "cy", "dee", "eve"]
    assert found["statement_ids"] == ["7", "9", "10", "11"]
    assert found["component_signs_from"] == ["7", None]
    groups = found["groups"]
    assert (groups["verdict"], groups["reason"], groups["count"]) == ("none", "too few people", 0)
    assert groups["tried"] == {"2": None, "3": None, "4": None, "5": None}
    row = found["statement_rows"][1]
    assert (row["statement"], row["moderated_out"], row["meta"]) == ("9", True, False)
    assert (row["agree"], row["disagree"], row["pass"], row["seen"]) == (2, 0, 0, 2)
    assert row["group_aware_consensus"] is None


def test_published_groups_are_named_as_first_met(export, capsysbinary):
    found = as_json(capsysbinary, export, "--groups", "published")
    groups = found["groups"]
    assert (groups["given"], groups["verdict"], groups["reason"]) == (True, None, None)
    assert (groups["names"], groups["sizes"]) == (["1", "0"], [2, 2])
    assert groups["members"] == {"1": ["ann", "dee"], "0": ["bob", "eve"]}
    seven, nine = found["statement_rows"][:2]
    assert (seven["groups"]["1"]["agree"], seven["groups"]["1"]["p_agree"]) == (2, 0.75)
    assert nine["groups"]["1"]["agree"] == 1
    assert nine["groups"]["1"]["p_agree"] is None
    assert found["representative"]["1"][0]["statement"] == "7"


def test_groups_from_a_file(export, tmp_path, capsysbinary):
    file = tmp_path / "groups.csv"
    file.write_text("participant,group\neve,left\nann,right\ndee,right\n", encoding="utf-8")
    groups = as_json(capsysbinary, export, "--groups", file)["groups"]
    assert (groups["names"], groups["sizes"]) == (["left", "right"], [1, 2])


def test_one_group_has_no_comparison(export, tmp_path, capsysbinary):
    file = tmp_path / "groups.csv"
    file.write_text("participant,group\neve,all\nann,all\n", encoding="utf-8")
    found = as_json(capsysbinary, export, "--groups", file)
    assert found["statement_rows"][0]["groups"]["all"]["repness_agree"] is None
    assert found["statement_rows"][0]["groups"]["all"]["p_agree"] == 0.5
    assert found["representative"] == {"all": []}


def test_votes_csv_is_a_history(history, capsysbinary):
    found = as_json(capsysbinary, history)
    assert found["participant_ids"] == ["bob", "ann"]
    assert found["statement_ids"] == ["7", "10"]
    assert (found["votes"], found["repeat_votes"]) == (4, 1)
    assert found["statement_rows"][0]["agree"] == 1


def test_ids_that_are_no_numbers_are_ordered_as_text(history, capsysbinary):
    (history / "votes.csv").write_text("comment-id,voter-id,vote\nb,x,1\n10,x,1\na,x,0\n", encoding="utf-8")
    assert as_json(capsysbinary, history)["statement_ids"] == ["10", "a", "b"]


def test_moderation_and_meta_can_be_replaced(export, tmp_path, capsysbinary):
    (tmp_path / "out.txt").write_text("7\n99\n", encoding="utf-8")
    (tmp_path / "meta.csv").write_text("note,statement\nx,10\ny,12\n", encoding="utf-8")
    found = as_json(capsysbinary, export, "--moderation-out", tmp_path / "out.txt", "--meta", tmp_path / "meta.csv")
    rows = {row["statement"]: row for row in found["statement_rows"]}
    assert [each for each, row in rows.items() if row["moderated_out"]] == ["7"]
    assert [each for each, row in rows.items() if row["meta"]] == ["10"]
    assert found["ignored_ids"] == ["99", "12"]
    assert found["parameters"]["moderation_out"].endswith("out.txt")


def test_strict_moderation_hides_what_nobody_accepted(export, capsysbinary):
    rows = as_json(capsysbinary, export, "--strict-moderation")["statement_rows"]
    assert [row["statement"] for row in rows if row["moderated_out"]] == ["9", "10"]


def test_no_individuals_leaves_people_out(export, capsysbinary):
    found = as_json(capsysbinary, export, "--no-individuals", "--groups", "published")
    assert "positions" not in found
    assert "members" not in found["groups"]


def test_the_table_for_people(export, capsys):
    assert run(export, "--groups", "published") == 0
    said = capsys.readouterr().out
    assert said.startswith("5 people voted")
    assert "Group 1: 2 people" in said
    assert "7  2 of the 2 people here" in said
    assert run(export) == 0
    assert "verdict                none: too few people" in capsys.readouterr().out


def test_json_goes_to_a_file(export, tmp_path):
    assert run(export, "--json", tmp_path / "map.json") == 0
    assert json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["participants"] == 5
    with pytest.raises(Failed, match=r"cannot be written: No such file or directory\.$"):
        run(export, "--json", tmp_path / "nowhere" / "map.json")


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (
            "participants-votes.csv",
            MATRIX.replace("bob,0,3,-1", "bob,0,3,2"),
            ", row 3, column 7: vote must be 1, 0, -1 or empty, got 2.",
        ),
        ("participants-votes.csv", MATRIX.replace("cy,", "ann,"), ", row 4: participant ann is listed twice."),
        ("participants-votes.csv", MATRIX.replace("7,9,", "9,9,"), ", row 1: statement 9 is listed twice."),
        ("participants-votes.csv", MATRIX.replace("participant,", "person,"), " has no column participant."),
        ("participants-votes.csv", MATRIX + "fay,1\n", ", row 7: the row has 2 columns, the heading has 8."),
        ("participants-votes.csv", MATRIX + '"fay', " is no CSV file: unexpected end of data."),
        ("comments.csv", COMMENTS.replace("moderated", "state"), " has no column moderated."),
        ("comments.csv", COMMENTS.replace("10,0", "7,0"), ", row 3: statement 7 is listed twice."),
        (
            "comments.csv",
            COMMENTS.replace("9,-1", "9,2"),
            ", row 4, column moderated: moderated must be -1, 0 or 1, got 2.",
        ),
    ],
)
def test_a_damaged_file_is_named_with_its_row(export, file, text, sentence):
    (export / file).write_text(text, encoding="utf-8")
    with pytest.raises(Failed) as refused:
        run(export)
    assert str(refused.value) == f"{export / file}{sentence}"


def test_a_vote_of_the_history_is_named_with_its_row(history):
    (history / "votes.csv").write_text(EVENTS + "6,10,ann,yes\n", encoding="utf-8")
    with pytest.raises(Failed) as refused:
        run(history)
    assert str(refused.value) == f"{history / 'votes.csv'}, row 7, column vote: vote must be 1, 0 or -1, got yes."


def test_bytes_that_are_not_utf8_are_named(export):
    (export / "participants-votes.csv").write_bytes(MATRIX.encode() + b"f\xff\n")
    with pytest.raises(Failed, match=rf"participants-votes\.csv is not UTF-8 at byte {len(MATRIX) + 1}\.$"):
        run(export)


def test_missing_files_are_named(export):
    (export / "participants-votes.csv").unlink()
    with pytest.raises(Failed) as refused:
        run(export)
    assert str(refused.value) == f"{export} holds neither participants-votes.csv nor votes.csv."
    (export / "votes.csv").write_text(EVENTS, encoding="utf-8")
    (export / "comments.csv").unlink()
    with pytest.raises(Failed, match=r" holds no comments\.csv\.$"):
        run(export)
    with pytest.raises(Failed, match=r" is no folder\.$"):
        run(export / "nowhere")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("participant,group\nann,a\nzed,a\n", ", row 3: participant zed is not in the export."),
        ("participant,group\nann,a\nann,b\n", ", row 3: participant ann is listed twice."),
        ("participant,name\nann,a\n", " has no column group."),
    ],
)
def test_a_damaged_list_of_groups_is_named(export, tmp_path, text, sentence):
    (tmp_path / "groups.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Failed) as refused:
        run(export, "--groups", tmp_path / "groups.csv")
    assert str(refused.value) == f"{tmp_path / 'groups.csv'}{sentence}"


def test_a_list_of_statements_must_not_repeat_itself(export, tmp_path):
    (tmp_path / "out.txt").write_text("7\n9\n7\n", encoding="utf-8")
    with pytest.raises(Failed, match=r"out\.txt, row 3: statement 7 is listed twice\.$"):
        run(export, "--moderation-out", tmp_path / "out.txt")
    with pytest.raises(Failed, match=r"none\.txt cannot be read: No such file or directory\.$"):
        run(export, "--meta", tmp_path / "none.txt")


def test_published_groups_need_their_column(history):
    with pytest.raises(Failed, match=r"holds no participants-votes\.csv with the column group-id\.$"):
        run(history, "--groups", "published")


@pytest.mark.parametrize("words", [["--min-votes", "0"], ["--seed", "-1"], ["--permutations", "x"]])
def test_wrong_usage_leaves_with_2(export, words, capsys):
    with pytest.raises(SystemExit) as left:
        run(export, *words)
    assert left.value.code == 2


def test_polis_is_reproduced_with_its_groups_and_its_list(tmp_path, capsysbinary):
    folder = shared("polis/scoop-hivemind.biodiversity")
    reference = json.loads((folder / "polis-math-reference.json").read_text(encoding="utf-8"))
    (tmp_path / "meta.txt").write_text("".join(f"{each}\n" for each in reference["meta-tids"]), encoding="utf-8")
    found = as_json(capsysbinary, folder, "--groups", "published", "--meta", tmp_path / "meta.txt")
    assert found["zeroed"] == 167
    for group, expected in reference["repness"].items():
        assert [each["statement"] for each in found["representative"][group]] == [str(e["tid"]) for e in expected]
    priorities = {row["statement"]: row["priority"] for row in found["statement_rows"]}
    assert priorities == pytest.approx(reference["comment-priorities"], abs=1e-9)


SMALL = """
import argparse, sys
from weft.commands import opinion_map as opinion_map_command
parser = argparse.ArgumentParser()
opinion_map_command.add_arguments(parser)
opinion_map_command.run(parser.parse_args(sys.argv[1:]))
assert not {"scipy", "django"} & set(sys.modules)
"""


def test_a_small_file_needs_neither_django_nor_scipy(export):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-c", SMALL, str(export)]
    subprocess.run(words, env=environment, check=True, capture_output=True)


def test_slow_work_says_so(capsys):
    with after_a_second("working", delay=0.0):
        time.sleep(0.1)
    assert capsys.readouterr().err == "working\n"
