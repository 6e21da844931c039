"""What a team types about findings and gaps."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from weft.core.access import Standing
from weft.core.forms import Form, KeyField, LineField, RadiosField, SelectField, TextField
from weft.core.saving import SavingForm
from weft.people.programmes.models import Programme
from weft.provenance.models import Layer, Node, Relation, Visibility
from weft.provenance.queries import by_code, faulty_citation
from weft.sense.findings.models import Worry
from weft.sense.findings.queries import ASKED

CITING = "You can cite anything in the programme by its code: [[S-2H6QB]]."
REASON_HINTS = {
    "method": "Whom we asked, where, and how.",
    "coherence": "What does not fit, and why we think so.",
    "adequacy": "How many, how rich, and whether the last ones still added something.",
    "relevance": "Other places, other people, other years.",
}


class CitingForm(Form):
    """A form with a text that may cite. `known` are codes that stood in it before."""

    def __init__(self, *args: Any, programme: Programme, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.known = programme, known

    def clean_text(self) -> str:
        """A text whose citations all lead somewhere."""
        text: str = self.cleaned_data["text"]
        fault = faulty_citation(self.programme, text, known=self.known)
        if fault:
            raise ValidationError(fault)
        return text

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class FindingForm(CitingForm):
    """A claim and what is to be said about it."""

    key = KeyField()
    title = LineField(
        label="What did you find?", noun="The finding", limit=300, help_text="One sentence that could be wrong."
    )
    text = TextField(label="More about it", noun="The text", limit=6000, rows=8, required=False, help_text=CITING)
    layer = SelectField(
        label="Which layer is it about?",
        choices=[("", "Neither in particular"), *Layer.choices],
        required=False,
        help_text="Strategic: policy and frameworks. Delivery: the work with people.",
    )
    visibility = RadiosField(
        label="Who may see it?",
        choices=[(Visibility.PUBLIC, "Everybody"), (Visibility.TEAM, "Only the team")],
        initial=Visibility.PUBLIC,
    )


class EditFindingForm(FindingForm, SavingForm):
    """The same, over what is saved."""

    key = layer = visibility = None  # type: ignore[assignment]


class GapForm(CitingForm):
    """What is not known."""

    key = KeyField()
    title = LineField(label="What do you not know?", noun="The gap", limit=300, help_text="Start with: We do not know")
    text = TextField(label="More about it", noun="The text", limit=4000, rows=6, required=False, help_text=CITING)


class EditGapForm(GapForm, SavingForm):
    """The same, over what is saved."""

    key = None  # type: ignore[assignment]


class CodeForm(Form):
    """Something in the programme, named by its code."""

    code = LineField(
        label="Its code", noun="The code", limit=12, help_text="Like S-2H6QB. It stands beside every title."
    )

    def __init__(self, *args: Any, programme: Programme, here: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.here = programme, here

    def clean_code(self) -> Node:
        """The item itself."""
        code = self.cleaned_data["code"].strip("[]").upper()
        node = by_code(self.programme, [code], self.here).get(code)
        if node is None:
            raise ValidationError(f"{code} is not the code of anything in this programme. Check it letter by letter.")
        if node.is_withdrawn:
            raise ValidationError(f"{code} was taken back, so nothing new can rest on it.")
        return node


class TieForm(CodeForm):
    """One piece of evidence, and which way it speaks."""

    done = "tied"
    relation = RadiosField(
        label="Which way does it speak?",
        choices=[
            (Relation.SUPPORTS, "Speaks for it"),
            (Relation.CONTRADICTS, "Speaks against it"),
            ("untie", "Take away"),
        ],
    )
    note = LineField(label="Why?", noun="The note", limit=400, required=False)


class OfferForm(CodeForm):
    """One thing that may close a gap."""

    done = "offered"
    note = LineField(label="What does it say about this?", noun="The note", limit=400, required=False)


class CloseForm(CodeForm):
    """The evidence that closes a gap, and how."""

    done = "closed"
    how = TextField(label="What do you know now, and how does it show that?", noun="The answer", limit=600, rows=4)

    field_order = ["code", "how"]


class QuestionsForm(Form):
    """The four questions on how sure the team is; each may be left for later, and each answer has its reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in ASKED.items():
            self.fields[f"{name}_worry"] = RadiosField(
                label=question, choices=[(str(value), label) for value, label in Worry.choices], required=False
            )
            self.fields[f"{name}_reason"] = TextField(
                label="Why do you say so?",
                noun="The reason",
                limit=600,
                rows=2,
                required=False,
                help_text=REASON_HINTS[name],
            )

    def clean(self) -> dict[str, Any]:
        """Every answer has a reason, and there is at least one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, question in ASKED.items():
            worry, reason = cleaned.get(f"{name}_worry"), cleaned.get(f"{name}_reason")
            if worry and reason == "":
                self.add_error(f"{name}_reason", f"“{question}” has an answer and no reason. One sentence is enough.")
            if reason and worry == "":
                self.add_error(f"{name}_worry", f"“{question}” has a reason and no answer. Pick one of the three.")
        if not self.errors and not self.answers():
            self.add_error(None, "No question is answered yet. Answer at least one.")
        return cleaned

    def answers(self) -> dict[str, tuple[int, str]]:
        """The questions that were answered."""
        said = self.cleaned_data
        return {
            name: (int(said[f"{name}_worry"]), said[f"{name}_reason"]) for name in ASKED if said.get(f"{name}_worry")
        }
