"""Read the shared Pabulib elections for the tests of equal shares."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from weft.exchange.pabulib import read_pabulib

FOLDER = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "pabulib"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared Pabulib elections are not here")


@cache
def expected():
    return json.loads((FOLDER / "expected.json").read_text())["files"] if FOLDER.is_dir() else {}


@cache
def read(name):
    """Costs, ballots by list of ids, ballots by points, voters of each, budget, vote type."""
    file = read_pabulib(FOLDER / name)
    costs = {project.id: project.cost for project in file.projects}
    groups = file.ballots.groups()
    listed = [[file.projects[at].id for at in group.ballot.projects] for group in groups]
    given = [
        dict(zip(ids, group.ballot.points, strict=True))
        for ids, group in zip(listed, groups, strict=True)
        if group.ballot.points is not None
    ]
    return costs, listed, given, [len(group.voters) for group in groups], file.budget, file.vote_type
