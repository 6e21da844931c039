"""Excel workbooks as tables: what a person sees is read, nothing runs, damage is refused."""

import random
import re
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.readers import XLSX
from weft.exchange.errors import ExchangeError
from weft.exchange.tables import (
    Field,
    Table,
    describe,
    match_columns,
    matched_rows,
    read_table,
    read_workbook,
    read_xlsx,
    write_template,
    write_xlsx,
)
from weft.exchange.tables.shown_numbers import plain_number, shown_number

TABLE = Table(
    ("Name", "Said on", "Cost", "=head"),
    (("Zoë", "2024-02-29", "1500.50", "=1+1"), ("two\nlines", "2024-03-01", "20", "007"), ("", "", "", " x ")),
)


def book(folder: Path, *rows: tuple[object, ...]) -> tuple[openpyxl.Workbook, Worksheet, Path]:
    """A workbook of openpyxl's with these rows, to be changed and saved."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return made, made.active, folder / "a.xlsx"


def changed(path: Path, name: str, old: bytes, new: bytes) -> Path:
    """The workbook with one part changed."""
    with zipfile.ZipFile(path) as file:
        members = {member: file.read(member) for member in file.namelist()}
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return packed(path, members)


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in members.items():
            file.writestr(member, data)
    return path


def test_a_table_comes_back_with_its_types(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write_xlsx(TABLE, path, sheet="Survey") == ()
    table = read_xlsx(path)
    assert table == TABLE
    assert table.loss == ()
    assert (table.source.sheet, table.source.row_numbers) == ("Survey", (2, 3, 4))
    sheet = openpyxl.load_workbook(path)["Survey"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "n", "s"]
    assert [cell.data_type for cell in sheet[3]] == ["s", "d", "n", "s"]
    assert (sheet["C2"].value, sheet["C2"].number_format, sheet["B2"].number_format) == (1500.5, "0.00", "yyyy-mm-dd")
    assert (sheet["D2"].value, sheet["D2"].quotePrefix, sheet["D2"].number_format) == ("=1+1", True, "@")
    assert all(cell.font.b for cell in sheet[1])
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"
    assert 8 <= sheet.column_dimensions["A"].width <= 60
    assert describe(table)[:3] == (("sheet", "Survey"), ("rows", "3"), ("columns", "4"))


def test_the_same_table_gives_the_same_bytes(tmp_path):
    write_xlsx(TABLE, tmp_path / "a.xlsx")
    write_xlsx(TABLE, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"20\d\d-", file.read("docProps/core.xml"))


def test_values_are_read_as_a_person_sees_them(tmp_path):
    made, sheet, path = book(tmp_path, ("a", "b"))
    cells = [
        (datetime(2024, 2, 29), "dd/mm/yyyy", "2024-02-29"),
        (datetime(2024, 2, 29, 14, 30), "General", "2024-02-29T14:30:00"),
        (time(14, 30), "h:mm", "14:30:00"),
        (timedelta(hours=26, minutes=5), "[h]:mm:ss", "26:05:00"),
        (True, "General", "TRUE"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901, "General", "12345678901"),
        (5.0, "General", "5"),
        (1500.5, "£#,##0.00", "1500.50"),
        (-1500.5, '[$£-809]#,##0.00;[Red]"minus "0', "-1500.50"),
        (123, "00000", "00123"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1 / 3, "0.00", "0.333333333333333"),
        (1e21, "General", "1E+21"),
        (1500, "#,##0,", "1500"),
        (0.5, "# ?/?", "0.5"),
        ("_x000D_\n", "General", "\r\n"),
        ("#N/A", "General", "#N/A"),
    ]
    for row, (value, number_format, _) in enumerate(cells, 2):
        sheet.cell(row, 1).value = value
        sheet.cell(row, 1).number_format = (
            number_format if number_format != "General" or value is True else (sheet.cell(row, 1).number_format)
        )
        sheet.cell(row, 2).value = "x"
    made.save(path)
    table = read_xlsx(path)
    assert [row[0] for row in table.rows] == [text for _, _, text in cells]
    assert {(item.where, item.count) for item in table.loss} == {
        ("sheet Sheet, rounded", 1),
        ("sheet Sheet, errors", 1),
    }


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0, "0.00", "0.00"),
        (-0.0, "0", "0"),
        (1234.5, "#,##0.##", "1234.5"),
        (7, "0.00E+00", "7"),
        (7, "@", "7"),
        (-7, "000", "-007"),
        (0.07, "0%", "7%"),
        (2.5, '0.0" kg"', "2.5"),
        (1e-7, "General", "0.0000001"),
        (123456789012345678, "General", "123456789012345678"),
    ],
)
def test_formats_say_how_a_number_looks(value, number_format, shown):
    assert shown_number(value, number_format) == (shown, False)


def test_numbers_too_long_to_show_keep_an_exponent():
    assert [plain_number(value) for value in (1e300, 1e-300, 10**20)] == ["1E+300", "1E-300", "1" + "0" * 20]


def test_formulas_give_their_results_and_that_is_said(tmp_path):
    made, _, path = book(tmp_path, ("a", "b"), (1, "=A2+1"), (2, "=A3+1"))
    made.save(path)
    changed(path, "xl/worksheets/sheet1.xml", b"<f>A2+1</f><v></v>", b"<f>A2+1</f><v>2</v>")
    table = read_xlsx(path)
    assert table.rows == (("1", "2"), ("2", ""))
    assert [(item.where, item.kind) for item in table.loss] == [
        ("sheet Sheet, formulas", "changed"),
        ("sheet Sheet, formulas without a result", "left out"),
    ]


def test_what_a_table_cannot_show_is_said(tmp_path):
    made, sheet, path = book(tmp_path, ("a", "b"), (1, 2), (3, 4))
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A3"].comment = Comment("why", "me")
    made.create_sheet("Lists").append(["x"])
    made["Lists"].sheet_state = "hidden"
    made.create_sheet("Empty")
    made.save(path)
    table = read_xlsx(path)
    assert table.rows == (("1", ""), ("3", "4"))
    assert {item.where for item in table.loss} == {
        *("sheet Sheet, merged", "sheet Sheet, hidden rows", "sheet Sheet, hidden columns"),
        *("sheet Lists", "sheet Empty", "comments"),
    }


def test_sheets_are_chosen_by_name_or_the_first_that_is_seen(tmp_path):
    made, sheet, path = book(tmp_path, ("a",), ("1",))
    sheet.title = "First"
    for name, state in (("Second", "visible"), ("Third", "veryHidden")):
        made.create_sheet(name).append([name])
        made[name].sheet_state = state
    made.save(path)
    assert read_xlsx(path).columns == ("a",)
    assert read_xlsx(path, "Second").columns == ("Second",)
    assert read_xlsx(path, sheet="Third").loss[0].why == "It is hidden, and read like the others."
    assert [(one.name, one.is_hidden) for one in read_workbook(path).sheets] == [
        *(("First", False), ("Second", False), ("Third", True)),
    ]
    with pytest.raises(ExchangeError, match="has no sheet Fourth with cells") as caught:
        read_xlsx(path, "Fourth")
    assert caught.value.found == "First, Second, Third"
    made["First"].sheet_state = "hidden"
    made.active = 1
    made.save(path)
    assert read_xlsx(path).columns == ("Second",)


def test_empty_and_hidden_books_are_refused(tmp_path):
    made, sheet, path = book(tmp_path)
    made.save(path)
    with pytest.raises(ExchangeError, match="is empty"):
        read_xlsx(path)
    made.create_sheet("Seen")
    sheet.append(["a"])
    sheet.sheet_state = "hidden"
    made.active = 1
    made.save(path)
    with pytest.raises(ExchangeError, match="has only hidden sheets"):
        read_xlsx(path)


def test_rows_are_fitted_and_numbered_as_in_csv(tmp_path):
    made, sheet, path = book(tmp_path, (), ("a", "b"), (1,), (), (2, 3))
    sheet["Z9"].number_format = "0.00"
    made.save(path)
    table = read_xlsx(path)
    assert (table.columns, table.rows) == (("a", "b"), (("1", ""), ("2", "3")))
    assert table.source.row_numbers == (3, 5)
    sheet["C5"] = "more"
    made.save(path)
    with pytest.raises(ExchangeError, match="row 5: the row has 3 columns, the heading has 2"):
        read_xlsx(path)


def test_headings_and_the_template(tmp_path):
    fields = (Field("body", "What was said", ("Comment",)), Field("place", "Place", is_required=False))
    assert write_template(fields, tmp_path / "template.xlsx") == ()
    assert match_columns(read_xlsx(tmp_path / "template.xlsx"), fields).missing == ()
    made, _, path = book(tmp_path, ("COMMENT",), ("Trees",))
    made.save(path)
    table = read_xlsx(path)
    assert list(matched_rows(table, match_columns(table, fields))) == [(2, {"place": "", "body": "Trees"})]


def test_a_workbook_is_not_taken_for_csv(tmp_path):
    write_xlsx(TABLE, tmp_path / "a.csv")
    with pytest.raises(ExchangeError, match="is a zip file, such as an Excel workbook"):
        read_table(tmp_path / "a.csv")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
WORD = {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}
BINARY = {"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}
DAMAGE = [
    (b"", "is not an Excel workbook (.xlsx)."),
    (b"a,b\n1,2\n", "is not an Excel workbook (.xlsx)."),
    (b"PK\x03\x04" + bytes(50), "is not a zip file, or is cut short."),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password; save it without one."),
    (OLE + "Workbook".encode("utf-16-le"), "is an old Excel file (.xls); save it as .xlsx."),
    (ODS, "is an OpenDocument file (.ods); save it as .xlsx."),
    (BINARY, "is a binary Excel file (.xlsb); save it as .xlsx."),
    (WORD, "is not an Excel workbook (.xlsx)."),
    ({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}, "is not a workbook that can be read"),
    ({"[Content_Types].xml": b"<a>", "xl/workbook.xml": b"<a/>"}, "the XML is not well formed"),
    ({"[Content_Types].xml": b"<!DOCTYPE a><a/>", "xl/workbook.xml": b""}, "declares a document type"),
    ({"[Content_Types].xml": b"<a/>", "xl/a.xml": bytes(60_000_000)}, "would unpack to 600000"),
    ({"[Content_Types].xml": b"<a/>", "../xl/a.xml": b""}, "has a path that leads out of the archive."),
    (b"PK" + bytes(16_000_000), "is larger than 16000000 bytes"),
]


@pytest.mark.parametrize(("data", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path, data, sentence):
    path = tmp_path / "a.xlsx"
    packed(path, data) if isinstance(data, dict) else path.write_bytes(data)
    with pytest.raises(ExchangeError) as caught:
        read_xlsx(path)
    assert sentence in str(caught.value)
    with pytest.raises(ExchangeError, match="No such file"):
        read_xlsx(tmp_path / "none.xlsx")


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet'
PARTS = [
    (SHEET, b"<worksheet", ENTITY, "declares a document type"),
    ("xl/workbook.xml", b"<workbook", ENTITY.replace(b"worksheet", b"workbook"), "declares a document type"),
    (SHEET, b'<row r="2"', b'<row r="1"', "the rows are not in order."),
    (SHEET, b'<row r="2"', b'<row r="x"', "a row has no number."),
    (SHEET, b'r="B2"', b'r="A2"', "the cells of a row are not in order."),
    (SHEET, b'r="B2"', b'r="B3"', "the rows are not in order."),
    (SHEET, b'r="B2"', b'r="B0"', "the cells of a row are not in order."),
    (SHEET, b'r="B2"', b'r="XFD2"', "has 2 rows and 16384 columns, the most that can be read"),
    (SHEET, b'<row r="2"><c r="A2"', b'<row r="900000"><c r="A900000"', "the rows are not in order."),
    (SHEET, b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main", "Strict"),
    (SHEET, b"<v>2</v>", b"<v>two</v>", "is not a workbook that can be read"),
    (SHEET, b"<v>2</v>", b"<v>" + b"2" * 100_001 + b"</v>", "a text has more than 100000 characters"),
    ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId9"', "is not a workbook that can be read"),
]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), PARTS, ids=range(len(PARTS)))
def test_a_damaged_part_is_refused(tmp_path, name, old, new, sentence):
    made, _, path = book(tmp_path, ("a", "b"), (1, 2))
    made.save(path)
    changed(path, name, old, new)
    with pytest.raises(ExchangeError) as caught:
        read_xlsx(path)
    assert sentence in str(caught.value)


def test_a_small_file_cannot_ask_for_much_room(tmp_path):
    made, _, path = book(tmp_path, ("a", "b"), (1, 2))
    made.save(path)
    changed(path, SHEET, b"A1:B2", b"A1:XFD1048576")
    assert read_xlsx(path).rows == (("1", "2"),)
    far = b'<row r="1048576" hidden="1"/></sheetData>'
    changed(path, SHEET, b"</sheetData>", far)
    assert read_xlsx(path).rows == (("1", "2"),)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in (150_000, 200_001))
    changed(path, SHEET, far, rows + b"</sheetData>")
    with pytest.raises(ExchangeError, match="has 200001 rows and 2 columns"):
        read_xlsx(path)


def test_cells_and_rows_of_other_vocabularies_are_none(tmp_path):
    made, _, path = book(tmp_path, ("a", "b"), (1, 2))
    made.save(path)
    changed(path, SHEET, b"<sheetData>", b'<sheetData><x:row xmlns:x="urn:x" r="x"><x:c r="XFD1"/></x:row>')
    assert read_xlsx(path).rows == (("1", "2"),)
    strings = XLSX["xl/sharedStrings.xml"].replace(b"schemas.openxml", b"schemas.o}xenxml")
    with pytest.raises(ExchangeError):
        read_xlsx(packed(path, XLSX | {"xl/sharedStrings.xml": strings}))


def test_cut_short_at_any_length_it_is_refused(tmp_path):
    write_xlsx(TABLE, tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    for length in range(0, len(data), 97):
        (tmp_path / "b.xlsx").write_bytes(data[:length])
        with pytest.raises(ExchangeError):
            read_xlsx(tmp_path / "b.xlsx")


def test_whatever_the_parts_say_only_the_one_error_comes_out(tmp_path):
    draw = random.Random(360)  # noqa: S311
    for _ in range(300):
        name = draw.choice(sorted(XLSX))
        data = bytearray(XLSX[name])
        for _ in range(draw.choice((1, 1, 2, 5))):
            place = draw.randrange(len(data))
            data[place : place + draw.randrange(3)] = bytes(draw.choices(b'<>/="019aAx&- ', k=draw.randrange(3)))
        try:
            table = read_xlsx(packed(tmp_path / "a.xlsx", XLSX | {name: bytes(data)}))
        except ExchangeError:
            continue
        write_xlsx(table, tmp_path / "b.xlsx")
        assert read_xlsx(tmp_path / "b.xlsx") == table


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "@x",
        "'=1",
        "007",
        "1.50",
        "-0",
        "1e5",
        "2024-02-29",
        "1899-01-01",
        "#N/A",
        "TRUE",
        "_x000D_",
        "\r",
        " ",
        "0.0",
    ]
)
number = st.decimals(-99999, 99999, places=2).map("{:f}".format) | st.integers(-99999, 99999).map(str)
day = st.dates().map(str) | st.just("")
filled = text.filter(lambda name: set(name) - set(" ,;|") and name.strip())


@st.composite
def tables(draw):
    """Any table with a heading; a column is of texts, numbers or days."""
    kinds = draw(st.lists(st.sampled_from([text, number, day]), min_size=1, max_size=4))
    columns = (*[draw(text) for _ in kinds[1:]], draw(filled))
    row = st.tuples(*kinds).filter(lambda cells: any(map(str.strip, cells)))
    return Table(columns, tuple(draw(st.lists(row, max_size=4))))


@settings(max_examples=40, deadline=None)
@given(table=tables())
def test_what_is_written_reads_back_the_same(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("xlsx") / "t.xlsx"
    assert write_xlsx(table, path) == ()
    again = read_xlsx(path)
    assert again == table
    assert again.loss == ()
    with zipfile.ZipFile(path) as file:
        assert b"<f>" not in file.read(SHEET)


UNWRITABLE = [
    (Table((), ()), {}, "a table has 1 to 2000 columns"),
    (Table(("a",), (("1", "2"),)), {}, "row 2: the row has 2 columns, the heading has 1."),
    (Table(("a",), (("x\0",),)), {}, "a text holds a NUL character"),
    (Table(("a",), (("x" * 32_768,),)), {}, "row 2: a text has 32768 characters, a cell of a workbook holds 32767"),
    (Table(("a",), (("\U0001f600" * 16_384,),)), {}, "row 2: a text has 32768 characters"),
    (Table(("a",), (("\ud800",),)), {}, "is no character of a text."),
    (Table(("a",), (("x",),) * 200_000), {}, "has more than 200000 rows"),
    *((Table(("a",), ()), {"sheet": name}, "a sheet cannot be called") for name in ("", "a/b", "'a", "x" * 32)),
]


@pytest.mark.parametrize(("table", "wishes", "sentence"), UNWRITABLE, ids=range(len(UNWRITABLE)))
def test_what_could_not_be_read_back_is_not_written(tmp_path, table, wishes, sentence):
    with pytest.raises(ExchangeError) as caught:
        write_xlsx(table, tmp_path / "t.xlsx", **wishes)
    assert sentence in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_good_file(tmp_path):
    write_xlsx(TABLE, tmp_path / "t.xlsx")
    before = (tmp_path / "t.xlsx").read_bytes()
    with pytest.raises(ExchangeError):
        write_xlsx(Table(("a",), (("\ud800",),)), tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").read_bytes() == before
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_xlsx(TABLE, tmp_path / "none" / "t.xlsx")


def test_a_workbook_of_the_fewest_parts_is_read(tmp_path):
    table = read_xlsx(packed(tmp_path / "a.xlsx", XLSX))
    assert table.columns == ("two parts", "Said_x000D_ on")
    assert table.rows == (("7.0%", "2024-05-31"), ("TRUE", "Café"))
    assert [item.where for item in table.loss] == ["sheet Sheet, formulas"]
