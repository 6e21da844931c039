"""Read elements into the model; what has no place there goes into the loss report."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from lxml import etree

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.refi.fields import Attribute, Parts, Place, Target, TypedValue, Words, places
from weft.exchange.refi.model import CLASSES, TypedText
from weft.exchange.refi.values import TYPES
from weft.exchange.xml import parse_xml

MOST_NESTED = 100
UNITS = ("line", "element")
SCHEMA_HINTS = "{http://www.w3.org/2001/XMLSchema-instance}"
REFERENCES = ("targetGUID", "guid")

T = TypeVar("T")


class ElementReader:
    """One document on its way into the model."""

    def __init__(self, data: bytes, file: Path | str, name: str) -> None:
        self.root = parse_xml(data, file)
        self._file = file
        self._name = name
        self._namespace = ""
        self._lost: dict[tuple[str, Literal["left out", "changed"], str], tuple[int, int]] = {}

    @property
    def loss(self) -> LossReport:
        """What was left out or changed so far, the same things together."""
        return tuple(
            LossItem(self._name, f"line {line}, {what}", kind, why, count)
            for (what, kind, why), (line, count) in self._lost.items()
        )

    def document(self, cls: type[T], tag: str, namespace: str) -> T:
        """The root, which has this name. A version of the standard that differs is read the same and reported."""
        found = etree.QName(self.root)
        family = namespace.rsplit(":", 1)[0]
        if found.localname != tag or not (found.namespace is None or found.namespace.startswith(family)):
            says = f"must begin with the element {tag} of REFI-QDA, got {shown(self.root.tag)}."
            raise ExchangeError(says, file=self._file, found=self.root.tag, expected=tag)
        self._namespace = found.namespace or ""
        if self._namespace != namespace:
            self._lose(self.root, tag, "changed", f"It was read as {namespace}.")
        return self._item(cls, self.root, 0)

    def _item(self, cls: type[T], element: etree._Element, depth: int) -> T:
        if depth > MOST_NESTED:
            raise self._refused(element, f"is nested more than {MOST_NESTED} deep.")
        attributes, slots, needed = _layout(cls)
        values = {name: self._attribute(element, place) for name, place in attributes.values()}
        self._lose_attributes(element, attributes)
        self._lose_text(element)
        many: dict[str, list[Any]] = {}
        for child, tag in self._children(element):
            if tag not in slots:
                self._lose(child, tag, "left out", f"Weft has no place for this in {_tag(element)}.")
                continue
            name, place = slots[tag]
            for value in self._values(place, child, depth):
                if getattr(place, "is_many", False):
                    many.setdefault(name, []).append(value)
                elif values.setdefault(name, value) is not value:
                    self._lose(child, tag, "left out", "There is one already.")
        for name, tag in needed:
            if name not in values:
                raise self._refused(element, f"has no {tag}.")
        return cls(**values, **{name: tuple(found) for name, found in many.items()})

    def _values(self, place: Place, child: etree._Element, depth: int) -> Iterator[Any]:
        if isinstance(place, Words):
            yield self._words(child)
        elif isinstance(place, TypedValue):
            yield from self._typed(child)
        elif isinstance(place, Target):
            yield self._reference(child)
        elif isinstance(place, Parts):
            for leaf, tag in self._leaves(child, place, place.inside):
                yield self._item(CLASSES[tag], leaf, depth + 1)

    def _leaves(
        self, element: etree._Element, place: Parts, inside: tuple[str, ...]
    ) -> Iterator[tuple[etree._Element, str]]:
        """The elements that are parts, through those that only hold them."""
        if not inside:
            yield element, _tag(element)
            return
        self._lose_attributes(element, {})
        self._lose_text(element)
        wanted = inside[1:2] or place.tags
        for child, tag in self._children(element):
            if tag in wanted:
                yield from self._leaves(child, place, inside[1:])
            else:
                self._lose(child, tag, "left out", f"Weft has no place for this in {_tag(element)}.")

    def _children(self, element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """The elements in it with their names; those of other standards are left out."""
        for child in element.iterchildren("*"):
            name = etree.QName(child)
            if (name.namespace or "") == self._namespace:
                yield child, name.localname
            else:
                self._lose(child, shown(child.tag), "left out", "It is no element of REFI-QDA.")

    def _attribute(self, element: etree._Element, place: Attribute) -> Any:
        text = element.get(place.name)
        if text is None and not place.is_required:
            return None
        value_type = TYPES[place.type]
        try:
            if text is not None:
                return value_type.read(text)
        except ValueError:
            pass
        says = f"{place.name} must be {value_type.expected}, got {shown(text or '')}."
        if place.is_required and place.otherwise is None:
            raise self._refused(element, says, text, value_type.expected)
        kept = place.otherwise if place.is_required else None
        why = says if kept in (None, "") else f"{says} It was taken for {'true' if kept is True else kept}."
        self._lose(element, f"{_tag(element)}, {place.name}", "left out" if kept is None else "changed", why)
        return kept

    def _words(self, element: etree._Element) -> str:
        self._lose_attributes(element, {})
        if any(True for _ in element.iterchildren("*")):
            self._lose(element, _tag(element), "changed", "Elements in a text were taken out, their words kept.")
        return str(element.xpath("string()"))

    def _typed(self, element: etree._Element) -> Iterator[TypedText]:
        tag, text = _tag(element), self._words(element)
        try:
            yield TypedText(tag.removesuffix("Value"), str(TYPES[tag].read(text)))
        except ValueError:
            self._lose(element, tag, "left out", f"It must be {TYPES[tag].expected}, got {shown(text)}.")

    def _reference(self, element: etree._Element) -> str:
        name = next((name for name in REFERENCES if element.get(name) is not None), REFERENCES[0])
        place = Attribute(name, "guid", True, None)
        self._lose_attributes(element, {name: place})
        self._lose_text(element)
        for child, tag in self._children(element):
            self._lose(child, tag, "left out", f"Weft has no place for this in {_tag(element)}.")
        return str(self._attribute(element, place))

    def _lose_attributes(self, element: etree._Element, known: dict[str, Any]) -> None:
        for name in map(str, element.keys()):
            if name not in known and not name.startswith(SCHEMA_HINTS):
                what = f"{_tag(element)}, {shown(name)}"
                self._lose(element, what, "left out", "Weft has no place for this attribute.")

    def _lose_text(self, element: etree._Element) -> None:
        if any(text.strip() for text in (element.text, *(child.tail for child in element)) if text):
            self._lose(element, _tag(element), "left out", "Text stands between its elements.")

    def _lose(self, element: etree._Element, what: str, kind: Literal["left out", "changed"], why: str) -> None:
        line, count = self._lost.get((what, kind, why), (_line(element), 0))
        self._lost[what, kind, why] = (line, count + 1)

    def _refused(
        self, element: etree._Element, says: str, found: str | None = None, expected: str | None = None
    ) -> ExchangeError:
        return ExchangeError(
            says,
            file=self._file,
            row=_line(element),
            column=_tag(element),
            found=found,
            expected=expected,
            units=UNITS,
        )


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return line or 1


Layout = tuple[dict[str, tuple[str, Attribute]], dict[str, tuple[str, Place]], list[tuple[str, str]]]
_LAYOUTS: dict[Any, Layout] = {}


def _layout(cls: Any) -> Layout:
    """The attributes of a class, the elements directly inside by name, and those of them that must be there."""
    if cls not in _LAYOUTS:
        held = places(cls)
        _LAYOUTS[cls] = (
            {place.name: (name, place) for name, place in held if isinstance(place, Attribute)},
            {tag: (name, place) for name, place in held for tag in _first_tags(place)},
            [(name, place.tag) for name, place in held if isinstance(place, Target) and not place.is_many],
        )
    return _LAYOUTS[cls]


def _first_tags(place: Place) -> tuple[str, ...]:
    """The names that an element directly inside may have."""
    if isinstance(place, Words | Target):
        return (place.tag,)
    if isinstance(place, Parts):
        return place.inside[:1] or place.tags
    return place.tags if isinstance(place, TypedValue) else ()
