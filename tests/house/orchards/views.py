"""The page on which an orchard is planted."""

from tests.house.orchards.actions import plant_orchard
from tests.house.orchards.forms import OrchardForm
from weft.provenance import access
from weft.provenance.pages import new_page


@access.team_member
def new(request, team):
    form = OrchardForm(request.POST or None, of=team)
    return new_page(request, team, form, plant_orchard, "Plant an orchard", team.tab("frame"))
