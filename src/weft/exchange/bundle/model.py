"""What the evidence bundle of a published edition holds. No person is named in it, except as the author of a source."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from weft.exchange.loss import LossReport
from weft.exchange.references import References
from weft.exchange.refi import Codebook
from weft.exchange.tables import Table

Kind: TypeAlias = Literal[
    "statement",
    "story",
    "theme",
    "source",
    "excerpt",
    "finding",
    "gap",
    "map",
    "problem",
    "project",
    "activity",
    "reflection",
    "insight",
    "recommendation",
    "manifesto",
    "ask",
    "response",
    "edition",
]
Knowledge: TypeAlias = Literal["", "lived", "practice", "administrative", "academic", "local"]
Layer: TypeAlias = Literal["", "strategic", "delivery"]
Word: TypeAlias = Literal["quotes", "supports", "contradicts", "informs", "addresses", "produced", "answers", "revises"]
Verdict: TypeAlias = Literal["", "keep", "evidence"]
Why: TypeAlias = Literal["consent", "disclosure", "withdrawn", "rights"]
CellType: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Count: TypeAlias = str | int | None
"""A count of people as it was published: a number, words such as "fewer than 10 people", or nothing."""


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms under which everything in the bundle may be used, by their address and their name."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team by a short key and the name that it published under."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the thread. `text` is what of it may be published, in full; withdrawn, only the tombstone is left.

    Days are `2026-11-24`. `team` is a key of the bundle's teams, `reference` the id of one of its references.
    """

    code: str
    kind: Kind
    title: str = ""
    text: str = ""
    knowledge: Knowledge = ""
    layer: Layer = ""
    team: str = ""
    made_on: str = ""
    people: Count = None
    reference: str = ""
    withdrawn_on: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """That the item `target` came of the item `source`, and in which way."""

    source: str
    target: str
    word: Word
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an excerpt stands in its source: places in Unicode code points, the words, and those around them.

    `codes` are ids of the codebook that were put to it.
    """

    item: str
    source: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the report by its place in `canonical_text`, the items it rests on and those that contradict it.

    Without items, `verdict` and `reason` are what the editors decided: to keep it as their own view, or that its
    evidence stands in the sentence before.
    """

    id: str
    start: int
    end: int
    rests_on: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    verdict: Verdict = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column are, and what they mean."""

    type: CellType = "string"
    description: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A published table. `name` is that of its file; `missing` are cells that hold no value, such as `suppressed`."""

    name: str
    title: str
    table: Table
    columns: tuple[Column, ...]
    description: str = ""
    missing: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in the bundle, told without giving it away, and why."""

    what: str
    why: Why
    count: Count = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """An edition with everything that it rests on, as far as it may be published.

    `edition` is the edition's code, `fingerprint` its SHA-256 as published: that of the edition, not of `report_html`.
    """

    title: str
    description: str
    licence: Licence
    published_on: str
    publisher: str
    edition: str
    fingerprint: str
    report_html: str
    publisher_url: str = ""
    language: str = "en"
    claims: tuple[Claim, ...] = ()
    items: tuple[Item, ...] = ()
    relations: tuple[Relation, ...] = ()
    passages: tuple[Passage, ...] = ()
    teams: tuple[Team, ...] = ()
    references: References = field(default_factory=lambda: References(()))
    codebook: Codebook | None = None
    tables: tuple[DataTable, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    loss: LossReport = field(default=(), compare=False)
