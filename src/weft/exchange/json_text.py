"""JSON that nobody vouches for: no key twice, no number that is none, no depth without end."""

import json
from pathlib import Path
from typing import Any

from weft.exchange.errors import ExchangeError


def parse_json(file: Path | str, text: str) -> Any:
    """The value that a text in JSON holds. Errors name the line where there is one."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("a key is there twice")
        return dict(pairs)

    def never(name: str) -> None:
        raise ValueError(f"{name} is no number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=never)
    except json.JSONDecodeError as error:
        raise ExchangeError(f"is not JSON: {error.msg}.", file=file, row=error.lineno) from None
    except (ValueError, RecursionError) as error:
        says = "its lists are too deep" if isinstance(error, RecursionError) else str(error).split(":")[0]
        raise ExchangeError(f"is not proper JSON: {says}.", file=file) from None
