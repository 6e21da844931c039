"""What other programs make of files of votes: `_votes_peer.py pabulib|polis PATH`, run by the Python of their own."""

import contextlib
import json
import os
import sys
from pathlib import Path


def pabulib(path: str) -> dict:
    """All that pabutools keeps of an election; exact numbers as texts."""
    import pabutools.fractions
    from pabutools.election import parse_pabulib

    pabutools.fractions.FRACTION = "gmpy2"
    instance, profile = parse_pabulib(path)
    return {
        "budget": str(instance.budget_limit),
        "meta": dict(instance.meta),
        "projects": {
            project.name: {
                "cost": str(project.cost),
                "more": {
                    key: sorted(value) if isinstance(value, set) else value
                    for key, value in instance.project_meta[project].items()
                },
            }
            for project in instance
        },
        "ballots": [_ballot(ballot) for ballot in profile],
    }


def _ballot(ballot) -> dict:
    from pabutools.election import AbstractCardinalBallot

    names = [project.name for project in ballot]
    with_points = isinstance(ballot, AbstractCardinalBallot)
    points = [str(ballot[project]) for project in ballot] if with_points else None
    return {"projects": names, "points": points, "about": ballot.meta}


def polis(folder: str) -> dict:
    """The matrix of votes that red-dwarf makes of comments.csv and votes.csv, and the texts of the statements."""
    from reddwarf.data_loader import Loader
    from reddwarf.utils.matrix import generate_raw_matrix

    loader = Loader()
    loader.session = FromFolder()
    loader.load_remote_export_data_comments(f"{folder}/")
    loader.load_remote_export_data_votes(f"{folder}/")
    loader.filter_duplicate_votes(keep="recent")
    matrix = generate_raw_matrix(loader.votes_data)
    cells = matrix.stack().dropna()
    return {
        "cells": [[int(person), int(statement), int(vote)] for (person, statement), vote in cells.items()],
        "statements": {str(each["statement_id"]): each["txt"] for each in loader.comments_data},
        "moderated": {str(each["statement_id"]): each["moderated"] for each in loader.comments_data},
        "replaced": len(loader.skipped_dup_votes),
    }


class FromFolder:
    """Answers the addresses that red-dwarf asks for with files of this machine."""

    def get(self, path: str):
        self.text = Path(path).read_bytes().decode("utf-8-sig")
        return self


if __name__ == "__main__":
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        found = globals()[sys.argv[1]](sys.argv[2])
    print(json.dumps(found))
