"""What a team types about a theme."""

from weft.core import forms


class ThemeForm(forms.Form):
    """A theme's name and what it says."""

    title = forms.LineField(
        label="What did several people say?",
        noun="The theme",
        limit=200,
        help_text="One sentence, in their words where you can.",
    )
    summary = forms.TextField(label="More about it", limit=2000, rows=5, required=False)


class NewThemeForm(ThemeForm):
    """A new theme."""

    key = forms.KeyField()


class EditThemeForm(forms.RevisedForm, ThemeForm):
    """The same, over what is saved."""
