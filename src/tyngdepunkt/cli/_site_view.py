"""What `tyngdepunkt site` shows in a terminal: the open sites, and a sentence for each claim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt import texts

if TYPE_CHECKING:
    from rich.table import Table

    from tyngdepunkt.analyses.siting import Site

SHOWN = 25
_FEW = 3


def show(site: Site, written: list[Path], lang: str) -> None:
    """Print a siting answer."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if len(site.answer.open):
        console.print(_table(site, lang))
        if len(site.answer.open) > SHOWN:
            console.print(_say("more", lang, count=len(site.answer.open) - SHOWN))
        console.print()
    for line in _lines(site, lang):
        console.print(line, soft_wrap=True)
    if written:
        names = [path.name for path in written]
        console.print(_say("written", lang, files=names, folder=str(written[0].parent)), soft_wrap=True)


def _table(site: Site, lang: str) -> Table:
    from rich.table import Table

    problem, served = site.problem, site.answer.assignment
    count = np.bincount(served.site, minlength=problem.sites)
    weight = np.bincount(served.site, served.share * problem.weights[served.demand], minlength=problem.sites)
    largest = np.zeros(problem.sites)
    np.maximum.at(largest, served.site, served.cost)
    table = Table(title=_say("open", lang), title_justify="left", box=None, pad_edge=False)
    table.add_column(_say("site", lang), overflow="fold")
    for key in ("existing", "demands", "weight", "largest"):
        table.add_column(_say(key, lang), justify="right", overflow="fold")
    for at in site.answer.open[:SHOWN].tolist():
        existing = problem.existing is not None and bool(problem.existing[at])
        table.add_row(
            site.instance.site_ids[at],
            "–" if problem.existing is None else _say("yes" if existing else "no", lang),
            texts.number(float(count[at]), lang=lang),
            _figure(float(weight[at]), lang),
            _figure(float(largest[at]), lang),
        )
    return table


def _lines(site: Site, lang: str) -> Iterator[str]:
    yield from _claims(site, lang)
    yield from _served(site, lang)
    yield from _other_plans(site, lang)
    for notice in site.notices:
        yield _say(notice.key, lang, **notice.values)


def _claims(site: Site, lang: str) -> Iterator[str]:
    answer = site.answer
    if answer.objective is not None:
        total = float(site.problem.weights.sum())
        yield _say(
            f"found.{answer.model}",
            lang,
            opened=_counted("opened", len(answer.open), lang),
            sites=_counted("sites", len(answer.open), lang),
            objective=_figure(answer.objective, lang),
            total=_figure(total, lang),
            share=answer.objective / total if total else 0.0,
        )
    if answer.status == "feasible" and (answer.bound is None or not np.isfinite(answer.bound)):
        yield _say("feasible_no_bound", lang)
    else:
        yield _say(answer.status, lang, bound=_figure(answer.bound or 0.0, lang), gap=answer.gap or 0.0)
    conflict = answer.conflict
    if conflict is None:
        return
    if len(conflict.demands):
        names = [site.instance.demand_ids[d] for d in conflict.demands[:SHOWN]]
        yield _say("conflict", lang, demands=names)
    for key in ("smallest_radius", "smallest_p", "smallest_budget"):
        value = getattr(conflict, key)
        if value is not None:
            yield _say(key, lang, value=_figure(value, lang))


def _served(site: Site, lang: str) -> Iterator[str]:
    answer, demands, sites = site.answer, site.instance.demand_ids, site.instance.site_ids
    if answer.worst:
        worst = [
            _say("one_worst", lang, name=demands[d], cost=_figure(cost, lang))
            for d, cost in answer.worst[:_FEW]
        ]
        yield _say("worst", lang, names=worst)
    if answer.fairness is not None and answer.fairness.share_beyond is not None:
        yield _say("beyond", lang, share=answer.fairness.share_beyond)
    for closed in answer.closed[:SHOWN]:
        to = [sites[at] for at, _ in closed.goes_to[:_FEW]]
        key = "closed" if to else "closed_empty"
        yield _say(key, lang, name=sites[closed.site], to=to, longer=len(closed.longer))


def _other_plans(site: Site, lang: str) -> Iterator[str]:
    answer, sites = site.answer, site.instance.site_ids
    for plan in answer.near_best:
        names = [sites[at] for at in plan.open[:SHOWN]]
        yield _say("near_best", lang, objective=_figure(plan.objective, lang), open=names)
    if answer.tolerance is not None:
        for key in ("demand_percent", "distance_percent"):
            percent = getattr(answer.tolerance, key)
            if percent is not None:
                yield _say(key, lang, percent=percent)
    for point in answer.curve:
        figures = {"objective": _figure(point.objective, lang), "bound": _figure(point.bound, lang)}
        yield _say("curve", lang, sites=_counted("sites", point.p, lang), **figures)


def _counted(what: str, count: int, lang: str) -> str:
    return _say(f"{what}_{'one' if count == 1 else 'many'}", lang, count=count)


def _figure(value: float, lang: str) -> str:
    return texts.number(value, 0 if value == int(value) else 2, lang)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.siting:view.{key}", lang, **values)
