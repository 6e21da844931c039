"""Time `weft --help` and `weft serve` up to its first answer, beside a bare Python: `python bench/start.py`."""

import os
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
    return {**os.environ, **given, "WEFT_DATABASE_URL": "", "WEFT_DEMO": ""}


def seconds(*arguments):
    """The median wall time of one command."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], env=environment("/nonesuch"), stdout=subprocess.DEVNULL, check=True
        )
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def first_answer(folder):
    """Seconds from starting the server to the first page."""
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
                    return time.perf_counter() - start
            except (URLError, OSError):
                if server.poll() is not None:
                    raise SystemExit("The server stopped.") from None
                time.sleep(0.01)
    finally:
        server.terminate()
        server.wait()


def main():
    """Print the figures; exit code 1 when one is over its budget."""
    bare, shown = seconds("-c", "pass"), seconds("-m", "weft", "--help")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        serve = statistics.median(first_answer(folder) for _ in range(ROUNDS))
    print(f"bare Python        {bare:6.3f} s")
    print(f"weft --help        {shown:6.3f} s of {HELP_BUDGET}")
    print(f"weft serve, first  {serve:6.3f} s of {SERVE_BUDGET}")
    return 1 if shown > HELP_BUDGET or serve > SERVE_BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
