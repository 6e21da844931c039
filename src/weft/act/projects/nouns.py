"""What this area declares of its nouns."""

from weft.act.projects import queries
from weft.act.projects.actions import begin_project, correct_day, edit_project, enter_day, withdraw_project
from weft.act.projects.models import Activity, Iteration, Project
from weft.provenance.registry import ACT, Shown, Use, noun, tab

PROJECT = noun(
    Project,
    prefix="M",
    leaves="Its days stay, as they happened.",
    stage=ACT,
    is_knot=True,
    rests_by="addresses",
    rests_on=Use.PROBLEM,
    serves=(Use.CASE, Use.GROUND),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    parts=(Iteration,),
    make=begin_project,
    edit=edit_project,
    take_back=withdraw_project,
)
ACTIVITY = noun(
    Activity,
    prefix="D",
    stage=ACT,
    serves=(Use.CASE,),
    make=enter_day,
    edit=correct_day,
)
tab(ACT, "projects/_workspace.html", queries.workspace, queries.jobs)
