"""The venues by their points."""

from tyngdepunkt.analyses.toy_venue import ANALYSIS
from tyngdepunkt.analyses.toy_venue.question import Case
from tyngdepunkt.analyses.toy_venue.result import VenueResult

from tyngdepunkt.analyses.contract import Made, Setting


def run(asked: tuple[Case, Made], setting: Setting) -> VenueResult:
    """The most points first, in the language asked for, else in the case's own."""
    case, made = asked
    lang = setting.asked_lang or case.lang or setting.lang
    ANALYSIS.telling(setting, lang)("figures")
    weights = list(case.weights.values())
    points = {name: sum(map(float.__mul__, marks, weights)) for name, marks in case.venues.items()}
    order = sorted(points, key=lambda name: (-points[name], name))
    return VenueResult(case.title, lang, order, case.weights, case.weight_log, made)
