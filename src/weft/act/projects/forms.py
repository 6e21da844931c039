"""Forms of projects and their days."""

from typing import Any

from weft.act.projects.models import Activity, Project, ProjectState
from weft.act.projects.nouns import ACTIVITY, PROJECT
from weft.core import dates
from weft.core.forms import DayField, LineField, RadiosField, SelectField, TextField, TicksField
from weft.people.programmes.models import Programme, Team
from weft.people.programmes.queries import members, venues_of
from weft.provenance.forms import CitingForm, ItemForm, SourcesField


class ProjectForm(ItemForm):
    """What a project says of itself, and what is tried first."""

    noun = PROJECT
    title = LineField(label="What is it called?", limit=200)
    sources = SourcesField(label="What does it address?")
    trying = TextField(label="What are you trying first?", limit=2000, rows=3, required=False)
    state = RadiosField(label="Is it running?", choices=ProjectState.choices[:2], initial=ProjectState.RUNNING)
    lead = SelectField(label="Who leads it?", choices=[], required=False)
    partners = TicksField(label="Who is in it?", choices=[], required=False)
    field_order = ("title", "purpose", "sources", "trying", "state", "starts_on", "ends_on", "lead", "partners")
    only_new = ("trying", "state")

    def __init__(self, *args: Any, of: Team | Programme, row: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, of=of, row=row, **kwargs)
        self.citing = [*self.citing, "trying"]
        self.leads = {str(m.pk): m for m in members(of.programme, of.team)}
        self.bodies = {str(o.pk): o for o in of.programme.organisations.all()}
        self.fields["lead"].choices = [("", "Nobody named"), *((k, str(m.user)) for k, m in self.leads.items())]
        self.fields["partners"].choices = [(k, o.name) for k, o in self.bodies.items()]
        if not self.bodies:
            del self.fields["partners"]
        if row:
            self.initial.update({"lead": str(row.lead_id or ""), "partners": [str(o.pk) for o in row.partners.all()]})

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        said["lead"] = self.leads.get(said["lead"])
        said["partners"] = [self.bodies[key] for key in said.get("partners", [])]
        return said


class TryingForm(CitingForm):
    """A change of what is tried."""

    trying = TextField(label="What are you trying now?", limit=2000, rows=4)
    why_changed = TextField(label="Why did it change?", limit=2000, rows=3, help_text="Nobody has to agree to it.")
    since_on = DayField(label="Since when?", initial=dates.today)
    citing = ("trying", "why_changed")


class DayForm(ItemForm):
    """A day on which a project ran."""

    noun = ACTIVITY
    on = DayField(label="Which day?", initial=dates.today)
    venue = SelectField(label="Where?", choices=[], required=False)
    is_universal = RadiosField(
        label="Who was it for?",
        choices=[("yes", "Everybody"), ("no", "Some people, who were asked or chosen")],
        initial="yes",
    )
    field_order = ("on", "attendance", "venue", "is_universal", "designed_with", "notes")

    def __init__(self, *args: Any, of: Team | Programme, row: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, of=of, row=row, **kwargs)
        self.venues = {str(v.pk): v for v in venues_of(of.programme)}
        choices = [(k, f"{v.name}, {v.place.name}") for k, v in self.venues.items()]
        self.fields["venue"].choices = [("", "Not at a named venue"), *choices]
        if row:
            self.initial.update({"venue": str(row.venue_id or ""), "is_universal": "yes" if row.is_universal else "no"})

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        return {**said, "venue": self.venues.get(said["venue"]), "is_universal": said["is_universal"] == "yes"}
