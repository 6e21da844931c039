"""What only a team sees is on no page that others reach, wherever it is named."""

import pytest
from django.apps import apps
from django.db.models import F, Value
from django.db.models.functions import Concat

from tests.journeys.crawl import pages
from weft.listen.conversations.models import Consent, Moderation, Statement
from weft.people.programmes.models import Membership, Programme, Team
from weft.programme_file import demo
from weft.provenance.models import Node, SearchText
from weft.provenance.registry import NOUNS

MARK = "QZXHIDDEN"


def mark(rows: object, column: str) -> None:
    """Set the mark before what stands in a column, cut to its length."""
    rows.update(**{column: Concat(Value(f"{MARK} "), F(column))})


def hide_some(programme: Programme, team: Team) -> int:
    """Make every second item of a team, of each kind, its own, and mark its words; how many."""
    chosen = []
    for kind in NOUNS:
        nodes = Node.objects.filter(programme=programme, team=team, kind=kind, withdrawn_at=None).order_by(
            "made_at", "id"
        )
        chosen += [node.pk for node in nodes[::2]]
    hidden = Node.objects.filter(pk__in=chosen)
    hidden.update(visibility="team", title=Value(f"{MARK} title"))
    Statement.objects.filter(node__in=chosen).update(moderation=Moderation.HIDDEN)
    Consent.objects.filter(node__in=chosen, scope__in=["quote", "describe"]).delete()
    mark(SearchText.objects.filter(node__in=chosen), "body")
    for kind in NOUNS.values():
        for spec in kind.texts:
            path, _, via = spec.partition(":")
            label, _, column = path.rpartition(".")
            model, way = apps.get_model(label), via.removesuffix("__programme")
            if way.endswith("node") and model._meta.get_field(column).get_internal_type() != "JSONField":
                rows = model._default_manager.filter(**{f"{way}__in": chosen})
                for row in rows:
                    setattr(row, column, f"{MARK} {getattr(row, column)}"[: model._meta.get_field(column).max_length])
                    row.save(update_fields=[column])
    return len(chosen)


@pytest.mark.django_db
def test_others_read_nothing_that_only_a_team_sees() -> None:
    """Walked as anybody, and as a member of another team of the same programme."""
    programme = demo.fill()
    first, second = programme.teams.all()[:2]
    assert hide_some(programme, first) > 60
    other = Membership.objects.filter(team=second, role="member", to_on=None).first().user
    starts = ("/", f"/{programme.slug}/search/?words={MARK}&kind=", f"/{programme.slug}/{second.slug}/work/sense/")
    for who in (None, other):
        found = pages(who, starts)
        assert len(found) > 300
        told = {
            at: text[max(0, text.index(MARK) - 300) :][:400]
            for at, text in found.items()
            if MARK in text.replace(f"words={MARK}", "").replace(f'value="{MARK}"', "")
        }
        assert told == {}
