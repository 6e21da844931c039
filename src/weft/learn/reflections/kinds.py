"""What this area puts on the thread."""

from weft.provenance.kinds import LEARN, Kind, register

REFLECTION = register(
    Kind(
        key="reflection",
        letter="R",
        name="Reflection",
        plural="reflections",
        stage=LEARN,
        page="reflections:reflection",
        model="reflections.Reflection",
        knot=True,
        texts=(
            "reflections.Reflection.tried:node__programme",
            "reflections.Reflection.expected:node__programme",
            "reflections.Reflection.happened:node__programme",
            "reflections.Reflection.learned:node__programme",
            "reflections.Reflection.next:node__programme",
        ),
    )
)
