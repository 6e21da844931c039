"""Word transcripts: files made with python-docx, with what Word itself writes put in by hand."""

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from tests.exchange.readers import DOCX, READERS, outcome, zipped
from weft.exchange.errors import ExchangeError
from weft.exchange.transcripts import Transcript, read_docx, read_transcript

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
READER = next(reader for reader in READERS if reader.name == "docx")


def saved(document, folder: Path) -> Path:
    path = folder / "talk.docx"
    document.save(path)
    return path


def said(transcript: Transcript) -> list[tuple]:
    return [(turn.speaker, turn.begins, transcript.said(turn)) for turn in transcript.turns]


def losses(transcript: Transcript) -> dict[str, tuple[str, int]]:
    return {item.where: (item.kind, item.count) for item in transcript.loss}


def with_runs(document, runs: str) -> None:
    """A paragraph of this XML, as Word would write it."""
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{runs}</w:p>"))


def test_the_layout_of_teams_is_read(tmp_path):
    document = docx.Document()
    document.add_heading("Talk-Meeting Transcript", 0)
    document.add_paragraph("Nick Miller started transcription")
    turns = (("David M", "0:03", "from the planning"), ("Réy", "0:19", "Ja.\nBut."), ("David M", "1:02:03", "So"))
    for who, time, words in turns:
        paragraph = document.add_paragraph("\n")
        paragraph.add_run(who).bold = True
        paragraph.add_run(f"   {time}\n{words}")
    document.add_paragraph("Nick Miller stopped transcription")
    transcript = read_docx(saved(document, tmp_path))
    assert said(transcript) == [
        (None, None, "Talk-Meeting Transcript\nNick Miller started transcription"),
        ("David M", 3000, "from the planning"),
        ("Réy", 19000, "Ja.\nBut."),
        ("David M", 3723000, "So"),
        (None, None, "Nick Miller stopped transcription"),
    ]
    assert (transcript.format, transcript.encoding, transcript.loss) == ("Word", None, ())


