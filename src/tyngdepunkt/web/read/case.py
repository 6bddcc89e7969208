"""What the pages of a location case show: faults at their fields, answers in short, centres that survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt import rules, texts
from tyngdepunkt.analyses.location.case import case_from_text
from tyngdepunkt.analyses.state_jobs.rows import jobs_of
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import for_rules

if TYPE_CHECKING:
    from tyngdepunkt.indicators import Indicator
    from tyngdepunkt.places import Municipality, Places
    from tyngdepunkt.rules import RuleSet
    from tyngdepunkt.workspace.drafts import Draft

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
        lines = texts.fault_lines(self.fault, lang)
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
        return rules.newest()


def indicators_of(content: Mapping[str, Any]) -> tuple[Indicator, ...]:
    """The indicators a demand can be about."""
    return for_rules(rule_set_of(content).version)


def occupations(places: Places, text: str) -> list[tuple[str, str, str]]:
    """Occupations whose name, title or number holds what was written, the best first.

    Returns:
        (code, name, the title that was found where it is not in the name).
    """
    wanted = " ".join(text.casefold().split())[:100]
    if not wanted:
        return []
    names = dict(places.rows("occupation", ("code", "name"), level=4))
    found: dict[str, tuple[int, str, str]] = {}
    titles = [*places.rows("occupation_title", ("title", "occupation")), *((n, c) for c, n in names.items())]
    for title, code in titles:
        low = str(title).casefold()
        if code in names and (wanted in low or code == wanted):
            place = 0 if low == wanted or code == wanted else 1 if low.startswith(wanted) else 2
            title_told = "" if wanted in names[code].casefold() else str(title)
            found[code] = min(found.get(code, (9, "", "")), (place, names[code], title_told))
    ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return [(code, name, title) for code, (_, name, title) in ordered[:FOUND]]


def occupation_names(places: Places) -> dict[str, str]:
    """Code → name of the occupations of four digits."""
    return dict(places.rows("occupation", ("code", "name"), level=4))


@dataclass(frozen=True, slots=True)
class Row:
    """An alternative as it is listed: its text, its place and class where it is one place.

    Args:
        told: what stands quietly beside the name: the number and, where it is another name, the place.
        parts: the municipalities of one that has several places.
    """

    value: Any
    name: str
    code: str = ""
    centrality: int | None = None
    region: str = ""
    fits: bool | None = None
    told: str = ""
    parts: tuple[str, ...] = ()


def alternative_rows(content: Mapping[str, Any], places: Places, lang: str) -> list[Row]:
    """The alternatives of a draft; the class rule is told where the place is known."""
    written = content.get("alternatives")
    return [_row(each, places, lang) for each in (written if isinstance(written, list) else [])]


def _row(value: Any, places: Places, lang: str) -> Row:
    place = value.get("place") if isinstance(value, dict) else value
    own = str(value.get("name") or "") if isinstance(value, dict) else ""
    here = _municipality(str(place), places) if place else None
    if here is None:
        name = own or str(place or "") or _kind(value, places, lang)
        found = [_municipality(each, places) for each in _parts(value)]
        return Row(value, name, parts=tuple(each.code for each in found if each))
    written = str(place).strip()
    name = own or (here.name if _is_number(written) else written)
    told = here.code if name == here.name else f"{here.code} {here.name}"
    fits = here.centrality_class is not None and here.centrality_class >= 3
    return Row(value, name, here.code, here.centrality_class, here.region_name, fits, told)


def _kind(value: Any, places: Places, lang: str) -> str:
    """What an alternative without a name or a place is called: its places, or its kind."""
    kind = str(value.get("kind") or "") if isinstance(value, dict) else ""
    if parts := _parts(value):
        return texts.listed([place_name(each, places) for each in parts], lang)
    try:
        return texts.text(f"analyses.location.input:kinds.{kind}", lang)
    except (KeyError, TypeError):
        return kind or "?"


def _parts(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    written = next((value[name] for name in ("offices", "parts", "places") if value.get(name)), None)
    listed = written if isinstance(written, list) else []
    return [str(each.get("place") or "?") if isinstance(each, dict) else str(each) for each in listed]


def _municipality(written: str, places: Places) -> Municipality | None:
    try:
        return places.resolve(written).municipality
    except UserError:
        return None


def _is_number(written: str) -> bool:
    return written.replace(" ", "").isdigit()


def place_name(written: str, places: Places) -> str:
    """A place as it is told: a number by its name, a name as it was written.

    >>> place_name("Hamar", None)
    'Hamar'
    """
    here = _municipality(written, places) if _is_number(written) else None
    return f"{here.name} ({here.code})" if here else written


def is_unfound(row: Row) -> bool:
    """Whether an alternative is written as a place, and is none that we know."""
    written = row.value.get("place") if isinstance(row.value, dict) else row.value
    return bool(written) and not row.code


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
