"""What to search for."""

from typing import Any

from weft.core.forms import Form, LineField, SelectField
from weft.pages.search.queries import kind_choices
from weft.people.programmes.models import Programme


class SearchForm(Form):
    """Words, a kind, a team."""

    words = LineField(label="Words", limit=200, required=False)
    kind = SelectField(label="Kind", choices=[], required=False)
    team = SelectField(label="Team", choices=[], required=False)
    mark_optional = False

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()
        self.fields["team"].choices = [("", "Every team"), *((t.slug, t.name) for t in programme.teams.all())]
