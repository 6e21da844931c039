"""`weft inspect` on files of every kind: it ends well, or in one plain sentence and exit code 1."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.refusals import refused
from tests.exchange.samples import POLIS, SAMPLES, sample
from weft.cli import main
from weft.exchange.formats import BY_KEY

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
NO_FORMAT = "is JSON, but neither references (CSL-JSON) nor grants (360Giving)."
NO_EXPORT = "is a folder without a comments.csv; of folders only Polis exports are read, so name one file in it."
MARKDOWN = "is a text in Markdown, which is not read here."
SCHEMA = "is a JSON schema, which is not read here."
TOLD = {
    ".": NO_EXPORT,
    "360giving": NO_EXPORT,
    "360giving/360-giving-package-schema.json": SCHEMA,
    "360giving/360-giving-schema.json": SCHEMA,
    "360giving/SOURCES.md": MARKDOWN,
    "360giving/codelists": NO_EXPORT,
    "360giving/fundingproviders-grants_fixed_2_grants.json": ", grant 1, field description: must be given.",
    "360giving/fundingproviders_grants_2_grants.csv": ", row 2, column Description: must be given.",
    "360giving/real-andrew-lloyd-webber-foundation-first40.json": "360giving",
    "pabulib": NO_EXPORT,
    "pabulib/SOURCE.txt": "text",
    "pabulib/expected.json": NO_FORMAT,
    "polis": NO_EXPORT,
    "polis/scoop-hivemind.biodiversity/polis-math-reference.json": NO_FORMAT,
    "refi-qda": NO_EXPORT,
    "refi-qda/Codebook.xsd": "is an XML schema, which is not read here.",
    "refi-qda/Project.xsd": "is an XML schema, which is not read here.",
    "refi-qda/SOURCES.md": MARKDOWN,
}
BY_SUFFIX = {".pb": "pabulib", ".csv": "csv", ".qdpx": "qdpx", ".qdc": "qdc", ".md": MARKDOWN, ".json": NO_FORMAT}


def every_path() -> list[str]:
    """The shared folder itself, and everything in the folders of it that are known here; there may be others."""
    known = {name.split("/")[0] for name in TOLD} - {"."}
    found = [path.relative_to(SHARED) for path in SHARED.rglob("*")]
    return [".", *sorted(path.as_posix() for path in found if path.parts[0] in known)] if found else []


def expected(name: str) -> str:
    """The key of the format that a shared file has, or the sentence that refuses it."""
    if name not in TOLD and (SHARED / name).is_dir():
        return "polis"
    return TOLD.get(name) or BY_SUFFIX[Path(name).suffix]


def inspected(capture: pytest.CaptureFixture[str], path: Path, *words: str) -> dict[str, Any]:
    assert main(["inspect", str(path), "--json", *words]) == 0
    printed = capture.readouterr().out
    assert printed.count("\n") == 1
    return json.loads(printed)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here; set WEFT_SHARED to its folder")
def test_the_shared_data_is_what_these_tests_know():
    names = every_path()
    assert len(names) > 50
    assert [name for name in TOLD if name not in names] == []


@pytest.mark.parametrize("name", every_path())
def test_every_shared_file_ends_well_or_in_one_sentence(name, capsys):
    path = SHARED / name
    told = expected(name)
    if told not in BY_KEY:
        assert refused(capsys, "inspect", path) == f"{path}{told}" if told[0] == "," else f"{path} {told}"
        return
    found = inspected(capsys, path)
    assert list(found) == [
        *("weft", "method", "format", "parameters", "is", "told_by", "holds", "warnings", "loss", "can_become"),
        *(["reading"] if told == "qdpx" else []),
    ]
    assert found["method"] == "inspect"
    assert found["parameters"] == {"path": str(path), "from": None}
    assert found["is"]["key"] == told
    assert len(found["holds"]) > 1
    assert all(list(row) == ["label", "value"] and row["value"] for row in found["holds"])


@pytest.mark.parametrize("key", SAMPLES)
def test_a_file_of_each_format_is_told_to_a_person(key, tmp_path, capsys):
    path = sample(key, tmp_path)
    assert main(["inspect", str(path)]) == 0
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert first == str(path)
    assert second.startswith(f"  {BY_KEY[key].name}: ")
    assert any(line in ("Nothing is lost in reading.", "Lost in reading") for line in rest)


def test_what_would_be_lost_is_grouped_for_a_person_and_whole_as_json(tmp_path, capsys):
    path = tmp_path / "a.ris"
    path.write_text("".join(f"TY  - JOUR\nID  - {n}\nXX  - a\nYY  - b\nER  - \n" for n in range(40)))
    assert main(["inspect", str(path)]) == 0
    printed = capsys.readouterr().out
    assert printed.split("Lost in reading\n")[1] == (
        "  left out, 80 times: Weft has no place for this tag.\n"
        "    a.ris, record 1, tag XX\n"
        "    a.ris, record 1, tag YY\n"
        "    and 78 more places\n"
        "\nweft convert can make of it: csl-json (.json), bibtex (.bib, .bibtex), ris (.ris).\n"
    )
    loss = inspected(capsys, path)["loss"]
    assert len(loss) == 80
    assert loss[79] == {
        "file": "a.ris",
        "where": "record 40, tag YY",
        "kind": "left out",
        "why": "Weft has no place for this tag.",
        "count": 1,
    }


def test_warnings_are_told(tmp_path, capsys):
    path = sample("csv", tmp_path)
    assert inspected(capsys, path)["warnings"] == ["The encoding windows-1252 is a guess: look at the accents."]
    assert main(["inspect", str(path)]) == 0
    assert "\nWarnings\n  The encoding windows-1252 is a guess: look at the accents.\n" in capsys.readouterr().out
    path = sample("pabulib", tmp_path)
    path.write_text(path.read_text().replace("budget;100\n", "budget;100\nnum_votes;9\n"))
    assert inspected(capsys, path)["warnings"] == ["META says num_votes is 9, the file has 3 votes."]
    path = sample("polis", tmp_path)
    (path / "comments.csv").write_text(POLIS["comments.csv"].replace(",2,0,", ",,,").replace(",0,1,", ",,,"))
    matrix = path / "participants-votes.csv"
    matrix.write_text("participant,4,7\na,1,-1\nb,1,\n")
    assert inspected(capsys, path)["warnings"] == [
        "Nothing in the files tells whether 1 or -1 means agree; 1 was taken for agree."
    ]
    found = inspected(capsys, path / "comments.csv")
    assert (found["is"]["key"], found["warnings"]) == (
        "csv",
        ["This is one file of a Polis export, taken alone as a table; give the folder to read them together."],
    )


READINGS = {
    "synthetic-nvivo-dialect": ("UTF-16 CRLF", "score"),
    "synthetic-spec-dialect": ("code point LF", "score"),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here; set WEFT_SHARED to its folder")
@pytest.mark.parametrize("name", READINGS)
def test_how_a_project_counts_its_positions_is_told_with_the_scores(name, capsys):
    path = SHARED / "refi-qda" / f"{name}.qdpx"
    reading = inspected(capsys, path)["reading"]
    assert (reading["name"], reading["chosen_by"]) == READINGS[name]
    scores = dict(reading["scores"])
    assert len(scores) == 4
    assert max(scores, key=lambda each: scores[each]) == reading["name"]
    assert main(["inspect", str(path)]) == 0
    assert f"{reading['name']} 1.000" in capsys.readouterr().out


def test_a_format_can_be_said(tmp_path, capsys):
    path = sample("ris", tmp_path).rename(tmp_path / "works.csv")
    assert inspected(capsys, path)["is"]["key"] == "csv"
    found = inspected(capsys, path, "--from", "ris")
    assert (found["is"]["key"], found["told_by"], found["parameters"]["from"]) == ("ris", "as was said", "ris")
    assert refused(capsys, "inspect", path, "--from", "pabulib") == f"{path}, row 1: the file must begin with META."
    with pytest.raises(SystemExit) as left:
        main(["inspect", str(path), "--from", "word"])
    assert left.value.code == 2
    assert "must be one of polis, pabulib, csv" in capsys.readouterr().err


@pytest.mark.parametrize("key", BY_KEY)
def test_whatever_is_said_of_whatever_ends_in_one_sentence(key, tmp_path, capsys):
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "nothing").touch()
    (tmp_path / "line").write_bytes(b"one line")
    os.mkfifo(tmp_path / "pipe")
    lenient = {"csv", "text"}
    for name in ("noise", "nothing", "line", "pipe", "missing", "."):
        path = tmp_path / name
        if key in lenient and name == "line":
            assert main(["inspect", str(path), "--from", key]) == 0
            capsys.readouterr()
        else:
            assert refused(capsys, "inspect", path, "--from", key).startswith(str(path))


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(tmp_path, capsys):
    folder = tmp_path / "\x1b[2J"
    folder.mkdir()
    path = sample("pabulib", folder)
    path.write_text(path.read_text().replace("description;Parks", "description;\x1b[31mParks\u202e"))
    assert main(["inspect", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "\\x1b[31mParks" in printed


def test_a_name_that_is_no_text_can_be_printed(tmp_path, capsys):
    path = sample("ris", tmp_path)
    path = Path(os.fsdecode(os.fsencode(path.with_name("w")) + b"\xff.ris"))
    sample("ris", tmp_path / "again").rename(path)
    assert inspected(capsys, path)["parameters"]["path"] == str(path)
    assert main(["inspect", str(path)]) == 0


@pytest.fixture
def nobody() -> Iterator[None]:
    """For a while this process may read no more than a stranger."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_said(tmp_path, capsys, request):
    path = sample("ris", tmp_path)
    folder = sample("polis", tmp_path)
    for each in (path, folder):
        inspected(capsys, each)
        each.chmod(0)
    for each in (tmp_path, *list(tmp_path.parents)[:2]):
        each.chmod(0o755)
    request.getfixturevalue("nobody")
    assert refused(capsys, "inspect", path) == f"{path} cannot be read: Permission denied."
    assert refused(capsys, "inspect", folder) == f"{folder} cannot be read: Permission denied."


LIGHT = """
import sys
from weft import cli
assert cli.main(sys.argv[2:]) == 0
assert not set(sys.argv[1].split()) & set(sys.modules), set(sys.argv[1].split()) & set(sys.modules)
"""


@pytest.mark.parametrize(
    ("key", "heavy"),
    [
        ("csl-json", "django scipy numpy lxml openpyxl docx citeproc"),
        ("csv", "django scipy numpy lxml docx bibtexparser"),
        ("pabulib", "django scipy lxml openpyxl docx bibtexparser"),
        ("polis", "django scipy lxml openpyxl docx bibtexparser"),
    ],
)
def test_only_what_a_format_needs_is_loaded(key, heavy, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    run = [sys.executable, "-c", LIGHT, heavy, "inspect", str(sample(key, tmp_path))]
    done = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
