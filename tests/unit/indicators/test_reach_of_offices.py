"""Who reaches any of several offices: counted by hand in Eksempelland."""

import pytest

from tyngdepunkt.indicators import reach_of_offices
from tyngdepunkt.places import Places


def persons(places: Places, *codes: str) -> float:
    known = places.values("population", "persons", year=max(places.years("population")))
    return sum(known[code] or 0 for code in codes)


def test_who_is_reached_twice_is_counted_once(eksempelland: Places) -> None:
    """0201 and 0202 lie 16 minutes apart and reach the same three places."""
    one, both = (
        reach_of_offices.within_any(eksempelland, codes, 60).value for codes in (("0201",), ("0201", "0202"))
    )
    assert one == both == persons(eksempelland, "0201", "0202", "0203")


def test_no_office_reaches_nobody(eksempelland: Places) -> None:
    assert reach_of_offices.within_any(eksempelland, (), 60).value == 0


def test_closing_tells_who_loses_how_far_and_where(eksempelland: Places) -> None:
    found = reach_of_offices.change(eksempelland, ("0101", "0201"), ("0101",), 60)
    lost = persons(eksempelland, "0201", "0202", "0203")
    assert (found.lose, found.gain) == (lost, 0)
    assert found.before - found.after == lost
    assert found.regions == (reach_of_offices.RegionLoses("Storvik/Holmen", lost),)
    assert 0 < (found.median_longer or 0) <= (found.worst_longer or 0)
    share = reach_of_offices.kept(eksempelland, ("0101", "0201"), ("0101",))
    assert share.value == pytest.approx(found.after / found.before)


def test_nobody_loses_where_nothing_changes_and_none_is_left_says_no_distance(eksempelland: Places) -> None:
    same = reach_of_offices.change(eksempelland, ("0201",), ("0201",), 60)
    assert (same.lose, same.median_longer, same.regions) == (0, None, ())
    none = reach_of_offices.change(eksempelland, ("0201",), (), 60)
    assert (none.after, none.worst_longer) == (0, None)
    assert reach_of_offices.kept(eksempelland, (), ("0201",)).value is None
