"""`weft agreement`, `near-duplicates`, `themes`, `hide-small` and `heard` on small tables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.methods.command_line import as_json, run
from tests.methods.conftest import shared
from weft.commands import Failed, agreement, heard, hide_small, near_duplicates, themes

ROOT = Path(__file__).parents[2]
PASSAGES = (
    "text,length,coder,code,start,end\nt,40,Ama,hope,0,10\nt,40,Ama,hope,20,30\nt,40,Bo,hope,5,10\nt,40,Bo,hope,20,35\n"
)
LABELS = "unit,coder,value\n" + "".join(
    f"{unit},{coder},{value}\n"
    for coder, values in (("Ama", "aabbdcccedda"), ("Bo", "babbbcccEddd".lower()))
    for unit, value in enumerate(values)
)
COUNTS = ",agree,disagree,pass\nyoung,20,4,31\nmiddle,15,22,18\nold,40,12,27\n"
HEARD = "category,people\nold,15\nyoung,133\nUnknown,20\n"
PLACE = "category,people\nyoung,80\nold,20\n"
TEXTS = "id,text\na,More buses!\nb,No\nc,more BUSES\n"


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_agreement_on_passages(file, capsysbinary):
    found = as_json(agreement, capsysbinary, file(PASSAGES))
    assert list(found) == ["weft", "method", "format", "parameters", "coders", "texts", "codes"]
    assert (found["method"], found["coders"], found["texts"]) == ("agreement", ["Ama", "Bo"], 1)
    (code,) = found["codes"]
    assert (code["code"], code["may_be_shown"]) == ("hope", False)
    whole, touched = code["all"], code["touched"]
    assert [whole[key] for key in ("percent", "kappa", "alpha")] == pytest.approx([0.75, 0.5, 0.50625])
    assert [touched[key] for key in ("percent", "kappa", "alpha")] == pytest.approx([0.6, -0.25, -0.225])
    assert (whole["coded_weight"], whole["weight"], touched["weight"]) == (25, 40, 25)


def test_agreement_of_a_coder_who_marked_nothing_and_one_who_did_not_work(file, capsysbinary):
    more = "u,60,Ama,hope,0,30\nu,60,Bo,,,\nv,50,Ama,hope,0,50\n"
    (code,) = as_json(agreement, capsysbinary, file(PASSAGES + more))["codes"]
    assert code["may_be_shown"] is True
    assert code["all"]["weight"] == 100
    assert code["all"]["percent"] == pytest.approx(0.6)


def test_agreement_on_whole_texts(file, capsysbinary):
    found = as_json(agreement, capsysbinary, file(LABELS))
    assert (found["coders"], found["units"]) == (["Ama", "Bo"], 12)
    figures = [found["agreement"][key] for key in ("percent", "kappa", "alpha")]
    assert figures == pytest.approx([0.75, 0.6842105263, 0.6919642857])


def test_agreement_for_people_hides_what_rests_on_too_little(file, capsys):
    assert run(agreement, file(PASSAGES)) == 0
    said = capsys.readouterr().out
    assert "2 coders, 1 texts, 40 characters" in said
    assert "0.750" not in said
    assert run(agreement, file(LABELS)) == 0
    assert "0.750  0.684  0.692" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PASSAGES.replace("20,30", "30,20"), ", row 3: A span must have 0 <= start < end <= 40, got 30..20."),
        (PASSAGES.replace("20,30", "20,x"), ", row 3, column end: must be a whole number of 0 or more, got x."),
        (PASSAGES.replace("t,40,Bo,hope,5", "t,41,Bo,hope,5"), ", row 4: text t has length 41 here and 40 above."),
        (PASSAGES.replace("coder", "who"), " has no column coder."),
        (PASSAGES.split("t,40,Bo")[0], "Agreement needs at least two coders."),
        ("unit,coder,value\n1,Ama,a\n1,Ama,b\n", ", row 3: coder Ama gives unit 1 twice."),
        ("unit,coder,value\n", " has no rows below its heading."),
    ],
)
def test_a_damaged_table_of_codings_is_named(file, text, sentence):
    path = file(text)
    with pytest.raises(Failed) as refused:
        run(agreement, path)
    assert str(refused.value) in (f"{path}{sentence}", sentence)


def test_near_duplicates(file, capsysbinary):
    found = as_json(near_duplicates, capsysbinary, file(TEXTS))
    assert list(found) == ["weft", "method", "format", "parameters", "texts", "pairs", "groups"]
    assert found["pairs"] == [{"first": "a", "second": "c", "jaccard": 1.0, "words": "the same words"}]
    assert (found["texts"], found["groups"]) == (3, [["a", "c"]])
    assert run(near_duplicates, file(TEXTS)) == 0
    assert b"1.00  the same words\n  a  More buses!\n  c  more BUSES\n" in capsysbinary.readouterr().out


def test_columns_of_texts_can_be_named_and_rows_number_themselves(file, capsysbinary):
    path = file("said;where\nMore buses!;here\nmore buses;there\n")
    (pair,) = as_json(near_duplicates, capsysbinary, path, "--column", "said")["pairs"]
    assert (pair["first"], pair["second"]) == ("2", "3")
    (pair,) = as_json(near_duplicates, capsysbinary, path, "--column", "said", "--id", "where")["pairs"]
    assert (pair["first"], pair["second"]) == ("here", "there")


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("a,b\n1,2\n", [], " has no column text; name one with --column."),
        (TEXTS, ["--column", "body"], " has no column body."),
        (TEXTS.replace("c,", "a,"), [], ", row 4: id a is listed twice."),
        (TEXTS, ["--threshold", "0"], "threshold must be above 0 and at most 1, got 0.0."),
    ],
)
def test_a_damaged_table_of_texts_is_named(file, text, words, sentence):
    path = file(text)
    with pytest.raises(Failed) as refused:
        run(near_duplicates, path, *words)
    assert str(refused.value) in (f"{path}{sentence}", sentence)


def test_themes(file, capsysbinary):
    said = ["empty the bins", "bins smell", "street bins", "buses come late", "no buses at night", "late buses", "..."]
    path = file("text\n" + "".join(f"{each}\n" for each in said))
    found = as_json(themes, capsysbinary, path, "--k", "2")
    assert list(found) == [
        *("weft", "method", "format", "parameters", "texts", "themes", "in_no_theme", "unexplained", "rounds"),
    ]
    assert [theme["texts"] for theme in found["themes"]] == [["2", "3", "4"], ["5", "6", "7"]]
    assert found["themes"][0]["terms"][0] == "bins"
    assert found["in_no_theme"] == ["8"]
    assert run(themes, path, "--k", "2") == 0
    assert b"bins: 3 texts\n  2  empty the bins\n" in capsysbinary.readouterr().out
    with pytest.raises(
        Failed, match=r"^k must be between 2 and 20 and below the number of texts with words, got 30\.$"
    ):
        run(themes, path, "--k", "30")


def test_commands_read_the_statements_of_a_polis_export(capsysbinary):
    path = shared("polis/american-assembly.bowling-green/comments.csv")
    assert len(as_json(near_duplicates, capsysbinary, path, "--threshold", "0.8")["pairs"]) == 12
    found = as_json(themes, capsysbinary, path, "--k", "8")
    assert found["unexplained"] == pytest.approx(0.9366, abs=0.005)


def test_small_numbers_are_hidden_with_what_gives_them_away(file, capsysbinary):
    found = as_json(hide_small, capsysbinary, file(COUNTS))
    assert list(found) == [
        *("weft", "method", "format", "parameters", "rows", "columns", "counts", "column_totals", "hidden"),
        *("row_totals", "total"),
    ]
    assert found["counts"] == [[None, None, 31], [None, None, 18], [40, 12, 27]]
    assert (found["column_totals"], found["row_totals"], found["total"]) == ([75, 38, 76], [55, 55, 79], 189)
    assert found["hidden"] == 4


def test_one_column_of_numbers(file, capsysbinary):
    path = file("age,people\na,12\nb,3\nc,26\nd,40\n")
    found = as_json(hide_small, capsysbinary, path)
    assert (found["counts"], found["total"]) == ([[None], [None], [26], [40]], 81)
    assert found["together"] == [{"rows": ["a", "b"], "count": 15}]
    rounded = as_json(hide_small, capsysbinary, path, "--round", "--threshold", "5")
    assert (rounded["counts"], rounded["total"]) == ([[None], [None], [25], [40]], 80)
    assert run(hide_small, path) == 0
    said = capsysbinary.readouterr().out.decode()
    assert "c            26" in said
    assert "hidden: fewer than 10, or needed to protect such a number" in said
    assert "12" not in said
    assert "a and b      15" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (COUNTS.replace("pass", "Total"), ", column Total: leave totals out of the table; they are added here."),
        (COUNTS.replace("old", "total"), ", row 4: leave totals out of the table; they are added here."),
        (COUNTS.replace("31", "-1"), ", row 2, column pass: must be a whole number of 0 or more, got -1."),
        (COUNTS.replace("31", ""), ", row 2, column pass: must be a whole number of 0 or more, got nothing."),
        ("a\nb\n", " has no column of numbers."),
        (",x,y\na,1,2\n", "A table needs at least 2 rows and 2 columns, got 1 x 2."),
    ],
)
def test_a_damaged_table_of_counts_is_named(file, text, sentence):
    path = file(text)
    with pytest.raises(Failed) as refused:
        run(hide_small, path)
    assert str(refused.value) in (f"{path}{sentence}", sentence)


def test_who_was_heard(file, capsysbinary):
    words = file(HEARD, "heard.csv"), file(PLACE, "place.csv")
    found = as_json(heard, capsysbinary, *words)
    assert list(found) == [
        *("weft", "method", "format", "parameters", "categories", "together", "everybody", "known", "unknown"),
        *("prefer_not_to_say", "did_not_say", "not_asked", "somebody", "few_or_none", "z"),
    ]
    old, young = found["categories"]
    assert (old["category"], old["short"], old["verdict"]) == ("old", 15, "too few to tell")
    assert old["index"] == pytest.approx(50.6756756757)
    assert young["population"] == 80
    assert (found["known"], found["unknown"], found["not_asked"]) == (148, 20, None)
    assert (found["somebody"], found["few_or_none"]) == (["old", "young"], [])
    assert run(heard, *words) == 0
    assert b"31.2 to 80.2" in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    ("took_part", "living", "sentence"),
    [
        (HEARD + "new,3\n", PLACE, "place.csv has no category new."),
        (HEARD, PLACE + "rich,3\n", "heard.csv has no category rich."),
        (HEARD + "old,3\n", PLACE, "heard.csv, row 5: category old is listed twice."),
        (HEARD.replace("15", "1.5"), PLACE, "row 2, column people: must be a whole number of 0 or more, got 1.5."),
        (HEARD + ",3\n", PLACE, "heard.csv, row 5, column category: the name is missing."),
        (HEARD, "category,people\nold,0\nyoung,0\n", "population must be positive in total."),
        (HEARD.replace("category", "age"), PLACE, "heard.csv has no column category."),
    ],
)
def test_damaged_tables_of_people_are_named(file, took_part, living, sentence):
    with pytest.raises(Failed) as refused:
        run(heard, file(took_part, "heard.csv"), file(living, "place.csv"))
    assert str(refused.value).endswith(sentence)


@pytest.mark.parametrize(("command", "files"), [(hide_small, 1), (heard, 2)])
def test_the_threshold_cannot_be_lowered_below_5(file, command, files, capsys):
    with pytest.raises(SystemExit) as left:
        run(command, *[file(COUNTS)] * files, "--threshold", "4")
    assert left.value.code == 2
    assert "must be at least 5, got 4" in capsys.readouterr().err


LIGHT = """
import sys
from weft import cli
assert cli.main(sys.argv[1:]) == 0
assert not {"scipy", "django"} & set(sys.modules)
"""


@pytest.mark.parametrize("words", [("hide-small", COUNTS), ("agreement", PASSAGES), ("heard", HEARD, PLACE)])
def test_small_tables_need_neither_django_nor_scipy(file, words):
    paths = [str(file(text, f"{at}.csv")) for at, text in enumerate(words[1:])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", LIGHT, words[0], *paths], env=environment, check=True, capture_output=True)
