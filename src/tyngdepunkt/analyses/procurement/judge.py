"""All 24 rules over a notice: which are asked, of what, and what they answer in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice as Warned
from tyngdepunkt.analyses.procurement import demands, outcome, process, structure
from tyngdepunkt.analyses.procurement.judged import Asked, Judged, Rule
from tyngdepunkt.analyses.procurement.lines import OF_LOT, Spot, line_in, line_of, spot
from tyngdepunkt.analyses.procurement.model import Lot, Record, Source
from tyngdepunkt.analyses.procurement.money import Worth, worth
from tyngdepunkt.analyses.procurement.result import Answer, LotLine, Verdict
from tyngdepunkt.texts import read_yaml

RULES: dict[int, Rule] = {
    1: structure.split, 2: structure.all_lots, 3: structure.spread, 4: structure.digestible,
    5: demands.turnover, 6: demands.money, 7: demands.record, 8: demands.certificates,
    9: demands.readable, 10: demands.together, 11: process.procedure, 12: process.time,
    13: process.tools, 14: structure.locked, 15: process.place, 16: process.reserved,
    17: process.aims, 18: process.price, 19: process.dialogue, 20: process.suitable,
    21: outcome.tenders, 22: outcome.winner, 23: outcome.nobody, 24: outcome.again,
}  # fmt: skip
WHOLE = (1, 2, 3)
"""Rules about the procedure, answered once; all others are answered for each lot."""
OF_LOTS = tuple(rule for rule in RULES if rule not in WHOLE)
_ROOM = "analyses.procurement"
_PACKAGE = "tyngdepunkt.rules.procurement"
_MANY = 3
"""Lots from which an answer is kept for the next lot."""
_OF_WORTH, _OF_YEARS = (1, 4, 5), (14, 24)
_OF_ANSWERS = (20,)
Told = tuple[int, Verdict, str, str | float | None, str, str, Spot | int | None]


class Judge:
    """Judges one notice in one language.

    Args:
        source: the notice.
        lang: language of the reasons.
        as_of: the day it is read on.
        place: answers rule 15 where somebody asks from a place, else None.
    """

    def __init__(self, source: Source, lang: str, as_of: dt.date, place: Any = None) -> None:
        self._source, self._lang, self._as_of, self._place = source, lang, as_of, place
        self._thresholds = thresholds_on(source.dispatched or as_of)
        self._count = sum(not lot.part for lot in source.lots if lot.id is not None) or len(source.lots)
        self._known: dict[Any, tuple[list[Told], Worth]] = {}
        self._alone = len(source.lots) < _MANY or bool(source.record.get("results"))
        self._given: dict[int, tuple[list[tuple[str, Any]], Any, Told]] = {}
        self._bases = _bases(source.national, lang)
        self._not_asked = _not_asked(source.form, source.national, lang)
        self._limits = rules()["time_limits"]
        self.warnings: dict[tuple[str, str], Warned] = {}
        self.lines: list[LotLine] = []

    def findings(self) -> Iterator[Answer]:
        """Each rule, in the order of the lots; the lots' own lines are filled on the way."""
        first_lot = self._source.lots[0]
        for rule, verdict, field, value, text, basis, where in self._tell(first_lot, WHOLE)[0]:
            line = line_in(first_lot, where) if isinstance(where, tuple) else where
            yield Answer(rule, None, verdict, field, value, text, basis, line)
        for lot in self._source.lots:
            told, known = self._once(lot, OF_LOTS)
            self.lines.append(_line(lot, known))
            name = lot.id
            for rule, verdict, field, value, text, basis, where in told:
                line = line_in(lot, where) if isinstance(where, tuple) else where
                yield Answer(rule, name, verdict, field, value, text, basis, line)

    def _once(self, lot: Lot, asked: tuple[int, ...]) -> tuple[list[Told], Worth]:
        """Lots that are known to say the same are judged once; where there are results, each has its own."""
        if self._alone or lot.likeness is None:
            return self._tell(lot, asked)
        known = self._known.get(lot.likeness)
        if known is None:
            known = self._known[lot.likeness] = self._tell(lot, asked)
        return known

    def _tell(self, lot: Lot, rules_: tuple[int, ...]) -> tuple[list[Told], Worth]:
        known = worth(lot.record, self._source.record, self._count)
        asked = Asked(
            self._source, lot.record, self._count, known, self._limits, self._warner(lot.id),
            thresholds=self._thresholds, as_of=self._as_of, place=self._place, lot_id=lot.id,
        )  # fmt: skip
        told: list[Told] = []
        for rule in rules_:
            found = self._judged(rule, asked) if self._alone else self._again(rule, asked)
            asked.seen[rule] = found[1]
            told.append(found)
        return told, known

    def _again(self, rule: int, asked: Asked) -> Told:
        """An answer given before, where every field that it was given from says the same in this lot."""
        lot, beside = asked.lot, _beside(rule, asked)
        if (before := self._given.get(rule)) is not None:
            held, was_beside, told = before
            if was_beside == beside and all(lot.get(key) == value for key, value in held):
                return told
        asked.lot = watched = Watched(lot)
        told = self._judged(rule, asked)
        asked.lot = lot
        self._given[rule] = [(key, lot.get(key)) for key in watched.read], beside, told
        return told

    def _judged(self, rule: int, asked: Asked) -> Told:
        if (told := self._not_asked.get(rule)) is not None:
            return told
        found = RULES[rule](asked)
        text = _say(found.key, self._lang, found.values)
        where = None if found.verdict == "not_applicable" else self._spot(found, asked.lot)
        return rule, found.verdict, found.field, found.value, text, self._bases[rule], where

    def _spot(self, found: Judged, lot: Record) -> Spot | int | None:
        """Where the answer was read: the line, or which value of the lot; the lot's own id is the lot."""
        if found.field == "BT-137-Lot":
            return "BT-137", 0
        if found.field.endswith(OF_LOT):
            return spot(lot, found.field, found.value, found.near)
        held = spot(self._source.record, found.field, found.value)
        return None if held is None else line_of(self._source, held)

    def _warner(self, lot: str | None) -> Callable[..., None]:
        def warn(name: str, **values: Any) -> None:
            text = texts.text(f"{_ROOM}:warnings.{name}", self._lang, **values)
            self.warnings.setdefault((name, text), Warned(name, text, lot or ""))

        return warn

    def warn(self, name: str, where: str = "", **values: Any) -> None:
        """Remember what a reader should know of the whole notice."""
        text = texts.text(f"{_ROOM}:warnings.{name}", self._lang, **values)
        self.warnings.setdefault((name, text), Warned(name, text, where))


