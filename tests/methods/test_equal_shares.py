import dataclasses
import doctest
import re
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods import plain_equal_shares as plain
from weft.methods.equal_shares import (
    Election,
    compare,
    election,
    election_from_arrays,
    equal_shares,
    greedy,
    receipts,
    rounds,
    why_not,
)

COSTS = {"A": 100, "B": 60, "C": 50, "D": 30}
BALLOTS = [["A", "B"]] * 3 + [["A"]] * 3 + [["C", "D"]] * 3 + [["D"]]


def by_hand(utility="cost", **options):
    return equal_shares(election(COSTS, BALLOTS, utility), 200, **options)


@pytest.mark.parametrize("module", ["arrays", "ballots", "completion", "explain", "greedy"])
def test_the_examples_in_the_docstrings_run(module):
    found = doctest.testmod(sys.modules[f"weft.methods.equal_shares.{module}"])
    assert found.attempted > 0
    assert found.failed == 0


# The case worked by hand


def test_one_run_by_hand():
    outcome = by_hand(completion="none")
    assert (outcome.winners, outcome.spent, outcome.left) == (("A", "D"), 130, 70)
    assert (outcome.share, outcome.increments, outcome.stopped_because) == (20, 0, "single_run")
    bought, slips = rounds(outcome), receipts(outcome)
    assert [(row.project, row.max_payment, row.effective_votes, row.rho) for row in bought] == [
        ("A", Fraction(50, 3), 6.0, Fraction(1, 6)),
        ("D", Fraction(15, 2), 4.0, Fraction(1, 4)),
    ]
    assert [row.supporters for row in bought] == [6, 4]
    assert [(row.voters, row.paid, row.left) for row in slips] == [
        (3, (("A", Fraction(50, 3)),), Fraction(10, 3)),
        (3, (("A", Fraction(50, 3)),), Fraction(10, 3)),
        (3, (("D", Fraction(15, 2)),), Fraction(25, 2)),
        (1, (("D", Fraction(15, 2)),), Fraction(25, 2)),
    ]
    assert [row.ballots for row in slips] == [(0, 1, 2), (3, 4, 5), (6, 7, 8), (9,)]


def test_why_not_by_hand():
    first, second = why_not(by_hand(completion="none"))
    assert (first.project, first.supporters, first.supporters_money, first.lacked) == ("B", 3, 10, 50)
    assert (first.priced_out_by, first.effective_votes_before) == ("A", 3.0)
    assert (second.project, second.lacked, second.priced_out_by) == ("C", Fraction(25, 2), "D")
    assert (second.fits_in_left, first.fits_in_left) == (True, True)
    # C's three need 50 after each paid 7.50: a share of 24 1/6, first reached at 1.25 x 20.
    assert second.bought_at_factor == Fraction(5, 4)


def test_add1_by_hand():
    outcome = by_hand(completion="add1")
    assert (outcome.winners, outcome.spent, outcome.increments) == (("A", "D", "C"), 180, 5)
    assert outcome.stopped_because == "exhaustive"
    late = by_hand(completion="add1", stop="overspend")
    assert (late.winners, late.increments, late.stopped_because) == (("A", "D", "C"), 16, "next_overspends")


def test_cardinality_by_hand():
    assert by_hand("cardinality", completion="none").winners == ("D", "A")
    # At a share of 25, A and C both cost their supporters 16 2/3 each.
    assert by_hand("cardinality", completion="add1", ties=("id",)).winners == ("D", "A", "C")
    assert by_hand("cardinality", completion="add1").winners == ("D", "C", "A")


def test_greedy_by_hand():
    hand = election(COSTS, BALLOTS)
    assert greedy(hand, 200, ties=("id",)).winners == ("A", "D", "B")
    assert greedy(hand, 200, ties=("id",)).spent == 190
    assert greedy(hand, 200, order="cardinality", ties=("id",)).winners == ("D", "A", "C")
    # B and C have three votes each: the cheaper goes first unless ties say otherwise.
    assert greedy(hand, 200).winners == ("A", "D", "C")
    assert [tie.decided_by for tie in greedy(hand, 200).ties] == ["cost"]


