"""Time opinion maps, with and without the two checks: `python bench/methods/opinion_map.py [--peers] [--large]`.

`--peers` sets red-dwarf beside them, which has neither check. `--large` adds 50,000,000 votes of 1,000,000 people, with
three groups and with none: about 4 GiB and three minutes, most of them to make the votes up.
"""

from _measure import SHARED, Board, apart, peak, peer, seconds  # first, since it pins the threads

# ruff: isort: split
import csv
import json
import sys
import time
from pathlib import Path

import numpy as np

SETS = {  # floor with everything, in seconds
    "15-per-hour-seattle": 0.15,
    "scoop-hivemind.biodiversity": 0.3,
    "vtaiwan.uberx": 0.6,
    "american-assembly.bowling-green": 1.5,
}


def read(folder: Path) -> dict:
    """The votes of an export by position, and which statements are hidden."""
    with (folder / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    columns = [at for at, name in enumerate(head) if name.isdigit()]
    cells = [(p, j, int(row[at])) for p, row in enumerate(body) for j, at in enumerate(columns) if row[at]]
    with (folder / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        hidden = {row["comment-id"] for row in csv.DictReader(file) if row["moderated"] == "-1"}
    return {"cells": cells, "hidden": [head[at] in hidden for at in columns], "people": len(body)}


def both(job) -> dict[str, float]:
    """Seconds with everything, and with both checks answered beforehand."""
    from weft.methods.opinion_map import verdict
    from weft.methods.opinion_map.checks import Shuffled

    whole = seconds(job)
    verdict.shuffle_test = lambda *_: Shuffled(0.0, 19, None, 2)
    verdict.stability = lambda *_, **__: 1.0
    return {"whole": whole, "bare": seconds(job), "peak": peak()}


def job_shared(folder: str) -> dict[str, float]:
    from weft.methods.opinion_map import opinion_map

    export = read(Path(folder))
    participant, statement, vote = np.array(export["cells"], dtype=np.int32).T
    votes, hidden = vote.astype(np.int8), np.array(export["hidden"])
    about = {"moderated_out": hidden, "meta": np.zeros_like(hidden), "people": export["people"]}
    return both(lambda: opinion_map(participant, statement, votes, **about))


def made_up(people: int, statements: int, each: int, groups: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Votes of people whose group leans its own way on each statement, or of people who all lean alike."""
    rng = np.random.default_rng(1)
    participant = np.repeat(np.arange(people, dtype=np.int32), each)
    statement = rng.integers(statements, size=people * each, dtype=np.int32)
    base = rng.normal(0.8, 1.2, statements).astype(np.float32)
    loading = rng.normal(0, 1.5, (max(groups, 1), statements)).astype(np.float32) * (groups > 0)
    vote = np.empty(participant.size, dtype=np.int8)
    for start in range(0, vote.size, 5_000_000):
        part = slice(start, start + 5_000_000)
        lean = base[statement[part]] + loading[participant[part] % max(groups, 1), statement[part]]
        vote[part] = np.where(rng.random(lean.size, dtype=np.float32) < 1 / (1 + np.exp(-lean)), 1, -1)
    return participant, statement, vote


def job_middle() -> dict[str, float]:
    from weft.methods.opinion_map import opinion_map

    votes = made_up(20_000, 500, 50, 3)
    nothing = np.zeros(500, dtype=bool)
    return {"seconds": seconds(lambda: opinion_map(*votes, moderated_out=nothing, meta=nothing), 3)}


def job_large(groups: str) -> dict[str, float]:
    from weft.methods.opinion_map import opinion_map

    votes = made_up(1_000_000, 2_000, 50, int(groups))
    nothing = np.zeros(2_000, dtype=bool)
    start = time.process_time()
    found = opinion_map(*votes, moderated_out=nothing, meta=nothing).grouping
    taken = time.process_time() - start
    print(f"  found: {found.verdict}, {found.sizes.tolist()} {found.reason}", file=sys.stderr)
    return {"seconds": taken, "peak": peak()}


def main() -> int:
    board = Board("Opinion maps; bare is without the shuffle test and stability")
    for name, floor in SETS.items():
        folder = SHARED / "polis" / name
        if not folder.exists():
            print(f"{name} is not there")
            continue
        ours, other = apart("shared", folder), peer("opinion_map", folder)
        board.row(f"{name}, all", ours["whole"], other=other, floor=floor, times=(0.7, 1))
        board.row(f"{name}, bare", ours["bare"], other=other, times=(1, 4))
    board.row("20,000 x 500, 1 M votes, all", apart("middle")["seconds"], floor=1.5)
    if "--large" in sys.argv:
        for groups in (3, 0):
            ours = apart("large", groups)
            words = f"1,000,000 x 2,000, 50 M votes, {groups or 'no'} groups"
            board.row(words, ours["seconds"], floor=60, aim=20)
            board.memory("  with the votes as given", ours["peak"], floor=4096, aim=2048)
    else:
        print("`--large` adds 50,000,000 votes.")
    return board.end()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("--job="):
        print(json.dumps(globals()[f"job_{sys.argv[1].removeprefix('--job=')}"](*sys.argv[2:])))
    else:
        sys.exit(main())
