"""What a team types about the problem."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from weft.core.forms import Form, KeyField, LineField, NumberField, RadiosField, RevisedForm, SelectField, TextField
from weft.people.programmes.models import Programme
from weft.provenance.models import Layer, Visibility
from weft.provenance.queries import faulty_citation

CITING = "Cite what it rests on by its code: [[F-7K3QD]]."


class ProblemForm(Form):
    """The first version of a problem statement."""

    key = KeyField()
    title = LineField(label="What is the problem, in one sentence?", noun="The sentence", limit=300)
    text = TextField(label="The problem statement", limit=20_000, rows=14, help_text=CITING)
    disagreement = TextField(
        label="What is still disputed, and by whom?",
        noun="What is disputed",
        limit=6000,
        rows=5,
        required=False,
        help_text="It stays in the published text. Name roles and organisations, not private people.",
    )
    layer = SelectField(
        label="Which layer is it about?",
        choices=[("", "Neither in particular"), *Layer.choices],
        required=False,
        help_text="Strategic: policy and frameworks. Delivery: the work with people.",
    )
    visibility = RadiosField(
        label="Who may see it now?",
        choices=[(Visibility.TEAM, "Only the team, as a draft"), (Visibility.PUBLIC, "Everybody")],
        initial=Visibility.TEAM,
    )

    def __init__(self, *args: Any, programme: Programme, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.known = programme, known

    def clean_text(self) -> str:
        """A text whose citations all lead somewhere."""
        return self._citing("text")

    def clean_disagreement(self) -> str:
        """The same for what is disputed."""
        return self._citing("disagreement")

    def _citing(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        fault = faulty_citation(self.programme, text, known=self.known)
        if fault:
            raise ValidationError(fault)
        return text

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class VersionForm(ProblemForm, RevisedForm):
    """A new version over the one that stands."""

    key = layer = visibility = None  # type: ignore[assignment]
    why = LineField(
        label="Why is there a new version?",
        noun="The reason",
        limit=400,
        help_text="One line. It stays in the history.",
    )


class CompareForm(Form):
    """Two versions to read against each other."""

    mark_optional = False
    before = NumberField(lowest=1, required=False)
    after = NumberField(lowest=1, required=False)
