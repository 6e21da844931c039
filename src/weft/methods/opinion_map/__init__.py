"""Opinion map: how people's votes differ, whether they form groups, and how far that can be trusted."""

from weft.methods.opinion_map.compute import opinion_map
from weft.methods.opinion_map.result import Frame, Grouping, OpinionMap, Parameters
from weft.methods.opinion_map.routing import Placement, match_groups, next_statement, place
from weft.methods.opinion_map.statistics import Agreed, Consensus, Counts, Figures, Representative, priority
from weft.methods.opinion_map.words import Description, GroupWords, Line, describe
from weft.methods.rand import adjusted_rand_index

__all__ = [
    "Agreed",
    "Consensus",
    "Counts",
    "Description",
    "Figures",
    "Frame",
    "GroupWords",
    "Grouping",
    "Line",
    "OpinionMap",
    "Parameters",
    "Placement",
    "Representative",
    "adjusted_rand_index",
    "describe",
    "match_groups",
    "next_statement",
    "opinion_map",
    "place",
    "priority",
]
