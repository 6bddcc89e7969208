"""`tyngdepunkt remote`: the country by hand, sums that agree, and what is hidden, missing and refused."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from tyngdepunkt.analyses.contract import Setting, analysis, as_builtins
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.analyses.remote_work import run as country
from tyngdepunkt.analyses.remote_work.hidden import hidden
from tyngdepunkt.analyses.remote_work.shares import group_shares
from tyngdepunkt.documents import delimited
from tyngdepunkt.documents.document import Picture, Table
from tyngdepunkt.errors import UserError
from tyngdepunkt.indicators.columns import positions
from tyngdepunkt.indicators.occupations import wage_earners
from tyngdepunkt.places import Places

REMOTE = analysis("remote_work")
LEVELS = ("municipality", "region", "county")
SUMMED = ("independent", "wanting", "desks")


def result(places: Places, **asked: Any) -> Any:
    return REMOTE.answer({}, read_parameters(REMOTE, asked, str), Setting("nb", lambda: places))


def answer(places: Places, **asked: Any) -> dict[str, Any]:
    return dict(as_builtins(result(places, **asked)))


def without(monkeypatch: pytest.MonkeyPatch, places: Places, code: str, counts: list[float] | None) -> None:
    """The country with other figures for one municipality; none where `counts` is None."""
    real = wage_earners(places, 2018)
    changed = real[0].copy()
    changed[positions(places)[code]] = np.nan if counts is None else counts
    monkeypatch.setattr(country, "wage_earners", lambda *_: (changed, real[1]))


def test_a_municipality_by_hand(norway: Places) -> None:
    asked = {"wish_low": "0.2", "wish_high": "0.4", "days": "3", "chance": "0.1", "busiest": "0.25"}
    [place] = [each for each in answer(norway, **asked)["areas"] if each["code"] == "4629"]
    rows = norway.rows("wage_earners", ("occupation", "persons"), municipality="4629", year=2018)
    shares = group_shares()
    by_method = {m: sum(n * shares[m][group] for group, n in rows) for m in shares}
    assert place["methods"] == pytest.approx(by_method)
    low, high = (sum(n * end(shares[m][group] for m in shares) for group, n in rows) for end in (min, max))
    mean = sum(by_method.values()) / 3
    assert place["independent"] == pytest.approx({"low": low, "mean": mean, "high": high})
    assert place["wanting"] == pytest.approx({"low": 0.2 * low, "mean": 0.3 * mean, "high": 0.4 * high})
    needed = {
        name: int(binom.isf(0.1, round(people), share * 0.75))
        for name, people, share in (("low", low, 0.2), ("mean", mean, 0.3), ("high", high, 0.4))
    }
    assert place["desks"] == place["desks_together"] == needed
    everyone = sum(n for _, n in rows)
    assert place["per_thousand"] == pytest.approx(1000 * needed["mean"] / everyone)
    assert place["experience"] == pytest.approx({"low": 0.5 * 0.3 * mean, "high": 0.72 * 0.3 * mean})


def test_municipalities_regions_and_counties_sum_to_the_same_country(norway: Places) -> None:
    found = {level: answer(norway, level=level) for level in LEVELS}
    for level, each in found.items():
        assert each["country"] == found["county"]["country"]
        for name in SUMMED:
            for end, total in each["country"][name].items():
                summed = math.fsum(area[name][end] for area in each["areas"])
                assert summed == pytest.approx(total), (level, name, end)
    by_county: defaultdict[str, int] = defaultdict(int)
    for area in found["municipality"]["areas"]:
        by_county[area["county"]] += area["desks"]["mean"]
    assert by_county == {area["name"]: area["desks"]["mean"] for area in found["county"]["areas"]}
    assert {level: len(each["areas"]) for level, each in found.items()} == dict(
        zip(LEVELS, (357, 159, 15), strict=True)
    )


def test_the_country_by_annotators_is_the_published_share(norway: Places) -> None:
    whole = answer(norway, level="county")["country"]
    assert round(100 * whole["methods"]["holgersen"] / whole["wage_earners"], 1) == 37.1


def test_one_office_for_all_needs_no_more_desks_than_one_in_each_municipality(norway: Places) -> None:
    for area in answer(norway, level="region")["areas"]:
        assert all(area["desks_together"][end] <= area["desks"][end] for end in ("low", "mean", "high"))
    assert answer(norway)["country"]["desks_together"] is None


@pytest.mark.parametrize(
    "asked", [{"wish_low": "0.3"}, {"wish_high": "0.9"}, {"days": "4"}, {"chance": "0.01"}]
)
def test_more_wish_more_days_and_fewer_full_days_need_more_desks(
    norway: Places, asked: dict[str, str]
) -> None:
    before, after = (answer(norway, level="county", **told)["country"]["desks"] for told in ({}, asked))
    assert after["mean"] > before["mean"]


def test_what_is_assumed_is_told_with_its_source_until_it_is_set(norway: Places) -> None:
    default = answer(norway, level="county")
    assert [each["set_by"] for each in default["assumptions"]] == ["source"] * 3
    assert all(each["source"] and each["note"] for each in default["assumptions"])
    own = answer(norway, level="county", wish_low="0.1", days="1.5")
    assert [each["set_by"] for each in own["assumptions"]] == ["own", "own", "source"]
    assert "assumption:wish_for_desk" not in [each["table"] for each in own["sources"]]
    assert own["made"]["input_hash"] != default["made"]["input_hash"]


def test_a_municipality_without_figures_is_missing_and_never_zero(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {level: answer(norway, level=level) for level in LEVELS}
    without(monkeypatch, norway, "0301", None)
    after = {level: answer(norway, level=level) for level in LEVELS}
    for level in ("municipality", "county"):
        [oslo] = [each for each in after[level]["areas"] if each["name"] == "Oslo"]
        assert oslo["quality"] == "missing"
        assert {oslo[name] for name in ("wage_earners", "independent", "desks", "per_thousand")} == {None}
    [region] = [each for each in after["region"]["areas"] if "Oslo" in each["without_figures"]]
    [whole] = [each for each in before["region"]["areas"] if each["code"] == region["code"]]
    assert 0 < region["desks"]["mean"] < whole["desks"]["mean"]
    assert after["county"]["country"]["without_figures"] == ["Oslo"]
    assert "without_figures" in [each["id"] for each in after["region"]["notices"]]
    shown = result(norway, level="municipality")
    assert "0301" not in shown.colours
    [row] = [row for row in REMOTE.sheet(shown, "nb").rows if row[1] == "Oslo"]
    assert 0 not in row


def test_the_newest_year_of_the_snapshot_is_the_one_that_is_told(norway: Places) -> None:
    found = result(norway, level="county")
    assert found.year == max(norway.years("wage_earners"))
    shown = REMOTE.blocks(found, "nb")
    assert str(found.year) in shown[0].text


def test_few_who_can_are_hidden_with_what_would_tell_of_them(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, norway, "1151", [0, 0, 0, 0, 12, 0, 0, 0, 9])  # two to five of 21 can
    found = {level: answer(norway, level=level) for level in LEVELS}
    [utsira] = [each for each in found["municipality"]["areas"] if each["code"] == "1151"]
    assert (utsira["quality"], utsira["independent"], utsira["desks"]) == ("suppressed", None, None)
    others = [each for each in found["municipality"]["areas"] if each["quality"] == "suppressed"]
    assert len(others) > 1  # the county's sum less its other municipalities would tell
    [own] = [each for each in found["region"]["areas"] if each["name"] == "Utsira"]
    assert own["quality"] == "suppressed"  # it is the municipality itself
    told = {each["id"]: each["text"] for each in found["municipality"]["notices"]}
    assert told["suppressed"].endswith("Det er ikke prøvd å skjule hvilke av dem som er små.")


def test_nothing_is_hidden_where_nothing_is_small_and_zero_is_shown() -> None:
    assert hidden(np.array([5.0, 80.0, 0.0, np.nan]), [1, 1, 2, 2], [1, 1, 1, 1]) == hidden(
        np.array([9.0]), [1], [1]
    )
    found = hidden(np.array([3.0, 80.0, 60.0, 70.0]), [1, 2, 2, 3], [1, 1, 1, 2])
    assert 0 in found.municipalities
    assert len(found.municipalities) > 1
    assert 3 not in found.municipalities


def test_all_is_hidden_where_no_publication_is_safe() -> None:
    alone = hidden(np.array([3.0]), [1], [1])  # the country's sum is the municipality itself
    assert alone.municipalities == frozenset({0})
    assert alone.regions == alone.counties == frozenset({1})


def test_a_small_made_up_country_is_answered_too(eksempelland: Places) -> None:
    found = {level: result(eksempelland, level=level) for level in LEVELS}
    for level, each in found.items():
        assert each.areas, level
        assert REMOTE.document(each, "nb").sections
        assert len(REMOTE.sheet(each, "nb").rows) == len(each.areas) + 1


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_document_has_the_map_and_under_it_a_row_for_each_area(
    norway: Places, level: str, lang: str
) -> None:
    question = read_parameters(REMOTE, {"level": level}, str)
    found = REMOTE.answer({}, question, Setting(lang, lambda: norway))
    made = REMOTE.document(found, lang)
    drawn, table = made.sections[1].blocks
    assert isinstance(drawn, Picture)
    assert isinstance(table, Table)
    assert len(table.rows) == len(found.areas)
    assert all(0 < ref <= len(made.sources) for each in (*made.summary, drawn, table) for ref in each.refs)  # type: ignore[union-attr]
    assert {each.table for each in made.sources} >= {"wage_earners", "group_shares", "boundary"}


def test_the_csv_has_every_municipality_with_its_number_and_county(norway: Places) -> None:
    content = delimited.render(REMOTE.sheet(result(norway), "nb")).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert head[:4] == ["Nummer", "Kommune", "Fylke", "Lønnstakere"]
    assert len(rows) == 357
    assert rows[0][:4] == ["0301", "Oslo", "Oslo", "344149"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    def empty() -> Any:
        return SimpleNamespace(has=lambda _: False, snapshot=SimpleNamespace(id="made-up"))

    question = read_parameters(REMOTE, {"wish_low": "0.6", "wish_high": "0.5"}, str)
    with pytest.raises(UserError) as caught:
        REMOTE.answer({}, question, Setting("nb", empty))
    assert [each.key.partition(":")[2] for each in caught.value.faults] == ["turned_wish", "no_wage_earners"]
    with pytest.raises(UserError) as caught:
        read_parameters(REMOTE, {"level": "town", "days": "6", "wish_low": "0", "chance": "1"}, str)
    assert [each.where for each in caught.value.faults] == ["level", "wish_low", "days", "chance"]
