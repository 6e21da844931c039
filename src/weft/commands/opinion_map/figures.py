"""An opinion map as the JSON object of `weft opinion-map`."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from weft.methods.opinion_map import Agreed, Counts, OpinionMap, Representative

FIGURES = (
    *("p_agree", "p_disagree", "p_agree_test", "p_disagree_test"),
    *("repness_agree", "repness_disagree", "repness_agree_test", "repness_disagree_test"),
)


def as_object(
    m: OpinionMap, people: Sequence[str], statements: Sequence[str], names: Sequence[str], *, individuals: bool
) -> dict[str, Any]:
    """All keys that describe the map; `statements` are the ids of all statements given, `names` those of the groups."""
    ids = [statements[at] for at in m.statements.tolist()]
    found: dict[str, Any] = {
        "participants": m.participants,
        "statements": len(ids),
        "votes": m.votes,
        "repeat_votes": m.repeat_votes,
        "zeroed": int(m.zeroed.sum()),
        "participant_ids": list(people),
        "statement_ids": ids,
        "in_conversation": [people[at] for at in m.in_conversation.tolist()],
        "mean": m.mean.tolist(),
        "components": m.components[:, :2].T.tolist(),
        "component_signs_from": [None if at < 0 else statements[at] for at in m.signs_from[:2].tolist()],
        "variance_share": m.variance_share[:2].tolist(),
        "ambiguous": m.ambiguous,
    }
    if individuals:
        found["positions"] = dict(zip(people, m.positions[:, :2].tolist(), strict=True))
    found["groups"] = _groups(m, people, names, individuals)
    found["statement_rows"] = _statement_rows(m, ids, names)
    found["representative"] = {
        name: [_representative(each, statements) for each in listed]
        for name, listed in zip(names, m.representative, strict=True)
    }
    found["consensus"] = {
        "agree": [_agreed(each, statements) for each in m.consensus.agree],
        "disagree": [_agreed(each, statements) for each in m.consensus.disagree],
    }
    return found


def _groups(m: OpinionMap, people: Sequence[str], names: Sequence[str], individuals: bool) -> dict[str, Any]:
    g = m.grouping
    tried = dict(g.tried)
    found: dict[str, Any] = {
        "given": g.given,
        "count": g.count,
        "verdict": g.verdict,
        "reason": None if g.given else g.reason,
        "names": list(names),
        "sizes": g.sizes.tolist(),
    }
    if individuals:
        found["members"] = {
            name: [people[at] for at in np.flatnonzero(g.labels == number).tolist()]
            for number, name in enumerate(names)
        }
    return found | {
        "silhouette": g.silhouette,
        "stability": g.stability,
        "between": g.between,
        "null_share": g.null_share,
        "null_z": g.null_z,
        "shuffles": g.shuffles,
        "directions": g.directions,
        "dimensions": g.dimensions,
        "centres": g.centres.tolist(),
        "tried": {str(k): tried.get(k) for k in range(2, 6)},
    }


def _statement_rows(m: OpinionMap, ids: Sequence[str], names: Sequence[str]) -> list[dict[str, Any]]:
    everybody = _tallies(m.totals)[0]
    groups = _tallies(m.counts)
    figures = [[getattr(m.figures, key)[g].tolist() for key in FIGURES] for g in range(len(names))]
    zeroed = m.zeroed.tolist()
    aware = None if m.group_aware_consensus is None else m.group_aware_consensus.tolist()
    rows = []
    for j, statement in enumerate(ids):
        by_group = {
            name: groups[g][j]
            | {
                key: None if zeroed[j] or math.isnan(figures[g][at][j]) else figures[g][at][j]
                for at, key in enumerate(FIGURES)
            }
            for g, name in enumerate(names)
        }
        rows.append(
            {
                "statement": statement,
                "moderated_out": bool(m.moderated_out[j]),
                "meta": bool(m.meta[j]),
                **everybody[j],
                "groups": by_group,
                "group_aware_consensus": None if aware is None else aware[j],
                "position": m.statement_positions[j].tolist(),
                "extremity": float(m.extremity[j]),
                "priority": float(m.priority[j]),
            }
        )
    return rows


def _tallies(counts: Counts) -> list[list[dict[str, int]]]:
    tables = zip(
        counts.agree.tolist(), counts.disagree.tolist(), counts.passed.tolist(), counts.seen.tolist(), strict=True
    )
    return [
        [
            {"agree": a, "disagree": d, "pass": p, "seen": n}
            for a, d, p, n in zip(agree, disagree, passed, seen, strict=True)
        ]
        for agree, disagree, passed, seen in tables
    ]


def _representative(each: Representative, statements: Sequence[str]) -> dict[str, Any]:
    return {
        "statement": statements[each.statement],
        "direction": each.direction,
        "best_agree": each.best_agree,
        "n_success": each.n_success,
        "n_trials": each.n_trials,
        "p_success": each.p_success,
        "p_test": each.p_test,
        "repness": each.repness,
        "repness_test": each.repness_test,
    }


def _agreed(each: Agreed, statements: Sequence[str]) -> dict[str, Any]:
    return {
        "statement": statements[each.statement],
        "n_success": each.n_success,
        "n_trials": each.n_trials,
        "p_success": each.p_success,
        "p_test": each.p_test,
    }
