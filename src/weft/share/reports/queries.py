"""Reading reports: the draft and what it still lacks, the editions, and the facts behind each citation."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from weft.core import counts
from weft.core.access import found_or_404
from weft.core.caching import kept
from weft.core.counts import MoreThan
from weft.core.jobs import Job
from weft.core.text import citations
from weft.learn.insights.queries import teams_behind
from weft.listen.conversations.models import Conversation, Participant, Statement, Weight
from weft.listen.stories import queries as stories
from weft.listen.stories.models import Story
from weft.people.programmes.models import Programme, Team
from weft.pictures import reach
from weft.provenance.models import Knowledge, Link, Node
from weft.provenance.queries import (
    Crowd,
    Crowds,
    Item,
    Thread,
    by_code,
    refusal,
    sources_among,
    stamp,
    things,
    trace,
    traces,
    voices_behind,
    within,
)
from weft.provenance.sentences import Sentence, sentences
from weft.provenance.visibility import is_public
from weft.sense.findings.models import Gap
from weft.sense.maps.models import OpinionMap, Placing
from weft.share.reports.models import Carried, Edition, Judgement, Report, Section, Verdict

BOUND = 20_000
A_WHILE = 600
T = TypeVar("T")
LEFT_OUT = ("told_why", "not_yet")


def report_of(programme: Programme) -> Report | None:
    """The report of a programme, if it was begun."""
    return next(iter(within(programme, Report.objects.filter(programme=programme))), None)


def section_of(programme: Programme, key: int) -> Section:
    """One section of the draft."""
    found = found_or_404(Section.objects.filter(report__programme=programme, pk=key).select_related("report"))
    within(programme, [found.report])
    return found


@dataclass(frozen=True)
class Judged:
    """A sentence of the draft with what the editors decided about it."""

    sentence: Sentence
    section: str
    verdict: str
    reason: str
    revision: int
    has_cited_before: bool

    @property
    def is_open(self) -> bool:
        """Whether it has no evidence and still waits for a decision that holds."""
        return not self.sentence.codes and (not self.verdict or self.is_misplaced)

    @property
    def is_misplaced(self) -> bool:
        """Whether its evidence was said to stand in the sentence before, where there is none."""
        return self.verdict == Verdict.EVIDENCE and not self.has_cited_before

    @property
    def label(self) -> str:
        """What was decided, in words."""
        return str(Verdict(self.verdict).label) if self.verdict else ""


@dataclass(frozen=True)
class Draft:
    """The draft, sentence by sentence."""

    report: Report
    sections: list[Section]
    judged: list[Judged]
    faults: list[str]
    cited: dict[str, Node]

    @property
    def open(self) -> list[Judged]:
        """The sentences that still need a decision, each once."""
        return list({one.sentence.hash: one for one in self.judged if one.is_open}.values())

    @property
    def decided(self) -> list[Judged]:
        """The sentences without evidence that were decided about, each once."""
        kept = (one for one in self.judged if one.verdict and not one.sentence.codes and not one.is_open)
        return list({one.sentence.hash: one for one in kept}.values())


def next_number(report: Report) -> int:
    """The number of the edition that comes out next."""
    return (report.editions.aggregate(last=Max("number"))["last"] or 0) + 1


def draft(report: Report) -> Draft:
    """The draft with its faults. Four queries."""
    sections = list(report.sections.all())
    decisions = {one.sentence_hash: one for one in report.judgements.all()}
    judged = [one for section in sections for one in _judged(section, decisions)]
    texts = [report.summary, *(section.text for section in sections)]
    cited = by_code(report.programme, [code for text in texts for code in citations(text)])
    faults = [] if any(section.text.strip() for section in sections) else ["The report has no text yet."]
    return Draft(report, sections, judged, [*faults, *_faults(texts, cited)], cited)


def cited_in_draft(programme: Programme) -> set[str]:
    """The codes that the draft of a programme's report cites. Two queries."""
    texts = [
        *Report.objects.filter(programme=programme).values_list("summary", flat=True),
        *Section.objects.filter(report__programme=programme).values_list("text", flat=True),
    ]
    return {code for text in texts for code in citations(text)}


def _judged(section: Section, decisions: dict[str, Judgement]) -> list[Judged]:
    found: list[Judged] = []
    is_backed = False
    for sentence in sentences(section.text):
        decision = decisions.get(sentence.hash)
        verdict, reason = (decision.verdict, decision.reason) if decision and not sentence.codes else ("", "")
        revision = decision.revision if decision else 0
        found.append(Judged(sentence, section.title, verdict, reason, revision, is_backed))
        is_backed = bool(sentence.codes) or (is_backed and verdict == Verdict.EVIDENCE)
    return found


