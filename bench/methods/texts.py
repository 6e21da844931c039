"""Time near duplicates, themes and finding a passage again: `python bench/methods/texts.py`."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

from tests.methods.polis_texts import statements
from weft.methods.text_spans import reanchor, select
from weft.methods.themes import near_duplicates, propose_themes


def median_seconds(job, times=5):
    """The median CPU time of a job."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main():
    texts = statements("american-assembly.bowling-green")
    import scipy.sparse.linalg  # noqa: F401 so that its import is not counted

    print(f"near duplicates of {len(texts)} texts: {median_seconds(lambda: near_duplicates(texts)):.3f} s (budget 0.5)")
    print(f"themes, k = 8: {median_seconds(lambda: propose_themes(texts, 8)):.3f} s (budget 0.5)")
    text = "\n".join(texts)[:5000]
    selector = select(text, 2000, 2160)
    edited = text[:2080] + " edited here " + text[2085:]
    print(
        f"find 160 code points in 5,000: {1000 * median_seconds(lambda: reanchor(edited, selector)):.1f} ms (budget 30)"
    )


if __name__ == "__main__":
    main()
