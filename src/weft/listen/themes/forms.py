"""What a team types about a theme."""

from weft.core.forms import LineField
from weft.listen.themes.nouns import THEME
from weft.provenance.forms import ItemForm


class ThemeForm(ItemForm):
    """A theme's name and what it says."""

    noun = THEME
    title = LineField(
        label="What did several people say?",
        noun="The theme",
        limit=200,
        help_text="One sentence, in their words where you can.",
    )
