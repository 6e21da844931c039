"""One small good file of every format."""

from collections.abc import Callable
from pathlib import Path

import docx

from weft.exchange.bundle import Bundle, Licence, write_bundle
from weft.exchange.references import Reference, References
from weft.exchange.refi import Code, Codebook, Coding, Project, Set, TextSelection, TextSource, write_project
from weft.exchange.tables import Table, write_xlsx

POLIS = {
    "summary.csv": "topic,Parks\nurl,https://pol.is/1\n",
    "comments.csv": (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1500000000000,x,4,a,2,0,1,More benches\n1500000000000,x,7,a,0,1,-1,=1+1\n"
    ),
    "votes.csv": (
        "timestamp,datetime,comment-id,voter-id,vote\n1500000000001,x,4,a,0\n1500000000002,x,4,a,1\n"
        "1500000000003,x,7,a,-1\n1500000000004,x,4,b,1\n"
    ),
    "participants-votes.csv": (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,4,7\na,0,2,2,1,1,1,-1\nb,,0,1,1,0,1,\n"
    ),
}
PABULIB = (
    "META\nkey;value\ndescription;Parks\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost;name\n"
    "a;10;Trees\nb;20.25;Benches\nVOTES\nvoter_id;vote;points;age\n1;a,b;2,3.5;30\n2;;;41\n3;b;5;16\n"
)
CSV = "name;was\u00e9\nAma;1\nBo;=2\n".encode("cp1252")
CSL_JSON = (
    '[{"id": "a", "type": "book", "title": "Parks", "custom": 1, "author": [{"family": "B\u00fcrgi", "given": "L"}],'
    ' "issued": {"date-parts": [[2020, 5]]}}]'
)
RIS = "TY  - JOUR\r\nID  - a\r\nTI  - Parks\r\nAU  - Owusu, Ama\r\nPY  - 2020\r\nXX  - lost\r\nER  - \r\n"
BIBTEX = "@article{a,\n  title = {Parks},\n  author = {Owusu, Ama},\n  year = {2020},\n  journal = {Places}\n}\n"
GRANTS = (
    '{"version": "1.4", "grants": [{"id": "360G-parks-1", "title": "Benches", "description": "Six of them",'
    ' "currency": "GBP", "amountAwarded": 250.50, "awardDate": "2024-05-31",'
    ' "recipientOrganization": [{"id": "GB-CHC-1", "name": "Friends of the Park"}],'
    ' "fundingOrganization": [{"id": "GB-CHC-2", "name": "The Town"}]}]}'
)
GRANTS_CSV = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,"
    "Funding Org:Identifier,Funding Org:Name\n"
    "360G-parks-1,Benches,Six of them,GBP,250.50,2024-05-31,GB-CHC-1,Friends of the Park,GB-CHC-2,The Town\n"
)
GUID = "00000000-0000-4000-8000-{:012}"
QDC = (
    '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="by hand"><Codes>'
    f'<Code guid="{GUID.format(1)}" name="comfort" isCodable="false">'
    f'<Code guid="{GUID.format(2)}" name="shade" isCodable="true"/></Code></Codes></CodeBook>'
)
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//by hand//EN\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\n"
    "DTSTAMP:20261101T100000Z\r\nDTSTART:20261124T180000Z\r\nDTEND:20261124T200000Z\r\nSUMMARY:Planting\r\n"
    "LOCATION:The park\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
WEBVTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ama>We need benches.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nAma: We need benches.\n"


def _polis(folder: Path) -> Path:
    path = folder / "export"
    path.mkdir()
    for name, text in POLIS.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def _file(name: str, data: bytes | str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def _xlsx(folder: Path) -> Path:
    path = folder / "people.xlsx"
    write_xlsx(Table(("name", "where"), (("Ama", "here"), ("Bo", "=2"))), path)
    return path


def _docx(folder: Path) -> Path:
    document = docx.Document()
    for line in ("Ama: We need benches.", "Bo: And shade."):
        document.add_paragraph(line)
    document.save(str(folder / "talk.docx"))
    return folder / "talk.docx"


def _codebook() -> Codebook:
    below = Code(guid=GUID.format(2), name="shade", is_codable=True, color="#FF0000", description="Any shade")
    codes = (Code(guid=GUID.format(1), name="comfort", is_codable=False, codes=(below,)),)
    sets = (Set(guid=GUID.format(3), name="all", code_refs=(below.guid,)),)
    return Codebook(origin="by hand", codes=codes, sets=sets)


def _qdpx(folder: Path) -> Path:
    book = _codebook()
    coding = Coding(guid=GUID.format(4), code_ref=book.sets[0].code_refs[0])
    selection = TextSelection(guid=GUID.format(5), start=4, end=9, codings=(coding,))
    source = TextSource(guid=GUID.format(6), name="Talk", text="And shade.", selections=(selection,))
    write_project(Project(name="Parks", codes=book.codes, sets=book.sets, sources=(source,)), folder / "parks.qdpx")
    return folder / "parks.qdpx"


def _bundle(folder: Path) -> Path:
    bundle = Bundle(
        title="Parks",
        description="What was said of parks",
        licence=Licence("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        published_on="2026-11-24",
        publisher="Friends of the Park",
        edition="E-7K3QD",
        fingerprint="0" * 64,
        report_html="<!DOCTYPE html><html lang='en'><head><title>Parks</title></head><body><p>Hi.</p></body></html>",
        references=References((Reference("a", "book", {"title": "Parks"}),)),
        codebook=_codebook(),
    )
    write_bundle(bundle, folder / "parks.zip")
    return folder / "parks.zip"


SAMPLES: dict[str, Callable[[Path], Path]] = {
    "polis": _polis,
    "pabulib": _file("parks.pb", PABULIB),
    "csv": _file("people.csv", CSV),
    "xlsx": _xlsx,
    "360giving": _file("grants.json", GRANTS),
    "360giving-csv": _file("grants.csv", GRANTS_CSV),
    "csl-json": _file("works.json", CSL_JSON),
    "bibtex": _file("works.bib", BIBTEX),
    "ris": _file("works.ris", RIS),
    "qdc": _file("codes.qdc", QDC),
    "qdpx": _qdpx,
    "ics": _file("days.ics", ICS),
    "webvtt": _file("talk.vtt", WEBVTT),
    "srt": _file("talk.srt", SRT),
    "docx": _docx,
    "text": _file("talk.txt", "Ama: We need benches.\nBo: And shade.\n"),
    "bundle": _bundle,
}


def sample(key: str, folder: Path) -> Path:
    """Make the one of this format in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return SAMPLES[key](folder)
