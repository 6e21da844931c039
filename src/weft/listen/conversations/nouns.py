"""What this area declares of its nouns."""

from weft.listen.conversations import queries
from weft.listen.conversations.models import Statement
from weft.listen.conversations.queries import voices_of_statements
from weft.provenance.registry import LISTEN, Use, noun, tab

STATEMENT = noun(
    Statement,
    prefix="T",
    stage=LISTEN,
    is_leaf=True,
    serves=(Use.VOICE, Use.EVIDENCE),
    stays=("external_id",),
    voices=voices_of_statements,
)
tab(LISTEN, "conversations/_workspace.html", queries.workspace, queries.jobs)
