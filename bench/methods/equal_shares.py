"""Time equal shares on real elections: `python bench/methods/equal_shares.py [--peers]`.

The peer is pabutools in exact numbers. Each row is a process of its own, so that its peak of memory is its own.
"""

from _measure import SHARED, Board, apart, peak, peer, seconds  # first, since it pins the threads

# ruff: isort: split
import json
import sys
from fractions import Fraction
from pathlib import Path

FOLDER = SHARED / "pabulib"
TIMES = {  # how many times faster than the peer: one run, floor and aim; Add1; reading
    "Poland_Wieliczka_2023_Green_Budget": ((10, 100), (10, 10), (5, 5)),
    "Netherlands_Amsterdam_309": ((10, 100), (100, 100), (5, 5)),
    "Poland_Wroclaw_2015_150_-_500": ((10, 100), (1, 1), (5, 5)),
    "Poland_Warszawa_2026": ((10, 100), None, (5, 5)),  # the peer's Add1 does not end in a minute
}
WHOLE = "Poland_Warszawa_2026"


def grouped(path: Path):
    """An election with equal ballots counted together, and its budget."""
    from weft.commands.equal_shares.reading import counted
    from weft.exchange.pabulib import read_pabulib

    file = read_pabulib(path)
    return counted(path, file, "cost"), Fraction(file.budget)


def job_read(path: Path) -> dict[str, float]:
    return {"seconds": seconds(lambda: grouped(path), 3), "peak": peak()}


def job_run(path: Path, completion: str) -> dict[str, float]:
    from weft.methods.equal_shares import equal_shares

    election, budget = grouped(path)
    taken = seconds(lambda: equal_shares(election, budget, completion=completion, ties=("id",)), 3)
    return {"seconds": taken, "peak": peak()}


def job_whole(path: Path) -> dict[str, float]:
    from weft.methods.equal_shares import equal_shares

    def job() -> None:
        election, budget = grouped(path)
        equal_shares(election, budget, completion="add1")

    return {"seconds": seconds(job, 3), "peak": peak()}


def job_told(path: Path) -> dict[str, float]:
    from weft.methods.equal_shares import compare, equal_shares, receipts, rounds, why_not

    election, budget = grouped(path)
    outcome = equal_shares(election, budget)
    taken = seconds(lambda: (rounds(outcome), why_not(outcome), compare(outcome)), 3)
    return {"seconds": taken, "receipts": seconds(lambda: receipts(outcome), 3)}


def main() -> int:
    board = Board("Equal shares")
    for name, (once, grown, read) in TIMES.items():
        path, short = FOLDER / f"{name}.pb", name.split("_")[1]
        if not path.exists():
            print(f"{name} is not there")
            continue
        board.row(f"{short}: read and group", apart("read", path)["seconds"], other=peer("reading", path), times=read)
        one = apart("run", path, "none")
        board.row(f"{short}: one run", one["seconds"], other=peer("equal_shares", path, "none"), times=once)
        all_rounds = apart("run", path, "add1")
        other = peer("equal_shares", path, "add1") if grown else None
        board.row(f"{short}: Add1", all_rounds["seconds"], other=other, times=grown)
        told = apart("told", path)
        board.row(f"{short}: purchases, why not, comparison", told["seconds"])
        board.row(f"{short}: what every share bought", told["receipts"])
        if name == WHOLE:
            whole = apart("whole", path)
            board.row(f"{short}: read, group and all rounds of Add1", whole["seconds"], floor=1.3, aim=0.7)
            board.memory(f"{short}: one run", one["peak"])
            board.memory(f"{short}: all rounds", all_rounds["peak"], floor=one["peak"] * 1.1)
    return board.end()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("--job="):
        job, path, *words = sys.argv[1].removeprefix("--job="), Path(sys.argv[2]), *sys.argv[3:]
        print(json.dumps(globals()[f"job_{job}"](path, *words)))
    else:
        sys.exit(main())
