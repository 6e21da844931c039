"""Time whole commands on small files, from start to end: `python bench/methods/commands.py`.

Python keeps what it compiled in a folder of this run, as on any machine of one's own; the first start does not count.
"""

from _measure import ROOT, SHARED, Board  # first, since it pins the threads

# ruff: isort: split
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 7
COMMANDS = {
    "bare Python": ("-c", "pass"),
    "bare Python with NumPy": ("-c", "import numpy"),
    "weft --help": ("-m", "weft", "--help"),
    "weft opinion-map, 339 people": ("-m", "weft", "opinion-map", str(SHARED / "polis" / "15-per-hour-seattle")),
    "weft equal-shares, 78 voters": (
        *("-m", "weft", "equal-shares"),
        str(SHARED / "pabulib" / "Worldwide_Mechanical_Turk_Ranking_value_7.pb"),
    ),
}
BUDGETS = {"weft --help": (0.3, None), "weft opinion-map, 339 people": (0.5, 0.3)}
BUDGETS["weft equal-shares, 78 voters"] = (0.5, None)


def processor() -> float:
    """Seconds of the processor that ended children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def median(words: tuple[str, ...], folder: str) -> float:
    python = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
    environment = {**os.environ, **python, "PYTHONPATH": str(ROOT / "src")}
    taken = []
    for _ in range(ROUNDS + 1):
        before = processor()
        subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, check=True)
        taken.append(processor() - before)
    return statistics.median(taken[1:])


def main() -> int:
    board = Board("Whole commands")
    with tempfile.TemporaryDirectory() as folder:
        for name, words in COMMANDS.items():
            floor, aim = BUDGETS.get(name, (None, None))
            board.row(name, median(words, folder), floor=floor, aim=aim)
    return board.end()


if __name__ == "__main__":
    sys.exit(main())
