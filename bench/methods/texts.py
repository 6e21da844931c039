"""Time near duplicates, themes and finding a passage again: `python bench/methods/texts.py`."""

from _measure import Board, seconds  # first, since it pins the threads

# ruff: isort: split
import sys

from tests.methods.polis_texts import statements
from weft.methods.text_spans import reanchor, select
from weft.methods.themes import near_duplicates, propose_themes


def main() -> int:
    texts = statements("american-assembly.bowling-green")
    text = "\n".join(texts)[:5000]
    selector = select(text, 2000, 2160)
    edited = text[:2080] + " edited here " + text[2085:]
    board = Board("Texts")
    board.row(f"near duplicates of {len(texts)} texts", seconds(lambda: near_duplicates(texts)), floor=0.5)
    board.row("themes of the same, k = 8", seconds(lambda: propose_themes(texts, 8)), floor=0.5)
    board.row("160 code points found in 5,000", seconds(lambda: reanchor(edited, selector)), floor=0.03)
    return board.end()


if __name__ == "__main__":
    sys.exit(main())
