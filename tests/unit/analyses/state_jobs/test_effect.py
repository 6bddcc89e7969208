"""What events add up to, per municipality and region, inside a window, before and after a case."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tyngdepunkt.analyses.state_jobs.effect import (
    as_state_job_events,
    case_event,
    effects,
    inside,
    place_effects,
)
from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent
from tyngdepunkt.places import Places

WINDOW = (dt.date(2015, 1, 1), dt.date(2019, 12, 31))


def event(
    kind: EventKind,
    place: str,
    low: float,
    high: float | None = None,
    agency: str = "Tax",
    year: int = 2016,
    to: int = 0,
) -> LedgerEvent:
    start, end = dt.date(year, 1, 1), dt.date(to or year, 12, 31)
    return LedgerEvent(kind, (agency,), place, place, low, low if high is None else high, start, end, "s")


def test_sums_per_municipality_and_region(eksempelland: Places) -> None:
    events = [
        event(EventKind.CLOSED, "0302", 4, 6, "Police"),
        event(EventKind.MOVED_OUT, "0303", 10, agency="Tax"),
        event(EventKind.ESTABLISHED, "0301", 5),
        event(EventKind.CLOSED, "0302", 100, year=2001),  # outside the window
    ]
    found = {(each.level, each.id): each for each in effects(events, eksempelland, WINDOW)}
    assert found["municipality", "0302"].before == (-6, -4)
    assert found["municipality", "0302"].losing == ("Police",)
    assert not found["municipality", "0302"].warning
    region = found["region", "4"]  # 0301, 0302 and 0303 are one labour market
    assert (region.name, region.before, region.events) == ("Nordhavn", (-11, -9), 3)
    assert region.losing == ("Police", "Tax")
    assert region.warning
    assert region.after is None


def test_one_agency_twice_is_no_warning(eksempelland: Places) -> None:
    events = [
        event(EventKind.CLOSED, "0302", 4, agency="Tax"),
        event(EventKind.CLOSED, "0302", 5, agency="TAX"),
    ]
    assert not any(each.warning for each in effects(events, eksempelland))


def test_two_that_bring_jobs_are_no_warning(eksempelland: Places) -> None:
    events = [event(EventKind.MOVED_IN, "0302", 4), event(EventKind.ESTABLISHED, "0302", 5, agency="B")]
    assert not any(each.warning for each in effects(events, eksempelland))


def test_before_and_after_a_case(eksempelland: Places) -> None:
    """As with the six jobs of Røros in 2016: a loss on top of another agency's is seen as more."""
    ledger = [event(EventKind.CLOSED, "0302", 3, agency="Police")]
    own = [event(EventKind.MOVED_OUT, "0302", 6), event(EventKind.MOVED_IN, "0203", 6)]
    losing, gaining = place_effects(["0302", "0203"], ledger, eksempelland, WINDOW, own)
    assert (losing.municipality.before, losing.municipality.after) == ((-3, -3), (-9, -9))
    assert losing.warning
    assert losing.agencies == ("Police", "Tax")
    assert (gaining.municipality.before, gaining.municipality.after) == ((0, 0), (6, 6))
    assert gaining.region is not None
    assert gaining.region.after == (6, 6)


def test_an_event_partly_inside_may_or_may_not_count() -> None:
    across = event(EventKind.CLOSED, "0302", 4, 6, year=2014, to=2016)
    assert inside(across, WINDOW) == (-6, 0)
    assert inside(event(EventKind.MOVED_IN, "0302", 4, 6, year=2019, to=2021), WINDOW) == (0, 6)
    assert inside(across, None) == (-6, -4)
    assert inside(event(EventKind.CLOSED, "0302", 4, year=2014), WINDOW) is None


def test_the_indicators_get_signed_events_within_the_window() -> None:
    events = [event(EventKind.CLOSED, "0302", 4, 6), event(EventKind.CLOSED, "0302", 4, year=2001)]
    (only,) = as_state_job_events(events, WINDOW)
    assert (only.municipality, only.low, only.high, only.kind) == ("0302", -6, -4, "closed")
    assert len(as_state_job_events(events)) == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((-6, -4), (-6, -4)),
        ((3, 5), (3, 5)),
        ((0, 0), None),
        ((0, 4), (0, 4)),
        ((-2, 0), (-2, 0)),
        ((-1, 1), None),
    ],
)
def test_what_a_case_does_to_a_place(
    change: tuple[float, float], expected: tuple[float, float] | None
) -> None:
    made = case_event("Tax", "0302", change, dt.date(2020, 1, 1))
    assert (None if made is None else made.change) == expected


_EVENTS = st.lists(
    st.builds(
        event,
        st.sampled_from(EventKind),
        st.sampled_from(["0101", "0203", "0302", "0303"]),
        st.integers(0, 20),
        st.integers(20, 40),
        st.sampled_from("ABC"),
        st.integers(2012, 2022),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EVENTS, st.randoms())
def test_order_changes_nothing_and_regions_hold_their_municipalities(
    eksempelland: Places, events: list[LedgerEvent], random: object
) -> None:
    found = effects(events, eksempelland, WINDOW)
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert effects(shuffled, eksempelland, WINDOW) == found
    for region in (each for each in found if each.level == "region"):
        members = set(eksempelland.regions[int(region.id)].members)
        inner = [each for each in found if each.level == "municipality" and each.id in members]
        assert region.before == (sum(each.before[0] for each in inner), sum(each.before[1] for each in inner))
