"""Which format a file has is told by its bytes; what is not read is refused by its name in plain words."""

import os
import socket
import zipfile
from pathlib import Path

import pytest

from tests.exchange.samples import SAMPLES, sample
from weft.exchange.errors import ExchangeError
from weft.exchange.foreign import MEMBERS, SIGNATURES
from weft.exchange.formats import BY_KEY, FORMATS
from weft.exchange.recognise import OPENING, recognise, recognised_as

TOLD_BY_NAME = {"csv", "text", "360giving-csv"}


@pytest.mark.parametrize("key", SAMPLES)
def test_a_file_is_told_and_read_and_described(key, tmp_path):
    found = recognise(sample(key, tmp_path))
    assert found.format is BY_KEY[key]
    assert found.told_by
    held = found.format.read(sample(key, tmp_path / "again"))
    rows = found.format.describe(held)
    assert rows
    assert all(label and isinstance(value, str) and value for label, value in rows)


def test_there_is_a_sample_of_every_format_that_is_read():
    assert set(SAMPLES) == {each.key for each in FORMATS if each.reader}


@pytest.mark.parametrize("key", sorted(set(SAMPLES) - TOLD_BY_NAME))
def test_the_name_of_a_file_does_not_matter_where_its_bytes_tell(key, tmp_path):
    path = sample(key, tmp_path)
    path = path.rename(tmp_path / "something.dat")
    assert recognise(path).format.key == key


@pytest.mark.parametrize("key", sorted(set(SAMPLES) - TOLD_BY_NAME - {"polis"}))
def test_a_byte_order_mark_and_blank_lines_do_not_matter(key, tmp_path):
    path = sample(key, tmp_path)
    data = path.read_bytes()
    if data.startswith(b"PK"):
        pytest.skip("it is no text")
    path.write_bytes(b"\xef\xbb\xbf\r\n" + data)
    assert recognise(path).format.key == key


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refusal(path: Path) -> str:
    """The sentence that follows the name of the file."""
    with pytest.raises(ExchangeError) as refused:
        recognise(path)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path} ")
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence.removeprefix(f"{path} ")


@pytest.mark.parametrize(("start", "mark", "name", "advice"), SIGNATURES)
def test_files_of_other_kinds_are_named_by_their_bytes(start, mark, name, advice, tmp_path):
    path = written(tmp_path, "something.csv", b"\1" * start + mark + b"\0\1\2" * 20)
    assert refusal(path) == f"is {name}, which is not read here" + (f"; {advice}." if advice else ".")


@pytest.mark.parametrize(("member", "name", "advice"), MEMBERS)
def test_zip_files_of_other_kinds_are_named_by_their_members(member, name, advice, tmp_path):
    with zipfile.ZipFile(tmp_path / "something.zip", "w") as file:
        file.writestr(member, "x")
    assert refusal(tmp_path / "something.zip").startswith(f"is {name}, which is not read here")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "is empty."),
        ("a.txt", b"\0\1\2\3" * 50, "is no text, and in no format that is known here."),
        ("a.csv", b"\x93\xa7" * 8 + b"\0\1\2" * 300, "is no text, and in no format that is known here."),
        ("a.md", "# Parks\n", "is a text in Markdown, which is not read here."),
        ("a.xsd", '<?xml version="1.0"?><!-- <b> --><xs:schema/>', "is an XML schema, which is not read here."),
        ("a", "<!DOCTYPE html>\n<html>", "is a web page, which is not read here."),
        ("a.xml", "<thing/>", "is an XML document of another kind, which is not read here."),
        ("a.xml", "<", "is an XML document of another kind, which is not read here."),
        ("a.json", '{"$schema": "x"}', "is a JSON schema, which is not read here."),
        ("a.json", '{"@context": "x"}', "is linked data in JSON-LD, which is not read here."),
        ("a.json", '{"a": 1}', "is JSON, but neither references (CSL-JSON) nor grants (360Giving)."),
        ("a.json", '["a"]', "is JSON, but neither references (CSL-JSON) nor grants (360Giving)."),
        ("a.yaml", "a: 1\n", "is a text in YAML, which is not read here; a whole programme is read by `weft load`."),
        ("a.qqq", "some words\n", "is a text, and nothing tells its format; say it with --from."),
        ("a", "some words\n", "is a text, and nothing tells its format; say it with --from."),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "is a zip file of something else, which is not read here; unpack it"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 18, "is not a zip file, or is cut short."),
    ],
)
def test_what_is_not_read_is_refused_in_one_sentence(name, data, says, tmp_path):
    assert refusal(written(tmp_path, name, data)).startswith(says)


