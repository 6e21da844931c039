"""What this area declares of its nouns."""

from weft.frame.problems import queries
from weft.frame.problems.actions import withdraw_problem, write_problem, write_version
from weft.frame.problems.models import ProblemStatement, Version
from weft.provenance.registry import FRAME, Shown, Use, noun, tab

PROBLEM = noun(
    ProblemStatement,
    prefix="P",
    key="problem",
    name="Problem statement",
    stage=FRAME,
    leaves="Every version goes. Findings and what people said stay.",
    is_knot=True,
    rests_on=Use.EVIDENCE,
    serves=(Use.GROUND, Use.PROBLEM),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    parts=(Version,),
    make=write_problem,
    edit=write_version,
    take_back=withdraw_problem,
)
tab(FRAME, "problems/_workspace.html", queries.workspace, queries.jobs)
