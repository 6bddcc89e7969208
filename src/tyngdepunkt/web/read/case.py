"""What the pages of a location case show: faults at their fields, answers in short, centres that survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt import rules, texts
from tyngdepunkt.analyses.location.input.read import case_from_content
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import for_rules
from tyngdepunkt.inputs import numbers
from tyngdepunkt.places.names import key
from tyngdepunkt.web.read.said import names_its_field, said

if TYPE_CHECKING:
    from tyngdepunkt.indicators import Indicator
    from tyngdepunkt.places import Places, Resolved
    from tyngdepunkt.rules import RuleSet
    from tyngdepunkt.workspace.drafts import Draft

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
        """What is wrong and what to do, beside the field."""
        return said(self.fault, lang, self.field)

    def text_away(self, lang: str, label: str) -> str:
        """The same where the field is not seen, with its label where the sentence does not name it."""
        told = self.text(lang)
        return told if names_its_field(self.fault, self.field) else f"{label}: {told}"


def slug(field: str) -> str:
    """A field's path as an id.

    >>> slug("unit.jobs[0].count")
    'unit-jobs-0-count'
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", field).strip("-")


def faults_of(draft: Draft, places: Places) -> tuple[FieldFault, ...]:
    """Check a draft as a case file is checked.

    Returns:
        Every fault with the field it is about; empty where the case is complete.
    """
    try:
        case_from_content(draft.content, places)
    except UserError as error:
        return tuple(FieldFault(field_of(fault), fault) for fault in error.faults)
    return ()


def of_fields(faults: Iterable[FieldFault], fields: Iterable[str]) -> tuple[FieldFault, ...]:
    """The faults that are about some of the fields."""
    wanted = tuple(fields)
    return tuple(
        each
        for each in faults
        if any(re.match(rf"{re.escape(name)}(?![A-Za-z_])", each.field) for name in wanted)
    )


def field_of(fault: Fault) -> str:
    """The path of the field that a fault is about, without its line: `line 12, unit.jobs` → `unit.jobs`.

    Returns:
        The path. Where a field is missing, the path that it would have.
    """
    path = _LINE.sub("", fault.where, count=1)
    if fault.key.endswith(":missing_field"):
        name = str(fault.values.get("field", ""))
        return f"{path}.{name}" if path else name
    return path


def rule_set_of(content: Mapping[str, Any]) -> RuleSet:
    """The rule set that applies to a draft.

    Returns:
        The one it names, else the one in force on its date; the newest where either cannot be read.
    """
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


@dataclass(frozen=True, slots=True)
class Row:
    """An alternative as it is listed: its text, its place and class where it is one place.

    Args:
        told: what stands quietly beside the name: the number and, where it is another name, the place.
        parts: the municipalities of one that has several places.
        note: what must be said of the place, where the name was taken to another.
    """

    value: Any
    name: str
    code: str = ""
    centrality: int | None = None
    region: str = ""
    fits: bool | None = None
    told: str = ""
    parts: tuple[str, ...] = ()
    note: str = ""


def alternative_rows(content: Mapping[str, Any], places: Places, lang: str) -> list[Row]:
    """The alternatives of a draft as a page lists them.

    Returns:
        One row for each, in order. `fits` says whether a place is of centrality class 3 or higher; it is set
        only where the place is known.
    """
    written = content.get("alternatives")
    return [_row(each, places, lang) for each in (written if isinstance(written, list) else [])]


def _row(value: Any, places: Places, lang: str) -> Row:
    place = value.get("place") if isinstance(value, dict) else value
    own = str(value.get("name") or "") if isinstance(value, dict) else ""
    found = _resolved(str(place), places) if place else None
    if found is None:
        name = own or str(place or "") or _kind(value, places, lang)
        parts = [_resolved(each, places) for each in _parts(value)]
        return Row(value, name, parts=tuple(each.municipality.code for each in parts if each))
    here = found.municipality
    told = f"{here.code} {found.shown}" if own and own != found.shown else here.code
    note = texts.text(found.notice.key, lang, **found.notice.values) if found.notice else ""
    fits = here.centrality_class is not None and here.centrality_class >= 3
    region = (here.centrality_class, here.region_name)
    return Row(value, own or found.shown, here.code, *region, fits, told, note=note)


def _kind(value: Any, places: Places, lang: str) -> str:
    """What an alternative without a name or a place is called: its places, or its kind."""
    kind = str(value.get("kind") or "") if isinstance(value, dict) else ""
    if parts := _parts(value):
        return texts.listed([place_name(each, places) for each in parts], lang)
    return kind_name(kind, lang)


def kind_name(kind: str, lang: str) -> str:
    """The name of a kind of alternative, for a reader.

    Returns:
        The name; the word itself where it is no kind; `?` where it is empty.
    """
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


def _resolved(written: str, places: Places) -> Resolved | None:
    try:
        return places.resolve(written)
    except UserError:
        return None


def place_name(written: str, places: Places) -> str:
    """A place as it is told: a number by its name, a town with its municipality, else as written.

    A municipality with names in several languages goes by its Norwegian one; who wrote another sees all.
    """
    found = _resolved(written, places)
    if found is None:
        return written
    here = found.municipality
    if written.replace(" ", "").isdigit():
        return f"{here.called} ({here.code})"
    return here.called if key(written.strip()) == key(here.called) and not found.asked else found.shown


def is_unfound(row: Row) -> bool:
    """Whether an alternative names a place that is not known.

    Returns:
        False where it names no place at all.
    """
    written = row.value.get("place") if isinstance(row.value, dict) else row.value
    return bool(written) and not row.code


def weights_form(content: Mapping[str, Any]) -> dict[str, Any]:
    """The weights of a draft as the form has them: kind, and low, high and order per consideration."""
    value = content.get("weights")
    form: dict[str, Any] = {"kind": "none", "low": {}, "high": {}, "order": {}}
    if not isinstance(value, dict) or not value:
        return form
    if isinstance(value.get("order"), dict):  # as it was typed, where it could not be read
        return {**form, "kind": "order", "order": {name: str(each) for name, each in value["order"].items()}}
    if isinstance(value.get("order"), list):
        form["kind"] = "order"
        for at, group in enumerate(value["order"], start=1):
            form["order"] |= dict.fromkeys(group if isinstance(group, list) else [group], at)
        return form
    ranges = any(isinstance(each, list) for each in value.values())
    form["kind"] = "ranges" if ranges else "points"
    for name, each in value.items():
        pair = each if isinstance(each, list) and len(each) == 2 else [each, each]
        form["low"][name], form["high"][name] = numbers.written(pair[0]), numbers.written(pair[1])
    return form
