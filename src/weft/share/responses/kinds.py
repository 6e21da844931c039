"""What this area puts on the thread."""

from weft.provenance.kinds import SHARE, Kind, register

RESPONSE = register(
    Kind(
        key="response",
        letter="W",
        name="Response",
        plural="responses",
        stage=SHARE,
        page="responses:response",
        model="responses.Response",
        texts=(
            "responses.Response.reasons:node__programme",
            "responses.Promise.what:response__node__programme",
            "responses.Promise.update:response__node__programme",
            "responses.Mark.why:participant__conversation__programme",
            "responses.Mark.why:team__programme",
        ),
        parts=("responses.Promise.response", "responses.Mark.response"),
    )
)
