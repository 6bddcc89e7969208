"""What `--help` says of commands written by hand and their options, in the language of the settings."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Annotated, Any, TypeVar, get_type_hints

import cyclopts

from tyngdepunkt import settings, texts

Command = TypeVar("Command", bound=Callable[..., Any])
_ANYWHERE = ("lang", "as_json")
_OF_A_SOURCE = {
    "base": ("klass", "kartverket", "doffin", "vacancies", "register", "changes", "search"),
    "dry_run": ("klass", "kartverket", "doffin", "register", "changes"),
    "kind": ("register", "changes", "search"),
}
"""Options that mean the same in several commands → the commands."""


def help_of(verb: str, noun: str = "data") -> str:
    """What a command does."""
    return texts.text(f"cli:{noun}.{verb}.help", settings.language())


def told(verb: str, noun: str = "data") -> Callable[[Command], Command]:
    """Let the help of a command's options be those of `texts.yaml`, not its docstring, which is English.

    Args:
        verb: the command, as `refresh`.
        noun: the command it is a part of.
    """

    def decorate(command: Command) -> Command:
        hints = get_type_hints(command, include_extras=True)
        for name, each in signature(command).parameters.items():
            hints[name] = Annotated[hints[name], _parameter(_key(noun, verb, name), each)]
        command.__annotations__ = hints
        return command

    return decorate


def _parameter(key: str, each: Parameter) -> cyclopts.Parameter:
    told_of = texts.text(key, settings.language())
    return cyclopts.Parameter(help=told_of, show_default=each.default not in ("", (), False, None))


def _key(noun: str, verb: str, name: str) -> str:
    if name in _ANYWHERE:
        return f"cli:options.{name}"
    return f"cli:{noun}.{'asked' if verb in _OF_A_SOURCE.get(name, ()) else verb}.{name}"
