"""Opinion maps in the programme file: drawn when it is loaded, or as they were drawn before a dump."""

import json
from typing import Any

from pydantic import Json

from weft.core.errors import Refused
from weft.filing.items import Item, part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.parts import ConversationCode, may, need
from weft.filing.writing import as_json, exchanged, put
from weft.listen.conversations.models import Statement
from weft.provenance.file import Dumping, filed, origin_of, person, tie
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.visibility import Visibility
from weft.sense.maps.actions import PARAMETERS, draw_map, keep_map
from weft.sense.maps.analysis import as_told_now, named
from weft.sense.maps.models import OpinionMap
from weft.sense.maps.nouns import MAP

FROZEN = ("parameters", "input_hash", "came", "people", "statements", "votes", "verdict", "placings")


def _asked(what: str, name: str, least: int) -> tuple[Any, Any]:
    return int | None, may(None, f"{what}; {PARAMETERS[name]}.", ge=least)


def _counted(what: str) -> tuple[Any, Any]:
    return int | None, may(None, f"In a dump: {what}.", ge=0)


PART = part_of(
    MAP,
    Item,
    title=(str | None, may(None, "Its title.", 300)),
    conversation=(ConversationCode, need("The join code of the conversation.")),
    seed=(int, may(0, "The number that chance starts from.", ge=0, le=2**31 - 1)),
    min_votes=_asked("How many answers somebody gave at least to be counted", "min_votes", 1),
    min_group=_asked("How many people a group has at least", "min_group", 1),
    permutations=_asked("How many shuffles the groups are compared with", "permutations", 0),
    resamples=_asked("How many resamples the groups are compared with", "resamples", 0),
    parameters=(Json[dict[str, Any]] | None, may(None, "In a dump: the parameters, as JSON.")),
    result=(Json[dict[str, Any]] | None, may(None, "In a dump: what was drawn, as JSON, statements by their codes.")),
    input_hash=(str | None, may(None, "In a dump: the SHA-256 of the answers it was drawn from.", 64)),
    came=_counted("how many had come"),
    people=_counted("how many answered"),
    statements=_counted("how many statements there were"),
    votes=_counted("how many answers there were"),
    verdict=(str | None, may(None, "In a dump: whether there are groups.", 12)),
    reason=(str | None, may(None, "In a dump: why there are none.", 120)),
    placings=(
        Json[list[tuple[int, int | None, float, float]]] | None,
        may(None, "In a dump: participant, group and position of each, as JSON."),
    ),
)


def load(load: Loading, item: Any, path: Path) -> Node:
    """Draw a map, or put back one that was drawn."""
    asked = item.given("seed", "min_votes", "min_group", "permutations", "resamples")
    drawn = item.given(*FROZEN, "reason")
    if stray := next(iter(drawn if item.result is None else asked), None):
        beside = "only beside a `result`, in a dump" if item.result is None else "in `parameters` beside a `result`"
        raise Refused(f"{stray} stands {beside}.", field=stray)
    common = {
        "by": person(load, item.by),
        "conversation": load.row(item.conversation),
        "title": item.title or "",
        "visibility": item.visibility or Visibility.PUBLIC,
        "origin": origin_of(load, item),
    }
    made = draw_map(**common, **asked) if item.result is None else _kept(load, item, common)
    if made.node.code != item.code:
        raise Refused(f"{made.node.code} is the same map.")
    return tie(load, made.node, item, Relation.INFORMS)


def _kept(load: Loading, item: Any, common: dict[str, Any]) -> OpinionMap:
    missing = [name for name in ("title", *FROZEN) if getattr(item, name) is None]
    if missing:
        raise Refused(f"a map with a result has {', '.join(missing)} too.")
    cards = Statement.objects.filter(conversation=common["conversation"]).values_list("node__code", "pk")
    people = load.rows["participants"]
    return keep_map(
        **common,
        **{name: getattr(item, name) for name in FROZEN if name != "placings"},
        result=as_told_now(exchanged(item.result, {code: str(key) for code, key in cards})),
        placings=[(people[item.conversation, number].pk, group, x, y) for number, group, x, y in item.placings],
        reason=item.reason or "",
    )


def dump(dump: Dumping, node: Node, row: OpinionMap) -> dict[str, Any]:
    """The keys of a map, with what was drawn."""
    cards = Statement.objects.filter(conversation=row.conversation_id).values_list("pk", "node__code")
    result = exchanged(row.result, {str(key): code for key, code in cards})
    places = row.placings.order_by("participant__number").values_list("participant__number", "group", "x", "y")
    names = ("input_hash", "came", "people", "statements", "votes", "verdict")
    own = [(code, Relation.INFORMS) for code in named(result)]
    return put(
        PART,
        **{**dump.titled(node, Relation.INFORMS, knowledge=Knowledge.LIVED, without=own), "team": None},
        conversation=row.conversation.code,
        parameters=as_json(row.parameters),
        result=as_json(result),
        reason=row.reason or None,
        placings=json.dumps([list(one) for one in places]),
        **{name: getattr(row, name) for name in names},
    )


filed(MAP, PART, load=load, dump=dump, joined=("conversation",))
