"""Drawing opinion maps, checking that one can be drawn again, and taking one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import capfirst

from weft.core import counts
from weft.core.errors import Refused
from weft.listen.conversations.actions import figures
from weft.listen.conversations.analysis import told_as_it_is
from weft.listen.conversations.analysis.figures import effective
from weft.listen.conversations.models import Conversation, Participant, Statement
from weft.listen.conversations.queries import tally_shown
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.provenance.actions import record
from weft.provenance.items import HERE, Origin
from weft.provenance.models import Knowledge, Node
from weft.provenance.visibility import Visibility
from weft.provenance.withdrawal import withdraw
from weft.sense.maps import analysis, queries
from weft.sense.maps.models import OpinionMap, Placing

PARAMETERS = {"min_votes": 7, "min_group": 5, "permutations": 99, "resamples": 20}


@transaction.atomic
def draw_map(
    *,
    by: Actor,
    conversation: Conversation,
    seed: int = 0,
    title: str = "",
    visibility: str = Visibility.PUBLIC,
    origin: Origin = HERE,
    **parameters: int,
) -> OpinionMap:
    """Freeze who agrees with whom in a conversation. The same answers with the same parameters are the same map.

    On the thread it comes from the statements that it names: those that unite, that divide, or that a group stands for.
    """
    asked = _asked(conversation, seed, parameters)
    ballots = queries.ballots(conversation)
    if not ballots.votes:
        raise Refused("Nobody has answered a statement in this conversation yet, so there is nothing to draw.")
    same = queries.same_map(conversation, ballots.input_hash, asked)
    if same is not None:
        return same
    _check_step(conversation, ballots)
    drawn = analysis.draw(ballots, asked)
    result = analysis.held_back(drawn.result, _between_steps(by, conversation, ballots))
    found = _freeze(
        by=by,
        conversation=conversation,
        statements=ballots.statements,
        placings=drawn.placings,
        thread={
            "title": title or f"Who agrees with whom: {conversation.prompt}",
            "visibility": visibility,
            "code": origin.code,
            "made_at": origin.at,
        },
        parameters=asked,
        input_hash=ballots.input_hash,
        came=ballots.came,
        people=drawn.people,
        statement_count=drawn.statements,
        votes=drawn.votes,
        verdict=drawn.verdict,
        reason=drawn.reason,
        result=result,
    )
    audit(by=by, did="drew opinion map", on=found.node, votes=drawn.votes, seed=seed)
    return found


def _freeze(
    *,
    by: Actor,
    conversation: Conversation,
    statements: Iterable[Statement],
    placings: Iterable[tuple[UUID, int | None, float, float]],
    thread: dict[str, Any],
    result: dict[str, Any],
    statement_count: int,
    **frozen: Any,
) -> OpinionMap:
    """Keep what was drawn, tied to the statements that it names."""
    named = {*analysis.named(result)}
    node = record(
        by=by,
        kind="map",
        programme=conversation.programme,
        team=conversation.team,
        text=conversation.prompt,
        knowledge_kind=Knowledge.LIVED,
        sources=[one.node for one in statements if str(one.pk) in named],
        **thread,
    )
    kept = OpinionMap.objects.create(
        node=node,
        conversation=conversation,
        result=result,
        statements=statement_count,
        drawn_at=node.made_at,
        **frozen,
    )
    Placing.objects.bulk_create(
        (Placing(map=kept, participant_id=who, group=group, x=x, y=y) for who, group, x, y in placings),
        batch_size=2000,
    )
    return kept


def _check_step(conversation: Conversation, ballots: queries.Ballots) -> None:
    """Refuse a map that differs from the last one by so few people that the difference would tell on them."""
    since = queries.since_last_map(conversation, ballots)
    if since is not None and not counts.may_show(max(effective(conversation, since.came), since.left, 1)):
        raise Refused(
            f"{capfirst(counts.too_few())} have answered or taken answers back since the last map of this "
            "conversation. A new one beside it would show what they said. Draw it when more have."
        )


def _between_steps(by: Actor, conversation: Conversation, ballots: queries.Ballots) -> set[str]:
    """The statements of whose numbers everybody is not told what is so now, after those that may have moved.

    The map and a statement's own page tell the same numbers.
    """
    by_number = {one.number: one for one in ballots.statements}
    now = {by_number[number].pk: tally for number, tally in ballots.tallies().items()}
    if not conversation.is_guarded:
        figures.show_now(by=by, conversation=conversation)
    cards = queries.cards_of(conversation, now)
    figures.step(statements=cards)
    return {str(one.pk) for one in cards if not told_as_it_is(tally_shown(one), now[one.pk])}


def _asked(conversation: Conversation, seed: int, parameters: dict[str, int]) -> dict[str, Any]:
    """All that a map depends on beside the votes."""
    unknown = parameters.keys() - PARAMETERS.keys()
    if unknown:
        raise Refused(f"An opinion map has no parameter called {min(unknown)}.")
    more = {"seed": seed, "strict": conversation.needs_moderation, "threshold": counts.smallest()}
    return {**PARAMETERS, **parameters, **more}


@transaction.atomic
def keep_map(
    *,
    by: Actor,
    conversation: Conversation,
    title: str,
    placings: Iterable[tuple[UUID, int | None, float, float]],
    statements: int,
    visibility: str = Visibility.PUBLIC,
    origin: Origin = HERE,
    **frozen: Any,
) -> OpinionMap:
    """Put a map back as it was drawn. `frozen` are the columns that say from what it was drawn and what came out."""
    kept = _freeze(
        by=by,
        conversation=conversation,
        statements=queries.ballots(conversation).statements,
        placings=placings,
        thread={"title": title, "visibility": visibility, "code": origin.code, "made_at": origin.at},
        statement_count=statements,
        **frozen,
    )
    figures.put_back(tallies=analysis.told(kept.result), at=kept.drawn_at)
    audit(by=by, did="restored opinion map", on=kept.node)
    return kept


def forget(*, participant: Participant) -> None:
    """Erase where somebody stood on each map: it was worked out of answers that they took back."""
    Placing.objects.filter(participant=participant).delete()


@dataclass(frozen=True)
class Check:
    """Whether a map could be drawn again just so: yes, no, or not to be told since the answers have changed."""

    is_same_input: bool
    is_same_result: bool
    votes_then: int
    votes_now: int

    @property
    def sentence(self) -> str:
        """What came out, in plain words."""
        if not self.is_same_input:
            return (
                "The answers have changed since this map was drawn, so it cannot be compared: "
                f"{self.votes_then:,} answers then, {self.votes_now:,} now. Draw a new map to see them all."
            )
        if self.is_same_result:
            return "Drawn again from the same answers, the map comes out the same."
        return "Drawn again from the same answers, the map comes out otherwise. Tell whoever runs this site."


@transaction.atomic
def check_map(*, by: Actor, row: OpinionMap) -> Check:
    """Draw a map again with its own parameters and compare; nothing is replaced."""
    ballots = queries.ballots(row.conversation)
    same_input = ballots.input_hash == row.input_hash
    same_result = False
    if same_input:
        drawn = analysis.draw(ballots, row.parameters)
        then = {one["id"] for one in row.result["statements"] if one.get("held_back")}
        same_result = (drawn.verdict, drawn.reason) == (row.verdict, row.reason) and not analysis.differs(
            analysis.held_back(drawn.result, then), row.result
        )
    audit(by=by, did="checked opinion map", on=row.node, same_input=same_input, same_result=same_result)
    return Check(same_input, same_result, row.votes, len(ballots.votes))


@transaction.atomic
def withdraw_map(*, by: Actor, row: OpinionMap, at: datetime | None = None) -> list[Node]:
    """Take a map back; what it counted is erased with it."""
    row.placings.all().delete()
    audit(by=by, did="withdrew opinion map", on=row.node)
    return withdraw(node=row.node, said="", at=at)