def _faults(texts: list[str], cited: dict[str, Node]) -> list[str]:
    """One sentence for each citation that stops the draft from being published."""
    found = []
    for code in dict.fromkeys(code for text in texts for code in citations(text)):
        node = cited.get(code)
        if node is None:
            found.append(f"[[{code}]] is not the code of anything in this programme. Check it, or take it out.")
        elif node.is_withdrawn:
            found.append(f"[[{code}]] was taken back and cannot be cited any more. Take it out.")
        elif not is_public(node):
            found.append(f"[[{code}]] cannot be opened by every reader. Cite what was made of it instead.")
        elif said := refusal(node):
            found.append(f"{said} Take [[{code}]] out.")
    return found


@dataclass(frozen=True)
class Fact:
    """What stands in the margin beside a citation, as it was when the edition came out."""

    kind: str
    words: int = 0
    is_more: bool = False
    answers: int = 0
    knowledge: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    is_against: bool = False
    is_one_teams: bool = False
    open_since: str = ""
    things: dict[str, int] = field(default_factory=dict)
    against: int = 0


@dataclass(frozen=True)
class Ground:
    """Everything that some citations rest on."""

    items: dict[UUID, Item]
    threads: set[Thread]
    facts: dict[str, Fact]
    words: int
    answers: int
    knowledge: list[str]
    is_truncated: bool
    things: dict[str, int]
    one_teams: list[Node] = field(default_factory=list)

    def frozen(self) -> dict[str, Any]:
        """The counts as an edition keeps them."""
        return {
            "words": self.words,
            "is_more": isinstance(self.words, MoreThan),
            "answers": self.answers,
            "knowledge": self.knowledge,
            "things": self.things,
            "items": {code: asdict(fact) for code, fact in self.facts.items()},
        }


def ground(cited: Iterable[Node]) -> Ground:
    """Trace some citations up at once. At most five queries, and one for each kind that holds voices."""
    nodes = [node for node in cited if not node.is_withdrawn]
    above = traces([node.pk for node in nodes], "up", BOUND)
    own = {node.pk: Item.of(node) for node in nodes}
    items = {**{key: item for one in above.values() for key, item in one.items.items()}, **own}
    threads = {thread for one in above.values() for thread in one.threads}
    sources = sources_among(threads)
    crowds = Crowds(sources, voices_behind(item for item in items.values() if not item.is_withdrawn))
    teams = teams_behind([node for node in nodes if node.kind == "insight"])
    gaps = [node.pk for node in nodes if node.kind == "gap"]
    still_open = set(Gap.objects.filter(pk__in=gaps, closed_at=None).values_list("pk", flat=True)) if gaps else set()
    slugs = dict(nodes[0].programme.teams.values_list("pk", "slug")) if nodes else {}
    against = {thread.source for thread in threads if thread.relation == "contradicts"}
    facts = {}
    for node in nodes:
        near = [own[node.pk], *above[node.pk].items.values()]
        facts[node.code] = Fact(
            kind=node.kind,
            **_counted(near, crowds.of(node.pk)),
            teams=tuple(slugs[key] for key in sorted({node.team_id} if node.team_id else teams.get(node, set()))),
            is_against=node.pk in against,
            is_one_teams=node.kind == "insight" and len(teams.get(node, ())) < 2,
            open_since=node.made_at.isoformat() if node.pk in still_open else "",
            things=things([node.pk], near, sources),
            against=len({one.source for one in threads if one.target == node.pk and one.relation == "contradicts"}),
        )
    everybody = crowds.together(own)
    total = _counted(items.values(), everybody)
    return Ground(
        items=items,
        threads=threads,
        facts=facts,
        words=everybody.words,
        answers=total["answers"],
        knowledge=list(total["knowledge"]),
        is_truncated=any(one.is_truncated for one in above.values()),
        things=things(own, items.values(), sources),
        one_teams=[node for node in nodes if facts[node.code].is_one_teams],
    )


def kept_of(what: str, draft: Draft, make: Callable[[], T]) -> T:
    """Something counted from a draft's citations, kept for some minutes or until somebody does something."""
    codes = hashlib.sha256(" ".join(sorted(draft.cited)).encode()).hexdigest()
    return kept(f"{what}-{codes}", stamp(draft.report.programme), A_WHILE, make)


