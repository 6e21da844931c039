"""Dumping a programme: the file from which the same programme is loaded."""

from typing import Any

from weft.filing.writing import Account, accounts_in, as_yaml, keys_for, put
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme
from weft.programme_file import dump_grants, dump_listen, dump_people, dump_share
from weft.programme_file.schema import File
from weft.programme_file.schema_people import Person
from weft.provenance import masks
from weft.provenance.file import Dumping, every
from weft.provenance.registry import NOUNS


def dump(programme: Programme) -> str:
    """The text of the file."""
    found = Dumping(programme)
    parts: dict[str, Any] = {
        **dump_people.people(programme),
        "conversations": dump_listen.conversations(programme),
        "items": _items(found),
        "grants": dump_grants.grants(found, programme),
        "report": dump_share.report(programme),
        "tombstones": dump_share.tombstones(found),
    }
    users = User.objects.filter(pk__in=accounts_in(parts))
    keys = keys_for({user.pk: user.email for user in users})
    people = [_person(user, keys[user.pk]) for user in users]
    people.sort(key=lambda person: str(person["key"]))
    return as_yaml(put(File, weft="1", people=people, **_named(parts, keys)))


def _person(user: User, key: str) -> dict[str, Any]:
    said = {"named": None if user.is_under_18 else user.shows_name, "under_18": user.is_under_18}
    return put(Person, key=key, name=user.name, email=user.email, **said)


def _items(found: Dumping) -> list[dict[str, Any]]:
    """Every item that stands, but what stands in other parts of the file."""
    rows: dict[Any, Any] = {}
    for key, filed in every().items():
        standing = NOUNS[key].model._default_manager.filter(node__programme=found.programme, node__withdrawn_at=None)
        rows.update({row.pk: row for row in standing.select_related(*filed.joined)})
    return [
        every()[node.kind].dump(found, node, rows[node.pk])
        for node in found.nodes.values()
        if not node.is_withdrawn and node.kind in every()
    ]


def _named(value: Any, keys: dict[int, str]) -> Any:
    """The value with a key in place of every account, and with no number on a mark: the words are in no file."""
    if isinstance(value, Account):
        return keys[value]
    if isinstance(value, str):
        return masks.unnumbered(value)
    if isinstance(value, dict):
        return {name: _named(one, keys) for name, one in value.items()}
    if isinstance(value, list):
        return [_named(one, keys) for one in value]
    return value
