"""Count code points of a canonical text as another program counts them."""

from bisect import bisect_left
from dataclasses import replace

from weft.exchange.refi.model import SyncPoint, TextSource
from weft.exchange.refi.texts import Written


class Count:
    """The way of counting of one text; without a text positions stay as they are."""

    def __init__(self, text: str | None, reading: str) -> None:
        self.length = -1 if text is None else len(text)
        self._is_wide = reading.startswith("UTF-16")
        self._is_crlf = reading.endswith("CRLF")
        self._twice = [place for place, character in enumerate(text or "") if self._counts_twice(character)]

    def _counts_twice(self, character: str) -> bool:
        return (self._is_wide and character > "\uffff") or (self._is_crlf and character == "\n")

    def offset(self, place: int) -> int:
        """What the program calls this place."""
        return place + bisect_left(self._twice, place)

    def lines(self, text: str) -> str:
        """The text with the line ends that are counted."""
        return text.replace("\n", "\r\n") if self._is_crlf else text

    def counted(self, item: Written) -> Written:
        """The text with all places as the program calls them; those that nobody could place stay."""
        if isinstance(item, TextSource):
            selections = (
                replace(one, start=self.offset(one.start), end=self.offset(one.end)) if one.is_placed else one
                for one in item.selections
            )
            return replace(item, selections=tuple(selections))
        return replace(item, sync_points=tuple(map(self._point, item.sync_points)))

    def _point(self, one: SyncPoint) -> SyncPoint:
        if one.position is None or not one.is_placed:
            return one
        return replace(one, position=self.offset(one.position))
