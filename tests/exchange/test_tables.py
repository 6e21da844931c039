"""CSV tables: encoding and delimiter found, headings matched, formulas made harmless."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.errors import ExchangeError
from weft.exchange.tables import Field, Table, match_columns, matched_rows, read_table, write_table, write_template
from weft.exchange.tables.guard import guarded, unguarded

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
REAL = sorted(SHARED.glob("polis/*/[cps]*.csv")) + sorted(SHARED.glob("360giving/**/*.csv"))
FIELDS = (
    Field("body", "What was said", ("Comment", "Réponse")),
    Field("place", "Place", is_required=False),
    Field("said_on", "Date", ("When?",), is_required=False),
)


def runs(cell: str) -> bool:
    """Whether a spreadsheet might take the cell for a formula, told without Weft's own rule."""
    start = cell.lstrip()[:1]
    is_number = start in ("+", "-") and cell.strip()[1:].replace(",", ".").replace(".", "", 1).isdigit()
    return bool(start) and (start in "=+-@＝＋－＠" or cell[0] in "\t\r\n") and not is_number


def file(folder: Path, data: bytes | str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_real_tables_are_read_cell_by_cell(path):
    table = read_table(path)
    with path.open(newline="", encoding="utf-8-sig") as opened:
        heading, *rows = csv.reader(opened)
    assert (list(table.columns), [list(row) for row in table.rows]) == (heading, rows)
    assert (table.source.encoding, table.source.is_certain) == ("utf-8", True)
    assert table.source.delimiter == ","
    assert table.loss == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_there_are_real_tables():
    assert len(REAL) > 15


@pytest.mark.parametrize(
    ("encoding", "found", "is_certain"),
    [
        ("utf-8", "utf-8", True),
        ("utf-8-sig", "utf-8", True),
        ("utf-16", "utf-16", True),
        ("utf-32", "utf-32", True),
        ("utf-16-le", "utf-16-le", False),
        ("utf-16-be", "utf-16-be", False),
        ("windows-1252", "windows-1252", False),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_and_said(tmp_path, encoding, found, is_certain, delimiter):
    text = "Où?;Quoi\nCafé;“Très bien”\nMaison;Non\n".replace(";", delimiter)
    table = read_table(file(tmp_path, text.encode(encoding)))
    assert table.columns == ("Où?", "Quoi")
    assert table.rows == (("Café", "“Très bien”"), ("Maison", "Non"))
    assert (table.source.encoding, table.source.is_certain) == (found, is_certain)
    assert table.source.delimiter == delimiter


def test_what_is_said_by_the_caller_or_by_excel_goes_first(tmp_path):
    path = file(tmp_path, "Żółw;b,c\n1;2,3\n".encode("windows-1250"))
    assert read_table(path, encoding="windows-1250").columns == ("Żółw", "b,c")
    assert read_table(path, encoding="windows-1250", delimiter=",").columns == ("Żółw;b", "c")
    table = read_table(file(tmp_path, "sep=|\r\na,b|c\r\n1,2|3\r\n"))
    assert (table.columns, table.rows, table.source.row_numbers) == (("a,b", "c"), (("1,2", "3"),), (3,))


def test_decimal_commas_do_not_split_a_semicolon_table(tmp_path):
    table = read_table(file(tmp_path, "name;cost, in euro\nTrees;1,5\nBenches;2,5\n"))
    assert table.source.delimiter == ";"
    assert table.rows == (("Trees", "1,5"), ("Benches", "2,5"))


def test_a_single_column_of_sentences_is_not_split(tmp_path):
    table = read_table(file(tmp_path, 'Comment\nTrees, and parks; please\n"Two\nlines"\nNo\n'))
    assert table.source.delimiter is None
    assert table.rows == (("Trees, and parks; please",), ("Two\nlines",), ("No",))


def test_short_rows_blank_rows_and_empty_cells_at_the_end_are_taken_as_meant(tmp_path):
    table = read_table(file(tmp_path, "\n,,\na,b,,\n1\n\n , \n2,3,,,\n"))
    assert table.columns == ("a", "b")
    assert table.rows == (("1", ""), ("2", "3"))
    assert table.source.row_numbers == (4, 7)


DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "＋1+1",
    "'=1",
    "''@x",
]
HARMLESS = ["", "a=b", "-5", "+3.5", "-1,5", "'quoted'", "'", "'-5", "O'Brien", "3-4", "1e5"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_run_is_guarded_and_comes_back(text):
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_plain_texts_stay_as_they_are(text):
    assert guarded(text) == unguarded(text) == text


def test_formulas_are_written_harmless_said_so_and_read_back(tmp_path):
    table = Table(("name", "=head"), (("a", "=HYPERLINK(1)"), ("b", "-5"), ("c", "@x")))
    loss = write_table(table, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8-sig") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert cells == ["name", "'=head", "a", "'=HYPERLINK(1)", "b", "-5", "c", "'@x"]
    assert [(item.kind, item.count) for item in loss] == [("changed", 3)]
    again = read_table(tmp_path / "out.csv")
    assert again == table
    assert [(item.kind, item.count) for item in again.loss] == [("changed", 3)]


def test_a_cell_cannot_break_out_at_another_delimiter(tmp_path):
    write_table(Table(("a", "b"), (("x;=1+1", "y"),)), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8-sig") as opened:
        cells = [cell for row in csv.reader(opened, delimiter=";") for cell in row]
    assert not any(runs(cell) for cell in cells)


def test_headings_are_matched_without_case_accents_or_punctuation(tmp_path):
    table = read_table(file(tmp_path, "WHEN;reponse ;Age\n1 May;Trees;30\n"))
    matching = match_columns(table, FIELDS)
    assert matching.places == {"said_on": 0, "body": 1}
    assert (matching.missing, matching.others) == (("place",), ("Age",))
    assert list(matched_rows(table, matching)) == [(2, {"place": "", "said_on": "1 May", "body": "Trees"})]


def test_a_missing_or_doubled_heading_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match=r"table\.csv has no column What was said\.$"):
        match_columns(read_table(file(tmp_path, "Place,Date\na,b\n")), FIELDS)
    doubled = r"columns Comment and what was said both stand for What was said\.$"
    with pytest.raises(ExchangeError, match=doubled):
        match_columns(read_table(file(tmp_path, "Comment,what was said\na,b\n")), FIELDS)


def test_the_template_has_the_headings_and_fits(tmp_path):
    assert write_template(FIELDS, tmp_path / "template.csv") == ()
    table = read_table(tmp_path / "template.csv")
    assert table.columns == ("What was said", "Place", "Date")
    assert match_columns(table, FIELDS).missing == ()
    assert match_columns(Table(("body",), ()), FIELDS).places == {"body": 0}


def test_a_table_made_by_hand_counts_its_rows_from_two():
    table = Table(("body",), (("x",), ("y",)))
    assert [number for number, _ in matched_rows(table, match_columns(table, FIELDS))] == [2, 3]


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=15) | st.sampled_from(
    [*DANGEROUS, *HARMLESS, "a,b", "a;b", 'a"b', "a\r\nb", "\ufeff", "sep=;"]
)
filled = text.filter(lambda name: set(name) - set(" ,;|") and name.strip())


@st.composite
def tables(draw):
    """Any table with a heading."""
    width = draw(st.integers(1, 4))
    columns = (*draw(st.lists(text, min_size=width - 1, max_size=width - 1)), draw(filled))
    row = st.tuples(*[text] * width).filter(lambda cells: any(map(str.strip, cells)))
    return Table(columns, tuple(draw(st.lists(row, max_size=5))))


@settings(max_examples=120, deadline=None)
@given(table=tables(), delimiter=st.sampled_from([",", ";", "\t", "|"]))
def test_what_is_written_reads_back_the_same(tmp_path_factory, table, delimiter):
    path = tmp_path_factory.mktemp("table") / "t.csv"
    write_table(table, path, delimiter=delimiter)
    again = read_table(path)
    assert again == table
    assert again.source.delimiter == (delimiter if len(table.columns) > 1 else None)
    with path.open(newline="", encoding="utf-8-sig") as opened:
        assert not any(runs(cell) for row in csv.reader(opened, delimiter=delimiter) for cell in row)


DAMAGE = [
    (b"", None, "is empty."),
    (b"\n \n", None, "is empty."),
    (b"\n , \n", 2, "the heading has no name in its last column."),
    (b",;\n", 1, "the heading has no name in its last column."),
    (b"a,b\n1,2,3\n", 2, "the row has 3 columns, the heading has 2."),
    (b"a,b\n1,2\n\n\n1,2,,x\n", 5, "the row has 4 columns, the heading has 2."),
    (b'a,b\n"1,2\n', 2, "a quoted text is never closed."),
    (b'a,b\n1,2\n"1"x,2\n', 3, "expected after"),
    (b"a,b\n1,\x002\n", 2, "the row holds a NUL character."),
    (b"a,b\n\x81,2\n", None, "is in no encoding that can be told; save it as UTF-8."),
    (b"\xef\xbb\xbfa,b\n\xff,2\n", None, "is not utf-8."),
    (b"\xff\xfea", None, "is not utf-16."),
    (b"a\n" + b"x" * 100_001, 2, "a text has 100001 characters, the most that can be read is 100000."),
    (b"a\n" + b"x" * 200_000, 2, "a text is longer than can be read."),
    (b"a" * 16_000_001, None, "is larger than 16000000 bytes"),
    (b"a," * 2000 + b"a", None, "has 2001 columns, the most that can be read is 2000."),
]


@pytest.mark.parametrize(("data", "row", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_damage_is_refused_and_placed(tmp_path, data, row, sentence):
    with pytest.raises(ExchangeError) as caught:
        read_table(file(tmp_path, data))
    assert caught.value.row == row
    assert sentence in str(caught.value)


def test_unknown_wishes_are_refused(tmp_path):
    path = file(tmp_path, "a,b\n")
    for wish in ({"encoding": "rot13"}, {"encoding": "zlib"}, {"delimiter": "a"}):
        with pytest.raises(ExchangeError):
            read_table(path, **wish)
    with pytest.raises(ExchangeError, match="is not utf-8"):
        read_table(file(tmp_path, b"caf\xe9"), encoding="utf-8")
    with pytest.raises(ExchangeError, match="cannot be read: No such file"):
        read_table(tmp_path / "none.csv")


@settings(max_examples=120, deadline=None)
@given(data=st.binary(max_size=80) | st.text('",;\n\r\t=a', max_size=40).map(str.encode))
def test_any_bytes_end_in_the_one_error_or_are_read(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("bytes")
    try:
        table = read_table(file(folder, data))
    except ExchangeError:
        return
    write_table(table, folder / "again.csv")
    assert read_table(folder / "again.csv") == table


UNWRITABLE = [
    (Table((), ()), "a table has 1 to 2000 columns"),
    (Table(("a", " "), ()), "the last one has a name"),
    (Table(("a",), (("1", "2"),)), "row 2: the row has 2 columns, the heading has 1."),
    (Table(("a",), ((" ",),)), "row 2: the row is blank."),
    (Table(("a",), (("x\0",),)), "row 2: a text holds a NUL character"),
    (Table(("a",), (("x" * 100_000,),)), "row 2: a text holds a NUL character or 100000 characters"),
    (Table(("a",), (("\ud800",),)), "is no character of a text."),
    (Table(("a",), (("x" * 90_000,),) * 180), "it is larger than 16000000 bytes."),
]


@pytest.mark.parametrize(("table", "sentence"), UNWRITABLE)
def test_what_could_not_be_read_back_is_not_written(tmp_path, table, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_table(table, tmp_path / "t.csv")
    assert sentence in str(caught.value)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ExchangeError, match="cannot be written with"):
        write_table(Table(("a",), ()), tmp_path / "t.csv", delimiter="x")
