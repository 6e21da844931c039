"""What each column of the database holds: of whom, what, and until when. A column that does not say so fails a test.

A table says it once for its rows, in `keeps`, and by name for columns that hold something else or whose type tells
nothing. What follows from a type is worked out here. The documentation and the page on privacy are written from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.apps import apps
from django.db import models

from weft.core.columns import Asked, NamedLine


class Whom(StrEnum):
    CONTRIBUTOR = "a contributor"
    MEMBER = "somebody with an account"
    DECISION_MAKER = "whoever answers an ask"
    OUTSIDER = "somebody outside"
    NOBODY = "nobody"


class What(StrEnum):
    IDENTITY = "who they are"
    CONTACT = "how to reach them"
    VOICE = "what they said"
    ANSWER = "how they answered"
    ABOUT_YOU = "what they said about themselves"
    SAFEGUARDING = "what endangers them"
    MONEY = "money"
    WORK = "what they do in their work"
    TECHNICAL = "what the program needs to run"


class Until(StrEnum):
    TAKEN_BACK = "until it is taken back"
    DECIDED = "until somebody decides on it, 30 days at most"
    PROGRAMME = "as long as the programme"
    ACCOUNT = "as long as the account"
    SHORTLY = "until it has run out, two weeks at most"
    INSTALLATION = "as long as the installation"


@dataclass(frozen=True)
class Holds:
    """What one column holds."""

    of: Whom
    what: What
    until: Until


class Keeps:
    """What the rows of a table hold, and by name what some of their columns hold instead."""

    def __init__(self, of: Whom, what: What, until: Until, /, **columns: What | Holds) -> None:
        self.rows = Holds(of, what, until)
        self.columns = {
            name: replace(self.rows, what=held) if isinstance(held, What) else held for name, held in columns.items()
        }


# Tables of other packages.
OTHERS: Mapping[str, Keeps] = {
    "account_emailaddress": Keeps(Whom.MEMBER, What.CONTACT, Until.ACCOUNT, email=What.CONTACT),
    "account_emailconfirmation": Keeps(Whom.MEMBER, What.TECHNICAL, Until.SHORTLY, key=What.TECHNICAL),
    "auth_group": Keeps(Whom.NOBODY, What.TECHNICAL, Until.INSTALLATION, name=What.TECHNICAL),
    "auth_group_permissions": Keeps(Whom.NOBODY, What.TECHNICAL, Until.INSTALLATION),
    "auth_permission": Keeps(
        Whom.NOBODY, What.TECHNICAL, Until.INSTALLATION, name=What.TECHNICAL, codename=What.TECHNICAL
    ),
    "accounts_user_groups": Keeps(Whom.MEMBER, What.TECHNICAL, Until.ACCOUNT),
    "accounts_user_user_permissions": Keeps(Whom.MEMBER, What.TECHNICAL, Until.ACCOUNT),
    "django_content_type": Keeps(
        Whom.NOBODY, What.TECHNICAL, Until.INSTALLATION, app_label=What.TECHNICAL, model=What.TECHNICAL
    ),
    "django_session": Keeps(
        Whom.MEMBER, What.TECHNICAL, Until.SHORTLY, session_key=What.TECHNICAL, session_data=What.TECHNICAL
    ),
}
TELLING = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
KNOWN_BY_NAME = ("code", "key", "revision", "slug")


def tables() -> list[type[models.Model]]:
    """Every table of the database, those that only tie two others included."""
    return list(apps.get_models(include_auto_created=True))


def keeps_of(table: type[models.Model]) -> Keeps | None:
    """What a table says of its rows; one that only ties two others is as the table whose column made it."""
    owner = table._meta.auto_created
    said = OTHERS.get(table._meta.db_table) or getattr(owner or table, "keeps", None)
    return said if isinstance(said, Keeps) else None


def holds(column: "models.Field[object, object]") -> Holds | None:
    """What a column holds; nothing where neither its table nor its type says so."""
    keeps = keeps_of(column.model)
    if keeps is None:
        return None
    if column.name in keeps.columns:
        return keeps.columns[column.name]
    if column.is_relation:
        return _of_relation(column.related_model, keeps.rows.until)
    if column.primary_key or column.name in KNOWN_BY_NAME:
        return Holds(Whom.NOBODY, What.TECHNICAL, keeps.rows.until)
    if isinstance(column, NamedLine):
        return Holds(Whom.OUTSIDER, What.IDENTITY, keeps.rows.until)
    if isinstance(column, TELLING) and not isinstance(column, Asked) and not column.choices:
        return None
    return keeps.rows


def _of_relation(table: object, until: Until) -> Holds:
    """To point at an account, or at somebody who took part, says who somebody is; other rows are nobody."""
    keeps = keeps_of(table) if isinstance(table, type) and issubclass(table, models.Model) else None
    if keeps is not None and What.IDENTITY in {one.what for one in (keeps.rows, *keeps.columns.values())}:
        return Holds(keeps.rows.of, What.IDENTITY, until)
    return Holds(Whom.NOBODY, What.TECHNICAL, until)


def kept_of(whom: Whom) -> Iterator[tuple[What, list[Until]]]:
    """What is kept of somebody, and until when, in the order of `What`."""
    columns = [column for table in tables() for column in table._meta.concrete_fields]
    held = [one for column in columns if (one := holds(column)) and one.of == whom]
    for what in What:
        if ends := {one.until for one in held if one.what == what}:
            yield what, [until for until in Until if until in ends]
