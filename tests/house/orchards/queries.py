"""Reading orchards."""

from tests.house.orchards.models import Orchard
from weft.provenance.queries import within


def workspace(team):
    return within(team, Orchard.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node"))
