"""Time opinion maps on the shared conversations, with and without the two checks, beside red-dwarf.

Run: python bench/methods/opinion_map.py [--peer PYTHON] [--large] [FOLDER WITH SETS]
`--peer` is a Python that can import red-dwarf; `--large` adds 50,000,000 votes, with three groups and with none.
"""

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
SHARED = Path(os.environ.get("WEFT_SHARED", ROOT / ".." / "shared")) / "data" / "polis"
SETS = {  # budget with everything, in seconds
    "15-per-hour-seattle": 0.15,
    "scoop-hivemind.biodiversity": 0.3,
    "vtaiwan.uberx": 0.6,
    "american-assembly.bowling-green": 1.5,
}
ROUNDS = 5


def read(folder: Path) -> dict:
    """The votes of an export by position, and which statements are hidden."""
    with (folder / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    columns = [at for at, name in enumerate(head) if name.isdigit()]
    cells = [(p, j, int(row[at])) for p, row in enumerate(body) for j, at in enumerate(columns) if row[at]]
    with (folder / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        hidden = {row["comment-id"] for row in csv.DictReader(file) if row["moderated"] == "-1"}
    return {"cells": cells, "hidden": [head[at] in hidden for at in columns], "people": len(body)}


def median_seconds(job, rounds: int = ROUNDS) -> float:
    """Median CPU time of a job, after one round that does not count."""
    job()
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def without_checks():
    """The map with both checks answered beforehand."""
    from weft.methods.opinion_map import verdict
    from weft.methods.opinion_map.checks import Shuffled

    verdict.shuffle_test = lambda *_: Shuffled(0.0, 19, None, 2)
    verdict.stability = lambda *_, **__: 1.0


def ours(folder: Path) -> tuple[float, float]:
    """Seconds with everything, and without the shuffle test and stability."""
    from weft.methods.opinion_map import opinion_map, verdict

    export = read(folder)
    participant, statement, vote = np.array(export["cells"], dtype=np.int32).T
    hidden = np.array(export["hidden"])

    def job():
        opinion_map(
            participant,
            statement,
            vote.astype(np.int8),
            moderated_out=hidden,
            meta=np.zeros_like(hidden),
            people=export["people"],
        )

    whole = median_seconds(job)
    kept = verdict.shuffle_test, verdict.stability
    without_checks()
    bare = median_seconds(job)
    verdict.shuffle_test, verdict.stability = kept
    return whole, bare


def as_peer(folder: Path) -> float:
    """Seconds that red-dwarf takes; run in its own environment."""
    from reddwarf.implementations.polis import run_pipeline

    export = read(folder)
    votes = [
        {"participant_id": p, "statement_id": j, "vote": v, "modified": n}
        for n, (p, j, v) in enumerate(export["cells"])
    ]
    out = [j for j, hidden in enumerate(export["hidden"]) if hidden]
    return median_seconds(lambda: run_pipeline(votes=votes, mod_out_statement_ids=out, random_state=0))


def peer_seconds(python: str, folder: Path) -> float | None:
    """What the peer says; none where it cannot run."""
    words = [python, __file__, "--as-peer", str(folder)]
    ran = subprocess.run(words, capture_output=True, text=True)
    return json.loads(ran.stdout.splitlines()[-1]) if ran.returncode == 0 else None


def large(groups: int) -> None:
    """A million people, 2,000 statements, 50 million votes."""
    from weft.methods.opinion_map import opinion_map

    rng = np.random.default_rng(1)
    people, statements, each = 1_000_000, 2_000, 50
    participant = np.repeat(np.arange(people, dtype=np.int32), each)
    statement = rng.integers(statements, size=people * each, dtype=np.int32)
    base = rng.normal(0.8, 1.2, statements).astype(np.float32)
    loading = rng.normal(0, 1.5, (max(groups, 1), statements)).astype(np.float32) * (groups > 0)
    vote = np.empty(participant.size, dtype=np.int8)
    for start in range(0, vote.size, 5_000_000):
        part = slice(start, start + 5_000_000)
        lean = base[statement[part]] + loading[participant[part] % max(groups, 1), statement[part]]
        vote[part] = np.where(rng.random(lean.size, dtype=np.float32) < 1 / (1 + np.exp(-lean)), 1, -1)
    nothing = np.zeros(statements, dtype=bool)
    start = time.process_time()
    m = opinion_map(participant, statement, vote, moderated_out=nothing, meta=nothing)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = m.grouping
    print(
        f"1,000,000 x 2,000, 50 M votes, {groups or 'no'} groups: {seconds:.1f} s (budget 60), peak {peak:.2f} GiB "
        f"with the input (budget 4): {found.verdict}, {found.sizes.tolist()} {found.reason}",
        flush=True,
    )


def compare(folder: Path, peer: str | None) -> None:
    """A row for each shared set."""
    print(f"{'set':34}{'everything':>11}{'budget':>8}{'bare':>8}{'red-dwarf':>11}{'ratio':>7}{'bare':>7}")
    for name, budget in SETS.items():
        if not (folder / name).exists():
            print(f"{name:34}not there")
            continue
        whole, bare = ours(folder / name)
        other = peer_seconds(peer, folder / name) if peer else None
        beside = f"{other:>11.3f}{other / whole:>7.1f}{other / bare:>7.1f}" if other else f"{'not run':>11}"
        print(f"{name:34}{whole:>11.3f}{budget:>8.2f}{bare:>8.3f}{beside}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--peer")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--as-peer", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--only-large", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.as_peer:
        print(as_peer(args.as_peer))
    elif args.only_large is not None:
        large(args.only_large)
    else:
        compare(args.folder, args.peer)
        if args.large:
            for groups in (3, 0):  # each in a process of its own, so that each has its own peak
                subprocess.run([sys.executable, __file__, "--only-large", str(groups)], check=True)


if __name__ == "__main__":
    main()
