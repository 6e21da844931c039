"""The parts of a file that hold the report, and what was taken back."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Json

from weft.filing.items import Item
from weft.filing.parts import (
    Cited,
    Code,
    ConversationCode,
    Hex,
    ItemCode,
    Moment,
    Part,
    PersonName,
    letter,
    may,
    need,
)


class Section(Part):
    """One section of the report."""

    title: str = need("Its heading.", 200)
    text: Cited = may("", "Markdown with citations.", 60_000)


class Judgement(Part):
    """What the editors decided about a sentence with no evidence behind it."""

    sentence: str = need("The sentence, as it stands in a section.", 2000)
    verdict: Literal["keep", "evidence"] = need("Their own view, or its evidence is in the sentence before.")
    reason: str = need("Why.", 400)
    by: PersonName | None = may(None, "Who decided.")
    made_at: Moment | None = may(None, "When; when the programme was begun.")


class Edition(Part):
    """An edition, published from the sections as they stand. A dump carries what was frozen."""

    code: Annotated[Code, AfterValidator(letter("B"))] = need("Its code; letter B.")
    by: PersonName | None = may(None, "Who published it.")
    made_at: Moment | None = may(None, "When; when the programme was begun.")
    answers: dict[str, str] = may(
        {}, "Why fewer of a group are carried, by `<conversation>/<group>`; only where loading asks for it."
    )
    number: int | None = may(None, "In a dump: its number.", ge=1)
    content: Json[dict[str, Any]] | None = may(None, "In a dump: what was frozen, as JSON.")
    content_hash: Hex | None = may(None, "In a dump: the SHA-256 of the content as it was published.")
    counts: Json[dict[str, Any]] | None = may(None, "In a dump: the counts of that day, as JSON.")
    carried: Json[list[dict[str, Any]]] | None = may(None, "In a dump: who is carried, as JSON.")


class Report(Part):
    """The report of the programme."""

    title: str = need("Its title.", 200)
    summary: Cited = may("", "What it says, in short, in Markdown with citations.", 2000)
    sections: list[Section] = may([], "Its sections.")
    judgements: list[Judgement] = may([], "Decisions about sentences that cite nothing.")
    editions: list[Edition] = may([], "Its editions, the first one first.")


class Withdrawal(Part):
    """Something that was taken back after everything else in the file had happened."""

    code: ItemCode = need("What: a story, a statement or any item.")
    at: Moment = need("When.")
    by: PersonName | None = may(
        None,
        "Who took it back: a member of its team or a convenor. Left out where the teller of a story or the author of a "
        "statement did so.",
    )


class Tombstone(Item):
    """Only in dumps: what was taken back before. Nothing of its words is left."""

    kind: str = need("What it was.")
    withdrawn_at: Moment = need("When it was taken back.")
    conversation: ConversationCode | None = may(None, "For a story or a statement: where it was said.")
    participant: int | None = may(None, "For a story or a statement: who said it, by number.", ge=0)
    number: int | None = may(None, "For a statement: its number in the conversation.", ge=0)
