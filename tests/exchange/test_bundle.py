"""The evidence bundle: written, read back the same, in terms that others know, and refused where it would mislead."""

import hashlib
import html
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.bundles import GUID, ITEMS, REPORT, SAMPLE, TEXT, members, sealed
from weft.exchange.bundle import (
    Bundle,
    Claim,
    Column,
    DataTable,
    Item,
    LeftOut,
    Passage,
    Relation,
    Team,
    canonical_text,
    describe,
    read_bundle,
    write_bundle,
)
from weft.exchange.bundle.claims_file import claims_schema
from weft.exchange.bundle.model import Kind, Knowledge, Layer, Word
from weft.exchange.bundle.relations import CITO, PROV
from weft.exchange.errors import ExchangeError
from weft.exchange.references import Reference, References
from weft.exchange.tables import Table
from weft.provenance import models as provenance
from weft.provenance.registry import NOUNS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def claims_of(path: Path) -> dict:
    return json.loads(members(path)["claims.jsonld"])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_bundle(SAMPLE, tmp_path / "bundle.zip")
    return tmp_path / "bundle.zip"


def test_a_bundle_is_read_back_the_same_and_written_again_to_the_same_bytes(written, tmp_path):
    again = read_bundle(written)
    assert again == SAMPLE
    assert [item.where for item in again.loss] == ["rows with such a text"]
    write_bundle(again, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == written.read_bytes()


def test_the_least_bundle_has_no_file_for_what_it_does_not_hold(tmp_path):
    least = replace(
        SAMPLE,
        **dict.fromkeys(("claims", "items", "relations", "passages", "teams", "tables", "left_out"), ()),
        references=References(()),
        codebook=None,
        publisher_url="",
    )
    assert write_bundle(least, tmp_path / "least.zip") == ()
    names = ["ro-crate-metadata.json", "README.txt", "report.html", "claims.jsonld"]
    assert list(members(tmp_path / "least.zip")) == names
    again = read_bundle(tmp_path / "least.zip")
    assert again == least
    assert again.loss == ()


def test_every_file_is_listed_with_its_size_and_hash_under_the_terms_of_ro_crate(written):
    files = members(written)
    metadata = json.loads(files["ro-crate-metadata.json"])
    assert metadata["@context"][0] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in metadata["@graph"]}
    assert entities["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    listed = {one["@id"] for one in entities["./"]["hasPart"]}
    assert listed == set(files) - {"ro-crate-metadata.json"}
    for name in listed:
        assert entities[name]["contentSize"] == str(len(files[name]))
        assert entities[name]["sha256"] == hashlib.sha256(files[name]).hexdigest()
    used = {key for entity in metadata["@graph"] for key in entity if not key.startswith("@")}
    assert used | {entity["@type"] for entity in metadata["@graph"]} == set(metadata["@context"][1])


def test_a_claim_stands_where_its_selectors_say(written):
    text = canonical_text(members(written)["report.html"].decode())
    for claim in claims_of(written)["claims"]:
        position, quote = claim["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert text[position["start"] - len(quote.get("prefix", "")) :].startswith(around)


def test_relations_stand_at_the_later_item_in_prov_and_cito(written):
    items = {item["code"]: item for item in claims_of(written)["items"]}
    finding = items["F-7K3QD"]
    assert finding["wasDerivedFrom"] == ["#Q-2M4RT", "#S-3H7QP", "#Y-9XKTD"]
    assert finding["obtainsSupportFrom"] == ["#Q-2M4RT", "#Y-9XKTD"]
    assert finding["wasInfluencedBy"] == finding["isDisagreedWithBy"] == ["#T-8CR2N"]
    assert items["Q-2M4RT"]["wasQuotedFrom"] == items["Q-2M4RT"]["includesQuotationFrom"] == ["#Y-4NTNR"]
    assert items["G-4P6NC"]["hasReplyFrom"] == ["#F-7K3QD"]
    assert items["W-8D2MC"]["repliesTo"] == ["#A-7W3HT"]
    context = claims_of(written)["@context"]
    assert context["isDisagreedWithBy"] == {"@reverse": "cito:disagreesWith", "@type": "@id"}
    assert {one["relation"] for one in claims_of(written)["relations"]} == set(PROV)


def test_every_word_of_weft_is_known_and_none_shares_a_term():
    assert set(PROV) == set(CITO) == set(Word.__args__) == set(provenance.Relation.values)
    assert len(set(CITO.values())) == len(CITO)
    assert set(Kind.__args__) == set(NOUNS)
    assert set(Knowledge.__args__) == {"", *provenance.Knowledge.values}
    assert set(Layer.__args__) == {"", *provenance.Layer.values}


def test_the_schema_that_others_read_is_the_one_that_the_reader_uses():
    assert json.loads((DOCS / "claims.schema.json").read_text("utf-8")) == claims_schema()


def test_every_key_of_the_claims_has_a_meaning(written):
    document = claims_of(written)
    context, found = document.pop("@context"), set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            found.update(value)
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(document)
    assert found <= set(context)
    prefixes = {key for key, value in context.items() if isinstance(value, str) and value.startswith("http")}
    for value in context.values():
        to = value.get("@id") or value.get("@reverse") if isinstance(value, dict) else value
        assert to is None or to.startswith(("http", "@")) or to.split(":")[0] in prefixes


def test_the_readme_says_what_is_in_it_and_what_is_not(written):
    text = members(written)["README.txt"].decode()
    assert text.startswith("A long summer\n")
    assert "It makes 3 claims, resting on 13 items. Taken back since: 1." in text
    assert "tables/carried.csv: Who is carried" in text
    assert "- An opinion group (fewer than 10 people): the number is so small that it could give somebody away." in text


def test_the_tables_are_a_data_package(written):
    files = members(written)
    package = json.loads(files["datapackage.json"])
    carried = package["resources"][0]
    assert carried["hash"] == f"sha256:{hashlib.sha256(files['tables/carried.csv']).hexdigest()}"
    assert carried["bytes"] == len(files["tables/carried.csv"])
    assert [field["type"] for field in carried["schema"]["fields"]] == [
        *("string", "integer", "number", "date", "boolean", "string"),
    ]
    assert carried["schema"]["missingValues"] == ["", "suppressed"]


def test_description_for_somebody_who_has_not_opened_it(written):
    rows = dict(describe(read_bundle(written)))
    assert rows["published"] == "2026-11-24 by Pell Coast Programme"
    assert (rows["claims"], rows["claims without evidence"], rows["taken back"]) == ("3", "1", "1")
    assert (rows["codes"], rows["tables"], rows["left out"]) == ("1", "carried, votes", "3")
    assert rows["report"] == "a page that stands alone"
    loud = replace(SAMPLE, report_html=REPORT.replace("<h1>", "<script>alert(1)</script><h1>"))
    assert dict(describe(loud))["report"].startswith("a page that should not be opened: it, line 5: it has <script>")


# What may not be written.


def item(code: str, **changes: object) -> tuple[Item, ...]:
    return tuple(replace(one, **changes) if one.code == code else one for one in ITEMS)


def table(cell: str, **changes: object) -> tuple[DataTable, ...]:
    made = DataTable("a", "A", Table(("n",), ((cell,),)), (Column("integer"),))
    return (replace(made, **changes),)


def with_passage(**changes: object) -> dict[str, object]:
    return {"passages": (replace(SAMPLE.passages[0], **changes),)}


MISLEADING = [
    ({"title": " "}, "must have a title"),
    ({"published_on": "2026-02-30"}, "the day of publication must be a day, such as 2026-11-24, got 2026-02-30"),
    ({"published_on": "20261124"}, "must be a day"),
    ({"publisher_url": "example.org"}, "example.org is not a full address"),
    ({"publisher_url": SAMPLE.licence.url}, "another address than the publisher"),
    ({"fingerprint": "5F" * 32}, "the fingerprint must be 64 digits"),
    ({"language": "English"}, "English is no code of a language"),
    ({"edition": "B 6"}, "B 6 is no code"),
    ({"edition": "F-7K3QD"}, "F-7K3QD is there twice"),
    ({"items": (*ITEMS, ITEMS[0])}, "Y-4NTNR is there twice"),
    ({"items": item("F-7K3QD", kind="opinion")}, "the kind of F-7K3QD cannot be opinion"),
    ({"items": item("F-7K3QD", title="")}, "finding F-7K3QD has no title"),
    ({"items": item("F-7K3QD", title="a\0")}, "a title holds a NUL character"),
    ({"items": item("F-7K3QD", text="\ud800")}, "a text holds something that is no character"),
    ({"items": item("F-7K3QD", people=-1)}, "the count of people of finding F-7K3QD must be a whole number"),
    ({"items": item("F-7K3QD", people=True)}, "must be a number or words"),
    ({"items": item("F-7K3QD", team="none")}, "is of the team none, which is not there"),
    ({"items": item("F-7K3QD", reference="none")}, "leads to the reference none, which is not there"),
    ({"items": item("Y-9XKTD", title="Their words")}, "story Y-9XKTD was withdrawn, so that only its code"),
    ({"items": item("Y-9XKTD", people=1)}, "was withdrawn"),
    ({"items": item("Y-4NTNR", withdrawn_on="2026-09-02", title="", text="", knowledge="", layer="")}, "no passage"),
    ({"relations": (Relation("F-7K3QD", "X-1", "supports"),)}, "a relation leads to X-1, which is not there"),
    ({"relations": (Relation("F-7K3QD", "G-4P6NC", "likes"),)}, "a relation cannot be likes"),
    ({"relations": SAMPLE.relations[:1] * 2}, "Y-4NTNR quotes Q-2M4RT is there twice"),
    ({"relations": (Relation("F-7K3QD", "F-7K3QD", "informs"),)}, "F-7K3QD came of itself"),
    (
        {"relations": (*SAMPLE.relations, Relation("W-8D2MC", "F-7K3QD", "informs"))},
        "came of itself, by way of what came of it",
    ),
    ({"relations": (Relation("Y-9XKTD", "F-7K3QD", "supports", "what they said"),)}, "which was withdrawn"),
    (with_passage(item="F-7K3QD"), "F-7K3QD is no excerpt that stands"),
    (with_passage(start=0), "not those of its places"),
    (with_passage(exact="x" * 22), "the words of Q-2M4RT do not stand at that place of Y-4NTNR"),
    (with_passage(codes=("none",)), "was given the code none, which is not there"),
    ({"passages": SAMPLE.passages * 2}, "the passage of Q-2M4RT is there twice"),
    ({"claims": (Claim("a", 5, 5),)}, "a stands at 5 to 5"),
    ({"claims": (Claim("a", 0, len(TEXT) + 1),)}, f"but the report has {len(TEXT)} characters"),
    ({"claims": (Claim("a", 0, 1, ("X-1",)),)}, "a leads to X-1, which is not there"),
    ({"claims": (Claim("a", 0, 1, ("F-7K3QD", "F-7K3QD")),)}, "a names an item twice"),
    ({"claims": (Claim("a", 0, 1), Claim("a", 1, 2))}, "a is there twice"),
    ({"claims": (Claim("a", 0, 1, verdict="maybe"),)}, "the verdict on a cannot be maybe"),
    ({"teams": (Team("long summer", "A"),)}, "long summer is no key of a team"),
    ({"left_out": (LeftOut("", "rights"),)}, "not said what"),
    ({"left_out": (LeftOut("a", "shame"),)}, "a reason to leave something out cannot be shame"),
    ({"tables": table("1.5")}, "row 2, column n: n must be a whole number, got 1.5"),
    ({"tables": table("2026-13-01", columns=(Column("date"),))}, "n must be a day"),
    ({"tables": table("1", name="A b")}, "A b is there twice, has no title, or is no name of a table"),
    ({"tables": table("1") * 2}, "a is there twice"),
    ({"tables": table("1", columns=())}, "every column must have a name of its own"),
    ({"tables": table("", table=Table(("=n",), ()))}, "=n is no name of a column"),
    (
        {"references": References((Reference("arnstein1969", "essay"),))},
        "sources.csl.json, item 1, key id: arnstein1969 is there twice, empty, or of no type",
    ),
]


@pytest.mark.parametrize(("changes", "says"), MISLEADING, ids=[says for _, says in MISLEADING])
def test_what_would_mislead_is_not_written(tmp_path, changes, says):
    path = tmp_path / "bundle.zip"
    path.write_bytes(b"the one before")
    with pytest.raises(ExchangeError) as refused:
        write_bundle(replace(SAMPLE, **changes), path)
    assert says in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]


LOUD = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a><set attributeName=href to=javascript:alert(1)></a></svg>",
    "<svg><use href='https://example.org/a.svg#b'/></svg>",
    "<svg><image xlink:href='//example.org/a.png'/></svg>",
    "<iframe srcdoc='<p>'></iframe>",
    "<object data='data:text/html,a'></object>",
    "<embed src=a.swf>",
    "<img src='https://example.org/a.png'>",
    "<img srcset='https://example.org/a.png 2x'>",
    "<img src='data:text/html,<p>'>",
    "<video poster=a.png></video>",
    "<link rel=stylesheet href=a.css>",
    "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0; url=https://example.org/'>",
    "<form action='https://example.org/'><button>Go</button></form>",
    "<button formaction='https://example.org/'>Go</button>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' java\nscript:alert(1)'>a</a>",
    "<a href='#a' ping='https://example.org/'>a</a>",
    "<style>@import 'a.css';</style>",
    "<style>p { background: url(https://example.org/a.png) }</style>",
    "<style>p { background: \\75 rl('//example.org/a.png') }</style>",
    "<style>p { background: image-set('a.png' 1x) }</style>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<p style='background: URL(a.png)'>a</p>",
    "<svg><rect fill='url(https://example.org/a.svg#b)'/></svg>",
    "<!--> <img src=x> -->",
    "<?php echo 1 ?>",
    "<![CDATA[ a ]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><p>a</p></template>",
    "<p id=a id=b>a</p>",
    "<body>",
]


