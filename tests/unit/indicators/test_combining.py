"""An alternative in several places: mean by jobs or sum, never better than its weakest part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.figures import Figure, Quality, Source, absent
from tyngdepunkt.indicators import alternative_figure, get
from tyngdepunkt.texts import text

MEAN, SUM = get("airport_minutes"), get("contribution_extent")
WITH_VALUE = [quality for quality in Quality if quality.has_value]
ROAD = Source("road", "Road", "P", "R", "q", "2025", "CC BY 4.0")
RAIL = Source("rail", "Rail", "P", "R", "q", "2025", "CC BY 4.0")
NEAR = Figure(20.0, "minutes", Quality.ESTIMATED, (ROAD,), 14, 26, "indicators:computed_time")
FAR = Figure(80.0, "minutes", Quality.MEASURED, (ROAD, RAIL))


def combined(indicator, figures, weights):
    """The places are called A, B, C and so on."""
    return alternative_figure(indicator, figures, weights, "ABCDEFGHIJ"[: len(figures)])


def test_the_mean_is_weighted_by_jobs_and_carries_range_quality_and_sources() -> None:
    figure = combined(MEAN, [NEAR, FAR], [30, 10])
    assert figure.value == pytest.approx(35)
    assert figure.interval == pytest.approx((30.5, 39.5))
    assert figure.quality is Quality.ESTIMATED
    assert figure.sources == (ROAD, RAIL)


def test_unknown_jobs_count_alike() -> None:
    assert combined(MEAN, [NEAR, FAR], [None, 10]).value == pytest.approx(50)
    assert combined(MEAN, [NEAR, FAR], [0, 0]).value == pytest.approx(50)


def test_one_missing_place_makes_the_whole_missing() -> None:
    figure = combined(MEAN, [NEAR, absent("minutes")], [1, 1])
    assert (figure.value, figure.quality) == (None, Quality.MISSING)
    assert figure.note == "indicators:part_missing"
    assert dict(figure.note_values) == {"places": ("B",)}


def test_every_place_that_misses_it_is_named_and_no_other() -> None:
    stays = absent("minutes", Quality.NOT_APPLICABLE, "indicators:stays")
    figures = [stays, absent("minutes"), NEAR, absent("minutes", Quality.SUPPRESSED)]
    figure = combined(MEAN, figures, [1, 1, 1, 1])
    for lang, said in (
        ("nb", "Tall mangler for B og D."),
        ("nn", "Tal manglar for B og D."),
        ("en", "B and D."),
    ):
        assert said in text(figure.note, lang, **dict(figure.note_values))


def test_where_all_miss_it_the_reason_is_theirs() -> None:
    gone = absent("minutes", Quality.NOT_STATED, "indicators:no_sites")
    figure = combined(MEAN, [gone, gone], [1, 1])
    assert (figure.quality, figure.note) == (Quality.NOT_STATED, "indicators:no_sites")


def test_places_it_does_not_apply_to_are_left_out() -> None:
    stays = absent("minutes", Quality.NOT_APPLICABLE, "indicators:stays")
    assert combined(MEAN, [stays, FAR], [9, 1]).value == pytest.approx(80)
    assert combined(MEAN, [stays, stays], [1, 1]).quality is Quality.NOT_APPLICABLE


def test_where_those_left_out_had_all_the_jobs_the_rest_count_alike() -> None:
    stays = absent("minutes", Quality.NOT_APPLICABLE, "indicators:stays")
    assert combined(MEAN, [stays, NEAR, FAR], [9, 0, 0]).value == pytest.approx(50)


def test_no_place_at_all_is_not_applicable() -> None:
    assert combined(MEAN, [], []).quality is Quality.NOT_APPLICABLE


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-1e6, 1e6), st.floats(0, 1e3), st.sampled_from([q for q in Quality if q.has_value])
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_mean_lies_between_its_parts_and_is_no_better_than_the_worst(
    parts: list[tuple[float, float, Quality]],
) -> None:
    figures = [Figure(value, "minutes", quality) for value, _, quality in parts]
    found = combined(MEAN, figures, [weight for _, weight, _ in parts])
    values = [value for value, _, _ in parts]
    slack = 1e-9 * max(1.0, *(abs(value) for value in values))
    assert found.value is not None
    assert min(values) - slack <= found.value <= max(values) + slack
    assert found.quality == max((quality for *_, quality in parts), key=tuple(Quality).index)
