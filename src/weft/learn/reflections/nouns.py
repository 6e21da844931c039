"""What this area declares of its nouns."""

from weft.learn.reflections import queries
from weft.learn.reflections.actions import edit_reflection, reflect, withdraw_reflection
from weft.learn.reflections.models import Reflection
from weft.provenance.registry import LEARN, Shown, Use, noun, tab

REFLECTION = noun(
    Reflection,
    prefix="R",
    of_programme=True,
    stage=LEARN,
    is_knot=True,
    rests_on=Use.EVIDENCE,
    serves=(Use.EVIDENCE, Use.CASE, Use.GROUND),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    make=reflect,
    edit=edit_reflection,
    take_back=withdraw_reflection,
)
tab(LEARN, "reflections/_workspace.html", queries.workspace, queries.jobs)