def ground_of(draft: Draft) -> Ground:
    """What a draft rests on, counted once in a while."""
    return kept_of("ground", draft, lambda: ground(draft.cited.values()))


def _counted(items: Iterable[Item], crowd: Crowd) -> dict[str, Any]:
    """How many people's words and answers are behind some items, and which kinds of knowledge."""
    kinds = {item.knowledge_kind for item in items if not item.is_withdrawn}
    if crowd.words or crowd.answers:
        kinds.add(Knowledge.LIVED)
    return {
        "words": int(crowd.words),
        "is_more": isinstance(crowd.words, MoreThan),
        "answers": crowd.answered,
        "knowledge": tuple(kind for kind in Knowledge.values if kind in kinds),
    }


def withdrawn_since(edition: Edition) -> int:
    """How many of the items an edition rests on were taken back later; what fell with one counts as one with it."""
    above = trace(edition.pk, "up", BOUND)
    gone = {item.id for item in above.items.values() if item.is_withdrawn}
    if not gone:
        return 0
    there = Node.objects.filter(pk__in=gone, made_at__lte=edition.published_at)
    later = set(there.filter(withdrawn_at__gt=edition.published_at).values_list("pk", flat=True))
    fell = {t.target for t in above.threads if t.relation == "quotes" and t.source in later}
    return len(later - fell)


def editions_of(programme: Programme) -> QuerySet[Edition]:
    """The editions of a programme's report, the latest first."""
    found = Edition.objects.filter(report__programme=programme, node__withdrawn_at=None)
    return found.select_related("node").defer("content", "counts").order_by("-number")


def latest(programme: Programme) -> Edition | None:
    """The latest edition, whole."""
    found = editions_of(programme).defer(None).select_related("node", "report")[:1]
    return next(iter(within(programme, found)), None)


def edition_at(node: Node) -> Edition:
    """The edition of a node."""
    found = Edition.objects.select_related("report").get(pk=node.pk)
    found.node = node
    return found


@dataclass(frozen=True)
class Reached:
    """Who of one conversation an edition carries: everybody, each group, a picture, and who is left out."""

    conversation: Conversation
    rows: list[Carried]
    picture: SafeString
    told_why: str
    not_yet: str
    is_as_before: bool

    @property
    def everybody(self) -> Carried:
        """The row about everybody."""
        return self.rows[0]


def reach_of(edition: Edition) -> list[Reached]:
    """Who an edition carries, conversation by conversation. One query."""
    by_conversation: dict[Conversation, list[Carried]] = {}
    for row in edition.carried.select_related("conversation__team").order_by("conversation__opened_at", "group", "id"):
        by_conversation.setdefault(row.conversation, []).append(row)
    found = []
    for number, (conversation, rows) in enumerate(by_conversation.items(), 1):
        left_out = edition.counts.get("left_out", {}).get(conversation.code, {})
        why, not_yet = (counts.people(n) if (n := left_out.get(name, 0)) != 0 else "" for name in LEFT_OUT)
        is_as_before = conversation.code in edition.counts.get("as_before", [])
        found.append(Reached(conversation, rows, drawn(rows, f"reach-{number}"), why, not_yet, is_as_before))
    return found


def carried_before(programme: Programme) -> dict[UUID, list[Carried]]:
    """Who the edition that came out last carries, by conversation, taken back or not: it has been read. Two queries."""
    last = Edition.objects.filter(report__programme=programme).order_by("-number").first()
    found: dict[UUID, list[Carried]] = defaultdict(list)
    for row in last.carried.order_by("id") if last else ():
        found[row.conversation_id].append(row)
    return found


def drawn(rows: Iterable[Any], uid: str) -> SafeString:
    """The picture of the rows of one conversation of which something may be shown; none where that is no row."""
    shown = [row for row in rows if row.carried is not None and row.people]
    if not shown:
        return mark_safe("")
    marks = [
        reach.Reached(
            name=row.group or "Everybody",
            share=_share(row.carried, row.people),
            low=_share(row.low, row.people),
            high=_share(row.high, row.people),
            words=said(row),
        )
        for row in shown
    ]
    return mark_safe(reach.reach(marks, uid, "How many are carried, on the band of what chance would carry"))


def _share(number: float | None, people: int | None) -> float | None:
    return None if number is None or not people else min(1.0, number / people)


