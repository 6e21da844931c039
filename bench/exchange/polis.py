"""Time and memory of Polis exports, each in a process of its own: `python bench/exchange/polis.py`.

The ratio is to the csv module alone. Bowling Green must be read in a second, a million votes in less than 400 MB.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "methods"))

from _measure import SHARED, Board, apart, peak, seconds  # first, since it pins the threads

# ruff: isort: split
import csv
import json
import random
import tempfile

MEMORY = 400e6 / 2**20
FLOORS = {"american-assembly.bowling-green": 1.0}


def split_only(folder: Path) -> None:
    """What the csv module alone takes for the same files."""
    for name in ("summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"):
        if (folder / name).exists():
            with (folder / name).open(newline="", encoding="utf-8") as file:
                for _ in csv.reader(file):
                    pass


def make_million(folder: Path) -> None:
    """A million votes of 20,000 people on 500 statements, in the layout of Polis."""
    draw = random.Random(1)
    with (folder / "comments.csv").open("w") as file:
        file.write("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n")
        file.writelines(f"1500000000000,,{n},{n},,,1,Statement {n}\n" for n in range(500))
    with (folder / "votes.csv").open("w") as file:
        file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        for n in range(1_000_000):
            person, vote = draw.randrange(20_000), draw.choice((-1, 0, 1))
            file.write(f"{1500000000000 + n},Fri Jul 14 02:40:00 UTC 2017,{n // 2000},{person},{vote}\n")


def job_read(folder: Path) -> dict[str, float]:
    from weft.exchange.polis import read_polis, write_polis

    export = read_polis(folder)
    most = peak()
    with tempfile.TemporaryDirectory() as out:
        written = seconds(lambda: write_polis(export, Path(out)))
    return {
        "read": seconds(lambda: read_polis(folder)),
        "alone": seconds(lambda: split_only(folder)),
        "written": written,
        "votes": len(export.votes),
        "peak": most,
    }


def report(board: Board, folder: Path, memory: float | None = None) -> None:
    """Three rows of the table."""
    found = apart("read", folder)
    name = f"{folder.name[:24]}, {found['votes']:,} votes"
    board.row(f"{name}: read", found["read"], other=found["alone"], floor=FLOORS.get(folder.name))
    board.row(f"{name}: write", found["written"])
    board.memory(f"{name}: read", found["peak"], floor=memory)


def main() -> int:
    """Every shared set, then the made one."""
    board = Board("Polis exports; the peer is the csv module alone")
    shared = SHARED / "polis"
    for folder in sorted(path for path in shared.iterdir() if path.is_dir()) if shared.is_dir() else []:
        report(board, folder)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "a million votes"
        folder.mkdir()
        make_million(folder)
        report(board, folder, MEMORY)
    return int(board.failed)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("--job="):
        print(json.dumps(job_read(Path(sys.argv[2]))))
    else:
        sys.exit(main())
