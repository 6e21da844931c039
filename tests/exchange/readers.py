"""Every reader of other people's files, with a small good file: for the table of damages and for fuzzing.

A new format is one entry here.
"""

import importlib
import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from tests.exchange.bundles import SAMPLE, members, sealed
from weft.exchange.bundle import write_bundle
from weft.exchange.errors import ExchangeError


@dataclass(frozen=True, slots=True)
class Reader:
    """How a format is read, what it looks like, and what in it may not be there twice or be of another type.

    `good` is the content of a file; for a folder or a zip file it is the content of each file in it. `twice` and
    `wrong` are pairs of a piece of a good file and what it becomes. It has the word Café, which damages use. Where a
    file states hashes of its parts, `seal` states them anew, so that a change is not found by its hash alone.
    """

    name: str
    module: str
    read: str
    file: str
    good: bytes | dict[str, bytes]
    kind: Literal["text", "xml", "zip", "folder"] = "text"
    write: str = ""
    write_with: tuple[object, ...] = ()
    seal: Callable[[dict[str, bytes]], dict[str, bytes]] | None = None
    twice: tuple[bytes, bytes] | None = None
    wrong: tuple[bytes, bytes] | None = None

    def call(self) -> Callable[[Path], Any]:
        """The function that reads."""
        return getattr(importlib.import_module(self.module), self.read)

    def writer(self) -> Callable[[Any, Path], Any] | None:
        """The function that writes, if there is one."""
        if not self.write:
            return None
        write = getattr(importlib.import_module(self.module), self.write)
        return lambda read, path: write(read, path, *self.write_with)

    def packed(self) -> bytes:
        """The good content as one piece of bytes: a folder becomes a zip file."""
        return self.good if isinstance(self.good, bytes) else zipped(self.good)

    def put(self, data: bytes, folder: Path) -> Path:
        """Lay packed content down where `call` can read it; a folder is unpacked."""
        path = folder / self.file
        if self.kind != "folder":
            path.write_bytes(data)
            return path
        path.mkdir(exist_ok=True)
        for name, content in unzipped(data).items():
            (path / name).write_bytes(content)
        return path


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip file that is the same each time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of a zip file that we made."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def outcome(reader: Reader, path: Path) -> Any:
    """What is read, or the sentence of the one error; any other error goes through."""
    try:
        return reader.call()(path)
    except ExchangeError as error:
        said = str(error)
    assert "\n" not in said
    assert said.endswith(".")
    return said


POLIS = {
    "comments.csv": (
        b"timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        b'1500000000000,x,4,a,2,0,1,"Two\nlines"\n1500000000000,x,7,a,0,1,-1,Caf\xc3\xa9\n'
    ),
    "participants-votes.csv": (
        b"participant,group-id,n-comments,n-votes,n-agree,n-disagree,4,7\na,0,2,2,1,1,1,-1\nb,,0,1,1,0,1,\n"
    ),
    "summary.csv": b"topic,Parks\nvoters,2\n",
    "votes.csv": (
        b"timestamp,datetime,comment-id,voter-id,vote\n"
        b"1500000000001,x,4,a,1\n1500000000002,x,7,a,-1\n1500000000003,x,4,b,1\n"
    ),
}
PABULIB = (
    "META\nkey;value\ndescription;Café\nbudget;100\nvote_type;cumulative\n"
    "PROJECTS\nproject_id;cost;name\na;10;Trees\nb;20.5;Benches\n"
    "VOTES\nvoter_id;age;vote;points\n1;30;a,b;2,1\n2;;b;3\n3;40;;\n"
).encode()
CSL_JSON = (
    '[{"id": "a", "type": "book", "title": "Café",\n "author": [{"family": "Ng", "given": "Ana"}],\n '
    '"issued": {"date-parts": [[2020, 5], [2021]]}, "volume": 3, "accessed": {"raw": "May 2020"}}]'
).encode()
RIS = (
    "TY  - JOUR\nID  - a\nAU  - Ng, Ana\nTI  - Café\nPY  - 2020/05//\nSN  - 1234-5678\nSP  - 1\nEP  - 9\nKW  - park\n"
    "ER  - \n\nTY  - BOOK\nAU  - The Trust\nBT  - Trees\n  and parks\nDA  - 2019\nER  - \n"
).encode()
TABLE = '"Name";Café;"a;b"\n1;"two\nlines";3\n\'=x;\n'.encode()

