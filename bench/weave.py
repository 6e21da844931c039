"""Time and size of the weave at 20, 200 and 2,000 items: `python bench/weave.py`."""

import gzip
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from weft.pictures.weave import Answer, Item, Numbers, Options, Thread, Words, weave

COLUMNS = (
    (0, "theme", 0.42),
    (1, "finding", 0.25),
    (2, "problem", 0.03),
    (3, "project", 0.09),
    (4, "reflection", 0.12),
    (4, "insight", 0.04),
    (5, "ask", 0.05),
)
ANSWERS = (
    Answer("answered", "Yes"),
    Answer("answered", "Partly"),
    Answer("answered", "No", "with reasons"),
    Answer("silent", "No reply", "30 days"),
    Answer("waiting", "Asked", "8 days ago"),
)
SIZES = ((20, 2), (200, 4), (2000, 8))
ROUNDS = 5


def programme(size: int, teams: int, seed: int = 7) -> tuple[list[Item], list[Thread]]:
    """A made-up programme of about `size` items; the teams share some insights and asks."""
    chance = random.Random(seed)
    items: list[Item] = []
    threads: list[Thread] = []
    before: list[Item] = []
    for stage, kind, share in COLUMNS:
        count = max(teams if stage < 4 else 3, round(size * share))
        here = [made(chance, stage, kind, len(items) + k, teams * k // count, teams) for k in range(count)]
        items += here
        threads += spun(chance, before, here)
        before = [item for item in here if item.kind != "gap"]
    return items, threads


def made(chance: random.Random, stage: int, kind: str, order: int, team: int, teams: int) -> Item:
    """One item; some findings are gaps, and from insights on most things belong to two neighbouring teams."""
    shared = kind in ("insight", "ask") and chance.random() < 0.6 and team + 1 < teams
    if kind == "finding" and chance.random() < 0.08:
        kind = "gap"
    return Item(
        id=f"{kind}-{order:04d}",
        teams=(team, team + 1) if shared else (team,),
        stage=stage,
        kind=kind,
        title=f"{kind.capitalize()} number {order}",
        voices=chance.choice((1, 2, 3, 6, 12, 20)) if stage == 0 else 0,
        order=order,
        answer=chance.choice(ANSWERS) if kind == "ask" else None,
        url=f"?focus={order}",
    )


def spun(chance: random.Random, before: list[Item], here: list[Item]) -> list[Thread]:
    """Threads from one column to the next, within teams; everything comes from something."""
    threads = []
    for source in before:
        near = [item for item in here if set(item.teams) & set(source.teams)] or here
        for target in chance.sample(near, min(len(near), chance.choice((1, 1, 1, 2)))):
            threads.append(Thread(source.id, target.id, "contradicts" if chance.random() < 0.05 else "supports"))
    fed = {thread.target for thread in threads}
    for target in here:
        near = [item for item in before if set(item.teams) & set(target.teams)] or before
        if near and target.id not in fed and target.kind != "gap":
            threads.append(Thread(chance.choice(near).id, target.id))
    return threads


def main() -> None:
    """Print one line a picture."""
    for size, teams in SIZES:
        items, threads = programme(size, teams)
        words = Words(Numbers(str, str, str, sum, fewest=10), team_names=[f"Team {k + 1}" for k in range(teams)])
        lit = next(item.id for item in items if item.stage == 3)
        for name, focus, wide in (("wide", None, True), ("lit", lit, True), ("tall", lit, False)):
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                picture = weave(items, threads, words, focus=focus, wide=wide, options=Options(uid="bench"))
                times.append((time.perf_counter() - start) * 1000)
            squeezed = len(gzip.compress(picture.svg.encode(), 6))
            print(
                f"{len(items):5d} items {len(threads):5d} threads {name:5s} {statistics.median(times):7.1f} ms "
                f"{squeezed:6d} bytes gzipped, {picture.drawn} knots, {picture.threads_not_drawn} threads not drawn"
            )


if __name__ == "__main__":
    main()
