"""Zip and XML files made to harm: each is refused in one sentence."""

import stat
import zipfile
from pathlib import Path

import pytest

from weft.exchange.archive import open_archive, write_archive
from weft.exchange.errors import ExchangeError
from weft.exchange.xml import parse_xml, walk_xml


def zipped(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """A compressed zip file of these members, names as given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def link() -> zipfile.ZipInfo:
    """A member that points at another file."""
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_members_are_read_back_whole(tmp_path):
    archive = open_archive(zipped(tmp_path / "a.zip", ("sources/", b""), ("sources/a.txt", b"words")))
    assert archive.names == ("sources/a.txt",)
    assert archive.read("sources/a.txt") == b"words"
    with pytest.raises(ExchangeError, match=r"b\.txt is not in the archive"):
        archive.read("b.txt")


@pytest.mark.parametrize("name", ["../a", "/etc/a", "a/../../b", "C:/a", "a\\..\\b"])
def test_no_path_leads_out(tmp_path, name):
    with pytest.raises(ExchangeError, match="leads out of the archive"):
        open_archive(zipped(tmp_path / "a.zip", (name, b"")))


def test_a_member_has_a_name(tmp_path):
    path = zipped(tmp_path / "a.zip", ("x", b""))
    data = bytearray(path.read_bytes())
    name_length = data.index(b"PK\x01\x02") + 28
    data[name_length], data[name_length + 2] = 0, 1  # what was the name is now said to be an extra field
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match="leads out of the archive"):
        open_archive(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with pytest.raises(ExchangeError, match="would unpack to 50000000 bytes"):
        open_archive(zipped(tmp_path / "a.zip", ("a", bytes(50_000_000))))


def test_links_and_repeats_are_refused(tmp_path):
    with pytest.raises(ExchangeError, match="is a link"):
        open_archive(zipped(tmp_path / "a.zip", (link(), b"/etc/passwd")))
    with pytest.warns(UserWarning, match="Duplicate"), pytest.raises(ExchangeError, match="twice"):
        open_archive(zipped(tmp_path / "b.zip", ("a", b"1"), ("a", b"2")))


def test_a_changed_byte_is_found(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a", b"these are the words")
    path.write_bytes(path.read_bytes().replace(b"the words", b"the wrods"))
    with pytest.raises(ExchangeError, match="is damaged: Bad CRC"):
        open_archive(path).read("a")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"words", bytes(100)])
def test_what_is_no_zip_file_is_refused(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match="is not a zip file"):
        open_archive(path)
    with pytest.raises(ExchangeError, match="No such file"):
        open_archive(tmp_path / "none.zip")


def test_plain_xml_is_parsed_in_any_encoding():
    root = parse_xml('<?xml version="1.0" encoding="utf-16"?><a>caf\u00e9</a>'.encode("utf-16"), "a.xml")
    assert (root.tag, root.text) == ("a", "caf\u00e9")


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(data):
    with pytest.raises(ExchangeError, match="declares a document type"):
        parse_xml(data, "a.xml")
    with pytest.raises(ExchangeError, match="declares a document type"):
        list(walk_xml(data, "a.xml", ()))


@pytest.mark.parametrize("data", [b"", b"<a", b"<a></b>", b"<a>\x00</a>", b"\xff\xfe<", b"<a>" * 5000])
def test_what_is_not_well_formed_names_its_place(data):
    with pytest.raises(ExchangeError, match=r"a\.xml, line \d+: the XML is not well formed: "):
        parse_xml(data, "a.xml")
    with pytest.raises(ExchangeError, match=r"a\.xml, line \d+: the XML is not well formed: "):
        list(walk_xml(data, "a.xml", ("b",)))


def test_elements_come_one_at_a_time_and_are_emptied():
    data = b'<a xmlns="urn:x">' + b"<b><c>1</c></b>" * 3 + b"<d><b/></d></a>"
    seen = []
    for element in walk_xml(data, "a.xml", ("b",)):
        seen.append("".join(element.itertext()))
        before = element.getprevious()
        assert before is None or (len(before) == 0 and before.getprevious() is None)
    assert seen == ["1", "1", "1", ""]


def test_an_archive_is_written_alike_each_time_or_not_at_all(tmp_path):
    members = [("b.txt", b"words" * 100), ("a/c.txt", b"")]
    write_archive(tmp_path / "a.zip", members)
    first = (tmp_path / "a.zip").read_bytes()
    assert open_archive(tmp_path / "a.zip").read("b.txt") == b"words" * 100
    write_archive(tmp_path / "a.zip", members)
    assert (tmp_path / "a.zip").read_bytes() == first
    with pytest.raises(ExchangeError, match="cannot be written: it is larger than 50 bytes"):
        write_archive(tmp_path / "a.zip", members, largest=50)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == first
