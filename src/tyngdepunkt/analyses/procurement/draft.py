"""A draft in YAML: what a purchaser knows before there is a notice, in words of their own.

```yaml
procurement:
  title: Vintervedlikehold
  procedure: open          # a code of BT-105
  dispatch: 2025-10-01
  buyer_type: la           # a code of BT-11
  kind: services           # works, supplies or services
  value: {amount: 900000, currency: NOK}
  lots:
    - id: LOT-0001
      months: 24
      demands: [{code: slc-stand-to-gen, text: "Minste årsomsetning er 2 000 000 NOK."}]
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tyngdepunkt.analyses.procurement.eforms import MOST_LOTS, scrubbed
from tyngdepunkt.analyses.procurement.lines import Lines
from tyngdepunkt.analyses.procurement.model import TITLE, Lot, Record, Source
from tyngdepunkt.analyses.procurement.process import PROCEDURES
from tyngdepunkt.inputs.checked import FaultCollector
from tyngdepunkt.inputs.reading import Located, Steps, iso_date
from tyngdepunkt.texts import Term

_SOURCES = {"notice": "epo-notice", "documents": "epo-procurement-document", "espd": "epo-acc-espd-request"}
_PROCEDURES = (*PROCEDURES, "neg-wo-call")
Put = Callable[["Draft", Record, Any, Steps], None]


class Draft(FaultCollector):
    """Reads one draft and collects its faults, each with its line.

    `lines` are those of the part that is being read: the whole, or one lot.
    """

    def __init__(self, located: Located) -> None:
        super().__init__(located, "analyses.procurement")
        self.lines: Lines = {}

    def put(self, record: Record, key: str, steps: Steps, text: str, told: str = "") -> None:
        """Keep a value, and where it stands."""
        record.setdefault(key, []).append((text, told))
        self.placed(key, steps)

    def placed(self, key: str, steps: Steps) -> None:
        """Keep the line of a value."""
        self.lines.setdefault(key, []).append(self.located.line(steps) or 0)

    def keys(self, told: Any, known: Mapping[str, Any], steps: Steps) -> Mapping[str, Any]:
        """A mapping with known keys only."""
        if not isinstance(told, dict):
            self.wrong(told, steps, "mapping")
            return {}
        for name in told:
            if name not in known:
                self.fault("draft_key", (*steps, name), given=str(name)[:40], known=list(known))
        return told

    def listed(self, told: Any, steps: Steps) -> list[Any]:
        """A list, also where one value stands alone."""
        if isinstance(told, dict):
            self.wrong(told, steps, "list")
            return []
        return told if isinstance(told, list) else [] if told is None else [told]

    def wrong(self, told: Any, steps: Steps, kind: str) -> None:
        """A value of another kind than its field takes."""
        shown = "…" if isinstance(told, dict | list) else "–" if told is None else str(told)[:40]
        name = next(str(step) for step in reversed(steps) if isinstance(step, str))
        words = Term(kind, f"analyses.procurement:kinds.{kind}")  # in the language of who reads it
        self.fault("draft_value", steps, given=shown, name=name, kind=words)


def read(located: Located) -> Source:
    """A draft.

    Raises:
        UserError: everything that is wrong with it, each with its line.
    """
    draft, data = Draft(located), located.data
    if "procurement" not in data:
        draft.fault("no_draft", ())
        draft.faults.raise_if_any()
    draft.keys(data, {"procurement": None}, ())
    told = draft.keys(data["procurement"], {**_WHOLE, "lots": None}, ("procurement",))
    record: Record = {}
    _fill(draft, record, told, _WHOLE, ("procurement",))
    record.setdefault("BT-03", [("competition", "")])
    lines = draft.lines
    lots = _lots(draft, told.get("lots"))
    draft.faults.raise_if_any()
    return Source("draft", record, lots, lines=lines)


def _lots(draft: Draft, told: Any) -> list[Lot]:
    steps: Steps = ("procurement", "lots")
    rows = draft.listed(told, steps)
    if not rows or len(rows) > MOST_LOTS:
        draft.fault("draft_lots", steps)
    lots = []
    for at, row in enumerate(rows[:MOST_LOTS]):
        here, record, draft.lines = (*steps, at), Record(), {}
        draft.placed("BT-137", here)
        _fill(draft, record, draft.keys(row, {"id": None, **_LOT}, here), _LOT, here)
        name = row.get("id") if isinstance(row, dict) else None
        called = str(name)[:40] if name is not None else f"LOT-{at + 1:04d}"
        lots.append(Lot(called, record, lines=[(draft.lines, 0)]))
    return lots


def _fill(
    draft: Draft, record: Record, told: Mapping[str, Any], known: Mapping[str, Put], steps: Steps
) -> None:
    for name, put in known.items():
        if told.get(name) is not None:
            put(draft, record, told[name], (*steps, name))


def _text(key: str) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        for at, each in enumerate(draft.listed(told, steps)):
            if isinstance(each, dict | list | bool):
                draft.wrong(each, steps, "text")
            else:
                draft.put(record, key, (*steps, at), scrubbed(str(each)))

    return put


def _choice(key: str, known: tuple[str, ...], kind: str) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        if told in known:
            draft.put(record, key, steps, str(told))
        else:
            draft.wrong(told, steps, kind)

    return put


def _truth(key: str) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        if isinstance(told, bool):
            draft.put(record, key, steps, "true" if told else "false")
        else:
            draft.wrong(told, steps, "truth")

    return put


def _number(key: str, unit: str = "") -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        figure = _figure(told)
        if figure is None:
            draft.wrong(told, steps, "number")
        else:
            draft.put(record, key, steps, figure, unit)

    return put


def _figure(told: Any) -> str | None:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1e15:
        return None
    return f"{told:.6f}".rstrip("0").rstrip(".") if isinstance(told, float) else str(told)


def _day(key: str) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        day = iso_date(told) if isinstance(told, str) else told  # JSON has no days but as text
        if isinstance(day, dt.date):
            draft.put(record, key, steps, day.isoformat())
        else:
            draft.wrong(told, steps, "day")

    return put


def _money(key: str) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        if not isinstance(told, dict):
            draft.wrong(told, steps, "money")
            return
        given = draft.keys(told, {"amount": None, "currency": None}, steps)
        figure, currency = _figure(given.get("amount")), given.get("currency", "NOK")
        if figure is None:
            draft.wrong(given.get("amount"), (*steps, "amount"), "number")
        elif not isinstance(currency, str) or len(currency) != 3:
            draft.wrong(currency, (*steps, "currency"), "text")
        else:
            draft.put(record, key, steps, figure, currency.upper())

    return put


def _rows(group: str, fields: Mapping[str, Put]) -> Put:
    def put(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
        rows = []
        for at, each in enumerate(draft.listed(told, steps)):
            rows.append(row := Record())
            here = (*steps, at)
            _fill(draft, row, draft.keys(each, fields, here), fields, here)
        record.setdefault(group, []).extend(rows)

    return put


def _sources(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
    for at, each in enumerate(draft.listed(told, steps)):
        if isinstance(each, str) and each in _SOURCES:
            draft.put(record, "BT-821", (*steps, at), _SOURCES[each])
        else:
            draft.wrong(each, steps, "source")


def _buyers(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
    for at, each in enumerate(draft.listed(told, steps)):
        if not isinstance(each, str):
            draft.wrong(each, steps, "text")
            continue
        buyer: Record = {}
        draft.put(buyer, "BT-11", (*steps, at), str(each)[:40])
        record.setdefault("buyers", []).append(buyer)


def _award(draft: Draft, record: Record, told: Any, steps: Steps) -> None:
    group: Record = {}
    fields = {
        "code": _text("BT-539"),
        "text": _text("BT-540"),
        "percent": _number("BT-541"),
        "rank": _number("BT-541"),
    }
    _rows("criteria", fields)(draft, group, told, steps)
    given = told if isinstance(told, list) else []
    for row, each in zip(group.get("criteria", []), given, strict=False):
        if "BT-541" in row:
            kind = "ord-imp" if isinstance(each, dict) and each.get("rank") is not None else "per-exa"
            row["weights"] = [{"BT-5421": [(kind, "")], "BT-541": row.pop("BT-541")}]
    record["awarding"] = [group]


_WHOLE: dict[str, Put] = {
    "title": _text(TITLE), "description": _text("BT-24"),
    "procedure": _choice("BT-105", _PROCEDURES, "procedure"), "accelerated": _truth("BT-106"),
    "dispatch": _day("BT-05(a)"),
    "buyer_type": _buyers, "kind": _choice("BT-23", ("works", "supplies", "services"), "works"),
    "value": _money("BT-27"), "framework_maximum": _money("BT-271"), "cpv": _text("BT-262"),
    "most_lots_bid": _number("BT-31"), "most_lots_won": _number("BT-33"), "lots_together": _text("BT-763"),
    "subtype": _text("OPP-070"), "customization": _text("OPT-002"), "form": _text("BT-03"),
}  # fmt: skip
_DEMAND = {"code": _text("BT-809"), "text": _text("BT-750")}
_PLACE = {
    "postcode": _text("BT-5121"),
    "city": _text("BT-5131"),
    "county": _text("BT-5071"),
    "anywhere": _text("BT-727"),
}
_LOT: dict[str, Put] = {
    "title": _text(TITLE), "description": _text("BT-24"), "value": _money("BT-27"),
    "framework_maximum": _money("BT-271"), "months": _number("BT-36", "MONTH"), "start": _day("BT-536"),
    "end": _day("BT-537"), "cpv": _text("BT-262"), "deadline": _day("BT-131(d)"), "languages": _text("BT-97"),
    "criteria_source": _sources, "demands": _rows("selection", _DEMAND),
    "guarantee": _truth("BT-751"), "legal_form": _truth("BT-761"), "reserved": _text("BT-71"),
    "framework": _text("BT-765"), "framework_suppliers": _number("BT-113"), "dynamic_system": _text("BT-766"),
    "most_candidates": _number("BT-51"), "catalogue": _text("BT-764"), "aims": _text("BT-06"),
    "planning_notice": _text("BT-125(i)"), "suitable_for_small": _truth("BT-726"), "award_criteria": _award,
    "places": _rows("places", _PLACE),
}  # fmt: skip
