"""Tracing, the thread panel, search and the weave in a programme of 1,000,000 items and 3,000,000 links.

`python bench/trace.py` for both databases, `python bench/trace.py sqlite` for one, `--items 100000` for a smaller one.
The floor is reading as many items by their keys, in the same run.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from uuid import UUID

from _site import machine, median, on_each_database, said, site, times

BUDGET = 50
BOUND = 2000
STARTS = 9
KINDS = [
    *["statement"] * 50,
    *["story"] * 12,
    *["theme"] * 8,
    *["finding"] * 12,
    *["problem", "project", "project", "activity", "activity", "activity"],
    *["reflection"] * 4,
    *["insight", "recommendation", "ask", "ask"],
    *["source"] * 4,
]
WORDS = ["bus", "pool", "rent", "harbour", "school", "library", "clinic", "market", "garden", "bridge"]
FASTER_ON_SQLITE = ["PRAGMA cache_size = -1500000", "PRAGMA synchronous = OFF"]
FILL = {
    "numbers": "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {items})",
    "node": """
        INSERT INTO provenance_node (id, code, programme_id, team_id, kind, title, layer, knowledge_kind, visibility,
            made_by_id, made_at, withdrawn_at)
        {numbers} SELECT {key}, 'N-' || i, {programme}, {first_team} + i % 8, {kind}, 'Item number ' || i, '', '',
            CASE WHEN i % 10 = 0 THEN 'team' ELSE 'public' END, NULL, {made_at}, NULL FROM n""",
    # three links an item, from anywhere before it
    "link": """
        INSERT INTO provenance_link (source_id, target_id, relation, note, made_by_id, made_at, withdrawn_at,
            is_citation)
        {numbers}, k(k, relation) AS (VALUES (1, 'supports'), (2, 'informs'), (3, 'quotes')),
        chosen AS (SELECT i, relation, ((i * 2654435761 + k * 40503001) % 4294967291) % (i - 1) + 1 AS j
            FROM n JOIN k ON i > 1)
        SELECT {source}, {key}, relation, '', NULL, {made_at}, NULL, {no} FROM chosen""",
    "text": """
        INSERT INTO provenance_searchtext (node_id, body)
        {numbers} SELECT {key}, 'Item number ' || i || ' ' || {word} || ' ' || {rare} FROM n""",
}


def key(number: str, postgres: bool) -> str:
    """The key of an item, in the order of making, as SQL."""
    if postgres:
        return f"(lpad(to_hex({number}), 12, '0') || '70008000' || lpad(to_hex({number}), 12, '0'))::uuid"
    return f"printf('%012x70008000%012x', {number}, {number})"


def uuid(number: int) -> UUID:
    """The same key here."""
    return UUID(f"{number:012x}70008000{number:012x}")


def fill(items: int) -> "Programme":  # noqa: F821
    """A programme of so many items, by SQL alone."""
    from django.db import connection
    from django.utils import timezone

    from weft.people.programmes.models import Programme, Team

    programme = Programme.objects.create(slug="large", name="A large programme", made_at=timezone.now())
    teams = [Team.objects.create(programme=programme, slug=f"t{n}", name=f"Team {n}", colour=n + 1) for n in range(8)]
    postgres = connection.vendor == "postgresql"
    days = "(i * 0.0008)"
    parts = {
        "items": items,
        "programme": programme.pk,
        "first_team": teams[0].pk,
        "key": key("i", postgres),
        "source": key("j", postgres),
        "no": "false" if postgres else "0",
        "made_at": f"timestamptz '2024-01-01' + {days} * interval '1 day'"
        if postgres
        else f"datetime('2024-01-01', {days} || ' days')",
        "kind": "CASE i * 7919 % 100 "
        + " ".join(f"WHEN {place} THEN '{kind}'" for place, kind in enumerate(KINDS))
        + " ELSE 'finding' END",
        "word": "CASE i * 31 % 10 " + " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(WORDS)) + " END",
        "rare": "CASE WHEN i % 50000 = 0 THEN 'lighthouse' ELSE 'day' END",
    }
    parts["numbers"] = FILL["numbers"].format(**parts)
    faster = ["SET session_replication_role = replica"] if postgres else FASTER_ON_SQLITE
    with connection.cursor() as cursor:
        for setting in faster:
            cursor.execute(setting)
        for name in ("node", "link", "text"):
            start = time.perf_counter()
            cursor.execute(FILL[name].format(**parts))
            print(f"  {name}: {cursor.rowcount:,} rows in {time.perf_counter() - start:.0f} s", flush=True)
        cursor.execute("VACUUM ANALYZE" if postgres else "ANALYZE")  # what PostgreSQL does itself before long
    connection.close()  # what follows is asked as usual
    return programme


def size() -> str:
    """How large the database is."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return f"{cursor.fetchone()[0] / 1e6:,.0f} MB"
    return f"{settings.DATABASES['default']['NAME'].stat().st_size / 1e6:,.0f} MB"


