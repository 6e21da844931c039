"""The parts of a file that hold the money of the teams."""

from pydantic import Field

from weft.filing.parts import Day, ItemCode, Moment, OrganisationName, Part, Pence, PersonName, TeamName, may, need


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
    """Money awarded to a team, and its book."""

    team: TeamName = need("Which team.")
    name: str = need("What it is called.", 160)
    amount: Pence = need("Pounds, such as 25000.")
    awarded_on: Day = need("When it was awarded.")
    funder: str = may("", "Who gave it.", 160)
    held_by: OrganisationName | None = may(None, "The organisation that holds it for the team.")
    by: PersonName | None = may(None, "Who awarded it.")
    plans: list[Plan] = may([], "What it was meant for, the first plan first.")
    spends: list[Spend] = may([], "What it was spent on.")
