"""What this area puts on the thread."""

from weft.provenance.kinds import SENSE, Kind, register

MAP = register(
    Kind(
        key="map",
        letter="N",
        name="Opinion map",
        plural="opinion maps",
        stage=SENSE,
        page="maps:map",
        model="maps.OpinionMap",
        knot=True,
        stays=("input_hash",),
        voices="weft.sense.maps.queries.voices_of_maps",
        forget="weft.sense.maps.actions.forget",
    )
)
