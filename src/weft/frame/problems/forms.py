"""What a team types about the problem."""

from weft.core.columns import CITE_HINT
from weft.core.forms import Form, KeyField, LineField, NumberField, RadiosField, RevisedForm, TextField
from weft.provenance.forms import CitingForm, LayerField
from weft.provenance.visibility import Visibility


class ProblemForm(CitingForm):
    """A problem statement."""

    title = LineField(label="What is the problem, in one sentence?", noun="The sentence", limit=300)
    text = TextField(label="The problem statement", limit=20_000, rows=14, help_text=CITE_HINT)
    disagreement = TextField(
        label="What is still disputed, and by whom?",
        noun="What is disputed",
        limit=6000,
        rows=5,
        required=False,
        help_text="It stays in the published text. Name roles and organisations, not private people.",
    )
    citing = ("text", "disagreement")


class NewProblemForm(ProblemForm):
    """The first version of a problem statement."""

    key = KeyField()
    layer = LayerField()
    visibility = RadiosField(
        label="Who may see it now?",
        choices=[(Visibility.TEAM, "Only the team, as a draft"), (Visibility.PUBLIC, "Everybody")],
        initial=Visibility.TEAM,
    )


class VersionForm(RevisedForm, ProblemForm):
    """A new version over the one that stands."""

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
