"""`tyngdepunkt rank TABLE.yaml`: rank any table of alternatives."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from tyngdepunkt.analyses.ranking import Ranking
    from tyngdepunkt.methods.arrays import Floats

app = cyclopts.App(name="rank", help_format="plaintext")
LEAST, MOST = 100, 10_000_000
SHOWN = 25


@app.default
def rank(
    table: Path,
    *,
    lang: Literal["nb", "nn", "en"] | None = None,
    draws: int = 100_000,
    seed: int = 20_190_101,
    as_json: Annotated[bool, cyclopts.Parameter(name="--json", negative="")] = False,
) -> None:
    """Rank a table of alternatives by criteria, and try how much the ranking can take.

    Args:
        table: a YAML or JSON file with criteria, alternatives and weights.
        lang: language of what is printed; default is the setting TYNGDEPUNKT_LANG.
        draws: how many sets of weights to draw.
        seed: where chance begins; the same seed gives the same answer.
        as_json: print one JSON document and nothing else.
    """
    if not LEAST <= draws <= MOST:
        raise UserError(
            Fault("analyses.ranking:draws_range", {"given": draws, "least": LEAST, "most": MOST}, "--draws")
        )
    from tyngdepunkt.analyses.ranking import as_json as to_json
    from tyngdepunkt.analyses.ranking import rank_table, read_table

    ranking = rank_table(read_table(table), draws, abs(seed))
    if as_json:
        json.dump(to_json(ranking), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write("\n")
        return
    _show(ranking, lang or settings.language())


def _show(ranking: Ranking, lang: str) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if ranking.table.title:
        console.print(ranking.table.title + "\n", style="bold")
    console.print(_table(ranking, lang))
    console.print()
    for line in _lines(ranking, lang):
        console.print(line, soft_wrap=True)


def _table(ranking: Ranking, lang: str) -> RichTable:
    from rich.table import Table

    table = Table(title=_say("ranking", lang), title_justify="left", box=None, pad_edge=False)
    table.add_column(_say("rank", lang), justify="right")
    table.add_column(_say("alternative", lang), overflow="fold")
    for key in ("value", "first", "first_any", "net_flow"):
        table.add_column(_say(key, lang), justify="right", max_width=14)
    for i in ranking.order[:SHOWN]:
        table.add_row(
            str(ranking.ranked.ranks[i]),
            ranking.table.alternatives[i],
            texts.number(float(ranking.ranked.values[i]), 3),
            _percent(ranking.allowed.ranks[i, 0]),
            _percent(ranking.any_weights.ranks[i, 0]),
            texts.number(float(ranking.net_flow[i]), 3),
        )
    return table


def _lines(ranking: Ranking, lang: str) -> list[str]:
    names = ranking.table.alternatives
    centre = "weights" if ranking.measured_from == "given" else "weights_centre"
    lines = [_say(centre, lang, weights=_weights(ranking, ranking.weights, lang)), _change(ranking, lang)]
    for j in ranking.order[:SHOWN]:
        by = [names[i] for i in ranking.order if ranking.dominance.weak[i, j]]
        if by:
            lines.append(_say("dominated", lang, name=names[j], by=by[:3]))
    lines += [_say(notice.key, lang, **notice.values) for notice in ranking.table.notices]
    return lines


def _change(ranking: Ranking, lang: str) -> str:
    names, change = ranking.table.alternatives, ranking.nearest_change
    first = names[ranking.order[0]]
    if change is None:
        return _say("change_none", lang, first=first)
    if change.distance == 0:
        return _say("level", lang, name=names[change.rival], first=first)
    weights = _weights(ranking, change.weights, lang)
    return _say(
        "change", lang, name=names[change.rival], first=first, weights=weights, distance=change.distance
    )


def _weights(ranking: Ranking, weights: Floats, lang: str) -> list[str]:
    shares = zip(ranking.table.criteria, weights, strict=True)
    return [_say("weight", lang, name=criterion.id, share=float(share)) for criterion, share in shares]


def _percent(share: float) -> str:
    return f"{texts.number(float(share) * 100, 1)}{texts.NBSP}%"


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.ranking:view.{key}", lang, **values)
