"""Who was heard, where voices are lost on the way into a report, and who is carried into it."""

from weft.methods.representation.carried import Carried, CarriedGroup, who_is_carried
from weft.methods.representation.drop import Drop, DropRow, Kept, the_drop
from weft.methods.representation.heard import Category, Heard, heard_beside_population
from weft.methods.representation.intervals import Z, wilson

__all__ = [
    "Carried",
    "CarriedGroup",
    "Category",
    "Drop",
    "DropRow",
    "Heard",
    "Kept",
    "Z",
    "heard_beside_population",
    "the_drop",
    "who_is_carried",
    "wilson",
]
