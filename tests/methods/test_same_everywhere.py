"""Results do not hang on the order of people or ballots, on hash seeds or on the number of threads."""

import dataclasses
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from weft.methods.disclosure import two_way
from weft.methods.equal_shares import compare, election, equal_shares, receipts, rounds, why_not
from weft.methods.opinion_map import opinion_map
from weft.methods.representation import who_is_carried

ROOT = Path(__file__).parents[2]

EVERYTHING = """
import dataclasses, json, sys
from fractions import Fraction
import numpy as np
from scipy.sparse import csr_array
from weft.methods.agreement import agreement, from_labels
from weft.methods.disclosure import two_way
from weft.methods.equal_shares import compare, election, equal_shares, receipts, rounds, why_not
from weft.methods.opinion_map import opinion_map
from weft.methods.representation import heard_beside_population, who_is_carried
from weft.methods.text_spans import reanchor, select
from weft.methods.themes import near_duplicates, propose_themes

def plain(value):
    if dataclasses.is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (set, frozenset)):
        return ["set", *sorted(map(str, value))]
    return str(value) if isinstance(value, (Fraction, np.bool_)) else value

rng = np.random.default_rng(5)
member = rng.integers(2, size=300)
lean = np.where(rng.random((2, 40)) < 0.6, rng.normal(0, 2.5, (2, 40)), 0)[member]
seen = rng.random(lean.shape) < 0.6
person, statement = np.nonzero(seen)
vote = np.where(rng.random(person.size) < 1 / (1 + np.exp(-lean[person, statement])), 1, -1).astype(np.int8)
nothing = np.zeros(40, dtype=bool)
names = [f"p{at}" for at in range(9)]
costs = {name: int(cost) for name, cost in zip(names, rng.integers(5, 40, 9))}
ballots = [[names[at] for at in np.flatnonzero(rng.random(9) < 0.4)] for _ in range(80)]
outcome = equal_shares(election(costs, ballots), 90, ties=("cost", "lot"), seed=3)
words = ["bus", "bins", "park", "late", "night", "street", "smell", "clean", "free", "warm"]
texts = [" ".join(rng.choice(words, 6)) for _ in range(40)]
carries = csr_array(rng.random((60, 20)) < 0.1)
told = {
    "map": opinion_map(person, statement, vote, moderated_out=nothing, meta=nothing),
    "shares": {"winners": outcome.winners, "ties": outcome.ties, "rounds": rounds(outcome), "why": why_not(outcome),
               "receipts": receipts(outcome), "compare": compare(outcome)},
    "hidden": [two_way(rng.integers(0, 40, (6, 6)))],
    "heard": heard_beside_population([15, 133, 60], [20, 80, 50]),
    "carried": who_is_carried(carries, rng.random(20) < 0.4, rng.integers(3, size=60)),
    "agreement": agreement(from_labels({"x": list("aabbdccc"), "y": list("babbbccc")})),
    "pairs": near_duplicates(texts, 0.3),
    "themes": propose_themes(texts, 3),
    "passage": reanchor("We want a warmer place to sit.", select("A warm place to sit.", 2, 12)),
}
json.dump(plain(told), sys.stdout)
"""


