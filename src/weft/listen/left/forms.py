"""Deciding on words that wait behind marks."""

from django import forms


class DecideForm(forms.Form):
    """Whose words, in which item, none for the draft of the report, and what becomes of them."""

    voice = forms.UUIDField()
    item = forms.UUIDField(required=False)
    do = forms.ChoiceField(choices=[("let_go", ""), ("give_back", "")])