def test_a_table_of_names_and_words_is_read_cell_by_cell(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "Ana: one"
    table.cell(1, 0).text = "Ana: two"
    table.cell(1, 0).add_paragraph("three")
    document.add_paragraph("Bo: after")
    document.add_paragraph("Bo: end")
    transcript = read_transcript(saved(document, tmp_path))
    assert said(transcript) == [
        ("Ana", None, "one"),
        ("Ana", None, "two\nthree"),
        ("Bo", None, "after"),
        ("Bo", None, "end"),
    ]
    assert losses(transcript) == {"tables": ("changed", 1)}


def test_tracked_changes_are_read_as_if_accepted(tmp_path):
    document = docx.Document()
    with_runs(
        document,
        "<w:r><w:t xml:space='preserve'>I </w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>always</w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3'><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:moveTo w:id='4'><w:r><w:t xml:space='preserve'> here</w:t></w:r></w:moveTo>",
    )
    transcript = read_docx(saved(document, tmp_path))
    assert transcript.text == "I always here"
    assert losses(transcript) == {
        "tracked deletions": ("left out", 1),
        "tracked insertions": ("changed", 1),
        "words moved elsewhere": ("left out", 1),
    }


def test_what_is_no_running_text_is_in_the_loss_report(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "On every page"
    document.sections[0].footer.paragraphs[0].text = " "
    paragraph = document.add_paragraph("A point", style="List Bullet")
    document.add_comment(paragraph.runs, "is it?")
    document.add_paragraph("").add_run().add_picture(io.BytesIO(dot()))
    with_runs(
        document,
        "<w:pPr><w:numPr/></w:pPr><w:r><w:t>Words</w:t><w:tab/><w:noBreakHyphen/><w:footnoteReference w:id='1'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>!</w:t></w:r>"
        "<w:hyperlink w:anchor='a'><w:r><w:t>link</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>box</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='separate'/>"
        "<w:t>7</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>beside</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    )
    transcript = read_docx(saved(document, tmp_path))
    assert transcript.text == "Words\t\u2011!linkbox7\nA point\n"
    assert losses(transcript) == {
        "headers and footers": ("left out", 1),
        "numbers and signs of lists": ("left out", 1),
        "footnotes and endnotes": ("left out", 1),
        "hidden words": ("left out", 1),
        "addresses of links": ("left out", 1),
        "letters from a font of symbols": ("left out", 1),
        "text boxes": ("left out", 1),
        "comments": ("left out", 1),
        "pictures and drawings": ("left out", 1),
    }


def dot() -> bytes:
    """A picture of one point."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )


def changed(folder: Path, **parts: bytes | None) -> Path:
    """The small good file with some parts changed or taken away."""
    names = {"types": "[Content_Types].xml", "words": "word/document.xml", "links": "word/_rels/document.xml.rels"}
    held = DOCX | {names[key]: data for key, data in parts.items()}
    path = folder / "a.docx"
    path.write_bytes(zipped({name: data for name, data in held.items() if data is not None}))
    return path


NOT_WORD = "is not a Word file that can be read; open it in Word and save it anew as .docx."
REFUSED = [
    ({"types": None}, "is not a Word file."),
    ({"types": DOCX["[Content_Types].xml"].replace(b"document.main", b"template.main")}, NOT_WORD),
    ({"types": DOCX["[Content_Types].xml"].replace(b"ContentType=", b"Kind=")}, NOT_WORD),
    ({"words": b"<w:document"}, "word/document.xml, line 1: the XML is not well formed"),
    ({"words": DOCX["word/document.xml"].replace(b"Caf", b"<!-- -->Caf").replace(b":t>", b":x>")}, "holds no words."),
    ({"words": b"<!DOCTYPE x>" + DOCX["word/document.xml"]}, "word/document.xml declares a document type"),
    ({"links": b"<!DOCTYPE x>" + DOCX["word/_rels/document.xml.rels"]}, "xml.rels declares a document type"),
    ({"links": DOCX["word/_rels/document.xml.rels"].replace(b"header1", b"header9")}, NOT_WORD),
]


@pytest.mark.parametrize(("parts", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_a_damaged_word_file_is_refused(tmp_path, parts, sentence):
    with pytest.raises(ExchangeError) as caught:
        read_docx(changed(tmp_path, **parts))
    assert sentence in str(caught.value)


def test_a_relation_without_a_type_does_no_harm(tmp_path):
    links = DOCX["word/_rels/document.xml.rels"].replace(b"Type=", b"Kind=")
    assert outcome(READER, changed(tmp_path, links=links)).text == "Café\nJa"


def test_other_files_are_told_by_name(tmp_path):
    odt = tmp_path / "a.docx"
    odt.write_bytes(zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}))
    with pytest.raises(ExchangeError, match=r"is an OpenDocument file \(\.odt\); save it as \.docx"):
        read_transcript(odt)
    odt.write_bytes(b"\xd0\xcf\x11\xe0 and more")
    with pytest.raises(ExchangeError, match=r"is an older Word file \(\.doc\)"):
        read_docx(odt)
    odt.write_bytes(b"only words")
    with pytest.raises(ExchangeError, match="is not a zip file"):
        read_docx(odt)


def test_a_part_that_is_no_xml_is_never_read(tmp_path):
    """Word's pictures may be large; python-docx is given none of them."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in DOCX.items():
            file.writestr(name, data)
        file.writestr("word/media/image1.png", b"")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"word/media/image1.png") - 30
    data[at : at + 4] = b"\1\2\3\4"  # a checksum that does not fit
    path.write_bytes(data)
    assert read_docx(path).text == "Café\nJa"


def test_too_many_parts_or_too_much_xml_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(DOCX | {f"word/{n}.bin": b"" for n in range(2000)}))
    with pytest.raises(ExchangeError, match="holds 2005 parts, the most that can be read is 2000"):
        read_docx(path)
    filler = b"<a>" + b"x" * 9_000_000 + b"</a>"
    path.write_bytes(zipped(DOCX | {f"word/{n}.xml": filler for n in range(3)}))
    with pytest.raises(ExchangeError, match="holds more than 20000000 bytes of XML"):
        read_docx(path)


def test_any_damage_ends_in_the_one_error_or_is_read(tmp_path):
    draw = random.Random(5)  # noqa: S311
    for _ in range(150):
        held = dict(DOCX)
        name = draw.choice(sorted(held))
        data = bytearray(held[name])
        for _ in range(draw.randrange(1, 4)):
            at = draw.randrange(len(data))
            data[at : at + draw.randrange(4)] = draw.choice((b"", b"<", b"/>", b"w:", b'"', b"0", b"\xff", b"rt"))
        path = tmp_path / "a.docx"
        path.write_bytes(zipped(held | {name: bytes(data)}))
        found = outcome(READER, path)
        assert isinstance(found, str) or "\r" not in found.text
