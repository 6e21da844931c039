"""Searching a programme, in what the reader may see."""

from django.db.models import QuerySet

from weft.core.standing import Standing
from weft.people.programmes.models import Programme
from weft.provenance import queries as provenance
from weft.provenance.models import Node
from weft.provenance.registry import NOUNS, STAGES
from weft.provenance.visibility import visible


def found(programme: Programme, here: Standing, *, words: str, kind: str, team: str) -> QuerySet[Node]:
    """Items that hold all the words, or the newest where none are given, of a kind and a team if asked."""
    if words:
        nodes = provenance.search(programme, words, here)
    else:
        nodes = programme.nodes.filter(visible(here), withdrawn_at=None)
        nodes = nodes.select_related("team").order_by("-made_at", "-id")
    if kind in NOUNS:
        nodes = nodes.filter(kind=kind)
    return nodes.filter(team__slug=team) if team else nodes


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of item, in the order of the stages."""
    ordered = sorted(NOUNS.values(), key=lambda kind: (kind.stage, kind.plural))
    return [("", "Everything"), *((kind.key, f"{STAGES[kind.stage]}: {kind.plural}") for kind in ordered)]
