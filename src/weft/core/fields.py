"""The fields of Weft's forms: each knows its limits and says in a plain sentence what is wrong and what to do."""

import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from weft.core import dates, money
from weft.core.widgets import Radios, Stitches, Ticks

Choices = Iterable[tuple[str, str]] | Callable[[], Iterable[tuple[str, str]]]

MOST: Final = 1_000_000_000
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy(typed: str) -> str:
    """The text with one kind of line end, composed accents, and no characters that a database or a page cannot hold."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROLS.sub("", lines)).strip()


class WordsField(forms.CharField):
    """Text with a limit. The browser does not cut it: what is too long stays, and the sentence says by how much."""

    def __init__(self, *, limit: int, noun: str = "", autocomplete: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit, self.noun = limit, noun
        self.widget.attrs.setdefault("dir", "auto")
        if autocomplete:
            self.widget.attrs["autocomplete"] = autocomplete

    def to_python(self, value: object) -> str:
        """The text, tidied."""
        return super().to_python(tidy("" if value is None else str(value))) or ""

    def validate(self, value: str) -> None:
        """Refuse what is empty or too long."""
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                f"{self.name_in_sentence} can be up to {self.limit:,} characters. Yours has {len(value):,}.", "too_long"
            )

    @property
    def name_in_sentence(self) -> str:
        """What the text is called in a sentence."""
        label = str(self.label or "")
        return self.noun or ("Your answer" if not label or label.endswith("?") else label)


class LineField(WordsField):
    """One line of text."""

    def __init__(self, *, limit: int = 200, kind: str = "text", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": kind}))
        super().__init__(limit=limit, **kwargs)

    def to_python(self, value: object) -> str:
        """The text on one line, with single spaces."""
        return " ".join(super().to_python(value).split())


class TextField(WordsField):
    """Text of several lines."""

    def __init__(self, *, limit: int = 5000, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": False}))
        super().__init__(limit=limit, **kwargs)


class EmailField(forms.EmailField):
    """An email address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="email", spellcheck="false", maxlength=False)
        self.error_messages["invalid"] = "That is not an email address. Write one like name@example.org."
        self.error_messages["max_length"] = "That address is too long. Check that nothing else was pasted with it."

    def to_python(self, value: object) -> str:
        """The address, tidied."""
        return super().to_python(tidy("" if value is None else str(value))) or ""


class NumberField(forms.IntegerField):
    """A whole number, typed with or without commas."""

    def __init__(self, *, lowest: int = 0, highest: int = MOST, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}))
        super().__init__(**kwargs)
        self.lowest, self.highest = lowest, highest
        self.error_messages["invalid"] = "Write a whole number in figures, like 12."

    def to_python(self, value: object) -> int | None:
        """The number; commas and spaces between figures are left out."""
        return super().to_python(re.sub(r"[,\s]", "", str(value)) if value is not None else None)

    def validate(self, value: int | None) -> None:
        """Refuse what is out of range."""
        super().validate(value)
        if value is None:
            return
        if value < self.lowest:
            raise ValidationError(f"That is too small. The smallest number here is {self.lowest:,}.", "too_small")
        if value > self.highest:
            raise ValidationError(f"That is too large. The largest number here is {self.highest:,}.", "too_large")


class PoundsField(forms.Field):
    """Money: typed in pounds ("1,240" or "9.60"), kept in pence, never through a floating-point number."""

    def __init__(self, *, lowest: int = 1, highest: int = MOST * 10, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}))
        super().__init__(**kwargs)
        self.lowest, self.highest = lowest, highest

    def to_python(self, value: object) -> int | None:
        """Pence."""
        typed = tidy(str(value or ""))
        if not typed:
            return None
        try:
            return money.pence(typed)
        except ValueError:
            raise ValidationError(
                "Write pounds and pence like 12.50, with at most two figures after the point.", "invalid"
            ) from None

    def validate(self, value: int | None) -> None:
        """Refuse what is out of range."""
        super().validate(value)
        if value is None:
            return
        if value < self.lowest:
            raise ValidationError(f"That is too little. It must be {money.pounds(self.lowest)} or more.", "too_small")
        if value > self.highest:
            raise ValidationError(f"That is too much. It can be up to {money.pounds(self.highest)}.", "too_large")

    def prepare_value(self, value: object) -> object:
        """Pence as a person types pounds; what was typed stays as it was."""
        if not isinstance(value, int):
            return value
        whole, part = divmod(value, 100)
        return f"{whole}.{part:02}" if part else str(whole)


