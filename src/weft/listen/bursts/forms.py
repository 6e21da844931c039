"""What is sent to decide on people who came from one place."""

from django import forms

from weft.core.forms import Form, LineField
from weft.listen.bursts.models import Decision


class DecideForm(Form):
    """Which people, what, and why."""

    burst = forms.CharField(widget=forms.HiddenInput, max_length=60)
    because = LineField(
        label="How do you know?",
        limit=300,
        help_text="One line. It stays in the record, with your name.",
    )
    decision = forms.ChoiceField(choices=Decision.choices)
