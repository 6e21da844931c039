"""What this area puts on the thread."""

from weft.provenance.kinds import SHARE, Kind, register

MANIFESTO = register(
    Kind(
        key="manifesto",
        letter="X",
        name="Manifesto",
        plural="manifestos",
        stage=SHARE,
        page="manifestos:manifesto",
        model="manifestos.Manifesto",
        knot=True,
        texts=(
            "manifestos.Manifesto.preamble:node__programme",
            "manifestos.Manifesto.made_with:node__programme",
        ),
    )
)
ASK = register(
    Kind(
        key="ask",
        letter="A",
        name="Ask",
        plural="asks",
        stage=SHARE,
        page="manifestos:ask",
        model="manifestos.Ask",
        knot=True,
        texts=(
            "manifestos.Ask.text:node__programme",
            "manifestos.AskEvent.note:ask__node__programme",
        ),
        parts=("manifestos.AskEvent.ask",),
    )
)
