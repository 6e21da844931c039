"""The schemas of REFI-QDA as tests use them: to check what is written and to make documents of every kind."""

import os
import random
from collections.abc import Collection, Sequence
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from lxml import etree

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "refi-qda"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared REFI-QDA files are not here")


def slow(examples: int) -> settings:
    """How often a property is tried that writes files."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


XSD = "{http://www.w3.org/2001/XMLSchema}"
WORDS = (
    "",
    "words",
    "  two spaces ",
    "line\nfeed",
    "\ttab",
    "return\r\nfeed",
    "<&>\"'",
    "é\u0301 \U0001fa91 ’",
    "\ufeffx",
)
VALUES = {
    "xsd:integer": ("0", "-1", "12", "100000"),
    "xsd:boolean": ("true", "false"),
    "xsd:decimal": ("0", "-1.50", ".5", "2."),
    "xsd:date": ("2026-01-05", "2024-02-29Z"),
    "xsd:dateTime": ("2026-01-05T09:00:00Z", "2018-03-27T17:46:39.123+02:00", "2026-01-05T23:59:59"),
    "RGBType": ("#abc", "#1F77b4"),
}
GUIDS = ("abcdef01-0000-4000-8000-{:012}", "{{ABCDEF01-0000-4000-8000-{:012}}}")


class InTurn:
    """Draws choices in their turn and as much as may be, so that few documents hold whatever may stand."""

    def __init__(self) -> None:
        self._turns: dict[int, int] = {}
        self._last = 1

    def _next(self, length: int) -> int:
        self._turns[length] = self._turns.get(length, -1) + 1
        return self._turns[length] % length

    def random(self) -> float:
        self._last = self._last * 48_271 % 2_147_483_647
        return self._last / 2_147_483_647

    def randint(self, least: int, most: int) -> int:
        return most

    def choice(self, choices: Sequence[Any]) -> Any:
        return choices[self._next(len(choices))]


class Schema:
    """One schema, read independently of the code under test."""

    def __init__(self, name: str) -> None:
        self._tree = etree.parse(SHARED / name).getroot()
        self._types = {one.get("name"): one for one in self._tree if one.get("name")}
        self.namespace = self._tree.get("targetNamespace")
        self._made = 0
        self._root = next(one for one in self._tree if one.tag == f"{XSD}element")

    @cached_property
    def _checker(self) -> etree.XMLSchema:
        return etree.XMLSchema(self._tree.getroottree())

    def check(self, document: bytes) -> None:
        """Fail with the first fault unless the document is valid."""
        self._checker.assertValid(etree.fromstring(document))

    def content(self, document: bytes, leave: Collection[str] = ()) -> list[tuple[str, dict[str, str], str]]:
        """Every element with its attributes and its text, in the order of the document; texts canonical."""
        return [
            (
                one.tag,
                {name: value for name, value in one.attrib.items() if name not in leave},
                "" if len(one) or one.attrib else _canonical(one),
            )
            for one in etree.fromstring(document).iter("*")
        ]

    def declared(self) -> set[tuple[str, str]]:
        """Every (element, attribute) and (element, "") that the schema knows, wherever it stands."""
        found: set[tuple[str, str]] = set()
        seen: set[str] = set()

        def walk(tag: str, type_name: str) -> None:
            found.add((tag, ""))
            kind = self._types.get(type_name)
            if kind is None or kind.tag != f"{XSD}complexType":
                return
            found.update((tag, one.get("name")) for one in kind.iter(f"{XSD}attribute"))
            if f"{tag} {type_name}" not in seen:
                seen.add(f"{tag} {type_name}")
                for one in kind.iter(f"{XSD}element"):
                    walk(one.get("name"), one.get("type"))

        walk(self._root.get("name"), self._root.get("type"))
        return found

    def document(self, draw: random.Random | InTurn) -> bytes:
        """A valid document in which anything that may stand may stand."""
        root = etree.Element(f"{{{self.namespace}}}{self._root.get('name')}", nsmap={None: self.namespace})
        self._fill(draw, root, self._root.get("type"), 0)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _fill(self, draw: random.Random | InTurn, element: etree._Element, type_name: str, depth: int) -> None:
        kind = self._types.get(type_name)
        if kind is None or kind.tag != f"{XSD}complexType":
            element.text = self._value(draw, type_name)
            return
        for one in kind.iter(f"{XSD}attribute"):
            if one.get("use") == "required" or draw.random() < 0.5:
                element.set(one.get("name"), self._value(draw, one.get("type")))
        for group in kind:
            if element.get("plainTextPath") is not None:
                group = _without(group, "PlainTextContent")
            if group.tag in (f"{XSD}sequence", f"{XSD}choice"):
                self._fill_group(draw, element, group, depth)

    def _fill_group(
        self, draw: random.Random | InTurn, element: etree._Element, group: etree._Element, depth: int
    ) -> None:
        for _ in range(1 if group.get("maxOccurs") is None else draw.randint(1, 3)):
            chosen = [draw.choice(list(group))] if group.tag == f"{XSD}choice" else list(group.iterchildren("*"))
            for one in chosen:
                if one.tag != f"{XSD}element":
                    self._fill_group(draw, element, one, depth)
                    continue
                least = int(one.get("minOccurs", 1))
                most = max(least, 2 if one.get("maxOccurs") else 1)
                count = least if depth > 5 else draw.randint(least, most)
                for _ in range(count):
                    child = etree.SubElement(element, f"{{{self.namespace}}}{one.get('name')}")
                    self._fill(draw, child, one.get("type"), depth + 1)

    def _value(self, draw: random.Random | InTurn, type_name: str) -> str:
        if type_name == "GUIDType":
            self._made += 1
            return draw.choice(GUIDS).format(self._made)
        kind = self._types.get(type_name)
        choices = [one.get("value") for one in kind.iter(f"{XSD}enumeration")] if kind is not None else []
        return draw.choice(choices or VALUES.get(type_name, WORDS))


def _without(group: etree._Element, name: str) -> etree._Element:
    """The standard wants either a text or a path to one; its schema cannot say so."""
    left = deepcopy(group)
    for one in left.findall(f"{XSD}element[@name='{name}']"):
        left.remove(one)
    return left


def _canonical(element: etree._Element) -> str:
    text = element.text or ""
    if not element.tag.endswith("}PlainTextContent"):
        return text
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
