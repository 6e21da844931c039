import csv
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from weft.methods.opinion_map.votes import Votes, final_votes

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[2] / ".." / "shared"))
SETS = ("15-per-hour-seattle", "scoop-hivemind.biodiversity", "vtaiwan.uberx", "american-assembly.bowling-green")


@dataclass(frozen=True)
class Export:
    """A Polis export as arrays, read without any code of the project."""

    ids: list[str]
    people: list[str]
    participant: np.ndarray
    statement: np.ndarray
    vote: np.ndarray
    moderated_out: np.ndarray
    published: np.ndarray

    def arguments(self, meta: tuple[str, ...] = ()) -> dict[str, Any]:
        return {
            "participant": self.participant,
            "statement": self.statement,
            "vote": self.vote,
            "moderated_out": self.moderated_out,
            "meta": np.array([each in meta for each in self.ids]),
            "people": len(self.people),
        }


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@cache
def read(folder: Path) -> Export:
    head, *body = rows(folder / "participants-votes.csv")
    columns = [at for at, name in enumerate(head) if name.isdigit()]
    cells = [
        (person, j, int(row[at])) for person, row in enumerate(body) for j, at in enumerate(columns) if row[at] != ""
    ]
    participant, statement, vote = np.array(cells, dtype=np.int32).T
    comment_head, *comments = rows(folder / "comments.csv")
    hidden = {row[comment_head.index("comment-id")] for row in comments if row[comment_head.index("moderated")] == "-1"}
    ids = [head[at] for at in columns]
    group = [int(row[head.index("group-id")] or -1) for row in body]
    return Export(
        ids,
        [row[0] for row in body],
        participant,
        statement,
        vote.astype(np.int8),
        np.array([each in hidden for each in ids]),
        np.array(group, dtype=np.int32),
    )


def shared(relative: str) -> Path:
    path = SHARED / "data" / relative
    if not path.exists():
        pytest.skip(f"needs {relative} of the shared data; set WEFT_SHARED to its folder")
    return path


@pytest.fixture(params=SETS)
def polis_set(request: pytest.FixtureRequest) -> tuple[str, Export]:
    return request.param, read(shared(f"polis/{request.param}"))


@pytest.fixture
def biodiversity() -> Export:
    return read(shared("polis/scoop-hivemind.biodiversity"))


@pytest.fixture
def polis_reference() -> dict[str, Any]:
    path = shared("polis/scoop-hivemind.biodiversity/polis-math-reference.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def recorded() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "reference" / "opinion_map.json").read_text(encoding="utf-8"))


HISTORIES = {"15-per-hour-seattle": 123, "scoop-hivemind.biodiversity": 83, "vtaiwan.uberx": 554}


@pytest.fixture(params=HISTORIES)
def shared_history(request: pytest.FixtureRequest) -> tuple[Votes, Votes, int]:
    """Final votes from the history, from the table of final votes, and how many repeat votes the history holds."""
    name = request.param
    export = read(shared(f"polis/{name}"))
    head, *body = rows(shared(f"polis/{name}/votes.csv"))
    person, statement = ({each: at for at, each in enumerate(ids)} for ids in (export.people, export.ids))
    on, who, vote = (head.index(column) for column in ("comment-id", "voter-id", "vote"))
    nothing = np.zeros(len(export.ids), dtype=bool)
    options = {"moderated_out": nothing, "meta": nothing, "people": len(export.people)}
    events = [(person[row[who]], statement[row[on]], int(row[vote])) for row in body]
    history = final_votes(*zip(*events, strict=True), **options)
    return history, final_votes(export.participant, export.statement, export.vote, **options), HISTORIES[name]
