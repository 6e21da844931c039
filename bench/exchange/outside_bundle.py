"""Programs of others read an evidence bundle that Weft wrote: `python bench/exchange/outside_bundle.py`.

roc-validator, rdflib, pyld, prov, frictionless and jsonschema come from PyPI into build/outside-bundle; the context of
RO-Crate 1.2, which the validator would fetch, from the npm package `ro-crate`. None of them is a part of Weft.

What the graphs must be is worked out here from the bundle itself, without the contexts that Weft writes.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("src", ".")]

from _outside import ROOT, python_with

from tests.browser import chromium
from tests.exchange.bundles import REPORT, SAMPLE, TEXT
from weft.exchange.bundle import Bundle, canonical_text, write_bundle

PACKAGES = (
    *("roc-validator==0.13.0", "rdflib==7.6.0", "pyld==3.3.0", "prov[rdf]==3.2.3", "frictionless==5.21.0"),
    "jsonschema==4.26.0",
)
CRATE = "ro-crate@3.7.2"
BASE = "https://example.org/bundle/"
PROV, OA, CITO, DCTERMS = (
    *("http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"),
    *("http://purl.org/spar/cito/", "http://purl.org/dc/terms/"),
)
TYPE, COMMENT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#comment"
XSD, WEFT, SCHEMA = "http://www.w3.org/2001/XMLSchema#", "https://w3id.org/ro/terms/weft#", "http://schema.org/"
MEANT = {
    "quotes": ("wasDerivedFrom wasQuotedFrom", "includesQuotationFrom"),
    "supports": ("wasDerivedFrom", "obtainsSupportFrom"),
    "contradicts": ("wasInfluencedBy", "disagreesWith"),
    "informs": ("wasDerivedFrom", "citesForInformation"),
    "addresses": ("wasInfluencedBy", "obtainsBackgroundFrom"),
    "produced": ("wasDerivedFrom", "citesAsSourceDocument"),
    "answers": ("wasInfluencedBy", "repliesTo"),
    "revises": ("wasDerivedFrom wasRevisionOf", "updates"),
}

Line = tuple[str, str, str]


def here(name: str) -> str:
    return f"<{BASE}claims.jsonld#{name}>"


def said(value: object, kind: str = "") -> str:
    kind = kind or ("integer" if isinstance(value, int) else "")
    return json.dumps(str(value), ensure_ascii=False) + (f"^^<{XSD}{kind}>" if kind else "")


class Nodes:
    """Names for nodes that have none."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> str:
        self.count += 1
        return f"_:b{self.count}"


def span(node: str, source: str, place: tuple[int, int], words: tuple[str, str, str], nodes: Nodes) -> Iterator[Line]:
    """A stretch of a text by its place and its words."""
    position, quote = nodes.new(), nodes.new()
    yield node, TYPE, f"<{OA}SpecificResource>"
    yield node, f"{OA}hasSource", source
    yield node, f"{OA}hasSelector", position
    yield node, f"{OA}hasSelector", quote
    yield position, TYPE, f"<{OA}TextPositionSelector>"
    yield quote, TYPE, f"<{OA}TextQuoteSelector>"
    for name, number in zip(("start", "end"), place, strict=True):
        yield position, OA + name, said(number)
    for name, text in zip(("exact", "prefix", "suffix"), words, strict=True):
        if text:
            yield quote, OA + name, said(text)


