"""Charts as SVG, drawn once for all formats; each takes plain names and numbers.

The specification is a Vega-Lite dict and is drawn on the spot by vl-convert: no browser,
no data frames (docs/decisions/0007). What people have written is only ever data, never a
field name or an expression. A figure shows at most `TOP` alternatives and says so; the
table beside it has them all.
"""

from __future__ import annotations

from tyngdepunkt.documents.charts.common import TOP
from tyngdepunkt.documents.charts.ledger import ledger_timeline
from tyngdepunkt.documents.charts.over_time import Series, over_time, summary
from tyngdepunkt.documents.charts.profile import value_profile
from tyngdepunkt.documents.charts.ranks import rank_acceptability, rank_classes
from tyngdepunkt.documents.charts.shares import shares_chart
from tyngdepunkt.documents.charts.trade_off import TradeOffPoint, trade_off
from tyngdepunkt.documents.charts.weights import weights_chart

__all__ = [
    "TOP",
    "Series",
    "TradeOffPoint",
    "ledger_timeline",
    "over_time",
    "rank_acceptability",
    "rank_classes",
    "shares_chart",
    "summary",
    "trade_off",
    "value_profile",
    "weights_chart",
]
