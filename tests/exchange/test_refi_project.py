"""REFI-QDA projects: the shared ones decoded, everything in the schema kept, written and read again."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.exchange.refi_schema import SHARED, InTurn, Schema, needs_shared, slow
from weft.exchange.refi import (
    Project,
    SyncPoint,
    TextSelection,
    TextSource,
    Transcript,
    VideoSource,
    all_codes,
    describe,
    everything,
    guid_key,
    new_file,
    read_project,
    write_project,
)
from weft.exchange.refi.project import instruction
from weft.methods.text_spans import READINGS

DIALECTS = {"synthetic-nvivo-dialect": "UTF-16 CRLF", "synthetic-spec-dialect": "code point LF"}
PROJECTS = [*DIALECTS, "atlasti8-mac-standard-project"]
ATLAS = SHARED / "atlasti8-mac-standard-project.qdpx"
GUID = "5a5a0001-0000-4000-8000-{:012}"
ABOUT_FILES = {"Its text ", "Its file ", "There is ", "Selection", "Sync poin"}


def zipped(path: Path, document: bytes | str, **files: bytes) -> Path:
    """A project of this document, with files in its folder of sources."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", document)
        for name, data in files.items():
            archive.writestr(f"sources/{name}.txt", data)
    return path


def document(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde")


def coded(project: Project) -> list[dict[str, object]]:
    """Each selection of the first source with the words, codes and memo it comes to."""
    source = project.sources[0]
    codes = {guid_key(code.guid): code.name for code in all_codes(project.codes)}
    notes = {guid_key(note.guid): note.text for note in project.notes}
    return [
        {
            "selection_guid": one.guid,
            "codes": [codes[guid_key(coding.code_ref)] for coding in one.codings],
            "text_with_lf": source.text[one.start : one.end],
            "memo": next((notes[guid_key(guid)] for guid in one.note_refs), None),
        }
        for one in source.selections
    ]


@needs_shared
@pytest.mark.parametrize("name", DIALECTS)
def test_both_dialects_decode_to_what_is_expected(name):
    project = read_project(SHARED / f"{name}.qdpx")
    expected = json.loads((SHARED / f"{name}.expected.json").read_text())["selections"]
    wanted = [{key: one[key] for key in ("selection_guid", "codes", "text_with_lf", "memo")} for one in expected]
    assert coded(project) == wanted
    assert project.reading.name == DIALECTS[name]
    assert project.reading.chosen_by == "score"
    assert dict(project.reading.scores)[DIALECTS[name]] == 1
    assert not project.reading.is_ambiguous
    assert len(project.loss) == (DIALECTS[name] != "code point LF")
    assert project.files == ()


@needs_shared
def test_the_two_dialects_are_the_same_project():
    one, other = (read_project(SHARED / f"{name}.qdpx") for name in DIALECTS)
    assert one.sources[0].text == other.sources[0].text
    places = [[(each.start, each.end) for each in project.sources[0].selections] for project in (one, other)]
    assert places[0] == places[1]


@needs_shared
def test_a_reading_can_be_given():
    project = read_project(SHARED / "synthetic-nvivo-dialect.qdpx", reading="code point LF")
    assert project.reading.chosen_by == "caller"
    assert project.sources[0].selections[0].start == 37
    assert coded(project)[0]["text_with_lf"] != "Somewhere warm to sit"


@needs_shared
def test_a_project_without_its_sources_is_read(tmp_path):
    project = read_project(ATLAS)
    kinds = [type(source).__name__ for source in project.sources]
    assert [kinds.count(f"{kind}Source") for kind in ("Text", "Picture", "PDF", "Audio", "Video")] == [6, 1, 2, 1, 2]
    assert (len(project.codes), len(project.sets), len(project.links), len(project.graphs)) == (14, 16, 1, 1)
    assert len(project.graphs[0].vertices) == 3
    selections = [one for one in everything(project) if isinstance(one, TextSelection)]
    assert len(selections) == 8
    assert not any(one.is_placed for one in selections)
    assert project.sources[2].selections[0].start == 139
    whys = [item.why for item in project.loss]
    assert sum("is not in the archive" in why for why in whys) == 23
    assert sum("lies outside the project, where Weft does not look" in why for why in whys) == 3
    assert sum(item.count for item in project.loss if "no text for its positions" in item.why) == 21
    assert len(whys) == 23 + 3 + 8
    assert write_project(project, tmp_path / "out.qdpx") == ()
    assert Schema("Project.xsd").content(document(tmp_path / "out.qdpx")) == Schema("Project.xsd").content(
        zipfile.ZipFile(ATLAS).read("Project.qde"), leave={"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}
    )


@needs_shared
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", PROJECTS)
def test_a_second_read_is_identical_and_the_same_bytes_are_written(tmp_path, name, reading):
    project = read_project(SHARED / f"{name}.qdpx")
    first, second = tmp_path / "first.qdpx", tmp_path / "second.qdpx"
    assert write_project(project, first, reading=reading) == ()
    Schema("Project.xsd").check(document(first))
    again = read_project(first)
    assert again == project
    assert (again.reading.name, again.reading.chosen_by) == (reading, "file")
    write_project(again, second, reading=reading)
    assert first.read_bytes() == second.read_bytes()
    write_project(again, first, reading=reading)
    assert first.read_bytes() == second.read_bytes()


@needs_shared
def test_what_is_written_for_nvivo_is_what_nvivo_wrote(tmp_path):
    original = SHARED / "synthetic-nvivo-dialect.qdpx"
    write_project(read_project(original), tmp_path / "out.qdpx", reading="UTF-16 CRLF")
    schema = Schema("Project.xsd")
    assert schema.content(document(tmp_path / "out.qdpx")) == schema.content(document(original))
    with zipfile.ZipFile(original) as theirs, zipfile.ZipFile(tmp_path / "out.qdpx") as ours:
        names = [next(name for name in each.namelist() if name.endswith(".txt")) for each in (theirs, ours)]
        assert theirs.read(names[0]) == b"\xef\xbb\xbf" + ours.read(names[1])


@needs_shared
def test_every_element_and_attribute_of_the_schema_is_kept(tmp_path):
    schema, draw = Schema("Project.xsd"), InTurn()
    left = schema.declared()
    assert len(left) == 239
    for _ in range(12):
        made = schema.document(draw)
        schema.check(made)
        project = read_project(zipped(tmp_path / "in.qdpx", marked(made)))
        assert {item.why[:9] for item in project.loss} <= ABOUT_FILES
        write_project(project, tmp_path / "out.qdpx")
        written = document(tmp_path / "out.qdpx")
        schema.check(written)
        assert schema.content(written) == schema.content(made)
        left -= {(tag.split("}")[1], name) for tag, held, _ in schema.content(written) for name in ("", *held)}
    assert left == set()


def marked(made: bytes, reading: str = READINGS[0]) -> bytes:
    """The document with what says how it counts."""
    root = etree.fromstring(made)
    root.addprevious(instruction(reading))
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)


@needs_shared
@slow(40)
@given(draw=st.randoms(use_true_random=False), reading=st.sampled_from(READINGS))
def test_whatever_the_schema_lets_stand_is_kept(tmp_path, draw, reading):
    schema = Schema("Project.xsd")
    made = schema.document(draw)
    schema.check(made)
    project = read_project(zipped(tmp_path / "in.qdpx", marked(made, reading)))
    out = tmp_path / "out.qdpx"
    assert write_project(project, out, reading=reading) == ()
    schema.check(document(out))
    assert schema.content(document(out)) == schema.content(made)
    assert read_project(out) == project


@needs_shared
@slow(40)
@given(draw=st.randoms(use_true_random=False))
def test_whoever_counted_a_second_read_is_identical(tmp_path, draw):
    project = read_project(zipped(tmp_path / "in.qdpx", Schema("Project.xsd").document(draw)))
    loss = write_project(project, tmp_path / "out.qdpx")
    again = read_project(tmp_path / "out.qdpx")
    assert loss or again == project
    assert write_project(again, tmp_path / "again.qdpx") == ()
    assert (tmp_path / "again.qdpx").read_bytes() == (tmp_path / "out.qdpx").read_bytes()


def project_of(*sources: object, **more: object) -> Project:
    return Project(name="Listening", sources=sources, **more)


TEXTS = st.text(alphabet="ab \n🪑é’", max_size=30)


@slow(25)
@given(text=TEXTS, cuts=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5), inline=st.booleans())
@pytest.mark.parametrize("reading", READINGS)
def test_places_are_the_same_however_they_are_counted(tmp_path, reading, text, cuts, inline):
    spans = [sorted(min(place, len(text)) for place in cut) for cut in cuts]
    source = TextSource(
        guid=GUID.format(1),
        text=text,
        plain_text_path=None if inline else "internal://words.txt",
        selections=tuple(
            TextSelection(guid=GUID.format(100 + number), start=start, end=end)
            for number, (start, end) in enumerate(spans)
        ),
    )
    transcript = Transcript(
        guid=GUID.format(2),
        text=text,
        sync_points=tuple(SyncPoint(guid=GUID.format(200 + n), position=end) for n, (_, end) in enumerate(spans)),
    )
    project = project_of(source, VideoSource(guid=GUID.format(3), transcripts=(transcript,)))
    assert write_project(project, tmp_path / "out.qdpx", reading=reading) == ()
    back = read_project(tmp_path / "out.qdpx")
    assert back == project
    assert back.reading.empty == sum(start == end for start, end in spans)
    assert back.loss == () or {item.where for item in back.loss} == {"positions in texts"}


