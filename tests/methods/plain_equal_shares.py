"""Equal shares as the paper states it, in fractions and without haste, to compare with."""

from fractions import Fraction


def utilities(costs, ballots, utility):
    """The utility of every voter for every project supported."""
    answer = []
    for ballot in ballots:
        if utility == "borda":
            worth = {name: Fraction(len(ballot) - 1 - rank) for rank, name in enumerate(ballot)}
        elif utility == "points":
            worth = {name: Fraction(points) for name, points in ballot.items()}
        else:
            liked = [name for name, points in ballot.items() if points > 0] if isinstance(ballot, dict) else ballot
            worth = {name: costs[name] if utility == "cost" else Fraction(1) for name in liked}
        answer.append(worth)
    return answer


def price(cost, money, worth):
    """The least rho with which the supporters, in order of money for utility, pay the cost; None if they cannot."""
    if sum(money) < cost:
        return None
    pairs = sorted(zip(money, worth, strict=True), key=lambda pair: pair[0] / pair[1])
    need, mass = cost, sum(worth)
    for have, unit in pairs:
        if have * mass >= need * unit:
            return need / mass
        need -= have
        mass -= unit
    return None


def run(costs, worths, share):
    """Winners in order, and for each purchase the projects that were equally cheap; the least id wins a tie."""
    balance = [share] * len(worths)
    supporters = {
        name: [at for at, worth in enumerate(worths) if name in worth and (worth[name] > 0 or costs[name] == 0)]
        for name in sorted(costs)
    }
    left = {name for name, people in supporters.items() if people and costs[name] > 0}
    bought = [name for name in sorted(costs) if costs[name] == 0 and supporters[name]]
    ties = []
    while True:
        prices = {}
        for name in left:
            people = supporters[name]
            rho = price(costs[name], [balance[at] for at in people], [worths[at][name] for at in people])
            if rho is not None:
                prices[name] = rho
        if not prices:
            return bought, ties
        least = min(prices.values())
        tied = sorted(name for name, rho in prices.items() if rho == least)
        if len(tied) > 1:
            ties.append(tied)
        for at in supporters[tied[0]]:
            balance[at] -= min(balance[at], least * worths[at][tied[0]])
        bought.append(tied[0])
        left.discard(tied[0])


def add1(costs, worths, budget):
    """The exhaustive Add1 completion: winners and how many steps."""
    wanted = {name for worth in worths for name in worth if worth[name] > 0}
    before, steps = None, 0
    while True:
        bought, _ = run(costs, worths, budget / len(worths) + steps)
        spent = sum(costs[name] for name in bought)
        if spent > budget:
            return before, steps - 1
        if all(name in bought or costs[name] > budget - spent for name in wanted):
            return bought, steps
        before, steps = bought, steps + 1


def greedy(costs, worths, budget, order):
    """Greedy by votes or by votes for each unit of cost; the least id wins a tie."""
    votes = {name: sum(worth.get(name, 0) > 0 for worth in worths) for name in costs}

    def rank(name):
        free = costs[name] == 0
        score = votes[name] if order == "cost" or free else votes[name] / costs[name]
        return (not free if order == "cardinality" else 0, -score, name)

    bought, left = [], budget
    for name in sorted((name for name in costs if votes[name]), key=rank):
        if costs[name] <= left:
            bought.append(name)
            left -= costs[name]
    return bought