def test_the_comparison_by_hand():
    told = compare(by_hand(completion="add1", ties=("id",)))
    assert told.greedy.winners == ("A", "D", "B")
    assert (told.voters_without_winner, told.voters_without_winner_greedy) == (0, 0)
    assert (told.mean_winners, told.mean_winners_greedy) == (1.3, 1.3)
    assert (told.voters_with_more, told.voters_with_equal, told.voters_with_fewer) == (3, 4, 3)


# Ways of counting


def test_a_floor_share_rounds_down():
    outcome = equal_shares(election({"A": 10}, [["A"]] * 3), 10, start="floor", completion="add1")
    assert (outcome.start_share, outcome.share, outcome.increments) == (3, 4, 1)
    assert outcome.stopped_because == "everything_bought"


def test_a_start_below_1_buys_only_what_is_free():
    outcome = equal_shares(election({"A": 1, "B": 0}, [["A", "B"], []]), 1, start="floor", completion="none")
    assert (outcome.share, outcome.winners) == (0, ("B",))


def test_free_projects_with_a_supporter_come_first_in_order_of_id():
    costs = {"Z": 0, "10": 0, "2": 0, "A": 1, "U": 0}
    outcome = equal_shares(election(costs, [["Z", "2", "10", "A"]]), 1, completion="none")
    assert outcome.winners == ("10", "2", "Z", "A")
    assert [(row.rho, row.effective_votes) for row in rounds(outcome)[:1]] == [(0, None)]


def test_nobody_pays_more_than_they_have_for_points():
    # Utilities 3 and 1, share 5, cost 8: paying in proportion would ask 6 and 2, so the first pays 5 and the other 3.
    outcome = equal_shares(election({"A": 8}, [{"A": 3}, {"A": 1}], "points"), 10, completion="none")
    (row,) = rounds(outcome)
    assert (row.rho, row.max_payment, row.paid_all_they_had, row.effective_votes) == (3, 5, 1, None)
    assert [receipt.paid for receipt in receipts(outcome)] == [(("A", 5),), (("A", 3),)]


def test_decimal_points_are_exact():
    ballots = [{"A": Decimal("0.3"), "B": Decimal("0.1")}, {"A": Decimal("0.1")}]
    outcome = equal_shares(election({"A": "2.40", "B": "1.10"}, ballots, "points"), "4.00", completion="none")
    row = rounds(outcome)[0]
    assert (row.project, row.rho, row.max_payment) == ("A", 6, Fraction("1.8"))


def test_the_last_of_a_ranking_is_approved_but_not_supported():
    ranked = election({"A": 1, "B": 1}, [["A", "B"]], "borda")
    assert (ranked.votes, ranked.approvals) == ((1, 0), (1, 1))
    assert equal_shares(ranked, 2, completion="none").winners == ("A",)
    assert equal_shares(ranked, 2).completed_by_greedy == ("B",)


def test_points_of_0_are_no_support():
    assert election({"A": 1, "B": 1}, [{"A": 1, "B": 0}], "cardinality").votes == (1, 0)


def test_the_rest_goes_to_the_projects_with_most_votes():
    # With one step more the share overspends; the greedy part then fills what is left.
    costs = {"A": 6, "B": 5, "C": 7}
    outcome = equal_shares(election(costs, [["A"], ["A"], ["B"], ["C"]]), 12, step=100)
    assert (outcome.run.bought, outcome.winners) == ((0,), ("A", "B"))
    assert (outcome.completed_by_greedy, outcome.stopped_because) == (("B",), "next_overspends")


def test_unsupported_projects_are_never_bought_and_stop_nothing():
    outcome = equal_shares(election({"A": 5, "U": 1}, [["A"], []]), 10)
    assert (outcome.winners, outcome.stopped_because) == (("A",), "everything_bought")
    (loser,) = why_not(outcome)
    assert (loser.project, loser.supporters, loser.lacked, loser.bought_at_factor) == ("U", 0, 1, None)


# Ties


def test_ties_are_broken_as_stated_and_reported():
    costs, ballots = {"10": 4, "2": 4, "3": 4}, [["10"], ["2"], ["3"]]
    outcome = equal_shares(election(costs, ballots), 12, completion="none", ties=("id",))
    assert outcome.winners == ("10", "2", "3")
    assert [(tie.round, tie.tied, tie.chosen, tie.decided_by) for tie in outcome.ties] == [
        (1, ("10", "2", "3"), "10", "id"),
        (2, ("2", "3"), "2", "id"),
    ]
    assert outcome.tie_events_all_rounds == 2


