"""Time and memory of reading Polis exports: each shared set, and a made one of a million votes.

Run: python bench/exchange/polis.py [FOLDER WITH SETS]
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from weft.exchange.polis import read_polis, write_polis

ROUNDS = 5


def milliseconds(action) -> float:
    """Median time of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


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


def report(folder: Path) -> None:
    """One line of the table."""
    export = read_polis(folder)
    read = milliseconds(lambda: read_polis(folder))
    with tempfile.TemporaryDirectory() as out:
        written = milliseconds(lambda: write_polis(export, Path(out)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{folder.name:34} {len(export.votes):9,} votes  read {read:7.0f} ms  write {written:7.0f} ms  peak {peak} MB"
    )


def main() -> None:
    """Every set of the folder, then the made one; the peak memory is that of the process so far."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[3] / "shared/data/polis"
    for folder in sorted(path for path in shared.iterdir() if path.is_dir()) if shared.is_dir() else []:
        report(folder)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "a million votes"
        folder.mkdir()
        make_million(folder)
        report(folder)


if __name__ == "__main__":
    main()
