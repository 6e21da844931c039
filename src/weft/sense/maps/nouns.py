"""What this area declares of its nouns."""

from weft.provenance.registry import SENSE, Use, noun, tab
from weft.sense.maps import queries
from weft.sense.maps.actions import draw_map, forget, withdraw_map
from weft.sense.maps.models import OpinionMap
from weft.sense.maps.queries import voices_of_maps

MAP = noun(
    OpinionMap,
    prefix="N",
    key="map",
    name="Opinion map",
    stage=SENSE,
    leaves="The answers stay, and a new map can be drawn.",
    is_knot=True,
    serves=(Use.EVIDENCE, Use.CASE, Use.GROUND),
    stays=("input_hash",),
    make=draw_map,
    take_back=withdraw_map,
    voices=voices_of_maps,
    forget=forget,
)
tab(SENSE, "maps/_workspace.html", queries.workspace, queries.jobs, place=2)
