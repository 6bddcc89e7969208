"""Every way in reads the table of examples alike: terminal, form, ledger, case file, rank, regions, weights.

What a caller adds of its own (no negative number, a number that must be known, one number and not a
range) is taken off before the answers are compared; the number itself may never differ.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

import number_examples as examples
from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.labour_market_regions.load_flows import read_flows
from tyngdepunkt.analyses.location.input.interactive import CasePrompt
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.state_jobs.import_file import read_events
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs import field_types, numbers
from tyngdepunkt.places import Places

OWN = frozenset(
    {
        "negative", "jobs_negative", "jobs_unknown", "jobs_too_many", "too_large_number", "cell_missing",
        "not_one_number", "jobs_kind", "weight_kind", "negative_weight", "cell_kind", "missing_cell",
        "not_a_number", "no_persons", "cell_too_large",
    }
)  # fmt: skip
"""Faults of a caller's own: the text was read, or is no number in words of the caller's."""

TEXTS = [text for text in examples.EXAMPLES if len(text) < 100]


def faults_of(error: UserError) -> str:
    return next(fault.key.rpartition(":")[2] for fault in error.faults)


def of_terminal(text: str, places: Places, tmp_path: Path) -> Any:
    lines = iter([text])
    asker = CasePrompt(lambda: next(lines, None), lambda _line: None, places, "nb")
    try:
        return asker.ask("count", field_types.span, occupation="x")
    except UserError:  # asked again, and there were no more answers
        try:
            return field_types.span(text)
        except PydanticCustomError as error:
            return error.type.rpartition(":")[2]


def of_form(text: str, places: Places, tmp_path: Path) -> Any:
    """What a form keeps is read as a case."""
    kept = numbers.answer(text)
    try:
        return field_types.span(kept)
    except PydanticCustomError as error:
        return error.type.rpartition(":")[2]


def of_ledger(text: str, places: Places, tmp_path: Path) -> Any:
    file = tmp_path / "events.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerows([["kind", "agency", "place", "jobs", "date", "source"]])
        writer.writerow(["established", "A", "Vidda", text, "2023", "x"])
    try:
        (event,) = read_events(file, places)
    except UserError as error:
        return faults_of(error)
    return event.low, event.high


def a_case(**fields: str) -> str:
    unit = fields.pop("unit", "{name: U}")
    base = f"title: T\ndate: 2023-06-01\ntrigger: new_agency\nunit: {unit}\nalternatives: [Hovedby, Vidda]\n"
    return base + "".join(f"{name}: {value}\n" for name, value in fields.items())


def quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def of_case(text: str, places: Places, tmp_path: Path) -> Any:
    case = a_case(unit=f"{{name: U, jobs: [{{occupation: '2611', count: {quoted(text)}}}]}}")
    try:
        (job,) = case_from_text(case, places).unit.jobs or ()
    except UserError as error:
        return faults_of(error)
    return job.count


def of_costs(text: str, places: Places, tmp_path: Path) -> Any:
    try:
        return case_from_text(a_case(costs=f"{{rent_per_m2: {quoted(text)}}}"), places).costs.rent_per_m2
    except UserError as error:
        return faults_of(error)


def of_demand(text: str, places: Places, tmp_path: Path) -> Any:
    demand = f"[{{indicator: airport_minutes, max: {quoted(text)}, min: -1000000000000}}]"
    try:
        (found,) = case_from_text(a_case(must_have=demand), places).must_have
    except UserError as error:
        return faults_of(error)
    return None if found.maximum is None else (found.maximum, found.maximum)


def of_rank(text: str, places: Places, tmp_path: Path) -> Any:
    from tyngdepunkt.analyses.ranking.source_positions import Marks
    from tyngdepunkt.inputs.reading import parse_mapping

    located = parse_mapping(f"cell: {quoted(text)}\n", Path("t.yaml"))
    marks = Marks(located)
    found = marks.number(numbers.number, located.data["cell"], "cell_kind", ("cell",))
    key = next((fault.key.rpartition(":")[2] for fault in marks.faults), None)
    return key if found is None else (found, found)


def of_regions(text: str, places: Places, tmp_path: Path) -> Any:
    file, sent = tmp_path / "flows.csv", io.StringIO()
    csv.writer(sent, delimiter=";").writerows([["from", "to", "persons"], ["A", "A", text]])
    file.write_text(sent.getvalue(), encoding="utf-8")
    faults = Faults()
    flows = read_flows(Brought.from_path(file), faults)
    if faults:
        return next(iter(faults)).key.rpartition(":")[2]
    value = float(flows.flows.matrix.toarray()[0, 0])
    return value, value


def of_weights(text: str, places: Places, tmp_path: Path) -> Any:
    from tyngdepunkt.analyses.location.input import ROOM
    from tyngdepunkt.analyses.location.input.weights import _ends
    from tyngdepunkt.inputs.parse_context import ParseContext
    from tyngdepunkt.inputs.reading import parse_mapping

    ctx = ParseContext(parse_mapping(f"weights: {quoted(text)}\n", Path("t.yaml")), ROOM, places, "nb")
    found = _ends(ctx.located.data["weights"], ctx, ("weights",))
    return next((fault.key.rpartition(":")[2] for fault in ctx.faults), None) if found is None else found


CALLERS: dict[str, Callable[[str, Places, Path], Any]] = {
    "terminal": of_terminal,
    "form": of_form,
    "ledger": of_ledger,
    "case": of_case,
    "costs": of_costs,
    "demand": of_demand,
    "rank": of_rank,
    "regions": of_regions,
    "weights": of_weights,
}


@pytest.mark.parametrize("caller", CALLERS)
def test_every_caller_reads_the_table_alike(caller: str, eksempelland: Places, tmp_path: Path) -> None:
    wrong = []
    for text in TEXTS:
        right, found = examples.EXAMPLES[text], CALLERS[caller](text, eksempelland, tmp_path)
        ordinary = isinstance(right, tuple) and right[0] == right[1] and 0 < right[0] < 1_000_000
        if found == right or (found in OWN and not ordinary):
            continue
        wrong.append((text, right, found))
    assert not wrong


@pytest.mark.parametrize("caller", CALLERS)
def test_no_caller_takes_what_is_in_doubt(caller: str, eksempelland: Places, tmp_path: Path) -> None:
    for text, fault in examples.IN_DOUBT.items():
        assert CALLERS[caller](text, eksempelland, tmp_path) == fault, (caller, text)


@pytest.mark.parametrize("caller", CALLERS)
def test_plain_numbers_are_taken_by_all(caller: str, eksempelland: Places, tmp_path: Path) -> None:
    for text in ("30", "1 200", "1\u202f200", "1.200,5", "12,5", "0,125", "1.200.000"):
        if caller == "regions" and text == "0":
            continue
        if caller == "ledger" and text == "1.200.000":
            continue  # more jobs than an event can have
        assert CALLERS[caller](text, eksempelland, tmp_path) == examples.EXAMPLES[text], (caller, text)


SHARES: dict[str, Callable[[Any, Places], Any]] = {
    "follow_share": lambda text, places: (
        case_from_text(
            a_case(staff=f"{{follow_share: {text if isinstance(text, int | float) else quoted(text)}}}"),
            places,
        ).staff.follow_share
    ),
}


@pytest.mark.parametrize("text", examples.SHARES)
def test_a_share_in_a_case_file_is_as_the_table_says(text: Any, eksempelland: Places) -> None:
    right = examples.SHARES[text][0]
    try:
        found: Any = SHARES["follow_share"](text, eksempelland)
    except UserError as error:
        found = faults_of(error)
    assert found == right


@pytest.mark.parametrize("text", [text for text in examples.SHARES if isinstance(text, str)])
def test_a_share_in_a_form_is_as_the_table_says_or_is_asked_about(text: str) -> None:
    right = examples.SHARES[text][1]
    kept = numbers.answer(text, in_percent=True)
    try:
        found: Any = numbers.share_span(kept)
    except UserError as error:
        found = faults_of(error)
    if right == "share_in_doubt":  # kept as typed, and asked about by the page
        assert kept == text
    elif right != found:
        assert (right, found) == ((0.3, 0.3), "share_above_one") or kept == text
