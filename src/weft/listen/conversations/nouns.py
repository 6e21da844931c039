"""What this area declares of its nouns."""

from weft.listen.conversations import queries
from weft.listen.conversations.actions import add_statement, pass_on, withdraw_statement, withdraw_statements
from weft.listen.conversations.models import Statement
from weft.provenance.registry import LISTEN, Contributed, Use, noun, tab

STATEMENT = noun(
    Statement,
    prefix="T",
    stage=LISTEN,
    is_leaf=True,
    serves=(Use.VOICE, Use.EVIDENCE),
    stays=("external_id",),
    make=add_statement,
    take_back=withdraw_statement,
    voices=queries.voices_of_statements,
    contributed=Contributed(by=queries.said_by, words=queries.words_of, take_back=withdraw_statements),
    sealed=pass_on,
)
tab(LISTEN, "conversations/_workspace.html", queries.workspace, queries.jobs)
