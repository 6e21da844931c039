"""What only a team sees is on no page that others reach, wherever it is named."""

import pytest
from django.db.models import Value
from django.test import Client

from tests.journeys.crawl import pages
from weft.listen.conversations.models import Consent, Moderation, Statement
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme
from weft.provenance.models import Node, SearchText
from weft.provenance.queries.repeats import item_places

pytestmark = pytest.mark.sqlite

MARK = "QZXHIDDEN"
READERS = {"anybody": "", "a member of another team": "kit@example.org"}


def hide(programme: Programme, half: int) -> list[Node]:
    """Make every second item of a team, of each kind, its own, and mark its words."""
    items = Node.objects.filter(programme=programme, team__slug="summer", withdrawn_at=None)
    kinds = sorted(set(items.values_list("kind", flat=True)))
    chosen = [
        pk for kind in kinds for pk in items.filter(kind=kind).order_by("code").values_list("pk", flat=True)[half::2]
    ]
    hidden = Node.objects.filter(pk__in=chosen)
    hidden.update(visibility="team", title=Value(f"{MARK} title"))
    Statement.objects.filter(node__in=chosen).update(moderation=Moderation.HIDDEN)
    Consent.objects.filter(node__in=chosen, scope__in=["quote", "describe"]).delete()
    SearchText.objects.filter(node__in=chosen).update(body=MARK)
    for model, column, to_node in item_places():
        field = model._meta.get_field(column)
        if field.get_internal_type() != "JSONField":
            for row in model._default_manager.filter(**{f"{to_node}__in": chosen}):
                setattr(row, column, f"{MARK} {getattr(row, column)}"[: field.max_length])
                row.save(update_fields=[column])
    return list(hidden.select_related("programme"))


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("reader", READERS)
def test_others_read_nothing_that_only_a_team_sees(programme: Programme, reader: str, half: int) -> None:
    """Every item of the team is hidden in one of the halves; those with nothing beside them in the first."""
    hidden = hide(programme, half)
    assert len(hidden) >= (15, 5)[half]
    team = Client()
    team.force_login(User.objects.get(email="lena@example.org"))
    assert [node.code for node in hidden if MARK not in team.get(node.get_absolute_url()).content.decode()] == []
    who = User.objects.get(email=READERS[reader]) if READERS[reader] else None
    starts = ("/", f"/pell/search/?words={MARK}&kind=", "/pell/company/work/sense/")
    found = pages(who, starts)
    assert len(found) > 30
    told = {
        at: text[max(0, text.index(MARK) - 300) :][:400]
        for at, text in found.items()
        if MARK in text.replace(f"words={MARK}", "").replace(f'value="{MARK}"', "")
    }
    assert told == {}