def same(one: object, other: object) -> bool:
    """Equal, floats to 1e-9."""
    if isinstance(one, float) and isinstance(other, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def everything(hash_seed: int, threads: int) -> object:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": str(hash_seed)}
    environment |= {name: str(threads) for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    ran = subprocess.run(
        [sys.executable, "-c", EVERYTHING], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)


def test_neither_hash_seeds_nor_threads_change_anything():
    one = everything(hash_seed=1, threads=1)
    assert one["map"]["grouping"]["verdict"] == "clear"
    assert one["shares"]["winners"]
    assert same(one, everything(hash_seed=2, threads=2))
    assert same(one, everything(hash_seed=3, threads=4))


@pytest.mark.parametrize("utility", ["cost", "cardinality", "points"])
def test_the_order_of_ballots_changes_no_winner_payment_or_reason(utility):
    rng = np.random.default_rng(21)
    for _ in range(15):
        costs = {f"p{at}": int(rng.integers(1, 30)) for at in range(7)}
        ballots = [
            {name: int(rng.integers(1, 5)) for name in costs if rng.random() < 0.4} for _ in range(rng.integers(3, 25))
        ]
        order = rng.permutation(len(ballots))
        one, other = (
            equal_shares(election(costs, listed, utility), 60) for listed in (ballots, [ballots[at] for at in order])
        )
        assert (one.winners, one.ties, one.increments) == (other.winners, other.ties, other.increments)
        assert (rounds(one), why_not(one), compare(one)) == (rounds(other), why_not(other), compare(other))
        mine, theirs = ({voter: slip for slip in receipts(each) for voter in slip.ballots} for each in (one, other))
        for place, voter in enumerate(order.tolist()):
            assert sorted(theirs[place].paid) == sorted(mine[voter].paid)
            assert theirs[place].left == mine[voter].left


def test_the_order_of_people_changes_no_quantity_of_polis():
    rng = np.random.default_rng(4)
    person, statement = np.nonzero(rng.random((80, 12)) < 0.7)
    vote = rng.integers(-1, 2, person.size).astype(np.int8)
    order = rng.permutation(80)
    groups = rng.integers(0, 2, 80).astype(np.int32)
    turned = np.empty(80, dtype=np.int32)
    turned[order] = groups
    nothing = np.zeros(12, dtype=bool)
    one = opinion_map(person, statement, vote, moderated_out=nothing, meta=nothing, groups=groups)
    other = opinion_map(order[person], statement, vote, moderated_out=nothing, meta=nothing, groups=turned)
    for name in ("mean", "components", "eigenvalues", "statement_positions", "extremity", "priority"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9), name
    assert one.positions == pytest.approx(other.positions[order], abs=1e-9)
    assert np.array_equal(one.counts.agree, other.counts.agree)
    assert one.representative == other.representative
    assert one.consensus == other.consensus
    assert one.group_aware_consensus == pytest.approx(other.group_aware_consensus, abs=1e-12)


def test_the_same_input_gives_the_same_groups():
    rng = np.random.default_rng(6)
    member = rng.integers(2, size=200)
    lean = rng.normal(0, 2.5, (2, 30))[member]
    person, statement = np.nonzero(rng.random(lean.shape) < 0.7)
    vote = np.where(rng.random(person.size) < 1 / (1 + np.exp(-lean[person, statement])), 1, -1).astype(np.int8)
    words = {"moderated_out": np.zeros(30, dtype=bool), "meta": np.zeros(30, dtype=bool)}
    one, other = (opinion_map(person, statement, vote, **words).grouping for _ in range(2))
    assert one.count == 2
    assert np.array_equal(one.labels, other.labels)
    assert (one.verdict, one.stability, one.between) == (other.verdict, other.stability, other.between)


def test_the_order_of_people_does_not_change_who_is_carried_or_what_is_hidden():
    rng = np.random.default_rng(8)
    carries = rng.random((90, 12)) < 0.2
    used, group, order = rng.random(12) < 0.5, rng.integers(3, size=90), rng.permutation(90)
    one, other = who_is_carried(carries, used, group), who_is_carried(carries[order], used, group[order])
    for mine, theirs in zip(one.groups, other.groups, strict=True):
        assert mine.expected == pytest.approx(theirs.expected, abs=1e-9)
        assert dataclasses.replace(mine, expected=0.0) == dataclasses.replace(theirs, expected=0.0)
    people = rng.integers(0, 4, (400, 2))
    tables = []
    for listed in (people, rng.permutation(people)):
        table = np.zeros((4, 4), dtype=np.int64)
        np.add.at(table, tuple(listed.T), 1)
        tables.append(two_way(table).cells)
    assert tables[0] == tables[1]
