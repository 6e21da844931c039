"""What this area declares of its nouns."""

from weft.learn.insights import queries
from weft.learn.insights.actions import (
    edit_insight,
    edit_recommendation,
    make_insight,
    recommend,
    withdraw_insight,
    withdraw_recommendation,
)
from weft.learn.insights.models import Insight, Recommendation
from weft.provenance.registry import LEARN, SHARE, Shown, Use, noun, tab

INSIGHT = noun(
    Insight,
    prefix="H",
    of_programme=True,
    stage=LEARN,
    is_knot=True,
    rests_by="supports",
    rests_on=Use.CASE,
    serves=(Use.GROUND, Use.LESSON),
    shown=Shown.TEAM_PAGE,
    make=make_insight,
    edit=edit_insight,
    take_back=withdraw_insight,
)
RECOMMENDATION = noun(
    Recommendation,
    prefix="K",
    of_programme=True,
    stage=SHARE,
    is_knot=True,
    rests_on=Use.LESSON,
    serves=(Use.ASKED,),
    make=recommend,
    edit=edit_recommendation,
    take_back=withdraw_recommendation,
)
tab(LEARN, "insights/_workspace.html", queries.workspace, queries.jobs)
