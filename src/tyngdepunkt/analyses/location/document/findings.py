"""Rule findings as sections need them: by verdict, by question, and by their short title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt.documents.document import Bullets
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import Finding
    from tyngdepunkt.analyses.location.document.view import View

ORDER = (
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NEEDS_JUDGEMENT,
    Verdict.EXPLAINED,
    Verdict.MET,
)
"""What calls for action first."""


def of_verdict(view: View, *verdicts: Verdict) -> tuple[Finding, ...]:
    """The findings with one of these verdicts, in the order of the verdicts."""
    found = view.assessment.findings
    return tuple(each for verdict in verdicts for each in found if each.verdict == verdict)


def title(view: View, finding: Finding) -> str:
    """A rule in a few words, with its number."""
    try:
        name = view.assessment.rule_set.rule(finding.rule).title[view.lang]
    except KeyError:
        return finding.rule
    return view.say("in_brackets", name=name, remark=finding.rule)


def joined(view: View, found: Iterable[Finding]) -> list[str]:
    """The rules' short titles, fit for the middle of a sentence."""
    return [inside(title(view, each)) for each in found]


def listed(view: View, found: Iterable[Finding]) -> Bullets:
    """One point per finding: the rule and the verdict; what was found stands in the annex."""
    return Bullets(
        tuple(view.say("labelled", name=title(view, each), said=_verdict(view, each)) for each in found)
    )


def _verdict(view: View, finding: Finding) -> str:
    return inside(view.say(f"verdicts.{finding.verdict.value}"))
