"""Stepping up."""

from typing import Any, Final

from weft.core.forms import Form, LineField, RadiosField, SelectField, TextField
from weft.people.leads.models import Stage
from weft.people.programmes.models import Membership

ON_THE_PAGE: Final = "One line. It stays on the team’s page: name nobody in it who would not stand there by name."


class StepUpForm(Form):
    """Who leads what from now on."""

    membership = SelectField(label="Who steps up?", choices=[])
    stage = SelectField(label="What do they lead?", choices=Stage.choices)
    part = RadiosField(label="As what?", choices=[("lead", "Leads it"), ("support", "Supports it")], initial="lead")
    reason = TextField(
        label="Why does it change hands?",
        limit=400,
        rows=2,
        required=False,
        help_text=ON_THE_PAGE,
    )

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(m.pk): m for m in members}
        self.fields["membership"].choices = [("", "Pick one"), *((k, str(m.user)) for k, m in self.members.items())]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "membership": self.members[said["membership"]],
            "stage": said["stage"],
            "supports": said["part"] == "support",
            "reason": said["reason"],
        }


class StepBackForm(Form):
    """Stepping back."""

    reason = LineField(label="Why?", limit=400, required=False, help_text=ON_THE_PAGE)
