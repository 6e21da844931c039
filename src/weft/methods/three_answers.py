"""What may be told of how many people agreed, disagreed and passed: small counts are merged before they are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold

Case = Literal["few", "all", "agree", "disagree", "total"]


@dataclass(frozen=True)
class Answers:
    """How many people gave each answer to one card."""

    agree: int
    disagree: int
    passed: int

    def __post_init__(self) -> None:
        as_counts([self.agree, self.disagree, self.passed])

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.agree + other.agree, self.disagree + other.disagree, self.passed + other.passed)

    def __sub__(self, other: Answers) -> Answers:
        return Answers(self.agree - other.agree, self.disagree - other.disagree, self.passed - other.passed)

    @property
    def total(self) -> int:
        """Return how many people answered."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class EffectiveAnswers:
    """The effective counts of the people behind each number that may be told of one card.

    A merged number has one of its own, because one arrival group may stand behind both of its parts.
    """

    agree: int
    disagree: int
    passed: int
    did_not_agree: int
    did_not_disagree: int
    total: int


@dataclass(frozen=True)
class ShownAnswers:
    """What may be told of one card; ``None`` is a number that may not.

    ``case`` says which numbers there are: ``few`` none; ``all`` all three; ``agree`` those who agreed and, as
    ``others``, those who did not; ``disagree`` those who disagreed and those who did not; ``total`` only how many
    answered. Wherever a number is shown ``total`` is, since it is their sum.
    """

    case: Case
    agree: int | None = None
    disagree: int | None = None
    passed: int | None = None
    others: int | None = None
    total: int | None = None


def rule_of_three(
    answers: Answers, threshold: int = PUBLISHED, effective: EffectiveAnswers | None = None
) -> ShownAnswers:
    """Return what may be told of one card: all three counts, one of them beside the other two together, or the total.

    The cases are tried in one fixed order and never by size, because a reader who knows this rule could otherwise
    tell a hidden count from which other one was hidden with it. Fewer than ``threshold`` people: ``few``. All three
    counts large enough: ``all``. Those who agreed, and those who did not, large enough: ``agree``. The same for those
    who disagreed: ``disagree``. Else ``total``. Passes are never shown on their own: beside 8 who agreed and
    disagreed both would be known.

    Parameters: ``answers`` people; ``threshold`` int, people; ``effective`` effective counts of the same people (see
    ``arrivals.effective_answers``): a number is also too small if its effective count is below ``threshold``.

    Returns a ``ShownAnswers``. Invariants: each shown number is at least ``threshold``; for a reader who knows the
    rule each hidden count has at least ``threshold`` possible values, and ``threshold`` - s for one who also knows s
    of the answers; effective counts never show more than there would be without them. Raises ``ValueError`` for a
    threshold below 5. Cost: constant.

    References: Hundepool et al., Statistical Disclosure Control, 2012, doi:10.1002/9781118348239 (merging categories).

    >>> rule_of_three(Answers(87, 25, 9))
    ShownAnswers(case='agree', agree=87, disagree=None, passed=None, others=34, total=121)
    >>> rule_of_three(Answers(9, 9, 60))
    ShownAnswers(case='total', agree=None, disagree=None, passed=None, others=None, total=78)
    """
    least = check_threshold(threshold)
    sizes = _sizes(answers, effective)
    agree, disagree, total = answers.agree, answers.disagree, answers.total
    if sizes.total < least:
        return ShownAnswers("few")
    if min(sizes.agree, sizes.disagree, sizes.passed) >= least:
        return ShownAnswers("all", agree, disagree, answers.passed, total=total)
    if min(sizes.agree, sizes.did_not_agree) >= least:
        return ShownAnswers("agree", agree=agree, others=total - agree, total=total)
    if min(sizes.disagree, sizes.did_not_disagree) >= least:
        return ShownAnswers("disagree", disagree=disagree, others=total - disagree, total=total)
    return ShownAnswers("total", total=total)


def _sizes(answers: Answers, effective: EffectiveAnswers | None) -> EffectiveAnswers:
    """Return how large each number counts as: its people, or its effective count where that is smaller."""
    agree, disagree, passed = answers.agree, answers.disagree, answers.passed
    people = EffectiveAnswers(agree, disagree, passed, disagree + passed, agree + passed, answers.total)
    if effective is None:
        return people
    return EffectiveAnswers(
        min(people.agree, effective.agree),
        min(people.disagree, effective.disagree),
        min(people.passed, effective.passed),
        min(people.did_not_agree, effective.did_not_agree),
        min(people.did_not_disagree, effective.did_not_disagree),
        min(people.total, effective.total),
    )