def test_the_cheaper_then_the_more_wanted_wins_a_tie():
    # Effective votes 2 each: by cost 4 before 8.
    outcome = equal_shares(election({"A": 8, "B": 4}, [["A", "B"]] * 2), 100, completion="none")
    assert (outcome.winners[0], outcome.ties[0].decided_by) == ("B", "cost")
    equal = election({"A": 4, "B": 4}, [["A"], ["A", "B"], ["B"]])
    assert equal_shares(equal, 100, completion="none").ties[0].decided_by == "id"
    # Price of a point equal, but A has two supporters and B one.
    points = election({"A": 4, "B": 4}, [{"A": 1}, {"A": 1}, {"B": 2}], "points")
    outcome = equal_shares(points, 100, completion="none")
    assert (outcome.winners[0], outcome.ties[0].decided_by) == ("A", "votes")


def test_a_lot_is_drawn_from_the_seed():
    costs, ballots = dict.fromkeys("ABCDE", 4), [[name] for name in "ABCDE"]
    order = [
        equal_shares(election(costs, ballots), 20, completion="none", ties=("lot",), seed=seed) for seed in range(9)
    ]
    assert len({outcome.winners for outcome in order}) > 3
    lots = np.random.default_rng([3, 0]).permutation(5)
    assert order[3].winners == tuple("ABCDE"[at] for at in lots)
    assert order[3].ties[0].decided_by == "lot"


def test_greedy_reports_only_ties_between_projects_that_still_fit():
    result = greedy(election({"A": 6, "B": 6, "C": 9}, [["A"], ["B"], ["C"]]), 12, ties=("id",))
    assert [(tie.tied, tie.chosen) for tie in result.ties] == [(("A", "B", "C"), "A")]


# Where floats cannot decide

HAIR = Fraction(1, 10**18)


@pytest.mark.parametrize(("more", "winners"), [(HAIR, ("B",)), (0, ("B", "A")), (-HAIR, ("B", "A"))])
def test_a_hair_decides_what_the_supporters_can_pay(more, winners):
    # B leaves its three supporters 3 each, 9 together.
    costs = {"A": 9 + more, "B": 21}
    outcome = equal_shares(election(costs, [{"A": 1, "B": 100}] * 3, "points"), 30, completion="none")
    assert outcome.winners == winners


@pytest.mark.parametrize(("more", "first", "ties"), [(HAIR, "B", 0), (0, "A", 1), (-HAIR, "A", 0)])
def test_a_hair_decides_between_projects_that_nobody_is_too_poor_for(more, first, ties):
    costs = {"A": 3 + more, "B": 3}
    outcome = equal_shares(election(costs, [["A"]] * 3 + [["B"]] * 3, "cardinality"), 60, completion="none")
    assert (outcome.winners[0], len(outcome.ties)) == (first, ties)


@pytest.mark.parametrize("utility", ["cardinality", "points"])
@pytest.mark.parametrize(("more", "first", "ties"), [(HAIR, "B", 0), (0, "A", 1), (-HAIR, "A", 0)])
def test_a_hair_decides_between_projects_with_poor_supporters(utility, more, first, ties):
    # C and D leave one supporter of A and one of B with 1 of 10; the others of A and B pay about 9.50 each.
    costs = {"A": 20 + more, "B": 20, "C": 12, "D": 6}
    ballots = [["A", "C", "D"], ["A"], ["A"], ["B", "C", "D"], ["B"], ["B"]]
    if utility == "points":
        ballots = [dict.fromkeys(ballot, 2) for ballot in ballots]
    outcome = equal_shares(election(costs, ballots, utility), 60, completion="none")
    assert outcome.winners[:3] == ("D", "C", first)
    assert len(outcome.ties) == ties


# Against the plain rule in fractions


