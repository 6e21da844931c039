"""What this area shows on the tab of its stage."""

from weft.listen.left import queries
from weft.provenance.registry import LISTEN, tab

tab(LISTEN, "left/_workspace.html", queries.workspace, queries.jobs)
