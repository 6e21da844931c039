"""Whether the figures of a card may be replaced, and how many people each of their numbers counts as.

The methods are imported where they are called, as beside this.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from weft.core import counts
from weft.listen.conversations.models import Choice, Conversation
from weft.listen.conversations.queries import Tally
from weft.listen.conversations.queries.figures import WEEK, Part, came_between, start_of_week

if TYPE_CHECKING:
    from weft.methods.figure_steps import Batch, Regime
    from weft.methods.three_answers import Answers

CHOICES = (Choice.AGREE, Choice.DISAGREE, Choice.PASS)


@dataclass(frozen=True)
class Step:
    """What may be done with the figures of a card at a moment.

    `entered`: who waits comes in. `left`: whose answers hold no longer are taken out, `came_in` with their new ones.
    `parted`: who was set aside is taken out, apart from all others, since their answers are told by themselves.
    """

    entered: bool
    left: bool
    came_in: bool
    parted: bool

    def __bool__(self) -> bool:
        return self.entered or self.left or self.parted


NONE = Step(False, False, False, False)


def step(conversation: Conversation, parts: Iterable[Part]) -> Step:
    """What may be done with the figures of one card."""
    from weft.methods.figure_steps import Waiting
    from weft.methods.figure_steps import step as step_of

    parts, regime = list(parts), regime_of(conversation)
    stands = any(part.shown is not None for part in parts)
    others = [part for part in parts if not part.is_aside]
    waiting = Waiting(
        added=_batch(conversation, ((part, part.now) for part in others if part.shown is None)),
        removed=_batch(conversation, ((part, part.shown) for part in others if part.now != part.shown)),
        changed=_batch(conversation, ((part, part.now) for part in others if part.now != part.shown is not None)),
    )
    aside = sum(part.people for part in parts if part.is_aside and part.shown is not None)
    needed = regime.needed(counts.smallest(), closing=not conversation.is_open)
    now = tally_of(parts)
    found = step_of(_answers(now) if stands else None, waiting, counts.smallest(), first=needed)
    return Step(found.entered, found.left, found.came_in, aside > 0 and counts.may_show(aside))


def is_quiet(conversation: Conversation, first_at: datetime | None, moment: datetime) -> bool:
    """Whether nothing is replaced until closing, since a week went by in which too few people came."""
    regime = regime_of(conversation)
    if not (regime.stops_when_quiet and conversation.is_open and first_at):
        return False
    weeks = came_between(conversation, start_of_week(first_at) + WEEK, moment)
    return any(regime.is_quiet(effective(conversation, groups), counts.smallest()) for groups in weeks.values())


def regime_of(conversation: Conversation) -> "Regime":
    """What a conversation asks of its figures."""
    from weft.methods.figure_steps import OPEN, SENSITIVE

    return SENSITIVE if conversation.is_guarded else OPEN


def effective(conversation: Conversation, groups: Mapping[int | None, int]) -> int:
    """How many people a set of people counts as, by arrival group."""
    from weft.methods.arrivals import effective_count

    seen = [group is None for group in groups]
    limit = regime_of(conversation).group_limit
    return effective_count(list(groups.values()), seen, group_limit=limit) if groups else 0


def tally_of(parts: Iterable[Part]) -> Tally:
    """What stands in the figures of a card."""
    counted: Counter[int | None] = Counter()
    for part in parts:
        counted[part.shown] += part.people
    return Tally(counted[Choice.AGREE], counted[Choice.DISAGREE], counted[Choice.PASS])


def effective_of(conversation: Conversation, parts: Iterable[Part]) -> tuple[int, ...]:
    """How many people each number that could be told of a card counts as, in the order of `EffectiveAnswers`."""
    from weft.methods.arrivals import effective_answers

    rows: dict[int | None, list[int]] = {}
    for part in parts:
        if part.shown is not None:
            rows.setdefault(part.group, [0, 0, 0])[CHOICES.index(Choice(part.shown))] += part.people
    if not rows:
        return ()
    limit = regime_of(conversation).group_limit
    found = effective_answers(list(rows.values()), [group is None for group in rows], group_limit=limit)
    return found.agree, found.disagree, found.passed, found.did_not_agree, found.did_not_disagree, found.total


def _answers(tally: Tally) -> "Answers":
    from weft.methods.three_answers import Answers

    return Answers(tally.agree, tally.disagree, tally.passed)


def _batch(conversation: Conversation, rows: Iterable[tuple[Part, int | None]]) -> "Batch":
    """Answers that wait together, and how many people they count as."""
    from weft.methods.figure_steps import Batch
    from weft.methods.three_answers import Answers

    answers: Counter[int] = Counter()
    groups: Counter[int | None] = Counter()
    for part, choice in rows:
        if choice is not None:
            answers[choice] += part.people
            groups[part.group] += part.people
    return Batch(Answers(*(answers[choice] for choice in CHOICES)), effective(conversation, groups))
