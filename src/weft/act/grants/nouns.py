"""What this area declares: it has no noun on the thread, and a part of the tab Act."""

from weft.act.grants import queries
from weft.provenance.registry import ACT, tab

tab(ACT, "grants/_workspace.html", queries.workspace, queries.jobs)
