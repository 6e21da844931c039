"""Time `weft --help` and `weft serve` up to its first answer, beside a bare Python: `python bench/start.py`.

Python keeps what it compiled, as on any machine of one's own, in a folder of this run; the first start of all, which
compiles, is told apart. The time of the processor is that of the start alone, whatever else the machine is doing.
"""

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
HELP_BUDGET, SERVE_BUDGET = 0.3, 2.0
ROUNDS = 5


def environment(folder, port=0):
    """Settings for a server that nobody else uses."""
    given = {"WEFT_DATA": folder, "WEFT_SECRET_KEY": "x" * 50, "WEFT_PORT": str(port), "PYTHONPATH": str(ROOT / "src")}
    python = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
    return {**os.environ, **given, **python, "WEFT_DATABASE_URL": "", "WEFT_DEMO": ""}


def seconds(folder, *arguments):
    """The median wall time of one command."""
    taken = []
    for _ in range(ROUNDS + 1):  # the first compiles
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], env=environment(folder), stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def processor():
    """Seconds of the processor that ended children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_answer(folder):
    """Seconds from starting the server to the first page, by the clock and of the processor."""
    before = processor()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "weft", "serve"], env=environment(folder, port), stdout=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/privacy/", timeout=5):
                    waited = time.perf_counter() - start
                break
            except (URLError, OSError):
                if server.poll() is not None:
                    raise SystemExit("The server stopped.") from None
                time.sleep(0.01)
    finally:
        server.terminate()
        server.wait()
    return waited, processor() - before


def main():
    """Print the figures; exit code 1 when one is over its budget."""
    with tempfile.TemporaryDirectory() as folder:
        bare, shown = seconds(folder, "-c", "pass"), seconds(folder, "-m", "weft", "--help")
        (Path(folder) / "static").mkdir()
        first, _ = first_answer(folder)
        starts = [first_answer(folder) for _ in range(ROUNDS)]
    serve, used = (statistics.median(column) for column in zip(*starts, strict=True))
    print(f"bare Python        {bare:6.3f} s")
    print(f"weft --help        {shown:6.3f} s of {HELP_BUDGET}")
    print(f"weft serve         {serve:6.3f} s of {SERVE_BUDGET} to its first answer; {used:.3f} s of the processor")
    print(f"  the very first   {first:6.3f} s, which compiles all of it")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if shown > HELP_BUDGET or serve > SERVE_BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
