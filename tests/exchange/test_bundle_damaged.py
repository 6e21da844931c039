"""Damaged evidence bundles: each ends in one sentence that names the file in the zip, and in no other error."""

import json
import random
import shutil
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.bundles import SAMPLE, members, sealed
from weft.exchange.bundle import Bundle, read_bundle, write_bundle
from weft.exchange.errors import ExchangeError

CLAIMS, METADATA, PACKAGE = "claims.jsonld", "ro-crate-metadata.json", "datapackage.json"
SOURCES, CODEBOOK, CARRIED = "sources.csl.json", "codebook.qdc", "tables/carried.csv"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "bundle.zip"
    write_bundle(SAMPLE, path)
    return path


@pytest.fixture
def files(whole: Path) -> Files:
    return members(whole)


def refused(path: Path) -> str:
    with pytest.raises(ExchangeError) as error:
        read_bundle(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def edited(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    """The files with one JSON document changed in place."""
    document = json.loads(files[name])
    change(document)
    return {**files, name: json.dumps(document).encode()}


def test_a_zip_cut_short_anywhere_is_refused(whole, tmp_path):
    data = whole.read_bytes()
    for length in [*range(0, len(data), 211), len(data) - 1]:
        (tmp_path / "cut.zip").write_bytes(data[:length])
        assert refused(tmp_path / "cut.zip").startswith(f"{tmp_path}/cut.zip")


def test_what_is_no_bundle_is_refused(tmp_path):
    for name, data in (("a.zip", b""), ("b.zip", b"words"), ("c.zip", bytes(1000))):
        (tmp_path / name).write_bytes(data)
        assert "is not a zip file" in refused(tmp_path / name)
    assert "No such file" in refused(tmp_path / "none.zip")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("folder/ro-crate-metadata.json", "{}")
    assert "Zip the files, not the folder they are in." in refused(tmp_path / "d.zip")


def test_a_member_made_to_harm_is_refused(files, whole, tmp_path):
    for name, data, says in (
        ("../escape.txt", b"a", "has a path that leads out of the archive"),
        ("/etc/passwd", b"a", "has a path that leads out of the archive"),
        ("bomb.txt", bytes(60_000_000), "would unpack to"),
    ):
        assert says in refused(sealed({**files, name: data}, tmp_path / "bad.zip"))
    shutil.copy(whole, tmp_path / "bad.zip")
    with zipfile.ZipFile(tmp_path / "bad.zip", "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("report.html", b"another")
    assert "is in the archive twice" in refused(tmp_path / "bad.zip")
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    shutil.copy(whole, tmp_path / "link.zip")
    with zipfile.ZipFile(tmp_path / "link.zip", "a") as archive:
        archive.writestr(link, b"/etc/passwd")
    assert "is a link to another file" in refused(tmp_path / "link.zip")


def zipped(files: Files, path: Path) -> Path:
    """A zip of these files whose metadata say what they said before."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_file_that_was_changed_is_named(files, tmp_path):
    for name in files:
        if name == METADATA:
            continue
        longer = refused(zipped({**files, name: files[name] + b" "}, tmp_path / "a.zip"))
        assert f"a.zip/{name} has {len(files[name]) + 1} bytes, but ro-crate-metadata.json says" in longer
        other = bytes([files[name][0] ^ 1]) + files[name][1:]
        assert f"a.zip/{name} was changed since: its SHA-256 is not" in refused(
            zipped({**files, name: other}, tmp_path / "a.zip")
        )
        gone = {key: data for key, data in files.items() if key != name}
        assert f"a.zip/{name} is listed but not there" in refused(zipped(gone, tmp_path / "a.zip"))


def test_what_has_no_place_is_said_item_by_item(files, tmp_path):
    def change(metadata: dict) -> None:
        graph = metadata["@graph"]
        root, report = graph[1], next(one for one in graph if one["@id"] == "report.html")
        root["keywords"] = "holidays"
        graph[0]["conformsTo"]["@id"] = "https://w3id.org/ro/crate/1.1"
        report["author"] = {"@id": "#somebody"}
        graph.append({"@id": "#somebody", "@type": "Person", "name": "Somebody"})
        graph.append({"@id": "https://example.org/data.csv", "@type": "File", "name": "Elsewhere"})
        graph.append({"@id": "notes.txt", "@type": ["File"], "sha256": "", "contentSize": ""})

    def describe(package: dict) -> None:
        package["keywords"] = ["holidays"]
        package["resources"][0]["schema"]["fields"][0]["constraints"] = {"required": True}

    more = edited(edited(files, METADATA, change), PACKAGE, describe)
    more |= {"notes.txt": b"a", "picture.png": b"b", "README.txt": b"Another.\n"}
    bundle = read_bundle(sealed(more, tmp_path / "a.zip"))
    assert bundle == SAMPLE
    assert [(one.file, one.where, one.kind) for one in bundle.loss if "such a text" not in one.where] == [
        ("a.zip", "https://example.org/data.csv", "left out"),
        ("a.zip", "picture.png", "left out"),
        ("a.zip", "notes.txt", "left out"),
        ("a.zip", "README.txt", "changed"),
        ("a.zip/datapackage.json", "resources 1 schema fields 1 constraints", "left out"),
        ("a.zip/datapackage.json", "keywords", "left out"),
        ("a.zip/ro-crate-metadata.json", "ro-crate-metadata.json, conformsTo @id", "changed"),
        ("a.zip/ro-crate-metadata.json", "./, keywords", "left out"),
        ("a.zip/ro-crate-metadata.json", "report.html, author", "left out"),
        ("a.zip/ro-crate-metadata.json", "#somebody", "left out"),
    ]


def test_a_known_file_that_nothing_vouches_for_is_not_taken(files, tmp_path):
    def change(metadata: dict) -> None:
        metadata["@graph"] = [one for one in metadata["@graph"] if one["@id"] != CODEBOOK]

    path = sealed(edited(files, METADATA, change), tmp_path / "a.zip")
    assert "was given the code" in refused(path)
    changed = edited(edited(files, METADATA, change), CLAIMS, lambda claims: claims["passages"][0].pop("codes"))
    bundle = read_bundle(sealed(changed, tmp_path / "b.zip"))
    assert bundle.codebook is None
    assert ("codebook.qdc", "left out") in [(one.where, one.kind) for one in bundle.loss]


def entity(name: str, /, **changes: object) -> Callable[[dict], None]:
    """A change of one entity of the metadata; nothing takes a property away."""

    def change(metadata: dict) -> None:
        found = next(one for one in metadata["@graph"] if one["@id"] == name)
        for key, value in changes.items():
            if value is None:
                del found[key.replace("at_", "@")]
            else:
                found[key.replace("at_", "@")] = value

    return change


def part(name: str, number: int, **changes: object) -> Callable[[dict], None]:
    """A change of one part of the claims."""
    return lambda claims: claims[name][number].update(changes)


def selector(claims: dict) -> None:
    claims["claims"][1]["selector"][0].update(start=126, end=156)


DAMAGE: list[tuple[str, Callable[[Any], object], str]] = [
    (METADATA, lambda d: d.clear(), "there is no @graph"),
    (METADATA, lambda d: d.update({"@graph": ["a"]}), "entity number 1: @id must be a text"),
    (METADATA, lambda d: d["@graph"].append(d["@graph"][0]), "@id is there twice"),
    (METADATA, lambda d: d["@graph"].pop(0), "leads to ro-crate-metadata.json, the description of the metadata"),
    (METADATA, entity(METADATA, conformsTo={"@id": "https://w3id.org/ro/crate/2.0"}), "conformsTo must be RO-Crate"),
    (METADATA, entity(METADATA, about={"@id": "none"}), "leads to none, the bundle itself, which is not there"),
    (METADATA, entity("./", name=None), "entity ./: name must be one text"),
    (METADATA, entity("./", name=["a"]), "entity ./: name must be one text"),
    (METADATA, entity("./", license="CC BY"), "entity ./: license must lead to one entity"),
    (METADATA, entity("./", datePublished="2026"), "claims.jsonld, key published_on: says another day of publication"),
    (METADATA, entity("./", name="Another"), "claims.jsonld, key title: says another title"),
    (METADATA, entity("./", publisher={"@id": "#none"}), "leads to #none, the publisher, which is not there"),
    (METADATA, entity("report.html", contentSize=12), "contentSize must be one text"),
    (METADATA, entity("report.html", at_type="Thing"), "does not list report.html with its size and SHA-256"),
    (METADATA, entity(CLAIMS, sha256=None), "does not list claims.jsonld with its size and SHA-256"),
    (METADATA, entity(SOURCES, at_id="./report.html"), "entity ./report.html: @id is listed twice"),
    (CLAIMS, lambda d: d.clear(), "claims.jsonld, key @context: must be given"),
    (CLAIMS, lambda d: d["@context"].update(quotes="cito:refutes"), "has another @context than Weft writes"),
    (CLAIMS, lambda d: d.update(format="weft-claims-2"), "key format: must be 'weft-claims-1'"),
    (CLAIMS, lambda d: d.update(id="#B-1"), "the edition must have the id #B-6TQ2M, got #B-1"),
    (CLAIMS, lambda d: d.update(more=1), "key more: is no key of a claims file"),
    (CLAIMS, lambda d: d.pop("left_out"), "key left_out: must be given"),
    (CLAIMS, lambda d: d.update(items={}), "key items: must be a list"),
    (CLAIMS, part("items", 0, kind="opinion"), "key items 1 kind: must be 'statement', 'story'"),
    (CLAIMS, part("items", 0, title=7), "key items 1 title: must be a text"),
    (CLAIMS, part("items", 0, people=1.5), "key items 1 people"),
    (CLAIMS, part("items", 0, people=True), "key items 1 people"),
    (CLAIMS, part("items", 0, id="#X-1"), "the story Y-4NTNR must have the id #Y-4NTNR"),
    (CLAIMS, part("items", 0, id="https://example.org/"), "key items 1 id: is not written as it must be"),
    (CLAIMS, part("items", 0, code="Y-9XKTD", id="#Y-9XKTD"), "leads to Y-4NTNR, which is not there"),
    (CLAIMS, lambda d: d["items"].append(d["items"][0]), "Y-4NTNR is there twice"),
    (CLAIMS, part("items", 4, title="Their words"), "story Y-9XKTD was withdrawn"),
    (CLAIMS, part("items", 5, updates=["#Y-4NTNR"]), "#F-7K3QD says one thing in updates"),
    (CLAIMS, part("items", 5, obtainsSupportFrom=[]), "#F-7K3QD says one thing in obtainsSupportFrom"),
    (CLAIMS, part("relations", 0, relation="contradicts"), "#Q-2M4RT says one thing in"),
    (CLAIMS, part("relations", 0, item="#X-1"), "a relation leads to X-1, which is not there"),
    (CLAIMS, lambda d: d["relations"].append(d["relations"][0]), "is there twice"),
    (CLAIMS, part("claims", 0, citesAsEvidence=["#X-1"], wasDerivedFrom=["#X-1"]), "claim-1 leads to X-1"),
    (CLAIMS, part("claims", 0, citesAsEvidence=["#F-7K3QD"]), "#claim-1 says one thing in wasDerivedFrom"),
    (CLAIMS, part("claims", 0, source="https://example.org/"), "key claims 1 source: must be 'report.html'"),
    (CLAIMS, part("claims", 0, selector=[]), "key claims 1 selector"),
    (CLAIMS, selector, "the words of #claim-2 do not stand at that place of report.html"),
    (CLAIMS, part("passages", 0, source="#X-1"), "a passage leads to X-1, which is not there"),
    (CLAIMS, part("passages", 0, codes=["none"]), "was given the code none, which is not there"),
    (CLAIMS, lambda d: d["passages"].append(d["passages"][0]), "the passage of Q-2M4RT is there twice"),
    (CLAIMS, part("teams", 0, id="#long-summer"), "key teams 1 id: is not written as it must be"),
    (CLAIMS, part("left_out", 0, why="shame"), "key left_out 1 why: must be 'consent', 'disclosure'"),
    (SOURCES, lambda d: d.append(d[0]), "sources.csl.json, item 2, key id: arnstein1969 is there twice"),
    (SOURCES, lambda d: d[0].update(type="essay"), "sources.csl.json, item 1, key type: must be a type of CSL"),
    (SOURCES, lambda d: d.clear(), "leads to the reference arnstein1969, which is not there"),
    (PACKAGE, lambda d: d.clear(), "datapackage.json, key resources: is missing"),
    (PACKAGE, lambda d: d["resources"].append(d["resources"][0]), "carried is there twice"),
    (PACKAGE, lambda d: d["resources"][0].update(path="../carried.csv"), "must stand at tables/carried.csv"),
    (PACKAGE, lambda d: d["resources"][0].update(name="none", path="tables/none.csv"), "leads to tables/none.csv"),
    (PACKAGE, lambda d: d["resources"][0]["schema"]["fields"].pop(), "has other columns than datapackage.json says"),
    (PACKAGE, lambda d: d["resources"][1]["schema"]["fields"][0].update(type="integer"), "got agree"),
    (PACKAGE, lambda d: d["resources"][0].update(encoding="latin-1"), "key resources 1 encoding: is missing"),
]


@pytest.mark.parametrize(("name", "change", "says"), DAMAGE, ids=[f"{n} {s}" for n, _, s in DAMAGE])
def test_a_fault_is_named_with_its_place(files, tmp_path, name, change, says):
    assert says in refused(sealed(edited(files, name, change), tmp_path / "a.zip"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        *((name, b"", "is ") for name in (METADATA, CLAIMS, SOURCES, CODEBOOK, PACKAGE, CARRIED)),
        *((name, b"{", "is not JSON") for name in (CLAIMS, SOURCES, PACKAGE)),
        *((name, b'{"a": NaN}', "is not proper JSON: NaN is no number") for name in (CLAIMS, PACKAGE)),
        *((name, b'{"a": 1, "a": 2}', "is not proper JSON: a key is there twice") for name in (CLAIMS, PACKAGE)),
        *((name, b"[" * 100_000, "is not proper JSON: its lists are too deep") for name in (CLAIMS, PACKAGE)),
        *(
            (name, '{"a": "caf\u00e9"}'.encode("latin-1"), "is not UTF-8 at byte 10")
            for name in (CLAIMS, "report.html")
        ),
        (CLAIMS, b"\xef\xbb\xbf{}", "is not JSON"),
        (CODEBOOK, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares a document type"),
        (CODEBOOK, b"<CodeBook>", "codebook.qdc, line 1: the XML is not well formed"),
        (CARRIED, b"group,people\r\n\x00,1\r\n", "tables/carried.csv, row 2: the row holds a NUL character"),
        (CARRIED, "caf\u00e9".encode("latin-1"), "tables/carried.csv is not utf-8"),
        ("report.html", b"<!doctype html><body>", "the words of #claim-1 do not stand at that place"),
    ],
)
def test_a_member_in_another_shape_is_refused(files, tmp_path, name, data, says):
    changed = {**files, name: data}
    path = zipped(changed, tmp_path / "a.zip") if name == METADATA else sealed(changed, tmp_path / "a.zip")
    assert says in refused(path)
    assert f"a.zip/{CLAIMS if says.startswith('the words') else name}" in refused(path)


def test_mixed_line_ends_of_the_report_do_not_move_its_claims(files, tmp_path):
    lines = files["report.html"].split(b"\n")
    mixed = b"".join(line + (b"\n", b"\r\n", b"\r")[n % 3] for n, line in enumerate(lines[:-1]))
    bundle = read_bundle(sealed({**files, "report.html": mixed}, tmp_path / "a.zip"))
    assert bundle.claims == SAMPLE.claims


VALUES = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "#F-7K3QD",
    "\ud800",
    "\0",
    [],
    {},
    ["#X-1"],
    {"@id": "./"},
    "report.html",
)


def mutated(draw: random.Random, value: Any, depth: int = 0) -> Any:
    """The JSON value with one thing in it changed."""
    if isinstance(value, dict) and value and draw.random() < 0.95 - depth * 0.05:
        key = draw.choice(list(value))
        if draw.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: mutated(draw, value[key], depth + 1)}
    if isinstance(value, list) and value and draw.random() < 0.95 - depth * 0.05:
        at = draw.randrange(len(value))
        if draw.random() < 0.2:
            return [*value, value[at]] if draw.random() < 0.5 else value[:at] + value[at + 1 :]
        return [*value[:at], mutated(draw, value[at], depth + 1), *value[at + 1 :]]
    return draw.choice(VALUES)


def scrambled(draw: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them changed, gone or doubled."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(made) + 1)
        span = draw.randint(0, 9)
        made[at : at + span] = draw.choice(
            (b"", bytes([draw.randrange(256)]), bytes(made[at : at + span]) * 2, b'"', b"<", b"\r", b"\xff", b"\0")
        )
    return bytes(made)


def survives(draw: random.Random, files: Files, path: Path) -> Bundle | None:
    """Read a damaged copy: a bundle, or nothing where it was refused in one sentence."""
    damaged = dict(files)
    for _ in range(draw.randint(1, 2)):
        name = draw.choice(list(files))
        if name.endswith(("json", "jsonld")) and draw.random() < 0.7:
            damaged[name] = json.dumps(mutated(draw, json.loads(files[name]))).encode()
        else:
            damaged[name] = scrambled(draw, damaged[name])
    try:
        sealed(damaged, path)
    except (ValueError, TypeError, KeyError, AttributeError):
        zipped(damaged, path)
    if draw.random() < 0.1:
        path.write_bytes(scrambled(draw, path.read_bytes()))
    try:
        return read_bundle(path)
    except ExchangeError as error:
        says = str(error)
    assert says.startswith(str(path))
    assert "\n" not in says
    return None


def test_no_other_error_comes_out_whatever_the_bytes(files, tmp_path):
    draw = random.Random(11)  # noqa: S311
    outcomes = [survives(draw, files, tmp_path / "a.zip") for _ in range(200)]
    read = [bundle for bundle in outcomes if bundle]
    not_written: list[str] = []
    assert 5 < len(read) < 200
    for bundle in read:
        try:
            write_bundle(bundle, tmp_path / "b.zip")
        except ExchangeError as error:
            not_written.append(str(error))
        else:
            assert read_bundle(tmp_path / "b.zip") == bundle
    assert all("b.zip/report.html" in says for says in not_written), not_written
