"""The whole of `opinion_map`: votes, map, groups, figures (1.1 to 1.8)."""

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.components import Components, centre, leading, place_all
from weft.methods.opinion_map.result import Grouping, OpinionMap, Parameters
from weft.methods.opinion_map.statistics import (
    Counts,
    consensus,
    count_votes,
    figures,
    group_aware,
    priority,
    representative,
)
from weft.methods.opinion_map.verdict import find_groups
from weft.methods.opinion_map.votes import Floats, Ints, Votes, final_votes

FEWEST_IN_CONVERSATION = 15


def opinion_map(
    participant: npt.ArrayLike,
    statement: npt.ArrayLike,
    vote: npt.ArrayLike,
    *,
    moderated_out: npt.ArrayLike,
    meta: npt.ArrayLike,
    groups: npt.ArrayLike | None = None,
    people: int | None = None,
    min_votes: int = 7,
    min_group: int = 5,
    permutations: int = 99,
    resamples: int = 20,
    seed: int = 0,
) -> OpinionMap:
    """Find how people's votes differ, whether they form groups, and how far that can be trusted.

    Parameters
    ----------
    participant, statement, vote : int [E]
        Positions `0..P-1` and `0..S-1`, and 1 agree, 0 pass, -1 disagree: one entry a vote event, in order cast; the
        last vote of a person on a statement counts. Not voted: no entry.
    moderated_out, meta : bool [S]
        Hidden by a moderator; a statement about the person. Both count in tallies and take no part in the map.
    groups : int [P], optional
        Given groups, `0..G-1`, -1 for none: no grouping is done and there is no verdict.
    people : int, optional
        P, to count people without a vote too; by default as many as `groups` or the events name.
    min_votes, min_group, permutations, resamples, seed : int
        Votes that put a person in the conversation; smallest group; shuffled tables at most; halves of the statements;
        seed of all random streams.

    Returns
    -------
    OpinionMap
        Columns are the statements with a vote. Groups are numbered by size, ties by their first member.

    Raises
    ------
    ValueError
        One sentence that names what is wrong with the input and where.
    """
    parameters = Parameters(min_votes, min_group, permutations, resamples, seed)
    _check(parameters)
    given = None if groups is None else _given_groups(groups)
    if given is not None and people is None:
        people = given.size
    votes = final_votes(participant, statement, vote, moderated_out=moderated_out, meta=meta, people=people)
    if given is not None and given.size != votes.people:
        raise ValueError(f"groups must have one entry for each of the {votes.people} people, got {given.size}.")
    return _map(votes, given, parameters)


def _check(parameters: Parameters) -> None:
    least = {"min_votes": 1, "min_group": 2, "permutations": 19, "resamples": 1, "seed": 0}
    for name, low in least.items():
        value = getattr(parameters, name)
        if value < low:
            raise ValueError(f"{name} must be at least {low}, got {value}.")


def _given_groups(groups: npt.ArrayLike) -> Ints:
    array = np.asarray(groups)
    if array.ndim != 1 or (array.size and not np.issubdtype(array.dtype, np.integer)):
        raise ValueError(f"groups must be one whole number for each person, got {array.dtype} {array.shape}.")
    labels = array.astype(np.int32)
    used = np.unique(labels[labels != -1])
    wrong = labels[labels < -1] if (labels < -1).any() else used[used != np.arange(used.size)]
    if wrong.size:
        raise ValueError(f"groups must be -1 or 0..G-1 with no number unused, got {wrong[0]}.")
    return labels


def _map(votes: Votes, given: Ints | None, parameters: Parameters) -> OpinionMap:
    centred, mean = centre(votes)
    members = in_conversation(votes, parameters.min_votes)
    if given is None:
        people = members[centred.votes_each[members] > 0]
        grouping, components, positions = find_groups(votes, centred, people, parameters)
    else:
        sizes = np.bincount(given[given >= 0]).astype(np.int32)
        grouping = Grouping(True, None, "", given, sizes, np.zeros((0, 0)), 0)
        components = leading(centred, 2)
        positions = place_all(centred, components.vectors, votes.statements.size, int(votes.zeroed.sum()))
    live = np.flatnonzero(~votes.zeroed)
    size = votes.statements.size
    vectors = np.zeros((size, components.vectors.shape[1]))
    vectors[live] = components.vectors
    variance = float(centred.values @ centred.values)
    places = np.sqrt(size) * (1 - mean)[:, None] * vectors[:, :2]
    extremity = np.hypot(places[:, 0], places[:, 1])
    counts = count_votes(votes, grouping.labels, grouping.count)
    figure = figures(counts)
    totals = count_votes(votes, np.zeros(votes.people, dtype=np.int32), 1)
    return OpinionMap(
        parameters=parameters,
        participants=votes.people,
        votes=int(votes.columns.size),
        repeat_votes=votes.repeats,
        statements=votes.statements,
        moderated_out=votes.moderated_out,
        meta=votes.meta,
        in_conversation=members,
        live_votes=centred.votes_each,
        mean=mean,
        eigenvalues=components.eigenvalues,
        variance_share=components.eigenvalues / variance if variance > 0 else np.zeros(components.eigenvalues.size),
        components=vectors,
        signs_from=_anchors(components, votes.statements[live]),
        ambiguous=components.ambiguous,
        positions=positions,
        statement_positions=places,
        extremity=extremity,
        totals=totals,
        grouping=grouping,
        counts=counts,
        figures=figure,
        representative=representative(votes, counts, figure),
        consensus=consensus(votes, totals),
        group_aware_consensus=group_aware(counts) if grouping.count else None,
        priority=_priority(votes, counts, members, extremity),
    )


def in_conversation(votes: Votes, min_votes: int) -> Ints:
    """People with enough votes and, where those are fewer than 15, the most active others."""
    each = votes.votes_each
    enough = each >= min(min_votes, votes.statements.size)
    enough &= each > 0
    short = FEWEST_IN_CONVERSATION - int(enough.sum())
    if short > 0:
        others = np.flatnonzero(~enough & (each > 0))
        enough[others[np.argsort(-each[others], kind="stable")][:short]] = True
    return np.flatnonzero(enough).astype(np.int32)


def _anchors(components: Components, live: Ints) -> Ints:
    found = components.anchors
    return np.where(found >= 0, live[found] if live.size else -1, -1).astype(np.int32)


def _priority(votes: Votes, counts: Counts, members: Ints, extremity: Floats) -> Floats:
    """From the counts of all groups together or, without groups, of the people in the conversation."""
    if counts.seen.shape[0] == 0:
        inside = np.full(votes.people, -1, dtype=np.int32)
        inside[members] = 0
        counts = count_votes(votes, inside, 1)
    agree, disagree, seen = counts.agree.sum(axis=0), counts.disagree.sum(axis=0), counts.seen.sum(axis=0)
    return priority(agree, disagree, seen, extremity, votes.meta)
