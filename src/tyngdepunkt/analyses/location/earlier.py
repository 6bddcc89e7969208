"""What differs from the answer that an earlier version of the method gave to the same case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tyngdepunkt.analyses.kept import version_of
from tyngdepunkt.analyses.location.narrative import NAMED, say
from tyngdepunkt.analyses.location.result import Assessment
from tyngdepunkt.texts import inside

NEEDED = frozenset({"alternatives", "indicators", "rules"})


def held_against(assessment: Assessment, before: Mapping[str, Any], named: str) -> Assessment:
    """The assessment with `texts["earlier"]`: what differs from the earlier answer, kept as `named`."""
    return replace(assessment, texts={**assessment.texts, "earlier": _told(before, assessment, named)})


def _told(before: Mapping[str, Any], assessment: Assessment, named: str) -> str:
    lang = assessment.lang
    said = [say("earlier.made", lang, version=version_of(before), now=assessment.method_version)]
    old, new = _order(before), [item.name for item in assessment.ranked]
    key = "same_order" if old == new else "order" if old and new else "ranked"
    said.append(say(f"earlier.{key}", lang, before=old[:NAMED], after=new[:NAMED]))
    said += _counted(before, assessment) + _verdicts(before, assessment)
    said.append(say("earlier.kept", lang, name=named))
    return " ".join(said)


def _order(before: Mapping[str, Any]) -> list[str]:
    ranked = [each for each in before["alternatives"] if each.get("rank") is not None]
    return [str(each["name"]) for each in sorted(ranked, key=lambda each: each["rank"])]


def _counted(before: Mapping[str, Any], assessment: Assessment) -> list[str]:
    """Which indicators count now and did not, and the other way round."""
    lang = assessment.lang
    then = {each["id"]: each["title"][lang] for each in before["indicators"] if each.get("weight_within")}
    now = {each.indicator.id: each.indicator.title[lang] for each in assessment.indicators if each.weight > 0}
    said = []
    for key, titles in (("came", _only(now, then)), ("went", _only(then, now))):
        if titles:
            said.append(say(f"earlier.{key}", lang, names=titles))
    return said


def _only(some: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
    return [inside(title) for name, title in some.items() if name not in others]


def _verdicts(before: Mapping[str, Any], assessment: Assessment) -> list[str]:
    """Rules of the same set that are judged otherwise now."""
    if before["rules"].get("version") != assessment.rule_set.version:
        return []
    then = {each["rule"]: each["verdict"] for each in before["rules"]["findings"]}
    changed: Sequence[str] = [
        say(
            "earlier.verdict",
            assessment.lang,
            rule=each.rule,
            before=say(f"earlier.verdicts.{then[each.rule]}", assessment.lang),
            after=say(f"earlier.verdicts.{each.verdict}", assessment.lang),
        )
        for each in assessment.findings
        if each.rule in then and then[each.rule] != str(each.verdict)
    ]
    return [say("earlier.rules", assessment.lang, each=changed)] if changed else []