@pytest.mark.parametrize("data", ['{"grants": [', "[1", "{", "[" * 100_000])
def test_damaged_json_goes_to_a_reader_that_names_the_place(data, tmp_path):
    path = written(tmp_path, "a.json", data)
    with pytest.raises(ExchangeError, match="JSON"):
        recognise(path).format.read(path)


def test_what_is_no_file_is_refused(tmp_path):
    assert refusal(tmp_path / "nothing") == "is not there."
    assert refusal(tmp_path / ("a" * 300)) == "cannot be read: File name too long."
    assert refusal(Path(os.devnull)) == "is neither a file nor a folder, but a device or a pipe."
    assert refusal(Path("a\0b")) == "cannot be read: embedded null byte."
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refusal(tmp_path / "loop").startswith("cannot be read: ")
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "is neither a file nor a folder, but a device or a pipe."
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s") == "is neither a file nor a folder, but a device or a pipe."


def test_a_pipe_is_never_waited_for_even_when_its_format_is_said(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExchangeError, match="a device or a pipe"):
        recognised_as(tmp_path / "pipe", BY_KEY["ris"])


def test_folders_are_polis_exports_or_nothing(tmp_path):
    assert refusal(tmp_path) == "is an empty folder."
    (tmp_path / "a.txt").touch()
    assert refusal(tmp_path).startswith("is a folder without a comments.csv; of folders only Polis exports are read")
    (tmp_path / "2026-06-19-1201-3phdex2kjf-comments.csv").touch()
    assert recognise(tmp_path).format.key == "polis"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "a,b\n1,2\n"),
        ("a.tsv", "a\tb\n1\t2\n"),
        ("A.CSV", "META\nb\n"),
        ("a.csv", '{"a"\n'),
        ("a.csv", "<a>\n"),
    ],
)
def test_a_csv_file_is_a_table_whatever_its_text(name, text, tmp_path):
    assert recognise(written(tmp_path, name, text)).format.key == "csv"


@pytest.mark.parametrize("name", ["comments.csv", "votes.csv", "participants-votes.csv"])
def test_one_file_of_a_polis_export_is_a_table_with_a_warning(name, tmp_path):
    found = recognise(sample("polis", tmp_path) / name)
    assert found.format.key == "csv"
    assert found.warnings == (
        "This is one file of a Polis export, taken alone as a table; give the folder to read them together.",
    )


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1"])
def test_texts_in_other_encodings_are_still_texts(encoding, tmp_path):
    path = written(tmp_path, "a.csv", "name,pl\u00e4ce\nAma,here\n".encode(encoding))
    assert recognise(path).format.key == "csv"


def test_a_letter_cut_by_the_end_of_the_opening_is_no_fault(tmp_path):
    path = written(tmp_path, "a.csv", "a\n" + "x" * (OPENING - 3) + "\u00e9\n")
    assert recognise(path).format.key == "csv"


def test_a_said_format_must_be_possible(tmp_path):
    with pytest.raises(ExchangeError, match=r"is a folder, so it cannot be references in RIS\.$"):
        recognised_as(tmp_path, BY_KEY["ris"])
    with pytest.raises(ExchangeError, match=r"is a file, so it cannot be a Polis export\.$"):
        recognised_as(written(tmp_path, "a", "x"), BY_KEY["polis"])
    assert recognised_as(written(tmp_path, "a", "x"), BY_KEY["ris"]).format.key == "ris"
