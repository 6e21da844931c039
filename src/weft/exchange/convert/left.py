"""What stays behind in a file."""

from weft.exchange.loss import LossItem, LossReport


def left_behind(file: str, stays: list[tuple[str, str, int]]) -> LossReport:
    """An item for each kind of thing of which there is any: what it is, why it stays, and how many there are."""
    return tuple(LossItem(file, where, "left out", why, count) for where, why, count in stays if count)
