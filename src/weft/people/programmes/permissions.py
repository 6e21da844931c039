"""Whose name may stand on a page that everybody may read, and what stands there instead."""

from collections.abc import Iterable
from datetime import date

from weft.people.accounts.models import NameInPublic, User
from weft.people.programmes.models import Membership, Programme, Role, Team


def may_be_named(user: User) -> bool:
    """Whether somebody's name may stand on public pages: only where they said so, and never under 18."""
    return bool(user.name) and user.name_in_public == NameInPublic.YES


def stands_for(memberships: Iterable[Membership], of: Team | Programme) -> str:
    """What stands in place of a name on a page of a team or programme: what somebody is there, and from where.

    Of several memberships the one in that team or programme tells, and of these the one that lasts, or lasted last.
    Whoever leads a team is called a member of it: that somebody leads is said where it matters.
    """
    own = of.team.pk if of.team else None

    def nearness(one: Membership) -> tuple[bool, bool, bool, date, int]:
        return one.team_id == own, one.team_id is None, one.to_on is None, one.from_on, one.pk

    by = max(memberships, key=nearness, default=None)
    if by is None:
        return f"a {Role.MEMBER.label.lower()} of {of}"
    role = Role.MEMBER if by.role == Role.LEAD else Role(by.role)
    place = f"from {by.organisation}" if by.organisation else f"of {by.team or of.programme}"
    return f"a {role.label.lower()} {place}"
