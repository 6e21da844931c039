"""Reading problem statements: the version that stands, every earlier one, and what changed between two."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.urls import reverse

from weft.core.access import NOT_HERE
from weft.core.jobs import Job
from weft.frame.problems.models import ProblemStatement, Version
from weft.people.programmes.models import Team
from weft.provenance import queries as thread
from weft.provenance.models import Node

PIECE = re.compile(r"\s+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)
SHOWN_IN_TAB = 6


def versions_of(node: Node) -> list[Version]:
    """Every version of a problem statement, the newest first. One query."""
    return list(Version.objects.filter(problem=node.pk).select_related("made_by").order_by("-number"))


def newest(node: Node) -> Version:
    """The version that stands."""
    found = Version.objects.filter(problem=node.pk).select_related("made_by", "problem").order_by("-number").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def cited_in(node: Node, version: Version) -> dict[str, Node]:
    """Everything that both texts of a version cite. One query."""
    return thread.cited(node.programme, version.text, version.disagreement)


def version_numbered(versions: list[Version], number: int) -> Version:
    """One version out of all."""
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    how: str  # "same", "came", "went"
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """What changed between two texts, word by word; changes with nothing but a space between them are one."""
    one, other = PIECE.findall(before), PIECE.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(one[a:b])))
            continue
        if b > a:
            pieces.append(Piece("went", "".join(one[a:b])))
        if d > c:
            pieces.append(Piece("came", "".join(other[c:d])))
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Read three words in a row that each changed as one change."""
    out: list[Piece] = []
    went = came = ""
    for at, piece in enumerate(pieces):
        is_gap = piece.how == "same" and piece.text.isspace() and 0 < at < len(pieces) - 1
        if piece.how == "went" or is_gap:
            went += piece.text
        if piece.how == "came" or is_gap:
            came += piece.text
        if piece.how == "same" and not is_gap:
            out += _change(went, came)
            went = came = ""
            out.append(piece)
    return out + _change(went, came)


def _change(went: str, came: str) -> list[Piece]:
    return [Piece(how, text) for how, text in (("went", went), ("came", came)) if text]


@dataclass(frozen=True)
class Difference:
    """Two versions of one problem statement beside each other."""

    before: Version
    after: Version
    title: list[Piece]
    text: list[Piece]
    disagreement: list[Piece]

    @property
    def is_none(self) -> bool:
        """Whether nothing changed."""
        parts = (self.title, self.text, self.disagreement)
        return all(piece.how == "same" for part in parts for piece in part)


def difference(before: Version, after: Version) -> Difference:
    """What changed from one version to another."""
    return Difference(
        before,
        after,
        changes(before.title, after.title),
        changes(before.text, after.text),
        changes(before.disagreement, after.disagreement),
    )


@dataclass(frozen=True)
class ProblemsTab:
    """What stands under Frame: each problem statement with how many versions it has."""

    problems: Sequence[ProblemStatement]


def workspace(team: Team) -> ProblemsTab:
    """The problem statements of a team, newest first. One query."""
    newest_one = Version.objects.filter(problem=OuterRef("pk")).order_by("-number")
    found = (
        ProblemStatement.objects.filter(node__team=team, node__withdrawn_at=None)
        .select_related("node")
        .annotate(
            version_count=Count("versions"),
            changed_at=Subquery(newest_one.values("made_at")[:1]),
            disagreement=Subquery(newest_one.values("disagreement")[:1]),
        )
        .order_by("-node__made_at", "-node_id")[:SHOWN_IN_TAB]
    )
    return ProblemsTab(thread.within(team, found))


def jobs(team: Team) -> list[Job]:
    """Findings and no problem statement, or a draft that only the team sees. One query."""
    rows = list(thread.nodes_of(team.programme, "problem", "finding", team_id=team.pk).order_by("made_at", "id"))
    problems = [node for node in rows if node.kind == "problem"]
    if rows and not problems:
        page = reverse("problems:new", kwargs={"programme": team.programme.slug, "team": team.slug})
        detail = f"{len(rows)} {'finding' if len(rows) == 1 else 'findings'} to rest on."
        return [Job("No problem statement yet", detail, page, "Write the problem down together")]
    found = []
    for node in problems:
        if node.is_for_team:
            found.append(
                Job("Only the team sees a draft", node.title, node.get_absolute_url(), "Read it and publish it")
            )
    return found
