"""Bring a Polis export of 225,000 votes into a team, on both databases: `python bench/import_polis.py`.

The floor is reading the export's files alone, in the same run. The second import finds that nothing is new.
"""

import argparse
import sys
import time

from _site import SHARED, machine, on_each_database, site

BUDGET = 10
EXPORT = "american-assembly.bowling-green"


def measure() -> int:
    """Print the figures; how many are over the budget."""
    from django.utils import timezone

    from weft.commands._polis import bring_in
    from weft.exchange.polis import read_polis
    from weft.people.programmes.models import Programme, Team

    programme = Programme.objects.create(slug="bench", name="Bench", made_at=timezone.now())
    team = Team.objects.create(programme=programme, slug="team", name="Team", colour=1)
    start, used = time.perf_counter(), time.process_time()
    export = read_polis(SHARED / "data" / "polis" / EXPORT)
    floor = time.perf_counter() - start
    bring_in(by=None, team=team, export=export)
    taken, used = time.perf_counter() - start, time.process_time() - used
    again = time.perf_counter()
    bring_in(by=None, team=team, export=export)
    again = time.perf_counter() - again
    print(f"  reading the files       {floor:6.2f} s")
    share = f"{taken / floor:.1f} of the floor, {len(export.votes):,} votes"
    print(f"  the whole import        {taken:6.2f} s of {BUDGET}, {share}")
    print(f"    of the processor here {used:6.2f} s")
    print(f"  the same a second time  {again:6.2f} s")
    print(f"  {machine()}")
    return int(taken > BUDGET)


def main() -> int:
    """Exit code 1 when an import is over its budget."""
    if "--on" not in sys.argv:
        return on_each_database(__file__, sys.argv[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("--on", required=True)
    given = parser.parse_args()
    print(given.on, flush=True)
    with site(given.on):
        return measure()


if __name__ == "__main__":
    sys.exit(main())
