"""What takes a while to work out is kept until something changes."""

import pickle
import zlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from weft.core import dates

T = TypeVar("T")


def kept(
    name: str, at: str, seconds: int, make: Callable[[], T], is_worth_it: Callable[[T], bool] = lambda found: True
) -> T:
    """What `make` finds, kept for so long today, or until its stamp `at` is another one.

    Every process keeps its own, so a stamp is always read from the database: what changes in one process is then old in
    all of them. Things are kept packed, and only where they are worth it.
    """
    key = f"{name}-{at}-{dates.today()}"
    packed = cache.get(key)
    if packed is not None:
        unpacked: T = pickle.loads(zlib.decompress(packed))  # noqa: S301 it comes from the lines below
        return unpacked
    found = make()
    if is_worth_it(found):
        cache.set(key, zlib.compress(pickle.dumps(found), 1), seconds)
    return found
