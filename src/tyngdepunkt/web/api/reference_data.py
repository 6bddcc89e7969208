"""Indicators and rules as data over the API."""

from __future__ import annotations

from typing import Any

from litestar import Response

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import Indicator, all_indicators
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.rules import Rule, RuleSet, rule_set, versions
from tyngdepunkt.web import output
from tyngdepunkt.web.answers import knowledge as answers
from tyngdepunkt.web.api.operation import Name, Operation, reading
from tyngdepunkt.web.rendering import Page

_TAG = "What judgements rest on"
_INDICATORS = Operation(_TAG, answers.Indicators, "/indicators")
_SETS = Operation(_TAG, answers.RuleSets, "/rules")
_SET = Operation(_TAG, answers.RuleSet, "/rules/2022-08-12", (404,), named="Date of the royal decree.")


@reading("/indicators", "All indicators", _INDICATORS)
def list_indicators(page: Page) -> Response[Any]:
    """Every indicator with unit, direction, value function, reference, and the consideration it serves."""
    items = [_indicator(each, page.lang) for each in all_indicators().values()]
    return output.as_json(answers.Indicators(items=items), page.lang)


@reading("/rules", "The rule sets", _SETS)
def list_rules(page: Page) -> Response[Any]:
    """The guidelines on the location of state jobs as they stood from one royal decree to the next."""
    items = [_row(rule_set(version), page.lang) for version in versions()]
    return output.as_json(answers.RuleSets(items=items), page.lang)


@reading("/rules/{name:str}", "One rule set", _SET)
def one_rule_set(page: Page, name: Name) -> Response[Any]:
    """The rules of a set as data: what each says, how strongly, to whom, since when and from where."""
    if name not in versions():
        raise UserError(Fault("web:no_rule_set", {"value": name[:40], "versions": versions()}))
    return output.as_json(_set(rule_set(name), page.lang), page.lang)


def _indicator(each: Indicator, lang: str) -> answers.Indicator:
    return from_attributes(
        answers.Indicator,
        each,
        title=each.title[lang],
        explanation=each.explanation[lang],
        direction="max" if each.direction == "max" else "min",
        considerations=dict(each.considerations),
        value=each.value if isinstance(each.value, str) else [list(point) for point in each.value],
        value_reason=each.value_reason[lang],
    )


def _row(found: RuleSet, lang: str) -> answers.RuleSetRow:
    return answers.RuleSetRow(
        version=found.version,
        title=found.title[lang],
        adopted=str(found.adopted),
        valid_from=found.valid_from.isoformat(),
        valid_to=found.valid_to.isoformat() if found.valid_to else None,
        status="in_force" if found.status == "in_force" else "replaced",
        rules=len(found.rules),
    )


def _set(found: RuleSet, lang: str) -> answers.RuleSet:
    return from_attributes(
        answers.RuleSet,
        _row(found, lang),
        notes=found.notes[lang],
        considerations=[
            answers.Consideration(
                id=one.id, title=one.title[lang], reference=one.cited(lang), basis=one.basis
            )
            for one in found.considerations
        ],
        rules=[_rule(rule, lang) for rule in found.rules],
        carried=[_rule(rule, lang) for rule in found.carried],
        sources=[
            answers.RuleSource(id=one.id, citation=one.citation, year=str(one.year), url=one.url)
            for one in found.sources
        ],
    )


def _rule(rule: Rule, lang: str) -> answers.Rule:
    return from_attributes(
        answers.Rule,
        rule,
        title=rule.title[lang],
        text=rule.text[lang],
        applies_to=[str(each) for each in rule.applies_to],
        parameters=dict(rule.parameters),
        refers_to=[other.id for other in rule.refers_to],
        reference=rule.cited(lang),
        source=rule.source.id,
        status="confirmed" if rule.status == "confirmed" else "not_confirmed",
        valid_from=rule.valid_from.isoformat(),
        valid_to=rule.valid_to.isoformat() if rule.valid_to else None,
        checked_on=rule.checked_on.isoformat(),
    )


handlers: list[Any] = [list_indicators, list_rules, one_rule_set]
