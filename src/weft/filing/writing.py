"""Writing a programme file: always the same bytes for the same programme."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import yaml
from pydantic_core import PydanticUndefined

from weft.core.fields import CONTROLS
from weft.filing.parts import Part, moment_on

LONG = 100
WIDE = 116


class Whole(dict[str, Any]):
    """A mapping that never stands on one line."""


class Account(int):
    """Somebody with an account, until everybody has a key."""


def put(part: type[Part], **values: Any) -> dict[str, Any]:
    """A mapping with the keys of a part in their order, without what is left out anyway."""
    unknown = values.keys() - part.model_fields.keys()
    if unknown:
        raise TypeError(f"{part.__name__} has no key {min(unknown)}.")
    kept = {}
    for name, about in part.model_fields.items():
        value = values.get(name)
        usual = about.get_default(call_default_factory=True)
        if value is None or (usual is not PydanticUndefined and value == usual):
            continue
        kept[name] = value
    return kept


def unless(value: Any, usual: Any) -> Any:
    """The value, or nothing where it is the usual one."""
    return None if value == usual else value


def unless_noon(at: datetime, day: date) -> datetime | None:
    """A time of entry, unless it is only known by its day."""
    return unless(at, moment_on(day))


def account(user_id: int | None) -> Account | None:
    """An account by its number."""
    return None if user_id is None else Account(user_id)


def accounts_in(value: Any) -> set[int]:
    """Everybody who stands in a value."""
    if isinstance(value, Account):
        return {int(value)}
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {one for part in inner for one in accounts_in(part)}


def keys_for(emails: dict[int, str]) -> dict[int, str]:
    """What each account is called: the first part of its address, or all of it where two would be called the same."""
    short = {one: _key(email.partition("@")[0]) for one, email in emails.items()}
    called = list(short.values())
    return {one: key if called.count(key) == 1 else _key(emails[one]) for one, key in short.items()}


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).lstrip("._-")[:60] or "somebody"


def pounds(pence: int) -> str:
    """Pounds as the file has them."""
    return f"{pence // 100}.{pence % 100:02d}" if pence % 100 else str(pence // 100)


def seconds(moments: Iterable[datetime], since: datetime) -> str:
    """Seconds from one time to others, to the microsecond."""
    spans = (moment - since for moment in moments)
    return " ".join(
        f"{span.days * 86400 + span.seconds}.{span.microseconds:06d}".rstrip("0").rstrip(".") for span in spans
    )


def as_json(value: Any) -> str:
    """What was frozen, in a text that is the same every time."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


def exchanged(value: Any, names: dict[str, str]) -> Any:
    """A value with some of its texts, and of its keys, exchanged for others."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [exchanged(one, names) for one in value]
    if isinstance(value, dict):
        return {names.get(key, key): exchanged(one, names) for key, one in value.items()}
    return value


class _Dumper(yaml.SafeDumper):
    """Every value is a text; only what looks like null needs quotes."""

    yaml_implicit_resolvers: Any = {}

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def _text(dumper: _Dumper, value: str) -> Any:
    value = CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    as_block = "\n" in value or len(value) > LONG
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, "|" if as_block else None)


def _plain(dumper: _Dumper, value: Any) -> Any:
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, datetime):
        text = value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    else:
        text = str(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> Any:
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", value.items(), flow_style=not isinstance(value, Whole) and _is_short(value)
    )


def _list(dumper: _Dumper, value: list[Any]) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_short(value))


def _is_short(value: Any) -> bool:
    """Whether a mapping or a list stands on one line."""
    parts = list(value.values()) if isinstance(value, dict) else value
    if any(
        isinstance(one, dict) or (isinstance(one, list) and any(isinstance(o, dict | list) for o in one))
        for one in parts
    ):
        return False
    told = str({k: str(v) for k, v in value.items()} if isinstance(value, dict) else [str(v) for v in parts])
    return len(told) < WIDE and "\\n" not in told


for kind in (bool, int, float, date, datetime):
    _Dumper.add_representer(kind, _plain)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(Whole, _mapping)
_Dumper.add_representer(list, _list)


def as_yaml(data: dict[str, Any]) -> str:
    """The file, its parts with an empty line between them."""
    parts = (
        yaml.dump(Whole({name: value}), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30, indent=2)
        for name, value in data.items()
    )
    return "\n".join(parts)
