"""What this area declares of its noun."""

from tests.house.orchards import actions, queries
from tests.house.orchards.models import Orchard
from weft.provenance.registry import FRAME, Shown, noun, tab

ORCHARD = noun(
    Orchard,
    prefix="OR",
    stage=FRAME,
    is_knot=True,
    shown=Shown.TEAM_PAGE,
    make=actions.plant_orchard,
    edit=actions.edit_orchard,
    take_back=actions.withdraw_orchard,
)
tab(FRAME, "orchards/_workspace.html", queries.workspace, lambda team: [])
