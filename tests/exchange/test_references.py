"""References: CSL-JSON and RIS read, written, read again, damaged."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.some_references import many, text
from weft.exchange.errors import ExchangeError
from weft.exchange.references import (
    Date,
    Name,
    Reference,
    References,
    read_csl_json,
    read_ris,
    write_csl_json,
    write_ris,
)
from weft.exchange.references.model import TYPES
from weft.exchange.references.ris_tags import TYPES as RIS_TYPES

ARNSTEIN = Reference(
    "arnstein1969",
    "article-journal",
    {
        "title": "A Ladder Of Citizen Participation",
        "container-title": "Journal of the American Institute of Planners",
        "volume": "35",
        "issue": "4",
        "page": "216-224",
        "ISSN": "0002-8991",
        "DOI": "10.1080/01944366908977225",
        "keyword": "participation, power",
    },
    {"author": (Name("Arnstein", "Sherry R."),)},
    {"issued": Date((1969, 7)), "accessed": Date((2026, 11, 24))},
)
RIS = """\ufeff\r
TY  - JOUR\r
AU  - Arnstein, Sherry R.\r
T1  - A Ladder Of Citizen\r
Participation\r
JO  - Journal of the American Institute of Planners\r
VL  - 35\r
IS  - 4\r
SP  - 216\r
EP  - 224\r
SN  - 0002-8991\r
Y1  - 1969/07//\r
Y2  - 2026/11/24/\r
DO  - 10.1080/01944366908977225\r
KW  - participation\r
KW  - power\r
ID  - arnstein1969\r
ER  - \r
"""


def file(folder: Path, text: str | bytes, name: str = "references") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_real_record_of_ris_is_read(tmp_path):
    found = read_ris(file(tmp_path, RIS))
    assert found == References((ARNSTEIN,))
    assert found.loss == ()


def test_ris_written_reads_back_and_loses_nothing(tmp_path):
    assert write_ris(References((ARNSTEIN,)), tmp_path / "out.ris") == ()
    assert read_ris(tmp_path / "out.ris") == References((ARNSTEIN,))
    lines = (tmp_path / "out.ris").read_bytes().split(b"\r\n")
    assert lines[:3] == [b"TY  - JOUR", b"ID  - arnstein1969", b"AU  - Arnstein, Sherry R."]
    assert lines[-2:] == [b"ER  - ", b""]


def test_csl_json_is_read_with_numbers_spans_and_empty_dates(tmp_path):
    item = {
        "id": 7,
        "type": "report",
        "volume": 35,
        "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "Jan"}, {"literal": "A Council"}],
        "issued": {"date-parts": [["2019", 5], [2020]], "circa": 1},
        "accessed": {"date-parts": [[None]]},
        "submitted": "2020-05-06/2021",
        "event-date": {"raw": "last summer"},
        "original-date": {"edtf": "156X"},
    }
    (found,) = read_csl_json(file(tmp_path, json.dumps(item))).items
    assert (found.id, found.type, found.texts) == ("7", "report", {"volume": "35"})
    assert found.names["author"] == (Name("Berg", "Jan", non_dropping_particle="van den"), Name(literal="A Council"))
    assert found.dates == {
        "issued": Date((2019, 5), (2020,), is_circa=True),
        "submitted": Date((2020, 5, 6), (2021,)),
        "event-date": Date(literal="last summer"),
        "original-date": Date(literal="156X"),
    }


def test_what_csl_does_not_know_is_left_out_and_said(tmp_path):
    item = {
        "id": "a",
        "type": "book",
        "custom": {"x": 1},
        "author": [{"family": "A", "ORCID": "0"}],
        "issued": {"date-parts": [[2020]], "time": 1},
    }
    loss = read_csl_json(file(tmp_path, json.dumps([item]))).loss
    assert [item.where for item in loss] == [
        "item 1, key custom",
        "item 1, key author: ORCID",
        "item 1, key issued: time",
    ]
    assert {item.kind for item in loss} == {"left out"}


def test_what_ris_has_no_place_for_is_left_out_and_said(tmp_path):
    text = "TY  - XYZ\nC1  - odd\nUR  - http://a\nUR  - http://b\nPY  - 2001\nDA  - 2002/01\nER  - \n"
    found = read_ris(file(tmp_path, text))
    assert found.items == (Reference("item-1", "document", {"URL": "http://a"}, {}, {"issued": Date((2001,))}),)
    assert [item.where for item in found.loss] == [
        "record 1, tag TY",
        "record 1, tag C1",
        "record 1, tag UR",
        "record 1, tag DA",
    ]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("1969", Date((1969,))),
        ("1969/07", Date((1969, 7))),
        ("1969-07-01", Date((1969, 7, 1))),
        ("1969/07//", Date((1969, 7))),
        ("1969///Spring", Date((1969,), season="Spring")),
        ("1969//07", Date(literal="1969//07")),
        ("1969/13", Date(literal="1969/13")),
        ("in press", Date(literal="in press")),
    ],
)
def test_dates_of_ris(tmp_path, value, date):
    assert read_ris(file(tmp_path, f"TY  - GEN\nPY  - {value}\nER  -")).items[0].dates == {"issued": date}


@pytest.mark.parametrize(
    ("lines", "date", "left_out"),
    [
        ("PY  - 1969\nDA  - 1969/07", Date((1969, 7)), []),
        ("DA  - 1969/07\nPY  - 1969", Date((1969, 7)), []),
        ("DA  - 1969/07\nPY  - 1970", Date((1969, 7)), ["PY"]),
        ("PY  - 1969\nDA  - in press", Date((1969,)), ["DA"]),
        ("DA  - 1969/07\nPY  - 1969///Spring", Date((1969, 7)), ["PY"]),
        ("PY  - 1969///Spring\nDA  - 1969/07", Date((1969,), season="Spring"), ["DA"]),
    ],
)
def test_of_two_dates_the_fuller_is_kept_and_another_is_said(tmp_path, lines, date, left_out):
    found = read_ris(file(tmp_path, f"TY  - GEN\n{lines}\nER  - "))
    assert found.items[0].dates == {"issued": date}
    assert [item.where for item in found.loss] == [f"record 1, tag {tag}" for tag in left_out]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Arnstein, Sherry R.", Name("Arnstein", "Sherry R.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Plato,", Name("Plato")),
        ("Pell  Town Council", Name(literal="Pell Town Council")),
        (", , x", Name(literal=", , x")),
    ],
)
def test_names_of_ris(tmp_path, value, name):
    assert read_ris(file(tmp_path, f"TY  - GEN\nED  - {value}\nER  - ")).items[0].names == {"editor": (name,)}


def test_what_ris_cannot_say_is_in_the_loss_report(tmp_path):
    reference = Reference(
        "a",
        "treaty",
        {"title": "Two\nlines", "PMID": "1", "note": "one"},
        {"author": (Name("Berg", "Jan", non_dropping_particle="van den"),), "director": (Name("A"),)},
        {"issued": Date((2019,), (2020,)), "event-date": Date((2020,))},
    )
    loss = write_ris(References((reference,)), tmp_path / "out.ris")
    assert {(item.where, item.kind) for item in loss} == {
        ("reference a, type", "changed"),
        ("reference a, title", "changed"),
        ("reference a, PMID", "left out"),
        ("reference a, author", "changed"),
        ("reference a, director", "left out"),
        ("reference a, issued", "changed"),
        ("reference a, event-date", "left out"),
    }


def test_every_type_of_ris_comes_back(tmp_path):
    items = tuple(Reference(ris, csl) for ris, csl in RIS_TYPES.items())
    assert write_ris(References(items), tmp_path / "out.ris") == ()
    assert set(RIS_TYPES.values()) <= TYPES


@settings(max_examples=80, deadline=None)
@given(items=many)
def test_any_references_come_back_from_csl_json(tmp_path_factory, items):
    path = tmp_path_factory.mktemp("csl") / "x.json"
    assert write_csl_json(References(items), path) == ()
    found = read_csl_json(path)
    assert found == References(items)
    assert found.loss == ()


@settings(max_examples=80, deadline=None)
@given(items=many.filter(lambda items: items and all(item.id.split() for item in items)))
def test_ris_says_all_that_it_loses_and_loses_it_once(tmp_path_factory, items):
    path = tmp_path_factory.mktemp("ris") / "x.ris"
    loss = write_ris(References(items), path)
    found = read_ris(path)
    if not loss:
        assert found == References(items)
    again = path.with_name("again.ris")
    write_ris(found, again)
    assert read_ris(again) == found


CSL_DAMAGE = [
    (b"", "is not JSON: Expecting value."),
    (b"[{]", "is not JSON"),
    (b"[" * 100_000, "is not proper JSON: its lists are too deep."),
    (b'{"id": 1, "id": 2, "type": "book"}', "is not proper JSON: a key is there twice."),
    (b'{"id": NaN, "type": "book"}', "is not proper JSON: NaN is no number."),
    (b'{"id": ' + b"9" * 5000 + b', "type": "book"}', "is not proper JSON"),
    (b"\xff[]", "is not UTF-8 at byte 0."),
    (b"[1]", "item 1, key id: each item must have keys"),
    (b'[{"type": "book"}]', "item 1, key id: must be given."),
    (b'[{"id": "a"}]', "item 1, key type: must be given."),
    (b'[{"id": "a", "type": "scroll"}]', "item 1, key type: must be a type of CSL, got scroll."),
    (b'[{"id": "a", "type": "book"}, {"id": "a", "type": "book"}]', "item 2, key id: a is there twice."),
    (b'[{"id": "a", "type": "book", "title": ["x"]}]', "item 1, key title: must be a text or a number."),
    (b'[{"id": "a", "type": "book", "title": true}]', "item 1, key title: must be a text or a number."),
    (b'[{"id": "a", "type": "book", "title": "\\ud800"}]', "item 1, key title: holds no proper text"),
    (b'[{"id": "a", "type": "book", "title": "\\u0000"}]', "item 1, key title: holds no proper text"),
    (b'[{"id": "a", "type": "book", "author": "A"}]', "item 1, key author: must be a list of names."),
    (b'[{"id": "a", "type": "book", "author": ["A"]}]', "item 1, key author: each name must have parts"),
    (b'[{"id": "a", "type": "book", "issued": 2020}]', "item 1, key issued: must be a date."),
    (b'[{"id": "a", "type": "book", "issued": {"date-parts": [2020]}}]', "key issued: date-parts must be one or two"),
    (b'[{"id": "a", "type": "book", "issued": {"date-parts": [["x"]]}}]', "date-parts must be whole numbers."),
]


@pytest.mark.parametrize(("data", "sentence"), CSL_DAMAGE, ids=range(len(CSL_DAMAGE)))
def test_damaged_csl_json_is_refused_and_placed(tmp_path, data, sentence):
    with pytest.raises(ExchangeError) as caught:
        read_csl_json(file(tmp_path, data))
    assert sentence in str(caught.value)


RIS_DAMAGE = [
    (b"", "holds no record."),
    (b"hello\n", "line 1: a record must begin with TY."),
    (b"AU  - A, B\n", "line 1, tag AU: a record must begin with TY."),
    (b"TY  - GEN\nTY  - GEN\n", "line 2, tag TY: the record before has no end (ER)."),
    (b"TY  - GEN\n", "line 1: the last record has no end (ER)."),
    (b"TY  - GEN\nTI  - a\0b\nER  - \n", "line 2, tag TI: the text holds a NUL character"),
    (b"TY  - GEN\nTI  - " + b"a" * 100_001 + b"\nER  - \n", "line 2, tag TI: the text holds a NUL character or more"),
    (b"TY  - GEN\nID  - a\nER  - \nTY  - GEN\nID  - a\nER  - \n", "line 4, tag ID: the record a is there twice."),
    (b"TY  - GEN\nTI  - caf\xe9\nER  - \n", "is not UTF-8 at byte 19."),
    (b"\n" * 16_000_001, "is larger than 16000000 bytes"),
]


@pytest.mark.parametrize(("data", "sentence"), RIS_DAMAGE, ids=range(len(RIS_DAMAGE)))
def test_damaged_ris_is_refused_and_placed(tmp_path, data, sentence):
    with pytest.raises(ExchangeError) as caught:
        read_ris(file(tmp_path, data))
    assert sentence in str(caught.value)


def test_missing_files_are_refused(tmp_path):
    for read in (read_ris, read_csl_json):
        with pytest.raises(ExchangeError, match="cannot be read: No such file"):
            read(tmp_path / "none")


@settings(max_examples=120, deadline=None)
@given(
    data=st.binary(max_size=60)
    | st.lists(st.sampled_from(["TY  - GEN\n", "ER  - \n", "AU  - A,", "PY  - 1", "\n", "/", "ID", "  - ", "DA  - 0/"]))
    .map("".join)
    .map(str.encode)
)
def test_any_bytes_end_in_the_one_error_or_are_ris(tmp_path_factory, data):
    path = file(tmp_path_factory.mktemp("bytes"), data)
    try:
        found = read_ris(path)
    except ExchangeError:
        return
    write_ris(found, path)
    assert read_ris(path) == found


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "date-parts", "circa", "season", "literal", "edtf", "x"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(
    items=st.lists(
        st.dictionaries(st.sampled_from(["title", "author", "issued", "accessed", "x"]), anything).map(
            lambda fields: fields | {"type": "book"}
        ),
        max_size=2,
    )
)
def test_any_json_ends_in_the_one_error_or_is_read(tmp_path_factory, items):
    numbered = [item | {"id": number} for number, item in enumerate(items)]
    path = file(tmp_path_factory.mktemp("json"), json.dumps(numbered))
    try:
        found = read_csl_json(path)
    except ExchangeError:
        return
    write_csl_json(found, path)
    assert read_csl_json(path) == found


UNWRITABLE = [
    (Reference("", "book"), "item 1, key id"),
    (Reference("a", "scroll"), "item 1, key id"),
    (Reference("a", "book", {"colour": "red"}), "item 1, key colour: is no key of CSL"),
    (Reference("a", "book", {"title": "\ud800"}), "item 1, key title: holds no proper text"),
    (Reference("a", "book", dates={"issued": Date(until=(2020,))}), "item 1, key issued: is no date."),
    (Reference("a", "book", dates={"issued": Date()}), "item 1, key issued: is no date."),
]


@pytest.mark.parametrize(("reference", "sentence"), UNWRITABLE)
def test_what_could_not_be_read_back_is_not_written(tmp_path, reference, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_csl_json(References((reference,)), tmp_path / "x.json")
    assert sentence in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_ris_without_an_id_or_a_reference_is_not_written(tmp_path):
    with pytest.raises(ExchangeError, match="there is no reference"):
        write_ris(References(()), tmp_path / "x.ris")
    with pytest.raises(ExchangeError, match="the id nothing is empty or there twice"):
        write_ris(References((Reference(" ", "book"),)), tmp_path / "x.ris")
    assert not list(tmp_path.iterdir())
