"""A draft in YAML: every fault at once, each with its line."""

from pathlib import Path

import pytest

from tyngdepunkt.analyses.contract import Brought, Setting
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.analyses.procurement.question import Question
from tyngdepunkt.analyses.procurement.read import read
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import open_places
from tyngdepunkt.texts import NBSP, explain_error, fault_lines

EXAMPLES = Path(__file__).parents[4] / "examples" / "procurement"


def _faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        read(Brought("draft.yaml", text.encode()))
    for lang in ("nb", "nn", "en"):
        assert explain_error(caught.value, lang)
    return [(fault.key.split(":")[1], fault.where) for fault in caught.value.faults]


def test_the_example_is_read() -> None:
    source = read(Brought("draft.yaml", ANALYSIS.example.encode()))
    assert source.kind == "draft"
    [lot] = source.lots
    assert lot.record["BT-27"] == [("900000", "NOK")]
    assert lot.record["BT-36"] == [("24", "MONTH")]


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = """\
procurement:
  colour: red
  dispatch: tomorrow
  lots:
    - months: -3
      value: {amount: many, currency: NOK}
      guarantee: maybe
      criteria_source: [oracle]
      demands: [{cod: x}]
"""
    assert _faults(text) == [
        ("draft_key", "line 2, procurement.colour"),
        ("draft_value", "line 3, procurement.dispatch"),
        ("draft_value", "line 6, procurement.lots[0].value.amount"),
        ("draft_value", "line 5, procurement.lots[0].months"),
        ("draft_value", "line 8, procurement.lots[0].criteria_source"),
        ("draft_key", "line 9, procurement.lots[0].demands[0].cod"),
        ("draft_value", "line 7, procurement.lots[0].guarantee"),
    ]


@pytest.mark.parametrize("value", ["900000", "many", "[1]"])
def test_a_sum_that_is_none_is_told_once_with_the_form_it_takes(value: str) -> None:
    text = f"procurement:\n  value: {value}\n  lots: [{{months: 1}}]\n"
    assert _faults(text) == [("draft_value", "line 2, procurement.value")]
    with pytest.raises(UserError) as caught:
        read(Brought("draft.yaml", text.encode()))
    assert "{amount: 900000, currency: NOK}" in explain_error(caught.value, "nb")


def test_a_part_of_a_list_is_named_by_the_list() -> None:
    with pytest.raises(UserError) as caught:
        read(Brought("draft.yaml", b"procurement: {lots: [{demands: turnover}]}"))
    [fault] = caught.value.faults
    assert fault.values["name"] == "demands"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("title: A\n", "no_draft"),
        ("procurement: {title: A}\n", "draft_lots"),
        ("procurement: 3\n", "draft_value"),
        ("procurement: {lots: []}\n", "draft_lots"),
    ],
)
def test_what_is_missing_at_the_top(text: str, key: str) -> None:
    assert _faults(text)[0][0] == key


@pytest.mark.parametrize("value", ["[[a]]", "[{a: 1}]", "{a: 1}", "[true]", "[[[]]]"])
@pytest.mark.parametrize("name", ["criteria_source", "languages", "description", "aims", "reserved"])
def test_a_list_or_a_mapping_where_a_word_is_asked_is_told(name: str, value: str) -> None:
    [(key, where)] = _faults(f"procurement:\n  lots:\n    - {name}: {value}\n")
    assert (key, where) == ("draft_value", f"line 3, procurement.lots[0].{name}")


@pytest.mark.parametrize("value", ["[[la]]", "[{la: 1}]", "3"])
def test_a_type_of_buyer_is_a_word(value: str) -> None:
    text = f"procurement:\n  buyer_type: {value}\n  lots: [{{id: A}}]\n"
    assert _faults(text) == [("draft_value", "line 2, procurement.buyer_type")]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_stored_examples_are_read_and_marked_as_invented(file: Path) -> None:
    source = read(Brought.from_path(file, ANALYSIS.most_bytes))
    assert [lot.id for lot in source.lots] == ["LOT-0001", "LOT-0002"]
    assert "invented" in file.read_text(encoding="utf-8").splitlines()[0]


def test_the_same_draft_as_json() -> None:
    source = read(Brought("draft.json", b'{"procurement": {"lots": [{"months": 12}]}}'))
    assert source.lots[0].record["BT-36"] == [("12", "MONTH")]


