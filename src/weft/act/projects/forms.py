"""Forms of projects and their days."""

from typing import Any

from django.core.exceptions import ValidationError

from weft.act.projects.models import ProjectState
from weft.core import dates
from weft.core.columns import CITE_HINT
from weft.core.forms import (
    DayField,
    Form,
    KeyField,
    LineField,
    NumberField,
    RadiosField,
    RevisedForm,
    SelectField,
    TextField,
    TicksField,
)
from weft.people.programmes.models import Membership, Organisation, Programme, Team, Venue
from weft.people.programmes.queries import members, venues_of
from weft.provenance.forms import CitingForm
from weft.provenance.models import Node


class ProjectForm(CitingForm):
    """What a project says of itself."""

    title = LineField(label="What is it called?", limit=200)
    purpose = TextField(label="What is it for?", limit=4000, rows=4, required=False, help_text=CITE_HINT)
    lead = SelectField(label="Who leads it?", choices=[], required=False)
    partners = TicksField(label="Who is in it?", choices=[], required=False)
    starts_on = DayField(label="First day", required=False)
    ends_on = DayField(label="Last day", required=False)
    citing: tuple[str, ...] = ("purpose",)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, programme=team.programme, **kwargs)
        self.leads: dict[str, Membership] = {str(m.pk): m for m in members(team.programme, team)}
        self.bodies: dict[str, Organisation] = {str(o.pk): o for o in team.programme.organisations.all()}
        self.fields["lead"].choices = [("", "Nobody named"), *((k, str(m.user)) for k, m in self.leads.items())]
        self.fields["partners"].choices = [(k, o.name) for k, o in self.bodies.items()]
        if not self.bodies:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first. Check both.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = {k: v for k, v in self.cleaned_data.items() if k not in {"trying", "state", "addresses"}}
        said["lead"] = self.leads.get(said["lead"])
        said["partners"] = [self.bodies[key] for key in said.get("partners", [])]
        return said


class NewProjectForm(ProjectForm):
    """A project that begins."""

    key = KeyField()
    trying = TextField(label="What are you trying first?", limit=2000, rows=3, required=False)
    state = RadiosField(label="Is it running?", choices=ProjectState.choices[:2], initial=ProjectState.RUNNING)
    addresses = TicksField(label="What does it address?", choices=[], required=False)
    field_order = ("title", "purpose", "addresses", "trying", "state", "starts_on", "ends_on", "lead", "partners")
    citing = ("purpose", "trying")

    def __init__(self, *args: Any, problems: list[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = {str(node.pk): node for node in problems}
        self.fields["addresses"].choices = [(k, f"{n.about.name}: {n.title}") for k, n in self.problems.items()]
        if not self.problems:
            del self.fields["addresses"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        picked = [self.problems[key] for key in self.cleaned_data.get("addresses", [])]
        said = self.cleaned_data
        return {**super().facts(), "trying": said["trying"], "state": said["state"], "addresses": picked}


class TryingForm(CitingForm):
    """A change of what is tried."""

    trying = TextField(label="What are you trying now?", limit=2000, rows=4)
    why_changed = TextField(label="Why did it change?", limit=2000, rows=3, help_text="Nobody has to agree to it.")
    since_on = DayField(label="Since when?", initial=dates.today)
    citing = ("trying", "why_changed")


class DayForm(Form):
    """A day on which a project ran."""

    on = DayField(label="Which day?", initial=dates.today)
    attendance = NumberField(label="How many came?", highest=100_000, required=False, help_text="A count is enough.")
    venue = SelectField(label="Where?", choices=[], required=False)
    is_universal = RadiosField(
        label="Who was it for?",
        choices=[("yes", "Everybody"), ("no", "Some people, who were asked or chosen")],
        initial="yes",
    )
    designed_with = LineField(label="Who helped to design it?", limit=300, required=False)
    notes = TextField(label="Anything to remember?", limit=2000, rows=3, required=False, help_text="No names.")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venues: dict[str, Venue] = {str(v.pk): v for v in venues_of(programme)}
        choices = [(k, f"{v.name}, {v.place.name}") for k, v in self.venues.items()]
        self.fields["venue"].choices = [("", "Not at a named venue"), *choices]

    def clean_on(self) -> Any:
        """A day that has come."""
        on = self.cleaned_data["on"]
        if on > dates.today():
            raise ValidationError("That day has not come yet. Enter it once it has happened.")
        return on

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        return {**said, "venue": self.venues.get(said["venue"]), "is_universal": said["is_universal"] == "yes"}


class NewDayForm(DayForm):
    """A day that is entered."""

    key = KeyField()


class EditDayForm(RevisedForm, DayForm):
    """Putting a day right while somebody else may be doing so too."""


class EditProjectForm(RevisedForm, ProjectForm):
    """Changing a project while somebody else may be changing it too."""
