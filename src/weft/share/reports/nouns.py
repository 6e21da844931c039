"""What this area declares of its nouns."""

from weft.provenance.registry import SHARE, noun
from weft.share.reports.models import Edition

EDITION = noun(Edition, prefix="B", stage=SHARE, called="report", is_knot=True, stays=("content_hash",))
