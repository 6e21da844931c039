"""The whole file, and what is wrong with one that does not fit it."""

import functools
import operator
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import Field, ValidationError

from weft.filing.items import Item
from weft.filing.lines import QUOTE, Document, Fault, Faulty, Path, near
from weft.filing.parts import Citing, Part, may, need, shown
from weft.programme_file import schema_grants, schema_listen, schema_people, schema_share
from weft.provenance.file import every

ITEMS: dict[str, type[Item]] = {key: filed.part for key, filed in every().items()}
if TYPE_CHECKING:
    AnyItem = Any
else:
    AnyItem = Annotated[functools.reduce(operator.or_, ITEMS.values()), Field(discriminator="kind")]


class File(Part):
    """A programme file."""

    weft: Literal["1"] = need("The version of this format: `1`.")
    programme: schema_people.Programme = need("The programme itself.")
    people: list[schema_people.Person] = may([], "Everybody with an account whom the file names.")
    organisations: list[schema_people.Organisation] = may([], "The bodies that take part.")
    places: list[schema_people.Place] = may([], "The places, with their venues.")
    teams: list[schema_people.Team] = may([], "The teams.")
    memberships: list[schema_people.Membership] = may([], "Who belongs.")
    leads: list[schema_people.Lead] = may([], "Who led which stage, in any order.")
    sessions: list[schema_people.Session] = may([], "The sessions of the learning journey.")
    conversations: list[schema_listen.Conversation] = may([], "The conversations with everything that was said.")
    items: list[AnyItem] = may([], "Everything else on the thread.")
    grants: list[schema_grants.Grant] = may([], "Money awarded to teams.")
    report: schema_share.Report | None = may(None, "The report.")
    withdrawals: list[schema_share.Withdrawal] = may([], "What was taken back, the first one first.")
    tombstones: list[schema_share.Tombstone] = may([], "Only in dumps: what was taken back before the dump.")


def fitted(document: Document) -> File:
    """The file as the schema knows it, or everything that does not fit."""
    faults = [*_left_empty(document), *_cut_off(document)]
    try:
        file = File.model_validate(document.data)
    except ValidationError as error:
        raise Faulty(document.name, [*faults, *(_fault(document, one) for one in error.errors())]) from None
    if faults:
        raise Faulty(document.name, faults)
    return file


def _place(document: Document, path: Path) -> tuple[type[Part] | None, str, bool]:
    """The part that a path lies in, its last key, and whether it is a heading of one of its keys."""
    steps = list(path)
    if len(steps) > 2 and steps[0] == "items":
        item = document.at(path[:2])
        steps.insert(2, item.get("kind", "") if isinstance(item, dict) else "")
        if steps[2] not in ITEMS:
            return None, "", False
    part, key = part_at(steps)
    if part is None:
        part, key = part_at(steps[:-1])
        return part, key, True
    return part, key, False


def _left_empty(document: Document) -> Iterator[Fault]:
    """What cannot stand without a value: unknown keys, headings, and keys without a colon."""
    for path in document.empty:
        part, key, is_heading = _place(document, path)
        if part is not None and key not in part.model_fields and not is_heading:
            yield document.fault(path, _unknown(document, path, part, key))
        elif part is not None and key in part.model_fields and (is_heading or path in document.bare):
            hint = f" {QUOTE}" if path in document.cut else ""
            yield document.fault(path, f"nothing stands after {path[-1]}.{hint}")


def _cut_off(document: Document) -> Iterator[Fault]:
    """Texts of which a comment took the end."""
    for path in document.commented:
        part, key, is_heading = _place(document, path)
        if part is not None and key in part.model_fields and (is_heading or _is_free(part, key)):
            yield document.fault(
                path, "a space and # end the text here. Put it in quotes, or the comment on a line of its own."
            )


def _is_free(part: type[Part], key: str) -> bool:
    """Whether a key holds a text in anybody's words."""
    field = part.model_fields[key]
    checks = [getattr(mark, "func", None) for mark in field.metadata]
    return field.annotation in (str, str | None) and all(check in (None, Citing) for check in checks)


def _fault(document: Document, error: Any) -> Fault:
    path = _path(document, error["loc"])
    return document.fault(path, _sentence(document, path, error))


def _path(document: Document, loc: Iterable[Any]) -> Path:
    """Where it stands in the file: without the tags that the schema puts between."""
    path: list[str | int] = []
    here: Any = document.data
    steps = list(loc)
    for at, step in enumerate(steps):
        is_tag = at == 2 and steps[0] == "items" and step in ITEMS
        if is_tag or (isinstance(here, str) and path):
            continue
        path.append(step)
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            here = None
    return tuple(path)


def _sentence(document: Document, path: Path, error: Any) -> str:
    """What was found and what was expected."""
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        part, key = part_at(error["loc"])
        return _unknown(document, path, part, key)
    if kind == "missing":
        return f"this key is missing. {_about(error['loc'])}".strip()
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        found = value.get("kind") if isinstance(value, dict) else value
        told = f"found the kind {shown(found)}" if found else "the kind is missing"
        return f"{told}; one of {', '.join(ITEMS)} was expected."
    if kind == "string_too_long":
        return f"found {len(value):,} characters; at most {context['max_length']:,} were expected."
    if kind == "string_too_short":
        return "nothing stands here; a text was expected."
    return f"found {shown(value)}; {_expected(kind, context, error['msg'])} expected."


def _expected(kind: str, context: Any, message: str) -> str:
    words = {
        "bool": "yes or no was",
        "int": "a whole number was",
        "float": "a number was",
        "string": "a text was",
        "list": "a list was",
        "tuple": "a list was",
        "dict": "keys with values were",
        "model": "keys with values were",
        "json": "JSON was",
        "too_short": "at least one entry was",
    }
    if kind == "literal_error":
        return f"{str(context['expected']).replace(chr(39), '')} was"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"a number {'from' if 'ge' in context else 'up to'} {context.get('ge', context.get('le'))} was"
    for start, said in words.items():
        if kind.startswith(start):
            return said
    return f"{message[0].lower()}{message[1:]} was"


def part_at(loc: Iterable[Any]) -> tuple[type[Part] | None, str]:
    """The part of the schema that holds the last key of a path, and that key."""
    here: type[Part] | None = File
    steps = [step for step in loc if not isinstance(step, int)]
    for at, step in enumerate(steps[:-1]):
        if at == 1 and steps[0] == "items" and step in ITEMS:
            here = ITEMS[step]
        elif here is not None and step in here.model_fields:
            here = next(parts_in(here.model_fields[step].annotation), None)
    return here, steps[-1] if steps else ""


def parts_in(annotation: Any) -> Iterator[type[Part]]:
    """The parts named in the type of a key."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from parts_in(inner)


def _unknown(document: Document, path: Path, part: type[Part] | None, key: str) -> str:
    known = list(part.model_fields) if part else []
    hint = f" {QUOTE}" if path in document.cut else ""
    return f"there is no key called {key} here.{near(key, known)}{hint} The keys are {', '.join(known)}."


def _about(loc: Iterable[Any]) -> str:
    part, key = part_at(loc)
    described = part.model_fields[key].description if part and key in part.model_fields else ""
    return f"Expected here: {described}" if described else ""
