"""Loading the money of the teams."""

from weft.act.grants.actions import award, correct, plan, spend
from weft.act.grants.models import Grant
from weft.act.projects.nouns import PROJECT
from weft.filing.lines import Path
from weft.filing.loading import Rows
from weft.filing.parts import moment_on
from weft.programme_file.state import Loading
from weft.provenance.file import person, whole


def grants(load: Loading) -> None:
    """Write the books of the teams' money."""
    for at, one in enumerate(load.file.grants):
        books: dict[int, Grant] = Rows()
        with load.at("grants", at):
            books[at] = award(
                by=person(load, one.by),
                team=load.teams[one.team],
                name=one.name,
                amount_pence=one.amount,
                awarded_on=one.awarded_on,
                funder=one.funder,
                held_by=load.organisations[one.held_by] if one.held_by else None,
            )
        for number, change in enumerate(one.plans):
            with load.at("grants", at, "plans", number):
                made_at = change.made_at or moment_on(change.on)
                plan(
                    by=person(load, change.by),
                    grant=books[at],
                    amounts=change.amounts,
                    reason=change.reason,
                    on=change.on,
                    made_at=made_at,
                )
        for number, spent in enumerate(one.spends):
            here: Path = ("grants", at, "spends", number)
            with load.at(*here):
                entry = spend(
                    by=person(load, spent.by),
                    grant=books[at],
                    amount_pence=spent.amount,
                    heading=spent.heading,
                    what=spent.what,
                    on=spent.on,
                    project=whole(load, spent.project, PROJECT, "project") if spent.project else None,
                    made_at=spent.made_at or moment_on(spent.on),
                )
                fix = spent.correction
                if fix:
                    made_at = fix.made_at or moment_on(fix.on)
                    with load.at(*here, "correction"):
                        correct(by=person(load, fix.by), entry=entry, why=fix.why, on=fix.on, made_at=made_at)