def random_election(rng, utility):
    names = [str(number) for number in range(1, int(rng.integers(3, 13)) + 1)]
    prices = rng.choice([1, 2, 4, 5, 10, 20, 25, 40, 50, 100, 200], size=len(names))
    costs = {name: Fraction(int(price)) for name, price in zip(names, prices, strict=True)}
    ballots = []
    for _ in range(int(rng.integers(3, 31))):
        chosen = [str(name) for name in rng.permutation(names)[: int(rng.integers(0, len(names) + 1))]]
        ballots.append({name: int(rng.integers(0, 6)) for name in chosen} if utility == "points" else chosen)
    return costs, ballots, Fraction(int(rng.integers(1, sum(map(int, prices)) + 1)))


@pytest.mark.parametrize("utility", ["cost", "cardinality", "points", "borda"])
def test_150_elections_equal_the_plain_rule(utility):
    rng = np.random.default_rng([11, len(utility)])
    with_ties = 0
    for _ in range(150):
        costs, ballots, budget = random_election(rng, utility)
        winners, ties = plain.run(costs, plain.utilities(costs, ballots, utility), budget / len(ballots))
        outcome = equal_shares(election(costs, ballots, utility), budget, completion="none", ties=("id",))
        assert list(outcome.winners) == winners
        assert [list(tie.tied) for tie in outcome.ties] == ties
        with_ties += bool(ties)
    assert with_ties > 5


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_150_elections_completed_by_add1_equal_the_plain_rule(utility):
    rng = np.random.default_rng([12, len(utility)])
    for _ in range(150):
        costs, ballots, _ = random_election(rng, utility)
        budget = Fraction(int(rng.integers(1, 9 * len(ballots))))
        winners, steps = plain.add1(costs, plain.utilities(costs, ballots, utility), budget)
        outcome = equal_shares(election(costs, ballots, utility), budget, completion="add1", ties=("id",))
        assert (list(outcome.winners), outcome.increments) == (winners, steps)


@pytest.mark.parametrize("order", ["cost", "cardinality"])
def test_150_elections_by_greedy_equal_the_plain_rule(order):
    rng = np.random.default_rng([13, len(order)])
    for _ in range(150):
        costs, ballots, budget = random_election(rng, "cost")
        expected = plain.greedy(costs, plain.utilities(costs, ballots, "cost"), budget, order)
        assert list(greedy(election(costs, ballots), budget, order=order, ties=("id",)).winners) == expected


# What always holds

names = st.sampled_from("ABCDEF")
lists = st.lists(st.lists(names, unique=True, max_size=6), min_size=1, max_size=12)
prices = st.fixed_dictionaries({name: st.integers(0, 30) for name in "ABCDEF"})
budgets = st.fractions(min_value=1, max_value=90, max_denominator=7)


@settings(max_examples=60, deadline=None)
@given(prices, lists, budgets, st.sampled_from(["cost", "cardinality", "borda"]))
def test_payments_are_fair_and_exact(costs, ballots, budget, utility):
    outcome = equal_shares(election(costs, ballots, utility), budget, completion="none")
    bought, slips = rounds(outcome), receipts(outcome)
    worths = plain.utilities({name: Fraction(cost) for name, cost in costs.items()}, ballots, utility)
    assert outcome.spent <= budget
    for row in bought:
        paid = [amount for receipt in slips for name, amount in receipt.paid * receipt.voters if name == row.project]
        assert sum(paid) == costs[row.project]
        assert max(paid, default=0) == row.max_payment
    assert [row.rho for row in bought] == sorted(row.rho for row in bought)
    for receipt in slips:
        assert receipt.left >= 0
        for ballot in receipt.ballots:
            assert all(worths[ballot][name] > 0 for name, _ in receipt.paid)
    for name in set(costs) - {row.project for row in bought}:
        theirs = [r.left * r.voters for r in slips if worths[r.ballots[0]].get(name, 0) > 0]
        assert not theirs or sum(theirs) < costs[name]


@settings(max_examples=60, deadline=None)
@given(prices, lists, budgets, st.sampled_from(["add1", "add1u"]), st.sampled_from(["exhaustive", "overspend"]))
def test_a_completed_result_keeps_to_the_budget(costs, ballots, budget, completion, stop):
    outcome = equal_shares(election(costs, ballots), budget, completion=completion, stop=stop)
    assert outcome.spent == sum(costs[name] for name in outcome.winners) <= budget
    assert outcome.share == outcome.start_share + outcome.increments
    if outcome.stopped_because == "exhaustive" or completion == "add1u":
        supported = {name for ballot in ballots for name in ballot}
        assert all(costs[name] > outcome.left for name in supported - set(outcome.winners))


