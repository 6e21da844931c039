"""What this area puts on the thread."""

from weft.provenance.kinds import LISTEN, Kind, register

STORY = register(
    Kind(
        key="story",
        letter="Y",
        name="Story",
        plural="stories",
        stage=LISTEN,
        page="stories:story",
        model="stories.Story",
        leaf=True,
        only_read="weft.listen.stories.queries.only_read",
        voices="weft.listen.stories.queries.voices_of_stories",
        texts=(
            "stories.Story.text:node__programme",
            "stories.Story.described_as:node__programme",
            "stories.Story.not_used_because:node__programme",
        ),
    )
)
