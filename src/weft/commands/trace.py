"""Print what an item comes from and what came of it, as an operator may see it."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from weft.commands import Failed, start_django

if TYPE_CHECKING:
    from weft.provenance.models import Node
    from weft.provenance.queries import Trace

HEADINGS = {"up": "Where this comes from", "down": "What came of this"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", help="the item's code, such as F-7K3QD")
    parser.add_argument("--programme", help="the programme's short name, where several have this code")
    parser.add_argument("--direction", choices=["up", "down", "both"], default="both", help="which way to follow it")
    parser.add_argument("--limit", type=int, default=2000, help="follow at most this many items (default: 2000)")
    parser.add_argument("--json", action="store_true", help="print items and links as JSON")


def run(args: argparse.Namespace) -> int:
    start_django()
    from weft.provenance.queries import trace

    node = node_with(args.code, args.programme)
    ways = ["up", "down"] if args.direction == "both" else [args.direction]
    found = {way: trace(node.pk, way, args.limit) for way in ways}
    if args.json:
        print(json.dumps(as_json(node, found), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_text(node, found)))
    return 0


def node_with(code: str, programme: str | None) -> "Node":
    """The one item that is meant."""
    from weft.provenance.models import Node

    nodes = Node.objects.select_related("programme").filter(code=code.strip("[]").upper())
    if programme:
        nodes = nodes.filter(programme__slug=programme)
    found = list(nodes[:2])
    if not found:
        raise Failed(f"nothing has the code {code}{f' in {programme}' if programme else ''}.")
    if len(found) > 1:
        raise Failed(f"{code} stands in several programmes. Say which with --programme.")
    return found[0]


def as_json(node: "Node", found: "dict[str, Trace]") -> dict[str, Any]:
    """Codes in place of keys, since codes are what people and files use."""
    answer: dict[str, Any] = {"programme": node.programme.slug, **one(node)}
    for way, walked in found.items():
        codes = {node.pk: node.code, **{key: item.code for key, item in walked.items.items()}}
        answer[way] = {
            "truncated": walked.is_truncated,
            "items": [one(item) for item in walked.items.values()],
            "links": [
                {"source": codes[t.source], "target": codes[t.target], "relation": t.relation, "note": t.note}
                for t in walked.threads
                if t.source in codes and t.target in codes
            ],
        }
    return answer


def one(item: Any) -> dict[str, Any]:
    """One item in JSON."""
    return {"code": item.code, "kind": item.kind, "title": item.title, "withdrawn": item.is_withdrawn}


def as_text(node: "Node", found: "dict[str, Trace]") -> list[str]:
    """A tree each way; what is met again is named but not followed again."""
    lines = [line(node)]
    for way, walked in found.items():
        count = len(walked.items)
        lines += ["", f"{HEADINGS[way]}: {count} item{'' if count == 1 else 's'}"]
        if walked.is_truncated:
            lines.append(f"(cut off at {walked.bound} items)")
        lines += tree(node, walked, way)
    return lines


def tree(node: "Node", walked: "Trace", way: str) -> list[str]:
    """The lines of one tree, without recursion since a thread may be long."""
    onward: dict[Any, list[tuple[Any, str]]] = {}
    for thread in walked.threads:
        near, far = (thread.target, thread.source) if way == "up" else (thread.source, thread.target)
        onward.setdefault(near, []).append((far, thread.relation))
    lines: list[str] = []
    told: set[Any] = set()
    todo = [(key, relation, 1) for key, relation in reversed(onward.get(node.pk, []))]
    while todo:
        key, relation, depth = todo.pop()
        if key not in walked.items:
            continue
        again = key in told and key in onward
        lines.append(f"{'  ' * depth}{relation}: {line(walked.items[key])}{' (see above)' if again else ''}")
        if key not in told:
            told.add(key)
            todo += [(other, how, depth + 1) for other, how in reversed(onward.get(key, []))]
    return lines


def line(item: Any) -> str:
    """One item in a line of text."""
    return f"{item.code}  {item.kind}  {'(withdrawn)' if item.is_withdrawn else item.title}"
