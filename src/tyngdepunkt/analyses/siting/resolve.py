"""From files and parameters to what is solved: all that is wrong is found before anything is said."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.siting import ANALYSIS
from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import ROOM, Notice
from tyngdepunkt.analyses.siting.question import MOST_CURVE, MOST_NEAR, Question
from tyngdepunkt.analyses.siting.read import read_instance
from tyngdepunkt.errors import Faults
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.siting.solving import NEEDS_P, NEEDS_RADIUS

Named = Callable[[str], str]
Span = tuple[int, int]
_FOR_WRITING = 0.03
"""Part of the time that is kept for telling the answer."""
_EACH = 1.5e-5
"""Seconds kept for each demand that is told of."""
_TO_END = 0.4
"""Seconds of the processor from the deadline to the end of the process, which has much to take down."""


@dataclass(frozen=True, eq=False)
class Asked:
    """An instance that has passed its checks, and what is asked of it.

    Attributes:
        curve: first and last p of a curve.
        deadline: when the answer must be told.
        held: seconds, where the machine that answers allows fewer than were asked for; else None.
        notices: what has to be said beside the answer.
        name: of the file.
    """

    instance: Instance
    question: Question
    curve: Span | None
    deadline: Deadline
    held: float | None
    notices: tuple[Notice, ...]
    name: str
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check an instance.

    Args:
        brought: `instance`, OR-Library text, or CSV or Parquet of points or of pairs; `costs`, pairs whose
            costs count in place of distances; `forbid`, pairs that may not go together.
        question: what is asked.
        setting: where, and how long it may take.

    Raises:
        UserError: everything that is wrong with files and parameters.
    """
    faults, named = Faults(), setting.named
    curve = _parameters(question, faults, named)
    deadline, held = _deadline(question.time_limit, setting)
    instance = read_instance(brought, faults)
    if instance is not None:
        _check(instance, question, curve, faults, named)
    faults.raise_if_any()
    assert instance is not None  # noqa: S101 - no fault, so there is an instance
    deadline.at -= _EACH * len(instance.demand_ids)
    notices = (*instance.notices, *_unused(instance, question, named))
    name, made = Path(brought["instance"].name).name, ANALYSIS.made(brought, question)
    return Asked(instance, question, curve, deadline, held, notices, name, made)


def _parameters(question: Question, faults: Faults, named: Named) -> Span | None:
    """A fault for each parameter that cannot be meant; the span of the curve."""
    for name in ("radius", "budget"):
        value = getattr(question, name)
        if value is not None and not (math.isfinite(value) and value >= 0):
            faults.add(f"{ROOM}:option_number", named(name), given=value)
    if question.p is not None and question.p < 1:
        faults.add(f"{ROOM}:p_least", named("p"), given=question.p)
    if not 0 <= question.near_best <= MOST_NEAR:
        values = {"given": question.near_best, "most": MOST_NEAR}
        faults.add(f"{ROOM}:near_best_range", named("near_best"), **values)
    curve = _curve(question.curve, faults, named)
    limit = question.time_limit
    if limit is not None and not (math.isfinite(limit) and limit > 0):
        faults.add(f"{ROOM}:time_limit_least", named("time_limit"), given=limit)
    return curve


def _curve(written: str | None, faults: Faults, named: Named) -> Span | None:
    if written is None:
        return None
    first, colon, last = written.partition(":")
    sound = colon and first.strip().isdecimal() and last.strip().isdecimal()
    if not sound or not 1 <= int(first) <= int(last) or int(last) - int(first) >= MOST_CURVE:
        faults.add(f"{ROOM}:curve_kind", named("curve"), given=written[:40], most=MOST_CURVE)
        return None
    return int(first), int(last)


def _deadline(limit: float | None, setting: Setting) -> tuple[Deadline, float | None]:
    """When to hand over; and the seconds that are allowed here, where they are fewer than were asked for."""
    most = setting.most_seconds
    held = most if most is not None and (limit is None or limit > most) else None
    seconds = limit if held is None else held
    if seconds is None:
        return Deadline(), None
    gone = time.monotonic() - setting.began
    left = max(0.0, seconds - gone)
    return Deadline(max(left / 2, left * (1 - _FOR_WRITING) - _waited(gone))), held


def _waited(gone: float) -> float:
    """Seconds the end of the process will wait for the processor, if it waits as the start has done.

    Where other work has the processor most of the time, loading a program of half a second took six seconds,
    and ending it takes its share too. A process that serves many has used more than has gone: it waits 0.
    """
    used = time.process_time()
    return _TO_END * max(0.0, gone / used - 1) if used > 0 else 0.0


def _check(instance: Instance, question: Question, curve: Span | None, faults: Faults, named: Named) -> None:
    """A fault for everything the model needs and neither the instance nor the parameters say."""
    model, sites = question.model, len(instance.site_ids)
    p = question.p if question.p is not None else instance.p
    fixed = 0 if instance.fixed is None else int(instance.fixed.sum())
    if p is None and model in NEEDS_P:
        faults.add(f"{ROOM}:needs_p", named("p"), model=model)
    if model == "mclp" and p is None and question.budget is None:
        faults.add(f"{ROOM}:needs_p_or_budget", named("p"))
    if question.radius is None and model in NEEDS_RADIUS:
        faults.add(f"{ROOM}:needs_radius", named("radius"), model=model)
    if p is not None and p > sites:
        faults.add(f"{ROOM}:p_most", named("p"), given=p, most=sites)
    elif p is not None and 1 <= p < fixed and model != "cflp":
        faults.add(f"{ROOM}:more_fixed", named("p"), given=p, fixed=fixed)
    if curve is not None and curve[1] > sites:
        faults.add(f"{ROOM}:p_most", named("curve"), given=curve[1], most=sites)
    if question.budget is not None and instance.site_costs is None:
        faults.add(f"{ROOM}:budget_without_cost", named("budget"))
    if model in ("cflp", "cpmp") and instance.capacities is None:
        faults.add(f"{ROOM}:needs_capacity", named("model"), model=model)
    if model == "cflp" and instance.site_costs is None:
        faults.add(f"{ROOM}:needs_cost", named("model"), model=model)


def _unused(instance: Instance, question: Question, named: Named) -> list[Notice]:
    """What is given and has no say in this model."""
    model = question.model
    given = {
        "p": question.p is not None and model == "cflp",
        "curve": question.curve is not None and model in ("lscp", "cflp"),
        "single_source": question.single_source and model != "cflp",
        "existing_first": question.existing_first and instance.existing is None,
    }
    options = [named(name) for name, unused in given.items() if unused]
    notices = [Notice("not_used", {"options": options, "model": model})] if options else []
    if instance.capacities is not None and model == "p-median":
        notices.append(Notice("capacity_not_used", {"model": model}))
    return notices
