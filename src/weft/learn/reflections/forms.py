"""Form of reflections: under a minute on a phone, with only what was learned asked for."""

from weft.core import dates
from weft.core.forms import DayField, LineField
from weft.learn.reflections.nouns import REFLECTION
from weft.provenance.forms import ItemForm


class ReflectionForm(ItemForm):
    """A look back, on a project or on the work as a whole."""

    noun = REFLECTION
    on = DayField(label="When?", initial=dates.today)
    title = LineField(label="A title", limit=200, required=False, help_text="Left empty, it is the first sentence.")
    field_order = ("project", "outcome", "learned", "tried", "expected", "happened", "next", "on", "title")
