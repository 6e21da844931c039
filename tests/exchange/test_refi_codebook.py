"""REFI-QDA codebooks: read, written as the schema wants them, read again, damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.refi_schema import SHARED, Schema, needs_shared, slow
from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem
from weft.exchange.refi import Code, Codebook, Set, read_codebook, write_codebook
from weft.exchange.refi.values import guid_key

BELONGING = "7c7c0001-0000-4000-8000-000000000001"
ASKED = "{7C7C0003-0000-4000-8000-000000000003}"
HEAD = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
TAIL = "</Codes></CodeBook>"
CODE = f'<Code guid="{BELONGING}" name="Belonging" isCodable="true"/>'


def code(guid: str = BELONGING, **fields: object) -> Code:
    return Code(guid=guid, **{"name": "Belonging", "is_codable": True, **fields})


def read(tmp_path, text: str | bytes) -> Codebook:
    path = tmp_path / "a.qdc"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_codebook(path)


@needs_shared
def test_the_shared_codebook_is_read_and_written_as_its_schema_wants(tmp_path):
    codebook = read_codebook(SHARED / "synthetic-valid.qdc")
    assert [one.name for one in codebook.codes] == ["Belonging", "Coût & café <soutien>", "Iechyd meddwl"]
    assert [one.name for one in codebook.codes[0].codes] == ["Places to be", "Being asked"]
    assert codebook.codes[0].codes[0].guid == "{7C7C0002-0000-4000-8000-000000000002}"
    assert (codebook.codes[0].color, codebook.codes[0].is_codable) == ("#abc", False)
    assert codebook.codes[0].description == "Being part of somewhere"
    assert codebook.sets[0].code_refs[1] == "7c7c0006-0000-4000-8000-000000000006"
    assert guid_key(codebook.codes[2].codes[0].guid) == guid_key(codebook.sets[0].code_refs[1])
    assert codebook.loss == ()
    assert write_codebook(codebook, tmp_path / "out.qdc") == ()
    assert read_codebook(tmp_path / "out.qdc") == codebook
    Schema("Codebook.xsd").check((tmp_path / "out.qdc").read_bytes())


@needs_shared
@slow(60)
@given(draw=st.randoms(use_true_random=False))
def test_whatever_the_schema_lets_stand_is_kept(tmp_path, draw):
    schema = Schema("Codebook.xsd")
    made = schema.document(draw)
    schema.check(made)
    codebook = read(tmp_path, made)
    assert codebook.loss == ()
    assert write_codebook(codebook, tmp_path / "out.qdc") == ()
    written = (tmp_path / "out.qdc").read_bytes()
    schema.check(written)
    assert schema.content(written) == schema.content(made)
    assert read_codebook(tmp_path / "out.qdc") == codebook


def test_what_a_codebook_cannot_hold_is_in_the_loss_report(tmp_path):
    inner = code(ASKED, name="Asked", note_refs=(BELONGING, BELONGING))
    mine = Codebook(
        codes=(code(codes=(inner,)),), sets=(Set(guid=ASKED, name="First", code_refs=(ASKED,), note_refs=(BELONGING,)),)
    )
    loss = write_codebook(mine, tmp_path / "out.qdc")
    assert loss == (
        LossItem("out.qdc", "code Asked", "left out", "A codebook has no place for notes.", 2),
        LossItem("out.qdc", "set First", "left out", "A codebook has no place for the sources and notes of a set."),
    )
    assert read_codebook(tmp_path / "out.qdc").sets[0].code_refs == (ASKED,)


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (Codebook(), "there is no code"),
        (Codebook(codes=(code("7c7c"),)), "guid of Code must be a GUID such as .*, got 7c7c"),
        (Codebook(codes=(code(color="red"),)), "color of Code must be a colour such as #1f77b4, got red"),
        (Codebook(codes=(code(name="a\0"),)), r"holds the character \\x00, which XML cannot hold"),
        (Codebook(codes=(code(name="a\ud800"),)), r"holds the character \\ud800, which XML cannot hold"),
        (Codebook(codes=(code(), code(f"{{{BELONGING.upper()}}}"))), "is there twice"),
        (Codebook(codes=(code(name=None),)), "name of Code is missing"),
        (Codebook(codes=(code(is_codable="yes"),)), "isCodable of Code must be true or false, got yes"),
    ],
)
def test_what_nobody_could_read_is_not_written(tmp_path, mine, says):
    path = tmp_path / "out.qdc"
    path.write_text("as before")
    with pytest.raises(ExchangeError, match=says):
        write_codebook(mine, path)
    assert path.read_text() == "as before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.qdc"]


def test_too_deep_a_nest_is_refused_both_ways(tmp_path):
    deep = code()
    for number in range(300):
        deep = code(f"7c7c0001-0000-4000-8000-{number:012}", codes=(deep,))
    with pytest.raises(ExchangeError, match="nested more than 100 deep"):
        write_codebook(Codebook(codes=(deep,)), tmp_path / "out.qdc")
    opened = "".join(CODE.replace("/>", ">").replace("0001", f"{n:04}", 1) for n in range(120))
    with pytest.raises(ExchangeError, match="line 1, element Code: is nested more than 100 deep"):
        read(tmp_path, HEAD + opened + "</Code>" * 120 + TAIL)


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        (CODE * 2, "is there twice"),
        (CODE.replace(BELONGING, "x"), "line 1, element Code: guid must be a GUID such as .*, got x"),
        ("<Code name='a' isCodable='true'/>", "guid must be a GUID such as .*, got nothing"),
        (CODE + "</Code>", "not well formed"),
        ("<Code", "not well formed"),
    ],
)
def test_damage_ends_in_one_sentence(tmp_path, inner, says):
    with pytest.raises(ExchangeError, match=says):
        read(tmp_path, HEAD + inner + TAIL)


@pytest.mark.parametrize(
    ("inner", "where", "kind"),
    [
        (CODE.replace("name=", "nome="), ["line 1, Code, name", "line 1, Code, nome"], ["changed", "left out"]),
        (CODE.replace("true", "perhaps"), ["line 1, Code, isCodable"], ["changed"]),
        (CODE.replace("/>", ' color="red"/>'), ["line 1, Code, color"], ["left out"]),
        (CODE.replace("/>", "><Memo/><Memo/></Code>"), ["line 1, Memo"], ["left out"]),
        (CODE.replace("/>", ">words</Code>"), ["line 1, Code"], ["left out"]),
        (f"{CODE}<Memo/>", ["line 1, Memo"], ["left out"]),
        (CODE.replace("/>", "><a:b xmlns:a='urn:a'/></Code>"), ["line 1, {urn:a}b"], ["left out"]),
        (CODE.replace("/>", "><Description>a<b>c</b></Description></Code>"), ["line 1, Description"], ["changed"]),
        (
            CODE.replace("/>", "><Description>a</Description><Description/></Code>"),
            ["line 1, Description"],
            ["left out"],
        ),
        (CODE.replace("/>", "><NoteRef targetGUID='" + ASKED + "' a=''><x/></NoteRef></Code>"), None, ["left out"] * 2),
    ],
)
def test_what_has_no_place_is_in_the_loss_report(tmp_path, inner, where, kind):
    codebook = read(tmp_path, HEAD + inner + TAIL)
    assert [item.kind for item in codebook.loss] == kind
    assert where is None or [item.where for item in codebook.loss] == where
    assert codebook.codes[0].guid == BELONGING


def test_words_in_elements_of_a_text_are_kept(tmp_path):
    text = CODE.replace("/>", "><Description>a<b>c</b><!-- no -->d</Description></Code>")
    assert read(tmp_path, HEAD + text + TAIL).codes[0].description == "acd"


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:1.5", ""])
def test_another_version_is_read_and_reported(tmp_path, namespace):
    codebook = read(tmp_path, HEAD.replace("urn:QDA-XML:codebook:1.0", namespace) + CODE + TAIL)
    assert codebook.codes == (code(),)
    assert [str(item) for item in codebook.loss] == [
        "a.qdc, line 1, CodeBook: changed. It was read as urn:QDA-XML:codebook:1.0."
    ]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", "<a/>", HEAD, "<CodeBook xmlns='urn:other'/>", b"\xef\xbb\xbf"])
def test_what_is_no_codebook_is_refused(tmp_path, text):
    with pytest.raises(ExchangeError, match=r"well formed|must begin with the element CodeBook"):
        read(tmp_path, text)
    with pytest.raises(ExchangeError, match="cannot be read: No such file"):
        read_codebook(tmp_path / "nowhere.qdc")


def test_other_encodings_and_entities(tmp_path):
    text = f"<?xml version='1.0' encoding='iso-8859-1'?>{HEAD}{CODE.replace('Belonging', 'Été')}{TAIL}"
    assert read(tmp_path, text.encode("latin-1")).codes[0].name == "Été"
    assert read(tmp_path, text.replace("iso-8859-1", "utf-16").encode("utf-16")).codes[0].name == "Été"
    with pytest.raises(ExchangeError, match="document type"):
        read(tmp_path, f'<!DOCTYPE CodeBook [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}{CODE}{TAIL}')
