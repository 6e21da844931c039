"""Times as transcripts write them."""

import re
from collections.abc import Iterable

CLOCK = r"(?:[0-9]{1,4}:)?[0-9]{1,3}:[0-9]{1,2}(?:[.,][0-9]{1,3})?"
PARTS = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,3}))?")


def milliseconds(time: str, is_bare: bool = False) -> int | None:
    """A time in milliseconds; none where its minutes or seconds are over 59.

    Times without leading zeros, as older exports of Teams have, count thousandths after the point: there `0:0:6.90`
    is 6.090 seconds.
    """
    found = PARTS.fullmatch(time)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if seconds > 59 or (minutes > 59 and found[1] is not None):
        return None
    fraction = found[4] or "0"
    thousandths = int(fraction) if is_bare else int(fraction.ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def are_bare(times: Iterable[str]) -> bool:
    """Whether some time has no leading zero in its minutes or seconds; then the file writes all times so."""
    return any(len(part) == 1 for time in times for part in re.split("[.,]", time)[0].split(":")[1:])


def shown_time(time: int | None) -> str:
    """`00:01:02.500`, or nothing."""
    if time is None:
        return ""
    seconds, thousandths = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
