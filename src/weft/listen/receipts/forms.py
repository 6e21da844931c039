"""Opening a receipt."""

from django.core.exceptions import ValidationError

from weft.core import forms
from weft.listen.receipts import queries


class FindForm(forms.Form):
    """The conversation's code and four words."""

    done = "opened"
    mark_optional = False
    code = forms.LineField(
        label="Code of the conversation",
        limit=40,
        help_text="It stands on your slip above the words, like tide123.",
        error_messages={"required": "There is no code yet. It stands on your slip above the words."},
    )
    words = forms.LineField(
        label="Your four words",
        limit=200,
        help_text="In any order, with spaces between them. Capital letters make no difference.",
        error_messages={"required": "There are no words yet. Write the four words that stand on your slip."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "words"):
            self.fields[name].widget.attrs.update(autocomplete="off", autocapitalize="none", spellcheck="false")

    def clean_code(self) -> str:
        """The code as it is kept."""
        return self.cleaned_data["code"].lower().replace(" ", "").replace("-", "")

    def clean_words(self) -> list[str]:
        """Four words that can be on a slip."""
        words = queries.typed_words(self.cleaned_data["words"])
        if len(words) != queries.WORDS:
            said = "That is one word." if len(words) == 1 else f"Those are {len(words)} words."
            raise ValidationError(f"{said} There are four on your slip.")
        fault = queries.unknown_word(words)
        if fault:
            raise ValidationError(fault)
        return words
