"""What this area declares of its nouns."""

from weft.provenance.journal import way
from weft.provenance.registry import SHARE, Use, noun, tab
from weft.share.responses import queries
from weft.share.responses.actions import correct_response, erase_marks, respond, take_back_mark_again, withdraw_response
from weft.share.responses.models import Mark, Promise, Response

RESPONSE = noun(
    Response,
    prefix="W",
    stage=SHARE,
    called="answer",
    rests_by="answers",
    rests_on=Use.ASKED,
    parts=(Promise, Mark),
    make=respond,
    edit=correct_response,
    take_back=withdraw_response,
    erase=erase_marks,
    replies=queries.replies,
)
tab(SHARE, "responses/_workspace.html", queries.workspace, queries.jobs, place=1)
way("mark", stands=queries.marks_by, again=take_back_mark_again)  # nothing is kept of one that was taken back
