"""The command line: one file per noun, each loaded only when its command is called.

Results go to stdout, progress and errors to stderr. What a person can cause is shown in
plain words without a traceback, and the program ends with exit code 1.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tyngdepunkt import settings
from tyngdepunkt.cli import _clock
from tyngdepunkt.errors import UserError

if TYPE_CHECKING:
    import cyclopts

_NOUNS = (
    "assess",
    "rank",
    "industry",
    "business",
    "procurement",
    "desks",
    "remote",
    "functions",
    "regions",
    "site",
    "place",
    "data",
    "ledger",
    "case",
    "report",
    "serve",
)
_MADE = (
    "assess",
    "rank",
    "industry",
    "business",
    "desks",
    "remote",
    "functions",
    "regions",
    "site",
)  # from the contract of an analysis: `ON_CONTRACT`
_WHERE = {
    **{noun: f"tyngdepunkt.cli.factory:{noun}" for noun in _MADE},
    "ledger": "tyngdepunkt.cli.registers:ledger",  # from a register's declaration: `REGISTERS`
}
"""Noun → where its command is made; a noun that is not here has a module of its own."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    if arguments is None:
        _clock.started()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a pipe on Windows is not UTF-8, and JSON has to be
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: those after the name of the program.

    Returns:
        The exit code: what the command returned, else 0; 1 where the person can mend what is wrong; 130 after
        Ctrl-C.
    """
    import cyclopts

    try:
        outcome = _app()(list(arguments), exit_on_error=False, result_action="return_value")
    except UserError as error:
        _show(error, _language_of(arguments))
        return error.exit_code
    except cyclopts.CycloptsError:
        return 1  # cyclopts has shown it; exit code 1 for everything a person can cause
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    return outcome if isinstance(outcome, int) else 0


def _app() -> cyclopts.App:
    import cyclopts

    from tyngdepunkt import texts

    lang = settings.language()
    app = cyclopts.App(
        name="tyngdepunkt",
        help=texts.text("cli:help", lang),
        version=_version,
        help_format="plaintext",
    )
    for noun in _NOUNS:
        app.command(
            _WHERE.get(noun, f"tyngdepunkt.cli.{noun}:app"),
            name=noun,
            help=texts.text(f"cli:nouns.{noun}", lang),
        )
    return app


def _version() -> str:
    from importlib.metadata import version

    return version("tyngdepunkt")


def _show(error: UserError, lang: str) -> None:
    from tyngdepunkt import texts

    print(texts.explain_error(error, lang), file=sys.stderr)


def _language_of(arguments: Sequence[str]) -> str:
    """The language asked for by `--lang`, so that errors come in it too."""
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if before == "--lang" and after in settings.LANGUAGES:
            return after
        if before.startswith("--lang=") and before[7:] in settings.LANGUAGES:
            return before[7:]
    return settings.language()
