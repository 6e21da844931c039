"""An opinion map in words that a person can read, made from its figures alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from weft.methods.opinion_map import result
from weft.methods.opinion_map.result import OpinionMap
from weft.methods.opinion_map.statistics import Agreed, Direction, Representative

REASONS = {
    result.TOO_FEW: "There are too few people to look for groups.",
    result.NO_STRUCTURE: "We found no groups: the same votes, shuffled, look just as divided.",
    result.TOO_SMALL: "We found no groups: every way to divide people leaves a group that is too small.",
    result.CHANGE: "We found no groups: asking other statements would have divided people in another way.",
    result.DEPEND: "Take these groups with care: they depend on which statements were asked.",
    result.SPECTRUM: "Take these groups with care: they are two ends of a spectrum, with many people in between.",
}
CLEAR = "The groups held when we shuffled the votes and when we left out half of the statements."


@dataclass(frozen=True)
class Line:
    """One thing a group (or everybody) says, with its exact figures and a sentence."""

    statement: int  # position among the statements given
    direction: Direction
    here: int
    here_seen: int
    elsewhere: int | None  # None where there is nobody to compare with
    elsewhere_seen: int | None
    words: str


@dataclass(frozen=True)
class GroupWords:
    """One group in words; a group of fewer people than may be told has no lines."""

    group: int
    name: str
    size: int
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Description:
    """The whole map in words."""

    summary: str
    together: tuple[Line, ...]  # what most of all people agree or disagree with
    groups: tuple[GroupWords, ...]


def describe(m: OpinionMap, statement_texts: Sequence[str], *, fewest: int = 10) -> Description:
    """Say what each group stands for, and what everybody shares.

    Parameters
    ----------
    m : OpinionMap
    statement_texts : sequence of str [all statements given]
        In the order the statements were given.
    fewest : int
        The smallest number of people that a sentence may give away, also as the rest of a whole: 10 for everybody, 5
        inside a team, 0 for exact figures. A group smaller than this gets no lines, and a statement met by fewer
        people in the group is left out. The figures beside the sentences are exact.

    Returns
    -------
    Description
        Nothing in it but counts, the texts given, and fixed words.

    Raises
    ------
    ValueError
        "statement_texts must have one text for each of the S statements, got N."
    """
    needed = int(m.statements.max()) + 1 if m.statements.size else 0
    if len(statement_texts) < needed:
        raise ValueError(
            f"statement_texts must have one text for each of the {needed} statements, got {len(statement_texts)}."
        )
    together = [
        line
        for direction, each in _shared(m)
        if (line := _line(each.statement, direction, _voters(each, m.participants), None, statement_texts, fewest))
    ]
    groups = tuple(_group(m, g, statement_texts, fewest) for g in range(m.grouping.count))
    return Description(_summary(m, fewest), tuple(together), groups)


def _shared(m: OpinionMap) -> list[tuple[Direction, Agreed]]:
    agree: list[tuple[Direction, Agreed]] = [("agree", each) for each in m.consensus.agree]
    return agree + [("disagree", each) for each in m.consensus.disagree]


def _voters(each: Agreed | Representative, size: int) -> tuple[int, int, int]:
    return each.n_success, each.n_trials, size


def _summary(m: OpinionMap, fewest: int) -> str:
    found = m.grouping
    inside = number(m.in_conversation.size, fewest)
    start = f"{_people(m.participants, fewest)} voted, {inside} of them on enough statements to be compared."
    if found.given:
        return f"{start} Their {found.count} groups were given, not found."
    if found.verdict == "none":
        return f"{start} {REASONS[found.reason]}"
    return f"{start} We found {found.count} groups of people who vote alike. {REASONS.get(found.reason, CLEAR)}"


def _group(m: OpinionMap, g: int, texts: Sequence[str], fewest: int) -> GroupWords:
    size, name = int(m.grouping.sizes[g]), f"Group {letter(g)}"
    if size < fewest:
        return GroupWords(g, name, size, f"{name} has fewer than {fewest} people, so we say no more about it.", ())
    column = {at: j for j, at in enumerate(m.statements.tolist())}
    lines = []
    for each in m.representative[g]:
        j = column[each.statement]
        counts = m.counts.agree if each.direction == "agree" else m.counts.disagree
        others = int(counts[:, j].sum() - counts[g, j]), int(m.counts.seen[:, j].sum() - m.counts.seen[g, j])
        lines.append(_line(each.statement, each.direction, _voters(each, size), others, texts, fewest))
    kept = tuple(line for line in lines if line)
    words = " ".join([f"{name} has {_people(size, fewest)}.", *(line.words for line in kept)])
    return GroupWords(g, name, size, words, kept)


def _line(
    statement: int,
    direction: Direction,
    here: tuple[int, int, int],
    others: tuple[int, int] | None,
    texts: Sequence[str],
    fewest: int,
) -> Line | None:
    """One sentence; `here` is how many did, how many voted, how many there are; `others` the first two elsewhere."""
    did, seen, size = here
    if seen < fewest or seen == 0:
        return None
    among = "people" if others is None else "people here"
    among += "" if size == seen else " who voted on it"
    words = f"{_of(did, seen, fewest)} {among} {direction}d: “{' '.join(texts[statement].split())}”"
    words = words[0].upper() + words[1:]
    if others is None:
        return Line(statement, direction, did, seen, None, None, words)
    if others[1] >= max(fewest, 1):
        words += f" Elsewhere {_of(others[0], others[1], fewest)} did."
    return Line(statement, direction, did, seen, others[0], others[1], words)


def number(count: int, fewest: int) -> str:
    """A count, or that it is too small to tell."""
    return f"fewer than {fewest}" if count < fewest else f"{count:,}"


def letter(group: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    rest, last = divmod(group, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + last)


def _people(count: int, fewest: int) -> str:
    said = number(count, fewest)
    return f"{said[0].upper()}{said[1:]} {'person' if said == '1' else 'people'}"


def _of(did: int, seen: int, fewest: int) -> str:
    """`87 of the 120`, without giving away a small number on either side."""
    if did < fewest:
        return f"fewer than {fewest} of the {seen:,}"
    if seen - did < fewest:
        return f"at least {seen - fewest + 1:,} of the {seen:,}"
    return f"{did:,} of the {seen:,}"
