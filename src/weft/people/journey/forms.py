"""Planning a session, and saying who came."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from weft.core.forms import ClockField, DayField, Form, LineField, NumberField, RevisedForm, TextField, TicksField
from weft.people.journey.models import Session
from weft.people.programmes.models import Membership


class SessionForm(Form):
    """One meeting of the learning journey."""

    title = LineField(label="What is the session called?", limit=160)
    purpose = LineField(label="What is it for?", limit=400, required=False)
    on = DayField(label="Which day?")
    at = ClockField(label="From what time?")
    minutes = NumberField(label="For how many minutes?", lowest=5, highest=1440, initial=120)
    where = LineField(label="Where?", limit=200, required=False)
    materials = TextField(label="Materials", limit=6000, required=False, help_text="Markdown works here.")
    exercises = TextField(label="Exercises", limit=6000, required=False)
    notes = TextField(label="Notes from the session", limit=20_000, required=False)

    @staticmethod
    def from_session(session: Session) -> dict[str, Any]:
        """What the form shows of a session."""
        local = timezone.localtime(session.starts_at)
        names = ("revision", "title", "purpose", "minutes", "where", "materials", "exercises", "notes")
        return {"on": local.date(), "at": local.time(), **{name: getattr(session, name) for name in names}}

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        said["starts_at"] = timezone.make_aware(datetime.combine(said.pop("on"), said.pop("at")))
        return said


class EditSessionForm(RevisedForm, SessionForm):
    """Changing a session while somebody else may be changing it too."""


class CameForm(RevisedForm):
    """Who came."""

    came = TicksField(label="Who came?", choices=[], required=False)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(m.pk): m for m in members}
        names = ((k, f"{m.user}, {m.team or m.get_role_display()}") for k, m in self.members.items())
        self.fields["came"].choices = list(names)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {"came": [self.members[key] for key in said["came"]], "revision": said["revision"]}
