"""Finding the regions, and holding those of municipalities against the official list."""

from __future__ import annotations

from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.labour_market_regions.assess import delineate
from tyngdepunkt.analyses.labour_market_regions.official_list_comparison import compare
from tyngdepunkt.analyses.labour_market_regions.resolve import Asked
from tyngdepunkt.analyses.labour_market_regions.result import Result, result_of


def run(asked: Asked, setting: Setting) -> Result:
    """Regions, and how the list differs where the rules of the list were used."""
    found = delineate(asked.commuting, asked.ask, asked.notices)
    ruled = asked.country is not None and asked.ask.method == "ba"
    comparison = compare(found, asked.country, asked.earlier) if asked.country and ruled else None
    return result_of(found, asked, comparison, setting.lang)
