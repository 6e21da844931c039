import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from weft.methods.arrivals import effective_count
from weft.methods.figure_steps import NOBODY, OPEN, SENSITIVE, Batch, Regime, Step, Waiting, step
from weft.methods.three_answers import Answers

SHOWN = Answers(40, 12, 11)
thresholds = st.sampled_from([5, 10])
small = st.integers(0, 14)
answers = st.builds(Answers, small, small, small)
effective_counts = st.integers(0, 40)
batches = st.builds(Batch, answers, effective_counts)


def all_of(agree: int, disagree: int, passed: int) -> Batch:
    """People of whom no two came from one place."""
    return Batch(Answers(agree, disagree, passed), agree + disagree + passed)


@st.composite
def waits(draw):
    """Figures, and what can wait beside them."""
    figures = draw(answers)
    gone = Answers(*(draw(st.integers(0, n)) for n in (figures.agree, figures.disagree, figures.passed)))
    back = draw(answers.filter(lambda each: each.total <= gone.total))
    return figures, Waiting(draw(batches), Batch(gone, draw(effective_counts)), Batch(back, draw(effective_counts)))


def truth(figures: Answers | None, waiting: Waiting) -> Answers:
    return (figures or NOBODY) + waiting.added.answers + waiting.changed.answers - waiting.removed.answers


def after(moved: Step) -> tuple[Answers | None, Waiting]:
    """What is shown after a step, and what waits."""
    return moved.figures, moved.waiting


# Worked cases


def test_enough_people_enter_and_too_few_wait():
    nine, ten = all_of(9, 0, 0), all_of(9, 1, 0)
    assert after(step(SHOWN, Waiting(added=nine))) == (SHOWN, Waiting(added=nine))
    assert after(step(SHOWN, Waiting(added=ten))) == (Answers(49, 13, 11), Waiting())


def test_enough_people_are_taken_out_and_too_few_wait():
    nine, ten = all_of(3, 3, 3), all_of(4, 3, 3)
    assert after(step(SHOWN, Waiting(removed=nine))) == (SHOWN, Waiting(removed=nine))
    assert after(step(SHOWN, Waiting(removed=ten))) == (Answers(36, 9, 8), Waiting())


def test_one_who_left_does_not_stop_those_who_came():
    one = all_of(1, 0, 0)
    moved = step(SHOWN, Waiting(added=all_of(6, 3, 1), removed=one))
    assert after(moved) == (Answers(46, 15, 12), Waiting(removed=one))
    assert (moved.entered, moved.left, moved.came_in) == (True, False, False)


def test_one_who_came_does_not_stop_those_who_left():
    one = all_of(1, 0, 0)
    moved = step(SHOWN, Waiting(added=one, removed=all_of(10, 0, 0)))
    assert after(moved) == (Answers(30, 12, 11), Waiting(added=one))
    assert (moved.entered, moved.left, moved.came_in) == (False, True, False)


def test_ten_who_answer_otherwise_move_at_once():
    moved = step(SHOWN, Waiting(removed=all_of(10, 0, 0), changed=all_of(0, 10, 0)))
    assert after(moved) == (Answers(30, 22, 11), Waiting())
    assert (moved.entered, moved.left, moved.came_in) == (False, True, True)


def test_three_new_answers_wait_while_their_old_ones_leave_with_seven_others():
    left, back = all_of(10, 0, 0), all_of(0, 2, 1)
    assert after(step(SHOWN, Waiting(removed=left, changed=back))) == (Answers(30, 12, 11), Waiting(added=back))
    # They come in with others, then or at once.
    others = all_of(8, 2, 0)
    assert after(step(SHOWN, Waiting(others, left, back))) == (Answers(38, 16, 12), Waiting())


def test_nine_from_one_browser_do_not_carry_one_person_in_or_out():
    ten = Batch(Answers(1, 0, 9), effective=3)
    assert after(step(SHOWN, Waiting(added=ten))) == (SHOWN, Waiting(added=ten))
    assert after(step(SHOWN, Waiting(removed=ten))) == (SHOWN, Waiting(removed=ten))
    # They leave among enough others, but do not carry one new answer in.
    eleven = Batch(Answers(11, 0, 9), effective=13)
    moved = step(SHOWN, Waiting(removed=eleven, changed=ten))
    assert after(moved) == (Answers(29, 12, 2), Waiting(added=ten))


def test_effective_counts_of_answers_that_wait_together_are_never_too_large():
    added, removed = Batch(Answers(6, 0, 0), effective=4), Batch(Answers(12, 0, 0), effective=11)
    moved = step(SHOWN, Waiting(added, removed, Batch(Answers(0, 7, 0), effective=6)))
    assert moved.waiting.added == Batch(Answers(6, 7, 0), effective=6)


# First figures, and the two regimes


def test_first_figures_need_the_effective_count_of_their_regime():
    forty_nine, fifty = all_of(30, 10, 9), all_of(30, 10, 10)
    first = SENSITIVE.needed(10)
    assert after(step(None, Waiting(added=forty_nine), first=first)) == (None, Waiting(added=forty_nine))
    assert after(step(None, Waiting(added=fifty), first=first)) == (fifty.answers, Waiting())
    assert step(None, Waiting(added=all_of(5, 3, 2)), first=OPEN.needed(10)).figures == Answers(5, 3, 2)
    assert step(None, Waiting(added=all_of(5, 3, 1))).figures is None


