"""A team's page and its workspace."""

from django.http import Http404, HttpRequest, HttpResponse

from weft.core.pages import page
from weft.pages.team import queries
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.registry import STAGE_KEYS


@access.team_reader
def team(request: HttpRequest, team: Team) -> HttpResponse:
    """The team's story so far."""
    story = queries.story(team, request.GET.get("focus", "")[:12])
    return page(request, "team/team.html", {"story": story, "cloth": story.cloth})


@access.team_member
def workspace(request: HttpRequest, team: Team, stage: str) -> HttpResponse:
    """One tab of the workspace."""
    if stage not in STAGE_KEYS:
        raise Http404(access.NOT_HERE)
    return page(request, "team/workspace.html", {"open": queries.workspace(team, stage)})
