"""How members are called on pages."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.text import capfirst

from weft.people.accounts.models import User
from weft.people.programmes.models import Programme, Team
from weft.people.programmes.permissions import may_be_named, stands_for
from weft.people.programmes.queries import memberships_by_account

register = template.Library()


@register.simple_tag(takes_context=True)
def called(context: dict[str, Any], user: User, of: Team | Programme, begins: bool = False) -> str:
    """Somebody on a page of a team or programme that everybody may read; `begins` where a sentence begins with them.

    By name where they said that it may stand there. Else members of the programme read the name, and that others do
    not, and everybody else what stands for it. One query a request at most.
    """
    if may_be_named(user):
        return user.name
    request = context["request"]
    if getattr(request, "is_member_here", False):
        return format_html('{} <span class="weft-soft">(name not public)</span>', user)
    kept = request.__dict__.setdefault("_memberships", {})
    if of.programme.pk not in kept:
        kept[of.programme.pk] = memberships_by_account(of.programme)
    words = stands_for(kept[of.programme.pk].get(user.pk, ()), of)
    return capfirst(words) if begins else words
