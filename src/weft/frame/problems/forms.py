"""What a team types about the problem."""

from typing import Any

from weft.core.columns import asked_of, citing_of
from weft.core.forms import KeyField, LineField, RadiosField, RevisedForm, say_plainly
from weft.core.standing import Standing
from weft.frame.problems.models import Version
from weft.frame.problems.nouns import PROBLEM
from weft.provenance.forms import LayerField, SourcesField, TyingForm
from weft.provenance.items import Origin
from weft.provenance.visibility import Visibility


class ProblemForm(TyingForm):
    """A problem statement."""

    noun = PROBLEM
    title = LineField(label="What is the problem, in one sentence?", noun="The sentence", limit=300)
    citing = citing_of(Version)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in asked_of(Version).items():
            self.fields[name] = column.formfield()
            say_plainly(self.fields[name])
        self.order_fields(("title", "text", "disagreement"))


class NewProblemForm(ProblemForm):
    """The first version of a problem statement."""

    key = KeyField()
    layer = LayerField()
    visibility = RadiosField(
        label="Who may see it now?",
        choices=[(Visibility.TEAM, "Only the team, as a draft"), (Visibility.PUBLIC, "Everybody")],
        initial=Visibility.TEAM,
    )

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().facts()
        return {"origin": Origin(key=said.pop("key")), **said}


class VersionForm(RevisedForm, ProblemForm):
    """A new version over the one that stands."""

    why = LineField(
        label="Why is there a new version?",
        noun="The reason",
        limit=400,
        help_text="One line. It stays in the history.",
    )

    def __init__(self, *args: Any, row: Any, here: Standing, **kwargs: Any) -> None:
        super().__init__(*args, programme=row.node.programme, **kwargs)
        self.fields["sources"] = SourcesField()
        self.ask_ties(row.node.team or self.programme, row, here)
