"""Orchards that the people of a place keep."""

from weft.core.columns import NamedLine, Said
from weft.provenance.models import Item


class Orchard(Item):
    """One orchard."""

    text = Said(label="What grows there?", says="What grows there, in Markdown with citations.", limit=2000, cites=True)
    kept_by = NamedLine(label="Who keeps it up?", says="Who keeps it up.", limit=160, blank=True)