@pytest.mark.parametrize("loud", LOUD)
def test_a_report_that_runs_or_loads_anything_is_not_written(tmp_path, loud):
    page = REPORT.replace("</svg>\n", f"</svg>\n{loud}\n")
    with pytest.raises(ExchangeError, match=r"report\.html"):
        write_bundle(replace(SAMPLE, report_html=page), tmp_path / "bundle.zip")


@pytest.mark.parametrize(
    "quiet",
    [
        "<img alt='' src='data:image/png;base64,AAAA'>",
        "<a href='https://example.org/?a=b#c'>a</a> <a href='tables/carried.csv'>b</a> <a href='mailto:a@b.c'>c</a>",
        "<style>p::before { content: '\\201C'; background: url('data:image/png;base64,AAAA') }</style>",
        "<p title='url(https://example.org)'>&lt;script&gt; onclick=</p>",
        "<!-- a comment -->",
        "<details><summary>a</summary><math><mi>x</mi></math></details>",
    ],
)
def test_a_report_that_stands_alone_is_written_as_it_is(tmp_path, quiet):
    page = REPORT.replace("</svg>\n", f"</svg>\n{quiet}\n")
    write_bundle(replace(SAMPLE, report_html=page), tmp_path / "bundle.zip")
    assert members(tmp_path / "bundle.zip")["report.html"].decode() == page


