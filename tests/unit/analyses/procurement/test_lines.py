"""Each answer names the line of what it rests on, in XML and in a draft; lots that are alike too."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mutated_notices import sound
from tyngdepunkt.analyses.procurement import eforms
from tyngdepunkt.analyses.procurement.fieldmap import fields
from tyngdepunkt.analyses.procurement.lines import MOST
from tyngdepunkt.analyses.procurement.result import Result

Judge = Callable[..., Result]
DRAFT = """\
procurement:
  procedure: open
  accelerated: false
  value: {amount: 9000000, currency: NOK}
  lots:
    - id: A
      months: 24
      languages:
        - ENG
        - NOB
      demands:
        - {code: slc-abil-ref-services, text: Tre oppdrag.}
        - code: slc-stand-to-gen
          text: Omsetning 200 mill. kroner.
    - id: B
      guarantee: true
      demands: [{code: slc-suit-reg-trade, text: Reg.}, {code: slc-stand-other, text: Kredittrating A.}]
"""


def _elements(field: str) -> set[str]:
    """Local names of the elements that hold a field, whatever its level."""
    key = re.sub(r"-[A-Z].*", "", field)
    return {_last(each.xpath) for each in fields().values() if each.key == key}


def _last(xpath: str) -> str:
    while (bare := re.sub(r"\[[^\[\]]*\]", "", xpath)) != xpath:
        xpath = bare
    return xpath.partition("/@")[0].rpartition(":")[2]


def _checked(content: bytes, result: Result) -> Iterator[int]:
    lines = content.decode().split("\n")
    for each in result.findings:
        if each.line is not None:
            shown = "".join(lines[max(0, each.line - 3) : each.line])  # a start tag may be longer than a line
            assert any(f":{name}" in shown for name in _elements(each.field)), (each, shown)
            yield each.line


def test_lines_of_every_stored_notice_hold_the_element(notices: Path, judge: Judge) -> None:
    stored = [path.read_bytes() for path in sorted(notices.glob("*.xml"))]
    assert sum(len(list(_checked(content, judge(content)))) for content in stored) > 150


def test_lines_of_a_notice_with_repeated_terms_are_those_of_the_file(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = sound(300)
    result = judge(content)
    assert len(set(_checked(content, result))) > 600
    monkeypatch.setattr(eforms, "shortened", lambda _: None)
    assert [each.line for each in judge(content).findings] == [each.line for each in result.findings]


def test_what_is_not_there_has_no_line_and_a_demand_its_own(judge: Judge) -> None:
    found = {(each.rule, each.lot): each.line for each in judge(DRAFT).findings}
    words = DRAFT.split("\n")
    expected = {
        (4, "A"): "value:", (5, "A"): "slc-stand-to-gen", (7, "A"): "slc-abil-ref", (11, "A"): "open",
        (13, "A"): "ENG", (6, "B"): "guarantee",
    }  # fmt: skip
    for place, word in expected.items():
        assert word in words[(found[place] or 0) - 1], place
    assert {found[9, "A"], found[6, "A"], found[5, "B"], found[10, "B"], found[2, None]} == {None} | {
        found[2, None]
    }


def test_a_broken_national_rule_names_the_line_of_its_field(judge: Judge) -> None:
    content = sound(1).replace(b">la<", b">cga-x<")
    [broken] = [each for each in judge(content).national if each.rule.endswith("LT-R002B")]
    assert b"cga-x" in content.split(b"\n")[(broken.line or 0) - 1]
    assert all(each.line is None for each in judge(content.replace(b">cga-x<", b"><")).national
               if each.field == "BT-11-Procedure-Buyer" and each.rule.endswith("R002B"))  # fmt: skip


def test_lines_that_the_parser_does_not_count_are_left_out(judge: Judge) -> None:
    content = sound(1).replace(
        b"<cac:ProcurementProjectLot>", b"\n" * 70_000 + b"<cac:ProcurementProjectLot>"
    )
    lines = {each.line for each in judge(content).findings if each.lot}
    assert all(line is None or line <= MOST for line in lines)
    assert None in lines


def test_json_has_no_lines(judge: Judge) -> None:
    release = (
        '{"ocid": "x", "tag": ["tender"], "tender": {"procurementMethod": "open", "lots": [{"id": "1"}]}}'
    )
    assert {each.line for each in judge(release).findings} == {None}
