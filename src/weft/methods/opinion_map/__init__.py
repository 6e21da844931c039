"""Opinion map: how people's votes differ, whether they form groups, and how far that can be trusted.

The map, the tallies and the representative statements are those of Polis, exactly: singular vectors of the votes less
the mean of their statement. The groups are Weft's own: k-means weighted by votes, tested against votes shuffled inside
each statement, against half of the statements, and for a gap between them.

The same input, seed and library versions give the same labels and verdict, and floats equal to 1e-9. Nothing but the
grouping depends on the order of people. Time and memory are proportional to the votes. Up to 1,000,000 cells of people
and live statements only NumPy is used, unless more than 256 statements are live.

References: Small et al. 2021, doi:10.6035/recerca.5516 (Polis); Horn 1965, doi:10.1007/BF02289447; Phipson and Smyth
2010, doi:10.2202/1544-6115.1585; Besag and Clifford 1991, doi:10.1093/biomet/78.2.301; Arthur and Vassilvitskii, SODA
2007; Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7; Ben-Hur, Elisseeff and Guyon 2002,
doi:10.1142/9789812799623_0002.

>>> import numpy as np
>>> table = np.array([[1, 1, -1], [1, 1, -1], [-1, -1, 1], [-1, -1, 1]])
>>> person, statement = np.indices(table.shape).reshape(2, -1)
>>> hidden = np.zeros(3, dtype=bool)
>>> m = opinion_map(person, statement, table.ravel(), moderated_out=hidden, meta=hidden)
>>> m.positions[:, 0].round(4).tolist()
[1.7321, 1.7321, -1.7321, -1.7321]
>>> m.grouping.verdict, m.grouping.reason
('none', 'too few people')
"""

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