def test_a_report_that_runs_something_is_read_as_text(written, tmp_path):
    files = members(written)
    files["report.html"] = files["report.html"].replace(b"</svg>", b"</svg><img src=x onerror=alert(1)>")
    assert "onerror" in read_bundle(sealed(files, tmp_path / "b.zip")).report_html


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "<html><head><title>x</title></head>\r\n<body>\r\na\rb &amp;lt; &#233;&nbsp;</body>\n",
            "\na\nb &lt; \u00e9\xa0\n",
        ),
        ("<body><pre>\n a\n</pre><p>b</p>", " a\nb"),
        ("<body><!-- no -->a<style>b</style><br/>c", "abc"),
        ("no body", ""),
    ],
)
def test_the_canonical_text_is_what_a_browser_gives(page, text):
    assert canonical_text(page) == text


# Any bundle that may be written is read back the same.

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
lines = texts.filter(str.strip)
counts = st.none() | st.integers(0, 10**9) | st.text("<10 people", min_size=1, max_size=9)
days = st.dates().map(str)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    words = draw(st.lists(lines, min_size=1, max_size=4))
    page = "<!doctype html><html><body>" + "".join(f"<p>{html.escape(one)}</p>\n" for one in words) + "</body></html>"
    text = canonical_text(page)
    kinds = draw(st.lists(st.sampled_from(Kind.__args__), min_size=2, max_size=5))
    items = [
        Item(f"K-{n}", kind, team=draw(st.sampled_from(["", "t"])), withdrawn_on=draw(days))
        if draw(st.booleans()) and kind != "excerpt"
        else Item(
            *(f"K-{n}", kind, draw(lines), draw(texts)),
            *(draw(st.sampled_from(Knowledge.__args__)), draw(st.sampled_from(Layer.__args__))),
            *("", draw(days), draw(counts), draw(st.sampled_from(["", "r"]))),
        )
        for n, kind in enumerate(kinds)
    ]
    codes = [one.code for one in items]
    pairs = st.tuples(st.sampled_from(codes), st.sampled_from(codes)).filter(lambda pair: pair[0] < pair[1])
    ties = draw(st.lists(st.tuples(pairs, st.sampled_from(Word.__args__)), unique=True, max_size=5))
    gone = {one.code for one in items if one.withdrawn_on}
    rests = st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    quote = draw(texts.filter(bool))
    place = draw(st.integers(0, 99))
    excerpts = [one.code for one in items if one.kind == "excerpt"]
    cells = st.tuples(texts.map(lambda text: text + "."), st.integers(-99, 99).map(str) | st.just(""))
    return replace(
        SAMPLE,
        title=draw(lines),
        description=draw(lines),
        publisher_url=draw(st.sampled_from(["", "https://example.org/"])),
        report_html=page,
        claims=(Claim("c", start, end, draw(rests), draw(rests), draw(st.sampled_from(["", "keep"])), draw(texts)),),
        items=tuple(items),
        relations=tuple(Relation(*pair, word, "" if gone & {*pair} else draw(texts)) for pair, word in ties),
        passages=tuple(
            Passage(code, free, place, place + len(quote), quote, draw(texts), draw(texts), draw(rests_on_codes))
            for code in excerpts[:1]
            for free in [one.code for one in items if not one.text and one.code not in gone][:1]
        ),
        teams=(Team("t", draw(lines)),),
        references=References((Reference("r", "book", {"title": draw(texts)}),)),
        tables=(
            DataTable(
                *("t", draw(lines)),
                Table(("a", "b"), tuple(draw(st.lists(cells, max_size=3)))),
                (Column(description=draw(texts)), Column("integer")),
                draw(texts),
            ),
        ),
        left_out=(LeftOut(draw(lines), "rights", draw(counts)),),
    )


rests_on_codes = st.sampled_from([(), (GUID,)])


@settings(max_examples=60, deadline=None)
@given(bundle=bundles())
def test_any_bundle_is_read_back_the_same(tmp_path_factory, bundle):
    folder = tmp_path_factory.mktemp("bundle")
    write_bundle(bundle, folder / "a.zip")
    again = read_bundle(folder / "a.zip")
    assert again == bundle
    assert {one.kind for one in again.loss} <= {"changed"}
    write_bundle(again, folder / "b.zip")
    assert (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