FIELDS = {
    1: "BT-137-Lot", 2: "BT-763-Procedure", 3: "BT-33-Procedure", 4: "BT-27-Lot", 5: "BT-809-Lot",
    6: "BT-809-Lot", 7: "BT-809-Lot", 8: "BT-809-Lot", 9: "BT-821-Lot", 10: "BT-761-Lot",
    11: "BT-105-Procedure", 12: "BT-131(d)-Lot", 13: "BT-97-Lot", 14: "BT-765-Lot", 15: "BT-5071-Lot",
    16: "BT-71-Lot", 17: "BT-06-Lot", 18: "BT-541-Lot", 19: "BT-125(i)-Lot", 20: "BT-726-Lot",
    21: "BT-759-LotResult", 22: "BT-165-Organization-Company", 23: "BT-142-LotResult", 24: "BT-36-Lot",
}  # fmt: skip


class Watched(dict[str, Any]):
    """The fields of a lot, and which of them were looked at."""

    def __init__(self, record: Record) -> None:
        super().__init__(record)
        self.read: dict[str, None] = {}

    def get(self, key: str, default: Any = None) -> Any:  # noqa: D102  # as a mapping's
        self.read[key] = None
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.read[key] = None
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read[str(key)] = None
        return super().__contains__(key)


def _beside(rule: int, asked: Asked) -> Any:
    """What a rule looks at besides the fields of the lot: its worth, or the answers before it."""
    if rule in _OF_WORTH:
        return asked.worth
    if rule in _OF_YEARS:
        return asked.worth.years
    return tuple(asked.seen.items()) if rule in _OF_ANSWERS else None


def _line(lot: Lot, known: Worth) -> LotLine:
    amount, yearly = known.amount, known.yearly
    return LotLine(
        lot.id,
        round(amount.value, 2) if amount else None,
        amount.currency if amount else None,
        round(known.years, 4) if known.years is not None else None,
        round(yearly.value, 2) if yearly else None,
        known.assumed,
    )


@cache
def rules() -> Mapping[str, Any]:
    """The legal bases, the forms each rule is asked of, and the time limits."""
    found: Mapping[str, Any] = read_yaml(_PACKAGE, "check.yaml")
    return found


@cache
def _asked_of(form: str) -> frozenset[int]:
    """The rules that are asked of a form of notice."""
    return frozenset(rule for rule, told in rules()["rules"].items() if form in told["forms"])


@cache
def _not_asked(form: str, national: bool, lang: str) -> Mapping[int, Told]:
    """The answers of the rules that are not asked of a form of notice."""
    asked, bases, text = _asked_of(form), _bases(national, lang), _plain("not_in_form", lang)
    return {
        rule: (rule, "not_applicable", FIELDS[rule], None, text, bases[rule], None)
        for rule in RULES
        if rule not in asked
    }


@cache
def _bases(national: bool, lang: str) -> Mapping[int, str]:
    """For each rule: provisions with the day each took effect."""
    known = rules()["bases"]
    found = {}
    for rule, told in rules()["rules"].items():
        bases = (known[name] for name in told["national" if national else "eea"])
        found[rule] = "; ".join(_basis(each, lang) for each in bases)
    return found


def _basis(told: Mapping[str, Any], lang: str) -> str:
    """A provision with its day, and a mark where no text that could be read confirms it."""
    marks = [texts.date(told["from"], lang)] if told["from"] else []
    if told["status"] != "confirmed":
        marks.append(texts.text(f"rules:status.{told['status']}", lang))
    return f"{told[lang]} ({', '.join(marks)})" if marks else str(told[lang])


def _say(key: str, lang: str, values: Mapping[str, Any]) -> str:
    """A reason; one without values is put together once."""
    return texts.text(f"{_ROOM}:{key}", lang, **values) if values else _plain(key, lang)


@cache
def _plain(key: str, lang: str) -> str:
    return texts.text(f"{_ROOM}:{key}", lang)


def thresholds_on(day: dt.date) -> Mapping[str, Mapping[str, Any]]:
    """Currency → the row of thresholds that holds on a day; without a row it is not known."""
    table = _thresholds()
    return {
        currency: {**row, "state": table["state"]}
        for currency, rows in (("NOK", table["rows"]), ("EUR", table["euro"]))
        for row in rows
        if row["from"] <= day <= row["to"]
    }


@cache
def _thresholds() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(_PACKAGE, "thresholds.yaml")
    return found
