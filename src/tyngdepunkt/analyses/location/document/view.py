"""What every section of the document reads from: the assessment, the places, the language.

A section is a function of a `View`. It looks up and lays out; the few sums it makes
(square metres, sums of weights) are of figures that are shown beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.source_register import Register
from tyngdepunkt.figures import Figure
from tyngdepunkt.indicators import price_year

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment, UsedIndicator
    from tyngdepunkt.places import Municipality, Places

ROOM = "analyses.location.document"
MOST_ROWS = 20
"""Alternatives in a table of the document; the spreadsheet has them all."""
LONGEST_HEAD = 18
MOST_COLUMNS = 5
"""Alternatives side by side: more than this cannot be read on a page."""


@dataclass(frozen=True)
class View:
    """The assessment as the sections see it."""

    assessment: Assessment
    places: Places
    register: Register

    @classmethod
    def of(cls, assessment: Assessment, places: Places) -> View:
        """A view with an empty table of sources."""
        return cls(assessment, places, Register(places, assessment.lang))

    @property
    def case(self) -> LocationCase:
        """The case as it was asked."""
        return self.assessment.case

    @property
    def lang(self) -> str:
        """The language of the document: nb, nn or en."""
        return self.assessment.lang

    def say(self, key: str, /, **values: Any) -> str:
        """A sentence of this room (`key`) or one of its inner rooms (`effects:key`)."""
        inner, _, name = key.rpartition(":")
        room = f"{ROOM}.{inner}" if inner else ROOM
        return texts.text(f"{room}:{name}", self.lang, **values)

    def ready(self, key: str) -> str:
        """A sentence that came with the assessment; empty where there is nothing to say."""
        return self.assessment.texts.get(key, "")

    def refs(self, *figures: Figure) -> tuple[int, ...]:
        """Numbers in the table of sources that some figures rest on."""
        return self.register.numbers(figures)

    def source(self, table: str, query: str = "") -> int:
        """The number of one of the snapshot's tables in the table of sources."""
        return self.register.number(self.places.source(table, query, self.lang))

    @cached_property
    def ranked(self) -> tuple[AlternativeResult, ...]:
        """The alternatives that are ranked, best first."""
        return self.assessment.ranked

    @cached_property
    def unranked(self) -> tuple[AlternativeResult, ...]:
        """Those that are not, in the order of the case."""
        return tuple(item for item in self.assessment.alternatives if item.rank is None)

    @cached_property
    def everyone(self) -> tuple[AlternativeResult, ...]:
        """All alternatives: the ranked first, best first."""
        return self.ranked + self.unranked

    @cached_property
    def first(self) -> AlternativeResult | None:
        """The alternative the figures point to."""
        return self.ranked[0] if self.ranked else None

    @cached_property
    def rows(self) -> tuple[AlternativeResult, ...]:
        """Those shown where each alternative is a row."""
        return self.everyone[:MOST_ROWS]

    @cached_property
    def measured(self) -> tuple[AlternativeResult, ...]:
        """All alternatives that have any figures, the ranked first."""
        return tuple(item for item in self.everyone if _has_figures(item))

    @cached_property
    def columns(self) -> tuple[AlternativeResult, ...]:
        """Those shown where each alternative is a column; those without figures are left out."""
        return self.measured[:MOST_COLUMNS]

    @cached_property
    def considerations(self) -> tuple[str, ...]:
        """The considerations that some alternative has a score under."""
        found = self.assessment.considerations
        return tuple(each for each in found if any(i.scores.get(each) is not None for i in self.everyone))

    def title(self, consideration: str) -> str:
        """A consideration's name, as a heading."""
        return self.assessment.title_of(consideration)

    def used(self, consideration: str) -> tuple[UsedIndicator, ...]:
        """The indicators under a consideration."""
        found = self.assessment.indicators
        return tuple(each for each in found if each.consideration == consideration)

    def indicator_title(self, name: str) -> str:
        """An indicator's name, as a heading; its id where it is not among those used."""
        for each in self.assessment.indicators:
            if each.indicator.id == name:
                return each.indicator.title[self.lang]
        return name

    def decimals(self, name: str) -> int:
        """The decimals an indicator is shown with; 1 where it is not among those used."""
        found = (each.indicator.decimals for each in self.assessment.indicators if each.indicator.id == name)
        return next(found, 1)

    def figures(self, name: str, items: Sequence[AlternativeResult] = ()) -> list[Figure]:
        """One indicator's figures for some alternatives, or for all."""
        chosen = items or self.everyone
        return [item.measurements[name].figure for item in chosen if name in item.measurements]

    def row(self, used: UsedIndicator, items: Sequence[AlternativeResult]) -> tuple[str, ...]:
        """One indicator in a table: its name with the unit, and a cell for each alternative."""
        figures = self.figures(used.indicator.id, items)
        scale = words.scale_of(figures, used.indicator.decimals, self.lang)
        name = self.say("unit_in", name=used.indicator.title[self.lang], unit=scale.unit)
        return (name, *(words.cell(each, scale) for each in figures))

    @property
    def fixed_weights(self) -> bool:
        """Whether the case gives exact weights, so that only all weights there are say anything."""
        return self.assessment.robustness.fixed_weights

    def shares(self, item: AlternativeResult) -> tuple[float, ...]:
        """Share of rank 1, 2, … under the weights the case allows, or all where it gives exact ones."""
        return item.acceptability_any if self.fixed_weights else item.rank_acceptability

    def first_share(self, item: AlternativeResult) -> float | None:
        """How often an alternative comes first, in per cent."""
        shares = self.shares(item)
        return 100 * shares[0] if shares else None

    def head(self, item: AlternativeResult) -> str:
        """An alternative's name as a column head: without what stands in brackets, if it is long."""
        short = item.name.partition(" (")[0]
        alike = [other for other in self.everyone if other.name.partition(" (")[0] == short]
        return short if len(item.name) > LONGEST_HEAD and len(alike) == 1 else item.name

    def name_of(self, code: str) -> str:
        """A municipality's name, in Norwegian."""
        found = self.places.municipalities.get(code)
        return found.called if found else code

    @property
    def price_year(self) -> str:
        """The year whose kroner all costs are in."""
        return str(self.case.costs.price_year or price_year())

    def priced(self, caption: str, used: Iterable[UsedIndicator]) -> str:
        """A table's caption, with the year of its kroner where some of its indicators are costs."""
        if not any(each.indicator.unit.startswith("NOK") for each in used):
            return caption
        return self.say("effects:costs.priced", caption=caption, year=self.price_year)

    def municipality(self, item: AlternativeResult) -> Municipality | None:
        """The municipality an alternative lies in; None where it has none or several."""
        return self.places.municipalities.get(item.place) if item.place else None

    def of_all(self, shown: int, total: int) -> str:
        """The remark that a table shows the first of many; empty where it has them all."""
        return self.say("first_of_many", shown=shown, total=total) if shown < total else ""


def _has_figures(item: AlternativeResult) -> bool:
    return any(each.figure.value is not None for each in item.measurements.values())
