"""A small edition with something of everything, as it would be published."""

import hashlib
import json
import zipfile
from pathlib import Path

from weft.exchange.bundle import (
    Bundle,
    Claim,
    Column,
    DataTable,
    Item,
    LeftOut,
    Licence,
    Passage,
    Relation,
    Team,
    canonical_text,
)
from weft.exchange.references import Date, Name, Reference, References
from weft.exchange.refi import Code, Codebook
from weft.exchange.tables import Table

REPORT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A long summer</title><style>p { max-width: 40em }</style></head>
<body>
<h1>A long summer</h1>
<p>Families told us that the holidays are the hardest weeks &amp; the caf\u00e9 at the pool is where they meet
\U0001f3ca <a href="#F-7K3QD">F-7K3QD</a>. Not every family needs a meal.</p>
<p>We think that the offer should be for everybody.</p>
<svg role="img" aria-label="The weave"><defs><path id="knot" d="M0 0"/></defs><use href="#knot" fill="url(#x)"/></svg>
</body>
</html>
"""
STORY = "It is the six weeks. Nobody says it, but the caf\u00e9 at the pool \U0001f3ca is where we meet, all of us."
TEXT = canonical_text(REPORT)
GUID = "6fa1c5a4-6a36-4f3b-9a0e-6b2f5f3c1a01"


def claim(name: str, words: str, *rests_on: str, **more: object) -> Claim:
    """The claim that these words of the report make."""
    start = TEXT.index(words)
    return Claim(name, start, start + len(words), rests_on, **more)


def passage(words: str) -> Passage:
    """Where these words stand in the story."""
    start = STORY.index(words)
    end = start + len(words)
    return Passage("Q-2M4RT", "Y-4NTNR", start, end, words, STORY[start - 8 : start], STORY[end : end + 8], (GUID,))


ITEMS = (
    Item("Y-4NTNR", "story", "Six weeks", STORY, "lived", "delivery", "long-summer", "2026-07-20"),
    Item("T-8CR2N", "statement", "The offer should be for everybody.", people=143, made_on="2026-07-01"),
    Item("S-3H7QP", "source", "A ladder of citizen participation", knowledge="academic", reference="arnstein1969"),
    Item("Q-2M4RT", "excerpt", "Where we meet", "the caf\u00e9 at the pool", "lived", people="fewer than 10 people"),
    Item("Y-9XKTD", "story", team="long-summer", made_on="2026-07-21", withdrawn_on="2026-09-02"),
    Item("F-7K3QD", "finding", "The holidays are the hardest weeks", "They are.", layer="strategic"),
    Item("G-4P6NC", "gap", "We do not know who never came"),
    Item("P-5TR4W", "problem", "Nobody owns the holidays"),
    Item("P-6TR4W", "problem", "Nobody owns the holidays or the weekends"),
    Item("M-9K2TC", "project", "Swim and eat"),
    Item("R-2N9QX", "reflection", "It went otherwise"),
    Item("A-7W3HT", "ask", "Keep the pool open", "Keep the pool open in August."),
    Item("W-8D2MC", "response", "Partly", people=None),
)
RELATIONS = (
    Relation("Y-4NTNR", "Q-2M4RT", "quotes"),
    Relation("Q-2M4RT", "F-7K3QD", "supports", "Said by many, \u201cone way or another\u201d."),
    Relation("Y-9XKTD", "F-7K3QD", "supports"),
    Relation("T-8CR2N", "F-7K3QD", "contradicts"),
    Relation("S-3H7QP", "F-7K3QD", "informs"),
    Relation("F-7K3QD", "G-4P6NC", "answers", "Closed in part."),
    Relation("F-7K3QD", "P-5TR4W", "supports"),
    Relation("P-5TR4W", "P-6TR4W", "revises"),
    Relation("P-6TR4W", "M-9K2TC", "addresses"),
    Relation("M-9K2TC", "R-2N9QX", "produced"),
    Relation("R-2N9QX", "A-7W3HT", "informs"),
    Relation("A-7W3HT", "W-8D2MC", "answers"),
)
SAMPLE = Bundle(
    title="A long summer",
    description="What families on the coast said about the school holidays, and what came of it.",
    licence=Licence("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0"),
    published_on="2026-11-24",
    publisher="Pell Coast Programme",
    publisher_url="https://example.org/pell-coast/",
    edition="B-6TQ2M",
    fingerprint="5f" * 32,
    report_html=REPORT,
    claims=(
        claim("claim-1", TEXT[TEXT.index("Families") : TEXT.index(" Not every")], "F-7K3QD", "Y-9XKTD"),
        claim("claim-2", "Not every family needs a meal.", "R-2N9QX", against=("T-8CR2N",)),
        claim("claim-3", "We think that the offer should be for everybody.", verdict="keep", reason="Our own view."),
    ),
    items=ITEMS,
    relations=RELATIONS,
    passages=(passage("the caf\u00e9 at the pool \U0001f3ca"),),
    teams=(Team("long-summer", "A long summer, Pell Coast"),),
    references=References(
        (
            Reference(
                "arnstein1969",
                "article-journal",
                {"title": "A Ladder Of Citizen Participation", "DOI": "10.1080/01944366908977225"},
                {"author": (Name("Arnstein", "Sherry R."),)},
                {"issued": Date((1969, 7))},
            ),
        )
    ),
    codebook=Codebook(
        origin="Weft", codes=(Code(guid=GUID, name="Places", is_codable=True, description="Where people are met."),)
    ),
    tables=(
        DataTable(
            "carried",
            "Who is carried",
            Table(
                ("group", "people", "share", "since", "warning", "words"),
                (
                    ("Everybody", "143", "0.62", "2026-07-01", "false", "=1+1"),
                    ("In no group", "suppressed", "", "2026-07-01", "true", "\u201cno\u201d, they said"),
                ),
            ),
            (
                Column(description="The opinion group"),
                Column("integer", "How many took part"),
                Column("number", "The share of them who are carried"),
                Column("date", "When the conversation began"),
                Column("boolean", "Whether clearly fewer are carried than of the others"),
                Column("string", "What the editors answered"),
            ),
            "How many of those who took part stand behind the edition.",
            ("", "suppressed"),
        ),
        DataTable("votes", "Answers to one statement", Table(("answer",), (("agree",), ("-5",))), (Column(),)),
    ),
    left_out=(
        LeftOut("Stories whose tellers did not agree to be quoted", "consent", 12),
        LeftOut("An opinion group", "disclosure", "fewer than 10 people"),
        LeftOut("The text of one paper", "rights"),
    ),
)


def members(path: Path) -> dict[str, bytes]:
    """What the zip holds, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sealed(files: dict[str, bytes], path: Path) -> Path:
    """A zip of these files whose metadata state the size and the hash that each now has."""
    metadata = json.loads(files["ro-crate-metadata.json"])
    for entity in metadata.get("@graph", []):
        is_stated = isinstance(entity, dict) and {str} == {type(entity.get(key)) for key in ("contentSize", "sha256")}
        if is_stated and entity["@id"] in files:
            data = files[entity["@id"]]
            entity.update(contentSize=str(len(data)), sha256=hashlib.sha256(data).hexdigest())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, json.dumps(metadata) if name == "ro-crate-metadata.json" else data)
    return path
