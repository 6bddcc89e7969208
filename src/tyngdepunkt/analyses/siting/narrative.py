"""What is told of a siting answer: the open sites, and a sentence for each claim."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.siting.marks import ROOM
from tyngdepunkt.analyses.siting.result import NoPlan, Result, Site
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

SHOWN = 25
_FEW = 3


def blocks(result: Result, lang: str) -> tuple[Block, ...]:
    """The open sites as a table where there are any, and the claims under it."""
    table = (_table(result.site, lang),) if result.open else ()
    return (*table, *(Paragraph(line) for line in _lines(result, lang)))


def _table(site: Site, lang: str) -> Table:
    problem, served = site.problem, site.answer.assignment
    count = np.bincount(served.site, minlength=problem.sites)
    weight = np.bincount(served.site, served.share * problem.weights[served.demand], minlength=problem.sites)
    largest = np.zeros(problem.sites)
    np.maximum.at(largest, served.site, served.cost)
    numeric = (Column(_say(key, lang), numeric=True) for key in ("demands", "weight", "largest"))
    today = () if problem.existing is None else (Column(_say("existing", lang)),)
    columns = (Column(_say("site", lang)), *today, *numeric)
    rows = tuple(
        (
            site.instance.site_ids[at],
            *(() if problem.existing is None else (_say("yes" if problem.existing[at] else "no", lang),)),
            float(count[at]),
            _figure(float(weight[at]), lang),
            _figure(float(largest[at]), lang),
        )
        for at in site.answer.open[:SHOWN].tolist()
    )
    return Table(_say("open", lang), columns, rows)


def _lines(result: Result, lang: str) -> Iterator[str]:
    if len(result.open) > SHOWN:
        yield _say("more", lang, count=len(result.open) - SHOWN)
    yield from _claims(result, lang)
    yield from _served(result, lang)
    yield from _other_plans(result, lang)
    yield from (notice["text"] for notice in result.notices)


def _claims(result: Result, lang: str) -> Iterator[str]:
    if result.objective is not None:
        total, count = float(result.site.problem.weights.sum()), len(result.open)
        yield _say(
            f"found.{result.model}",
            lang,
            opened=_counted("opened", count, lang),
            sites=_counted("sites", count, lang),
            objective=_figure(result.objective, lang),
            total=_figure(total, lang),
            share=result.objective / total if total else 0.0,
        )
    yield _say(result.status, lang, bound=_figure(result.bound or 0.0, lang), gap=result.gap or 0.0)
    if result.conflict is not None:
        yield from _conflict(result.conflict, lang)


def _conflict(conflict: NoPlan, lang: str) -> Iterator[str]:
    if conflict.demands:
        yield _say("conflict", lang, demands=conflict.demands[:SHOWN])
    for key in ("smallest_radius", "smallest_p", "smallest_budget"):
        value = getattr(conflict, key)
        if value is not None:
            yield _say(key, lang, value=_figure(value, lang))


def _served(result: Result, lang: str) -> Iterator[str]:
    if result.worst:
        worst = [
            _say("one_worst", lang, name=each.demand, cost=_figure(each.cost, lang))
            for each in result.worst[:_FEW]
        ]
        yield _say("worst", lang, names=worst)
    if result.fairness is not None and result.fairness.share_beyond is not None:
        yield _say("beyond", lang, share=result.fairness.share_beyond)
    for closed in result.closed[:SHOWN]:
        to = [each.site for each in closed.goes_to[:_FEW]]
        key = "closed" if to else "closed_empty"
        yield _say(key, lang, name=closed.site, to=to, longer=len(closed.longer))


def _other_plans(result: Result, lang: str) -> Iterator[str]:
    for plan in result.near_best:
        yield _say("near_best", lang, objective=_figure(plan.objective, lang), open=plan.open[:SHOWN])
    for key in ("demand_percent", "distance_percent"):
        percent = getattr(result.tolerance, key, None)
        if percent is not None:
            yield _say(key, lang, percent=percent)
    for point in result.curve:
        figures = {"objective": _figure(point.objective, lang), "bound": _figure(point.bound, lang)}
        yield _say("curve", lang, sites=_counted("sites", point.p, lang), **figures)


def _counted(what: str, count: int, lang: str) -> str:
    return _say(f"{what}_{'one' if count == 1 else 'many'}", lang, count=count)


def _figure(value: float, lang: str) -> str:
    return texts.number(value, 0 if value == int(value) else 2, lang)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
