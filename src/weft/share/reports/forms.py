"""Forms of a report: its title, its sections, decisions about sentences, and what is said before it comes out."""

from typing import Any

from weft.core.columns import QUOTE_HINT
from weft.core.forms import Form, KeyField, LineField, RadiosField, RevisedForm, RevisionField, TextField
from weft.provenance.forms import CitingForm
from weft.share.reports.analysis import Row
from weft.share.reports.models import Verdict

CITE_HINT = (
    "Markdown works here. Cite with a code in double brackets, like [[F-7K3QD]], in every sentence that claims. "
    f"{QUOTE_HINT}"
)


class ReportForm(CitingForm):
    """What the report is called, and what it says in short."""

    title = LineField(label="What is the report called?", limit=200)
    summary = TextField(label="What does it say in short?", limit=2000, rows=4, required=False, help_text=CITE_HINT)
    citing = ("summary",)


class EditReportForm(RevisedForm, ReportForm):
    """The same, while somebody else may be changing it too."""


class SectionForm(CitingForm):
    """One section."""

    title = LineField(label="Heading", limit=200)
    text = TextField(label="Text", limit=60_000, rows=16, required=False, help_text=CITE_HINT)
    citing = ("text",)


class NewSectionForm(SectionForm):
    """A section that is added."""

    key = KeyField()


class EditSectionForm(RevisedForm, SectionForm):
    """A section, while somebody else may be changing it too."""


class JudgeForm(RevisedForm):
    """What the editors decide about a sentence that cites nothing."""

    done = "decided"
    verdict = RadiosField(label="What do you decide?", choices=Verdict.choices)
    reason = LineField(label="Why? Readers see this.", limit=400)


class PublishForm(Form):
    """Before an edition comes out: an answer to each warning. `number` is that of the edition it would be."""

    done = "published"
    mark_optional = False
    number = RevisionField()

    def __init__(self, *args: Any, warnings: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"answer_{at}": row.key for at, row in enumerate(warnings)}
        for name, row in zip(self.keys, warnings, strict=True):
            label = f"{row.group}, “{row.conversation}”: why are fewer of them carried, and what follows from it?"
            self.fields[name] = TextField(label=label, limit=2000, rows=3, help_text="Readers see this.")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        answers = {key: self.cleaned_data[name] for name, key in self.keys.items()}
        return {"number": self.cleaned_data["number"], "answers": answers}
