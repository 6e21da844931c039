"""What this area puts on the thread."""

from weft.provenance.kinds import SENSE, Kind, register

SOURCE = register(
    Kind(
        key="source",
        letter="S",
        name="Source",
        plural="sources",
        stage=SENSE,
        page="sources:source",
        model="sources.Source",
        leaf=True,
        texts=(
            "sources.Source.summary:node__programme",
            "sources.Source.text:node__programme",
            "sources.Source.fit_for:node__programme",
            "sources.Source.limits:node__programme",
        ),
    )
)
EXCERPT = register(
    Kind(
        key="excerpt",
        letter="Q",
        name="Excerpt",
        plural="excerpts",
        stage=SENSE,
        page="sources:excerpt",
        model="sources.Excerpt",
        leaf=True,
        texts=(
            "sources.Excerpt.quote:node__programme",
            "sources.Excerpt.note:node__programme",
        ),
    )
)
