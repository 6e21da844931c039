"""What this area declares of its nouns."""

from weft.provenance.registry import SENSE, Shown, Use, noun, tab
from weft.sense.findings import queries
from weft.sense.findings.actions import edit_finding, edit_gap, make_finding, make_gap, withdraw_finding, withdraw_gap
from weft.sense.findings.models import Finding, Gap

FINDING = noun(
    Finding,
    prefix="F",
    stage=SENSE,
    is_knot=True,
    rests_by="supports",
    leaves="What people said stays. Texts that repeat the finding's own words are cut there.",
    rests_on=Use.EVIDENCE,
    serves=(Use.EVIDENCE, Use.CASE, Use.GROUND, Use.PROBLEM),
    shown=Shown.TEAM_PAGE | Shown.PROGRAMME_PAGE,
    make=make_finding,
    edit=edit_finding,
    take_back=withdraw_finding,
)
GAP = noun(
    Gap,
    prefix="G",
    of_programme=True,
    stage=SENSE,
    is_knot=True,
    rests_on=Use.EVIDENCE,
    serves=(Use.CASE,),
    shown=Shown.TEAM_PAGE,
    make=make_gap,
    edit=edit_gap,
    take_back=withdraw_gap,
)
tab(SENSE, "findings/_workspace.html", queries.workspace, queries.jobs)
