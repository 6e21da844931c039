"""The way from a map to groups that can be trusted, or to none (1.4 to 1.8)."""

import math

import numpy as np

from weft.methods.opinion_map import result
from weft.methods.opinion_map.checks import Shuffled, between, shuffle_test, stability
from weft.methods.opinion_map.components import Centred, Components, centre, leading, place_all
from weft.methods.opinion_map.groups import Fit, fit_groups
from weft.methods.opinion_map.result import Grouping, Parameters, Verdict
from weft.methods.opinion_map.votes import Floats, Ints, Numbers, Votes

SAMPLE, SAMPLE_VOTES = 1000, 500  # people in the check sample at least; votes a statement it should have
WITNESSES = FITTED = 2000
GONE, UNSURE, FULL = 0.30, 0.65, 0.80  # stability below which nothing, or nothing clear, is said; `between` above it


def stream(seed: int, job: int) -> np.random.Generator:
    """The random numbers of one job, so that each can be tested alone."""
    return np.random.default_rng([seed, job])


def find_groups(
    votes: Votes, centred: Centred, people: Ints, parameters: Parameters
) -> tuple[Grouping, Components, Floats]:
    """Groups among `people` with their verdict; also the components of everybody and all positions."""
    statements, zeroed = votes.statements.size, int(votes.zeroed.sum())
    weight = centred.votes_each[people].astype(np.float64)
    shuffled: Shuffled | None = None
    if people.size >= 2 * parameters.min_group and centred.live >= 2:
        sample, witnesses = samples(weight, centred.live, stream(parameters.seed, 0))
        tested, _ = centre(votes, people[sample], dense=centred.dense)
        shuffled = shuffle_test(tested, parameters.permutations, stream(parameters.seed, 1))
    structured = shuffled is not None and shuffled.null_share == 0
    axes = max(2, shuffled.directions) if shuffled is not None and structured else 2
    components = leading(centred, axes, structured=structured or shuffled is None)
    positions = place_all(centred, components.vectors, statements, zeroed)
    if shuffled is None:
        return _none(votes, result.TOO_FEW, None), components, positions
    if not structured:
        return _none(votes, result.NO_STRUCTURE, shuffled), components, positions
    points = positions[people]
    fitted = _at_most(people.size, FITTED, stream(parameters.seed, 2))
    fit, tried = fit_groups(
        points,
        weight,
        fitted,
        sample[witnesses],
        directions=shuffled.directions,
        min_group=parameters.min_group,
        rng=stream(parameters.seed, 3),
    )
    if fit is None:
        return _none(votes, result.TOO_SMALL, shuffled), components, positions
    stable = stability(
        tested,
        witnesses,
        fit.labels[sample[witnesses]],
        k=len(fit.centres),
        axes=fit.centres.shape[1],
        statements=statements,
        resamples=parameters.resamples,
        halves=stream(parameters.seed, 4),
        starts=stream(parameters.seed, 5),
    )
    gap = between(points[fitted, : fit.centres.shape[1]], weight[fitted], fit.labels[fitted], fit.centres)
    return _judged(votes, people, fit, tried, shuffled, stable, gap), components, positions


def samples(weight: Floats, live: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """The check sample, as rows of the people, and the witnesses, as rows of the check sample."""
    need = max(SAMPLE, math.ceil(SAMPLE_VOTES * live / float(weight.mean())))
    sample = _at_most(weight.size, need, rng)
    return sample, _at_most(sample.size, WITNESSES, rng)


def _at_most(size: int, most: int, rng: np.random.Generator) -> Numbers:
    if size <= most:
        return np.arange(size)
    return np.sort(rng.choice(size, most, replace=False))


def _none(votes: Votes, reason: str, shuffled: Shuffled | None) -> Grouping:
    return Grouping(
        given=False,
        verdict="none",
        reason=reason,
        labels=np.full(votes.people, -1, dtype=np.int32),
        sizes=np.zeros(0, dtype=np.int32),
        centres=np.zeros((0, 0)),
        dimensions=0,
        null_share=shuffled.null_share if shuffled else None,
        null_z=shuffled.z if shuffled else None,
        shuffles=shuffled.shuffles if shuffled else None,
        directions=shuffled.directions if shuffled else None,
    )


def judge(stable: float, gap: float) -> tuple[Verdict, str]:
    """The verdict on groups that were found, and its reason (1.8)."""
    if stable < GONE:
        return "none", result.CHANGE
    if stable < UNSURE:
        return "tentative", result.DEPEND
    if gap > FULL:
        return "tentative", result.SPECTRUM
    return "clear", ""


def _judged(
    votes: Votes, people: Ints, fit: Fit, tried: dict[int, float], shuffled: Shuffled, stable: float, gap: float
) -> Grouping:
    verdict, reason = judge(stable, gap)
    labels = np.full(votes.people, -1, dtype=np.int32)
    shown = verdict != "none"
    if shown:
        labels[people] = fit.labels
    return Grouping(
        given=False,
        verdict=verdict,
        reason=reason,
        labels=labels,
        sizes=np.bincount(labels[people], minlength=len(fit.centres)).astype(np.int32)
        if shown
        else np.zeros(0, dtype=np.int32),
        centres=fit.centres if shown else np.zeros((0, fit.centres.shape[1])),
        dimensions=fit.centres.shape[1],
        silhouette=fit.silhouette,
        stability=stable,
        between=gap,
        null_share=shuffled.null_share,
        null_z=shuffled.z,
        shuffles=shuffled.shuffles,
        directions=shuffled.directions,
        tried=tuple(tried.items()),
    )
