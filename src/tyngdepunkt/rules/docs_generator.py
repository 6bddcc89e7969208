"""The page `docs/rules.md`, made from the register so that it can say nothing else (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tyngdepunkt.rules.instructions import study_questions
from tyngdepunkt.rules.loader import register_entry, rule_set, sources, versions
from tyngdepunkt.rules.model import RuleSet
from tyngdepunkt.texts import text

_HEAD = """\
# Rules

Generated from `src/tyngdepunkt/rules/`; change the register there and run `make docs`.

The rules are our own words for what the guidelines on the location of state jobs say; the guidelines
themselves are what binds. A number names a rule, not a regime: the same rule can stand in several sets, and
a set can word it in its own way. *Standing* says, per set, where the rule was read and how well that confirms
it. A period runs from its first day to the day before its last date.
"""
_SET_HEAD = """\
## The rule sets

| set | adopted | in force | rules | carried over | considerations |
|---|---|---|---|---|---|"""
_CARRIED = """\

*Carried over* are rules of the set before that ended because the readable parts of the new text neither
repeat nor repeal them. They are judged at structural changes, closures and (R35) relocations, and every such
finding says where the rule comes from.
"""
_RULES_HEAD = """\
## The register
"""
_QUESTIONS_HEAD = """\
## The six questions of utredningsinstruksen

Their order is the order of every document. The mapping to the rules is ours (inferred).

| | question | rules |
|---|---|---|"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, _SET_HEAD, *(_set_row(rule_set(version)) for version in versions()), _CARRIED]
    parts += [f"**{version}.** {rule_set(version).notes['en']}\n" for version in versions()]
    parts += [_RULES_HEAD, *(_rule(f"R{number}") for number in _numbers())]
    parts += [_QUESTIONS_HEAD]
    parts += [f"| {q.number} | {q.title['en']} | {', '.join(q.rules)} |" for q in study_questions()]
    parts += ["", "## Sources", ""]
    parts += [f"- `{each.id}`: {each.citation}. <{each.url}>" for each in sources().values()]
    return "\n".join(parts) + "\n"


def _numbers() -> list[int]:
    held = {rule.id for version in versions() for rule in rule_set(version).rules}
    return sorted(int(rule_id[1:]) for rule_id in held)


def _set_row(each: RuleSet) -> str:
    period = f"{each.valid_from} – {each.valid_to or ''}".rstrip()
    held = ", ".join(rule.id for rule in each.rules)
    carried = ", ".join(rule.id for rule in each.carried) or "–"
    considerations = ", ".join(f"`{item.id}` ({item.basis})" for item in each.considerations)
    return f"| {each.version} | {each.adopted} | {period} | {held} | {carried} | {considerations} |"


def _rule(rule_id: str) -> str:
    entry = register_entry(rule_id)
    lines = [f"### {rule_id} {entry['title']['en']}", ""]
    for item in entry["versions"]:
        lines += [*_version(item), ""]
    return "\n".join(lines)


def _version(item: Mapping[str, Any]) -> Iterator[str]:
    period = f"{item['valid_from']} – {item['valid_to'] or ''}".rstrip()
    level = text(f"rules:level.{item['level']}", "en")
    yield f"**{period}**, {level}, judged by `{item['evaluator']}` for {', '.join(item['applies_to'])}."
    yield ""
    yield from (f"- {lang}: {item['text'][lang]}" for lang in ("nb", "nn", "en"))
    for version, standing in item["standing"].items():
        status = text(f"rules:status.{standing['status']}", "en")
        yield f"- standing in {version}: {status} ({_rests_on(standing)})"


def _rests_on(standing: Mapping[str, str]) -> str:
    point = f" point {standing['point']}" if "point" in standing else ""
    basis = text(f"rules:basis.{standing['basis']}", "en")
    if "read_in" in standing:
        joint = {"verified": "read in", "inferred": f"{basis} from"}.get(standing["basis"], f"{basis} in")
        basis = f"{joint} `{standing['read_in']}`"
    return f"`{standing['source']}`{point}, {basis}"
