"""Time and memory of reading Pabulib files: each shared one, and a made one of 100 MB.

Run: python bench/exchange/pabulib.py [FOLDER WITH .pb FILES]
"""

import csv
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from weft.exchange.pabulib import read_pabulib

ROUNDS = 5
VOTERS = 2_600_000


def milliseconds(action, rounds=ROUNDS) -> float:
    """Median time of some rounds, in seconds of this process."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return statistics.median(taken) * 1000


def split_only(path: Path) -> None:
    """What the csv module alone takes for the same file."""
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file, delimiter=";"):
            pass


def make_large(path: Path) -> None:
    """About 100 MB: 2.6 million voters, five of 80 projects each."""
    draw = random.Random(1)
    with path.open("w") as file:
        file.write("META\nkey;value\nbudget;1000000\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n")
        file.writelines(f"{n};{n * 100};Project {n}\n" for n in range(1, 81))
        file.write("VOTES\nvoter_id;vote;age;sex;voting_method\n")
        for number in range(VOTERS):
            vote = ",".join(map(str, draw.sample(range(1, 81), 5)))
            file.write(f"{number + 1};{vote};{draw.randrange(16, 90)};{draw.choice('FM')};internet\n")


def report(path: Path, rounds: int = ROUNDS) -> None:
    """One line of the table."""
    election = read_pabulib(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = path.stat().st_size / 1e6
    read = milliseconds(lambda: read_pabulib(path), rounds)
    group = milliseconds(lambda: election.ballots.groups(), rounds) if rounds > 1 else 0
    alone = milliseconds(lambda: split_only(path), rounds)
    print(
        f"{path.stem:38} {size:6.1f} MB {len(election.ballots):9,} ballots  read {read:7.0f} ms "
        f"(csv alone {alone:6.0f})  group {group:5.0f} ms  peak {peak} MB"
    )


def main() -> None:
    """The large one first, so that its peak memory is its own."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[3] / "shared/data/pabulib"
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "made.pb"
        make_large(path)
        report(path, rounds=1)
    for path in sorted(shared.glob("*.pb")):
        report(path)


if __name__ == "__main__":
    main()
