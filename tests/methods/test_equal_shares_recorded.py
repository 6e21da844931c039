import pytest

from tests.methods.pabulib_files import expected, needs_files, read
from weft.methods.equal_shares import compare, election, equal_shares, greedy, receipts, rounds, why_not

RULES = {
    "mes_cost": ("cost", "none"),
    "mes_card": ("cardinality", "none"),
    "mes_points": ("points", "none"),
    "mes_borda": ("borda", "none"),
    "add1_card": ("cardinality", "add1"),
    "add1u_cost": ("cost", "add1u"),
}  # add1_cost is what the command does unasked: test_equal_shares_command.py holds it against what is recorded
WIELICZKA = "Poland_Wieliczka_2023_Green_Budget.pb"

pytestmark = needs_files


def load(name, utility="cost"):
    costs, listed, given, counts, budget, kind = read(name)
    return election(costs, given if kind == "cumulative" else listed, utility, counts), budget


@pytest.mark.parametrize(
    ("name", "rule"), [(name, rule) for name, told in expected().items() for rule in told["rules"] if rule in RULES]
)
def test_winners_ties_and_steps_are_those_recorded(name, rule):
    utility, completion = RULES[rule]
    chosen, budget = load(name, utility)
    outcome = equal_shares(chosen, budget, completion=completion, ties=("id",))
    recorded = expected()[name]["rules"][rule]
    assert sorted(outcome.winners) == recorded["selected"]
    assert outcome.spent == recorded.get("total_cost", outcome.spent)
    if recorded["tie_events"] is not None:
        assert outcome.tie_events_all_rounds == recorded["tie_events"]
    for tie, ids in zip(outcome.ties, recorded.get("first_tied_sets", []), strict=False):
        assert list(tie.tied) == ids


@pytest.mark.parametrize("order", ["cost", "card"])
@pytest.mark.parametrize("name", list(expected()))
def test_greedy_winners_are_those_recorded(name, order):
    chosen, budget = load(name)
    result = greedy(chosen, budget, order={"cost": "cost", "card": "cardinality"}[order], ties=("id",))
    assert sorted(result.winners) == expected()[name]["rules"][f"greedy_{order}"]["selected"]


def test_the_first_purchases_of_wieliczka():
    chosen, budget = load(WIELICZKA)
    outcome = equal_shares(chosen, budget, completion="add1")
    assert float(outcome.share) == pytest.approx(301.8372304889, abs=1e-10)
    bought, slips = rounds(outcome), receipts(outcome)
    assert [row.project for row in bought[:4]] == ["24", "41", "40", "74"]
    assert [row.effective_votes for row in bought[:4]] == pytest.approx([720, 658, 581.07, 535.37], abs=0.005)
    assert float(bought[0].max_payment) == pytest.approx(6.9444, abs=5e-5)
    assert sum(receipt.voters for receipt in slips) == 6586
    assert sum(amount * r.voters for r in slips for _, amount in r.paid) == outcome.spent


def test_the_official_winners_of_wieliczka():
    chosen, budget = load(WIELICZKA)
    official = equal_shares(chosen, budget, completion="add1", stop="overspend")
    assert (official.increments, official.spent, len(official.winners)) == (164, 995_079, 30)
    assert float(official.share) == pytest.approx(315.8372304889, abs=1e-10)
    earlier = equal_shares(chosen, budget, completion="add1")
    assert (earlier.spent, len(earlier.winners)) == (984_579, 31)
    assert set(official.winners) ^ set(earlier.winners) == {"46", "66", "67"}


def test_why_projects_of_wieliczka_lost():
    chosen, budget = load(WIELICZKA)
    losers = {loser.project: loser for loser in why_not(equal_shares(chosen, budget, completion="add1"))}
    assert (losers["21"].supporters, losers["21"].priced_out_by) == (496, "6")
    assert float(losers["21"].lacked) == pytest.approx(30_579.43, abs=0.005)
    assert float(losers["16"].lacked) == pytest.approx(4_931.96, abs=0.005)
    assert (losers["16"].priced_out_by, float(losers["16"].bought_at_factor)) == ("70", 1.05)
    assert float(losers["13"].lacked) == pytest.approx(45_275.76, abs=0.005)
    assert (losers["13"].priced_out_by, float(losers["13"].bought_at_factor)) == (None, 1.75)


@pytest.mark.parametrize("name", [WIELICZKA, "Switzerland_Zurich_D10.pb", "Netherlands_Amsterdam_309.pb"])
def test_voters_are_better_served_as_recorded(name):
    chosen, budget = load(name)
    told = compare(equal_shares(chosen, budget, completion="add1", ties=("id",)))
    recorded = expected()[name]["fairness_own_calculation"]
    assert told.voters_without_winner / chosen.voters == pytest.approx(recorded["add1_cost"]["no_winner"], abs=5e-5)
    assert told.mean_winners == pytest.approx(recorded["add1_cost"]["avg_winning"], abs=5e-4)
    assert told.mean_winners_greedy == pytest.approx(recorded["greedy_cost"]["avg_winning"], abs=5e-4)
    assert told.voters_with_more + told.voters_with_equal + told.voters_with_fewer == chosen.voters
