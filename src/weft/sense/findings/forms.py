"""What a team types about findings and gaps."""

from typing import Any

from django.core.exceptions import ValidationError

from weft.core.forms import Form, LineField, RadiosField, RevisedForm, TextField
from weft.core.standing import Standing
from weft.people.programmes.models import Programme
from weft.provenance.forms import ItemForm, LayerField, VisibilityField
from weft.provenance.models import Node, Relation
from weft.provenance.queries import by_code
from weft.sense.findings.models import Worry
from weft.sense.findings.nouns import FINDING, GAP
from weft.sense.findings.queries import ASKED

REASON_HINTS = {
    "method": "Whom we asked, where, and how.",
    "coherence": "What does not fit, and why we think so.",
    "adequacy": "How many, how rich, and whether the last ones still added something.",
    "relevance": "Other places, other people, other years.",
}


class FindingForm(ItemForm):
    """A claim and what is to be said about it."""

    noun = FINDING
    title = LineField(
        label="What did you find?", noun="The finding", limit=300, help_text="One sentence that could be wrong."
    )
    field_order = ("title", "text")
    layer = LayerField()
    visibility = VisibilityField()


class GapForm(ItemForm):
    """What is not known."""

    noun = GAP
    title = LineField(label="What do you not know?", noun="The gap", limit=300, help_text="Start with: We do not know")


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

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        return {"evidence": said.pop("code"), **said}


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


class QuestionsForm(RevisedForm):
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

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {"answers": self.answers(), "revision": self.cleaned_data["revision"]}
