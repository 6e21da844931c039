"""Forms of answers, promises and marks."""

from typing import Any

from weft.core import dates
from weft.core.forms import DayField, Form, LineField, RadiosField, RevisedForm, SelectField
from weft.people.programmes.models import Programme
from weft.provenance.forms import ItemForm
from weft.share.responses.models import Answer, Came, Promise
from weft.share.responses.nouns import RESPONSE
from weft.share.responses.queries import SHOWN_ENDS


class AnswerForm(ItemForm):
    """What somebody answered, word for word; a new answer with a first promise."""

    noun = RESPONSE
    only_new = ("promise", "promise_by")
    on = DayField(label="On which day?", initial=dates.today)
    promise = LineField(label="What did they promise?", limit=300, required=False)
    promise_by = DayField(label="By when?", required=False)
    field_order = ("answer", "reasons", "by_role", "organisation", "on", "promise", "promise_by")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        what, by_on = [said.pop(name, None) for name in self.only_new]
        return {**said, "promises": [Promise(what=what or "", by_on=by_on)]} if what or by_on else said


class PromiseForm(Form):
    """Something else that was promised."""

    what = LineField(label="What was promised?", limit=300)
    by_on = DayField(label="By when?", required=False)


class UpdateForm(RevisedForm):
    """What came of a promise."""

    came = RadiosField(label="What came of it?", choices=Came.choices)
    update = LineField(label="In a few words", limit=400, required=False)
    on = DayField(label="On which day?", initial=dates.today)

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
