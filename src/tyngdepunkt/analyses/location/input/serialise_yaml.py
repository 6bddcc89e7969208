"""A case as a YAML file that a person can go on writing in: a comment above each field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input import ROOM
from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.analyses.location.input.prompt_answers import PromptAnswers
from tyngdepunkt.inputs.numbers import Span, in_file


def as_yaml(told: PromptAnswers, lang: str) -> str:
    """The answers as a case file, with comments in language `lang`."""
    return "\n".join(_lines(told, lang)) + "\n"


def _lines(told: PromptAnswers, lang: str) -> Iterator[str]:
    yield f"# {texts.text(f'{ROOM}:write.head', lang)}"
    yield f"title: {_text(told.title)}"
    yield _comment("date", lang)
    yield f"date: {told.date.isoformat()}"
    if told.guidelines:
        yield _comment("guidelines", lang)
        yield f"guidelines: {told.guidelines}"
    yield _comment("trigger", lang)
    yield f"trigger: {told.trigger}"
    yield from _unit(told, lang)
    if told.moved_from:
        yield _comment("moved_from", lang)
        yield f"moved_from: {_texts(told.moved_from)}"
    yield from _alternatives(told, lang)
    for name in ("largest_cities", "oslo_area"):
        places, reason = getattr(told, name)
        if places:
            yield _comment(name, lang)
            with_reason = f", reason: {_text(reason)}" if reason else ""
            yield f"{name}: {{places: {_texts(places)}{with_reason}}}"
    yield _comment("weights", lang)
    yield f"weights: {_weights(told)}"
    yield f"lang: {lang}"
    for name in ("why_these", "affected", "staff_process", "plan", "follow_up", "notified", "decision"):
        yield f"# {name}: {known(name).description(lang)}"


def _unit(told: PromptAnswers, lang: str) -> Iterator[str]:
    yield _comment("unit", lang)
    yield "unit:"
    yield f"  name: {_text(told.name)}"
    if not told.jobs:
        yield f"  jobs: {_span(told.total_jobs)}"
        return
    yield "  jobs:"
    for code, name, count in told.jobs:
        yield f"    - {{occupation: {_text(code)}, count: {_span(count)}}}  # {name}"


def _alternatives(told: PromptAnswers, lang: str) -> Iterator[str]:
    yield _comment("alternatives", lang)
    yield "alternatives:"
    for place in told.alternatives:
        yield f"  - {_text(place)}"
    for name, offices in told.offices:
        yield f"  - name: {_text(name)}"
        yield "    offices:"
        for place, before, after in offices:
            jobs = f"jobs_before: {_span(before)}, jobs_after: {_span(after)}"
            yield f"      - {{place: {_text(place)}, {jobs}}}"


def _weights(told: PromptAnswers) -> str:
    if told.order:
        groups = (group[0] if len(group) == 1 else f"[{', '.join(group)}]" for group in told.order)
        return f"{{order: [{', '.join(groups)}]}}"
    if not told.weights:
        return "none"
    return "{" + ", ".join(f"{name}: {in_file(value)}" for name, value in told.weights.items()) + "}"


def _comment(name: str, lang: str) -> str:
    return f"# {known(name).description(lang)}"


def _text(value: str) -> str:
    """Quoted, so that no word is taken for anything but text."""
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _span(pair: Span | None) -> Any:
    if pair is None:
        return "unknown"
    low, high = pair
    return in_file(low) if low == high else f"[{in_file(low)}, {in_file(high)}]"