def test_a_kind_and_a_procedure_that_do_not_exist_are_told() -> None:
    assert _faults("procurement: {kind: tjenester, procedure: åpen, lots: [{id: A}]}\n") == [
        ("draft_value", "line 1, procurement.procedure"),
        ("draft_value", "line 1, procurement.kind"),
    ]


def test_a_sentence_names_the_procedure_in_words_and_whole_years_without_decimals() -> None:
    draft = """\
procurement:
  procedure: open
  lots: [{id: A, value: {amount: 4000000, currency: NOK}, months: 24}]
"""
    brought = {"notice": Brought("draft.yaml", draft.encode())}
    told = ANALYSIS.answer(brought, Question(), Setting("nb", open_places)).findings
    texts = {each.rule: each.text.replace(NBSP, " ") for each in told}
    assert texts[11] == "Prosedyren er «åpen anbudskonkurranse»."
    assert "over 2 år: 2 000 000 NOK per år" in texts[4]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nb", "Skriv works (bygg og anlegg), supplies (varer) eller services (tjenester)."),
        ("nn", "Skriv works (bygg og anlegg), supplies (varer) eller services (tenester)."),
        ("en", "Write one of works, supplies or services."),
    ],
)
def test_what_to_write_stands_in_the_advice_that_pages_show(lang: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        read(Brought("draft.yaml", b"procurement: {kind: tjenester, lots: [{id: A, colour: red}]}"))
    value, key = (fault_lines(fault, lang) for fault in caught.value.faults)
    assert value["do"] == told
    assert "guarantee" in key["do"]


@pytest.mark.parametrize(("lang", "word"), [("nb", "Utkast"), ("nn", "Utkast"), ("en", "Draft")])
def test_a_draft_is_known_by_its_title(lang: str, word: str) -> None:
    brought = {"notice": Brought("draft.yaml", ANALYSIS.example.encode())}
    setting = Setting(lang, open_places)
    result = ANALYSIS.answer(brought, Question(), setting)
    heading = f"{word}: Vintervedlikehold av kommunale veger"
    assert ANALYSIS.document(result, lang).subtitle == heading
    assert heading in [getattr(each, "caption", None) for each in ANALYSIS.blocks(result, lang)]


@pytest.mark.parametrize("title", ["", "  ", "null", "'' ", "' '"])
def test_a_draft_without_a_title_is_told_so(title: str) -> None:
    text = f"procurement:\n  title: {title}\n  lots: [{{months: 1}}]\n"
    result = ANALYSIS.answer({"notice": Brought("d", text.encode())}, Question(), Setting("nb", open_places))
    assert result.notice.title is None
    assert ANALYSIS.document(result, "nb").subtitle == "Kunngjøring uten nummer"


def test_a_title_that_is_no_text_is_told() -> None:
    assert _faults("procurement:\n  title: {a: b}\n  lots: [{months: 1}]\n") == [
        ("draft_value", "line 2, procurement.title")
    ]


def _noted(lots: list[int]) -> list[str]:
    """The hindrances of a note on lots that demand so much turnover each."""
    rows = "\n".join(
        f"    - {{id: L{at}, months: 12, value: {{amount: 100, currency: NOK}}, "
        f"demands: [{{code: slc-stand-to-gen, text: Omsetning {each} NOK.}}]}}"
        for at, each in enumerate(lots)
    )
    brought = {"notice": Brought("d", f"procurement:\n  lots:\n{rows}\n".encode())}
    note = ANALYSIS.document(ANALYSIS.answer(brought, Question(), Setting("en", open_places)), "en")
    return [getattr(each, "text", "") for each in note.sections[0].blocks]


def test_each_hindrance_is_told_of_the_lots_it_holds_for() -> None:
    first, second, *_ = _noted([5000, 9000, 5000])
    assert first.startswith("Turnover demanded? L0 and L2: A turnover of 5,000 NOK")
    assert second.startswith("Turnover demanded? L1: A turnover of 9,000 NOK")
    assert _noted([5000] * 6)[0].startswith("Turnover demanded? 6 lots: A turnover of 5,000 NOK")
    many = _noted([5000 + at for at in range(9)])
    assert "4 other reasons in other lots stand" in many[5]
    assert not any("5,006" in each for each in many)
