"""Form of orchards."""

from tests.house.orchards.nouns import ORCHARD
from weft.core.forms import LineField
from weft.provenance.forms import ItemForm


class OrchardForm(ItemForm):
    noun = ORCHARD
    title = LineField(label="What is it called?", limit=200)
