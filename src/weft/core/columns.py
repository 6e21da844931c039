"""Columns that say more than Django asks: the question on a page, the words of a file, whose words stand in them.

To a migration they are Django's plain columns, so a new label changes nothing in the database. `label` is the question
on a form, and a column without one is on no form. `says` describes it in the documentation of the programme file, and a
column without one is in no file. `null=True` is always written out in the call, where the type checker reads it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.db import models

from weft.core import fields

S = TypeVar("S")
G = TypeVar("G")

if TYPE_CHECKING:
    from django.db.models import (
        BooleanField,
        CharField,
        DateField,
        ForeignKey,
        OneToOneField,
        PositiveIntegerField,
        PositiveSmallIntegerField,
        TextField,
        URLField,
    )
else:

    def _generic(column: type) -> type:
        """The same column, which takes type variables when it runs too, and not for the type checker alone."""
        return type(column.__name__, (column,), {"__class_getitem__": classmethod(lambda cls, _: cls)})

    BooleanField, CharField, DateField = map(_generic, (models.BooleanField, models.CharField, models.DateField))
    ForeignKey, OneToOneField = map(_generic, (models.ForeignKey, models.OneToOneField))
    PositiveIntegerField = _generic(models.PositiveIntegerField)
    PositiveSmallIntegerField = _generic(models.PositiveSmallIntegerField)
    TextField, URLField = map(_generic, (models.TextField, models.URLField))


class Asked:
    """What every such column can say.

    `hint` stands below the question, and `noun` is what the answer is called in a sentence that refuses it. `ways` lead
    from a row to its programme, where the shortest way over keys that are never empty is not the right one.
    """

    plain = ""
    is_words = False

    def __init__(
        self,
        *args: Any,
        label: str = "",
        says: str = "",
        hint: str = "",
        noun: str = "",
        ways: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.label, self.says, self.hint, self.noun, self.ways = label, says, hint, noun, ways
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Django's plain column, with none of our words."""
        name, _, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{self.plain}", args, kwargs

    def asked(self, **more: Any) -> dict[str, Any]:
        """What every field of a form is told."""
        hint = {"help_text": self.hint} if self.hint else {}
        return {"label": self.label, "required": not self.blank, **hint, **more}  # type: ignore[attr-defined]


QUOTE_HINT = (
    "The code of a passage, like [[Q-7K3QD]], shows its words: within a sentence, or as a quotation on its own line."
)
CITE_HINT = f"Markdown works here. Cite with a code in double brackets, like [[F-7K3QD]]. {QUOTE_HINT}"


class Words(Asked):
    """Text with a limit; `cites` says that codes in it are ties."""

    def __init__(self, *args: Any, limit: int | None = None, cites: bool = False, rows: int = 5, **kwargs: Any) -> None:
        self.cites, self.rows = cites, rows
        if cites:
            kwargs.setdefault("hint", CITE_HINT)
        kwargs.setdefault("max_length", limit)
        super().__init__(*args, **kwargs)


class Said(Words, TextField[str, str]):
    """Somebody's words, of many lines."""

    plain, is_words = "TextField", True

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.TextField(limit=self.max_length or 0, rows=self.rows, noun=self.noun, **self.asked(**more))


class SaidLine(Words, CharField[str, str]):
    """Somebody's words, of one line."""

    plain, is_words = "CharField", True

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.LineField(limit=self.max_length or 0, noun=self.noun, **self.asked(**more))


class NamedLine(SaidLine):
    """A role, an author, an address: emptied with its row, and taken out of no other text, since nobody is quoted."""

    is_words = False


class SaidData(Asked, models.JSONField):
    """Something made of somebody's words and kept as data."""

    plain, is_words = "JSONField", True


class WebAddress(Words, URLField[str, str]):
    """An address on the web."""

    plain = "URLField"

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.LineField(limit=self.max_length or 0, kind="url", noun=self.noun, **self.asked(**more))


class OneOf(Asked, CharField[str, str]):
    """One of several words that are fixed; `hints` says more about some of them."""

    plain = "CharField"

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.hints = hints
        super().__init__(*args, **kwargs)

    def formfield(self, **more: Any) -> forms.Field:
        """The question, with every answer in view."""
        choices = cast(fields.Choices, self.choices or ())
        return fields.RadiosField(choices=choices, hints=self.hints, **self.asked(**more))


class Day(Asked, DateField[S, G]):
    """A day."""

    plain = "DateField"

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.DayField(**self.asked(**more))


class Number(Asked, PositiveIntegerField[S, G]):
    """How many."""

    plain = "PositiveIntegerField"

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.NumberField(**self.asked(**more))


class Year(Asked, PositiveSmallIntegerField[S, G]):
    """A year."""

    plain = "PositiveSmallIntegerField"

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.NumberField(lowest=1000, highest=2199, **self.asked(**more))


class Tick(Asked, BooleanField[S, G]):
    """Whether something is so."""

    plain = "BooleanField"

    def formfield(self, **more: Any) -> forms.Field:
        """The question."""
        return fields.TickField(**{**self.asked(**more), "required": False})


class Named(Asked, ForeignKey[S, G]):
    """Something of the programme that is picked by its name: a place, an organisation. `nothing` is no answer."""

    plain = "ForeignKey"

    def __init__(self, to: Any, *args: Any, nothing: str = "None of these", **kwargs: Any) -> None:
        self.nothing = nothing
        super().__init__(to, *args, **kwargs)

    def formfield(self, **more: Any) -> forms.Field:
        """The question; whoever makes the form says what there is to pick."""
        return fields.SelectField(choices=[], **self.asked(**more))


class PartOf(Named[S, G]):
    """The row of another item that this one is a part of; the thread says so too, by the relation `by`."""

    def __init__(self, to: Any, *args: Any, by: str = "produced", **kwargs: Any) -> None:
        self.by = by
        super().__init__(to, *args, **kwargs)


class ItemKey(OneToOneField[S, G]):
    """The node of an item; a migration knows it under the name that each table gives it."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Django's plain column."""
        name, _, args, kwargs = super().deconstruct()
        return (
            name,
            "django.db.models.OneToOneField",
            [*args],
            {**kwargs, "related_name": self.remote_field.related_name},
        )


def asked_of(model: type[models.Model]) -> dict[str, Asked]:
    """The columns of a table that a page asks for, in their order."""
    return {c.name: c for c in model._meta.concrete_fields if isinstance(c, Asked) and c.label}


def words_of(model: type[models.Model]) -> list[str]:
    """The columns of a table in which somebody's words stand."""
    return [c.name for c in model._meta.concrete_fields if isinstance(c, Asked) and c.is_words]


def texts_of(model: type[models.Model]) -> list[str]:
    """The columns of a table that hold a text, whoever's words it is."""
    return [c.name for c in model._meta.concrete_fields if isinstance(c, Words)]


def citing_of(model: type[models.Model]) -> list[str]:
    """The columns of a table whose codes are ties."""
    return [c.name for c in model._meta.concrete_fields if isinstance(c, Words) and c.cites]


def parts_of(model: type[models.Model]) -> dict[str, PartOf[Any, Any]]:
    """The columns of a table that say which other item a row is a part of."""
    return {c.name: c for c in model._meta.concrete_fields if isinstance(c, PartOf)}
