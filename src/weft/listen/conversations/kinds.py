"""What this area puts on the thread."""

from weft.provenance.kinds import LISTEN, Kind, register

STATEMENT = register(
    Kind(
        key="statement",
        letter="T",
        name="Statement",
        plural="statements",
        stage=LISTEN,
        page="conversations:statement",
        model="conversations.Statement",
        leaf=True,
        voices="weft.listen.conversations.queries.voices_of_statements",
        texts=(
            "conversations.Statement.text:node__programme",
            "conversations.Statement.hidden_because:node__programme",
            "conversations.Conversation.prompt:programme",
            "conversations.Conversation.purpose:programme",
        ),
        stays=("external_id",),
    )
)