def claims_graph(bundle: Bundle) -> Iterator[Line]:
    """Every triple that `claims.jsonld` must hold."""
    nodes, edition = Nodes(), here(bundle.edition)
    yield edition, TYPE, f"<{PROV}Entity>"
    yield edition, f"{DCTERMS}identifier", said(bundle.edition)
    yield edition, f"{DCTERMS}title", said(bundle.title)
    yield edition, f"{DCTERMS}issued", said(bundle.published_on, "date")
    yield edition, f"{WEFT}fingerprint", said(bundle.fingerprint)
    yield edition, f"{DCTERMS}hasFormat", f"<{BASE}report.html>"
    for claim in bundle.claims:
        node, start, end = here(claim.id), claim.start, claim.end
        yield edition, f"{DCTERMS}hasPart", node
        yield node, TYPE, f"<{PROV}Entity>"
        words = TEXT[start:end], TEXT[max(start - 32, 0) : start], TEXT[end : end + 32]
        yield from span(node, f"<{BASE}report.html>", (start, end), words, nodes)
        for code in claim.rests_on:
            yield node, f"{PROV}wasDerivedFrom", here(code)
            yield node, f"{CITO}citesAsEvidence", here(code)
        for code in claim.against:
            yield node, f"{PROV}wasInfluencedBy", here(code)
            yield here(code), f"{CITO}disagreesWith", node
        yield from ((node, WEFT + key, said(text)) for key in ("verdict", "reason") if (text := getattr(claim, key)))
    for item in bundle.items:
        yield from item_graph(item)
    kinds = {item.code: item.kind for item in bundle.items}
    for one in bundle.relations:
        source, target, node = here(one.source), here(one.target), nodes.new()
        prov, cito = MEANT[one.word]
        yield from ((target, PROV + term, source) for term in prov.split())
        speaks = one.word == "contradicts" or (one.word == "answers" and kinds[one.target] == "gap")
        yield (source, CITO + cito, target) if speaks else (target, CITO + cito, source)
        yield target, f"{PROV}qualifiedInfluence", node
        yield node, TYPE, f"<{PROV}Influence>"
        yield node, f"{PROV}influencer", source
        yield node, f"{CITO}hasCitationCharacterization", f"<{CITO}{cito}>"
        if one.note:
            yield node, COMMENT, said(one.note)
    for one in bundle.passages:
        words = one.exact, one.prefix, one.suffix
        yield from span(here(one.item), here(one.source), (one.start, one.end), words, nodes)
        yield from ((here(one.item), f"{WEFT}codedWith", said(code)) for code in one.codes)
    for team in bundle.teams:
        yield here(f"team-{team.key}"), TYPE, f"<{PROV}Organization>"
        yield here(f"team-{team.key}"), f"{DCTERMS}title", said(team.name)
    for left in bundle.left_out:
        node = nodes.new()
        yield edition, f"{WEFT}leftOut", node
        yield node, f"{DCTERMS}description", said(left.what)
        yield node, f"{WEFT}why", said(left.why)
        if left.count is not None:
            yield node, f"{WEFT}count", said(left.count)


def item_graph(item) -> Iterator[Line]:
    node = here(item.code)
    yield node, TYPE, f"<{PROV}Entity>"
    yield node, f"{DCTERMS}identifier", said(item.code)
    yield node, f"{WEFT}kind", said(item.kind)
    texts = {"title": f"{DCTERMS}title", "text": f"{PROV}value"}
    texts |= {key: WEFT + key for key in ("knowledge", "layer", "reference")}
    yield from ((node, term, said(text)) for key, term in texts.items() if (text := getattr(item, key)))
    if item.people is not None:
        yield node, f"{WEFT}people", said(item.people)
    if item.team:
        yield node, f"{PROV}wasAttributedTo", here(f"team-{item.team}")
    days = {"made_on": f"{DCTERMS}created", "withdrawn_on": f"{WEFT}withdrawnOn"}
    yield from ((node, term, said(day, "date")) for key, term in days.items() if (day := getattr(item, key)))