def test_files_are_kept_byte_for_byte_and_read_when_asked_for(tmp_path):
    video = VideoSource(guid=GUID.format(1), path="internal://film.mp4")
    film = bytes(range(256)) * 10_000
    project = project_of(video, files=(new_file("sources/film.mp4", film), new_file("readme.md", b"Hello")))
    write_project(project, tmp_path / "out.qdpx")
    back = read_project(tmp_path / "out.qdpx")
    assert [(file.name, file.size) for file in back.files] == [("readme.md", 5), ("sources/film.mp4", 2_560_000)]
    assert back.files[1].read() == film
    assert back.loss == ()
    write_project(back, tmp_path / "out.qdpx")
    assert read_project(tmp_path / "out.qdpx").files[1].read() == film


def test_the_folder_of_sources_stays_as_it_is_written(tmp_path):
    text = TextSource(guid=GUID.format(1), text="words", plain_text_path="internal://a.txt")
    write_project(project_of(text, files=(new_file("Sources/b.mp3", b"b"),)), tmp_path / "out.qdpx")
    assert zipfile.ZipFile(tmp_path / "out.qdpx").namelist() == ["project.qde", "Sources/a.txt", "Sources/b.mp3"]
    write_project(project_of(text), tmp_path / "out.qdpx")
    assert zipfile.ZipFile(tmp_path / "out.qdpx").namelist() == ["project.qde", "sources/a.txt"]


def test_describe_tells_what_is_there():
    assert describe(Project(name="Empty")) == (("project", "Empty"),)


@needs_shared
def test_describe_tells_how_positions_are_counted():
    rows = dict(describe(read_project(SHARED / "synthetic-nvivo-dialect.qdpx")))
    assert rows["codes"] == "6"
    assert rows["codes that only group others"] == "2"
    assert (rows["texts"], rows["selections"], rows["codings"], rows["notes"]) == ("1", "4", "5", "2")
    assert rows["positions counted as"] == "UTF-16 CRLF (makes most sense of the selections)"
    assert "UTF-16 CRLF 1.000" in rows["scores of the four ways to count"]
    assert dict(describe(read_project(ATLAS)))["positions that could not be placed"] == "21"
