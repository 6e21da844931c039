"""What this area declares of its nouns."""

from weft.act.manifestos import queries
from weft.act.manifestos.actions import (
    edit_ask,
    edit_manifesto,
    make_ask,
    withdraw_ask,
    withdraw_manifesto,
    write_manifesto,
)
from weft.act.manifestos.models import Ask, AskEvent, Manifesto
from weft.provenance.registry import SHARE, Shown, Use, noun, tab

MANIFESTO = noun(
    Manifesto,
    prefix="X",
    leaves="Its asks stay.",
    stage=SHARE,
    is_knot=True,
    rests_on=Use.GROUND,
    shown=Shown.TEAM_PAGE,
    make=write_manifesto,
    edit=edit_manifesto,
    take_back=withdraw_manifesto,
)
ASK = noun(
    Ask,
    prefix="A",
    stage=SHARE,
    is_knot=True,
    rests_on=Use.GROUND,
    serves=(Use.ASKED,),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    parts=(AskEvent,),
    make=make_ask,
    edit=edit_ask,
    take_back=withdraw_ask,
)
tab(SHARE, "manifestos/_workspace.html", queries.workspace, queries.jobs)
