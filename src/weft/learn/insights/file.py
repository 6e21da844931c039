"""Recommendations in the programme file: one is of the day on which it was made, unless another is told."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from weft.filing.items import part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.parts import Day, may
from weft.filing.writing import put, unless
from weft.learn.insights.actions import recommend
from weft.learn.insights.models import Recommendation
from weft.learn.insights.nouns import RECOMMENDATION
from weft.provenance.file import Dumping, facts, filed, ties, told
from weft.provenance.models import Node, Relation

PART = part_of(RECOMMENDATION, made_on=(Day | None, may(None, "The day; the day of `made_at`.")))


def load(load: Loading, item: Any, path: Path) -> Node:
    """Recommend something."""
    common = told(load, item)
    made_on = item.made_on or timezone.localtime(common["origin"].at).date()
    sources = ties(load, item, Relation.INFORMS)
    return recommend(**common, **facts(load, item, "made_on"), made_on=made_on, sources=sources).node


def dump(dump: Dumping, node: Node, row: Recommendation) -> dict[str, Any]:
    """The keys of a recommendation."""
    made_on = unless(row.made_on, timezone.localtime(node.made_at).date())
    return put(PART, **dump.titled(node, Relation.INFORMS), **dump.values(row, "made_on"), made_on=made_on)


def empty(at: datetime) -> dict[str, Any]:
    """What a recommendation is made with of which only the tombstone is left."""
    return {"text": "", "to_role": "", "made_on": at.date()}


filed(RECOMMENDATION, PART, load=load, dump=dump, empty=empty)
