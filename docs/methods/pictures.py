"""Draw the pictures of these pages again, each from what the methods compute: `python docs/methods/pictures.py`."""

import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src"))

import numpy as np  # noqa: E402

from weft.methods.agreement import units  # noqa: E402
from weft.methods.disclosure import two_way  # noqa: E402
from weft.methods.equal_shares import election, equal_shares, receipts  # noqa: E402
from weft.methods.figure_steps import Batch, Waiting, step  # noqa: E402
from weft.methods.opinion_map import opinion_map  # noqa: E402
from weft.methods.representation import heard_beside_population  # noqa: E402
from weft.methods.text_spans import reanchor, select  # noqa: E402
from weft.methods.themes import propose_themes, tokens  # noqa: E402
from weft.methods.three_answers import Answers  # noqa: E402

LIGHT = ("#faf7f0", "#25201b", "#5c5349", "#d9d0c1", "#2a3b98", "#a3440f", "#2c6e49")
DARK = ("#1d1a17", "#f2ece2", "#b9aea0", "#4a433b", "#9fb0ff", "#ffab7a", "#8fd3a8")
NAMES = ("paper", "ink", "soft", "line", "one", "two", "three")
WIDE = 640


def svg(height: float, title: str, parts: Iterable[str]) -> str:
    """A whole picture, in light colours, or dark ones where the reader asks for them."""

    def colours(values: tuple[str, ...]) -> str:
        fills = "".join(f".{name}{{fill:{value}}}" for name, value in zip(NAMES, values, strict=True))
        return fills + "".join(f".s-{name}{{stroke:{value}}}" for name, value in zip(NAMES, values, strict=True))

    style = f"{colours(LIGHT)}@media(prefers-color-scheme:dark){{{colours(DARK)}}}"
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:g}" role="img" aria-label="{title}" '
        f'font-family="Atkinson Hyperlegible, system-ui, sans-serif" font-size="14">\n<style>{style}</style>\n'
        f'<rect class="paper" width="{WIDE}" height="{height:g}"/>\n{body}\n</svg>\n'
    )


def text(x: float, y: float, words: str, name: str = "ink", anchor: str = "start", more: str = "") -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escaped}</text>'


def box(x: float, y: float, width: float, height: float, name: str, more: str = "") -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{more}/>'


def line(x1: float, y1: float, x2: float, y2: float, name: str, width: float = 1.5, more: str = "") -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line class="s-{name}" {ends} stroke-width="{width}"{more}/>'


def opinions() -> str:
    """A made-up conversation of two groups."""
    rng = np.random.default_rng(2)
    member = rng.choice(2, 240, p=(0.6, 0.4))
    lean = np.where(rng.random((2, 40)) < 0.6, rng.normal(0, 2.5, (2, 40)), 0)[member]
    person, statement = np.nonzero(rng.random(lean.shape) < 0.6)
    vote = np.where(rng.random(person.size) < 1 / (1 + np.exp(-lean[person, statement])), 1, -1)
    nothing = np.zeros(40, dtype=bool)
    found = opinion_map(person, statement, vote, moderated_out=nothing, meta=nothing)
    places, labels = found.positions[:, :2], found.grouping.labels
    reach = np.abs(places).max()
    parts = [line(20, 190, 620, 190, "line"), line(320, 20, 320, 360, "line")]
    for (x, y), label in zip(places, labels.tolist(), strict=True):
        at = 320 + 290 * x / reach, 190 - 165 * y / reach
        shape = (
            f'<circle class="one" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="4"'
            if label == 0
            else f'<rect class="two" x="{at[0] - 3.5:.1f}" y="{at[1] - 3.5:.1f}" width="7" height="7"'
        )
        parts.append(f'{shape} fill-opacity=".75"/>')
    first, second = found.grouping.sizes.tolist()
    words = (
        f"{found.participants} made-up people, verdict {found.grouping.verdict}: {first} (circles), {second} (squares)"
    )
    parts.append(text(320, 385, words, anchor="middle"))
    return svg(400, "A map of opinions with two groups of people", parts)


