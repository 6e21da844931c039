"""Write the model as elements, each in the place where the schema wants it."""

from pathlib import Path
from typing import Any

from lxml import etree

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.refi.fields import Attribute, Parts, Target, TypedValue, Words, places
from weft.exchange.refi.model import CLASSES
from weft.exchange.refi.read_elements import MOST_NESTED
from weft.exchange.refi.values import NOT_XML, TYPES


class ElementWriter:
    """One document. `reference` is the name of the attribute in which it refers to others."""

    def __init__(self, path: Path, namespace: str, reference: str) -> None:
        self._path = path
        self._namespace = namespace
        self._reference = reference

    def document(self, item: Any, tag: str, *before: etree._ProcessingInstruction) -> bytes:
        """The bytes of a whole document."""
        namespaces: Any = {None: self._namespace}
        root = etree.Element(f"{{{self._namespace}}}{tag}", nsmap=namespaces)
        self._fill(root, item, 0)
        for instruction in before:
            root.addprevious(instruction)
        return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True, pretty_print=True)

    def _fill(self, element: etree._Element, item: Any, depth: int) -> None:
        if depth > MOST_NESTED:
            raise self._refused(f"{_tag(element)} is nested more than {MOST_NESTED} deep.")
        for name, place in places(type(item)):
            held = getattr(item, name)
            if held is None:
                if (isinstance(place, Attribute) and place.is_required) or (
                    isinstance(place, Target) and not place.is_many
                ):
                    raise self._refused(f"{name} of {_tag(element)} is missing.")
            elif isinstance(place, Attribute):
                element.set(place.name, self._text(f"{place.name} of {_tag(element)}", place.type, held))
            elif isinstance(place, Words):
                self._add(element, place.tag).text = self._text(place.tag, "string", held)
            elif isinstance(place, TypedValue):
                tag = f"{held.type}Value"
                self._add(element, tag).text = self._text(tag, tag, held.text)
            elif isinstance(place, Target):
                for guid in held if place.is_many else (held,):
                    self._add(element, place.tag).set(self._reference, self._text(place.tag, "guid", guid))
            elif place.is_many:
                self._fill_many(element, place, held, depth)
            else:
                self._fill(self._add(element, place.tags[0]), held, depth + 1)

    def _fill_many(self, element: etree._Element, place: Parts, held: tuple[Any, ...], depth: int) -> None:
        if not held:
            return
        for tag in place.inside:
            element = self._add(element, tag)
        for item in held:
            tag = next((tag for tag in place.tags if CLASSES[tag] is type(item)), "")
            if not tag:
                raise self._refused(f"{type(item).__name__} is no {' or '.join(place.tags)}.")
            self._fill(self._add(element, tag), item, depth + 1)

    def _add(self, element: etree._Element, tag: str) -> etree._Element:
        return etree.SubElement(element, f"{{{self._namespace}}}{tag}")

    def _text(self, what: str, type: str, value: Any) -> str:
        """The value as the file has it. Only what is read back the same may be written."""
        value_type = TYPES.get(type)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        try:
            if value_type is None or value_type.read(text) != value:
                raise ValueError(text)
        except ValueError:
            expected = value_type.expected if value_type else "of a type that REFI-QDA has"
            raise self._refused(f"{what} must be {expected}, got {shown(text)}.") from None
        if found := NOT_XML.search(text):
            raise self._refused(f"{what} holds the character {shown(found[0])}, which XML cannot hold.")
        return text

    def _refused(self, why: str) -> ExchangeError:
        return ExchangeError(f"cannot be written: {why}", file=self._path)


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname
