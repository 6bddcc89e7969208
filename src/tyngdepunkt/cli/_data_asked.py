"""What the commands that ask a source say of a run, the same for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import cyclopts
import msgspec

from tyngdepunkt import texts
from tyngdepunkt.cli._data_view import print_json

if TYPE_CHECKING:
    from tyngdepunkt.sources.kept import Run

Most = Annotated[int, cyclopts.Parameter(validator=cyclopts.validators.Number(gte=1))]
DryRun = Annotated[bool, cyclopts.Parameter(negative="")]


def show_run(run: Run, folder: Path, lang: str, *, dry_run: bool, more: tuple[str, ...] = ()) -> None:
    """Print what came of a run, what was not kept of it, and where it lies.

    Args:
        run: what `sources.kept.run` gave.
        folder: of the source.
        lang: language of the sentences.
        dry_run: nothing was written.
        more: sentences of the command's own, after the first.
    """
    print(_say(run.state, lang, name=run.name, rows=run.rows, answers=len(run.parts)))
    for line in more:
        print(line)
    if run.dropped:
        print(_say("dropped", lang, fields=list(run.dropped)))
    if run.unreached:
        print(_say("unreached", lang, count=run.unreached))
    if run.waiting:
        print(_say("waiting", lang, count=run.waiting))
    print(_say("trial", lang) if dry_run else _say("lies", lang, folder=folder))


def print_run(run: Run, folder: Path, *, dry_run: bool, **more: Any) -> None:
    """The same as one JSON document."""
    print_json({**msgspec.to_builtins(run), "folder": str(folder), "written": not dry_run, **more})


def _say(key: str, lang: str, **values: object) -> str:
    return texts.text(f"sources:run.{key}", lang, **values)
