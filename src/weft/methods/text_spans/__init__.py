"""Keep a coded passage pinned to its words, through edits and through other programs' ways of counting."""

from weft.methods.text_spans.anchor import Anchor, reanchor
from weft.methods.text_spans.readings import READINGS, Decoded, ForeignSelection, decode
from weft.methods.text_spans.selector import Selector, canonical, select

__all__ = [
    "READINGS",
    "Anchor",
    "Decoded",
    "ForeignSelection",
    "Selector",
    "canonical",
    "decode",
    "reanchor",
    "select",
]
