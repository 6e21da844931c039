"""Forms of answers, promises and marks."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from weft.core import dates
from weft.core.forms import DayField, Form, KeyField, LineField, RadiosField, RevisedForm, SelectField, TextField
from weft.people.programmes.models import Organisation, Programme
from weft.share.responses.models import Answer, Came
from weft.share.responses.queries import SHOWN_ENDS


class AnswerForm(Form):
    """What somebody answered, word for word."""

    answer = RadiosField(label="What did they answer?", choices=Answer.choices)
    reasons = TextField(
        label="Their answer in full",
        limit=4000,
        rows=8,
        help_text="Their own words. It is quoted in full and in public.",
    )
    by_role = LineField(label="Who answered?", limit=160, help_text="Their role, like “head of transport”.")
    organisation = SelectField(label="For which organisation?", choices=[], required=False)
    on = DayField(label="On which day?", initial=dates.today)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies: dict[str, Organisation] = {str(one.pk): one for one in programme.organisations.all()}
        choices = [("", "None that is listed"), *((key, one.name) for key, one in self.bodies.items())]
        self.fields["organisation"].choices = choices

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > dates.today():
            raise ValidationError("That day has not come yet. Put the day on which they answered.")
        return on

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("answer", "reasons", "by_role", "on")
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "organisation": self.bodies.get(self.cleaned_data["organisation"])}


class NewAnswerForm(AnswerForm):
    """An answer with a first promise."""

    key = KeyField()
    promise = LineField(label="What did they promise?", limit=300, required=False)
    promise_by = DayField(label="By when?", required=False)

    def clean(self) -> dict[str, Any]:
        """A day belongs to a promise."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("promise_by") and not cleaned.get("promise"):
            self.add_error("promise", "There is a day but no promise. Write what was promised, or take the day out.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        promised = self.cleaned_data["promise"]
        promises = [(promised, self.cleaned_data["promise_by"])] if promised else []
        return {**super().facts(), "key": self.cleaned_data["key"], "promises": promises}


class EditAnswerForm(RevisedForm, AnswerForm):
    """Putting an answer right, while somebody else may be doing so too."""

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().facts(), "revision": self.cleaned_data["revision"]}


class PromiseForm(Form):
    """Something else that was promised."""

    what = LineField(label="What was promised?", limit=300)
    by_on = DayField(label="By when?", required=False)


class UpdateForm(RevisedForm):
    """What came of a promise."""

    came = RadiosField(label="What came of it?", choices=Came.choices)
    update = LineField(label="In a few words", limit=400, required=False)
    on = DayField(label="On which day?", initial=dates.today)

    def clean(self) -> dict[str, Any]:
        """A promise that was not kept needs a word."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("came") == Came.BROKEN and not cleaned.get("update"):
            self.add_error("update", "There is nothing here yet. Say in a few words what came of it instead.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        is_kept = {Came.KEPT: True, Came.BROKEN: False, Came.OPEN: None}[Came(said["came"])]
        return {"is_kept": is_kept, **{name: said[name] for name in ("update", "on", "revision")}}


class MarkForm(Form):
    """Whether an answer answered."""

    answer = RadiosField(
        label="Did it answer?", choices=[(Answer.YES, "Yes"), (Answer.PARTLY, "Partly"), (Answer.NO, "No")]
    )
    why = LineField(label="Why? One line is enough.", limit=300, required=False)


class TeamMarkForm(RevisedForm, MarkForm):
    """The same for a team, of whom another may be saying it too."""


class FilterForm(Form):
    """Which asks to show."""

    mark_optional = False
    team = SelectField(label="Team", choices=[], required=False)
    state = SelectField(label="Answer", choices=[("", "Any"), *SHOWN_ENDS.items()], required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in programme.teams.all()}
        self.fields["team"].choices = [("", "Every team"), *((slug, team.name) for slug, team in self.teams.items())]
