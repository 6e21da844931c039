"""Forms of reflections: under a minute on a phone, with only what was learned asked for."""

from typing import Any

from django.core.exceptions import ValidationError

from weft.act.projects.models import Project
from weft.core import dates
from weft.core.columns import CITE_HINT
from weft.core.forms import DayField, KeyField, LineField, RadiosField, RevisedForm, SelectField, TextField
from weft.learn.reflections.models import Outcome
from weft.provenance.forms import CitingForm


class ReflectionForm(CitingForm):
    """A look back."""

    outcome = RadiosField(label="How did it go?", choices=Outcome.choices, hints={})
    learned = TextField(label="What did we learn?", limit=3000, rows=4, help_text=CITE_HINT)
    tried = TextField(label="What did we try?", limit=3000, rows=2, required=False)
    expected = TextField(label="What did we hope?", limit=3000, rows=2, required=False)
    happened = TextField(label="What happened?", limit=3000, rows=2, required=False)
    next = TextField(label="What next?", limit=3000, rows=2, required=False)
    on = DayField(label="When?", initial=dates.today)
    title = LineField(label="A title", limit=200, required=False, help_text="Left empty, it is the first sentence.")
    citing = ("learned", "tried", "expected", "happened", "next")

    def clean_on(self) -> Any:
        """A day that has come."""
        on = self.cleaned_data["on"]
        if on > dates.today():
            raise ValidationError("That day has not come yet.")
        return on


class NewReflectionForm(ReflectionForm):
    """A new reflection, on a project or on the work as a whole."""

    key = KeyField()
    project = SelectField(label="On which project?", choices=[], required=False)
    field_order = ("project", "outcome", "learned")

    def __init__(self, *args: Any, projects: list[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {p.node.code: p for p in projects}
        choices = ((code, p.node.title) for code, p in self.projects.items())
        self.fields["project"].choices = [("", "On the work as a whole"), *choices]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "project": self.projects.get(self.cleaned_data["project"])}


class EditReflectionForm(RevisedForm, ReflectionForm):
    """Changing a reflection while somebody else may be changing it too."""

    title = LineField(label="Title", limit=200)
