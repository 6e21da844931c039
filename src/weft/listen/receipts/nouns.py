"""What taking back by a receipt leaves in the journal of withdrawals, beside the items that are taken back."""

from weft.listen.conversations.models import Participant
from weft.listen.receipts import actions, queries
from weft.provenance.journal import gone, still, way

PEOPLE = Participant.objects.all()
way("answers", stands=still(PEOPLE), again=actions.withdraw_votes_again, known=lambda: gone("answers", PEOPLE.all()))
way(
    "everything",
    stands=queries.something_of,
    again=actions.withdraw_participant_again,
    known=queries.everything_gone,
)
