"""Saying on standard error how far something has come, where it takes longer than a second."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

EVERY = {True: 0.5, False: 10.0}  # seconds, at a terminal and elsewhere


class Progress:
    """Counts what is done. At a terminal one line is written over and over, elsewhere one now and then."""

    def __init__(self, after: float) -> None:
        self.is_terminal = sys.stderr.isatty()
        self.next, self.is_open = time.monotonic() + after, False

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = time.monotonic()
        if now >= self.next:
            self.next, self.is_open = now + EVERY[self.is_terminal], self.is_terminal
            start, end = ("\r", "") if self.is_terminal else ("", "\n")
            print(f"{start}{done:,} of {total:,} written", end=end, file=sys.stderr, flush=True)


@contextmanager
def progress(after: float = 1.0) -> Iterator[Progress]:
    """Say how far it has come, and end the line."""
    told = Progress(after)
    try:
        yield told
    finally:
        if told.is_open:
            print(file=sys.stderr)
