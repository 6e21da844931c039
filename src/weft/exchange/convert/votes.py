"""Tables of what people voted on. Who voted for what stays behind: a table of totals is what can be passed on."""

from decimal import Decimal

import numpy as np

from weft.exchange.convert.left import left_behind
from weft.exchange.loss import LossReport
from weft.exchange.pabulib import Election
from weft.exchange.polis import NO_TIME, PolisExport
from weft.exchange.tables import Table

STATEMENT_COLUMNS = ("comment-id", "comment-body", "agrees", "disagrees", "passes", "moderated")


def statements(export: PolisExport, file: str) -> tuple[Table, LossReport]:
    """One row a statement: the last vote of each person counts."""
    votes, count = export.votes, len(export.comments)
    last = votes.last(count)
    where, vote = votes.statement[last], votes.vote[last]
    agrees, disagrees, passes = (np.bincount(where[vote == value], minlength=count).tolist() for value in (1, -1, 0))
    rows = tuple(
        (comment.id, comment.body, str(agrees[at]), str(disagrees[at]), str(passes[at]), str(comment.moderated))
        for at, comment in enumerate(export.comments)
    )
    stays = [
        ("who cast each vote", "A table of statements has counts, not people.", len(last)),
        ("votes that were changed later", "Only the last vote of each person counts.", len(votes) - len(last)),
        ("times of votes", "A table of statements has counts, not votes.", int((votes.time_ms != NO_TIME).sum())),
        ("groups that people are in", "A table of statements has no people.", _grouped(export)),
        ("who wrote a statement, and when", "The table has no columns for it.", _signed(export)),
        ("summary", "The table has no place for it.", len(export.summary)),
    ]
    return Table(STATEMENT_COLUMNS, rows), left_behind(file, stays)


def _grouped(export: PolisExport) -> int:
    return sum(person.group is not None for person in export.participants)


def _signed(export: PolisExport) -> int:
    return sum(comment.author is not None or comment.created_ms is not None for comment in export.comments)


def projects(election: Election, file: str) -> tuple[Table, LossReport]:
    """One row a project: its own columns, the ballots that name it and the points they give."""
    ballots, count = election.ballots, len(election.projects)
    more = list(dict.fromkeys(name for project in election.projects for name in project.more))
    counted = ["ballots that name it"]
    cells = [[str(number)] for number in np.bincount(ballots.project, minlength=count).tolist()]
    if ballots.points is not None:
        counted.append("points given")
        sums = [Decimal(0)] * count
        for place, code in zip(ballots.project.tolist(), ballots.points.tolist(), strict=True):
            sums[place] += ballots.values[code]
        for row, total in zip(cells, sums, strict=True):
            row.append(format(total, "f"))
    rows = tuple(
        (project.id, format(project.cost, "f"), *(project.more.get(name, "") for name in more), *row)
        for project, row in zip(election.projects, cells, strict=True)
    )
    stays = [
        ("ballots", "A table of projects has counts, not ballots.", len(ballots)),
        ("META", "A table of projects has no place for it.", len(election.meta)),
        ("columns about voters", "A table of projects has no voters.", len(election.about)),
    ]
    return Table(("project_id", "cost", *more, *counted), rows), left_behind(file, stays)
