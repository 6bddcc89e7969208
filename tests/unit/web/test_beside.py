"""What stands beside a place's figures: medians of known figures only, and nothing where few are known."""

import statistics
from collections import Counter

from tyngdepunkt import texts
from tyngdepunkt.figures import Figure, Quality, absent
from tyngdepunkt.places import Places
from tyngdepunkt.web.read import beside


def test_the_country_is_the_median_of_the_municipalities(web_places: Places) -> None:
    counted = Counter(code for (code,) in web_places.rows("state_office", ("municipality",)))
    expected = statistics.median(counted[code] for code in web_places.municipalities)
    told = beside.beside(web_places, [], "nb")["state_activity"]
    assert (told.country, told.like, told.year) == (texts.number(expected), "", "2014")


def test_too_few_known_figures_say_nothing() -> None:
    known = Figure(1.0, "persons", Quality.MEASURED)
    assert beside._median([known, known, absent("persons")], "nb", 0) == ""
    assert beside._median([known] * 3, "nb", 0) == "1"
