"""Loading the items of Make sense and Frame."""

from typing import Any

from django.utils import timezone

from weft.filing.lines import Path
from weft.filing.loading import when
from weft.frame.problems.actions import Written, publish, write_problem
from weft.listen.conversations.models import Statement
from weft.listen.themes.actions import make_theme
from weft.people.programmes.models import Programme, Team
from weft.programme_file import schema_items as items
from weft.programme_file.state import Loading
from weft.provenance.actions import link
from weft.provenance.items import Origin
from weft.provenance.models import Node, Relation
from weft.provenance.visibility import Visibility
from weft.sense.findings.actions import EVIDENCE, QUESTIONS, answer_questions, close_gap, make_finding, make_gap
from weft.sense.findings.models import Worry
from weft.sense.maps.actions import draw_map, keep_map
from weft.sense.sources.actions import add_source, take_excerpt
from weft.sense.sources.queries import places_of, text_of

WORRY = {"few": Worry.FEW, "some": Worry.SOME, "many": Worry.MANY}
FROZEN = ("parameters", "input_hash", "came", "people", "statements", "votes", "verdict", "placings")
MOST_PLACES = 10
TAKEN_BACK = "(words taken back on "


def team_of(load: Loading, item: items.Item, path: Path) -> Team:
    """The team that an item must have."""
    if item.team is None:
        kind = getattr(item, "kind", "item").replace("_", " ")
        raise load.faulty(path, f"the {kind} {item.code} belongs to a team: say in `team` which.")
    return load.teams[item.team]


def origin_of(load: Loading, item: items.Item) -> Origin:
    """The code and the time that the file gives an item."""
    return Origin(code=item.code, at=when(item.made_at, load.begun))


def told(load: Loading, item: Any, path: Path, whole: Programme | None = None) -> dict[str, Any]:
    """What every action takes that makes a plain item; it is of a team, or may be of the whole programme."""
    return {
        "by": load.person(item.by),
        "of": whole if whole and item.team is None else team_of(load, item, path),
        "origin": origin_of(load, item),
        "title": getattr(item, "title", None) or "",
        "visibility": item.visibility or Visibility.PUBLIC,
        "layer": item.layer or "",
        "knowledge_kind": item.knowledge_kind or "",
    }


def tie(load: Loading, node: Node, item: items.Item, usual: str) -> None:
    """Say what an item rests on, where its action does not take it."""
    for source, relation, note in load.ties(item.rests_on, usual):
        link(by=load.person(item.by), source=source, target=node, relation=relation, note=note)


def theme(load: Loading, item: items.Theme, path: Path) -> Node:
    """Gather what several people said; a note or another relation is tied by itself."""
    plain = [rest for rest in item.rests_on if not rest.note and rest.relation in (None, "informs")]
    made = make_theme(
        **{**told(load, item, path), "by": load.person(item.by or item.gathered_by)},
        summary=item.summary,
        gathered_by=load.person(item.gathered_by),
        is_proposed_by_machine=item.is_proposed_by_machine,
        sources=[load.nodes[rest.code] for rest in plain],
    )
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def source(load: Loading, item: items.Source, path: Path) -> Node:
    """Put a source beside the others."""
    facts = item.given("authors", "year", "publisher", "url", "doi", "summary", "text", "fit_for", "limits")
    made = add_source(**told(load, item, path), type=item.type, **facts)
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def excerpt(load: Loading, item: items.Excerpt, path: Path) -> Node:
    """Take a passage where its words stand."""
    of = load.nodes[item.of]
    if of.kind not in {"source", "story"}:
        raise load.faulty((*path, "of"), f"{item.of} is a {of.kind}; a source or a story was expected.")
    start, end, quote = _place(load, item, path, text_of(of))
    by, origin = load.person(item.by), origin_of(load, item)
    made = take_excerpt(by=by, of=of, start=start, end=end, quote=quote, note=item.note, origin=origin)
    if made.node.code != item.code:
        raise load.faulty((*path, "quote"), f"{made.node.code} is the same passage.")
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def _place(load: Loading, item: items.Excerpt, path: Path, text: str) -> tuple[int, int, str | None]:
    if item.start is not None and item.end is not None:
        if text[item.start : item.end] == item.quote:
            return item.start, item.end, None
        if TAKEN_BACK in item.quote + text:
            return item.start, item.end, item.quote
    places = places_of(text, item.quote)
    where = " or ".join(f"start: {start}, end: {end}" for start, end in places[:MOST_PLACES])
    if not places:
        raise load.faulty((*path, "quote"), f"the passage does not stand in {item.of}; check it letter by letter.")
    if item.start is not None or item.end is not None:
        raise load.faulty(
            (*path, "start"), f"the passage does not stand there in {item.of}. It has {where}, counted from 0."
        )
    if len(places) > 1:
        said = f"the passage stands in {item.of} {len(places)} times. Say which: {where}, counted from 0."
        raise load.faulty((*path, "quote"), said)
    return *places[0], None


