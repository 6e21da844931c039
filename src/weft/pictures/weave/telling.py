"""The weave in words: the text alternative and the caption."""

from collections import Counter
from collections.abc import Iterable, Sequence

from weft.pictures.svg import cut
from weft.pictures.weave.items import LEARN, SHARE, Graph, Item
from weft.pictures.weave.light import Light
from weft.pictures.weave.merge import Merged
from weft.pictures.weave.words import Words, capital, listed

ELSEWHERE = "The same facts are in the lists and the table below."


def described(graph: Graph, light: Light, merged: Merged, words: Words, *, turned: bool, alone: bool) -> str:
    """The whole picture in a few sentences, for those who do not see it."""
    columns = words.numbers.in_words(len(graph.columns))
    sentences = [f"A woven picture in {columns} {'rows' if turned else 'columns'}."]
    if graph.items:
        sentences += [_start(graph.items, words, turned), _run(graph.items, words, turned), _lit(graph, light, words)]
        sentences += [_answers(graph.items, words), captioned(merged, words)]
        sentences += [] if alone else [ELSEWHERE]
    else:
        sentences.append("There are no threads on it yet.")
    return " ".join(sentence for sentence in sentences if sentence)


def captioned(merged: Merged, words: Words) -> str:
    """What the picture leaves out; nothing where it leaves out nothing."""
    in_words = words.numbers.in_words
    several = sum(not knot.single for knot in merged.knots)
    parts = []
    if several:
        parts.append(
            f"{capital(in_words(several))} {'knot stands' if several == 1 else 'knots stand'} for several items."
        )
    if merged.threads_not_drawn:
        one = merged.threads_not_drawn == 1
        parts.append(
            f"{capital(in_words(merged.threads_not_drawn))} {'thread is' if one else 'threads are'} not drawn."
        )
    return " ".join(parts)


def _tally(items: Iterable[Item], words: Words) -> str:
    kinds = Counter(item.kind for item in items)
    return listed([words.amount(count, kind) for kind, count in kinds.items()])


def _start(items: Sequence[Item], words: Words, turned: bool) -> str:
    first = [item for item in items if item.stage == 0]
    teams = len({item.team for item in items if item.teams})
    voices = words.everybody(first)
    whose = f"from {words.numbers.in_words(teams)} team{'' if teams == 1 else 's'}" if teams else ""
    what = _tally(first, words) or "nothing yet"
    if voices:
        what = f"{words.numbers.voices(voices)} in {what}"
    return f"{'At the top' if turned else 'On the left'}, {', '.join(part for part in (what, whose) if part)}."


def _run(items: Sequence[Item], words: Words, turned: bool) -> str:
    middle = sorted((item for item in items if 0 < item.stage <= LEARN), key=lambda item: item.stage)
    kinds = listed([words.kind(kind, 2) for kind in dict.fromkeys(item.kind for item in middle)])
    last = _tally((item for item in items if item.stage == SHARE), words)
    if not kinds and not last:
        return ""
    way = "down" if turned else "to the right"
    through = f" through {kinds}" if kinds else ""
    return f"They run {way}{through}{',' if kinds and last else ''}{f' to {last}' if last else ''}."


def _lit(graph: Graph, light: Light, words: Words) -> str:
    if light.focus is None:
        return ""
    focus = graph.items[light.focus]
    before = [graph.items[k] for k in sorted(light.before) if graph.items[k].stage == 0]
    after = [graph.items[k] for k in sorted(light.after, key=lambda k: (graph.column[k], k))]
    people = graph.people[light.focus]
    told = [f"Lit: the {words.kind(focus.kind)} ‘{cut(focus.title)}’"]
    if before:
        told.append(
            f", which rests on {_tally(before, words)}" + (f" from {words.numbers.people(people)}" if people else "")
        )
    elif people:
        told.append(f", from {words.numbers.people(people)}")
    if after:
        told.append(f"{' and' if before else ', which'} led to {_tally(after, words)}")
    return "".join(told) + "."


def _answers(items: Sequence[Item], words: Words) -> str:
    asks = [item.answer for item in items if item.kind == "ask" and item.answer]
    ends = Counter(answer.end for answer in asks)
    in_words = words.numbers.in_words
    silent = [answer.detail for answer in asks if answer.end == "silent"]
    parts = []
    if ends["answered"]:
        one = ends["answered"] == 1
        parts.append(f"{in_words(ends['answered'])} {'ask was' if one else 'asks were'} answered")
    if ends["waiting"]:
        parts.append(f"{in_words(ends['waiting'])} {'is' if ends['waiting'] == 1 else 'are'} waiting")
    if silent:
        since = f" for {silent[0]}" if len(silent) == 1 and silent[0] else ""
        parts.append(f"{in_words(len(silent))} {'has' if len(silent) == 1 else 'have'} had no reply{since}")
    if parts and not ends["answered"]:
        parts[0] = "of the asks, " + parts[0]
    return f"{capital(listed(parts))}." if parts else ""