def crate_graph(bundle: Bundle, path: Path) -> Iterator[Line]:
    """Every triple that the metadata must hold."""
    root, descriptor, licence = f"<{BASE}>", f"<{BASE}ro-crate-metadata.json>", f"<{bundle.licence.url}>"
    publisher = f"<{bundle.publisher_url}>"
    edition, fingerprint = (f"<{BASE}ro-crate-metadata.json#{name}>" for name in ("edition", "fingerprint"))
    whole = {
        descriptor: ("CreativeWork", {"name": "What this bundle is made of"}),
        root: (
            "Dataset",
            {
                "name": bundle.title,
                "description": bundle.description,
                "datePublished": bundle.published_on,
                "inLanguage": bundle.language,
            },
        ),
        licence: (
            "CreativeWork",
            {
                "name": bundle.licence.name,
                "description": "The terms under which everything in this bundle may be used.",
            },
        ),
        publisher: ("Organization", {"name": bundle.publisher, "url": bundle.publisher_url}),
        edition: (
            "PropertyValue",
            {"name": "Code of the edition", "propertyID": "code", "value": bundle.edition},
        ),
        fingerprint: (
            "PropertyValue",
            {
                "name": "SHA-256 of the edition as it was published",
                "propertyID": "sha256",
                "value": bundle.fingerprint,
            },
        ),
    }
    for node, (kind, texts) in whole.items():
        yield node, TYPE, f"<{SCHEMA}{kind}>"
        yield from ((node, SCHEMA + key, said(text)) for key, text in texts.items())
    yield descriptor, f"{DCTERMS}conformsTo", "<https://w3id.org/ro/crate/1.2>"
    links = {"about": (descriptor, root), "license": (root, licence), "publisher": (root, publisher)}
    yield from ((start, SCHEMA + key, end) for key, (start, end) in links.items())
    yield from ((root, f"{SCHEMA}identifier", node) for node in (edition, fingerprint))
    yield root, f"{SCHEMA}mainEntity", f"<{BASE}report.html>"
    with zipfile.ZipFile(path) as archive:
        described = {
            one["@id"]: one for one in json.loads(archive.read("ro-crate-metadata.json"))["@graph"] if "sha256" in one
        }
        for name in archive.namelist():
            if name == "ro-crate-metadata.json":
                continue
            node, data = f"<{BASE}{name}>", archive.read(name)
            yield root, f"{SCHEMA}hasPart", node
            yield node, TYPE, f"<{SCHEMA}MediaObject>"
            yield node, f"{SCHEMA}contentSize", said(str(len(data)))
            yield node, f"{SCHEMA}sha256", said(hashlib.sha256(data).hexdigest())
            for key in ("name", "description", "encodingFormat"):
                yield node, SCHEMA + key, said(described[name][key])


def written(graph: Iterator[Line]) -> str:
    """The graph as N-Triples, each line once."""

    def term(text: str) -> str:
        return text if text.startswith(("<", "_:", '"')) else f"<{text}>"

    return "".join(sorted({f"{' '.join(map(term, line))} .\n" for line in graph}))


def browser() -> bool:
    """Whether Chromium finds every claim where its place says, in pages with line ends and spaces of all kinds."""
    from playwright.sync_api import sync_playwright

    pre = "<pre>\n a\n</pre><ul><li>b<li>\tc</ul><!-- no --><table><tr><td>d</table>&nbsp;&hellip;&#x1F3CA; & e"
    pages = [REPORT, REPORT.replace("\n", "\r\n"), REPORT.replace("<svg", f"{pre}\r<svg")]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        started = playwright.chromium.launch(executable_path=chromium.find(playwright.chromium))
        tab, place, same = started.new_page(), Path(folder) / "report.html", True
        for page in pages:
            place.write_bytes(page.encode())
            tab.goto(place.as_uri())
            same = same and tab.evaluate("document.body.textContent") == canonical_text(page)
        words = "Not every family needs a meal."
        at = TEXT.index(words)
        cut = f"Array.from(document.body.textContent).slice({at}, {at + len(words)}).join('')"
        place.write_bytes(REPORT.encode())
        tab.goto(place.as_uri())
        same = same and tab.evaluate(cut) == words
        print(f"Chromium {started.version}: the text of {len(pages)} pages is {'the same' if same else 'NOT the same'}")
        started.close()
    return same


def main() -> None:
    """Write the sample, give it to the others, and end badly when one of them does not take it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        for item in write_bundle(SAMPLE, path):
            print(item)
        (Path(folder) / "claims.nt").write_text(written(claims_graph(SAMPLE)), "utf-8")
        (Path(folder) / "crate.nt").write_text(written(crate_graph(SAMPLE, path)), "utf-8")
        subprocess.run(["npm", "pack", "--silent", CRATE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("ro-crate-*.tgz"))) as archive:
            (Path(folder) / "context.json").write_bytes(archive.extractfile("package/lib/context.json").read())
        (Path(folder) / "schema.json").write_bytes((ROOT / "docs" / "claims.schema.json").read_bytes())
        python = python_with("outside-bundle", *PACKAGES)
        program = Path(__file__).with_name("_bundle_readers.py")
        ran = subprocess.run([str(python), "-W", "ignore", str(program), folder, BASE])
        sys.exit(ran.returncode or not browser())


if __name__ == "__main__":
    main()
