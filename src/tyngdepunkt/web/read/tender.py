"""A draft of a tender asked for in a form: its fields, the draft they make, and the draft judged.

The form asks in words; the draft that comes of it is the same that a purchaser can write as a file, so that
it is judged by the same reader and can be taken away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Brought, Setting, analysis
from tyngdepunkt.documents.document import Section
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.inputs import dates, numbers
from tyngdepunkt.web.read.analysis import Answer, answer_of

ROOM = "analyses.procurement"
DRAFT = "draft.yaml"
MOST_LOTS, MOST = 50, 1e12
_REFERENCES = {
    "works": "slc-abil-ref-work", "supplies": "slc-abil-ref-supply", "services": "slc-abil-ref-services",
}  # fmt: skip
_STAFF, _CERTIFICATE, _TURNOVER = "slc-abil-staff-qual", "slc-sche-qu-cert-indep", "slc-stand-to-gen"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form.

    Args:
        name: as it is sent; its title, help and choices stand under `form.<name>`.
        kind: text, number, select, checkbox, textarea or day.
        choices: values of one that is chosen; the first stands in it before anybody writes.
        value: what stands in it before anybody writes.
        most: the greatest number.
    """

    name: str
    kind: str
    choices: tuple[str, ...] = ()
    value: str = ""
    most: float = MOST


PARTS: dict[str, tuple[Asked, ...]] = {
    "purchase": (
        Asked("name", "text"),
        Asked("kind", "select", ("services", "supplies", "works")),
        Asked("above", "select", ("no", "yes")),
        Asked("buyer_type", "select", ("la", "ra", "cga")),
        Asked("procedure", "select", ("open", "restricted", "neg-w-call", "neg-wo-call")),
        Asked("accelerated", "checkbox"),
        Asked("dispatch", "day"),
        Asked("deadline", "day"),
    ),
    "lots": (
        Asked("lots", "number", value="1", most=MOST_LOTS),
        Asked("together", "checkbox"),
        Asked("most_won", "number", most=MOST_LOTS),
        Asked("value", "number"),
        Asked("months", "number", most=600),
        Asked("postcode", "text"),
        Asked("framework", "select", ("none", "fa-wo-rc")),
        Asked("suppliers", "number", most=1000),
    ),
    "demands": (
        Asked("source", "select", ("notice", "documents", "espd")),
        Asked("turnover", "number"),
        Asked("references", "textarea"),
        Asked("staff", "textarea"),
        Asked("certificate", "textarea"),
        Asked("guarantee", "checkbox"),
        Asked("legal_form", "checkbox"),
    ),
    "tender": (
        Asked("norwegian", "checkbox", value="yes"),
        Asked("catalogue", "checkbox"),
        Asked("price", "number", most=100),
    ),
}
ALL = tuple(each for part in PARTS.values() for each in part)


def title_of(name: str, lang: str) -> str:
    """What one question of the form is called."""
    return texts.text(f"{ROOM}:form.{name}.title", lang)


def draft_of(given: Mapping[str, str], lang: str) -> dict[str, Any]:
    """The draft that the form makes; what is left empty is not in it.

    Raises:
        UserError: every number and date that cannot be read, each at its title.
    """
    faults = Faults()
    told: dict[str, Any] = {}
    for each in ALL:
        try:
            told[each.name] = _value(each, given.get(each.name, "").strip())
        except UserError as error:
            faults.extend(error.at(title_of(each.name, lang)).faults)
    faults.raise_if_any()
    return {"procurement": _procurement(told, lang)}


def _value(asked: Asked, text: str) -> Any:
    if asked.kind == "checkbox":
        return text == "yes"
    if asked.kind == "select":
        return text if text in asked.choices else asked.choices[0]
    if asked.kind == "day":
        return dates.date(text) if text else None
    if asked.kind != "number":
        return text or None
    found = numbers.number(text) if text else None
    if found is not None and not 0 < found <= asked.most:
        values = {"given": text[:40], "least": 0, "most": asked.most}
        raise UserError(Fault(f"{ROOM}:form_number", values))
    return found


