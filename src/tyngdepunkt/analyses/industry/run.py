"""A measure of a table."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.industry.frame import WITHOUT_REFERENCE, Frame
from tyngdepunkt.analyses.industry.measures import MEASURES
from tyngdepunkt.analyses.industry.read import ROOM
from tyngdepunkt.analyses.industry.resolve import Asked
from tyngdepunkt.analyses.industry.result import IndustryResult
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places.models import Notice as Told


def run(asked: Asked, setting: Setting) -> IndustryResult:
    """The measure, its convention, and everything a reader must know of the figures."""
    frame = Frame(asked)
    frame.look()
    results = MEASURES[asked.question.measure](frame)
    names = [asked.table.periods[t] for t in (frame.moments[0], frame.moments[-1])]
    return IndustryResult(
        measure=asked.question.measure,
        convention=_convention(asked, setting.lang),
        reference=_reference(asked, setting.lang),
        periods=[each for each in dict.fromkeys(names) if each],
        results=results,
        notices=[_notice(each, setting.lang) for each in [*asked.table.notices, *frame.notices]],
        made=asked.made,
    )


def _convention(asked: Asked, lang: str) -> str:
    question = asked.question
    lines = [texts.text(f"{ROOM}:convention.{question.measure.replace('-', '_')}", lang)]
    if question.measure in ("relatedness", "density"):
        lines.append(texts.text(f"{ROOM}:convention.proximity_{question.proximity}", lang))
    if question.measure == "lq" and question.form == "additive":
        lines = [texts.text(f"{ROOM}:convention.lq_additive", lang)]
    if question.measure == "shift-share":
        lines.append(texts.text(f"{ROOM}:convention.shift_{question.method.replace('-', '_')}", lang))
    if question.measure not in WITHOUT_REFERENCE:
        reference = _reference(asked, lang)
        lines.append(texts.text(f"{ROOM}:convention.against", lang, reference=reference))
    return " ".join(lines)


def _reference(asked: Asked, lang: str) -> str:
    if asked.question.measure in WITHOUT_REFERENCE:
        return ""
    if asked.reference is None:
        return texts.text(f"{ROOM}:sum_of_all", lang)
    return asked.table.places[asked.reference]


def _notice(notice: Told, lang: str) -> Notice:
    if ":" in notice.key:
        return Notice(notice.key.partition(":")[2].removeprefix("told."), told(notice, lang))
    values = dict(notice.values)
    if "period" in values:
        period = values["period"]
        values["when"] = texts.text(f"{ROOM}:in_period", lang, period=period) if period else ""
    where = str(values.get("place", ""))
    return Notice(notice.key, texts.text(f"{ROOM}:notice.{notice.key}", lang, **values), where)
