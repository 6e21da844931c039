"""Opinion map: how people's votes differ, whether they form groups, and how far that can be trusted."""

from weft.methods.opinion_map.compute import opinion_map
from weft.methods.opinion_map.result import Frame, Grouping, OpinionMap, Parameters
from weft.methods.opinion_map.statistics import Agreed, Consensus, Counts, Figures, Representative, priority
from weft.methods.rand import adjusted_rand_index

__all__ = [
    "Agreed",
    "Consensus",
    "Counts",
    "Figures",
    "Frame",
    "Grouping",
    "OpinionMap",
    "Parameters",
    "Representative",
    "adjusted_rand_index",
    "opinion_map",
    "priority",
]