@settings(max_examples=40, deadline=None)
@given(prices, lists, budgets, st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(costs, ballots, budget, random):
    shuffled = random.sample(ballots, len(ballots))
    one, other = (equal_shares(election(costs, some), budget) for some in (ballots, shuffled))
    assert (one.winners, one.ties, one.increments) == (other.winners, other.ties, other.increments)


@settings(max_examples=40, deadline=None)
@given(prices, lists, budgets)
def test_an_empty_ballot_changes_only_the_share(costs, ballots, budget):
    more = budget * (len(ballots) + 1) / len(ballots)
    one = equal_shares(election(costs, ballots), budget, completion="none")
    other = equal_shares(election(costs, [*ballots, []]), more, completion="none")
    assert (one.share, one.winners) == (other.share, other.winners)


@settings(max_examples=40, deadline=None)
@given(prices, lists, budgets)
def test_counted_ballots_are_as_good_as_repeated_ones(costs, ballots, budget):
    repeated = equal_shares(election(costs, [ballot for ballot in ballots for _ in range(3)]), budget)
    counted = equal_shares(election(costs, ballots, counts=[3] * len(ballots)), budget)
    assert (repeated.winners, repeated.share) == (counted.winners, counted.share)


@settings(max_examples=40, deadline=None)
@given(prices, lists, budgets)
def test_a_loser_lacks_money_and_is_bought_at_its_factor(costs, ballots, budget):
    chosen = election(costs, ballots)
    outcome = equal_shares(chosen, budget, completion="none")
    slips = receipts(outcome)
    for loser in why_not(outcome):
        money = sum(r.left * r.voters for r in slips if loser.project in ballots[r.ballots[0]])
        assert loser.supporters_money == money
        assert loser.lacked == costs[loser.project] - money
        assert loser.lacked > 0 or not loser.supporters
        affordable_at_first = loser.supporters * outcome.share >= loser.cost and loser.supporters > 0
        assert (loser.priced_out_by is not None) == affordable_at_first
        assert (loser.effective_votes_before is not None) == affordable_at_first
        if loser.bought_at_factor:
            larger = equal_shares(chosen, budget * loser.bought_at_factor, completion="none")
            assert loser.project in larger.winners


# Errors


@pytest.mark.parametrize(
    ("costs", "ballots", "options", "message"),
    [
        ({"A": -1}, [["A"]], {}, "cost of project A must be 0 or more, got -1."),
        ({"A": 0.1}, [["A"]], {}, "cost of project A must be a whole number, a decimal or a fraction, got 0.1."),
        ({"A": "x"}, [["A"]], {}, "cost of project A must be a whole number, a decimal or a fraction, got x."),
        (
            {"A": Decimal("nan")},
            [["A"]],
            {},
            "cost of project A must be a whole number, a decimal or a fraction, got NaN.",
        ),
        ({"A": 1}, [["A"], ["B"]], {}, "ballot 2 names project B, which has no cost."),
        ({"A": 1}, [{"B": 1}], {}, "ballot 1 names project B, which has no cost."),
        ({"A": 1}, [{"A": -2}], {}, "ballot 1 gives project A -2 points; points must be 0 or more."),
        ({"A": 1}, [["A", "A"]], {}, "ballot 1 names project A twice."),
        ({"A": 1}, [], {}, "There are no ballots."),
        ({"A": 1}, [["A"]], {"utility": "x"}, "utility must be one of cost, cardinality, points, borda, got x."),
        ({"A": 1}, [["A"]], {"utility": "points"}, "ballot 1 is a list; points need a number for each project."),
        ({"A": 1}, [{"A": 1}], {"utility": "borda"}, "ballot 1 gives points; borda needs a ranking."),
        ({"A": 1}, [["A"]], {"counts": [1, 2]}, "counts must have one entry for each of the 1 ballots, got 2."),
        ({"A": 1}, [["A"]], {"counts": [0]}, "counts must be whole numbers of 1 or more, got [0]."),
    ],
)
def test_bad_ballots_are_named(costs, ballots, options, message):
    with pytest.raises(ValueError, match=r"\.$") as error:
        election(costs, ballots, **options)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("budget", "options", "message"),
    [
        (0, {}, "budget must be above 0, got 0."),
        (1.5, {}, "budget must be a whole number, a decimal or a fraction, got 1.5."),
        (1, {"step": 0}, "step must be above 0, got 0."),
        (1, {"start": "x"}, "start must be one of exact, floor, got x."),
        (1, {"completion": "x"}, "completion must be one of none, add1, add1u, got x."),
        (1, {"stop": "x"}, "stop must be one of exhaustive, overspend, got x."),
        (1, {"ties": ("x", "id")}, "ties must be one of cost, votes, id, lot, got x."),
        (1, {"ties": ("cost",)}, "ties must end with id or lot, so that every tie can be broken."),
        (1, {"ties": ()}, "ties must end with id or lot, so that every tie can be broken."),
        (1, {"seed": -1}, "seed must be a whole number of 0 or more, got -1."),
    ],
)
def test_bad_parameters_are_named(budget, options, message):
    with pytest.raises(ValueError, match=r"\.$") as error:
        equal_shares(election({"A": 1}, [["A"]]), budget, **options)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("budget", "options", "message"),
    [
        (0, {}, "budget must be above 0, got 0."),
        (1, {"order": "x"}, "order must be one of cost, cardinality, got x."),
        (1, {"start_with": ["B"]}, "start_with names project B, which has no cost."),
        (1, {"start_with": ["A"]}, "start_with must cost at most the budget, got 2."),
    ],
)
def test_bad_parameters_of_greedy_are_named(budget, options, message):
    with pytest.raises(ValueError, match=r"\.$") as error:
        greedy(election({"A": 2}, [["A"]]), budget, **options)
    assert str(error.value) == message


