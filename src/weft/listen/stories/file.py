"""Stories stand in their conversation."""

from weft.listen.stories.nouns import STORY
from weft.provenance.file import elsewhere

elsewhere(STORY)
