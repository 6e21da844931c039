"""The items and parts of a file that stand in Act, Learn and Share."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from weft.filing.parts import (
    AnswerName,
    Cited,
    Code,
    ConversationCode,
    Day,
    ItemCode,
    Moment,
    OrganisationName,
    Part,
    Pence,
    PersonName,
    PlaceName,
    TeamName,
    VenueName,
    letter,
    may,
    need,
)
from weft.programme_file.schema_items import Item, Titled


class Try(Part):
    """What is tried from one day on."""

    trying: Cited = need("What is tried.", 2000)
    why_changed: Cited = may("", "Why it changed; needed for every one but the first.", 2000)
    since_on: Day | None = may(None, "Since when; the first one when the project starts.")
    by: PersonName | None = may(None, "Who said so; the item's `by`.")
    made_at: Moment | None = may(None, "When that was entered; noon of `since_on`.")


class Project(Titled):
    """A mini-project. What it rests on, it addresses."""

    kind: Literal["project"] = need("`project`; letter M.")
    code: Annotated[Code, AfterValidator(letter("M"))] = need("Its code.")
    purpose: Cited = may("", "What it is for, in Markdown with citations.", 4000)
    state: Literal["planned", "running", "ended"] = may("running", "How it stands.")
    lead: PersonName | None = may(None, "Who leads it; a member of the team.")
    partners: list[OrganisationName] = may([], "Slugs of the organisations it is made with.")
    starts_on: Day | None = may(None, "Its first day.")
    ends_on: Day | None = may(None, "Its last day.")
    tries: list[Try] = may([], "What was tried, the first one first.")


class Activity(Item):
    """A day on which a project ran. It has the team of its project."""

    kind: Literal["activity"] = need("`activity`; letter D.")
    code: Annotated[Code, AfterValidator(letter("D"))] = need("Its code.")
    title: str | None = may(None, "Its title; made of the project's and the day.", 300)
    project: ItemCode = need("The project.")
    on: Day = need("The day.")
    venue: VenueName | None = may(None, "Where: `<place>/<venue>`.")
    attendance: int | None = may(None, "How many came.", ge=0)
    is_universal: bool = may(True, "Whether everybody could come, or only some.")
    designed_with: str = may("", "Who designed it together.", 300)
    notes: str = may("", "What was noticed, never about one person.", 2000)


class Manifesto(Titled):
    """What a group of people asks for, together."""

    kind: Literal["manifesto"] = need("`manifesto`; letter X.")
    code: Annotated[Code, AfterValidator(letter("X"))] = need("Its code.")
    preamble: Cited = may("", "What stands before the asks, in Markdown with citations.", 6000)
    place: PlaceName | None = may(None, "The place it is for.")
    made_with: str = may("", "Who made it.", 300)


class Event(Part):
    """Something that happened between asking and the answer."""

    kind: Literal["acknowledged", "asked_again"] = need("What happened.")
    on: Day = need("When.")
    note: str = may("", "A remark on it.", 400)


class Ask(Titled):
    """One ask, to a named role."""

    kind: Literal["ask"] = need("`ask`; letter A.")
    code: Annotated[Code, AfterValidator(letter("A"))] = need("Its code.")
    text: Cited = need("What is asked, in Markdown with citations.", 3000)
    to_role: str = need("Who is asked, by role.", 160)
    to_organisation: OrganisationName | None = may(None, "Their organisation.")
    asked_on: Day = need("When it was asked.")
    answer_by: Day | None = may(None, "When an answer is hoped for.")
    manifesto: ItemCode | None = may(None, "The manifesto it belongs to.")
    events: list[Event] = may([], "What happened since, in any order.")


class Reflection(Item):
    """What was tried, what happened and what was learned."""

    kind: Literal["reflection"] = need("`reflection`; letter R.")
    code: Annotated[Code, AfterValidator(letter("R"))] = need("Its code.")
    title: str | None = may(None, "Its title; the first words of what was learned.", 300)
    project: ItemCode | None = may(None, "The project it looks back on.")
    on: Day = need("The day of looking back.")
    outcome: Literal["as_hoped", "differently", "not_at_all"] = need("How it went. All weigh the same.")
    tried: Cited = may("", "What was tried.", 3000)
    expected: Cited = may("", "What was expected.", 3000)
    happened: Cited = may("", "What happened.", 3000)
    learned: Cited = need("What was learned.", 3000)
    next: Cited = may("", "What comes next.", 3000)


class Insight(Titled):
    """What several teams learned, with the cases that support and contradict it. It may belong to no team."""

    kind: Literal["insight"] = need("`insight`; letter H.")
    code: Annotated[Code, AfterValidator(letter("H"))] = need("Its code.")
    text: Cited = may("", "The insight in full, in Markdown with citations.", 6000)


class Recommendation(Titled):
    """What somebody named should do. It rests on at least one insight and may belong to no team."""

    kind: Literal["recommendation"] = need("`recommendation`; letter K.")
    code: Annotated[Code, AfterValidator(letter("K"))] = need("Its code.")
    text: Cited = need("What should be done, in Markdown with citations.", 4000)
    to_role: str = need("Who should do it, by role.", 160)
    made_on: Day | None = may(None, "The day; the day of `made_at`.")


class Promise(Part):
    """Something that was promised in an answer."""

    what: str = need("What.", 300)
    by_on: Day | None = may(None, "By when.")
    kept_on: Day | None = may(None, "When it was kept.")
    is_broken: bool = may(False, "Whether it was not kept.")
    update: str = may("", "How it stands; needed if it was not kept.", 400)
    updated_on: Day | None = may(None, "When that was said; `kept_on` or `by_on`.")


class Mark(Part):
    """Whether an answer answered, said by a team or by somebody whose words led to the ask."""

    team: TeamName | None = may(None, "The team that says so.")
    participant: tuple[ConversationCode, int] | None = may(
        None, "Or the contributor: `[<conversation>, <number of the participant>]`."
    )
    answer: AnswerName = need("Whether it answered.")
    why: str = may("", "Why.", 300)
    by: PersonName | None = may(None, "Who entered it for the team.")
    made_at: Moment | None = may(None, "When; the response's `made_at`.")


class Response(Item):
    """A decision-maker's answer to an ask or a recommendation. It has the team and readers of what it answers."""

    kind: Literal["response"] = need("`response`; letter W.")
    code: Annotated[Code, AfterValidator(letter("W"))] = need("Its code.")
    to: ItemCode = need("The ask or recommendation that is answered.")
    answer: AnswerName = need("What was answered.")
    reasons: str = need("The reasons, word for word.", 4000)
    by_role: str = need("Who answered, by role.", 160)
    organisation: OrganisationName | None = may(None, "Their organisation.")
    on: Day = need("When.")
    promises: list[Promise] = may([], "What was promised.")
    marks: list[Mark] = may([], "Whether it answered.")


