"""Passing something on, and what was done about it."""

from weft.core import forms


class PassOnForm(forms.Form):
    """Why it is passed on, where that is not plain from the words."""

    done = "passed on"
    why = forms.LineField(
        label="What worries you?", limit=400, required=False, help_text="Only the safeguarding lead reads this."
    )


class NoteForm(forms.Form):
    """What was done about a concern."""

    done = "saved"
    did = forms.TextField(
        label="What was done?",
        noun="The note",
        limit=2000,
        rows=4,
        help_text="Whom you spoke to, what was agreed, what comes next. Notes stay as they are.",
    )
