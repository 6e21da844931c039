"""Loading what was taken back: tombstones of what was taken back before, and what the file itself takes back."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from weft.act.manifestos.actions import make_ask, withdraw_ask, withdraw_manifesto, write_manifesto
from weft.act.manifestos.models import Ask, Manifesto
from weft.act.projects.actions import begin_project, withdraw_project
from weft.act.projects.models import Project
from weft.core.errors import Refused
from weft.filing.lines import Path
from weft.filing.loading import when
from weft.frame.problems.actions import withdraw_problem
from weft.learn.insights.actions import recommend, withdraw_insight, withdraw_recommendation
from weft.learn.insights.models import Insight, Recommendation
from weft.learn.reflections.actions import withdraw_reflection
from weft.learn.reflections.models import Reflection
from weft.listen.conversations.actions import withdraw_statement
from weft.listen.conversations.models import Participant, Statement
from weft.listen.stories.actions import withdraw_story
from weft.listen.stories.models import Story
from weft.listen.themes.actions import withdraw_theme
from weft.listen.themes.models import Theme
from weft.programme_file.load_items import told
from weft.programme_file.schema_share import Tombstone, Withdrawal
from weft.programme_file.state import Loading
from weft.provenance.actions import record, withdraw
from weft.provenance.models import Node, Relation
from weft.provenance.registry import NOUNS
from weft.provenance.visibility import Visibility
from weft.sense.findings.actions import withdraw_finding, withdraw_gap
from weft.sense.findings.models import Finding, Gap
from weft.sense.maps.actions import withdraw_map
from weft.sense.sources.actions import withdraw_excerpt, withdraw_source
from weft.sense.sources.models import Excerpt, Source
from weft.share.responses.actions import withdraw_response
from weft.share.responses.models import Response

BY_NODE: dict[str, Callable[..., Any]] = {
    "map": withdraw_map,
    "problem": withdraw_problem,
}
BY_ROW: dict[str, tuple[Any, Callable[..., Any]]] = {
    "source": (Source, withdraw_source),
    "excerpt": (Excerpt, withdraw_excerpt),
    "finding": (Finding, withdraw_finding),
    "gap": (Gap, withdraw_gap),
    "story": (Story, withdraw_story),
    "statement": (Statement, withdraw_statement),
    "theme": (Theme, withdraw_theme),
    "project": (Project, withdraw_project),
    "manifesto": (Manifesto, withdraw_manifesto),
    "ask": (Ask, withdraw_ask),
    "reflection": (Reflection, withdraw_reflection),
    "insight": (Insight, withdraw_insight),
    "recommendation": (Recommendation, withdraw_recommendation),
    "response": (Response, withdraw_response),
}


ROWS = {
    *(
        "story",
        "statement",
        "theme",
        "source",
        "excerpt",
        "finding",
        "gap",
        "manifesto",
        "ask",
        "project",
        "reflection",
        "insight",
    ),
    *("recommendation", "response"),
}


def withdrawals(load: Loading) -> None:
    """Take back what the file says was taken back, in its order."""
    for at, one in enumerate(load.file.withdrawals):
        with load.at("withdrawals", at):
            node = Node.objects.select_related("programme", "team").get(pk=load.nodes[one.code].pk)
            if node.is_withdrawn:
                raise Refused(f"{one.code} was taken back already.")
            if node.kind not in {*BY_NODE, *BY_ROW}:
                raise Refused(f"{one.code} is {NOUNS[node.kind].name.lower()}, which cannot be taken back.")
            _check(load, one, node, at)
            if node.kind in BY_NODE:
                BY_NODE[node.kind](by=load.person(one.by), node=node, at=one.at)
            else:
                model, take_back = BY_ROW[node.kind]
                row = model.objects.get(node=node)
                take_back(by=load.person(one.by) or _teller(row), **{_name(node): row}, at=one.at)


def _name(node: Node) -> str:
    return "row" if node.kind in ROWS else node.kind


def _teller(row: Any) -> Participant | None:
    return getattr(row, "participant", None) or getattr(row, "author", None)


def _check(load: Loading, one: Withdrawal, node: Node, at: int) -> None:
    """Only those take something back who could do so on its page that day."""
    if one.by:
        works = load.works_in(one.by, node.team_id, timezone.localtime(one.at).date())
        if not works:
            whose = f"the team {node.team.slug}" if node.team else "no team"
            said = f"{one.by} could not take {one.code} back that day: it is of {whose}."
            raise load.faulty(("withdrawals", at, "by"), f"{said} Its members do so, and convenors.")
    elif not node.about.said_by or _teller(BY_ROW[node.kind][0].objects.get(node=node)) is None:
        raise load.faulty(("withdrawals", at), f"say in `by` who took {one.code} back.")


def tombstone(load: Loading, one: Tombstone, path: Path) -> Node:
    """Put what was taken back where it was, without its words; `bury` takes it back again.

    A row of its own has only what other rows of the file belong to.
    """
    facts: dict[str, Any] = {
        "by": load.person(one.by),
        "title": "",
        "team": load.teams[one.team] if one.team else None,
        "visibility": one.visibility or Visibility.PUBLIC,
        "code": one.code,
        "made_at": when(one.made_at, load.begun),
    }
    ties = load.ties(one.rests_on, Relation.INFORMS)
    day = facts["made_at"].date()
    plain = told(load, one, path, load.programme)
    if one.kind == "project":
        return begin_project(**plain, addresses=ties).node
    if one.kind == "manifesto":
        return write_manifesto(**plain, sources=ties).node
    if one.kind == "ask":
        return make_ask(**plain, text="", to_role="", asked_on=day, sources=ties).node
    if one.kind == "recommendation":
        return recommend(**plain, text="", to_role="", made_on=day, sources=ties).node
    if one.kind not in NOUNS:
        raise load.faulty((*path, "kind"), f"found the kind {one.kind}; one of {', '.join(NOUNS)} was expected.")
    return record(
        **facts,
        kind=one.kind,
        programme=load.programme,
        layer=one.layer or "",
        knowledge_kind=one.knowledge_kind or "",
        sources=ties,
    )


def bury(load: Loading) -> None:
    """Take back again what was taken back before the dump, the first one first."""
    for at, one in sorted(enumerate(load.file.tombstones), key=lambda pair: (pair[1].withdrawn_at, pair[1].code)):
        with load.at("tombstones", at):
            node = Node.objects.select_related("programme", "team").get(pk=load.nodes[one.code].pk)
            if node.kind in {"story", "statement", "project", "ask"}:
                model, take_back = BY_ROW[node.kind]
                take_back(by=None, **{_name(node): model.objects.get(node=node)}, at=one.withdrawn_at)
            else:
                withdraw(by=None, node=node, said="", at=one.withdrawn_at)
