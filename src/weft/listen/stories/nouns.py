"""What this area declares of its nouns."""

from weft.listen.stories import queries
from weft.listen.stories.models import Story
from weft.listen.stories.queries import only_read, voices_of_stories
from weft.provenance.registry import LISTEN, Use, noun, tab

STORY = noun(
    Story,
    prefix="Y",
    stage=LISTEN,
    is_leaf=True,
    serves=(Use.VOICE, Use.EVIDENCE),
    voices=voices_of_stories,
    only_read=only_read,
)
tab(LISTEN, "stories/_workspace.html", queries.workspace, queries.jobs)
