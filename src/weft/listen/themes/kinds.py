"""What this area puts on the thread."""

from weft.provenance.kinds import LISTEN, Kind, register

THEME = register(
    Kind(
        key="theme",
        letter="V",
        name="Theme",
        plural="themes",
        stage=LISTEN,
        page="themes:theme",
        model="themes.Theme",
        knot=True,
        texts=("themes.Theme.summary:node__programme",),
    )
)
