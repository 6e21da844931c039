"""What the peers take for one job: `_peers.py JOB WORDS`, run by the Python of their own environment."""

import contextlib
import json
import os
import sys
from pathlib import Path

from _measure import seconds


def opinion_map(folder: str) -> float:
    """A whole map of red-dwarf, which has neither a shuffle test nor a stability."""
    from opinion_map import read
    from reddwarf.implementations.polis import run_pipeline

    export = read(Path(folder))
    votes = [
        {"participant_id": p, "statement_id": j, "vote": v, "modified": n}
        for n, (p, j, v) in enumerate(export["cells"])
    ]
    out = [j for j, hidden in enumerate(export["hidden"]) if hidden]
    return seconds(lambda: run_pipeline(votes=votes, mod_out_statement_ids=out, random_state=0))


def _election(path: str):
    import pabutools.fractions
    from pabutools.election import parse_pabulib

    pabutools.fractions.FRACTION = "gmpy2"
    return parse_pabulib(path)


def reading(path: str) -> float:
    """Reading a file and counting equal ballots together."""
    return seconds(lambda: _election(path)[1].as_multiprofile(), 3)


def equal_shares(path: str, completed: str) -> float:
    """One exact run, or shares that grow by 1 until nothing more fits."""
    from pabutools.election import ApprovalMultiProfile, ApprovalProfile, Cost_Sat
    from pabutools.rules import method_of_equal_shares

    instance, profile = _election(path)
    if not isinstance(profile, ApprovalProfile | ApprovalMultiProfile):
        raise SystemExit(f"{path} has no approval ballots")
    ballots = profile.as_multiprofile()
    words = {"voter_budget_increment": 1} if completed == "add1" else {}
    return seconds(lambda: method_of_equal_shares(instance, ballots, sat_class=Cost_Sat, **words), 3)


def agreement(coders: str, units: str) -> float:
    """Krippendorff's alpha of random codings."""
    import krippendorff
    import numpy as np
    from agreement import codings

    values = codings(int(coders), int(units)).astype(float)
    values[values < 0] = np.nan
    return seconds(lambda: krippendorff.alpha(reliability_data=values, level_of_measurement="nominal"))


if __name__ == "__main__":
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        found = globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(found))
