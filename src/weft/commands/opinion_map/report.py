"""An opinion map as a page of plain text."""

import textwrap
from collections.abc import Sequence

from weft.methods.opinion_map import Line, OpinionMap, describe

WIDTH = 100


def as_text(m: OpinionMap, statements: Sequence[str], texts: Sequence[str], names: Sequence[str]) -> str:
    """What was found, each group with what it stands for, and what most people share; all figures exact."""
    said = describe(m, [text or f"statement {each}" for each, text in zip(statements, texts, strict=True)], fewest=0)
    lines = [*textwrap.wrap(said.summary, WIDTH), "", *_checks(m)]
    for group, name in zip(said.groups, names, strict=True):
        lines += ["", f"Group {name}: {group.size:,} people", *_lines(group.lines, statements)]
    if said.together:
        lines += ["", "Most people together", *_lines(said.together, statements)]
    return "\n".join(lines) + "\n"


def _checks(m: OpinionMap) -> list[str]:
    g = m.grouping
    rows = [
        ("people", f"{m.participants:,}"),
        ("in the conversation", f"{m.in_conversation.size:,}"),
        ("statements with votes", f"{m.statements.size:,}"),
        ("left out of the map", f"{int(m.zeroed.sum()):,}"),
        ("votes", f"{m.votes:,}"),
        ("variance on the map", " + ".join(f"{share:.1%}" for share in m.variance_share[:2].tolist())),
    ]
    if not g.given:
        rows.append(("verdict", f"{g.verdict}: {g.reason}" if g.reason else str(g.verdict)))
        if g.shuffles is not None and g.null_share is not None:
            rows.append(("shuffled tables as good", f"{round(g.null_share * g.shuffles)} of {g.shuffles}"))
        for name, figure in (("stability", g.stability), ("between", g.between), ("silhouette", g.silhouette)):
            if figure is not None:
                rows.append((name, f"{figure:.2f}"))
    wide = max(len(name) for name, _ in rows)
    return [f"{name:<{wide}}  {figure}" for name, figure in rows]


def _lines(lines: Sequence[Line], statements: Sequence[str]) -> list[str]:
    wide = max((len(statements[line.statement]) for line in lines), default=0)
    indent = " " * (wide + 4)
    return [
        row
        for line in lines
        for row in textwrap.wrap(
            line.words, WIDTH, initial_indent=f"  {statements[line.statement]:>{wide}}  ", subsequent_indent=indent
        )
    ]
