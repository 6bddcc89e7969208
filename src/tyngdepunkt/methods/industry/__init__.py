"""Measures of the industries of places: what a place is specialised in, how broad it is, how it grew.

Everywhere `values` holds employment, output or the like, places as rows and industries as columns, known and
at least 0. Places and industries are paired by position here; whoever reads a table pairs them by name.
"""

from tyngdepunkt.methods.industry.agglomeration import Agglomeration, ellison_glaeser
from tyngdepunkt.methods.industry.chance import between, spread
from tyngdepunkt.methods.industry.complexity import Complexity, complexity
from tyngdepunkt.methods.industry.guard import LEAST_UNITS, largest_share_between, thin
from tyngdepunkt.methods.industry.quotient import location_quotient, specialised
from tyngdepunkt.methods.industry.relatedness import PROXIMITIES, density, proximity
from tyngdepunkt.methods.industry.shift_share import ShiftShare, dynamic, esteban_marquillas, shift_share
from tyngdepunkt.methods.industry.specialisation import (
    Herfindahl,
    Variety,
    entropy,
    gini,
    herfindahl,
    hoover,
    krugman,
    relative_entropy,
    variety,
)

__all__ = [
    "LEAST_UNITS",
    "PROXIMITIES",
    "Agglomeration",
    "Complexity",
    "Herfindahl",
    "ShiftShare",
    "Variety",
    "between",
    "complexity",
    "density",
    "dynamic",
    "ellison_glaeser",
    "entropy",
    "esteban_marquillas",
    "gini",
    "herfindahl",
    "hoover",
    "krugman",
    "largest_share_between",
    "location_quotient",
    "proximity",
    "relative_entropy",
    "shift_share",
    "specialised",
    "spread",
    "thin",
    "variety",
]
