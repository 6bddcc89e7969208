"""An assessment on a terminal: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.narrative import say
from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment
from tyngdepunkt.rules.case_facts import Verdict

SHOWN = 15
NOTED = (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED, Verdict.EXPLAINED, Verdict.NEEDS_JUDGEMENT)


def show(assessment: Assessment, written: list[Path]) -> None:
    """Print the answer, the ranking, what the rules say, and where the documents lie."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(assessment.case.title + "\n", style="bold")
    for notice in assessment.notices:
        console.print(texts.text(notice.key, assessment.lang, **notice.values), style="dim")
    for key in (
        "earlier",
        "backwards",
        "recommendation",
        "robustness",
        "joint",
        "flip",
        "conflicts",
        "decision",
        "missing",
    ):
        if assessment.texts.get(key):
            console.print(assessment.texts[key] + "\n")
    console.print(_ranking(assessment))
    console.print(_findings(assessment))
    if written:
        console.print("\n" + _say("documents", assessment))
        for path in written:
            console.print(f"  {path}", soft_wrap=True)


def _ranking(assessment: Assessment) -> Table:
    table = Table(title=_say("ranking", assessment), title_justify="left", box=None, pad_edge=False)
    scored = [key for key in assessment.considerations if key in assessment.weights]
    table.add_column(_say("rank", assessment), justify="right")
    table.add_column(_say("alternative", assessment), min_width=12)
    table.add_column(_say("value", assessment), justify="right")
    for key in scored:
        table.add_column(assessment.title_of(key), justify="right", max_width=16, overflow="fold")
    table.add_column(
        _say(f"first_share.{_which(assessment)}", assessment), justify="right", max_width=14, overflow="fold"
    )
    ordered = sorted(
        assessment.alternatives, key=lambda item: (item.rank is None, item.rank or 0, item.number)
    )
    for item in ordered[:SHOWN]:
        shares = item.acceptability_any if _which(assessment) == "any" else item.rank_acceptability
        table.add_row(*_row(item, scored, shares, assessment.lang))
    return table


def _which(assessment: Assessment) -> str:
    """Exact weights leave nothing to vary: then the share of all weights says more."""
    return "any" if assessment.robustness.fixed_weights else "allowed"


def _row(item: AlternativeResult, scored: list[str], shares: Sequence[float], lang: str) -> list[str]:
    scores = [_number(item.scores.get(key), 0, lang) for key in scored]
    share = shares[0] if shares else None
    percent = "–" if share is None else texts.number(share * 100, lang=lang) + texts.NBSP + "%"
    return [str(item.rank or "–"), item.name, _number(item.value, 1, lang), *scores, percent]


def _findings(assessment: Assessment) -> Table:
    table = Table(
        title=_say("findings", assessment), title_justify="left", box=None, pad_edge=False, show_header=False
    )
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in assessment.findings:
        if finding.verdict in NOTED:
            table.add_row(
                finding.rule,
                _say(f"verdicts.{finding.verdict}", assessment),
                f"{finding.text} {finding.carried}".strip(),
            )
    return table


def _number(value: float | None, decimals: int, lang: str) -> str:
    return "–" if value is None else texts.number(value, decimals, lang)


def _say(key: str, assessment: Assessment) -> str:
    return say(f"terminal.{key}", assessment.lang)