class Plan(Part):
    """The whole plan as it stands from one day on, in the order in which plans were made."""

    on: Day = need("Since when.")
    reason: str = may("", "Why it changed; needed for every plan but the first.", 600)
    amounts: dict[str, Pence] = Field(description="Pounds by heading; a heading is at most 80 characters.")
    by: PersonName | None = may(None, "Who changed it.")
    made_at: Moment | None = may(None, "When it was entered; noon of that day.")


class Correction(Part):
    """That an entry was reversed."""

    on: Day = need("When.")
    why: str = need("Why.", 200)
    by: PersonName | None = may(None, "Who put it right.")
    made_at: Moment | None = may(None, "When it was entered; noon of that day.")


class Spend(Part):
    """Money spent, in the order in which it was entered."""

    on: Day = need("When.")
    amount: Pence = need("Pounds, such as 620 or 620.40.")
    heading: str = need("Under which heading: one of a plan, or a new one.", 80)
    what: str = may("", "On what.", 200)
    project: ItemCode | None = may(None, "For which project.")
    by: PersonName | None = may(None, "Who entered it.")
    made_at: Moment | None = may(None, "When it was entered; noon of that day.")
    correction: Correction | None = may(None, "That it was reversed.")


class Grant(Part):
    """Money released to a team, and its book."""

    team: TeamName = need("Which team.")
    name: str = need("What it is called.", 160)
    amount: Pence = need("Pounds, such as 25000.")
    awarded_on: Day = need("When it was released.")
    funder: str = may("", "Who gave it.", 160)
    held_by: OrganisationName | None = may(None, "The organisation that holds it for the team.")
    by: PersonName | None = may(None, "Who released it.")
    plans: list[Plan] = may([], "What it was meant for, the first plan first.")
    spends: list[Spend] = may([], "What it was spent on.")
