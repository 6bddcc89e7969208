"""No reason and no message holds a code that has a word; one that has none stays what it is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tyngdepunkt.analyses.procurement.result import Result
from tyngdepunkt.analyses.procurement.words import word, words
from tyngdepunkt.texts import texts_of

Judge = Callable[..., Result]
CODES = texts_of("analyses.procurement")["codes"]
RAW = re.compile(
    r"\b(?:slc|quality-nor|epo|res|subc|clos|open|selec|env|clim|acc|proc|body|pub|org)-[a-z]+\b"
    r"|\b[A-Z]{3}\b(?<!NOK)(?<!EUR)(?<!GBP)(?<!SDK)(?<!EEA)|\d{4}-\d\d-\d\d"
    r"|\d{5,}|: (?:large|medium|micro)\b(?!-sized| firm)"
)
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|N1 9FL")
LOT = """\
procurement:
  lots:
    - id: A
      {field}
"""


def _told(result: Result) -> Iterator[str]:
    for told in (result.findings, result.national, result.warnings, result.notices, result.reach):
        for each in told:
            yield each.text


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_no_sentence_about_a_stored_notice_holds_a_code(
    notices: Path, notice: Callable[..., bytes], judge: Judge, lang: str
) -> None:
    for path in sorted(notices.glob("*.xml")):
        for text in _told(judge(notice(path.stem), lang=lang)):
            assert not RAW.search(QUOTED.sub("", text)), (path.name, text)


@pytest.mark.parametrize(
    ("field", "rule", "list_"),
    [
        ("demands: [{{code: {code}, text: Noe.}}]", (6, 7), "BT-809"),
        ("aims: [{code}]", (17,), "BT-06"),
        ("award_criteria: [{{code: {code}, percent: 0}}]", (17,), "BT-539"),
        ("reserved: {code}", (16,), "BT-71"),
        ("languages: [{code}]", (13,), "BT-97"),
    ],
)
def test_a_code_is_told_by_its_word_and_kept_as_the_value(
    judge: Judge, field: str, rule: tuple[int, ...], list_: str
) -> None:
    for lang in ("nb", "nn", "en"):
        for code, told in CODES[list_].items():
            if code in ("NOR", "NOB", "NNO"):
                continue
            found = judge(LOT.format(field=field.format(code=code)), lang=lang).findings
            [answer] = [each for each in found if each.rule in rule and each.value]
            assert told[lang] in answer.text
            assert answer.value == code


def test_an_unknown_code_stays_the_code(judge: Judge) -> None:
    text = LOT.format(field="reserved: res-new")
    [answer] = [each for each in judge(text).findings if each.rule == 16]
    assert "res-new" in answer.text
    assert type(word("BT-06", "other")) is str
    assert words("BT-165", ["large", "x", "large"]) == ["large", "x"]


def test_an_exemption_from_climate_is_no_aim(judge: Judge) -> None:
    exempt = "award_criteria: [{code: quality-nor-env-none, percent: 0}, {code: price, percent: 100}]"
    [answer] = [each for each in judge(LOT.format(field=exempt)).findings if each.rule == 17]
    assert "why climate and environment are not weighed" in answer.text
    both = f"{exempt}\n      aims: [soc-obj]"
    [answer] = [each for each in judge(LOT.format(field=both)).findings if each.rule == 17]
    assert answer.text == "Green, social or innovative aims are stated: social aims."


@pytest.mark.parametrize(
    ("end", "words_"),
    [
        ("2026-09-16", "It is estimated that a new one"),
        ("2026-09-14", "Whether it came again the notice does not"),
    ],
)
def test_a_contract_that_is_over_is_told_as_over(judge: Judge, end: str, words_: str) -> None:
    [answer] = [each for each in judge(LOT.format(field=f"end: {end}")).findings if each.rule == 24]
    assert words_ in answer.text


@pytest.mark.parametrize(
    ("months", "words_"), [(6, "lasts one year or less"), (12, "one year or less"), (24, "over 2 years")]
)
def test_a_year_or_less_counts_as_the_value_per_year(judge: Judge, months: int, words_: str) -> None:
    field = f"months: {months}\n      value: {{amount: 900000, currency: NOK}}"
    [answer] = [each for each in judge(LOT.format(field=field)).findings if each.rule == 4]
    assert words_ in answer.text
    assert answer.value == 900_000 / max(1, months / 12)


def test_sums_that_differ_by_less_than_one_are_told_with_decimals(
    notice: Callable[..., bytes], judge: Judge
) -> None:
    content = notice("e2-with-deviant-sum-of-parts-value")
    assert b">200000<" in content
    for whole, told in ((b">100000.5<", "100,000.50"), (b">200000<", "200,000,"), (b"><", "is missing")):
        broken = judge(content.replace(b">200000<", whole)).national
        [found] = [each for each in broken if each.rule.endswith("VA-R001B")]
        assert told in found.text, found.text


def test_why_nobody_won_is_told_in_words(notice: Callable[..., bytes], judge: Judge) -> None:
    content = notice("eu_test_can_24")
    given = b'listName="non-award-justification">other<'
    assert given in content
    for code, told in CODES["BT-144"].items():
        result = judge(content.replace(given, given.replace(b"other", code.encode())))
        [answer] = [each for each in result.findings if each.rule == 23]
        assert told["en"] in answer.text
        assert (answer.verdict == "hinders") == (code in ("no-rece", "one-admis"))
    silent = judge(content.replace(given, given.replace(b"other", b"")))
    assert "the reason is not stated" in next(each.text for each in silent.findings if each.rule == 23)


@pytest.mark.parametrize(
    ("together", "told"), [("all", "see question 2"), ("one", "smaller firms can take one")]
)
def test_division_is_no_way_in_where_a_tender_must_be_for_all(judge: Judge, together: str, told: str) -> None:
    text = f"procurement:\n  lots_together: {together}\n  lots: [{{id: A}}, {{id: B}}]\n"
    assert told in next(each.text for each in judge(text).findings if each.rule == 1)


@pytest.mark.parametrize(
    ("sources", "fifth", "ninth"),
    [
        ("documents", "stand in the procurement documents", "stand in the procurement documents"),
        ("espd", "stand in the self-declaration", "stand in the self-declaration"),
        ("documents, espd", "stand in the procurement documents", "stand in the procurement documents"),
        ("notice, espd", "Not among the requirements in the notice", "can be read in the notice"),
    ],
)
def test_the_document_that_is_named_is_the_one_that_holds_the_demands(
    judge: Judge, sources: str, fifth: str, ninth: str
) -> None:
    found = {
        each.rule: each.text for each in judge(LOT.format(field=f"criteria_source: [{sources}]")).findings
    }
    assert fifth in found[5]
    assert ninth in found[9]


@pytest.mark.parametrize(
    ("subtype", "told"), [("E3", "published as one below"), ("16", "threshold in kroner is not known")]
)
def test_a_notice_of_the_national_kind_is_not_measured_against_a_threshold_it_is_below(
    judge: Judge, subtype: str, told: str
) -> None:
    text = LOT.format(field="value: {amount: 900000, currency: NOK}")
    whole = f"  subtype: {subtype}\n  buyer_type: la\n  kind: services\n  dispatch: 2026-10-01\n  lots:"
    [answer] = [each for each in judge(text.replace("  lots:", whole)).findings if each.rule == 1]
    assert told in answer.text
    assert answer.verdict == "not_stated"
