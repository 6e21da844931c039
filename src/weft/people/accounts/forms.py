"""Forms of accounts."""

from weft.core.forms import Form, LineField


class NameForm(Form):
    """What somebody is called on the pages of their teams."""

    name = LineField(label="Your name", limit=120, autocomplete="name", help_text="Your team and its readers see it.")
