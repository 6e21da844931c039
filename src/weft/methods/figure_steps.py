"""When the published figures of a card are replaced, so that no difference between two of them is a few people."""

from __future__ import annotations

from dataclasses import dataclass

from weft.methods.arrivals import GROUP_LIMIT
from weft.methods.disclosure import PUBLISHED, check_threshold
from weft.methods.three_answers import Answers

NOBODY = Answers(0, 0, 0)


@dataclass(frozen=True)
class Regime:
    """What a kind of conversation asks of its figures.

    An arrival group counts as at most ``group_limit`` people. The first figures of a card need an effective count of
    ``first_figures``, or of the threshold where that is larger. Where ``stops_when_quiet``, no figures are replaced
    between a week with fewer effective newcomers than the threshold and closing.
    """

    group_limit: int
    first_figures: int
    stops_when_quiet: bool

    def needed(self, threshold: int = PUBLISHED, *, closing: bool = False) -> int:
        """Return the effective count that first figures need; at closing the threshold will do.

        >>> OPEN.needed(), SENSITIVE.needed(), SENSITIVE.needed(closing=True)
        (10, 50, 10)
        """
        least = check_threshold(threshold)
        return least if closing else max(least, self.first_figures)

    def is_quiet(self, newcomers: int, threshold: int = PUBLISHED) -> bool:
        """Tell whether after a week with so many effective newcomers nothing is replaced until closing.

        >>> OPEN.is_quiet(3), SENSITIVE.is_quiet(3), SENSITIVE.is_quiet(10)
        (False, True, False)
        """
        return self.stops_when_quiet and newcomers < check_threshold(threshold)


OPEN = Regime(group_limit=GROUP_LIMIT, first_figures=0, stops_when_quiet=False)
SENSITIVE = Regime(group_limit=1, first_figures=50, stops_when_quiet=True)


@dataclass(frozen=True)
class Batch:
    """Answers that wait together, and the effective count of the people who gave them."""

    answers: Answers = NOBODY
    effective: int = 0

    @property
    def size(self) -> int:
        """Return how many people the batch counts as."""
        return min(self.effective, self.answers.total)


@dataclass(frozen=True)
class Waiting:
    """What happened to a card since its published figures, as numbers and not as people.

    ``added`` are the answers of people who are not in the figures. ``removed`` are the answers that stand in the
    figures of people who took theirs back, were set aside, or answer otherwise now; ``changed`` are the new answers
    of the last of these. So the published figures, with ``added`` and ``changed`` and without ``removed``, are what
    is true now.
    """

    added: Batch = Batch()
    removed: Batch = Batch()
    changed: Batch = Batch()


@dataclass(frozen=True)
class Step:
    """The figures after one moment, none before the first, and what goes on waiting for another.

    ``entered`` says that those who were added came in, ``left`` that those who were removed went out, and ``came_in``
    that with these their new answers came in.
    """

    figures: Answers | None
    waiting: Waiting
    entered: bool
    left: bool
    came_in: bool


def step(figures: Answers | None, waiting: Waiting, threshold: int = PUBLISHED, *, first: int | None = None) -> Step:
    """Return the figures of one card that are published at a moment, and what waits for the next.

    People who are added enter when their effective count is at least ``threshold``. People whose answers stand in the
    figures and do no longer hold are taken out when together they are at least that many. Each of the two waits
    otherwise, and neither stops the other. The new answers of people taken out come in at the same moment if at least
    ``threshold`` come in, alone or with people who are added; else they wait on among those. The rule is the same at
    every moment, closing included: what waits then stays out. What is shown of the figures is for ``rule_of_three``.

    Parameters: ``figures`` as last published, ``None`` before the first; ``waiting`` people and their effective
    counts; ``threshold`` int; ``first`` int, the effective count that first figures need (see ``Regime.needed``),
    ``threshold`` if left out.

    Returns a ``Step``. Invariants: figures and waiting together are the same truth as before; from one publication to
    the next the answers that come in, and those that go, are none or at least ``threshold``; nobody is counted twice.
    Where new answers join those who wait the effective count of both is not known from two numbers: it is given as
    the larger of the two, which is never too much, until it is counted again.
    Raises ``ValueError`` where more is removed than the figures hold, more is changed than removed, or for a
    threshold below 5. Cost: constant.

    References: Dwork and others, Differential Privacy under Continual Observation, 2010, doi:10.1145/1806689.1806787
    (what a stream of figures gives away; here people wait instead of noise being added).

    >>> shown = Answers(40, 12, 11)
    >>> step(shown, Waiting(added=Batch(Answers(9, 1, 2), effective=11), removed=Batch(Answers(1, 0, 0), 1))).figures
    Answers(agree=49, disagree=13, passed=13)
    >>> step(shown, Waiting(added=Batch(Answers(1, 0, 9), effective=3))).figures
    Answers(agree=40, disagree=12, passed=11)
    """
    least = check_threshold(threshold)
    _check(figures or NOBODY, waiting)
    added, removed, changed = waiting.added, waiting.removed, waiting.changed
    enter = added.size >= (least if figures is not None or first is None else max(least, first))
    leave = removed.size >= least
    come_in = leave and (enter or changed.size >= least)
    now = figures or NOBODY
    if enter:
        now, added = now + added.answers, Batch()
    if leave:
        now = now - removed.answers
        now, added = (now + changed.answers, added) if come_in else (now, _together(added, changed))
        removed = changed = Batch()
    shown = now if enter or figures is not None else None
    return Step(shown, Waiting(added, removed, changed), enter, leave, come_in)


def _together(one: Batch, other: Batch) -> Batch:
    """Return two batches as one, with an effective count that is never too large."""
    return Batch(one.answers + other.answers, max(one.size, other.size))


def _check(figures: Answers, waiting: Waiting) -> None:
    """Refuse to take out what is not there."""
    removed, changed = waiting.removed.answers, waiting.changed.answers
    for name in ("agree", "disagree", "passed"):
        if getattr(removed, name) > getattr(figures, name):
            here, gone = getattr(figures, name), getattr(removed, name)
            raise ValueError(f"removed must be in the figures, got {gone} of {here} for {name}.")
    if changed.total > removed.total:
        raise ValueError(f"changed must be at most those removed, got {changed.total} of {removed.total}.")
