"""A small programme with voices, findings and a draft, made through the same actions as the pages."""

from dataclasses import dataclass, field

from tests.cast import Cast
from tests.moments import moment
from tests.voting import cast_vote
from weft.learn.insights.actions import make_insight
from weft.learn.insights.models import Insight
from weft.listen.conversations.actions import add_participant, add_statement, make_conversation
from weft.listen.conversations.models import Conversation, Participant, Statement
from weft.listen.stories.actions import release, tell
from weft.listen.stories.models import Story
from weft.provenance.models import Node
from weft.sense.findings.actions import make_finding
from weft.share.reports import actions
from weft.share.reports.models import Report

SAID = "The last bus leaves the hall at six and after that there is no way home at all."


@dataclass
class World:
    """What there is."""

    cast: Cast
    talk: Conversation
    people: list[Participant]
    stories: list[Story] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Node] = field(default_factory=list)
    insight: Insight | None = None


def world(cast: Cast, people: int = 12, stories: int = 3, votes: int = 12) -> World:
    """A conversation, the first stories in a finding, a statement that everybody answered, an insight of one team."""
    talk = make_conversation(by=cast.mo, of=cast.summer, prompt="How do you get home?", code="tide123")
    made = World(cast, talk, [add_participant(by=None, conversation=talk) for _ in range(people)])
    for number in range(stories):
        text = SAID if number == 0 else f"Story number {number} about the long walk along the dark road."
        told = tell(by=made.people[number], participant=made.people[number], text=text, scopes=["analyse", "quote"])
        made.stories.append(release(by=cast.mo, row=told))
    made.statements.append(
        add_statement(by=made.people[0], conversation=talk, text="Buses should run until nine.", moderation=1)
    )
    for participant in made.people[:votes]:
        cast_vote(by=participant, on=made.statements[0], choice=1)
    moment(talk)
    made.findings.append(
        make_finding(
            by=cast.mo,
            of=cast.summer,
            title="After six there is no bus",
            evidence=[(made.stories[0].node, "supports"), (made.statements[0].node, "supports")],
        ).node
    )
    made.insight = make_insight(
        by=cast.mo, of=cast.pell, title="The way home decides who comes", cases=[made.findings[0]]
    )
    return made


def draft(made: World, *texts: str, title: str = "What the coast taught us") -> Report:
    """A draft with a section for each text."""
    report = actions.begin_report(by=made.cast.cora, programme=made.cast.pell, title=title)
    for number, text in enumerate(texts, 1):
        actions.add_section(by=made.cast.cora, report=report, title=f"Part {number}", text=text)
    return report
