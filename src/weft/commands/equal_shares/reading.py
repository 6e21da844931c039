"""The ballots of a Pabulib file as an election."""

from pathlib import Path

import numpy as np

from weft.commands import Failed
from weft.exchange.pabulib import Election as File
from weft.methods.equal_shares import Election, election_from_arrays


def counted(path: Path, file: File, utility: str) -> Election:
    """The election; its ballots are those of the voters, in the order of the file."""
    ballots = file.ballots
    if utility == "points" and ballots.points is None:
        raise Failed(f"{path} has no points, so utility cannot be points.")
    if utility == "borda" and ballots.points is not None:
        raise Failed(f"{path} has points and no rankings, so utility cannot be borda.")
    _refuse_negative_points(path, file)
    costs = {project.id: project.cost for project in file.projects}
    return election_from_arrays(costs, ballots.start, ballots.project, utility, ballots.points, ballots.values)


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
