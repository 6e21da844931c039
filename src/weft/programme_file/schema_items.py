"""The items of a file that stand in Make sense and Frame, and what every item has in common."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Json

from weft.filing.parts import (
    Cited,
    Code,
    ConversationCode,
    Day,
    ItemCode,
    KnowledgeName,
    LayerName,
    Moment,
    Part,
    PersonName,
    RelationName,
    TeamName,
    VisibilityName,
    letter,
    may,
    need,
)
from weft.sense.maps.actions import PARAMETERS

WorryName = Literal["few", "some", "many"]


def _rest(value: Any) -> Any:
    return {"code": value} if isinstance(value, str) else value


class Rest(Part):
    """One thing that an item rests on. Written as its code alone where it has neither relation nor note."""

    code: ItemCode = need("The code of what it rests on.")
    relation: RelationName | None = may(None, "How; the usual relation of the item's kind if left out.")
    note: str = may("", "A remark on it.", 400)


Rests = list[Annotated[Rest, BeforeValidator(_rest)]]


class Item(Part):
    """What every item has."""

    code: Code = need("Its code, with the letter of its kind.")
    team: TeamName | None = may(None, "The team it belongs to.")
    made_at: Moment | None = may(None, "When it was made; when the programme was begun.")
    by: PersonName | None = may(None, "Who made it.")
    visibility: VisibilityName | None = may(None, "Who may read it; `public`, or who may read what it is made from.")
    layer: LayerName | None = may(None, "The layer of the work it belongs to.")
    knowledge_kind: KnowledgeName | None = may(None, "The kind of knowledge; what is usual for its kind.")
    rests_on: Rests = may([], "What it comes from: codes, or mappings with `code`, `relation` and `note`.")


class Titled(Item):
    """What has a title of its own."""

    title: str = need("Its title.", 300)


class Theme(Titled):
    """What several people said. It rests on stories, statements and excerpts."""

    kind: Literal["theme"] = need("`theme`; letter V.")
    code: Annotated[Code, AfterValidator(letter("V"))] = need("Its code.")
    summary: str = may("", "What they said, in a few sentences.", 2000)
    gathered_by: PersonName | None = may(None, "Who gathered it; `by`.")
    is_proposed_by_machine: bool = may(False, "Whether a machine proposed it and somebody agreed.")


class Source(Titled):
    """Something written down, counted or known."""

    kind: Literal["source"] = need("`source`; letter S.")
    code: Annotated[Code, AfterValidator(letter("S"))] = need("Its code.")
    type: Literal["paper", "data", "note", "lived", "local", "grey"] = need("What it is.")
    authors: str = may("", "Who wrote it.", 300)
    year: int | None = may(None, "The year.", ge=0, le=2199)
    publisher: str = may("", "Who published it.", 200)
    url: str = may("", "Where it is on the web.", 500)
    doi: str = may("", "Its DOI.", 120)
    summary: str = may("", "What it says, in short.", 4000)
    text: str = may("", "Its text, from which excerpts are taken.", 200_000)
    fit_for: str = may("", "What it is good for.", 600)
    limits: str = may("", "What it cannot say.", 600)


class Excerpt(Item):
    """A passage of a source or a story. It has the team and the readers of what it is taken from."""

    kind: Literal["excerpt"] = need("`excerpt`; letter Q.")
    code: Annotated[Code, AfterValidator(letter("Q"))] = need("Its code.")
    of: ItemCode = need("What it is taken from: a source or a story.")
    quote: str = need("The passage, exactly.", 5000)
    start: int | None = may(
        None,
        "Where it begins, in characters counted from 0; needed, with `end`, only if the passage stands there twice.",
        ge=0,
    )
    end: int | None = may(None, "The position after its last character.", ge=1)
    note: str = may("", "A remark on it.", 600)


class Answer(Part):
    """One answer on how sure the team is."""

    worry: WorryName = need("How many worries.")
    reason: str = need("Why.", 600)


class Confidence(Part):
    """How sure the team is of a finding, in four questions."""

    method: Answer | None = may(None, "How the evidence was made.")
    coherence: Answer | None = may(None, "Whether the evidence fits together.")
    adequacy: Answer | None = may(None, "Whether there is enough of it.")
    relevance: Answer | None = may(None, "Whether it is about this place and question.")


class Finding(Titled):
    """A claim, with what supports and what contradicts it (the relations `supports` and `contradicts`)."""

    kind: Literal["finding"] = need("`finding`; letter F.")
    code: Annotated[Code, AfterValidator(letter("F"))] = need("Its code.")
    text: Cited = may("", "The claim in full, in Markdown with citations.", 6000)
    confidence: Confidence | None = may(None, "How sure the team is.")
    asked_on: Day | None = may(None, "When the team answered; the day it was made.")


class Closed(Part):
    """That a gap is closed."""

    at: Moment | None = may(None, "When; when the evidence was made.")
    by: ItemCode = need("The code of the item that closes it.")
    how: str = need("How.", 600)


class Gap(Titled):
    """What is not known."""

    kind: Literal["gap"] = need("`gap`; letter G.")
    code: Annotated[Code, AfterValidator(letter("G"))] = need("Its code.")
    text: Cited = may("", "More about it, in Markdown with citations.", 4000)
    closed: Closed | None = may(None, "How it was closed; left out while it is open.")


class Map(Item):
    """Who agrees with whom in a conversation. It is drawn when the file is loaded; a dump carries what was drawn."""

    kind: Literal["map"] = need("`map`; letter N.")
    code: Annotated[Code, AfterValidator(letter("N"))] = need("Its code.")
    title: str | None = may(None, "Its title.", 300)
    conversation: ConversationCode = need("The join code of the conversation.")
    seed: int = may(0, "The number that chance starts from.", ge=0, le=2**31 - 1)
    min_votes: int | None = may(
        None, f"How many answers somebody gave at least to be counted; {PARAMETERS['min_votes']}.", ge=1
    )
    min_group: int | None = may(None, f"How many people a group has at least; {PARAMETERS['min_group']}.", ge=1)
    permutations: int | None = may(
        None, f"How many shuffles the groups are compared with; {PARAMETERS['permutations']}.", ge=0
    )
    resamples: int | None = may(
        None, f"How many resamples the groups are compared with; {PARAMETERS['resamples']}.", ge=0
    )
    parameters: Json[dict[str, Any]] | None = may(None, "In a dump: the parameters, as JSON.")
    result: Json[dict[str, Any]] | None = may(None, "In a dump: what was drawn, as JSON, statements by their codes.")
    input_hash: str | None = may(None, "In a dump: the SHA-256 of the answers it was drawn from.", 64)
    came: int | None = may(None, "In a dump: how many had come.", ge=0)
    people: int | None = may(None, "In a dump: how many answered.", ge=0)
    statements: int | None = may(None, "In a dump: how many statements there were.", ge=0)
    votes: int | None = may(None, "In a dump: how many answers there were.", ge=0)
    verdict: str | None = may(None, "In a dump: whether there are groups.", 12)
    reason: str | None = may(None, "In a dump: why there are none.", 120)
    placings: Json[list[tuple[int, int | None, float, float]]] | None = may(
        None, "In a dump: participant, group and position of each, as JSON."
    )


class Version(Part):
    """One version of a problem statement."""

    title: str | None = may(None, "Its title then; the item's.", 300)
    text: Cited = need("The problem, in Markdown with citations.", 20_000)
    disagreement: Cited = may("", "What is still disputed, in Markdown with citations.", 6000)
    why: str = may("", "Why there is a new version; not in the first.", 400)
    by: PersonName | None = may(None, "Who wrote it; the item's `by`.")
    made_at: Moment | None = may(None, "When; the item's `made_at`.")


class Problem(Titled):
    """What a team says the problem is."""

    kind: Literal["problem"] = need("`problem`; letter P.")
    code: Annotated[Code, AfterValidator(letter("P"))] = need("Its code.")
    versions: list[Version] = Field(min_length=1, description="Its versions, the first one first.")
    published_at: Moment | None = may(None, "When the draft was made public; when it was made.")
