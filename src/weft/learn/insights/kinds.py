"""What this area puts on the thread."""

from weft.provenance.kinds import LEARN, SHARE, Kind, register

INSIGHT = register(
    Kind(
        key="insight",
        letter="H",
        name="Insight",
        plural="insights",
        stage=LEARN,
        page="insights:insight",
        model="insights.Insight",
        knot=True,
        texts=("insights.Insight.text:node__programme",),
    )
)
RECOMMENDATION = register(
    Kind(
        key="recommendation",
        letter="K",
        name="Recommendation",
        plural="recommendations",
        stage=SHARE,
        page="insights:recommendation",
        model="insights.Recommendation",
        knot=True,
        texts=("insights.Recommendation.text:node__programme",),
    )
)
