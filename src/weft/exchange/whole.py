"""Write a file whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from weft.exchange.errors import ExchangeError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place beside the path to write to; it becomes the path only if nothing fails."""
    half = path.with_name(path.name + ".part")
    try:
        try:
            yield half
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise ExchangeError(f"cannot be written: {error.strerror or error}.", file=path) from None