def test_at_closing_the_threshold_is_enough_for_first_figures_and_nothing_less_is():
    first = SENSITIVE.needed(10, closing=True)
    assert step(None, Waiting(added=all_of(5, 3, 2)), first=first).figures == Answers(5, 3, 2)
    assert step(None, Waiting(added=all_of(5, 3, 1)), first=first).figures is None


def test_a_higher_threshold_holds_for_first_figures_too():
    assert SENSITIVE.needed(60) == 60
    assert step(None, Waiting(added=all_of(9, 0, 0)), 10, first=5).figures is None


def test_a_quiet_week_stops_a_sensitive_conversation_alone():
    assert (SENSITIVE.is_quiet(9, 10), SENSITIVE.is_quiet(10, 10)) == (True, False)
    assert not OPEN.is_quiet(0, 10)
    assert Regime(2, 0, stops_when_quiet=True).is_quiet(4, 5)


def test_one_group_counts_for_less_in_a_sensitive_conversation():
    assert (OPEN.group_limit, SENSITIVE.group_limit) == (2, 1)


# Invariants


@given(waits(), thresholds)
def test_figures_and_what_waits_are_the_truth(drawn, threshold):
    figures, waiting = drawn
    moved = step(figures, waiting, threshold)
    assert truth(moved.figures, moved.waiting) == truth(figures, waiting)


@given(batches, thresholds, st.integers(5, 60))
def test_before_the_first_figures_everything_waits(added, threshold, first):
    moved = step(None, Waiting(added), threshold, first=first)
    assert (moved.figures is None) == (added.size < max(first, threshold))
    assert truth(moved.figures, moved.waiting) == added.answers


@given(waits(), thresholds, st.integers(5, 60))
def test_what_first_figures_need_changes_no_later_step(drawn, threshold, first):
    # So closing, when first figures need less, changes nothing for a card that has figures.
    assert step(*drawn, threshold, first=first) == step(*drawn, threshold)


SIDES = ("agree", "disagree", "passed")


@dataclass
class Conversation:
    """One card, with who answered what now and in the figures; the method is told numbers alone."""

    threshold: int
    group: dict[int, int]
    now: dict[int, str] = field(default_factory=dict)
    shown: dict[int, str] | None = None

    def batch(self, people, answer_of) -> Batch:
        counted = Counter(answer_of[each] for each in people)
        sizes = list(Counter(self.group[each] for each in people).values())
        return Batch(Answers(*(counted[side] for side in SIDES)), effective_count(sizes))

    def moment(self) -> tuple[set, set]:
        """Publish what may be, and return whose answers came into the figures and whose went."""
        before = self.shown or {}
        added = self.now.keys() - before.keys()
        removed = {each for each, side in before.items() if self.now.get(each) != side}
        changed = removed & self.now.keys()
        waiting = Waiting(self.batch(added, self.now), self.batch(removed, before), self.batch(changed, self.now))
        figures = None if self.shown is None else self.batch(before, before).answers
        moved = step(figures, waiting, self.threshold)
        if moved.figures is None:
            return set(), set()
        rest = moved.waiting
        after = {each: side for each, side in before.items() if each not in removed or rest.removed.answers.total}
        after |= {each: self.now[each] for each in added if rest.added.answers == NOBODY}
        if rest.removed.answers == NOBODY and rest.added.answers in (NOBODY, waiting.added.answers):
            after |= {each: self.now[each] for each in changed}
        if rest.added.answers not in (NOBODY, waiting.added.answers):
            assert rest.added.answers == waiting.added.answers + waiting.changed.answers
        assert self.batch(after, after).answers == moved.figures
        self.shown = after
        return set(after.items()) - set(before.items()), set(before.items()) - set(after.items())


# Shrinking a whole history takes minutes, and a short one says no more.
@settings(max_examples=80, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=15),
    thresholds,
    st.sampled_from([3, 20, 400]),
    st.randoms(use_true_random=False),
)
def test_no_two_publications_differ_by_a_few_answers(weeks, threshold, groups, chance: random.Random):
    card = Conversation(threshold, {each: chance.randrange(groups) for each in range(400)})
    newcomers = iter(range(400))
    for join, change, leave in weeks:
        card.now |= {next(newcomers): chance.choice(SIDES) for _ in range(join)}
        for each in chance.sample(sorted(card.now), min(change, len(card.now))):
            card.now[each] = chance.choice(SIDES)
        for each in chance.sample(sorted(card.now), min(leave, len(card.now))):
            del card.now[each]
        for difference in card.moment():
            people = [each for each, _ in difference]
            assert not people or card.batch(people, dict(difference)).size >= threshold


# Errors


@pytest.mark.parametrize(
    ("figures", "waiting", "message"),
    [
        (
            Answers(3, 2, 1),
            Waiting(removed=all_of(1, 0, 2)),
            "removed must be in the figures, got 2 of 1 for passed.",
        ),
        (None, Waiting(removed=all_of(1, 0, 0)), "removed must be in the figures, got 1 of 0 for agree."),
        (SHOWN, Waiting(changed=all_of(1, 0, 0)), "changed must be at most those removed, got 1 of 0."),
    ],
)
def test_what_cannot_wait_is_named(figures, waiting, message):
    with pytest.raises(ValueError, match="must be") as error:
        step(figures, waiting)
    assert str(error.value) == message


def test_the_threshold_is_never_lowered():
    with pytest.raises(ValueError, match=r"threshold must be at least 5, got 4\."):
        step(SHOWN, Waiting(), 4)
