"""Positions in texts, which every program counts in its own way, in code points of the canonical text."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from weft.exchange.loss import LossItem
from weft.exchange.refi.model import OffsetReading, Project, SyncPoint, TextSelection, TextSource, Transcript
from weft.exchange.refi.rebuild import everything, rebuilt
from weft.exchange.refi.texts import Written, called
from weft.exchange.refi.values import guid_key
from weft.methods.text_spans import READINGS, Decoded, ForeignSelection, decode

WRITTEN = READINGS[0]


def placed(project: Project, document: str, *, said: str | None, given: str | None) -> tuple[Project, list[LossItem]]:
    """The project with all positions read the same way: as given, as the file says, or as makes most sense."""
    texts = [item for item in everything(project) if isinstance(item, TextSource | Transcript)]
    foreign = [(text.text, list(_foreign(number, text))) for number, text in enumerate(texts)]
    decoded = decode(foreign, given or said)
    spans = {**decoded.spans, **_points(foreign, decoded)}
    placing = {id(text): _Placing(document, number, spans) for number, text in enumerate(texts)}
    loss: list[LossItem] = []

    def place(item: Any) -> Any:
        if id(item) in placing:
            return placing[id(item)].text(item, loss)
        return item

    answer = rebuilt(project, place)
    reading = OffsetReading(
        name=decoded.reading,
        chosen_by="caller" if given else "file" if said else "score",
        scores=tuple((name, decoded.scores[name]) for name in READINGS),
        is_ambiguous=decoded.ambiguous,
        empty=sum(one.empty for one in placing.values()),
        unplaced=sum(one.unplaced for one in placing.values()),
    )
    return replace(answer, reading=reading), [*_about(reading, document, spans), *loss]


def _about(reading: OffsetReading, document: str, spans: Mapping[str, object]) -> Iterator[LossItem]:
    """What the reading changes, where anything is placed at all."""
    if reading.name != WRITTEN and any(spans.values()):
        why = f"They were counted as {reading.name} and are counted as {WRITTEN} now."
        yield LossItem(document, "positions in texts", "changed", why)
    if reading.is_ambiguous:
        why = "Another way of counting makes as much sense and gives other passages; look at them or say which it is."
        yield LossItem(document, "positions in texts", "changed", why)


def _foreign(number: int, item: Written) -> Iterator[ForeignSelection]:
    """Selections as they are written. A sync point is one from the beginning of the text."""
    if isinstance(item, TextSource):
        for place, one in enumerate(item.selections):
            yield ForeignSelection(f"{number} {place}", one.start, one.end, one.name or "")
        return
    positions: dict[str, int] = {}
    for place, point in enumerate(item.sync_points):
        if point.position is not None:
            positions[guid_key(point.guid)] = point.position
            yield ForeignSelection(f"{number} {place}", 0, point.position)
    for place, stretch in enumerate(item.selections):
        start = positions.get(guid_key(stretch.from_sync_point or ""))
        end = positions.get(guid_key(stretch.to_sync_point or ""))
        if start is not None and end is not None:
            yield ForeignSelection(f"{number} between {place}", start, end, stretch.name or "")


def _points(
    foreign: list[tuple[str | None, list[ForeignSelection]]], decoded: Decoded
) -> dict[str, tuple[int, int] | None]:
    """Selections of no length, which are left out of the choice, placed by it."""
    empty = set(decoded.empty)
    if not empty:
        return {}
    asked = [(text, [replace(one, start=0) for one in chosen if one.guid in empty]) for text, chosen in foreign]
    found = decode(asked, decoded.reading)
    ends = {key: None if span is None else (span[1], span[1]) for key, span in found.spans.items()}
    return {**dict.fromkeys(found.empty, (0, 0)), **ends}


class _Placing:
    """Puts the places of one text."""

    def __init__(self, document: str, number: int, spans: Mapping[str, tuple[int, int] | None]) -> None:
        self._document = document
        self._number = number
        self._spans = spans
        self.empty = 0
        self.unplaced = 0

    def text(self, item: Written, loss: list[LossItem]) -> Written:
        """The text with what could be placed; what could not stays as the file has it."""
        if isinstance(item, Transcript):
            points = tuple(self._point(place, one) for place, one in enumerate(item.sync_points))
            lost = [
                f"Sync point {one.guid} has position {one.position}, which"
                for one in points
                if one.position is not None and not one.is_placed
            ]
            answer: Written = replace(item, sync_points=points)
        else:
            chosen = tuple(self._selection(place, one) for place, one in enumerate(item.selections))
            lost = [
                f"Selection {one.guid} has positions {one.start}..{one.end}, which"
                for one in chosen
                if not one.is_placed
            ]
            answer = replace(item, selections=chosen)
        self.unplaced = len(lost)
        where = called(item)
        if item.text is None and lost:
            why = "There is no text for its positions; they are kept as they stand."
            loss.append(LossItem(self._document, where, "left out", why, len(lost)))
        elif lost:
            loss += [
                LossItem(self._document, where, "left out", f"{one} cannot be placed inside the text.") for one in lost
            ]
        return answer

    def _selection(self, place: int, one: TextSelection) -> TextSelection:
        span = self._spans.get(f"{self._number} {place}")
        self.empty += one.start == one.end
        return replace(one, is_placed=False) if span is None else replace(one, start=span[0], end=span[1])

    def _point(self, place: int, one: SyncPoint) -> SyncPoint:
        if one.position is None:
            return one
        span = self._spans.get(f"{self._number} {place}")
        return replace(one, is_placed=False) if span is None else replace(one, position=span[1])
