"""What is said of computed travel times in words is what the assumptions hold."""

import pytest

from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.texts import text


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "key",
    [
        "indicators:by_centre",
        "indicators:computed_time",
        "analyses.location.document.annex:method.limit_travel",
    ],
)
def test_the_range_that_is_told_is_the_range_that_is_used(key: str, lang: str) -> None:
    told = text(key, lang)
    for name in ("travel_time_error", "travel_time_error_ferry"):
        assert f"{assumption(name).middle:.0f}" in told
