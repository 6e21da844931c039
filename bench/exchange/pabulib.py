"""Time and memory of reading Pabulib files, each in a process of its own: `python bench/exchange/pabulib.py`.

The ratio is to the csv module alone. A made file of 100 MB must be read in less than 400 MB.
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

VOTERS = 2_780_000
MEMORY = 400e6 / 2**20
FLOORS = {"Poland_Wroclaw_2015_150_-_500": 1.0, "Poland_Warszawa_2026": 1.0}


def split_only(path: Path) -> None:
    """What the csv module alone takes for the same file."""
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file, delimiter=";"):
            pass


def make_large(path: Path) -> None:
    """100 MB: 2.78 million voters, five of 80 projects each."""
    draw = random.Random(1)
    with path.open("w") as file:
        file.write("META\nkey;value\nbudget;1000000\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n")
        file.writelines(f"{n};{n * 100};Project {n}\n" for n in range(1, 81))
        file.write("VOTES\nvoter_id;vote;age;sex;voting_method\n")
        for number in range(VOTERS):
            vote = ",".join(map(str, draw.sample(range(1, 81), 5)))
            file.write(f"{number + 1};{vote};{draw.randrange(16, 90)};{draw.choice('FM')};internet\n")


def job_read(path: Path) -> dict[str, float]:
    from weft.exchange.pabulib import read_pabulib

    election = read_pabulib(path)
    most = peak()
    return {
        "read": seconds(lambda: read_pabulib(path)),
        "alone": seconds(lambda: split_only(path)),
        "ballots": len(election.ballots),
        "peak": most,
    }


def report(board: Board, path: Path, memory: float | None = None) -> None:
    """Two rows of the table."""
    found = apart("read", path)
    name = f"{path.stem[:28]}, {found['ballots']:,} ballots"
    board.row(name, found["read"], other=found["alone"], floor=FLOORS.get(path.stem))
    board.memory(f"{path.stat().st_size / 1e6:.1f} MB read", found["peak"], floor=memory)


def main() -> int:
    """Every shared file, then the made one."""
    board = Board("Reading Pabulib files; the peer is the csv module alone")
    for path in sorted((SHARED / "pabulib").glob("*.pb")):
        report(board, path)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "made.pb"
        make_large(path)
        report(board, path, MEMORY)
    return int(board.failed)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("--job="):
        print(json.dumps(job_read(Path(sys.argv[2]))))
    else:
        sys.exit(main())