def shares() -> str:
    """The worked example: what each of ten shares bought."""
    ballots = [["A", "B"]] * 3 + [["A"]] * 3 + [["C", "D"]] * 3 + [["D"]]
    outcome = equal_shares(election({"A": 100, "B": 60, "C": 50, "D": 30}, ballots), 200)
    names = {"A": "one", "D": "two", "C": "three"}
    parts = [text(20, 26, f"Ten voters, a share of {outcome.share} pounds each, and what it bought")]
    for slip in receipts(outcome):
        for voter in slip.ballots:
            x, y = 24 + voter * 60, 250.0
            parts.append(box(x, y - 200, 44, 200, "line"))
            for project, paid in slip.paid:
                height = 200 * float(paid / outcome.share)
                y -= height
                parts += [
                    box(x, y, 44, height, names[project]),
                    text(x + 22, y + height / 2 + 5, project, "paper", "middle"),
                ]
            parts.append(text(x + 22, 270, " ".join(ballots[voter]), "soft", "middle"))
    parts.append(
        text(20, 298, "Below each bar: the projects this voter wants. Grey: money left over. B is not bought.", "soft")
    )
    return svg(312, "What each of ten equal shares bought", parts)


def hidden() -> str:
    """The worked table: one small number, and the rectangle that protects it."""
    told = two_way([[20, 4, 31], [15, 22, 18], [40, 12, 27]])
    parts = [text(20, 26, "Only one number is below 10. Four are hidden, so that it cannot be worked out.")]
    heads, labels = ("agree", "disagree", "pass", "total"), ("young", "middle", "old", "total")
    parts += [text(190 + 120 * j, 62, head, "soft", "middle") for j, head in enumerate(heads)]
    for i, row in enumerate(told.cells):
        parts.append(text(110, 95 + 44 * i, labels[i], "soft", "end"))
        for j, cell in enumerate(row):
            x, y = 135 + 120 * j, 72 + 44 * i
            dashes = ' stroke-width="2" stroke-dasharray="5 4"'
            parts.append(box(x, y, 110, 36, "paper s-two" if cell is None else "line", dashes if cell is None else ""))
            parts.append(
                text(
                    x + 55, y + 23, "hidden" if cell is None else str(cell), "two" if cell is None else "ink", "middle"
                )
            )
    return svg(264, "A table of counts with four numbers hidden", parts)


def coders() -> str:
    """The worked text: where two coders marked the same."""
    spans = {"Ama": [(0, 10), (20, 30)], "Bo": [(5, 10), (20, 35)]}
    pieces = units(40, list(spans.values()))
    scale, left = 13.0, 80
    parts = [text(20, 26, "A text of 40 characters, one code, two coders")]
    for at, (name, marked) in enumerate(spans.items()):
        y = 48 + 40 * at
        parts += [text(20, y + 18, name), box(left, y, 40 * scale, 26, "line")]
        parts += [box(left + start * scale, y, (end - start) * scale, 26, ("one", "two")[at]) for start, end in marked]
    start = 0
    for weight, (one, other) in zip(pieces.weights.tolist(), pieces.values.T.tolist(), strict=True):
        x, width = left + start * scale, weight * scale
        word = "differ" if one != other else ("both" if one else "neither")
        parts.append(text(x + width / 2, 154, word, "ink" if one != other else "soft", "middle", ' font-size="13"'))
        parts.append(line(x, 134, x, 160, "soft", 1))
        start += weight
    parts += [line(left + 40 * scale, 134, left + 40 * scale, 160, "soft", 1)]
    parts.append(text(20, 190, "They differ on 10 of 40 characters: 0.75 agree, and kappa is 0.5.", "soft"))
    return svg(204, "Where two coders marked the same and where they differ", parts)


def heard() -> str:
    """Indexes with their intervals, against the band that counts as about right."""
    rows = ("under 18", "18 to 34", "35 to 64", "65 and over")
    found = heard_beside_population([24, 61, 148, 30], [2100, 2600, 3900, 1400])

    def x(index: float) -> float:
        return 120 + index * 2.4

    parts = [text(20, 26, "Heard beside who lives there: 100 is the same share")]
    parts.append(box(x(80), 42, x(120) - x(80), 160, "line"))
    parts += [text(x(at), 222, str(at), "soft", "middle") for at in (0, 50, 80, 100, 120, 150)]
    parts.append(line(x(100), 42, x(100), 202, "soft", 1, ' stroke-dasharray="3 3"'))
    for at, (name, each) in enumerate(zip(rows, found.categories, strict=True)):
        y = 64 + 38 * at
        parts.append(text(110, y + 5, name, "ink", "end"))
        if each.index is not None and each.index_low is not None and each.index_high is not None:
            parts.append(line(x(each.index_low), y, x(each.index_high), y, "one", 4))
            parts.append(f'<circle class="two" cx="{x(each.index):.1f}" cy="{y:.1f}" r="6"/>')
        parts.append(text(628, y + 5, each.verdict, "ink", "end"))
    parts.append(
        text(
            20,
            250,
            "Bars: 95 % intervals. Grey: about right. A word is used only when the whole bar agrees.",
            "soft",
        )
    )
    return svg(264, "How much each age was heard, with intervals", parts)