def said(row: Any) -> str:
    """One row in a sentence."""
    if row.carried is None or row.people is None:
        return "too few to show."
    words = f"{row.carried:,} of {row.people:,} are carried."
    if row.low is not None and row.high is not None:
        return f"{words} A random pick would carry {row.low:,.0f} to {row.high:,.0f}."
    return f"{words} A random pick would carry about {row.expected:,.0f}." if row.expected is not None else words


def teams_of_insights(written: Draft) -> dict[Node, set[int]]:
    """The teams behind each insight that the draft cites. One query."""
    insights = [node for node in written.cited.values() if node.kind == "insight"]
    behind = teams_behind(insights)
    return {node: behind.get(node, set()) for node in insights}


@dataclass(frozen=True)
class ReportsTab:
    """What the tab Share shows of the report."""

    edition: Edition | None
    report: Report | None
    cited: int


def workspace(team: Team) -> ReportsTab:
    """The latest edition and how many of the team's items it cites. Three queries."""
    edition = next(iter(within(team.programme, editions_of(team.programme)[:1])), None)
    cited = 0
    if edition is not None:
        links = Link.objects.filter(target=edition.node, source__team=team, withdrawn_at=None)
        cited = links.aggregate(n=Count("source", distinct=True))["n"]
    return ReportsTab(edition, report_of(team.programme), cited)


def jobs(team: Team) -> list[Job]:
    """Stories that are in no edition, and whose tellers were not told why. Two queries."""
    edition = editions_of(team.programme).first()
    loose = stories.told_in(team, show="loose").count() if edition is not None else 0
    if edition is None or not loose:
        return []
    what = "One story is used nowhere." if loose == 1 else f"{loose:,} stories are used nowhere."
    page = reverse("stories:list", args=[team.programme.slug, team.slug]) + "?show=loose"
    detail = f"{edition.node.title} is out. Whoever told them can read on their receipt why."
    return [Job(what, detail, page, "Use them, or say why not")]


@dataclass(frozen=True)
class Told:
    """A story that could have been used, and why it was not."""

    node: UUID
    conversation: UUID
    participant: UUID
    because: str
    code: str
    title: str


@dataclass(frozen=True)
class Heard:
    """Everything that people of a programme have said and that could be used, by the keys of its rows."""

    conversations: list[Conversation]
    people: dict[UUID, list[UUID]]
    stories: list[Told]
    statements: list[tuple[UUID, UUID, UUID, UUID | None, int]]  # node, key, conversation, author, moderation
    maps: list[tuple[UUID, UUID]]  # node, conversation, oldest first
    placings: list[tuple[UUID, UUID, int | None]]  # map, participant, group
    votes: list[tuple[Any, Any]]  # participant and statement, as the database keeps keys


VOTES = """
SELECT v.participant_id, v.statement_id FROM conversations_vote v
JOIN conversations_statement s ON s.id = v.statement_id
JOIN conversations_conversation c ON c.id = s.conversation_id WHERE c.programme_id = %s
"""


def heard(programme: Programme) -> Heard:
    """What was said in a programme. Seven queries, however many conversations."""
    people: dict[UUID, list[UUID]] = defaultdict(list)
    here = Participant.objects.filter(conversation__programme=programme, withdrawn_at=None)
    rows = here.exclude(weight=Weight.SET_ASIDE).order_by("number")
    for conversation, participant in rows.values_list("conversation", "pk"):
        people[conversation].append(participant)
    told = Story.objects.filter(stories.may_be_used(), conversation__programme=programme, node__withdrawn_at=None)
    columns = ("node", "conversation", "participant", "not_used_because", "node__code", "node__title")
    statements = Statement.objects.filter(conversation__programme=programme, node__withdrawn_at=None)
    maps = OpinionMap.objects.filter(conversation__programme=programme, node__withdrawn_at=None)
    placings = Placing.objects.filter(map__in=maps)
    with connection.cursor() as cursor:
        cursor.execute(VOTES, [programme.pk])
        votes = cursor.fetchall()
    return Heard(
        conversations=list(programme.conversations.select_related("team")),
        people=dict(people),
        stories=[Told(*row) for row in told.order_by("told_at", "node_id").values_list(*columns)],
        statements=list(statements.values_list("node", "pk", "conversation", "author", "moderation")),
        maps=list(maps.order_by("node__made_at", "node_id").values_list("node", "conversation")),
        placings=list(placings.order_by("id").values_list("map", "participant", "group")),
        votes=votes,
    )
