"""`tyngdepunkt procurement`: `check`, made from the contract, and `compare`, of two drafts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.cli._numbers import Day
from tyngdepunkt.cli.factory import app_of

app = app_of(ANALYSIS)


def _told(key: str) -> str:
    return texts.text(f"cli:{key}", settings.language())


@app.command(help=_told("compare.what"))
def compare(
    old: Annotated[Path, cyclopts.Parameter(help=_told("compare.old"))],
    new: Annotated[Path, cyclopts.Parameter(help=_told("compare.new"))],
    *,
    as_of: Annotated[Day, cyclopts.Parameter(help=_told("compare.as_of"))] = None,
    lang: Annotated[Literal["nb", "nn", "en"] | None, cyclopts.Parameter(help=_told("options.lang"))] = None,
    as_json: Annotated[
        bool, cyclopts.Parameter(name="--json", negative="", help=_told("options.as_json"))
    ] = False,
) -> None:
    """Say what a changed draft gained and lost.

    Args:
        old: the draft as it was: eForms XML, OCDS or YAML.
        new: the draft as it is now.
        as_of: the day both are read on; without it today.
        lang: language of what is printed; default is the setting TYNGDEPUNKT_LANG.
        as_json: print one JSON document and nothing else.
    """
    import msgspec

    from tyngdepunkt.analyses.contract import Brought, Setting
    from tyngdepunkt.analyses.procurement.compare import blocks
    from tyngdepunkt.analyses.procurement.compare import compare as compared
    from tyngdepunkt.analyses.procurement.question import Question
    from tyngdepunkt.places import open_places

    spoken = lang or settings.language()
    setting, question = Setting(spoken, open_places), Question(as_of=as_of)
    was, now = (
        ANALYSIS.answer({"notice": Brought.from_path(path, ANALYSIS.most_bytes)}, question, setting)
        for path in (old, new)
    )
    found = compared(was, now)
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
        return
    from tyngdepunkt.cli._blocks import show

    show("", blocks(found, spoken), spoken)