def _procurement(told: Mapping[str, Any], lang: str) -> dict[str, Any]:
    whole = {
        "title": told["name"],
        "form": "competition",
        "subtype": "16" if told["above"] == "yes" else "E3",
        "kind": told["kind"],
        "buyer_type": told["buyer_type"],
        "procedure": told["procedure"],
        "accelerated": True if told["accelerated"] else None,
        "dispatch": told["dispatch"],
        "lots_together": "all" if told["together"] else None,
        "most_lots_won": told["most_won"],
    }
    lot = _lot(told, lang)
    lots = [_known({"id": f"LOT-{at + 1:04d}", **lot}) for at in range(int(told["lots"] or 1))]
    return {**_known(whole), "lots": lots}


def _lot(told: Mapping[str, Any], lang: str) -> dict[str, Any]:
    price = told["price"]
    return {
        "value": {"amount": told["value"], "currency": "NOK"} if told["value"] else None,
        "months": told["months"],
        "deadline": told["deadline"],
        "languages": ["NOB"] if told["norwegian"] else ["ENG"],
        "criteria_source": [told["source"]],
        "demands": list(_demands(told, lang)) or None,
        "guarantee": told["guarantee"],
        "legal_form": told["legal_form"],
        "framework": told["framework"],
        "framework_suppliers": told["suppliers"],
        "catalogue": "required" if told["catalogue"] else "allowed",
        "places": [{"postcode": told["postcode"]}] if told["postcode"] else None,
        "award_criteria": None if price is None else _award(price),
    }


def _award(price: float) -> list[dict[str, Any]]:
    quality = [{"code": "quality", "percent": 100 - price}] if price < 100 else []
    return [{"code": "price", "percent": price}, *quality]


def _demands(told: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    amount = told["turnover"]
    found = {
        _TURNOVER: texts.text(f"{ROOM}:form.turnover.demand", lang, amount=amount) if amount else None,
        _REFERENCES[told["kind"]]: told["references"],
        _STAFF: told["staff"],
        _CERTIFICATE: told["certificate"],
    }
    return [{"code": code, "text": text} for code, text in found.items() if text]


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def written(draft: Mapping[str, Any]) -> bytes:
    """A draft as the file that a purchaser could have written."""
    import yaml

    text: str = yaml.safe_dump(draft, allow_unicode=True, sort_keys=False)
    return text.encode()


def work(draft: bytes, before: bytes, lang: str) -> Answer:
    """A draft judged, and beside it what it gained and lost against the one before, where there is one.

    Args:
        draft: as `written`.
        before: the draft as it was, or empty.
        lang: of the answer.

    Raises:
        UserError: what is wrong with a draft.
    """
    made_for = analysis("procurement")
    setting = Setting(lang, _no_places)
    question = made_for.question(as_of=dt.datetime.now(dt.UTC).date())

    def judged(content: bytes) -> Any:
        return _unlined(made_for.answer({"notice": Brought(DRAFT, content)}, question, setting))

    now = judged(draft)
    found = answer_of(made_for, now, lang)
    if not before or before == draft:
        return found
    from tyngdepunkt.analyses.procurement.compare import blocks, compare

    beside = Section(texts.text(f"{ROOM}:compare.beside", lang), blocks(compare(judged(before), now), lang))
    return replace(found, sections=(beside, *found.sections))


def _unlined(result: Any) -> Any:
    """An answer without the lines of the file that the form made: who filled in a form has not seen it."""
    import msgspec

    changed = {
        name: [msgspec.structs.replace(each, line=None) for each in getattr(result, name)]
        for name in ("findings", "national")
    }
    return msgspec.structs.replace(result, **changed)


def _no_places() -> Any:
    raise AssertionError("a draft of the form asks from no place")
