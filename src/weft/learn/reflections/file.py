"""Reflections in the programme file: one needs no title of its own."""

from weft.filing.items import Item, part_of
from weft.filing.parts import may
from weft.learn.reflections.nouns import REFLECTION
from weft.provenance.file import filed

TITLE = (str | None, may(None, "Its title; the first words of what was learned.", 300))

filed(REFLECTION, part_of(REFLECTION, Item, ["title"], title=TITLE))
