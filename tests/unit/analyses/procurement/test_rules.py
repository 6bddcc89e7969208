"""The 24 rules on notices whose answers are known, and on drafts made for one rule each."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tyngdepunkt.analyses.procurement import judge as judging
from tyngdepunkt.analyses.procurement.judge import RULES, rules, thresholds_on
from tyngdepunkt.analyses.procurement.money import Amount, amounts_in
from tyngdepunkt.analyses.procurement.result import VERDICTS, Answer, Result

Notice = Callable[..., bytes]
Judge = Callable[..., Result]


def _of(result: Result, rule: int) -> Answer:
    return next(each for each in result.findings if each.rule == rule)


def test_share_of_small_firms_and_a_large_winner(notice: Notice, judge: Judge) -> None:
    result = judge(notice("can_24_LSBU"))
    assert _of(result, 21).value == pytest.approx(33.3)
    assert "4 of 12" in _of(result, 21).text
    assert _of(result, 22).value == "large"


def test_turnover_against_the_lots_own_length_in_another_currency(notice: Notice, judge: Judge) -> None:
    result = judge(notice("cn_24_open"))
    [lot] = result.lots
    assert (lot.value, lot.currency, lot.years, lot.yearly_value) == (500_000, "EUR", 3, 166_666.67)
    found = _of(result, 5)
    assert (found.verdict, found.value) == ("neutral", 200_000)
    assert "333,333 EUR" in found.text
    assert [each.id for each in result.warnings] == ["currencies_differ"]


def test_the_minimal_national_notice_says_almost_nothing(notice: Notice, judge: Judge) -> None:
    result = judge(notice("sdk_E3_minimal"))
    silent = result.counts["not_stated"] + result.counts["stated_elsewhere"]
    assert silent >= 15
    assert result.counts["hinders"] == result.counts["helps"] == 0
    assert {_of(result, rule).verdict for rule in (5, 6, 7, 8, 9)} == {"stated_elsewhere"}
    assert result.national == []


def test_small_firms_without_a_total_are_told_and_not_divided(notice: Notice, judge: Judge) -> None:
    result = judge(notice("test_can_24"))
    assert (_of(result, 21).verdict, _of(result, 21).value) == ("not_stated", 12)
    assert "sme_without_total" in [each.id for each in result.warnings]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_each_rule_is_answered_once_per_lot_with_reason_and_basis(
    notice: Notice, judge: Judge, lang: str
) -> None:
    result = judge(notice("sdk_cn_24_maximal"), lang=lang)
    asked = [(each.rule, each.lot) for each in result.findings]
    assert len(asked) == len(set(asked)) == 3 + 2 * 21
    assert {rule for rule, _ in asked} == set(RULES)
    assert sum(result.counts.values()) == len(asked)
    assert set(result.counts) == set(VERDICTS)
    assert all(each.text and each.basis for each in result.findings)
    assert _of(result, 2).verdict == "hinders"
    assert _of(result, 20).verdict == "neutral"
    assert "sme_contradicted" in [each.id for each in result.warnings]


DRAFT = """\
procurement:
  procedure: open
  dispatch: 2025-10-01
  buyer_type: la
  kind: services
{whole}
  lots:
{lots}
"""


def _draft(whole: str = "", *lots: str) -> str:
    rows = "".join(f"    - {{{lot or 'title: A'}}}\n" for lot in lots or ("",))
    return DRAFT.format(whole="".join(f"  {line}\n" for line in whole.split(";") if line), lots=rows)


MONEY = "value: {amount: 1200000, currency: NOK}, months: 24"


@pytest.mark.parametrize(
    ("rule", "text", "verdict", "value"),
    [
        (1, _draft("", "title: A", "title: B"), "helps", 2),
        (1, _draft("value: {amount: 9000000, currency: NOK}"), "not_stated", 1),
        (1, _draft("value: {amount: 900000, currency: NOK}"), "neutral", 1),
        (1, _draft("", "value: {amount: 9e6}, description: Ikke delt fordi linja er én."), "neutral", 1),
        (2, _draft("lots_together: all", "title: A", "title: B"), "hinders", "all"),
        (3, _draft("most_lots_won: 1", "title: A", "title: B"), "helps", 1),
        (4, _draft("", MONEY), "neutral", 600_000),
        (4, _draft("value: {amount: 1000000}", "months: 12", "months: 6"), "neutral", 500_000),
        (5, _draft("", MONEY + ", demands: [{code: slc-stand-to-gen, text: 'Omsetning 1,3 mill. kroner.'}]"),
         "hinders", 1_300_000),
        (5, _draft("", MONEY + ", demands: [{code: slc-stand-to-gen, text: Omsetning 1 200 000 NOK.}]"),
         "neutral", 1_200_000),
        (5, _draft("", MONEY + ", demands: [{code: slc-stand-to-gen, text: Stor omsetning.}]"),
         "not_stated", None),
        (5, _draft("", "demands: [{code: slc-stand-to-gen, text: Omsetning 1 200 000 NOK.}]"),
         "not_stated", 1_200_000),
        (6, _draft("", "guarantee: true"), "hinders", "true"),
        (6, _draft("", "demands: [{code: slc-suit-reg-trade, text: Kredittverdig.}]"),
         "hinders", "credit rating"),
        (6, _draft("", "criteria_source: [notice, documents], demands: [{code: slc-suit-reg-trade}]"),
         "stated_elsewhere", "epo-notice, epo-procurement-document"),
        (7, _draft("", "demands: [{code: slc-abil-ref-services, text: Tre oppdrag.}]"),
         "hinders", "slc-abil-ref-services"),
        (8, _draft("", "demands: [{code: slc-sche-qu-cert-indep, text: ISO 9001.}]"),
         "hinders", "slc-sche-qu-cert-indep"),
        (8, _draft("", "demands: [{code: slc-sche-qu-cert-indep, text: ISO 9001 eller tilsvarende.}]"),
         "neutral", "slc-sche-qu-cert-indep"),
        (9, _draft("", "criteria_source: documents"), "stated_elsewhere", "epo-procurement-document"),
        (10, _draft("", "legal_form: true"), "hinders", "true"),
        (11, _draft("accelerated: true"), "hinders", "true"),
        (11, _draft("", "dynamic_system: dps-list"), "helps", "dps-list"),
        (12, _draft("", "deadline: 2025-10-20"), "hinders", 19),
        (12, _draft("", "deadline: 2025-11-05"), "neutral", 35),
        (12, _draft("", "deadline: 2025-09-05"), "not_stated", -26),
        (13, _draft("", "languages: [ENG, NNO]"), "helps", "ENG, NNO"),
        (13, _draft("", "catalogue: required"), "hinders", "required"),
        (14, _draft("", "framework: fa-wo-rc, framework_suppliers: 1"), "hinders", 1),
        (14, _draft("", "framework: fa-wo-rc, framework_suppliers: 3, months: 60"), "hinders", 60),
        (15, _draft("", "places: [{county: NO074}]"), "neutral", "NO074"),
        (16, _draft("", "reserved: res-ws"), "neutral", "res-ws"),
        (17, _draft("", "aims: [inn-pur]"), "neutral", "inn-pur"),
        (18, _draft("", "award_criteria: [{code: price, percent: 70}, {code: quality, percent: 30}]"),
         "neutral", 70),
        (18, _draft("", "award_criteria: [{code: price, percent: 70}, {code: quality, percent: 30},"
                    " {code: quality-nor-env-spec, percent: 0}]"), "neutral", 70),
        (18, _draft("", "award_criteria: [{code: quality, rank: 1}, {code: price, rank: 2}]"), "neutral", 2),
        (19, _draft("", "planning_notice: 9c0fd704"), "helps", "9c0fd704"),
        (20, _draft("", "suitable_for_small: true"), "neutral", "true"),
        (24, _draft("", "start: 2026-01-01, months: 24"), "neutral", "2028-01-01"),
        (24, _draft("", "start: 9999-01-01, months: 24"), "not_stated", None),
    ],
)  # fmt: skip
def test_one_rule_at_a_time(judge: Judge, rule: int, text: str, verdict: str, value: Any) -> None:
    found = _of(judge(text), rule)
    assert (found.verdict, found.value) == (verdict, value), found.text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("NO020", "Only the county is stated: Innlandet."),
        ("NO072", "Only the county is stated: Troms."),
        ("NO0B2", "Only an area is stated: Svalbard."),
        ("UKI31", "Only an area is stated: UKI31."),
    ],
)
def test_a_county_is_called_by_its_name(judge: Judge, code: str, told: str) -> None:
    found = _of(judge(_draft("", f"places: [{{county: {code}}}]").encode()), 15)
    assert found.value == code
    assert found.text.startswith(told)


def test_an_empty_draft_is_open_in_nothing(judge: Judge) -> None:
    result = judge(_draft())
    assert result.counts["helps"] == result.counts["hinders"] == 0
    assert {_of(result, rule).verdict for rule in (4, 5, 6, 7, 8, 9, 10, 12, 13)} == {"not_stated"}


def test_no_row_for_a_day_means_that_the_threshold_is_not_known() -> None:
    assert "NOK" not in thresholds_on(dt.date(2026, 1, 1))
    assert thresholds_on(dt.date(2018, 5, 1)) == {}
    assert thresholds_on(dt.date(2028, 1, 1)) == {}
    assert thresholds_on(dt.date(2024, 3, 14))["NOK"]["eea_other"] == 2_300_000
    assert thresholds_on(dt.date(2024, 3, 13))["NOK"]["eea_other"] == 2_200_000
    assert "NOK" not in thresholds_on(dt.date(2020, 2, 12))
    assert thresholds_on(dt.date(2025, 12, 31))["EUR"]["eea_other"] == 221_000


@pytest.mark.parametrize(
    ("value", "kind", "buyer", "words"),
    [
        ("{amount: 215999, currency: EUR}", "services", "la", "below the threshold of 216,000 EUR"),
        ("{amount: 216000, currency: EUR}", "services", "la", "above the threshold of 216,000 EUR"),
        ("{amount: 150000, currency: EUR}", "supplies", "cga", "above the threshold of 140,000 EUR"),
        ("{amount: 5404000, currency: EUR}", "works", "la", "above the threshold of 5,404,000 EUR"),
        ("{amount: 90000000, currency: NOK}", "services", "la", "in the directive it is 216,000 euro"),
        ("{amount: 90000000, currency: SEK}", "services", "la", "date, buyer or currency"),
    ],
)
def test_the_threshold_is_that_of_the_day_and_the_currency(
    judge: Judge, value: str, kind: str, buyer: str, words: str
) -> None:
    text = _draft(f"value: {value}").replace("2025-10-01", "2026-10-01")
    text = text.replace("kind: services", f"kind: {kind}").replace("buyer_type: la", f"buyer_type: {buyer}")
    assert words in _of(judge(text), 1).text


def test_each_legal_basis_says_where_it_was_looked_up() -> None:
    known = rules()
    for name, basis in known["bases"].items():
        assert basis["status"] in ("confirmed", "not_confirmed"), name
        assert basis["source"] is None or basis["source"] in known["sources"], name
        assert (basis["basis"] == "not_found") == (basis["status"] == "not_confirmed"), name
    assert set(known["time_limits"]["source"]) <= set(known["sources"])


@pytest.mark.parametrize(
    ("lang", "mark"), [("nb", "ikke bekreftet"), ("nn", "ikkje stadfesta"), ("en", "not confirmed")]
)
def test_a_basis_that_no_text_confirms_is_marked(judge: Judge, lang: str, mark: str) -> None:
    found = judge(_draft("subtype: '16'"), lang=lang)
    assert mark in _of(found, 9).basis
    assert mark not in _of(found, 5).basis
    assert "not_confirmed" in [each.id for each in found.notices]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("minst 2 000 000 NOK", [(2e6, "NOK")]),
        ("GBP 200 000.00 for the last 3 years", [(2e5, "GBP")]),
        ("EUR 1.250.000,50 og kr 500", [(1_250_000.5, "EUR"), (500, "NOK")]),
        ("1,5 mill. kroner", [(1.5e6, "NOK")]),
        ("omsetning siste 3 år i 2024", []),
        ("9" * 400 + " NOK", []),
    ],
)
def test_amounts_in_a_text(text: str, amounts: list[tuple[float, str]]) -> None:
    assert amounts_in(text) == [Amount(*each) for each in amounts]


def test_an_answer_given_before_is_the_one_that_would_be_given(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand = "demands: [{code: slc-stand-to-gen, text: Omsetning minst 9 000 000 NOK.}]"
    lots = [
        "title: A, value: {amount: 900000, currency: NOK}, months: 24, languages: [NOB]",
        "title: B, value: {amount: 900000, currency: NOK}, months: 24, languages: [NOB]",
        "title: C, value: {amount: 900000, currency: NOK}, months: 60, framework: fa-wo-rc",
        "title: D, months: 60, framework: fa-wo-rc, suitable_for_small: true, legal_form: true",
        f"{demand}, suitable_for_small: true",
        f"{MONEY}, {demand}, suitable_for_small: true",
    ]
    text = _draft("", *lots, *reversed(lots))
    quick = judge(text)
    monkeypatch.setattr(judging.Judge, "_again", judging.Judge._judged)
    slow = judge(text)
    assert quick.findings == slow.findings
    assert {(each.id, each.text) for each in quick.warnings} == {
        (each.id, each.text) for each in slow.warnings
    }
