"""What this area adds to the jobs of a team."""

from weft.listen.bursts import queries
from weft.provenance.registry import LISTEN, tab

tab(LISTEN, "bursts/_workspace.html", queries.workspace, queries.jobs)