class DayField(forms.Field):
    """A day, typed as on paper: "24 November 2026", "24/11/2026", "2026-11-24", or "today"."""

    near = {"yesterday": -1, "today": 0, "tomorrow": 1}

    def __init__(self, *, earliest: date = FIRST_DAY, latest: date = LAST_DAY, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}))
        kwargs.setdefault("help_text", "Like 24 November 2026 or 24/11/2026. You can write “today”.")
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: object) -> date | None:
        """The day."""
        if isinstance(value, date):
            return value
        typed = " ".join(tidy(str(value or "")).lower().replace(",", " ").split())
        if not typed:
            return None
        if typed in self.near:
            return dates.in_days(self.near[typed])
        parts = _day_parts(typed)
        if parts is None:
            raise ValidationError("That day cannot be read. Write it like 24 November 2026 or 24/11/2026.", "invalid")
        try:
            return date(*parts)
        except ValueError:
            raise ValidationError(
                "There is no such day in the calendar. Check the day and the month.", "invalid"
            ) from None

    def validate(self, value: date | None) -> None:
        """Refuse what is out of range."""
        super().validate(value)
        if value is None:
            return
        if value < self.earliest:
            raise ValidationError(f"That is too early. It must be {dates.day(self.earliest)} or later.", "too_early")
        if value > self.latest:
            raise ValidationError(f"That is too late. It must be {dates.day(self.latest)} or earlier.", "too_late")

    def prepare_value(self, value: object) -> object:
        """A day as it is said; what was typed stays as it was."""
        return dates.day(value) if isinstance(value, date) else value


def _day_parts(typed: str) -> tuple[int, int, int] | None:
    """Year, month and day, from the three ways of writing them."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", typed):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(?:[a-z]+day )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.? (\d{4})", typed):
        months = [number for number, name in enumerate(MONTHS, 1) if name.startswith(match[2])]
        if len(months) == 1 or match[2] == "sept":
            return int(match[3]), months[0], int(match[1])
    return None


class ClockField(forms.Field):
    """A time of day: "18:30", "6.30pm" or "6 pm"."""

    shape = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}))
        kwargs.setdefault("help_text", "Like 18:30 or 6.30pm.")
        super().__init__(**kwargs)

    def to_python(self, value: object) -> time | None:
        """The time of day."""
        if isinstance(value, time):
            return value
        typed = tidy(str(value or "")).lower()
        if not typed:
            return None
        match = self.shape.fullmatch(typed)
        hour, minute, half = (int(match[1]), int(match[2] or 0), match[3]) if match else (99, 0, None)
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if match is None or hour > 23 or minute > 59:
            raise ValidationError("That time cannot be read. Write it like 18:30 or 6.30pm.", "invalid")
        return time(hour, minute)

    def prepare_value(self, value: object) -> object:
        """Hours and minutes; what was typed stays as it was."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class RadiosField(forms.ChoiceField):
    """One of a few; `hints` says more about a choice by its value."""

    def __init__(
        self, *, choices: Choices, hints: Mapping[str, str] | None = None, inline: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(choices=choices, widget=Radios(hints=hints, inline=inline), **kwargs)


class SelectField(forms.ChoiceField):
    """One of many."""


class TicksField(forms.MultipleChoiceField):
    """Any of a few, each a separate choice; `hints` says more about a choice by its value."""

    def __init__(self, *, choices: Choices, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(choices=choices, widget=Ticks(hints=hints), **kwargs)


class TickField(forms.BooleanField):
    """One thing to tick or to leave; never ticked beforehand."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)


class StitchField(forms.TypedChoiceField):
    """Seven stitches between two ends: 1 to 7, or nothing while untouched."""

    def __init__(self, *, low: str, high: str, required: bool = False, **kwargs: Any) -> None:
        choices = [(str(number), str(number)) for number in range(1, 8)]
        widget = Stitches(low=low, high=high)
        super().__init__(choices=choices, coerce=int, empty_value=None, required=required, widget=widget, **kwargs)
        self.template_name = "core/forms/stitch_field.html"


class KeyField(forms.UUIDField):
    """The hidden key that makes a form sent twice count once; made when the form is shown."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4)
        sentence = "This page was out of date. Check what you wrote, then send it again."
        self.error_messages.update(required=sentence, invalid=sentence)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The key as sent, or a new one in place of a damaged one."""
        try:
            return self.clean(data)
        except ValidationError:
            return uuid.uuid4()


class RevisionField(forms.IntegerField):
    """The hidden number of the text as it was when the form was shown; see `RevisedForm`."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)
        sentence = "This page was out of date. Check what you wrote, then save it again."
        self.error_messages.update(required=sentence, invalid=sentence)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The number as sent, or the first one in place of a damaged one."""
        try:
            return self.clean(data)
        except ValidationError:
            return initial
