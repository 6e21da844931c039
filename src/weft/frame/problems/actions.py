"""Writing the problem down, in versions, and publishing it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from weft.core.errors import Changed, Refused
from weft.core.inserts import insert, insert_all
from weft.core.keys import saved_with
from weft.core.text import as_words
from weft.frame.problems.models import ProblemStatement, Version
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance import masks
from weft.provenance.actions import Source, cite, record, retitle
from weft.provenance.items import HERE, NOTHING_TICKED, Origin, Ties, change_ties
from weft.provenance.models import Node
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility, is_public
from weft.provenance.withdrawal import withdraw

SAME = "Nothing is different from the version before, so there is no new version to keep."


class Written(NamedTuple):
    """A version that was written before it came here."""

    title: str
    text: str
    disagreement: str
    why: str
    by: User | None
    made_at: datetime


@transaction.atomic
def write_problem(
    *,
    by: Actor,
    of: Team,
    title: str,
    text: str,
    disagreement: str = "",
    sources: Iterable[Source] = (),
    layer: str = "",
    knowledge_kind: str = "",
    visibility: str = Visibility.PUBLIC,
    origin: Origin = HERE,
    later: Iterable[Written] = (),
) -> ProblemStatement:
    """Write the first version of what a team says the problem is. Without a wider visibility it is the team's draft.

    One that comes from elsewhere brings its `later` versions along. What the last of them cites is tied; what an
    earlier one cited may have come to rest on this statement since.
    """
    if earlier := saved_with(origin.key, ProblemStatement.objects.select_related("node")):
        return earlier
    made_at = origin.at or timezone.now()
    versions = [Written(title.strip()[:300], text, disagreement, "", by if isinstance(by, User) else None, made_at)]
    versions += later
    last = versions[-1]
    node = record(
        by=by,
        kind="problem",
        programme=of.programme,
        team=of,
        title=last.title,
        text=_searched(last.text, last.disagreement),
        sources=sources,
        visibility=visibility,
        layer=layer,
        knowledge_kind=knowledge_kind,
        code=origin.code,
        made_at=made_at,
    )
    published_at = None if node.is_for_team else node.made_at
    problem = insert(ProblemStatement(node=node, key=origin.key or uuid4(), published_at=published_at))
    _keep(problem, versions)
    cite(by=by, node=node, texts=[last.text, last.disagreement])
    audit(by=by, did="wrote problem statement", on=node)
    return problem


def _keep(problem: ProblemStatement, versions: list[Written]) -> None:
    if any(one[:3] == before[:3] for before, one in pairwise(versions)):
        raise Refused(SAME)
    insert_all(
        Version(
            problem=problem,
            number=number,
            title=one.title,
            text=one.text,
            disagreement=one.disagreement,
            why=one.why,
            made_by=one.by,
            made_at=one.made_at,
        )
        for number, one in enumerate(versions, 1)
    )


def _searched(text: str, disagreement: str) -> str:
    return f"{text}\n{disagreement}".strip()


def as_text(title: str, text: str, disagreement: str) -> str:
    """A version as one text, to be read beside another."""
    return as_words(title, text, f"Still disputed:\n{disagreement}" if disagreement else "")


@transaction.atomic
def write_version(
    *,
    by: Actor,
    row: ProblemStatement,
    revision: int,
    title: str,
    text: str,
    disagreement: str = "",
    why: str = "",
    ties: Ties = NOTHING_TICKED,
    made_at: datetime | None = None,
) -> Version:
    """Add a version on top of the one that `revision` names; every earlier one is kept. Other ties make no version."""
    ProblemStatement.objects.select_for_update().get(pk=row.pk)
    last = row.versions.select_related("made_by").order_by("-number")[0]
    if last.number != revision:
        raise Changed(
            saved=as_text(last.title, last.text, last.disagreement),
            sent=as_text(title, text, disagreement),
            revision=last.number,
            saved_by=str(last.made_by or ""),
        )
    if (last.title, last.text, last.disagreement) == (title, text, disagreement):
        if not (ties.added or ties.taken):
            raise Refused(SAME)
        change_ties(by=by, node=row.node, ties=ties, texts=[text, disagreement])
        return last
    version = Version.objects.create(
        problem=row,
        number=revision + 1,
        title=title,
        text=text,
        disagreement=disagreement,
        why=why,
        made_by=by if isinstance(by, User) else None,
        made_at=made_at or timezone.now(),
    )
    for column in ("title", "text", "disagreement"):
        masks.follow(place=row.node, row=version, column=column)
    retitle(node=row.node, title=title, text=_searched(text, disagreement))
    change_ties(by=by, node=row.node, ties=ties, texts=[text, disagreement])
    cite(by=by, node=row.node, texts=[text, disagreement])
    audit(by=by, did="wrote version", on=row.node, version=version.number)
    return version


@transaction.atomic
def publish(*, by: Actor, row: ProblemStatement, at: datetime | None = None) -> ProblemStatement:
    """Let everybody read a draft, with what is still disputed in it."""
    problem = ProblemStatement.objects.select_for_update(of=("self",)).select_related("node").get(pk=row.pk)
    node = problem.node
    if is_public(node):
        raise Refused("This problem statement is public already.")
    node.visibility = Visibility.PUBLIC
    node.save(update_fields=["visibility"])
    problem.published_at = at or timezone.now()
    problem.save(update_fields=["published_at"])
    audit(by=by, did="published problem statement", on=node)
    return problem


@transaction.atomic
def withdraw_problem(*, by: Actor, row: ProblemStatement, at: datetime | None = None) -> list[Node]:
    """Take a problem statement back with all its versions, and leave its tombstone."""
    said = own_words(row.node, *(as_words(as_text(v.title, v.text, v.disagreement), v.why) for v in row.versions.all()))
    audit(by=by, did="withdrew problem statement", on=row.node)
    return withdraw(node=row.node, said=said, at=at)
