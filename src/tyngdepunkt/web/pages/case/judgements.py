"""Judgements and measures: what the figures do not say of each alternative, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.model import GROUPS
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case import _parts
from tyngdepunkt.web.pages.case._simple_fields import kept_or_taken, shown
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read


def _written(content: Mapping[str, Any]) -> list[Any]:
    written = content.get("alternatives")
    return written if isinstance(written, list) else []


def _group(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, dict) else {"place": item}


def _about(item: Any, around: StepContext) -> dict[str, str]:
    """What can be judged: the considerations, and whatever the case judges already."""
    lang = around.page.lang
    titles = {each.id: each.title[lang] for each in read.indicators_of(around.draft.content)}
    found = {each.id: each.title[lang] for each in read.rule_set_of(around.draft.content).considerations}
    grades = _group(item).get("grades")
    more = grades if isinstance(grades, dict) else {}
    return found | {str(name): titles.get(str(name), str(name)) for name in more if name not in found}


def _parse(form: Form, around: StepContext) -> Changes:
    written = _written(around.draft.content)
    if not written:
        return {}
    return {"alternatives": [_judged(at, item, form, around) for at, item in enumerate(written)]}


def _judged(at: int, item: Any, form: Form, around: StepContext) -> Any:
    if not form.has(f"measures.{at}"):  # one that somebody else has added since
        return item
    group = _group(item)
    _set(group, "measures", kept_or_taken("lines", group.get("measures"), form.text(f"measures.{at}")))
    if form.has(f"description.{at}"):
        _set(
            group,
            "description",
            kept_or_taken("area", group.get("description"), form.text(f"description.{at}")),
        )
        _put_affected(group, at, form)
    _parts.put(group, at, form)
    grades = group.get("grades")
    if isinstance(grades, dict) or grades is None:
        judged = dict(grades or {})
        for name in _about(item, around):
            _set(judged, name, _grade(judged.get(name), f"{at}.{name}", form))
        if judged != (grades or {}):
            _set(group, "grades", judged or None)
    return item if group == _group(item) else group


def _put_affected(group: dict[str, Any], at: int, form: Form) -> None:
    """How each group notices this alternative."""
    was = group.get("affected")
    if was is not None and not isinstance(was, dict):
        return
    told = dict(was or {})
    for name in GROUPS:
        _set(told, name, kept_or_taken("area", told.get(name), form.text(f"affected.{at}.{name}")))
    if told != (was or {}):
        _set(group, "affected", told or None)


def _set(group: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        group.pop(name, None)
    else:
        group[name] = value


def _grade(was: Any, name: str, form: Form) -> Any:
    was = was if isinstance(was, dict) else {}
    value = kept_or_taken("range", was.get("value"), form.text(f"value.{name}"))
    anchor = kept_or_taken("text", was.get("anchor"), form.text(f"anchor.{name}"))
    found = {"value": value, "anchor": anchor}
    if value is None and anchor is None:
        return None
    return {**was, **{key: each for key, each in found.items() if each is not None or key in was}}


def is_mine(field: str) -> bool:
    """Whether a fault is mended on this page."""
    own = (".grades", ".measures", ".description", ".affected")
    about = any(name in field for name in own) or _parts.is_about(field)
    return field.startswith("alternatives[") and about


def _extra(form: Form, around: StepContext) -> list[tuple[str, str]]:
    """Faults of judgements only: what else is wrong with the alternatives is said where they are named."""
    from dataclasses import replace

    tried = replace(around.draft, content={**around.draft.content, **_parse(form, around)})
    return _doubts(form, around) + [
        (each.anchor, each.text(around.page.lang))
        for each in read.faults_of(tried, around.places)
        if is_mine(each.field)
    ]


def _doubts(form: Form, around: StepContext) -> list[tuple[str, str]]:
    written = enumerate(_written(around.draft.content))
    return [each for at, item in written for each in _parts.doubts(item, at, form, around)]


def _context(around: StepContext) -> Mapping[str, Any]:
    rows = read.alternative_rows(around.draft.content, around.places, around.page.lang)
    return {"judged": [_shown(at, row, around) for at, row in enumerate(rows)]}


def _shown(at: int, row: read.Row, around: StepContext) -> dict[str, Any]:
    group = _group(row.value)
    grades = group.get("grades") if isinstance(group.get("grades"), dict) else {}
    assert grades is not None  # noqa: S101 - a mapping either way
    affected = group.get("affected")
    affected = affected if isinstance(affected, dict) else {}
    return {
        "at": at,
        "name": row.name,
        "description": shown("area", group.get("description")),
        "affected": [(name, shown("area", affected.get(name))) for name in GROUPS],
        "measures": shown("lines", group.get("measures")),
        "parts": _parts.shown(group, at, around),
        "open": any(group.get(name) for name in ("description", "affected", "measures")) or bool(grades),
        "affected_open": bool(affected),
        "grades": [
            (
                name,
                title,
                numbers.written(_part(grades, name, "value")),
                _part(grades, name, "anchor") or "",
            )
            for name, title in _about(row.value, around).items()
        ],
    }


def _part(grades: Mapping[str, Any], name: str, part: str) -> Any:
    grade = grades.get(name)
    return grade.get(part) if isinstance(grade, dict) else None


STEP = Step(
    "judgements",
    N_("What do the figures not say of each alternative?"),
    (),
    _parse,
    _context,
    _extra,
    _doubts,
    more=True,
)
