"""What this area declares of its nouns."""

from weft.provenance.registry import SHARE, draft, noun, tab
from weft.share.reports import queries
from weft.share.reports.actions import publish
from weft.share.reports.models import Edition, Judgement, Report, Section

EDITION = noun(Edition, prefix="B", stage=SHARE, called="report", is_knot=True, stays=("content_hash",), make=publish)
tab(SHARE, "reports/_workspace.html", queries.workspace, queries.jobs, place=2)
draft(Report, Section, Judgement, cites=queries.cited_in_draft)
