"""What this area declares of its nouns."""

from weft.listen.stories import queries
from weft.listen.stories.actions import end_use_again, pass_on, tell, withdraw_stories, withdraw_story
from weft.listen.stories.models import Story
from weft.provenance.journal import way
from weft.provenance.registry import LISTEN, Contributed, Use, noun, tab

STORY = noun(
    Story,
    prefix="Y",
    stage=LISTEN,
    is_leaf=True,
    serves=(Use.VOICE, Use.EVIDENCE, Use.TEXT),
    leaves="Do this when whoever told it asked for it on paper or in person.",
    make=tell,
    take_back=withdraw_story,
    voices=queries.voices_of_stories,
    only_read=queries.only_read,
    contributed=Contributed(by=queries.said_by, words=queries.words_of, take_back=withdraw_stories),
    sealed=pass_on,
)
tab(LISTEN, "stories/_workspace.html", queries.workspace, queries.jobs)
way("use", stands=queries.uses_of, again=end_use_again, known=queries.uses_ended)