def finding(load: Loading, item: items.Finding, path: Path) -> Node:
    """Write down a claim with its evidence, and how sure the team is."""
    ties = load.ties(item.rests_on, Relation.SUPPORTS)
    evidence = [one for one in ties if one[1] in EVIDENCE]
    made = make_finding(**told(load, item, path), text=item.text, evidence=evidence)
    by = load.person(item.by)
    for other, relation, note in ties:
        if relation not in EVIDENCE:
            link(by=by, source=other, target=made.node, relation=relation, note=note)
    if item.confidence:
        asked = [(question, getattr(item.confidence, question)) for question in QUESTIONS]
        answers = {question: (WORRY[one.worry], one.reason) for question, one in asked if one}
        day = item.asked_on or timezone.localtime(made.node.made_at).date()
        answer_questions(by=by, row=made, answers=answers, asked_on=day)
    return made.node


def gap(load: Loading, item: items.Gap, path: Path) -> Node:
    """Write down what is not known; it is closed in a step of its own."""
    made = make_gap(**told(load, item, path), text=item.text)
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def close(load: Loading, item: items.Gap, path: Path) -> None:
    """Close a gap by the evidence that the file names."""
    if item.closed:
        node, evidence = load.nodes[item.code], load.nodes[item.closed.by]
        at = item.closed.at or max(node.made_at, evidence.made_at)
        with load.at(*path, "closed"):
            close_gap(by=load.person(item.by), row=node.gap, evidence=evidence, how=item.closed.how, closed_at=at)


def opinion_map(load: Loading, item: items.Map, path: Path) -> Node:
    """Draw a map, or put back one that was drawn."""
    conversation = load.conversations[item.conversation]
    facts: dict[str, Any] = {
        "by": load.person(item.by),
        "origin": origin_of(load, item),
        "conversation": conversation,
        "visibility": item.visibility or Visibility.PUBLIC,
    }
    asked = item.given("seed", "min_votes", "min_group", "permutations", "resamples")
    drawn = item.given(*FROZEN, "reason")
    if stray := next(iter(drawn if item.result is None else asked), None):
        beside = "only beside a `result`, in a dump" if item.result is None else "in `parameters` beside a `result`"
        raise load.faulty((*path, stray), f"{stray} stands {beside}.")
    if item.result is None:
        made = draw_map(title=item.title or "", **facts, **asked)
        if made.node.code != item.code:
            raise load.faulty(path, f"{made.node.code} is the same map.")
    else:
        missing = [name for name in ("title", *FROZEN) if getattr(item, name) is None]
        if missing:
            raise load.faulty(path, f"a map with a result has {', '.join(missing)} too.")
        keys = {
            code: str(key)
            for code, key in Statement.objects.filter(conversation=conversation).values_list("node__code", "pk")
        }
        frozen = {name: getattr(item, name) for name in FROZEN if name != "placings"}
        people = {number: one.pk for (code, number), one in load.participants.items() if code == item.conversation}
        placings = [(people[number], group, x, y) for number, group, x, y in item.placings or []]
        result = exchanged(item.result, keys)
        made = keep_map(
            title=item.title or "", result=result, placings=placings, reason=item.reason or "", **facts, **frozen
        )
    tie(load, made.node, item, Relation.INFORMS)
    return made.node


def exchanged(value: Any, names: dict[str, str]) -> Any:
    """A value with some of its texts, and of its keys, exchanged for others."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [exchanged(one, names) for one in value]
    if isinstance(value, dict):
        return {names.get(key, key): exchanged(one, names) for key, one in value.items()}
    return value


def problem(load: Loading, item: items.Problem, path: Path) -> Node:
    """Write a problem statement with all its versions."""
    facts = told(load, item, path)
    first, made_at = item.versions[0], facts["origin"].at
    was_draft = item.published_at is not None and item.published_at != made_at
    if was_draft:
        facts["visibility"] = Visibility.TEAM
    if first.made_at is not None and first.made_at != made_at:
        raise load.faulty((*path, "versions", 0), "the first version has the time of the item, `made_at`.")
    if first.why:
        raise load.faulty((*path, "versions", 0, "why"), "the first version follows no other. Take this out.")
    later = [
        Written(
            title=one.title or item.title,
            text=one.text,
            disagreement=one.disagreement,
            why=one.why,
            by=load.person(one.by or item.by),
            made_at=when(one.made_at, made_at),
        )
        for one in item.versions[1:]
    ]
    made = write_problem(
        **{**facts, "by": load.person(first.by or item.by), "title": first.title or item.title},
        text=first.text,
        disagreement=first.disagreement,
        sources=load.ties(item.rests_on, Relation.INFORMS),
        later=later,
    )
    if was_draft:
        publish(by=load.person(item.by), row=made, at=item.published_at)
    return made.node