def words() -> str:
    """Six short texts, two proposals, and the words that stand for them."""
    said = ["empty the bins", "bins smell", "street bins", "buses come late", "no buses at night", "late buses"]
    found = propose_themes(said, 2)
    terms = [term for theme in found.themes for term in theme.terms[:2]]
    columns = list(dict.fromkeys([*terms, *(word for each in said for word in tokens(each))]))
    parts = [text(20, 26, "Which words each text has; grey ones, in one text only, are left out")]
    parts += [
        text(
            0,
            0,
            word,
            "ink" if word in terms else "soft",
            more=f' transform="translate({190 + 38 * at} 110) rotate(-55)"',
        )
        for at, word in enumerate(columns)
    ]
    for row, body in enumerate(said):
        y = 130 + 28 * row
        parts.append(text(166, y + 5, body, "ink", "end"))
        theme = int(found.theme_of[row])
        for at, word in enumerate(columns):
            if word in tokens(body):
                name = ("one", "two")[theme] if word in terms else "line"
                parts.append(f'<circle class="{name}" cx="{186 + 38 * at}" cy="{y}" r="8"/>')
    proposals = "; ".join(" ".join(theme.terms) for theme in found.themes)
    parts.append(text(20, 316, f"Proposed: {proposals}. A person names them.", "soft"))
    return svg(330, "Six texts and the words they share", parts)


def passages() -> str:
    """One passage through two edits."""
    first = "A warm place to sit. No shop."
    selector = select(first, 2, 12)
    parts = [text(20, 26, "A marked passage stays with its words")]
    for at, now in enumerate(
        (first, "We want a warm place to sit. No shop.", "A warmer place to sit. No shop.", "No shop.")
    ):
        found = reanchor(now, selector)
        y, x = 62 + 42 * at, 20
        if found.start is not None and found.end is not None:
            parts.append(box(x + found.start * 9, y - 17, (found.end - found.start) * 9, 25, "line"))
        mono = f' font-family="monospace" font-size="15" textLength="{9 * len(now)}"'
        parts += [text(x, y, now, more=mono), text(628, y, found.how, "two" if found.how == "lost" else "one", "end")]
    return svg(210, "A passage found again after edits", parts)


def steps() -> str:
    """A card over 24 hours: how many answered it, and how many the published figures hold."""
    arrive = (3, 4, 2, 6, 9, 14, 8, 3, 1, 0, 1, 0, 0, 2, 1, 0, 4, 12, 11, 5, 2, 1, 0, 1)
    figures, waiting, answered, published = None, Waiting(), [0], [0]
    for people in arrive:
        added = waiting.added.answers + Answers(people, 0, 0)
        moved = step(figures, Waiting(Batch(added, added.total)))
        figures, waiting = moved.figures, moved.waiting
        answered.append(answered[-1] + people)
        published.append(0 if figures is None else figures.total)

    def stairs(heights: list[int], name: str, width: float) -> Iterable[str]:
        for hour, (before, after) in enumerate(pairwise(heights)):
            x, low, high = 40 + 22 * hour, 250 - 2 * before, 250 - 2 * after
            yield line(x, low, x + 22, low, name, width)
            if low != high:
                yield line(x + 22, low, x + 22, high, name, width)

    parts = [text(20, 26, "A quiet card, hour by hour: figures change when ten more people answered")]
    parts += [line(40, 250, 40 + 22 * len(arrive), 250, "line"), *stairs(answered, "soft", 1.5)]
    parts += [*stairs(published, "one", 4)]
    parts += [text(572, 254 - 2 * answered[-1], str(answered[-1]), "soft")]
    parts += [text(572, 258 - 2 * published[-1], str(published[-1]), "one")]
    parts += [text(40, 282, "Thin: how many answered. Thick: how many are in the published figures.", "soft")]
    return svg(298, "How many answered a card and how many the published figures hold", parts)


PICTURES: dict[str, Callable[[], str]] = {
    "opinion-map": opinions,
    "equal-shares": shares,
    "disclosure": hidden,
    "agreement": coders,
    "representation": heard,
    "themes": words,
    "text-spans": passages,
    "figure-steps": steps,
}

if __name__ == "__main__":
    for picture, drawn in PICTURES.items():
        (HERE / f"{picture}.svg").write_text(drawn(), "utf-8")
