"""National rules: each notice that breaks one trips it, each that keeps them trips none, on its own date."""

import datetime as dt
from collections.abc import Callable

import pytest

from tyngdepunkt.analyses.procurement.eforms import read
from tyngdepunkt.analyses.procurement.national import set_on
from tyngdepunkt.analyses.procurement.result import Result

Notice = Callable[..., bytes]
Judge = Callable[..., Result]
DAYS = [dt.date(2026, 3, 2), dt.date(2026, 7, 15), dt.date(2026, 9, 15)]
NAMED = {
    "e2-with-deviant-sum-of-parts-value": {"VA-R001B"},
    "e2-with-wrong-part-currency": {"CR-R002B"},
    "e3-with-two-award-criteria-and-no-climate-considerations": {"EC-R001C", "EC-R001D"},
    "e3-without-buyer-legal-type": {"LT-R001B"},
}


def _rules(result: Result) -> set[str]:
    assert all(each.rule.startswith("EFORMS-NOR-NATIONAL-") for each in result.national)
    return {each.rule.removeprefix("EFORMS-NOR-NATIONAL-") for each in result.national}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", NAMED)
def test_each_breach_trips_its_own_rule(notice: Notice, judge: Judge, name: str, day: dt.date) -> None:
    assert _rules(judge(notice(f"INVALID-national-{name}", day), day)) == NAMED[name]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["e2-minimum", "e3-minimum", "e3-nor-env", "e4-minimum"])
def test_a_notice_that_keeps_the_rules_trips_none(
    notice: Notice, judge: Judge, name: str, day: dt.date
) -> None:
    assert _rules(judge(notice(f"_VALID-national-{name}", day), day)) == set()


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("org-sub-cga", "pub-undert", {"LT-R002B"}),
        (">env-imp<", ">soc-obj<", {"SP-R004"}),
        ("quality-nor-env-criteria", "quality", {"EC-R001C", "EC-R001D"}),
        ("Numeric>50<", "Numeric>29<", {"EC-R001D"}),
        ("Del 1</cbc", "Del 1 og 3</cbc", {"LB-R012B"}),
        ("12/974", "12/975", {"LB-R011B", "LB-R012L"}),
        ("12/974", "12/973", {"LB-R010A", "LB-R011B"}),
        (">NOR</cbc:NoticeLanguageCode>", ">ENG</cbc:NoticeLanguageCode>", {"LG-R001B"}),
        (">NOR</cbc:NoticeLanguageCode>", ">RUS</cbc:NoticeLanguageCode>", {"LG-R001B", "LG-R002A"}),
        ('"NOK">2323<', '"NOK">2323.123<', {"DT-R001B"}),
        ('"NOK">2323<', '"SEK">2323<', {"CR-R001B"}),
        ("2026:eforms:national-e", "2027:eforms:national-e", {"CI-R001A"}),
        ('subtype">E3<', 'subtype">16<', {"NT-R001B"}),
    ],
)
def test_one_change_breaks_one_rule(
    notice: Notice, judge: Judge, old: str, new: str, rules: set[str]
) -> None:
    content = notice("_VALID-national-e3-nor-env").decode()
    assert old in content
    found = _rules(judge(content.replace(old, new)))
    assert rules <= found
    assert len(found) <= len(rules) + 1


def test_the_day_of_dispatch_is_held_against_the_day_it_is_read(notice: Notice, judge: Judge) -> None:
    content, day = notice("_VALID-national-e3-minimum"), dt.date(2026, 9, 15)
    for days, broken in ((-2, True), (-1, False), (0, False), (2, False), (3, True)):
        found = _rules(judge(content, day + dt.timedelta(days=days)))
        assert (found == {"DV-R001B"}) is broken


def _ranked(content: bytes, code: str, weight: str) -> bytes:
    """The criteria in order of importance, the climate criterion as a statement with this weight, or none."""
    text = content.decode().replace("per-exa", "ord-imp").replace("quality-nor-env-criteria", code)
    first, _, rest = text.partition("<efbc:ParameterNumeric>50</efbc:ParameterNumeric>")
    middle, _, last = rest.partition("<efbc:ParameterNumeric>50</efbc:ParameterNumeric>")
    if weight:
        second = f"<efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric>"
    else:
        middle = middle.replace(
            '<efbc:ParameterCode listName="number-weight">ord-imp</efbc:ParameterCode>', ""
        )
        second = ""
    return f"{first}<efbc:ParameterNumeric>1</efbc:ParameterNumeric>{middle}{second}{last}".encode()


@pytest.mark.parametrize("code", ["quality-nor-env-spec", "quality-nor-env-exempt-insignificant"])
@pytest.mark.parametrize(
    ("day", "weight", "rules"),
    [
        (dt.date(2026, 9, 1), "", set()),
        (dt.date(2026, 9, 1), "0", set()),
        (dt.date(2026, 9, 1), "2", {"EC-R001D", "EC-R001E"}),
        (dt.date(2026, 8, 31), "", {"EC-R001D"}),
        (dt.date(2026, 8, 31), "0", {"EC-R001D"}),
    ],
)
def test_a_statement_among_ranked_criteria(
    notice: Notice, judge: Judge, code: str, day: dt.date, weight: str, rules: set[str]
) -> None:
    content = _ranked(notice("_VALID-national-e3-nor-env", day), code, weight)
    assert _rules(judge(content, day)) == rules


def test_a_climate_criterion_must_be_among_the_three_first(notice: Notice, judge: Judge) -> None:
    content = _ranked(notice("_VALID-national-e3-nor-env"), "quality-nor-env-criteria", "3")
    assert _rules(judge(content)) == set()


def test_codes_changed_in_the_middle_of_2026(notice: Notice, judge: Judge) -> None:
    def stated(code: str, day: dt.date) -> set[str]:
        content = notice("_VALID-national-e3-nor-env", day).decode()
        content = content.replace("quality-nor-env-criteria", code)
        head, _, tail = content.rpartition("Numeric>50<")
        return _rules(judge(f"{head}Numeric>0<{tail}", day))

    missing = {"EC-R001C", "EC-R001D"}
    assert stated("quality-nor-env-none", dt.date(2026, 6, 30)) == set()
    assert stated("quality-nor-env-none", dt.date(2026, 7, 1)) == missing
    assert stated("quality-nor-env-exempt-national-minimum", dt.date(2026, 6, 30)) == missing
    assert stated("quality-nor-env-exempt-national-minimum", dt.date(2026, 7, 1)) == set()


def test_the_set_hangs_on_date_and_sdk(notice: Notice) -> None:
    def chosen(day: dt.date, sdk: str) -> str | None:
        found = set_on(read(notice("_VALID-national-e3-minimum", day, sdk)), day)
        return found["id"] if found else None

    assert chosen(dt.date(2026, 9, 1), "1.13") == "2026-09-01"
    assert chosen(dt.date(2026, 9, 1), "1.12") == "2024-01-16"
    assert chosen(dt.date(2026, 9, 1), "1.6") is None
    assert chosen(dt.date(2023, 9, 1), "1.13") is None


def test_notices_under_other_rules_are_not_tried_and_it_is_said(notice: Notice, judge: Judge) -> None:
    result = judge(notice("national_test_cn_24_national"))
    assert result.national == []
    assert "no_national_set" in [each.id for each in result.warnings]
