"""Themes in the programme file: what is plainly gathered comes first, and has been read by then."""

from typing import Any

from weft.filing.items import part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.writing import account, put, unless
from weft.listen.themes.actions import make_theme
from weft.listen.themes.models import Theme
from weft.listen.themes.nouns import THEME
from weft.provenance.file import Dumping, facts, filed, person, tie, told
from weft.provenance.models import Knowledge, Node, Relation

PART = part_of(THEME)


def load(load: Loading, item: Any, path: Path) -> Node:
    """Gather what several people said; a note or another relation is tied by itself."""
    plain = [rest for rest in item.rests_on if not rest.note and rest.relation in (None, Relation.INFORMS)]
    sources = [load.rows["items"][rest.code] for rest in plain]
    by = person(load, item.by or item.gathered_by)
    made = make_theme(**{**told(load, item), "by": by}, **facts(load, item), sources=sources)
    return tie(load, made.node, item, Relation.INFORMS)


def dump(dump: Dumping, node: Node, row: Theme) -> dict[str, Any]:
    """The keys of a theme."""
    keys = dump.titled(node, Relation.INFORMS, knowledge=Knowledge.LIVED, first=lambda rest: len(rest) == 1)
    gathered_by = account(unless(row.gathered_by_id, node.made_by_id))
    return put(PART, **keys, **dump.values(row, "gathered_by"), gathered_by=gathered_by)


filed(THEME, PART, load=load, dump=dump)
