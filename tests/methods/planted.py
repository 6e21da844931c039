"""Made-up conversations whose truth is known."""

from typing import Any

import numpy as np


def conversation(
    people: int, statements: int, *, directions: np.ndarray | None, seed: int, median: float = 20
) -> dict[str, Any]:
    """Votes where each person's leaning is `directions[group] . loadings`; `directions` None is no structure at all.

    Numbers of votes are log-normal, statements are met unequally, 60 % of them load on what divides people.
    """
    rng = np.random.default_rng([seed, people, statements])
    count = np.clip(rng.lognormal(np.log(median), 0.9, people).round(), 1, statements).astype(int)
    exposure = rng.gamma(2.0, 1.0, statements)
    exposure /= exposure.sum()
    base = rng.normal(0.8, 1.2, statements)
    passing = rng.beta(2, 10, statements)
    leaning = np.zeros((people, statements))
    group = np.zeros(people, dtype=int)
    if directions is not None:
        group = rng.integers(len(directions), size=people)
        loads = rng.random(statements) < 0.6
        loading = rng.normal(0, 1, (directions.shape[1], statements)) * loads
        leaning = (directions @ loading)[group]
    person = np.repeat(np.arange(people), count)
    statement = np.concatenate([rng.choice(statements, n, replace=False, p=exposure) for n in count])
    chance = 1 / (1 + np.exp(-(base + leaning)[person, statement]))
    vote = np.where(rng.random(person.size) < chance, 1, -1)
    vote[rng.random(person.size) < passing[statement]] = 0
    nothing = np.zeros(statements, dtype=bool)
    arguments = {"participant": person, "statement": statement, "vote": vote, "moderated_out": nothing, "meta": nothing}
    return {"arguments": arguments, "group": group}


TWO = np.array([[-2.5], [2.5]])
