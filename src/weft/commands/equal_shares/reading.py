"""The ballots of a Pabulib file as an election."""

from pathlib import Path

import numpy as np

from weft.commands import Failed
from weft.exchange.pabulib import Election as File
from weft.exchange.pabulib import Group
from weft.methods.equal_shares import Election, election


def counted(path: Path, file: File, utility: str) -> tuple[Election, list[Group]]:
    """The election, and the groups of voters that its ballots stand for, in the same order."""
    if utility == "points" and file.ballots.points is None:
        raise Failed(f"{path} has no points, so utility cannot be points.")
    if utility == "borda" and file.ballots.points is not None:
        raise Failed(f"{path} has points and no rankings, so utility cannot be borda.")
    _refuse_negative_points(path, file)
    ids = [project.id for project in file.projects]
    costs = {project.id: project.cost for project in file.projects}
    groups = file.ballots.groups()
    counts = [len(group.voters) for group in groups]
    listed = [[ids[at] for at in group.ballot.projects] for group in groups]
    if file.ballots.points is None:
        return election(costs, listed, utility, counts), groups
    given = [
        dict(zip(names, group.ballot.points or (), strict=True)) for names, group in zip(listed, groups, strict=True)
    ]
    return election(costs, given, utility, counts), groups


def _refuse_negative_points(path: Path, file: File) -> None:
    ballots = file.ballots
    if ballots.points is None or not any(value < 0 for value in ballots.values):
        return
    below = np.array([value < 0 for value in ballots.values])[ballots.points]
    first = int(np.argmax(below))
    voter = int(np.searchsorted(ballots.start, first, side="right")) - 1
    project = file.projects[int(ballots.project[first])].id
    raise Failed(
        f"{path}, column points: voter {file.voters[voter]} gives project {project} "
        f"{ballots.values[int(ballots.points[first])]} points; points must be 0 or more."
    )
