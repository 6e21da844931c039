"""Looking back: writing reflections and putting them right."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from weft.act.projects.models import Project
from weft.core import dates
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.learn.reflections.models import Outcome, Reflection
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance.actions import Source, cite, record, retitle, withdraw
from weft.provenance.models import Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility

TEXTS = ("tried", "expected", "happened", "learned", "next")


@transaction.atomic
def reflect(
    *,
    by: Actor,
    team: Team,
    learned: str,
    outcome: str,
    title: str = "",
    project: Project | None = None,
    on: date | None = None,
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
    **texts: str,
) -> Reflection:
    """Write down what happened and what was learned. The same key twice is one reflection.

    `texts` are `tried`, `expected`, `happened` and `next`. What went otherwise weighs the same as what went as hoped.
    """
    if earlier := saved_with(key, Reflection.objects.select_related("node")):
        return earlier
    said = {name: texts.get(name, "") for name in TEXTS} | {"learned": learned}
    day = on or dates.today()
    node = record(
        by=by,
        kind="reflection",
        programme=team.programme,
        team=team,
        title=title or _title(learned),
        text="\n".join(said.values()),
        sources=[*([(project.node, Relation.PRODUCED)] if project else []), *sources],
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    reflection = Reflection.objects.create(
        node=node, project=project, on=day, outcome=Outcome(outcome), key=key or uuid4(), **said
    )
    cite(by=by, node=node, texts=said.values())
    audit(by=by, did="reflected", on=node)
    return reflection


def _title(learned: str) -> str:
    """The first sentence, or the first words of it."""
    first = learned.strip().split("\n")[0].split(". ")[0].rstrip(".")
    return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0] + " ..."


@transaction.atomic
def edit_reflection(
    *, by: Actor, reflection: Reflection, title: str, outcome: str, on: date, revision: int, **texts: str
) -> Reflection:
    """Save a reflection, unless somebody else saved it first."""
    reflection = Reflection.objects.select_for_update().select_related("node").get(pk=reflection.pk)
    sent = {"outcome": outcome, "on": on, **{name: texts[name] for name in TEXTS}}
    saved = {"title": reflection.node.title, **facts_of(reflection, sent)}
    check_revision(revision, reflection.revision, saved, {"title": title, **sent})
    for name in TEXTS:
        setattr(reflection, name, texts[name])
    reflection.outcome, reflection.on, reflection.revision = Outcome(outcome), on, reflection.revision + 1
    reflection.save(update_fields=[*TEXTS, "outcome", "on", "revision"])
    words = [texts[name] for name in TEXTS]
    retitle(by=by, node=reflection.node, title=title, text="\n".join(words))
    cite(by=by, node=reflection.node, texts=words)
    audit(by=by, did="edited reflection", on=reflection.node)
    return reflection


@transaction.atomic
def withdraw_reflection(*, by: Actor, reflection: Reflection, at: datetime | None = None) -> list[Node]:
    """Take a reflection back and leave its tombstone."""
    audit(by=by, did="withdrew reflection", on=reflection.node)
    said = own_words(reflection.node, reflection.node.title, *(getattr(reflection, name) for name in TEXTS))
    return withdraw(by=by, node=reflection.node, said=said, at=at)
