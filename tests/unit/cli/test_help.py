"""The help of commands written by hand, and each of their options, in the language that is set."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any

import cyclopts
import pytest

from tyngdepunkt import settings, texts
from tyngdepunkt.cli import _case_kept, case, data, place, serve
from tyngdepunkt.cli._help import told

HERE = ("status", "verify", "build", "backup", "restore")
COMMANDS: dict[str, Callable[..., Any]] = {name: getattr(data, name) for name in HERE}
OTHERS: dict[str, dict[str, Callable[..., Any]]] = {
    "case": {
        "new": case.new,
        "check": case.check,
        "schema": case.schema,
        "list": _case_kept.list_cases,
        "export": _case_kept.export,
        "import": _case_kept.import_case,
    },
    "place": {"show": place.show_place},
    "serve": {"web": serve.serve},
}
for _name, _where in data._ELSEWHERE.items():
    _module, _, _function = _where.partition(":")
    COMMANDS[_name] = getattr(import_module(f"tyngdepunkt.cli.{_module}"), _function)
OPTIONS = {(verb, name) for verb, command in COMMANDS.items() for name in signature(command).parameters}


def said(verb: str, name: str, commands: dict[str, Callable[..., Any]] = COMMANDS) -> str:
    """The help that the last of an option's descriptions gives, which is the one that holds."""
    own = commands[verb].__annotations__[name].__metadata__[-1]
    assert isinstance(own, cyclopts.Parameter)
    assert isinstance(own.help, str)
    return own.help


def test_every_option_says_what_the_texts_say() -> None:
    known = texts.texts_of("cli")
    entries = [*known["options"].values()]
    entries += [entry for verb in known["data"].values() for entry in verb.values()]
    lang = settings.language()
    sentences = {entry[lang] for entry in entries}
    assert len(OPTIONS) > 80
    assert {(verb, name) for verb, name in OPTIONS if said(verb, name) not in sentences} == set()


@pytest.mark.parametrize("noun", OTHERS)
def test_every_text_of_other_commands_is_said_and_nothing_else(noun: str) -> None:
    held, lang, commands = texts.texts_of("cli"), settings.language(), OTHERS[noun]
    anywhere = {held["options"][name][lang] for name in ("lang", "as_json")}
    spoken = {
        (verb, said(verb, name, commands))
        for verb, command in commands.items()
        for name in signature(command).parameters
    }
    own = {
        (verb, entry[lang])
        for verb, entries in held[noun].items()
        for name, entry in entries.items()
        if name != "help"
    }
    assert {each for each in spoken if each[1] not in anywhere} == own


def test_no_text_of_help_is_left_over() -> None:
    spoken = {said(verb, name) for verb, name in OPTIONS}
    held = texts.texts_of("cli")["data"]
    assert set(held) == {*COMMANDS, "asked"}
    left = {
        f"{verb}.{name}"
        for verb, entries in held.items()
        for name, entry in entries.items()
        if name != "help" and entry[settings.language()] not in spoken
    }
    assert left == set()


def test_an_option_without_a_text_is_a_bug_and_not_english() -> None:
    def status(*, colour: str = "") -> None: ...

    with pytest.raises(KeyError):
        told("status")(status)


@pytest.mark.parametrize(
    ("lang", "listed", "option"),
    [
        ("nb", "Hent det som er endret i Enhetsregisteret", "Spør og sjekk, og skriv ingenting."),
        ("nn", "Hent det som er endra i Einingsregisteret", "Spør og sjekk, og skriv ingenting."),
        ("en", "Fetch what has changed in Enhetsregisteret", "Ask and check, and write nothing."),
    ],
)
def test_help_comes_in_the_language_that_is_set(lang: str, listed: str, option: str) -> None:
    def shown(*words: str) -> str:
        program = f"import sys; from tyngdepunkt.cli import main; main({list(words)!r} + ['--help'])"
        asked = [sys.executable, "-c", program]
        own = {**os.environ, "TYNGDEPUNKT_LANG": lang, "COLUMNS": "200", "PYTHONUTF8": "1"}
        return subprocess.run(
            asked, env=own, capture_output=True, check=True, text=True, encoding="utf-8"
        ).stdout

    assert listed in shown("data")
    of_changes = shown("data", "changes")
    assert option in of_changes
    assert "[default: False]" not in of_changes
    assert "--empty-only" not in shown("data", "klass")
    held = texts.texts_of("cli")
    assert held["case"]["check"]["help"][lang] in shown("case", "check")
    assert held["case"]["import"]["help"][lang] in shown("case")
    assert held["place"]["show"]["name"][lang] in shown("place")
    assert held["serve"]["web"]["open_browser"][lang] in shown("serve")
    assert held["registers"]["undo"][lang] in shown("ledger", "undo")
