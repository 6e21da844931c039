"""Cards stand in their conversation."""

from weft.listen.conversations.nouns import STATEMENT
from weft.provenance.file import elsewhere

elsewhere(STATEMENT)
