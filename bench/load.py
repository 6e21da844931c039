"""`weft load` of 5,000 and of 50,000 items: `python bench/load.py`, or one database and `--items 5000` for one size.

The floor is saving one row by itself, in the same run. Each file is loaded in a process of its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from _large import large
from _site import machine, on_each_database, site

BUDGETS = {5_000: 10.0, 50_000: 100.0}  # seconds
MEMORY = 500  # MB
SAVED = 1_000


def main() -> int:
    """Exit code 1 when something is over its budget."""
    if "--on" not in sys.argv and "--load" not in sys.argv:
        return on_each_database(__file__, sys.argv[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("--on")
    parser.add_argument("--load", type=Path)
    parser.add_argument("--items", type=int)
    given = parser.parse_args()
    if given.load:
        print(json.dumps(loaded(given.load)))
        return 0
    sizes = [given.items] if given.items else [*BUDGETS]
    print(f"{given.on}: {machine()}", flush=True)
    return max([measure(given.on, items) for items in sizes])


def measure(database: str, items: int) -> int:
    """Load a file into an empty site, and print what it took."""
    with site(database) as folder:
        file = folder / "large.yaml"
        file.write_text(large(items), "utf-8")
        command = [sys.executable, __file__, "--load", str(file)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout)
    budget = BUDGETS.get(items, items / 500)
    over = told["processor"] > budget or told["memory"] > MEMORY
    rows = told["processor"] / told["items"] / told["floor"]
    print(
        f"  {told['items']:,} items, a file of {told['file']:.1f} MB: {told['processor']:.1f} s of the processor, "
        f"{told['elapsed']:.1f} s by the clock, of {budget:.0f} s; {told['memory']:.0f} MB of {MEMORY} MB; "
        f"an item is {rows:.1f} rows saved one by one{'  OVER' if over else ''}",
        flush=True,
    )
    return int(over)


def loaded(file: Path) -> dict[str, float]:
    """What loading took, in this process."""
    import django

    django.setup()
    from weft.programme_file.load import load_file

    floor = saving()
    used, clock = time.process_time(), time.perf_counter()
    programme = load_file(file)
    return {
        "processor": time.process_time() - used,
        "elapsed": time.perf_counter() - clock,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "items": programme.nodes.count(),
        "file": file.stat().st_size / 1e6,
        "floor": floor,
    }


def saving() -> float:
    """Seconds of the processor that it takes to save one row by itself."""
    from django.db import transaction

    from weft.people.audit.models import Entry

    used = time.process_time()
    with transaction.atomic():
        for number in range(SAVED):
            Entry.objects.create(did="measured", on=str(number))
    return (time.process_time() - used) / SAVED


if __name__ == "__main__":
    sys.exit(main())
