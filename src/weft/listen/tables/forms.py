"""Typing the PIN of table mode."""

from django.core.exceptions import ValidationError

from weft.core import forms
from weft.listen.tables.queries import DIGITS


class PinForm(forms.Form):
    """The PIN."""

    done = "sent"
    mark_optional = False
    pin = forms.LineField(
        label="PIN",
        limit=20,
        help_text="Six digits. They stand on the conversation’s page for the team.",
        error_messages={"required": "There is no PIN yet. Type the six digits."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].widget.attrs.update(autocomplete="off", inputmode="numeric", spellcheck="false")

    def clean_pin(self) -> str:
        """The digits alone, however they were grouped."""
        typed = "".join(self.cleaned_data["pin"].split())
        if not (typed.isascii() and typed.isdigit() and len(typed) == DIGITS):
            raise ValidationError("A PIN has six digits.")
        return typed
