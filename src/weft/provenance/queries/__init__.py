"""Reading the thread: tracing either way, who is behind an item, citations, search."""

from weft.provenance.queries.nodes import (
    by_code,
    cited,
    cited_now,
    faulty_citation,
    nodes_of,
    results_of,
    search,
    sources_of,
    visible,
)
from weft.provenance.queries.panel import (
    Panel,
    PanelEntry,
    Step,
    Steps,
    above,
    joined,
    kept,
    panel,
    stamp,
    steps,
    voices_behind,
)
from weft.provenance.queries.repeats import own_words, to_take_out
from weft.provenance.queries.rests import rests_on, rests_sentence
from weft.provenance.queries.trace import BOUND, Item, Thread, Trace, both_ways, threads_above, trace, traces

__all__ = [
    "BOUND",
    "Item",
    "Panel",
    "PanelEntry",
    "Step",
    "Steps",
    "Thread",
    "Trace",
    "above",
    "both_ways",
    "by_code",
    "cited",
    "cited_now",
    "faulty_citation",
    "joined",
    "kept",
    "nodes_of",
    "own_words",
    "panel",
    "rests_on",
    "rests_sentence",
    "results_of",
    "search",
    "sources_of",
    "stamp",
    "steps",
    "threads_above",
    "to_take_out",
    "trace",
    "traces",
    "visible",
    "voices_behind",
]
