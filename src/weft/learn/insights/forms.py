"""Forms of insights and recommendations."""

from weft.core.forms import Form, LineField, RadiosField
from weft.learn.insights.nouns import INSIGHT, RECOMMENDATION
from weft.provenance.forms import ItemForm, SourcesField
from weft.provenance.models import Relation


class InsightForm(ItemForm):
    """What was learned."""

    noun = INSIGHT
    title = LineField(label="What did you learn, in one sentence?", noun="The insight", limit=200)
    field_order = ("title", "text")


class RecommendationForm(ItemForm):
    """What somebody should do, and at first the insights that it rests on."""

    noun = RECOMMENDATION
    title = LineField(label="What do you recommend, in one sentence?", noun="The recommendation", limit=200)
    sources = SourcesField(label="Which insights does it rest on?", required=True, says_kind=False)
    field_order = ("title", "text", "to_role", "sources")


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
