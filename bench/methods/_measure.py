"""Time jobs on one thread and set them beside their floor, their aim and a peer. Import this before NumPy."""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
SHARED = Path(os.environ.get("WEFT_SHARED", ROOT / ".." / "shared")) / "data"
PEERS = ("red-dwarf==0.4.0", "pabutools==1.2.3", "gmpy2==2.3.2", "krippendorff==0.9.0")
HOME = ROOT / "build" / "peers"
LONG = 2.0


def seconds(job: Callable[[], object], rounds: int = 5) -> float:
    """The median CPU time of a job, after one round that does not count; a long job is run once."""
    taken = [_once(job)]
    if taken[0] < LONG:
        taken = [_once(job) for _ in range(rounds)]
    return statistics.median(taken)


def _once(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def peak() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(job: str, *words: object) -> dict[str, float]:
    """Run one job of the calling program in a process of its own, which prints one JSON object last."""
    ran = subprocess.run(
        [sys.executable, sys.argv[0], f"--job={job}", *map(str, words)], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(ran.stdout.splitlines()[-1])


def peer(job: str, *words: object) -> float | None:
    """Seconds that a peer takes for a job; none unless peers are asked for with `--peers`."""
    if "--peers" not in sys.argv:
        return None
    python = HOME / "bin" / "python"
    if not (HOME / "ready").exists():
        print(f"Installing {', '.join(PEERS)} into build/peers, which only this uses", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PEERS], check=True, stderr=subprocess.DEVNULL)
        (HOME / "ready").touch()
    program = Path(__file__).with_name("_peers.py")
    ran = subprocess.run([str(python), str(program), job, *map(str, words)], capture_output=True, text=True)
    if ran.returncode:
        print(f"  the peer failed at {job}: {ran.stderr.strip().splitlines()[-1:]}")
        return None
    return float(ran.stdout.splitlines()[-1])


class Board:
    """Prints a row for each job, and remembers whether every floor is met."""

    def __init__(self, title: str) -> None:
        self.failed = False
        print(f"{title}. CPU seconds of one thread, {platform.machine()}, Python {platform.python_version()}.")
        print(f"Load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; ratios are the bar.")
        print(f"{'job':48}{'seconds':>9}{'peer':>9}{'ratio':>8}  floor and aim", flush=True)

    def row(
        self,
        job: str,
        taken: float,
        *,
        other: float | None = None,
        floor: float | None = None,
        aim: float | None = None,
        times: tuple[float, float] | None = None,
    ) -> None:
        """`floor` and `aim` are seconds; `times` says how many times faster than the peer those should be."""
        told = [self._seconds(taken, floor, aim)] if floor is not None else []
        if times is not None and other is not None:
            told.append(self._times(other / taken, *times))
        beside = f"{'':17}" if other is None else f"{other:>9.3f}{other / taken:>8.1f}"
        print(f"{job:48}{taken:>9.4f}{beside}  {'; '.join(told)}", flush=True)

    def _seconds(self, taken: float, floor: float, aim: float | None) -> str:
        self.failed |= taken > floor
        told = f"{floor:g} s {'met' if taken <= floor else 'MISSED'}"
        return told if aim is None else f"{told}, aim {aim:g} s {'met' if taken <= aim else 'missed'}"

    def _times(self, ratio: float, floor: float, aim: float) -> str:
        self.failed |= ratio < floor
        told = f"{floor:g} times {'met' if ratio >= floor else 'MISSED'}"
        return told if aim <= floor else f"{told}, aim {aim:g} times {'met' if ratio >= aim else 'missed'}"

    def memory(self, job: str, mib: float, floor: float | None = None, aim: float | None = None) -> None:
        """A row for the peak memory of a process, in MiB."""
        told = ""
        if floor is not None:
            self.failed |= mib > floor
            told = f"{floor:g} MiB {'met' if mib <= floor else 'MISSED'}"
        if aim is not None:
            told += f", aim {aim:g} MiB {'met' if mib <= aim else 'missed'}"
        print(f"{job:48}{mib:>9.0f} MiB at the peak  {told}", flush=True)

    def end(self) -> int:
        """The exit code."""
        if "--peers" not in sys.argv:
            print("`--peers` runs the same jobs with red-dwarf, pabutools and krippendorff beside them.")
        return int(self.failed)
