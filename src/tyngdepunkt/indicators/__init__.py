"""What a place is and what a case would do there: one small pure function per indicator.

`all_indicators`, `for_rules` and `get` give the indicators; each has `compute(places,
question, codes)`, which gives one figure per municipality. `value_points` gives the value
function, `alternative_figure` joins the figures of several places, and `place_facts` gives
what a document says of a place.
"""

from tyngdepunkt.indicators.base import Compute, Indicator, Points, Question, StateJobEvent
from tyngdepunkt.indicators.catalogue import all_indicators, for_rules, get
from tyngdepunkt.indicators.combining import alternative_figure
from tyngdepunkt.indicators.context import place_facts
from tyngdepunkt.indicators.prices import price_year
from tyngdepunkt.indicators.source_localisation import CASE_FILE, in_language
from tyngdepunkt.indicators.value_scale import (
    QUANTILES,
    local_scale,
    national_scale,
    national_values,
    value_points,
)

__all__ = [
    "CASE_FILE",
    "QUANTILES",
    "Compute",
    "Indicator",
    "Points",
    "Question",
    "StateJobEvent",
    "all_indicators",
    "alternative_figure",
    "for_rules",
    "get",
    "in_language",
    "local_scale",
    "national_scale",
    "national_values",
    "place_facts",
    "price_year",
    "value_points",
]
