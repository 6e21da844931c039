"""From one format to another, and what stays behind on the way."""

from weft.exchange.convert.convert import Converted, Step, convert, targets
from weft.exchange.convert.projections import PROJECTIONS, Projection

__all__ = ["PROJECTIONS", "Converted", "Projection", "Step", "convert", "targets"]
