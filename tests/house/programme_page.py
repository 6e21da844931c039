"""The tables of docs/programme-file.md, made from the schema.

`python -m tests.house.programme_page` writes them anew.
"""

import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import django
from pydantic import Json
from pydantic_core import PydanticUndefined

from tests.house.tree import ROOT

if __name__ == "__main__":
    django.setup()

from weft.filing import parts as kinds
from weft.filing.items import Item
from weft.filing.parts import Part
from weft.programme_file import schema_listen
from weft.programme_file.schema import ITEMS, File, parts_in

PAGE = ROOT / "docs" / "programme-file.md"
HEADING = re.compile(r"^#+ (.*)$|<!-- keys of (\w+) -->", re.MULTILINE)
TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
NAMES = {
    kinds.Slug: "short name",
    kinds.Key: "short name",
    kinds.JoinCode: "join code",
    kinds.Email: "email address",
    kinds.Hex: "64 hexadecimal digits",
    kinds.Code: "code",
    kinds.Day: "date",
    kinds.Moment: "time",
    kinds.MomentAhead: "time",
    kinds.Pence: "pounds",
    kinds.PersonName: "key of a person",
    kinds.OrganisationName: "slug of an organisation",
    kinds.PlaceName: "slug of a place",
    kinds.VenueName: "`<place>/<venue>`",
    kinds.TeamName: "slug of a team",
    kinds.ConversationCode: "code of a conversation",
    kinds.ItemCode: "code of an item",
    kinds.Cited: "text that cites",
}
KNOWN = {[one for one in alias.__metadata__ if hasattr(one, "func")][-1]: name for alias, name in NAMES.items()}
HEADINGS: dict[str, str] = {}
FUNCTIONS = {schema_listen._votes: "signs", schema_listen._seconds: "numbers"}


def parts() -> dict[str, type[Part]]:
    """Every mapping of a file by its name."""
    found: dict[str, type[Part]] = {}

    def add(part: type[Part]) -> None:
        if part.__name__ not in found:
            found[part.__name__] = part
            for field in part.model_fields.values():
                for inner in parts_in(field.annotation):
                    add(inner)

    add(File)
    return {**found, "Item": Item}


def told(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    """The type of a key in words."""
    for mark in reversed(metadata):
        if mark in KNOWN:
            return KNOWN[mark]
        if getattr(mark, "func", None) in FUNCTIONS:
            return FUNCTIONS[mark.func]
        if mark is Json or isinstance(mark, Json):
            return "JSON"
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return told(inner[0], inner[1:])
    if origin in {Union, UnionType}:
        if any(isinstance(one, type) and one in ITEMS.values() for one in inner):
            return "[items](#items)"
        return " or ".join(told(one) for one in inner if one is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is list:
        return f"list of {told(inner[0])}"
    if origin is dict:
        return f"{told(inner[1])} by heading"
    if origin is tuple:
        return "list of two"
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return HEADINGS[annotation.__name__]
    return {str: "text", bool: "yes or no", int: "whole number", float: "number"}.get(annotation, "JSON")


def find_headings(page: str) -> None:
    """Learn under which heading each part stands, to lead there."""
    heading = ""
    for title, part in HEADING.findall(page):
        if part:
            HEADINGS[part] = f"[{heading}](#{heading.lower().replace(' ', '-')})"
        else:
            heading = title


def rows(part: type[Part]) -> Iterator[str]:
    """The lines of the table of one part."""
    yield "| key | what | if left out | meaning |"
    yield "|---|---|---|---|"
    common = Item.model_fields if part is not Item and issubclass(part, Item) else {}
    for name, field in part.model_fields.items():
        if name in common:
            continue
        limit = next((one.max_length for one in field.metadata if hasattr(one, "max_length")), None)
        kind = told(field.annotation, tuple(field.metadata))
        if limit and kind.startswith("text"):
            kind += f", up to {limit:,}"
        usual = field.get_default(call_default_factory=True)
        if usual is PydanticUndefined:
            left_out = "needed"
        elif usual is None or usual in ("", [], {}):
            left_out = ""
        else:
            left_out = {True: "yes", False: "no"}.get(usual, f"`{usual}`") if isinstance(usual, bool) else f"`{usual}`"
        yield f"| `{name}` | {kind} | {left_out} | {field.description} |"


def table(part: type[Part]) -> str:
    """The table of one part."""
    return "\n".join(rows(part)) + "\n"


def written_anew(page: str) -> str:
    """The page with its tables as the schema is now."""
    known = parts()
    find_headings(page)
    return TABLE.sub(lambda found: found[1] + table(known[found[2]]) + found[3], page)


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text("utf-8")), "utf-8")
