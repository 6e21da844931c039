"""What taking back an item of any kind leaves in the journal of withdrawals."""

from weft.provenance import items
from weft.provenance.journal import gone, still, way
from weft.provenance.models import Node

way("item", stands=still(Node.every.all()), again=items.bury_again, known=lambda: gone("item", Node.every.all()))
