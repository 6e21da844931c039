"""The text of a report as claims: each paragraph with its citations, and in the margin what stands behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from weft.core import counts, dates
from weft.core.caching import kept
from weft.core.tables import Column, Table, numbers
from weft.listen.conversations.models import Conversation
from weft.people.programmes.models import Programme, Team
from weft.pictures.colour import team_class
from weft.provenance.models import Knowledge, Node
from weft.provenance.queries import cited, stamp, things_in_words
from weft.provenance.registry import NOUNS
from weft.provenance.sentences import Block, Sentence, blocks, marked
from weft.provenance.templatetags.thread import Cited
from weft.provenance.visibility import is_public
from weft.share.reports.actions import content_of
from weft.share.reports.models import Edition, Verdict
from weft.share.reports.queries import Draft, Ground

register = template.Library()
KEPT_FOR = 3600
SHOWN = {Verdict.KEEP: "The editors’ own view", Verdict.EVIDENCE: Verdict.EVIDENCE.label}


@dataclass
class Note:
    """One note in the margin: whose it is, and a line for each citation."""

    label: str
    colour: str = ""
    is_against: bool = False
    lines: list[tuple[str, str]] = field(default_factory=list)
    anchor: str = ""


@dataclass(frozen=True)
class Claim:
    """One block of the text with its notes."""

    html: SafeString
    notes: list[Note]


@dataclass(frozen=True)
class Part:
    """One section."""

    number: int
    title: str
    claims: list[Claim]


class Writer:
    """Turns sections into claims; counts the editors' own notes through the whole edition."""

    def __init__(self, facts: Mapping[str, Mapping[str, Any]], cited: dict[str, Node], teams: dict[str, Team]) -> None:
        self.facts, self.teams = facts, teams
        self.cites = Cited(cited, is_public)  # as everybody sees them, since all read the same report
        self.notes = 0

    def section(self, number: int, one: Mapping[str, Any]) -> Part:
        """A section of an edition."""
        decided = {s["hash"]: s for s in one["sentences"] if not s["codes"]}
        return Part(number, one["title"], [self.claim(block, decided) for block in blocks(one["text"])])

    def claim(self, block: Block, decided: Mapping[str, Mapping[str, Any]]) -> Claim:
        """One block: its text with marks, its margin."""
        own: list[Note] = []

        def mark(sentence: Sentence) -> str:
            kept = decided.get(sentence.hash)
            if sentence.codes or kept is None:
                return ""
            self.notes += 1
            label = SHOWN.get(kept["verdict"], "Not decided yet")
            note = Note(f"{self.notes}. No evidence cited here", anchor=f"note-{self.notes}")
            note.lines.append(("", f"{label}. {kept['reason']}".strip()))
            own.append(note)
            return format_html(
                '<sup class="weft-mark"><a class="weft-link" href="#{}" aria-label="Note {}">{}</a></sup>',
                note.anchor,
                self.notes,
                self.notes,
            )

        html = marked(block.source, self.cites, mark)
        own.sort(key=lambda note: int(note.anchor.rpartition("-")[2]))
        return Claim(html, [*self.margin(block.codes), *own])

    def margin(self, codes: list[str]) -> list[Note]:
        """The notes beside some citations, those of one team together."""
        notes: dict[tuple[str, str], Note] = {}
        for code in codes:
            fact = self.facts.get(code)
            if fact is None:
                continue
            teams = [self.teams[slug] for slug in fact["teams"] if slug in self.teams]
            label, who = _label(fact, teams)
            colour = team_class(teams[0].colour - 1) if len(teams) == 1 else ""
            note = notes.setdefault((label, who), Note(label, colour, fact["is_against"]))
            note.lines.append((code, f"{who + '. ' if who else ''}{_words(fact)}"))
        for note in notes.values():
            if len(note.lines) == 1:
                note.lines = [("", note.lines[0][1])]
        return list(notes.values())


def _label(fact: Mapping[str, Any], teams: list[Team]) -> tuple[str, str]:
    """What a note is headed, and whose it is where the heading does not say it."""
    names = " and ".join(team.name for team in teams) if len(teams) < 4 else f"{len(teams)} teams"
    if fact["is_against"]:
        return "Speaks against", names
    if fact["open_since"]:
        return "Not known yet", names
    if fact["is_one_teams"]:
        return "One team’s, so far", names
    return names or NOUNS[fact["kind"]].name, ""


def _words(fact: Mapping[str, Any]) -> str:
    """What stands behind a citation and against it, and which kinds of knowledge."""
    said = _behind(fact)
    if fact["open_since"]:
        said.append(f"Open since {dates.day(datetime.fromisoformat(fact['open_since']))}.")
    kinds = ", ".join(Knowledge(kind).label.lower() for kind in fact["knowledge"])
    if kinds:
        said.append(f"{capfirst(kinds)}.")
    return " ".join(said)


def _behind(fact: Mapping[str, Any]) -> list[str]:
    """The things behind a citation; of editions that came out before these were counted the people."""
    if "things" in fact:
        said = things_in_words(fact["things"], fact["answers"])
        against = fact["against"]
        speaks = f"{against:,} speaks against it." if against == 1 else f"{against:,} speak against it."
        return [*([f"{capfirst(said)}."] if said else []), *([speaks] if against else [])]
    number = counts.MoreThan(fact["words"]) if fact.get("is_more") else fact["words"]
    words = [f"The words of {counts.people(number)}."] if fact["words"] else []
    return [*words, f"Answers from {counts.people(fact['answers'])}."] if fact["answers"] else words


def _written(content: Mapping[str, Any], facts: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """Everything the template shows. Two queries."""
    texts = [content["summary"], *(section["text"] for section in content["sections"])]
    found = cited(programme, *texts)
    teams = {team.slug: team for team in programme.teams.all()}
    writer = Writer(facts, found, teams)
    parts = [writer.section(number, one) for number, one in enumerate(content["sections"], 1)]
    return {"parts": parts, "summary": marked(content["summary"], writer.cites)}


@register.inclusion_tag("reports/_claims.html")
def edition_claims(edition: Edition, programme: Programme) -> dict[str, Any]:
    """The text of an edition; its numbers are those it came out with."""

    def written() -> dict[str, Any]:
        return _written(edition.content, edition.counts["items"], programme)

    return kept(f"edition-{edition.pk}", stamp(programme), KEPT_FOR, written)


@register.inclusion_tag("reports/_claims.html")
def draft_claims(draft: Draft, ground: Ground, programme: Programme) -> dict[str, Any]:
    """The text of the draft as it would come out now."""
    return _written(content_of(draft), ground.frozen()["items"], programme)


@register.simple_tag
def reach_table(conversation: Conversation, rows: Iterable[Any]) -> Table:
    """Who of a conversation is carried, as a table."""
    told = [
        (row.group or "Everybody", _people(row.people), _people(row.carried), _chance(row.expected, row.low, row.high))
        for row in rows
    ]
    columns = [Column("Who"), *numbers("Took part", "Carried", "By a random pick")]
    return Table(f"Who is carried of “{conversation.prompt}”", columns, told)


def _people(number: int | None) -> str:
    return "not shown" if number is None else counts.people(number)


def _chance(expected: float | None, low: float | None, high: float | None) -> str:
    if expected is None:
        return "not shown"
    about = f"about {expected:,.0f}"
    return about if low is None else f"{about}, {low:,.0f} to {high:,.0f}"
