"""The names of members reach pages that everybody may read through one tag alone."""

import re

from django.apps import apps

from tests.house.tree import SOURCE, files
from weft.people.accounts.models import User
from weft.people.leads.models import Lead
from weft.people.programmes.models import Membership

# Templates that say an account's name as it is, and who meets them.
INSIDE = {
    "core/_who.html": "whose name it is",
    "tables/signed_in.html": "whose name it is",
    "programmes/mine.html": "whose name it is",
    "programmes/other_account.html": "whose name it is",
    "programmes/invitation.html": "whoever is invited",
    "programmes/invitation.txt": "whoever is invited",
    "programmes/demo.html": "the machine on which a demonstration runs",
    "programmes/people.html": "leads and convenors",
    "leads/leads.html": "members of the team",
    "journey/session.html": "members of the programme",
    "stories/_inside.html": "members of the team",
    "bursts/list.html": "members of the team",
    "provenance/earlier.html": "members of the team",
    "concerns/list.html": "safeguarding leads",
    "concerns/concern.html": "safeguarding leads",
}
OTHER_LEADS = {"cohort/cohort.html"}  # a text that is called `lead`, for convenors


def columns() -> set[str]:
    """The names of all columns that point at an account, or at what somebody is in a programme."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return {field.name for field in fields if field.is_relation and field.related_model in {User, Membership, Lead}}


def prints_somebody() -> re.Pattern[str]:
    """A variable of a template that ends in such a column, or in its name or address."""
    ends = "|".join(sorted(columns()))
    return re.compile(rf"\{{\{{\s*(?:\w+\.)*(?:{ends})(?:\.name|\.email)?\s*(?:\||\}})")


def test_only_pages_within_a_programme_say_a_name_as_it_is() -> None:
    pattern = prints_somebody()
    for copy in ("{{ node.made_by }}", "{{ one.membership.user.name }}", "{{ user|default:1 }}", "{{ project.lead }}"):
        assert pattern.search(copy)
    found = {
        path.relative_to(path.parents[1]).as_posix()
        for kind in ("*.html", "*.txt")
        for path in files(kind, under=SOURCE)
        if pattern.search(path.read_text("utf-8"))
    }
    assert found - OTHER_LEADS == INSIDE.keys(), "say `{% called user of %}` of the tags `members`"
