"""Taking back many stories at once, and what waits for it: `python bench/withdraw.py`, `--items 50000` for a large one.

One person told 300 stories, every third of which is gathered in a theme that repeats it. They take everything back
while others vote.
"""

import argparse
import sys
import threading
import time
from typing import Any
from uuid import uuid4

from _large import large
from _site import machine, on_each_database, site

STORIES = 300
BUDGET = 2.0  # seconds
LONGEST_WAIT = 0.2  # seconds until a vote is written meanwhile


def main() -> int:
    """Exit code 1 when something is over its budget."""
    if "--on" not in sys.argv:
        return on_each_database(__file__, sys.argv[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("--on")
    parser.add_argument("--items", type=int, default=5_000)
    given = parser.parse_args()
    print(f"{given.on}: {machine()}", flush=True)
    with site(given.on) as folder:
        file = folder / "large.yaml"
        file.write_text(large(given.items), "utf-8")
        return measure(file, given.items)


def measure(file: Any, items: int) -> int:
    """Load, tell, take back and vote, and print what it took."""
    from weft.programme_file.load import load_file

    programme = load_file(file)
    teller, voter, card = prepared(programme)
    waits: list[float] = []
    took: list[float] = []
    thread = threading.Thread(target=take_back, args=(teller, took))
    thread.start()
    while thread.is_alive():
        waits.append(vote(voter, card))
        time.sleep(0.01)
    thread.join()
    over = took[0] > BUDGET or max(waits) > LONGEST_WAIT
    print(
        f"  {STORIES} stories in a programme of {items:,} items: {took[0]:.2f} s by the clock, of {BUDGET:.0f} s; "
        f"{len(waits)} votes meanwhile, the longest {max(waits):.2f} s of {LONGEST_WAIT} s{'  OVER' if over else ''}",
        flush=True,
    )
    return int(over)


def prepared(programme: Any) -> tuple[Any, Any, Any]:
    """Somebody with many stories, somebody who votes, and a card."""
    from django.db import transaction

    from weft.listen.conversations.actions import add_participant
    from weft.listen.conversations.models import Conversation, Moderation, Statement
    from weft.listen.stories.actions import tell
    from weft.listen.themes.models import Theme
    from weft.provenance.actions import link

    shown = Statement.objects.filter(moderation=Moderation.SHOWN, conversation__closed_at=None)
    card = shown.filter(conversation__takes_stories=True).first() or shown.first()
    talk = Conversation.objects.get(pk=card.conversation_id)
    Conversation.objects.filter(pk=talk.pk).update(takes_stories=True)
    talk.refresh_from_db()
    teller, voter = (add_participant(by=None, conversation=talk, secret=name) for name in ("teller", "voter"))
    themes = list(Theme.objects.filter(node__team=talk.team, node__withdrawn_at=None).select_related("node")[:50])
    with transaction.atomic():
        for number in range(STORIES):
            text = f"The {number} days on which we waited for the bus by the harbour were all the same to us, and cold."
            story = tell(by=teller, participant=teller, text=text, scopes=["analyse", "quote"])
            if number % 3 == 0:
                theme = themes[number % len(themes)]
                link(by=None, source=story.node, target=theme.node, relation="supports")
                Theme.objects.filter(pk=theme.pk).update(summary=f"Somebody said: {text}")
    return teller, voter, card


def take_back(teller: Any, took: list[float]) -> None:
    """Everything of one person, as their receipt does it."""
    from django.db import connection

    from weft.listen.receipts.actions import withdraw_participant

    start = time.perf_counter()
    withdraw_participant(by=teller, participant=teller)
    took.append(time.perf_counter() - start)
    connection.close()


def vote(voter: Any, card: Any) -> float:
    """Seconds until an answer is written."""
    from weft.listen.conversations.actions import answer
    from weft.listen.conversations.models import Choice
    from weft.listen.conversations.queries import ballot_for

    start = time.perf_counter()
    answer(by=ballot_for(card.conversation.code, card.pk, "voter"), choice=Choice.AGREE, key=uuid4())
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
