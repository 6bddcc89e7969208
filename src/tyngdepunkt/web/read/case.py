"""What the pages of a location case show: faults at their fields, answers in short, centres that survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt import language, rules
from tyngdepunkt.cases.ledger.rows import jobs_of
from tyngdepunkt.cases.location.case import case_from_text
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import for_rules

if TYPE_CHECKING:
    from tyngdepunkt.cases.drafts import Draft
    from tyngdepunkt.indicators import Indicator
    from tyngdepunkt.places import Places
    from tyngdepunkt.rules import RuleSet

NEWEST = "2022-08-12"
FOUND = 8  # occupations that a search shows
_LINE = re.compile(r"line \d+(, )?")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A fault and the field it is about, as `unit.jobs[0].count`."""

    field: str
    fault: Fault

    @property
    def anchor(self) -> str:
        """`unit-jobs-0-count`: what the field is called in a page."""
        return slug(self.field)

    def text(self, lang: str) -> str:
        """What is wrong and what to do."""
        lines = language.fault_lines(self.fault, lang)
        return f"{lines['what']} {lines['do']}"


def slug(field: str) -> str:
    """A field's path as an id.

    >>> slug("unit.jobs[0].count")
    'unit-jobs-0-count'
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", field).strip("-")


def faults_of(draft: Draft, places: Places) -> tuple[FieldFault, ...]:
    """Everything the reader of case files finds wrong, each at its field."""
    try:
        case_from_text(draft.text, places)
    except UserError as error:
        return tuple(FieldFault(_field(fault), fault) for fault in error.faults)
    return ()


def of_fields(faults: Iterable[FieldFault], fields: Iterable[str]) -> tuple[FieldFault, ...]:
    """The faults that are about some of the fields."""
    wanted = tuple(fields)
    return tuple(
        each
        for each in faults
        if any(re.match(rf"{re.escape(name)}(?![A-Za-z_])", each.field) for name in wanted)
    )


def _field(fault: Fault) -> str:
    """`line 12, unit.jobs` without the line; a field that is missing is named by the fault itself."""
    path = _LINE.sub("", fault.where, count=1)
    if fault.key.endswith(":missing_field"):
        name = str(fault.values.get("field", ""))
        return f"{path}.{name}" if path else name
    return path


def number_of(text: str) -> Any:
    """What a person wrote as a number of jobs: a number, `[low, high]`, `unknown`; else the text itself.

    >>> number_of("10–15"), number_of(""), number_of("12,5"), number_of("many")
    ([10, 15], 'unknown', 12.5, 'many')
    """
    text = text.strip()
    if not text or text.casefold() in ("unknown", "ukjent", "ukjend", "?"):
        return "unknown"
    pair = jobs_of(text)
    if pair is None:
        return text
    low, high = (_whole(each) for each in pair)
    return low if low == high else [low, high]


def limit_of(text: str) -> Any:
    """A plain number, None where nothing is written, else the text itself."""
    text = text.strip()
    if not text:
        return None
    pair = jobs_of(text)
    return text if pair is None or pair[0] != pair[1] else _whole(pair[0])


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def shown_number(value: Any) -> str:
    """A number of jobs as it is written in a field."""
    if value is None or value == "unknown":
        return ""
    if isinstance(value, list | tuple) and len(value) == 2:
        return f"{_plain(value[0])}–{_plain(value[1])}"
    return _plain(value)


def _plain(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def rule_set_of(content: Mapping[str, Any]) -> RuleSet:
    """The rule set a draft is under: the one it names, the one of its date, or the newest."""
    import datetime as dt

    try:
        if content.get("guidelines"):
            return rules.rule_set(str(content["guidelines"]))
        return rules.rule_set_on(dt.date.fromisoformat(str(content.get("date", ""))))
    except (UserError, ValueError):
        return rules.rule_set(NEWEST)


def indicators_of(content: Mapping[str, Any]) -> tuple[Indicator, ...]:
    """The indicators a demand can be about."""
    return for_rules(rule_set_of(content).version)


def occupations(places: Places, text: str) -> list[tuple[str, str]]:
    """Occupations whose name, title or number holds what was written: (code, name), the best first."""
    wanted = " ".join(text.casefold().split())[:100]
    if not wanted:
        return []
    names = dict(places.rows("occupation", ("code", "name"), level=4))
    found: dict[str, tuple[int, str]] = {}
    titles = [*places.rows("occupation_title", ("title", "occupation")), *((n, c) for c, n in names.items())]
    for title, code in titles:
        low = str(title).casefold()
        if code in names and (wanted in low or code == wanted):
            place = 0 if low == wanted or code == wanted else 1 if low.startswith(wanted) else 2
            found[code] = min(found.get(code, (9, "")), (place, names[code]))
    ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return [(code, name) for code, (_, name) in ordered[:FOUND]]


def occupation_names(places: Places) -> dict[str, str]:
    """Code → name of the occupations of four digits."""
    return dict(places.rows("occupation", ("code", "name"), level=4))


def survivors(draft: Draft, places: Places) -> tuple[int, int] | None:
    """How many centres meet the must-haves, of how many; None where the case cannot be read yet."""
    from dataclasses import replace

    from tyngdepunkt.cases.drafts.store import Draft as Stored
    from tyngdepunkt.cases.location.assess import measure_all
    from tyngdepunkt.cases.location.candidates import centres

    asked = {"title": "-", "date": NEWEST, "trigger": "new_agency", "unit": {"name": "-"}}
    kept = {
        key: draft.content[key] for key in ("date", "guidelines", "must_have", "unit") if key in draft.content
    }
    probe = Stored("", 0, {**asked, **kept, "alternatives": ["0301", "4601"]}, draft.changed_at)
    try:
        case = case_from_text(probe.text, places)
    except UserError:
        return None
    everyone = centres(places)
    measured = measure_all(replace(case, alternatives=everyone), places)
    passed = sum(all(each.passed is not False for each in outcome) for outcome in measured.must_haves)
    return passed, len(everyone)


@dataclass(frozen=True, slots=True)
class Row:
    """An alternative as it is listed: its text, its place and class where it is one place."""

    value: Any
    name: str
    code: str = ""
    centrality: int | None = None
    region: str = ""
    fits: bool | None = None


def alternative_rows(content: Mapping[str, Any], places: Places, lang: str) -> list[Row]:
    """The alternatives of a draft; the class rule is told where the place is known."""
    written = content.get("alternatives")
    return [_row(each, places, lang) for each in (written if isinstance(written, list) else [])]


def _row(value: Any, places: Places, lang: str) -> Row:
    place = value.get("place") if isinstance(value, dict) else value
    kind = str(value.get("kind") or "") if isinstance(value, dict) else ""
    name = str((isinstance(value, dict) and value.get("name")) or place or "")
    if not name:
        try:
            name = language.text(f"cases.location.input:kinds.{kind}", lang)
        except (KeyError, TypeError):
            name = kind or "?"
    try:
        here = places.resolve(str(place)).municipality if place else None
    except UserError:
        here = None
    if here is None:
        return Row(value, name)
    fits = here.centrality_class is not None and here.centrality_class >= 3
    name = here.name if name.isdigit() else name  # a number is no name to a reader
    return Row(value, name, here.code, here.centrality_class, here.region_name, fits)


def class_rule(rows: Iterable[Row]) -> tuple[int, int]:
    """How many of the alternatives lie in centrality classes 3–6, of how many with a known class."""
    known = [each for each in rows if each.centrality is not None]
    return sum(bool(each.fits) for each in known), len(known)


def weights_form(content: Mapping[str, Any]) -> dict[str, Any]:
    """The weights of a draft as the form has them: kind, and low, high and order per consideration."""
    value = content.get("weights")
    form: dict[str, Any] = {"kind": "none", "low": {}, "high": {}, "order": {}}
    if not isinstance(value, dict) or not value:
        return form
    if isinstance(value.get("order"), list):
        form["kind"] = "order"
        for at, group in enumerate(value["order"], start=1):
            form["order"] |= dict.fromkeys(group if isinstance(group, list) else [group], at)
        return form
    ranges = any(isinstance(each, list) for each in value.values())
    form["kind"] = "ranges" if ranges else "points"
    for name, each in value.items():
        pair = each if isinstance(each, list) and len(each) == 2 else [each, each]
        form["low"][name], form["high"][name] = _plain(pair[0]), _plain(pair[1])
    return form