WEBVTT = (
    "WEBVTT - Talk\nKind: captions\n\nNOTE one\n\nSTYLE\n::cue {}\n\na/1-0\n00:00:01.000 --> 00:00:02.000 align:start\n"
    "<v.loud Ana>Café &amp; <b>tea</b></v> <v Bo>Ja\n\n01:02.500 --> 0:0:3.5\nAna: hm\nBo: <c.x>so</c>\n"
).encode()
SRT = (
    "1\n00:00:01,000 --> 00:00:02,500 X1:1\nANA: <i>Café</i>\nBO: {\\an8}Ja\n\n"
    "2\n00:00:02,500 --> 00:00:04,000\nANA: So\n\nmore\n\n3\n00:00:09,000 --> 0:0:4,5\n>> BO: Well\n"
).encode()
TALK = (
    "Talk of 3 May\n\n0:00:05 Speaker 1\nCafé\n\n0:00:09 Speaker 2\nOh: [0:10] no\n\n1:02:03 Speaker 1\nBye\n\n"
    "Transcribed by https://otter.ai\n"
).encode()
WORD_SPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DOCX = {
    "[Content_Types].xml": (
        b'<Types xmlns="' + PACKAGE + b'content-types"><Default Extension="xml" ContentType="application/xml"/>'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>'
    ),
    "_rels/.rels": (
        b'<Relationships xmlns="' + PACKAGE + b'relationships"><Relationship Id="a" Target="word/document.xml" Type="'
        b"" + OFFICE + b'officeDocument"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        b'<Relationships xmlns="' + PACKAGE + b'relationships"><Relationship Id="b" Target="header1.xml" Type="'
        b"" + OFFICE + b'header"/></Relationships>'
    ),
    "word/document.xml": (
        b"<w:document "
        + WORD_SPACE
        + b"><w:body><w:p><w:r><w:t>Ana</w:t><w:tab/><w:t>0:03</w:t><w:br/><w:t>Caf\xc3\xa9"
        b"</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:ins><w:r><w:t>Bo 0:09</w:t></w:r></w:ins></w:p><w:p><w:del><w:r>"
        b"<w:delText>no</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:hyperlink><w:r>"
        b"<w:t>Ja</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    ),
    "word/header1.xml": b"<w:hdr " + WORD_SPACE + b"><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr>",
}

QDC = (
    '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="by hand">\n<Codes>\n'
    '<Code guid="00000000-0000-4000-8000-000000000001" name="Café" isCodable="false">\n'
    '<Code guid="00000000-0000-4000-8000-000000000002" name="shade" isCodable="true" color="#FF0000">\n'
    '<Description>Any</Description><NoteRef targetGUID="00000000-0000-4000-8000-000000000003"/></Code></Code></Codes>\n'
    '<Sets><Set guid="00000000-0000-4000-8000-000000000004" name="all">'
    '<MemberCode targetGUID="00000000-0000-4000-8000-000000000002"/></Set></Sets></CodeBook>'
).encode()


QDPX = {
    "project.qde": (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="Café">\n'
        '<CodeBook><Codes><Code guid="00000000-0000-4000-8000-000000000001" name="shade" isCodable="true"/></Codes>'
        "</CodeBook>\n<Sources>"
        '<TextSource guid="00000000-0000-4000-8000-000000000002" name="Talk"><PlainTextContent>And shade.'
        '</PlainTextContent><PlainTextSelection guid="00000000-0000-4000-8000-000000000003" startPosition="4" '
        'endPosition="9"><Coding guid="00000000-0000-4000-8000-000000000004">'
        '<CodeRef targetGUID="00000000-0000-4000-8000-000000000001"/></Coding></PlainTextSelection></TextSource>'
        '<TextSource guid="00000000-0000-4000-8000-000000000005" name="More" '
        'plainTextPath="internal://00000000-0000-4000-8000-000000000006.txt"/></Sources></Project>'
    ).encode(),
    "sources/00000000-0000-4000-8000-000000000006.txt": "Zoë said\nmore.\n".encode(),
}


BIBTEX = (
    '@string{p = "Places"}\n@comment{x}\n@article{a,\n  title = {Café {P}arks \\"u},\n'
    "  author = {Owusu, Ama and {The Trust} and de la Cruz, Jr., Bo},\n"
    '  year = 2020, month = may,\n  journal = p # " of Care", pages = {1--9}\n}\n'
    "@book{b,\n  title = {Ü},\n  date = {2019-05/2020},\n  keywords = {a, b}\n}\n"
).encode()
ICS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//by hand//EN\n"
    "BEGIN:VEVENT\nUID:1@example.org\nDTSTAMP:20261101T100000Z\nDTSTART;TZID=Europe/London:20261124T180000\n"
    "DURATION:PT1H\nSUMMARY:Café\\, x\nORGANIZER;CN=Ana:mailto:a@example.org\nLOCATION:The\n  park\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:2@example.org\nDTSTAMP:20261101T100000Z\nDTSTART;VALUE=DATE:20261125\nSUMMARY:All day\n"
    "RRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\nBEGIN:VTODO\nUID:3\nEND:VTODO\nEND:VCALENDAR\n"
).encode()


