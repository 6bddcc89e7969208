"""An answer that was given before with another version of the method: kept, and held against the new one.

Whoever has shown a document must be able to say what changed and why. The earlier JSON answer lies
beside the documents; it is read, never computed again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location.narrative import NAMED, say
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import Assessment

KEPT = ("docx", "pdf", "html", "xlsx", "json")


def held_against(assessment: Assessment, file: Path) -> Assessment:
    """The assessment with `texts["earlier"]`: what differs from an earlier answer by another method version.

    Args:
        assessment: the new answer.
        file: where the JSON of an earlier one may lie.

    Returns:
        The same assessment where there is none, or it was made with the same version.
    """
    before = _read(file)
    if before is None or before.get("method_version") == assessment.method_version:
        return assessment
    return replace(assessment, texts={**assessment.texts, "earlier": _told(before, assessment, file)})


def keep(file: Path, version: str) -> list[Path]:
    """Copies of the documents of an earlier method version, beside them under names that say so.

    Args:
        file: the JSON answer; its documents bear the same name with other endings.
        version: the version the new answer is made with.

    Returns:
        The copies that were made now.
    """
    before = _read(file)
    if before is None or before.get("method_version") == version:
        return []
    made = []
    for ending in KEPT:
        old, new = file.with_suffix(f".{ending}"), _kept_as(file, before, ending)
        if old.is_file() and not new.exists():
            shutil.copy2(old, new)
            made.append(new)
    return made


def _kept_as(file: Path, before: Mapping[str, Any], ending: str) -> Path:
    return file.with_name(f"{file.stem}-method-{_version(before)}.{ending}")


def _version(before: Mapping[str, Any]) -> str:
    given = str(before.get("method_version", ""))
    return given if given.isalnum() and len(given) < 20 else "x"


def _read(file: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        known = isinstance(content, dict) and {"alternatives", "indicators", "rules"} <= content.keys()
        return content if known else None
    except (OSError, ValueError):
        return None


def _told(before: Mapping[str, Any], assessment: Assessment, file: Path) -> str:
    lang = assessment.lang
    said = [say("earlier.made", lang, version=_version(before), now=assessment.method_version)]
    old, new = _order(before), [item.name for item in assessment.ranked]
    key = "same_order" if old == new else "order" if old and new else "ranked"
    said.append(say(f"earlier.{key}", lang, before=old[:NAMED], after=new[:NAMED]))
    said += _counted(before, assessment) + _verdicts(before, assessment)
    said.append(say("earlier.kept", lang, name=_kept_as(file, before, "*").name))
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
