"""How old somebody is, and for whoever is under 13 the yes of the person who runs the conversation."""

import unicodedata
from typing import Any

from django.forms import PasswordInput

from weft.core import forms
from weft.listen.conversations.models import Age


class AgeForm(forms.Form):
    """How old somebody is."""

    done = "saved"
    mark_optional = False
    age = forms.RadiosField(
        label="How old are you?",
        choices=Age.choices,
        error_messages={"required": "Say how old you are. Choose one of the three."},
    )
    pin = forms.LineField(
        label="If you are under 13: the PIN",
        limit=20,
        required=False,
        help_text="Ask the person who runs this to type it. That is how they say yes.",
    )

    def __init__(self, *args: Any, asks_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_pin:
            self.fields["pin"].widget = PasswordInput(
                attrs={"class": "govuk-input--width-10", "autocomplete": "off", "inputmode": "numeric"}
            )
        else:
            del self.fields["pin"]

    @property
    def pin_typed(self) -> str:
        """The digits alone, however they were grouped and in whichever script they were typed."""
        typed = "".join(str(self.cleaned_data.get("pin", "")).split())
        return "".join(str(unicodedata.digit(sign, sign)) for sign in typed)
