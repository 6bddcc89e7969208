"""Indicators and rules as data over the API."""

from __future__ import annotations

from typing import Any

from litestar import Response

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import Indicator, all_indicators
from tyngdepunkt.rules import Rule, RuleSet, rule_set, versions
from tyngdepunkt.web import output
from tyngdepunkt.web.api.operation import Name, Operation, reading
from tyngdepunkt.web.api.schema import knowledge as schema
from tyngdepunkt.web.rendering import Page

_TAG = "What judgements rest on"
_INDICATORS = Operation(_TAG, schema.Indicators, "/indicators")
_SETS = Operation(_TAG, schema.RuleSets, "/rules")
_SET = Operation(_TAG, schema.RuleSet, "/rules/2022-08-12", (404,), named="Date of the royal decree.")


@reading("/indicators", "All indicators", _INDICATORS)
def list_indicators(page: Page) -> Response[Any]:
    """Every indicator with unit, direction, value function, reference, and the consideration it serves."""
    items = [_indicator(each, page.lang) for each in all_indicators().values()]
    return output.as_json(schema.Indicators(items=items), page.lang)


@reading("/rules", "The rule sets", _SETS)
def list_rules(page: Page) -> Response[Any]:
    """The guidelines on the location of state jobs as they stood from one royal decree to the next."""
    items = [_row(rule_set(version), page.lang) for version in versions()]
    return output.as_json(schema.RuleSets(items=items), page.lang)


@reading("/rules/{name:str}", "One rule set", _SET)
def one_rule_set(page: Page, name: Name) -> Response[Any]:
    """The rules of a set as data: what each says, how strongly, to whom, since when and from where."""
    if name not in versions():
        raise UserError(Fault("web:no_rule_set", {"value": name[:40], "versions": versions()}))
    return output.as_json(_set(rule_set(name), page.lang), page.lang)


def _indicator(each: Indicator, lang: str) -> schema.Indicator:
    return schema.Indicator(
        id=each.id,
        title=each.title[lang],
        explanation=each.explanation[lang],
        unit=each.unit,
        decimals=each.decimals,
        direction="max" if each.direction == "max" else "min",
        considerations=dict(each.considerations),
        aggregate=each.aggregate,
        scored=each.scored,
        value=each.value if isinstance(each.value, str) else [list(point) for point in each.value],
        value_reason=each.value_reason[lang],
        reference=each.reference,
        tables=list(each.tables),
    )


def _row(found: RuleSet, lang: str) -> schema.RuleSetRow:
    return schema.RuleSetRow(
        version=found.version,
        title=found.title[lang],
        adopted=str(found.adopted),
        valid_from=found.valid_from.isoformat(),
        valid_to=found.valid_to.isoformat() if found.valid_to else None,
        status="in_force" if found.status == "in_force" else "replaced",
        rules=len(found.rules),
    )


def _set(found: RuleSet, lang: str) -> schema.RuleSet:
    row = _row(found, lang)
    return schema.RuleSet(
        version=row["version"],
        title=row["title"],
        adopted=row["adopted"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        status=row["status"],
        notes=found.notes[lang],
        considerations=[
            schema.Consideration(id=one.id, title=one.title[lang], reference=one.cited(lang), basis=one.basis)
            for one in found.considerations
        ],
        rules=[_rule(rule, lang) for rule in found.rules],
        carried=[_rule(rule, lang) for rule in found.carried],
        sources=[
            schema.RuleSource(id=one.id, citation=one.citation, year=str(one.year), url=one.url)
            for one in found.sources
        ],
    )


def _rule(rule: Rule, lang: str) -> schema.Rule:
    return schema.Rule(
        id=rule.id,
        title=rule.title[lang],
        text=rule.text[lang],
        level=rule.level,
        kind=rule.kind,
        applies_to=[str(each) for each in rule.applies_to],
        evaluator=rule.evaluator,
        parameters=dict(rule.parameters),
        explained_by=list(rule.explained_by),
        refers_to=[other.id for other in rule.refers_to],
        reference=rule.cited(lang),
        source=rule.source.id,
        basis=rule.basis,
        status="confirmed" if rule.status == "confirmed" else "not_confirmed",
        valid_from=rule.valid_from.isoformat(),
        valid_to=rule.valid_to.isoformat() if rule.valid_to else None,
        checked_on=rule.checked_on.isoformat(),
    )


handlers: list[Any] = [list_indicators, list_rules, one_rule_set]