@pytest.mark.parametrize("utility", ["cost", "cardinality", "points", "borda"])
def test_arrays_make_the_same_election_as_lists(utility):
    rng = np.random.default_rng(11)
    names = ["10", "2", "b", "a", "c"]
    costs = {name: int(cost) for name, cost in zip(names, rng.integers(0, 30, 5), strict=True)}
    values = [Fraction(0), Fraction(3, 2), Fraction(1, 3), Fraction(4), Fraction(1, 7)]
    for _ in range(60):
        ballots = [rng.permutation(5)[: rng.integers(0, 6)] for _ in range(rng.integers(1, 12))]
        codes = [rng.integers(0, 4, len(ballot)) for ballot in ballots]
        start, project = np.cumsum([0, *map(len, ballots)]), np.concatenate(ballots)
        with_points = utility == "points" or (utility == "cost" and rng.random() < 0.5)
        listed = [
            {names[at]: values[code] for at, code in zip(ballot, given, strict=True)}
            if with_points
            else [names[at] for at in ballot]
            for ballot, given in zip(ballots, codes, strict=True)
        ]
        points = np.concatenate(codes) if with_points else None
        one = election(costs, listed, utility)
        other = election_from_arrays(costs, start, project, utility, points, values)
        for field in dataclasses.fields(Election):
            mine, theirs = getattr(one, field.name), getattr(other, field.name)
            same = np.array_equal(mine, theirs) if isinstance(mine, np.ndarray) else repr(mine) == repr(theirs)
            assert same, field.name


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"utility": "joy"}, "utility must be one of cost, cardinality, points, borda, got joy."),
        ({"utility": "points"}, "ballots are lists; points need a number for each project."),
        (
            {"utility": "borda", "points": np.array([0, 0]), "values": [1]},
            "ballots give points; borda needs a ranking.",
        ),
        ({"points": np.array([0, 1]), "values": [1, -2]}, "points must be 0 or more, got -2."),
        ({"project": np.array([1, 1])}, "ballot 1 names project B twice."),
        ({"start": np.array([0])}, "There are no ballots."),
        ({"costs": {"A": 1, "B": -1}}, "cost of project B must be 0 or more, got -1."),
    ],
)
def test_bad_arrays_are_refused(words, sentence):
    usual = {"costs": {"A": 1, "B": 2}, "start": np.array([0, 2]), "project": np.array([0, 1])}
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        election_from_arrays(**usual | words)
