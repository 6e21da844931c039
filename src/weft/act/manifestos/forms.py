"""Forms of manifestos and asks."""

from typing import Any

from weft.act.manifestos.models import AskEventKind, Manifesto
from weft.core import dates
from weft.core.columns import CITE_HINT
from weft.core.forms import (
    DayField,
    Form,
    KeyField,
    LineField,
    RadiosField,
    RevisedForm,
    SelectField,
    TextField,
    TicksField,
)
from weft.people.programmes.models import Organisation, Place, Team
from weft.provenance.forms import CitingForm
from weft.provenance.models import Node


class ManifestoForm(CitingForm):
    """What a group of people asks for, together."""

    title = LineField(label="What is it called?", limit=200)
    preamble = TextField(label="Why we ask", limit=6000, rows=8, required=False, help_text=CITE_HINT)
    made_with = LineField(
        label="Who made it?", limit=300, required=False, help_text="Like: 24 young people in two towns."
    )
    place = SelectField(label="For which place?", choices=[], required=False)
    citing = ("preamble",)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, programme=team.programme, **kwargs)
        self.places: dict[str, Place] = {str(p.pk): p for p in team.programme.places.all()}
        self.fields["place"].choices = [("", "No one place"), *((k, p.name) for k, p in self.places.items())]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "place": self.places.get(self.cleaned_data["place"])}


class NewManifestoForm(ManifestoForm):
    """A new manifesto."""

    key = KeyField()


class EditManifestoForm(RevisedForm, ManifestoForm):
    """Changing a manifesto while somebody else may be changing it too."""


class AskForm(CitingForm):
    """What is asked, and of whom."""

    title = LineField(label="What do you ask, in one sentence?", limit=200)
    text = TextField(label="More about it, and why", limit=3000, rows=5, help_text=CITE_HINT)
    to_role = LineField(label="Whom do you ask?", limit=160, help_text="A role, like: head of transport.")
    to_organisation = SelectField(label="Of which organisation?", choices=[], required=False)
    manifesto = SelectField(label="Is it part of a manifesto?", choices=[], required=False)
    asked_on = DayField(label="Asked on", initial=dates.today)
    answer_by = DayField(label="Answer wanted by", required=False)
    citing = ("text",)

    def __init__(self, *args: Any, team: Team, manifestos: list[Manifesto], **kwargs: Any) -> None:
        super().__init__(*args, programme=team.programme, **kwargs)
        self.bodies: dict[str, Organisation] = {str(o.pk): o for o in team.programme.organisations.all()}
        self.manifestos = {str(m.pk): m for m in manifestos}
        self.fields["to_organisation"].choices = [
            ("", "Not one of these"),
            *((k, o.name) for k, o in self.bodies.items()),
        ]
        named = ((k, m.node.title or f"{m.node.code}, which was taken back") for k, m in self.manifestos.items())
        self.fields["manifesto"].choices = [("", "No"), *named]
        if not manifestos:
            del self.fields["manifesto"]

    def clean(self) -> dict[str, Any]:
        """An answer cannot be wanted before the ask."""
        cleaned = super().clean()
        asked, wanted = cleaned.get("asked_on"), cleaned.get("answer_by")
        if asked and wanted and wanted < asked:
            self.add_error("answer_by", "That is before the ask was made. Check both days.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = {k: v for k, v in self.cleaned_data.items() if k != "sources"}
        said["to_organisation"] = self.bodies.get(said["to_organisation"])
        said["manifesto"] = self.manifestos.get(said.get("manifesto", ""))
        return said


class NewAskForm(AskForm):
    """A new ask and what it rests on."""

    key = KeyField()
    sources = TicksField(label="What does it rest on?", choices=[], required=False)

    def __init__(self, *args: Any, sources: list[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = {str(node.pk): node for node in sources}
        self.fields["sources"].choices = [(k, f"{n.about.name}: {n.title}") for k, n in self.nodes.items()]
        if not sources:
            del self.fields["sources"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().facts(), "sources": [self.nodes[key] for key in self.cleaned_data.get("sources", [])]}


class EditAskForm(RevisedForm, AskForm):
    """Changing an ask while somebody else may be changing it too."""


class EventForm(Form):
    """What happened to an ask."""

    kind = RadiosField(label="What happened?", choices=AskEventKind.choices)
    on = DayField(label="When?", initial=dates.today)
    note = LineField(label="Anything to note?", limit=400, required=False)
