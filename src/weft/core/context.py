"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Facts about this installation and this request."""
    return {
        "is_demo_site": settings.DEMO,
        "site_address": settings.ADDRESS,
        "programme": getattr(request, "programme", None),
        "team": getattr(request, "team", None),
        "may_work_here": getattr(request, "may_work_here", False),
        "may_lead_here": getattr(request, "may_lead_here", False),
        "is_member_here": getattr(request, "is_member_here", False),
        "may_convene_here": getattr(request, "may_convene_here", False),
    }