def _bundle() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        write_bundle(SAMPLE, Path(folder) / "a.zip")
        return members(Path(folder) / "a.zip")


def _sealed(files: dict[str, bytes]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return members(sealed(files, Path(folder) / "a.zip"))


GRANTS = (
    '{"grants": [{"id": "360G-a-1", "title": "Café", "description": "For us", "currency": "GBP", '
    '"amountAwarded": 1500.5, "awardDate": "2024-02-29", "fundingOrganization": [{"id": "GB-2", "name": "Fund"}], '
    '"recipientOrganization": [{"id": "GB-1", "name": "Trust"}], "x": [{"y": null}]},\n'
    '{"id": "360G-a-2", "title": "To Jo", "description": "Laptop", "currency": "EUR",\n"amountAwarded": 20, '
    '"awardDate": "2024-02-29T10:00:00Z", "fundingOrganization": [{"id": "GB-2", "name": "Fund"}], '
    '"recipientIndividual": {"id": "360G-a-ind-1", "name": "Jo"}, "toIndividualsDetails": {"grantPurpose": ["a"]}}]}'
).encode()
GRANTS_TABLE = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:0:Identifier,Recipient Org:0:Name,"
    "Funding Org:Identifier,Funding Org:Name,Related Activity,Ward\n"
    "360G-a-1,Café,For us,GBP,1500.5,2024-02-29,GB-1,Trust,GB-2,Fund,360G-a-2;360G-a-3,Avenue\n"
    "360G-a-2,Parks,For us,EUR,20,2024-02-29,GB-1,Trust,GB-2,Fund,,\n"
).encode()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SPREADSHEET}.sharedStrings+xml"/></Types>'
    ).encode(),
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="Sheet" sheetId="1" r:id="a"/></sheets></workbook>'
    ).encode(),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/worksheet" Target="sheet.xml"/>'
        "</Relationships>"
    ).encode(),
    "xl/sharedStrings.xml": (
        f"<sst {MAIN}><si><r><t>two </t></r><r><rPr><b/></rPr><t>parts</t></r></si>"
        "<si><t>Said_x005F_x000D_ on</t></si></sst>"
    ).encode(),
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="0.0%"/></numFmts><cellXfs><xf/>'
        '<xf numFmtId="14"/><xf numFmtId="200"/></cellXfs></styleSheet>'
    ).encode(),
    "xl/sheet.xml": (
        f'<worksheet {MAIN}><sheetData>\n<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c s="2"><f>1+1</f><v>0.07</v></c><c s="1"><v>45443</v></c></row>\n'
        '<row><c t="b"><v>1</v></c><c t="inlineStr"><is><t>Caf\u00e9</t></is></c></row></sheetData></worksheet>'
    ).encode(),
}

