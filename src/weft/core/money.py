"""Money is whole pence."""

import re
from decimal import Decimal

AMOUNT = re.compile(r"^(?:£\s*)?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?(?:\s*pounds?)?$")


def amount(pence: int) -> str:
    """An amount in pounds where the unit stands elsewhere: "1,240", "9.60", "minus 5"."""
    whole, rest = divmod(abs(pence), 100)
    return ("minus " if pence < 0 else "") + (f"{whole:,}" if rest == 0 else f"{whole:,}.{rest:02d}")


def pounds(pence: int) -> str:
    """An amount in words: "1,240 pounds", "9.60 pounds", "minus 5 pounds"."""
    return f"{amount(pence)} {'pound' if abs(pence) == 100 else 'pounds'}"


def pence(text: str) -> int:
    """Pence from what somebody typed; ValueError with a sentence where it is no amount."""
    match = AMOUNT.match(text.strip())
    if not match:
        raise ValueError("Enter an amount in pounds, like 12 or 12.50.")
    return int(Decimal(f"{match[1].replace(',', '')}.{(match[2] or '0').ljust(2, '0')}") * 100)
