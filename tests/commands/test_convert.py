"""`weft convert` between formats: what is written reads back, what is lost is said, and nothing is overwritten."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.commands.refusals import refused
from tests.exchange.samples import SAMPLES, sample
from weft.cli import main
from weft.exchange.convert import PROJECTIONS, targets
from weft.exchange.formats import BY_KEY, FORMATS, Format
from weft.exchange.recognise import recognise

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
READABLE = ("*.pb", "*.qdpx", "*.qdc", "real-*.json", "SOURCE.txt", "currency.csv")


def readable() -> list[str]:
    if not SHARED.is_dir():
        return []
    folders = [path for path in (SHARED / "polis").iterdir() if path.is_dir()]
    files = [path for pattern in READABLE for path in SHARED.rglob(pattern)]
    return sorted(path.relative_to(SHARED).as_posix() for path in (*folders, *files))


def out_for(target: Format, folder: Path) -> Path:
    return folder / f"out{target.suffixes[0] if target.suffixes else ''}"


def converted(capture: pytest.CaptureFixture[str], path: Path, out: Path, *words: str) -> dict[str, Any]:
    assert main(["convert", str(path), str(out), "--json", *words]) == 0
    return json.loads(capture.readouterr().out)


def lost(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for step in found["steps"] for item in step["loss"]]


@pytest.mark.parametrize("target", FORMATS, ids=lambda each: each.key)
@pytest.mark.parametrize("key", SAMPLES)
def test_every_pair_is_converted_or_refused_with_what_is_possible(key, target, tmp_path, capsys):
    path, out = sample(key, tmp_path / "in"), out_for(target, tmp_path)
    source = BY_KEY[key]
    words = ("--from", key, "--to", target.key)
    if target not in targets(source):
        said = refused(capsys, "convert", path, out, *words)
        assert said.startswith(f"{path} cannot be converted: {source.name} cannot become {target.name}; it can become ")
        assert not out.exists()
        return
    found = converted(capsys, path, out, *words)
    assert list(found) == [*("weft", "method", "format", "parameters", "is", "told_by", "became", "warnings", "steps")]
    assert (found["is"]["key"], found["became"]["key"]) == (key, target.key)
    held, again = source.read(path), target.read(out)
    projections = [each for each in PROJECTIONS if (each.source, each.target) == (source.holds, target.holds)]
    assert len(found["steps"]) == 2 + (source.holds != target.holds) * len(projections)
    if source.holds != target.holds:
        held, _ = projections[0](held, path.name)
    if not found["steps"][-1]["loss"]:
        assert again == held


@pytest.mark.parametrize("name", readable())
def test_every_shared_file_becomes_all_that_it_can(name, tmp_path, capsys):
    path = SHARED / name
    source = recognise(path).format
    assert targets(source)
    for target in targets(source):
        out = out_for(target, tmp_path / target.key)
        out.parent.mkdir()
        found = converted(capsys, path, out, "--to", target.key)
        assert target.describe(target.read(out))
        assert sorted(each.name for each in out.parent.iterdir()) == [out.name]
        if target.key == source.key and not found["steps"][-1]["loss"]:
            assert target.read(out) == source.read(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here; set WEFT_SHARED to its folder")
def test_shared_files_are_there():
    assert len(readable()) > 15


@pytest.mark.parametrize(
    ("key", "name", "became"),
    [
        ("ris", "a.json", "csl-json"),
        ("ris", "A.BIB", "bibtex"),
        ("360giving", "a.csv", "360giving-csv"),
        ("360giving", "a.xlsx", "360giving-csv"),
        ("360giving-csv", "a.json", "360giving"),
        ("csv", "a.xlsx", "xlsx"),
        ("csv", "a.tsv", "csv"),
        ("polis", "folder", "polis"),
        ("polis", "a.csv", "csv"),
        ("pabulib", "a.csv", "csv"),
        ("pabulib", "a.xlsx", "xlsx"),
        ("srt", "a.csv", "csv"),
        ("qdpx", "a.qdc", "qdc"),
        ("bundle", "a.qdc", "qdc"),
        ("bundle", "a.ris", "ris"),
    ],
)
def test_the_end_of_a_name_says_the_format(key, name, became, tmp_path, capsys):
    assert converted(capsys, sample(key, tmp_path / "in"), tmp_path / name)["became"]["key"] == became


@pytest.mark.parametrize(
    ("key", "name", "wanted", "can"),
    [
        ("ris", "a.pb", "a Pabulib election", "csl-json (.json), bibtex (.bib, .bibtex), ris (.ris)"),
        ("ris", "a.mp3", "a file that ends in .mp3", "csl-json (.json), bibtex (.bib, .bibtex), ris (.ris)"),
        ("ris", "a", "a folder", "csl-json (.json), bibtex (.bib, .bibtex), ris (.ris)"),
        ("polis", "a.ris", "references in RIS", "polis (a folder), csv (.csv, .tsv, .tab), xlsx (.xlsx)"),
        ("srt", "a.vtt", "a transcript in WebVTT", "csv (.csv, .tsv, .tab), xlsx (.xlsx)"),
    ],
)
def test_a_pair_without_sense_says_what_is_possible(key, name, wanted, can, tmp_path, capsys):
    out = tmp_path / name
    said = refused(capsys, "convert", sample(key, tmp_path / "in"), out)
    assert said == f"{out} cannot be converted: {BY_KEY[key].name} cannot become {wanted}; it can become {can}."
    assert not out.exists()


def test_all_that_is_lost_is_told_step_by_step(tmp_path, capsys):
    path = sample("polis", tmp_path / "in")
    (path / "notes.csv").write_text("a\n")
    found = converted(capsys, path, tmp_path / "a.csv")
    assert [step["does"] for step in found["steps"]] == [
        "reading a Polis export",
        "taking one row a statement, with its votes counted",
        "writing a table in CSV",
    ]
    assert [(item["where"], item["count"]) for item in lost(found)] == [
        ("the whole file", 1),
        ("who cast each vote", 3),
        ("votes that were changed later", 1),
        ("times of votes", 4),
        ("groups that people are in", 1),
        ("who wrote a statement, and when", 2),
        ("summary", 2),
        ("rows with such a text", 1),
    ]
    assert main(["convert", str(path), str(tmp_path / "b.csv")]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{path}: a Polis export\n{tmp_path / 'b.csv'}: a table in CSV\n\nLost in reading")
    assert "\nLost in taking one row a statement, with its votes counted\n" in printed
    assert BY_KEY["csv"].read(tmp_path / "a.csv").rows == (
        ("4", "More benches", "2", "0", "0", "1"),
        ("7", "=1+1", "0", "1", "0", "-1"),
    )


def test_a_table_of_projects_counts_ballots_and_points(tmp_path, capsys):
    converted(capsys, sample("pabulib", tmp_path / "in"), tmp_path / "a.csv")
    table = BY_KEY["csv"].read(tmp_path / "a.csv")
    assert table.columns == ("project_id", "cost", "name", "ballots that name it", "points given")
    assert table.rows == (("a", "10", "Trees", "1", "2"), ("b", "20.25", "Benches", "2", "8.5"))


def test_a_table_of_codes_names_those_above(tmp_path, capsys):
    found = converted(capsys, sample("qdc", tmp_path / "in"), tmp_path / "a.csv")
    assert BY_KEY["csv"].read(tmp_path / "a.csv").rows == (
        ("comfort", "", "", "", "no"),
        ("shade", "comfort", "", "", "yes"),
    )
    assert [(item["where"], item["count"]) for item in lost(found)] == [("GUIDs of codes", 2)]


def test_a_table_of_events_says_when_and_where(tmp_path, capsys):
    found = converted(capsys, sample("ics", tmp_path / "in"), tmp_path / "a.csv")
    assert BY_KEY["csv"].read(tmp_path / "a.csv").rows == (
        ("2026-11-24T18:00:00+00:00", "2026-11-24T20:00:00+00:00", "Planting", "The park", "", "", "", "", ""),
    )
    told = {item["where"] for item in lost(found)}
    assert told >= {"identifiers and numbers of changes", "names of time zones"}


def test_what_stays_in_a_project_and_in_a_bundle_is_told(tmp_path, capsys):
    found = converted(capsys, sample("qdpx", tmp_path / "in"), tmp_path / "a.qdc")
    told = {item["where"]: item["count"] for item in lost(found)}
    assert told == {
        "sources": 1,
        "selections in sources": 1,
        "codings": 1,
        "name and description of the project": 1,
    }
    found = converted(capsys, sample("bundle", tmp_path / "in"), tmp_path / "a.json")
    assert {item["where"] for item in lost(found)} == {"the report", "the codebook"}


def test_nothing_is_overwritten_unless_it_is_asked_for(tmp_path, capsys):
    path, out = sample("ris", tmp_path / "in"), tmp_path / "a.json"
    out.write_text("mine")
    assert refused(capsys, "convert", path, out) == f"{out} is there already; --force replaces it."
    assert out.read_text() == "mine"
    converted(capsys, path, out, "--force")
    assert recognise(out).format.key == "csl-json"
    before = path.read_bytes()
    assert refused(capsys, "convert", path, path) == f"{path} is there already; --force replaces it."
    assert path.read_bytes() == before


def test_a_folder_with_something_in_it_is_not_written_to_unless_it_is_asked_for(tmp_path, capsys):
    path, out = sample("polis", tmp_path / "in"), tmp_path / "out"
    out.mkdir()
    converted(capsys, path, out)
    (out / "mine.txt").write_text("mine")
    assert refused(capsys, "convert", path, out) == f"{out} is there already; --force replaces it."
    converted(capsys, path, out, "--force")
    assert (out / "mine.txt").read_text() == "mine"


def test_what_is_neither_a_file_nor_a_folder_is_never_replaced(tmp_path, capsys):
    path = sample("ris", tmp_path / "in")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "nowhere")
    for name, says in (
        ("pipe.json", "is neither a file nor a folder, but a device or a pipe."),
        ("folder.json", "is there already and is no file, as references in CSL-JSON is."),
        ("link.json", "is a link that leads nowhere."),
        ("missing/a.json", "cannot be written: No such file or directory."),
        (f"{'a' * 300}.json", "cannot be written: File name too long."),
    ):
        out = tmp_path / name
        assert refused(capsys, "convert", path, out, "--force") == f"{out} {says}"
    assert (tmp_path / "pipe.json").is_fifo()
    assert (tmp_path / "link.json").is_symlink()
    out = tmp_path / "file"
    out.write_text("mine")
    said = refused(capsys, "convert", sample("polis", tmp_path / "in"), out, "--to", "polis", "--force")
    assert said == f"{out} is there already and is no folder, as a Polis export is."


@pytest.mark.parametrize("device", ["/dev/null", "/dev/full"])
def test_devices_stay_devices(device, tmp_path, capsys):
    path = sample("ris", tmp_path)
    said = refused(capsys, "convert", path, device, "--to", "ris", "--force")
    assert said == f"{device} is neither a file nor a folder, but a device or a pipe."
    assert Path(device).is_char_device()


def test_what_cannot_be_written_leaves_nothing_and_what_was_there_stays(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("name\nAma\n" + '"' + "x" * 40_000 + '"\n')
    out = tmp_path / "a.xlsx"
    out.write_text("mine")
    assert refused(capsys, "convert", path, out, "--force").startswith(f"{out}, row 3")
    assert out.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "a.xlsx"]


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path, capsys):
    path = sample("polis", tmp_path / "in")
    out = tmp_path / "missing" / "out"
    assert refused(capsys, "convert", path, out) == f"{out} cannot be written: No such file or directory."
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]
    converted(capsys, path, tmp_path / "out")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "out"]


def test_bad_input_is_told_like_in_inspect(tmp_path, capsys):
    for name, data, says in (
        ("a.ris", b"TY  - JOUR\n", ", line 1: the last record has no end (ER)."),
        ("b.pdf", b"%PDF-1.4", " is a PDF document, which is not read here."),
        ("c.ris", b"", " is empty."),
    ):
        (tmp_path / name).write_bytes(data)
        assert (
            refused(capsys, "convert", tmp_path / name, tmp_path / "out", "--to", "ris") == f"{tmp_path / name}{says}"
        )
    missing = tmp_path / "missing"
    assert refused(capsys, "convert", missing, tmp_path / "out.csv") == f"{missing} is not there."
