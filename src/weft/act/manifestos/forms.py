"""Forms of manifestos and asks."""

from weft.act.manifestos.models import AskEventKind
from weft.act.manifestos.nouns import ASK, MANIFESTO
from weft.core import dates
from weft.core.forms import DayField, Form, LineField, RadiosField
from weft.provenance.forms import ItemForm, SourcesField


class ManifestoForm(ItemForm):
    """What a group of people asks for, together."""

    noun = MANIFESTO
    title = LineField(label="What is it called?", limit=200)


class AskForm(ItemForm):
    """What is asked, and of whom."""

    noun = ASK
    title = LineField(label="What do you ask, in one sentence?", limit=200)
    asked_on = DayField(label="Asked on", initial=dates.today)
    sources = SourcesField()
    field_order = ("title", "text", "to_role", "to_organisation", "manifesto", "asked_on", "answer_by", "sources")


class EventForm(Form):
    """What happened to an ask."""

    kind = RadiosField(label="What happened?", choices=AskEventKind.choices)
    on = DayField(label="When?", initial=dates.today)
    note = LineField(label="Anything to note?", limit=400, required=False)
