"""Asking for a case, question by question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tyngdepunkt import rules
from tyngdepunkt.analyses.location.input import ROOM
from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.analyses.location.input.model import OFFICE_TRIGGERS
from tyngdepunkt.analyses.location.input.prompt_answers import PromptAnswers
from tyngdepunkt.analyses.location.input.serialise_yaml import as_yaml
from tyngdepunkt.inputs import field_types
from tyngdepunkt.inputs.asking import several_numbers
from tyngdepunkt.inputs.numbers import Span
from tyngdepunkt.inputs.place_asking import PlaceAsker
from tyngdepunkt.methods import asked_order
from tyngdepunkt.rules.case_facts import Trigger

if TYPE_CHECKING:
    from tyngdepunkt.places import Places
    from tyngdepunkt.rules import RuleSet

FEWEST = 2
_COMPARE = ("compare", "sammenlign", "samanlikn")
_WHICH = {"1": asked_order.MORE, "2": asked_order.LESS, "0": asked_order.AS_MUCH}
_FIELDS = {
    "title": "title", "date": "date", "trigger": "trigger", "unit": "unit.name",
    "total_jobs": "unit.total_jobs", "moved_from": "moved_from", "alternatives": "alternatives",
    "largest_cities": "largest_cities", "oslo_area": "oslo_area", "reason": "largest_cities.reason",
}  # fmt: skip
"""Questions that are fields of the case: question → path."""
_SAID = {
    "moved_from": "several", "alternatives": "several",
    "largest_cities": "listed", "oslo_area": "listed", "reason": "can_be_empty",
}  # fmt: skip
"""How those are asked that take several answers, or none."""
_TRIGGERS = tuple(str(trigger) for trigger in Trigger)


class CasePrompt(PlaceAsker):
    """Asks for a case; `places` is the store that knows places and occupations."""

    def __init__(
        self, read: Callable[[], str | None], say: Callable[[str], None], places: Places, lang: str
    ) -> None:
        super().__init__(read, say, ROOM, places, lang)

    def question(self, name: str, **values: Any) -> str:
        """A field of the case by its title and how it is written; what is no field has words of its own."""
        if name not in _FIELDS:
            return super().question(name, **values)
        row = known(_FIELDS[name])
        title = row.label(self.lang)
        if name in _SAID:
            return self.text(f"ask.{_SAID[name]}", title=title, **values)
        if row.choices:
            listed = (f"{at} {text}" for at, (_, text) in enumerate(row.options(self.lang), start=1))
            return f"{title}: {', '.join(listed)}"
        how = row.how[self.lang].rstrip(".") if row.how else ""
        return f"{title} ({how[:1].lower()}{how[1:]})" if how else title

    def help(self, name: str) -> str:
        """What more there is to know of a field; of a number that it need not be known."""
        if name not in _FIELDS:
            return super().help(name)
        row = known(_FIELDS[name])
        unknown = self.text("ask.count.help") if row.kind == "range" else ""
        return f"{row.help[self.lang]} {unknown}".rstrip()

    def case(self, today: dt.date) -> PromptAnswers:
        """All questions, in the order of the file.

        Raises:
            UserError: the answers ended before the questions did.
        """
        told = PromptAnswers()
        self._say(self.text("ask.welcome"))
        told.title = self.ask("title", field_types.text)
        told.date = self.ask("date", lambda line: self._dated(line, told), today.isoformat())
        told.trigger = self.ask("trigger", self._trigger, _TRIGGERS[0])
        told.name = self.ask("unit", field_types.text, told.title)
        self._ask_jobs(told)
        if told.trigger == Trigger.RELOCATION:
            told.moved_from = self.several("moved_from", 0)
        if told.trigger in OFFICE_TRIGGERS:
            self._ask_offices(told)
        else:
            told.alternatives = self.several("alternatives", FEWEST)
        told.largest_cities = self._listed("largest_cities")
        told.oslo_area = self._listed("oslo_area")
        told.weights = self.ask("weights", lambda line: self._weights(line, told), "none")
        if told.by_questions:
            told.order = self._ask_order(told)
        return told

    def _trigger(self, line: str) -> str:
        if line.isdigit() and 1 <= int(line) <= len(_TRIGGERS):
            return _TRIGGERS[int(line) - 1]
        if line in _TRIGGERS:
            return line
        raise self.refused("unknown_choice", given=line[:60], known=_TRIGGERS)

    def _dated(self, line: str, told: PromptAnswers) -> dt.date:
        """A date; before the first guidelines the case is measured by those, and the file says so."""
        date = field_types.date(line)
        first = rules.versions()[0]
        if date.isoformat() < first:
            told.guidelines = first
            self._say(f"  {self.text('ask.early', first=dt.date.fromisoformat(first))}")
        return date

    def _ask_jobs(self, told: PromptAnswers) -> None:
        while True:
            picked = self.ask("occupation", self.occupation)
            if picked is None:
                break
            code, name = picked
            count = self.ask("count", field_types.span, "unknown", occupation=name)
            told.jobs = [*(job for job in told.jobs if job[0] != code), (code, name, count)]
        if not told.jobs:
            told.total_jobs = self.ask("total_jobs", field_types.span, "unknown")

    def _ask_offices(self, told: PromptAnswers) -> None:
        """Sets of offices, each with a name and lines of `place; before; after`."""
        while True:
            number = len(told.offices) + 1
            name = self.ask("set_name", str if told.offices else field_types.text, number=number)
            if not name:
                return
            offices: list[tuple[str, Span | None, Span | None]] = []
            while (office := self.ask("office", partial(self._office, got=offices))) is not None:
                offices.append(office)
            told.offices.append((name, offices))

    def _office(self, line: str, got: list[Any]) -> tuple[str, Span | None, Span | None] | None:
        if not line:
            if not got:
                raise self.refused("ask_more", fewest=1)
            return None
        parts = [part.strip() for part in line.split(";")]
        if len(parts) != 3:
            raise self.refused("ask_office", given=line[:60])
        before, after = field_types.span(parts[1]), field_types.span(parts[2])
        if any(office[0].casefold() == parts[0].casefold() for office in got):
            raise self.refused("ask_twice", given=parts[0][:60])
        return self.place(parts[0]), before, after

    def _listed(self, name: str) -> tuple[list[str], str]:
        """Places with a comma between, and the reason for the list."""
        places = self.ask(
            name, lambda line: [self.place(part.strip()) for part in line.split(",") if part.strip()]
        )
        reason = self.ask("reason", str) if places else ""
        return places, reason

    def _ask_order(self, told: PromptAnswers) -> list[list[str]]:
        """The order of the considerations, from one question at a time: which of two matters more?"""
        titles = {each.id: each.title[self.lang] for each in _rule_set(told).considerations}
        ends, answers = self._ends(told), dict[asked_order.Pair, str]()
        while (pair := asked_order.next_question(list(titles), answers)) is not None:
            shown = [f"{titles[each]}{ends.get(each, '')}" for each in pair]
            answers[pair] = self.ask("matters_more", self._which, one=shown[0], other=shown[1])
        return asked_order.ordered(list(titles), answers)

    def _ends(self, told: PromptAnswers) -> dict[str, str]:
        """Each consideration's way from the lowest to the highest municipality, in words."""
        from tyngdepunkt.analyses.location import indicator_values, score
        from tyngdepunkt.analyses.location.input.read import case_from_text

        case = case_from_text(as_yaml(told, self.lang), self._places)
        found = score.swings(case, (self._places, indicator_values.question_of(case, case.alternatives)))
        names = self._places.municipalities
        return {
            key: self.text(
                "ask.ends",
                low=names[each.lowest.place].name,
                low_points=each.lowest.score,
                high=names[each.highest.place].name,
                high_points=each.highest.score,
            )
            for key, each in found.items()
        }

    def _weights(self, line: str, told: PromptAnswers) -> dict[str, float]:
        """`none`, `compare`, or one number for each consideration, in their order, 100 in all."""
        told.by_questions = line.casefold() in _COMPARE
        if told.by_questions or line.casefold() in ("none", "ingen", "inga"):
            return {}
        ids = [each.id for each in _rule_set(told).considerations]
        points = several_numbers(line)
        if len(points) != len(ids) or min(points, default=-1) < 0 or abs(sum(points) - 100) > 0.25:
            raise self.refused("ask_weights", count=len(ids), ids=ids)
        return dict(zip(ids, points, strict=True))

    def _which(self, line: str) -> str:
        """1, 2 or 0 as the answer to which of two matters more."""
        if line not in _WHICH:
            raise self.refused("unknown_choice", given=line[:60], known=tuple(_WHICH))
        return _WHICH[line]


def _rule_set(told: PromptAnswers) -> RuleSet:
    return rules.rule_set(told.guidelines) if told.guidelines else rules.rule_set_on(told.date)