def measure(items: int) -> int:
    """Print a line for each question; how many traces are over their budget."""
    from django.contrib.auth.models import AnonymousUser
    from django.core.cache import cache

    from weft.pages.weave.queries import fabric, woven
    from weft.people.programmes.access import standing_of
    from weft.provenance.models import Node
    from weft.provenance.queries import both_ways, panel, stamp, trace

    programme = fill(items)
    print(f"  {size()}; {machine()}")
    here = standing_of(AnonymousUser(), programme)
    late = [uuid(items - 1 - n * 10) for n in range(STARTS)]
    early = [uuid(2 + n * 10) for n in range(STARTS)]
    tenth = [uuid(items // 20 + n * 10) for n in range(STARTS)]
    middle = [uuid(items // 2 + n * 10) for n in range(STARTS)]
    keys = [uuid(n * 7 % items + 1) for n in range(BOUND)]
    over = 0

    def each(name, ask, starts, budget=None):
        nonlocal over
        ask(starts[0])
        taken, used = [], []
        for one in starts:
            cache.clear()
            before = time.process_time()
            taken += times(lambda one=one: ask(one), 1)
            used.append((time.process_time() - before) * 1000)
        worse = budget is not None and median(taken) > budget
        over += worse
        mark = f"  of {budget} ms{'  OVER' if worse else ''}" if budget else ""
        shares = f"{median(used):8.1f} ms of the processor {median(taken) / floor:6.2f} of the floor"
        print(f"  {name:44} {said(taken)} {shares}{mark}", flush=True)

    floor = median(times(lambda: list(Node.objects.filter(pk__in=keys).values_list()), STARTS))
    print(f"  floor: {BOUND:,} items by their keys {'':10} {floor:8.1f} ms")
    nodes = {node.pk: node for node in Node.objects.select_related("programme").filter(pk__in=[*late, *early])}
    each("trace up", lambda one: trace(one, "up"), late, BUDGET)
    each("trace down", lambda one: trace(one, "down"), tenth, BUDGET)
    each("trace up from the middle", lambda one: trace(one, "up"), middle, BUDGET)
    each("trace down from the very first, worst case", lambda one: trace(one, "down"), early)
    each("both ways, a thread's page", lambda one: both_ways(one), tenth)
    each("thread panel, nothing kept, late", lambda one: panel(nodes[one], here), late)
    each("thread panel, nothing kept, early", lambda one: panel(nodes[one], here), early)
    each("stamp", lambda _: stamp(programme), late)
    each("search, a word of a tenth of the items", lambda _: page_of(programme, here, words="harbour"), late[:3])
    each("search, a rare word", lambda _: page_of(programme, here, words="lighthouse"), late[:3])
    each("search, no words: the newest", lambda _: page_of(programme, here), late[:3])
    each("search, no words, one kind", lambda _: page_of(programme, here, kind="insight"), late[:3])
    each("the weave's fabric", lambda _: fabric(programme), late[:2])
    each("the weave, drawn", lambda _: woven(programme), late[:2])
    tell_sizes(late[0], tenth[0], early[0])
    print(f"  the fabric has {len(fabric(programme).items):,} knots; {machine()}")
    return over


def page_of(programme, here, **asked):
    """The first page of a search, and how many there are."""
    from django.core.paginator import Paginator

    from weft.pages.search.queries import found

    nodes = Paginator(found(programme, here, **{"kind": "", "team": "", "words": "", **asked}), 25).get_page(1)
    return list(nodes), nodes.paginator.count


def tell_sizes(late, tenth, early) -> None:
    """How much the traces met."""
    from weft.provenance.queries import trace

    cut = trace(late, "up")
    print(f"  a trace up met {len(cut.items):,} items and {len(cut.threads):,} links, cut: {cut.is_truncated}")
    met = [len(trace(one, "down").items) for one in (tenth, early)]
    print(f"  traces down met {met[0]:,} and, from the very first, {met[1]:,}")


def main() -> int:
    """Exit code 1 when a trace is over its budget."""
    if "--on" not in sys.argv:
        return on_each_database(__file__, sys.argv[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("--on", required=True)
    parser.add_argument("--items", type=int, default=1_000_000)
    given = parser.parse_args()
    print(f"{given.on}, {given.items:,} items, {datetime.now(UTC):%Y-%m-%d}", flush=True)
    with site(given.on):
        return 1 if measure(given.items) else 0


if __name__ == "__main__":
    sys.exit(main())
