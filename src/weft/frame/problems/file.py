"""Problem statements with all their versions, in the programme file."""

from typing import Any

from pydantic import Field

from weft.filing.items import part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading, when
from weft.filing.parts import Cited, Moment, Part, PersonName, may, need
from weft.filing.writing import account, put, unless
from weft.frame.problems.actions import Written, publish, write_problem
from weft.frame.problems.models import ProblemStatement
from weft.frame.problems.nouns import PROBLEM
from weft.provenance.file import Dumping, filed, person, ties, told
from weft.provenance.models import Node, Relation
from weft.provenance.visibility import Visibility


class Version(Part):
    """One version of a problem statement."""

    title: str | None = may(None, "Its title then; the item's.", 300)
    text: Cited = need("The problem, in Markdown with citations.", 20_000)
    disagreement: Cited = may("", "What is still disputed, in Markdown with citations.", 6000)
    why: str = may("", "Why there is a new version; not in the first.", 400)
    by: PersonName | None = may(None, "Who wrote it; the item's `by`.")
    made_at: Moment | None = may(None, "When; the item's `made_at`.")


PART = part_of(
    PROBLEM,
    versions=(list[Version], Field(min_length=1, description="Its versions, the first one first.")),
    published_at=(Moment | None, may(None, "When the draft was made public; when it was made.")),
)


def load(load: Loading, item: Any, path: Path) -> Node:
    """Write a problem statement with all its versions."""
    common = told(load, item)
    first, made_at = item.versions[0], common["origin"].at
    was_draft = item.published_at is not None and item.published_at != made_at
    if was_draft:
        common["visibility"] = Visibility.TEAM
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
            by=person(load, one.by or item.by),
            made_at=when(one.made_at, made_at),
        )
        for one in item.versions[1:]
    ]
    made = write_problem(
        **{**common, "by": person(load, first.by or item.by), "title": first.title or item.title},
        text=first.text,
        disagreement=first.disagreement,
        sources=ties(load, item, Relation.INFORMS),
        later=later,
    )
    if was_draft:
        publish(by=common["by"], row=made, at=item.published_at)
    return made.node


def dump(dump: Dumping, node: Node, row: ProblemStatement) -> dict[str, Any]:
    """The keys of a problem statement."""
    versions = [
        put(
            Version,
            title=unless(one.title, node.title),
            text=one.text,
            disagreement=one.disagreement,
            why=one.why,
            by=account(unless(one.made_by_id, node.made_by_id)),
            made_at=unless(one.made_at, node.made_at),
        )
        for one in row.versions.order_by("number")
    ]
    published = unless(row.published_at, node.made_at)
    return put(PART, **dump.titled(node, Relation.INFORMS), versions=versions, published_at=published)


def _as_it_stands(item: Any) -> Any:
    """What earlier versions cited may rest on the problem by now."""
    return item.model_copy(update={"versions": item.versions[-1:]})


filed(PROBLEM, PART, load=load, dump=dump, needed=_as_it_stands)
