"""Looking back: writing reflections and putting them right."""

from datetime import date, datetime
from typing import Required, Unpack

from django.db import transaction

from weft.act.projects.models import Project
from weft.core import dates
from weft.learn.reflections.models import Reflection
from weft.people.accounts.models import Actor
from weft.provenance import items
from weft.provenance.items import Facts, Made
from weft.provenance.models import Node


class ReflectionFacts(Facts, total=False):
    """What a reflection says; without a title it is called by the first words of what was learned."""

    title: str
    project: Project | None
    on: date
    outcome: Required[str]
    tried: str
    expected: str
    happened: str
    learned: Required[str]
    next: str


class NewReflection(ReflectionFacts, Made, total=False):
    """What a reflection is made with."""


@transaction.atomic
def reflect(**facts: Unpack[NewReflection]) -> Reflection:
    """Write down what happened and what was learned. What went otherwise weighs the same as what went as hoped."""
    facts["on"] = dates.has_come(facts.get("on") or dates.today())
    facts["title"] = facts.get("title") or _title(facts["learned"])
    return items.make(Reflection, did="reflected", **facts)


@transaction.atomic
def edit_reflection(
    *, by: Actor, row: Reflection, revision: int | None, **facts: Unpack[ReflectionFacts]
) -> Reflection:
    """Save a reflection, unless somebody else saved it first."""
    if "on" in facts:
        dates.has_come(facts["on"])
    if facts.get("title") == "":
        facts["title"] = _title(facts["learned"])
    return items.edit(row, by=by, revision=revision, did="edited reflection", **facts)


@transaction.atomic
def withdraw_reflection(*, by: Actor, row: Reflection, at: datetime | None = None) -> list[Node]:
    """Take a reflection back and leave its tombstone."""
    return items.take_back(row, by=by, did="withdrew reflection", at=at)


def _title(learned: str) -> str:
    """The first sentence, or the first words of it."""
    first = learned.strip().split("\n")[0].split(". ")[0].rstrip(".")
    return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0] + " ..."
