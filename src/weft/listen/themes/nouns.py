"""What this area declares of its nouns."""

from weft.listen.themes import queries
from weft.listen.themes.actions import edit_theme, make_theme, withdraw_theme
from weft.listen.themes.models import Theme
from weft.provenance.registry import LISTEN, Shown, Use, noun, tab

THEME = noun(
    Theme,
    prefix="V",
    stage=LISTEN,
    is_knot=True,
    leaves="What it gathers stays.",
    rests_on=Use.VOICE,
    serves=(Use.EVIDENCE, Use.CASE, Use.GROUND),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    make=make_theme,
    edit=edit_theme,
    take_back=withdraw_theme,
)
tab(LISTEN, "themes/_workspace.html", queries.workspace, queries.jobs)
