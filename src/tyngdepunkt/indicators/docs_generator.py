"""The page `docs/indicators.md`, made from the catalogue so that it can say nothing else (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt.indicators.assumptions import Assumption, assumptions
from tyngdepunkt.indicators.base import Indicator
from tyngdepunkt.indicators.catalogue import all_indicators
from tyngdepunkt.rules import versions
from tyngdepunkt.texts import text

_HEAD = """\
# Indicators

Generated from `src/tyngdepunkt/indicators/catalogue.yaml` and `assumptions.yaml`; change those and run
`make docs`.

An indicator that is *scored* takes part in the ranking where every alternative has a figure. The others are
shown: they are old, say the same as another indicator, or are equal for all places. A value function turns a
figure into a value 0–100 unless the case draws its own: *national* goes through the distribution over all
municipalities (least 0, tenth percentile 10, lower quartile 25, median 50, upper quartile 75, ninetieth
percentile 90, most 100; turned round where lower is better), *local* from the worst to the best alternative
of the case.
"""
_ASSUMED = """\
## Assumptions

Ranges that no table holds. A figure computed from one of them is marked assumed, its bounds are the ends of
the range and its value the middle. The error of the travel times and the hidden cells only widen or fill an
estimate, which stays an estimate.
"""


_AGGREGATES = {
    "mean": "mean weighted by jobs",
    "own": "each place by its own posts, then a mean weighted by jobs",
    "spread": "each place's own change, then a mean weighted by the size of the changes",
    "union": "those within reach of any of the places",
    "gain": "each place by its own posts, then a mean weighted by jobs; nought where nothing moves",
}


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, *_overview(), *(_entry(each) for each in all_indicators().values()), _ASSUMED]
    parts += [_assumption(each) for each in assumptions().values()]
    return "\n".join(parts)


def _overview() -> Iterator[str]:
    sets = versions()[::-1]
    yield f"| indicator | title | unit | better | scored | {' | '.join(each[:4] for each in sets)} |"
    yield f"|{'---|' * (5 + len(sets))}"
    for each in all_indicators().values():
        serves = [each.considerations.get(v, "–") for v in sets]
        better = "more" if each.direction == "max" else "less"
        scored = "yes" if each.scored else "shown"
        unit = text(f"indicators:unit.{each.unit}", "en")
        cells = [f"[`{each.id}`](#{each.id})", each.title["en"], unit, better, scored, *serves]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _entry(each: Indicator) -> str:
    tables = ", ".join(f"`{table}`" for table in each.tables) or "none (the case and the assumptions)"
    lines = [
        f"## {each.id}",
        "",
        *(f"- **{lang}** {each.title[lang]}: {each.explanation[lang]}" for lang in ("nb", "nn", "en")),
        f"- **Value function** {_value(each)}. {each.value_reason['en']}",
        f"- **Several places** {_AGGREGATES[each.aggregate]}",
        f"- **Tables** {tables}",
        f"- **Reference** {each.reference}",
        "",
    ]
    return "\n".join(lines)


def _value(each: Indicator) -> str:
    if isinstance(each.value, str):
        return each.value
    return "points " + ", ".join(f"{_digits(x)} → {_digits(value)}" for x, value in each.value)


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _assumption(each: Assumption) -> str:
    unit = text(f"indicators:unit.{each.unit}", "en")
    scale = 100 if each.unit == "share" else 1
    span = "–".join(dict.fromkeys(f"{end * scale:,.0f}" for end in (each.low, each.high)))
    lines = [
        f"### {each.id}",
        "",
        f"- {each.title['en']}: **{span} {unit}** ({each.year})",
        f"- {each.note['en']}",
        f"- **Reference** {each.provider['en']}. {each.reference['en']}",
        "",
    ]
    return "\n".join(lines)
