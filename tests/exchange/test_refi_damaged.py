"""REFI-QDA projects that are damaged, made to harm or merely odd: one sentence, or read well."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.refi_schema import SHARED, needs_shared, slow
from weft.exchange.errors import ExchangeError
from weft.exchange.refi import (
    PictureSource,
    Project,
    SyncPoint,
    TextSelection,
    TextSource,
    Transcript,
    VideoSource,
    describe,
    new_file,
    read_codebook,
    read_project,
    write_codebook,
    write_project,
)

GUID = "5a5a0001-0000-4000-8000-{:012}"
ONE, TWO, THREE = (GUID.format(number) for number in (1, 2, 3))
HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="a">'
TAIL = "</Project>"


def zipped(path: Path, *members: tuple[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def read(tmp_path: Path, inner: str, *members: tuple[str, bytes | str]) -> Project:
    return read_project(zipped(tmp_path / "a.qdpx", ("project.qde", HEAD + inner + TAIL), *members))


def source(inner: str = "", more: str = 'plainTextPath="internal://a.txt"') -> str:
    return f'<Sources><TextSource guid="{ONE}" {more}>{inner}</TextSource></Sources>'


def selection(start: object, end: object, name: str = "", guid: str = TWO) -> str:
    return f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}"/>'


def whys(project: Project) -> list[str]:
    return [item.why for item in project.loss]


# What is no project


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ([], "must hold one project file that ends in .qde, it holds 0"),
        ([("a.qde", ""), ("b.qde", "")], "it holds 2"),
        ([("project.qde", "")], "not well formed"),
        ([("project.qde", HEAD)], "not well formed"),
        ([("project.qde", "<Project xmlns='urn:other'/>")], "must begin with the element Project"),
        ([("project.qde", HEAD + TAIL), ("sources/a", "1"), ("Sources/A", "2")], "twice, with small and capital"),
        ([("project.qde", HEAD + TAIL), ("../a", "1")], "leads out of the archive"),
        ([("project.qde", HEAD + TAIL), ("sources/a", b"0" * 50_000_000)], "more than can be trusted"),
        ([("project.qde", f'<!DOCTYPE a [<!ENTITY b "c">]>{HEAD}{TAIL}')], "declares a document type"),
        ([("project.qde", f"{HEAD}{'<Sources>' * 300}")], "not well formed"),
        ([("project.qde", (HEAD + TAIL).encode() + b"\xff")], "not well formed"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path, members, says):
    with pytest.raises(ExchangeError, match=says):
        read_project(zipped(tmp_path / "a.qdpx", *members))


def test_other_names_of_the_project_file_are_read(tmp_path):
    for name in ("My study.qde", "Project.QDE", "folder/project.qde"):
        members = [(name, HEAD + TAIL), ("__MACOSX/._project.qde", "x")]
        assert read_project(zipped(tmp_path / "a.qdpx", *members)).name == "a"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(17), b"no zip file"])
def test_what_is_no_zip_file_is_refused(tmp_path, data):
    (tmp_path / "a.qdpx").write_bytes(data)
    with pytest.raises(ExchangeError, match="zip file"):
        read_project(tmp_path / "a.qdpx")
    with pytest.raises(ExchangeError, match="cannot be read: No such file"):
        read_project(tmp_path / "b.qdpx")
    with pytest.raises(ExchangeError, match=r"positions can be counted as code point LF, .*, not as bytes"):
        read_project(tmp_path / "a.qdpx", reading="bytes")


@needs_shared
def test_a_project_cut_short_anywhere_is_refused(tmp_path):
    data = (SHARED / "synthetic-nvivo-dialect.qdpx").read_bytes()
    for length in range(0, len(data), 97):
        (tmp_path / "a.qdpx").write_bytes(data[:length])
        with pytest.raises(ExchangeError):
            read_project(tmp_path / "a.qdpx")


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        (f'<Users><User guid="{ONE}"/><User guid="{{{ONE}}}"/></Users>', "the user .* is there twice"),
        (f'<Notes><Note guid="{ONE}"/><Note guid="{ONE.upper()}"/></Notes>', "the note .* is there twice"),
        (source().replace("</Sources>", source()[9:]), "the source .* is there twice"),
        (source(selection("x", 2)), "element PlainTextSelection: startPosition must be a whole number, got x"),
        (source(selection(1, 10**30)), "endPosition must be a whole number"),
        (source(selection(1, 2, guid="")), "guid must be a GUID"),
        (source(f'<Coding guid="{TWO}"/>'), "element Coding: has no CodeRef"),
        (source(f'<Coding guid="{TWO}"><CodeRef/></Coding>'), "element CodeRef: targetGUID must be a GUID"),
    ],
)
def test_what_nobody_could_understand_is_refused(tmp_path, inner, says):
    with pytest.raises(ExchangeError, match=says):
        read(tmp_path, inner, ("sources/a.txt", "words"))


def test_a_value_of_the_wrong_type_is_left_out_and_said(tmp_path):
    inner = (
        f'<Variables><Variable guid="{ONE}" name="Age" typeOfVariable="Number"/></Variables><Cases><Case guid="{TWO}">'
        f'<VariableValue><VariableRef targetGUID="{ONE}"/><IntegerValue>many</IntegerValue></VariableValue>'
        f'<VariableValue><VariableRef targetGUID="{ONE}"/><DateValue>2026-02-30</DateValue></VariableValue>'
        f'<VariableValue><VariableRef targetGUID="{ONE}"/><BooleanValue> True </BooleanValue></VariableValue>'
        "</Case></Cases>"
    )
    project = read(tmp_path, inner)
    assert project.variables[0].type == "Text"
    assert [value.value and value.value.text for value in project.cases[0].values] == [None, None, "true"]
    assert whys(project)[0].startswith("typeOfVariable must be one of Text, Boolean,")
    assert whys(project)[0].endswith("got Number. It was taken for Text.")
    assert [item.kind for item in project.loss] == ["changed", "left out", "left out"]


# Texts


@pytest.mark.parametrize(
    "data",
    [
        "one\r\ntwo\rthree é".encode(),
        "\ufeffone\ntwo\nthree é".encode(),
        "one\ntwo\nthree é".encode("utf-16"),
        "one\ntwo\nthree é".encode("utf-32"),
    ],
)
def test_texts_are_canonical(tmp_path, data):
    project = read(tmp_path, source(), ("sources/a.txt", data))
    assert project.sources[0].text == "one\ntwo\nthree é"
    assert project.loss == ()
    write_project(project, tmp_path / "out.qdpx")
    assert zipfile.ZipFile(tmp_path / "out.qdpx").read("sources/a.txt") == "one\ntwo\nthree é".encode()


def test_a_text_that_is_not_utf_8_is_read_and_said(tmp_path):
    project = read(tmp_path, source(), ("sources/a.txt", "Été".encode("latin-1")))
    assert project.sources[0].text == "Été"
    assert whys(project) == ["Its text internal://a.txt is not UTF-8 and was read as Windows-1252."]
    project = read(tmp_path, source(), ("sources/a.txt", b"\x81\xff"))
    assert project.sources[0].text is None
    assert [file.read() for file in project.files] == [b"\x81\xff"]
    assert whys(project) == ["Its text internal://a.txt is in no encoding that can be told and was not read."]
    write_project(project, tmp_path / "out.qdpx")
    assert read_project(tmp_path / "out.qdpx").files == project.files
    broken = (tmp_path / "a.qdpx").read_bytes().replace(b"sources/a.txt", b"sources/b.txt", 1)
    (tmp_path / "a.qdpx").write_bytes(broken)
    with pytest.raises(ExchangeError, match=r"a\.txt is damaged"):
        read_project(tmp_path / "a.qdpx")


def test_too_large_a_text_is_kept_as_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr("weft.exchange.refi.texts.LARGEST_TEXT", 3)
    project = read(tmp_path, source(), ("sources/a.txt", "four"))
    assert project.sources[0].text is None
    assert whys(project) == ["Its text internal://a.txt is larger than 3 bytes and was not read."]
    monkeypatch.setattr("weft.exchange.refi.project.LARGEST_DOCUMENT", 3)
    with pytest.raises(ExchangeError, match=r"a\.qdpx/project\.qde is larger than 3 bytes"):
        read(tmp_path, "")


@pytest.mark.parametrize("path", ["{}", "file://{}", "relative:///secret.txt", "absolute://{}", "../secret.txt"])
def test_a_path_that_leads_elsewhere_is_never_followed(tmp_path, path):
    (tmp_path / "secret.txt").write_text("secret")
    where = path.format(tmp_path / "secret.txt")
    picture = f'<PictureSource guid="{TWO}" path="{where}"/>'
    inner = source(more=f'plainTextPath="{where}" richTextPath="{where}"').replace("</Sources>", picture + "</Sources>")
    project = read(tmp_path, inner, ("sources/other.txt", "words"))
    assert project.sources[0].text is None
    assert sum("lies outside the project, where Weft does not look" in why for why in whys(project)) == 3
    write_project(project, tmp_path / "out.qdpx")
    assert b"secret\n" not in (tmp_path / "out.qdpx").read_bytes()
    assert read_project(tmp_path / "out.qdpx").sources[0].plain_text_path == where


@pytest.mark.parametrize("path", ["a.txt", "internal:///a.txt", "internal://A.TXT"])
def test_a_text_is_found_however_its_path_is_written(tmp_path, path):
    project = read(tmp_path, source(more=f'plainTextPath="{path}"'), ("Sources/a.txt", "words"))
    assert project.sources[0].text == "words"
    assert project.loss == ()
    write_project(project, tmp_path / "out.qdpx")
    assert read_project(tmp_path / "out.qdpx") == project


def test_a_text_inside_goes_before_one_beside(tmp_path):
    both = source("<PlainTextContent>inside</PlainTextContent>")
    project = read(tmp_path, both, ("sources/a.txt", "beside"))
    assert (project.sources[0].text, project.sources[0].plain_text_path) == ("inside", None)
    assert whys(project) == ["It has its text inside; the path internal://a.txt was taken out."]
    assert [file.name for file in project.files] == ["sources/a.txt"]
    project = read(tmp_path, source("<PlainTextContent/>"), ("sources/a.txt", "beside"))
    assert project.sources[0].text == "beside"


# Positions


def test_positions_outside_the_text_are_kept_and_said(tmp_path):
    project = read(tmp_path, source(selection(3, 99)), ("sources/a.txt", "words"))
    only = project.sources[0].selections[0]
    assert (only.start, only.end, only.is_placed) == (3, 99, False)
    assert whys(project) == [f"Selection {TWO} has positions 3..99, which cannot be placed inside the text."]
    assert write_project(project, tmp_path / "out.qdpx") == ()
    assert read_project(tmp_path / "out.qdpx") == project


def test_a_position_that_would_become_another_place_is_not_written(tmp_path):
    words = "<PlainTextContent>🪑three four five</PlainTextContent>"
    read(tmp_path, source(words + selection(1, 2) + selection(2, 7, guid=THREE), 'name="Talk"'))
    project = read_project(tmp_path / "a.qdpx", reading="UTF-16 LF")
    assert [one.is_placed for one in project.sources[0].selections] == [False, True]
    (loss,) = write_project(project, tmp_path / "out.qdpx")
    assert (loss.where, loss.kind) == (f"TextSource Talk, {TWO}", "left out")
    assert [one.guid for one in read_project(tmp_path / "out.qdpx").sources[0].selections] == [THREE]


def test_a_sync_point_that_would_become_another_place_loses_its_position(tmp_path):
    points = (SyncPoint(guid=TWO, position=2, is_placed=False), SyncPoint(guid=THREE, position=99, is_placed=False))
    transcript = Transcript(guid=ONE, text="words", sync_points=points)
    film = VideoSource(guid=GUID.format(4), transcripts=(transcript,))
    (loss,) = write_project(Project(name="a", sources=(film,)), tmp_path / "out.qdpx")
    assert loss.where == f"Transcript {ONE}, {TWO}"
    project = read_project(tmp_path / "out.qdpx")
    assert [(one.position, one.is_placed) for one in project.sources[0].transcripts[0].sync_points] == [
        (None, True),
        (99, False),
    ]
    assert whys(project) == [f"Sync point {THREE} has position 99, which cannot be placed inside the text."]


def test_two_readings_that_make_as_much_sense_are_said(tmp_path):
    project = read(tmp_path, source(selection(3, 4)), ("sources/a.txt", "一\n二三四五"))
    assert project.reading.is_ambiguous
    assert project.sources[0].selections[0].start == 3
    assert "Another way of counting makes as much sense" in whys(project)[0]
    assert ("sure", "no: another way makes as much sense and gives other passages") in describe(project)


def test_a_selection_of_no_length_is_kept(tmp_path):
    project = read(tmp_path, source(selection(2, 5) + selection(4, 4, guid=THREE)), ("sources/a.txt", "🪑two words"))
    project = read_project(tmp_path / "a.qdpx", reading="UTF-16 CRLF")
    assert [(one.start, one.end) for one in project.sources[0].selections] == [(1, 4), (3, 3)]
    assert (project.reading.empty, project.reading.unplaced) == (1, 0)


def test_selections_with_one_guid_are_all_placed(tmp_path):
    project = read(tmp_path, source(selection(0, 3) + selection(4, 7)), ("sources/a.txt", "one two"))
    assert [(one.start, one.end, one.is_placed) for one in project.sources[0].selections] == [
        (0, 3, True),
        (4, 7, True),
    ]


# What is not written


def text(**fields: object) -> TextSource:
    return TextSource(guid=ONE, name="Talk", **fields)


@pytest.mark.parametrize(
    ("project", "says"),
    [
        ([text(text="one\r\ntwo")], "Talk: its text must have line feeds only"),
        ([text(text="a\ud800", plain_text_path="internal://a.txt")], "Talk: its text holds half a character"),
        ([text(text="a\0b")], "PlainTextContent holds the character"),
        ([text(text="one", plain_text_path="/etc/passwd")], "a text and a path that leads outside the project"),
        ([text(text="one", plain_text_path="internal://../a")], "could not be read back"),
        ([text(text="one", plain_text_path="internal://")], "would not be read back the same"),
        ([text(text="one", plain_text_path=f"internal://{'a' * 2_000}")], "is too long"),
        ([text(text="one", selections=(TextSelection(guid=TWO, start=2, end=9),))], "2..9 is no place in its text"),
        ([text(selections=(TextSelection(guid=TWO, start=0, end=0),))], "0..0 is no place in its text"),
        ([text(creating_user="me")], "creatingUser of TextSource must be a GUID"),
        ([text(created_at="yesterday")], "creationDateTime of TextSource must be a date and time"),
        ([text(), text()], "is there twice"),
        ([Transcript(guid=ONE)], "Transcript is no TextSource or PictureSource"),
        ([PictureSource(guid=None)], "guid of PictureSource is missing"),
        (
            [
                text(text="one", plain_text_path="internal://a.txt"),
                replace(text(text="two", plain_text_path="internal://a.txt"), guid=TWO),
            ],
            "another text is to be written as internal://a.txt",
        ),
    ],
)
def test_what_nobody_could_read_is_not_written(tmp_path, project, says):
    path = tmp_path / "out.qdpx"
    path.write_text("as before")
    with pytest.raises(ExchangeError, match=says):
        write_project(Project(name="a", sources=tuple(project)), path)
    assert path.read_text() == "as before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.qdpx"]


@pytest.mark.parametrize("names", [("a", "a"), ("project.qde",), ("../a",), ("a", "A"), ("b.qde",)])
def test_files_whose_names_clash_or_lead_out_are_not_written(tmp_path, names):
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_project(Project(name="a", files=tuple(new_file(name, b"1") for name in names)), tmp_path / "out.qdpx")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ExchangeError, match="cannot be written: No such file"):
        write_project(Project(name="a"), tmp_path / "nowhere" / "out.qdpx")


def test_an_archive_that_changed_since_is_noticed(tmp_path):
    project = read(tmp_path, "", ("sources/a.mp3", b"music"))
    zipped(tmp_path / "a.qdpx", ("project.qde", HEAD + TAIL))
    with pytest.raises(ExchangeError, match=r"a\.mp3 is (not in|damaged)"):
        project.files[0].read()
    with pytest.raises(ExchangeError, match=r"a\.mp3"):
        write_project(project, tmp_path / "out.qdpx")


# Anything at all

WORDS = [b"<", b"/>", b"&#0;", b"&amp;", b'"', b"-1", b"999999999999", b"\xff", b"\r\n", b"{", b"xmlns", b"\xf0\x9f"]


def mutated(draw: st.DataObject, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(made)))
        length = draw.draw(st.integers(0, 40))
        other = draw.draw(st.integers(0, len(made)))
        piece = draw.draw(st.sampled_from([*WORDS, bytes(made[other : other + 80]), b""]))
        made[at : at + length] = piece
    return bytes(made)


def members_of(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@needs_shared
@slow(150)
@given(draw=st.data())
def test_whatever_the_bytes_only_one_error_comes_out(tmp_path, draw):
    name = draw.draw(st.sampled_from(["synthetic-nvivo-dialect", "synthetic-spec-dialect", "synthetic-valid"]))
    path, out = tmp_path / "in", tmp_path / "out"
    if name == "synthetic-valid":
        read_it, write_it = read_codebook, write_codebook
        path.write_bytes(mutated(draw, (SHARED / f"{name}.qdc").read_bytes()))
    else:
        read_it, write_it = read_project, write_project
        which = draw.draw(st.integers(0, 2))
        original = SHARED / f"{name}.qdpx"
        if which == 2:
            path.write_bytes(mutated(draw, original.read_bytes()))
        else:
            held = list(members_of(original))
            held[which] = (held[which][0], mutated(draw, held[which][1]))
            zipped(path, *held)
    try:
        found = read_it(path)
        loss = write_it(found, out)
    except ExchangeError:
        return
    assert loss or read_it(out) == found
