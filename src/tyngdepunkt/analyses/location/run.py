"""The assessment of a case, in the language asked for, else in the case's own."""

from __future__ import annotations

from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.location import ANALYSIS
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.result import Assessment


def run(case: LocationCase, setting: Setting) -> Assessment:
    """The whole answer; told of each step as it begins.

    Raises:
        UserError: `alternatives: auto` where no centre passes the must-haves.
    """
    lang = setting.asked_lang or case.lang or setting.lang
    return assess(case, setting.open_places(), lang, ANALYSIS.telling(setting, lang))
