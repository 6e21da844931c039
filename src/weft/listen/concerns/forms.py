"""Passing something on, and what was done about it."""

from weft.core import forms
from weft.core.columns import asked_of
from weft.listen.concerns.models import Concern, ConcernNote


class PassOnForm(forms.Form):
    """Why it is passed on, where that is not plain from the words."""

    done = "passed on"
    why = asked_of(Concern)["why"].formfield()


class NoteForm(forms.Form):
    """What was done about a concern."""

    done = "saved"
    did = asked_of(ConcernNote)["did"].formfield()
