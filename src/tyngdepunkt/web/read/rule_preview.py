"""What the rules say of a case while it is being written: what they ask, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tyngdepunkt.web.read.case import alternative_rows, rule_set_of
from tyngdepunkt.web.read.must_have_preview import case_so_far

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, LocationCase
    from tyngdepunkt.analyses.location.result import RuleReview
    from tyngdepunkt.places import Places
    from tyngdepunkt.rules import Rule, RuleSet

_MORE = (
    *("moved_from", "largest_cities", "oslo_area", "regional_structure", "staff", "costs", "decision"),
    *("notified", "informed", "explanations", "ledger", "window", "not_public", "conflicts_handled"),
    *("access_consequences", "jobs_consequences"),
)
_OF_ALTERNATIVES = ("alternatives.count", "alternatives.low_centrality")
_OPEN = ("not_met", "not_documented")
STATES = ("missing", "result", "judge", "met", "apart")


@dataclass(frozen=True, slots=True)
class RuleSoFar:
    """A rule, and how the case stands to it.

    Args:
        rule: the rule, with its text, level and source.
        state: `missing` (the case lacks something), `result` (the result answers it), `judge` (a person
            must look), `met`, or `apart` (it does not concern this case).
        said: what was found and what to do, in words; empty where the result answers it.
    """

    rule: Rule
    state: str
    said: str


def rules_so_far(content: Mapping[str, Any], places: Places, lang: str) -> dict[str, list[RuleSoFar]]:
    """What each rule says of a draft that is being written.

    A rule whose finding can only be known once the case is computed is in the state `result`, without text.

    Returns:
        State → its rules. `missing`: not met, or not documented; `judge`: a person must judge; `met`;
        `apart`: the rule does not apply; `result`. Where the draft cannot be read, all are in `judge`.
    """
    rule_set = rule_set_of(content)
    case = _case(content, places, lang)
    if case is None:
        return {"missing": [], "judge": [RuleSoFar(rule, "judge", "") for rule in rule_set.rules]}
    before = _review(case, places, rule_set, lang, computed=False)
    after = _review(case, places, rule_set, lang, computed=True)
    found: dict[str, list[RuleSoFar]] = {state: [] for state in STATES}
    for now, then in zip(before.findings, after.findings, strict=True):
        computed = now.verdict in _OPEN and then != now
        state = "result" if computed else _state(now.verdict)
        found[state].append(RuleSoFar(rule_set.rule(now.rule), state, "" if computed else now.text))
    return found


def _state(verdict: str) -> str:
    if verdict in _OPEN:
        return "missing"
    return {"not_applicable": "apart", "needs_judgement": "judge"}.get(verdict, "met")


def _case(content: Mapping[str, Any], places: Places, lang: str) -> LocationCase | None:
    """The case; where it has faults, what can be read of it."""
    from tyngdepunkt.analyses.location.input.read import case_from_content
    from tyngdepunkt.errors import UserError

    known = {name: content[name] for name in _MORE if content.get(name)}
    try:
        return case_from_content(content, places)
    except UserError:
        found = case_so_far(content, places, tuple(known)) or case_so_far(content, places)
    return replace(found, alternatives=_readable(content, places, lang)) if found else None


def _readable(content: Mapping[str, Any], places: Places, lang: str) -> tuple[Alternative, ...]:
    """The alternatives that can be read, also where others cannot or are yet too few."""
    from tyngdepunkt.analyses.location.input.model import Alternative, Part

    found = []
    for row in alternative_rows(content, places, lang):
        kind: Any = row.value.get("kind") if isinstance(row.value, dict) else ""
        codes = (row.code,) if row.code else row.parts
        if kind or codes:
            parts = tuple(Part(code, code) for code in codes)
            found.append(Alternative(row.name, kind or ("split" if len(codes) > 1 else "place"), parts))
    return tuple(found)


def asked_of_alternatives(content: Mapping[str, Any], places: Places, lang: str) -> list[RuleSoFar]:
    """How they stand to the rules on how many and how central they are; empty without such rules."""
    found = rules_so_far(content, places, lang)
    of_case = [each for state in ("missing", "met") for each in found.get(state, [])]
    wanted = [each for each in of_case if each.rule.evaluator in _OF_ALTERNATIVES]
    return sorted(wanted, key=lambda each: _OF_ALTERNATIVES.index(each.rule.evaluator))


def _review(
    case: LocationCase, places: Places, rule_set: RuleSet, lang: str, *, computed: bool
) -> RuleReview:
    """What the rules say as it stands, or as if everything that can be computed were."""
    from tyngdepunkt.analyses.location.rule_findings import Answered, facts_of, review

    ids = tuple(each.id for each in rule_set.considerations)
    place = next((code for each in case.alternatives for code in each.codes), "0301")
    ledger = None if case.ledger is None else ()
    answered = Answered(None, (), (), contribution_known=False, ledger=ledger)
    if computed:
        some: Any = (True,)  # only whether there are conflicts is asked
        known = bool(case.unit.jobs or case.unit.total_jobs)
        answered = Answered(place, ids, some, contribution_known=known, ledger=ledger)
    return review(rule_set, facts_of(case, places, case.alternatives, answered, rule_set), lang)
