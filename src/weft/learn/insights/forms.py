"""Forms of insights and recommendations."""

from typing import Any

from weft.core.columns import CITE_HINT
from weft.core.forms import Form, KeyField, LineField, RadiosField, RevisedForm, TextField, TicksField
from weft.provenance.forms import CitingForm
from weft.provenance.models import Node, Relation


class InsightForm(CitingForm):
    """What was learned."""

    title = LineField(label="What did you learn, in one sentence?", limit=200)
    text = TextField(label="More about it", limit=6000, rows=8, required=False, help_text=CITE_HINT)
    citing = ("text",)


class NewInsightForm(InsightForm):
    """A new insight."""

    key = KeyField()


class EditInsightForm(RevisedForm, InsightForm):
    """Changing an insight while somebody else may be changing it too."""


class RecommendationForm(CitingForm):
    """What somebody should do."""

    title = LineField(label="What do you recommend, in one sentence?", limit=200)
    text = TextField(label="More about it", limit=4000, rows=6, help_text=CITE_HINT)
    to_role = LineField(label="To whom?", limit=160, help_text="A role, like: directors of public health.")
    citing = ("text",)


class NewRecommendationForm(RecommendationForm):
    """A new recommendation and the insights it rests on."""

    key = KeyField()
    sources = TicksField(label="Which insights does it rest on?", choices=[])

    def __init__(self, *args: Any, insights: list[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = {str(node.pk): node for node in insights}
        self.fields["sources"].choices = [(k, n.title) for k, n in self.nodes.items()]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "sources": [self.nodes[key] for key in self.cleaned_data["sources"]]}


class EditRecommendationForm(RevisedForm, RecommendationForm):
    """Changing a recommendation while somebody else may be changing it too."""


class CaseForm(Form):
    """A case for an insight or against it, or one taken away."""

    code = LineField(label="Which item?", limit=12)
    relation = RadiosField(
        label="How does it speak?",
        choices=[
            (Relation.SUPPORTS.value, "For it"),
            (Relation.CONTRADICTS.value, "Against it"),
            ("none", "Not at all"),
        ],
    )
    note = LineField(label="Why?", limit=400, required=False)
