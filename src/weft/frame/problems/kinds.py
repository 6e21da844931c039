"""What this area puts on the thread."""

from weft.provenance.kinds import FRAME, Kind, register

PROBLEM = register(
    Kind(
        key="problem",
        letter="P",
        name="Problem statement",
        plural="problem statements",
        stage=FRAME,
        page="problems:problem",
        model="problems.ProblemStatement",
        knot=True,
        texts=(
            "problems.Version.title:problem__node__programme",
            "problems.Version.text:problem__node__programme",
            "problems.Version.disagreement:problem__node__programme",
            "problems.Version.why:problem__node__programme",
        ),
        parts=("problems.Version.problem",),
    )
)