READERS = (
    Reader(
        *("polis", "weft.exchange.polis", "read_polis", "polis", POLIS, "folder", "write_polis"),
        twice=(b"x,7,a,0", b"x,4,a,0"),
        wrong=(b"x,4,a,1", b"x,4,a,yes"),
    ),
    Reader(
        *("pabulib", "weft.exchange.pabulib", "read_pabulib", "a.pb", PABULIB, "text", "write_pabulib"),
        twice=(b"b;20.5", b"a;20.5"),
        wrong=(b"b;20.5", b"b;much"),
    ),
    Reader(
        *("csl-json", "weft.exchange.references", "read_csl_json", "a.json", CSL_JSON, "text", "write_csl_json"),
        twice=(b'"title"', b'"type"'),
        wrong=(b'"book"', b"7"),
    ),
    Reader(
        *("ris", "weft.exchange.references", "read_ris", "a.ris", RIS, "text", "write_ris"),
        twice=(b"AU  - The", b"ID  - a\nAU  - The"),
    ),
    Reader(*("csv", "weft.exchange.tables", "read_table", "a.csv", TABLE, "text", "write_table")),
    Reader(
        *("xlsx", "weft.exchange.tables", "read_xlsx", "a.xlsx", XLSX, "zip", "write_xlsx"),
        wrong=(b"<v>45443</v>", b"<v>much</v>"),
    ),
    Reader(
        *("360giving", "weft.exchange.threesixtygiving", "read_360giving", "a.json", GRANTS, "text", "write_360giving"),
        twice=(b"360G-a-2", b"360G-a-1"),
        wrong=(b"1500.5", b'"much"'),
    ),
    Reader(
        *("360giving-csv", "weft.exchange.threesixtygiving", "read_360giving_table", "a.csv", GRANTS_TABLE, "text"),
        write="write_360giving_table",
        twice=(b"360G-a-2", b"360G-a-1"),
        wrong=(b"1500.5", b"much"),
    ),
    Reader(*("webvtt", "weft.exchange.transcripts", "read_webvtt", "a.vtt", WEBVTT)),
    Reader(*("srt", "weft.exchange.transcripts", "read_srt", "a.srt", SRT)),
    Reader(*("transcript", "weft.exchange.transcripts", "read_transcript", "a.txt", TALK)),
    Reader(*("docx", "weft.exchange.transcripts", "read_docx", "a.docx", DOCX, "zip")),
    Reader(
        *("qdc", "weft.exchange.refi", "read_codebook", "a.qdc", QDC, "xml", "write_codebook"),
        twice=(b"-000000000002", b"-000000000001"),
        wrong=(b'isCodable="true"', b'isCodable="often"'),
    ),
    Reader(
        *("qdpx", "weft.exchange.refi", "read_project", "a.qdpx", QDPX, "zip", "write_project"),
        twice=(b"-000000000005", b"-000000000002"),
        wrong=(b'startPosition="4"', b'startPosition="four"'),
    ),
    Reader(
        *("bundle", "weft.exchange.bundle", "read_bundle", "a.zip", _bundle(), "zip", "write_bundle"),
        seal=_sealed,
        twice=(b'"Y-9XKTD"', b'"Y-4NTNR"'),
        wrong=(b'"people": 143', b'"people": [143]'),
    ),
    Reader(
        *("bibtex", "weft.exchange.references", "read_bibtex", "a.bib", BIBTEX, "text", "write_bibtex"),
        twice=(b"@book{b", b"@book{a"),
    ),
    Reader(
        *("ics", "weft.exchange.calendar", "read_calendar", "a.ics", ICS, "text", "write_calendar"),
        write_with=(datetime(2026, 11, 1, 10, tzinfo=UTC),),
        twice=(b"UID:2", b"UID:1"),
        wrong=(b"20261124T180000", b"tomorrow"),
    ),
)
