"""Proposals without AI: which texts say the same, and which share words. A person decides."""

from weft.methods.themes.duplicates import NEARLY_THE_SAME, SAME_WORDS, Pair, duplicate_groups, near_duplicates
from weft.methods.themes.groups import Theme, Themes, propose_themes
from weft.methods.themes.words import tokens

__all__ = [
    "NEARLY_THE_SAME",
    "SAME_WORDS",
    "Pair",
    "Theme",
    "Themes",
    "duplicate_groups",
    "near_duplicates",
    "propose_themes",
    "tokens",
]
