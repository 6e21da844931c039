"""The shape of `claims.jsonld`: what the reader takes, and what `docs/claims.schema.json` says to everybody else."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from weft.exchange.bundle.model import Count, Kind, Knowledge, Layer, Verdict, Why, Word
from weft.exchange.bundle.vocabulary import CONTEXT
from weft.exchange.rows import LONGEST_TEXT

LONGEST_LINE = 1_000

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="A day, as 2026-11-24.")]
Local = Annotated[str, Field(pattern=r"^#[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", description="An id in this file.")]
TeamId = Annotated[str, Field(pattern=r"^#team-[A-Za-z0-9][A-Za-z0-9._-]{0,80}$", description="An id in this file.")]
Links = list[Local]
Place = Annotated[int, Field(ge=0, description="A place between two Unicode code points, from 0.")]
Published = Annotated[Count, Field(description="A count of people as published: a number, or words in its place.")]


def _name(name: str, _: object) -> str:
    return name


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=True, field_title_generator=_name
    )


class PositionSelector(_Part):
    """Where the words stand, counted in Unicode code points; the end is behind the last."""

    type: Literal["TextPositionSelector"]
    start: Place
    end: Place


class QuoteSelector(_Part):
    """The words themselves, and those before and after them."""

    type: Literal["TextQuoteSelector"]
    exact: Text
    prefix: Text = ""
    suffix: Text = ""


Selectors = tuple[PositionSelector, QuoteSelector]


class ClaimPart(_Part):
    """A sentence of the report, and the items that it rests on."""

    id: Local
    type: tuple[Literal["Entity"], Literal["SpecificResource"]]
    source: Literal["report.html"]
    selector: Selectors
    wasDerivedFrom: Links = []  # noqa: N815
    citesAsEvidence: Links = []  # noqa: N815
    wasInfluencedBy: Links = []  # noqa: N815
    isDisagreedWithBy: Links = []  # noqa: N815
    verdict: Verdict = Field("", description="What the editors decided where there is no evidence.")
    reason: Text = ""


class ItemPart(_Part):
    """One item of the thread. Withdrawn, only its id, code, kind, team and days are left, and what it is tied to."""

    id: Local
    type: Literal["Entity"]
    code: Line
    kind: Kind
    title: Line = ""
    text: Text = ""
    knowledge: Knowledge = ""
    layer: Layer = ""
    team: str = Field("", pattern=r"^(#team-[A-Za-z0-9][A-Za-z0-9._-]{0,80})?$", description="The id of a team.")
    made_on: Day = ""
    people: Published = None
    reference: Line = Field("", description="The id of a work in sources.csl.json.")
    withdrawn_on: Day = ""
    wasDerivedFrom: Links = []  # noqa: N815
    wasQuotedFrom: Links = []  # noqa: N815
    wasRevisionOf: Links = []  # noqa: N815
    wasInfluencedBy: Links = []  # noqa: N815
    includesQuotationFrom: Links = []  # noqa: N815
    obtainsSupportFrom: Links = []  # noqa: N815
    isDisagreedWithBy: Links = []  # noqa: N815
    citesForInformation: Links = []  # noqa: N815
    obtainsBackgroundFrom: Links = []  # noqa: N815
    citesAsSourceDocument: Links = []  # noqa: N815
    repliesTo: Links = []  # noqa: N815
    hasReplyFrom: Links = []  # noqa: N815
    updates: Links = []


class RelationPart(_Part):
    """That an item came of another, in Weft's own word. The item itself says the same in PROV and CiTO."""

    type: Literal["Influence"]
    item: Local
    came_of: Local
    relation: Word
    note: Text = ""


class PassagePart(_Part):
    """Where an excerpt stands in the text of its source."""

    id: Local
    type: Literal["SpecificResource"]
    source: Local
    selector: Selectors
    codes: list[Line] = Field([], description="Ids of codes in codebook.qdc.")


class TeamPart(_Part):
    """A team. People are not named."""

    id: TeamId
    type: Literal["Organization"]
    name: Line


class LeftOutPart(_Part):
    """Something that is not in the bundle, and why."""

    what: Text
    why: Why
    count: Published = None


class ClaimsFile(_Part):
    """The claims of a published edition, each with its place in the report and the items that it rests on.

    To a program that reads linked data this is PROV, CiTO and Web Annotation; the context says how. It must be there
    exactly as Weft writes it.
    """

    context: dict[str, Any] = Field(alias="@context", json_schema_extra={"const": CONTEXT})
    format: Literal["weft-claims-1"]
    id: Local
    type: Literal["Entity"]
    code: Line
    title: Line
    published_on: Day
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the edition as published.")]
    report: Literal["report.html"]
    claims: list[ClaimPart]
    items: list[ItemPart]
    relations: list[RelationPart]
    passages: list[PassagePart]
    teams: list[TeamPart]
    left_out: list[LeftOutPart]


def claims_schema() -> dict[str, Any]:
    """The JSON Schema of the file, as it stands in `docs/claims.schema.json`."""
    schema = ClaimsFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
