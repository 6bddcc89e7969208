"""The command of a register, made from its declaration: import, list, undo, and what it alone has."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import cyclopts
from annotated_types import Ge, Le

from tyngdepunkt import settings
from tyngdepunkt.analyses.contract import REGISTERS, analysis
from tyngdepunkt.analyses.registers import Context, Options, RegisterCommand, Table, Verb, VerbAnswer, span
from tyngdepunkt.cli._numbers import Whole
from tyngdepunkt.cli.factory import Lang, converter, function_of, option_name
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import told as notices
from tyngdepunkt.workspace.columns import LONGEST_WHO
from tyngdepunkt.workspace.register import Booked, Register

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_FORMS = "CSV, XLSX, YAML, JSON"


def __getattr__(noun: str) -> cyclopts.App:
    """`registers:ledger` is the command `ledger`, made when it is called."""
    if noun not in REGISTERS:
        raise AttributeError(noun)
    return app_of(noun, analysis(REGISTERS[noun]).register)


def app_of(noun: str, made_for: RegisterCommand[Any]) -> cyclopts.App:
    """Make the command of a register: import, list, undo, and the verbs that it declares itself.

    Returns:
        A cyclopts application, under the noun.
    """
    app = cyclopts.App(name=noun, help_format="plaintext")

    def add(verb: str, told: str, run: Callable[[dict[str, Any]], None], *parameters: Parameter) -> None:
        command = function_of([*parameters, *_common()], run)
        app.command(command, name=verb, help=told)

    add(
        "import",
        f"Read {made_for.records} from a file ({_FORMS}) into {made_for.called}: all of them, or none.",
        partial(_import, made_for),
        _argument("file", Path if made_for.needs_file else Path | None, "the file.", made_for.needs_file),
        _option("dry_run", bool, False, "only say what would be booked."),
        *_own(made_for.import_options),
        _option("by", str, "", "who books them, as a role or an office; no name of a person is needed."),
    )
    add(
        "list",
        f"Show the {made_for.records} that hold.",
        partial(_list, made_for),
        *_own(made_for.list_options),
    )
    for verb in made_for.verbs:
        add(verb.name, verb.help, partial(_ask, made_for, verb), *_own(verb.options))
    add(
        "undo",
        f"Reverse an import: every {made_for.record} gets a counter-entry, and none is removed.",
        partial(_undo, made_for),
        _argument("import_id", Whole, "the number of the import.", True),
    )
    return app


def _argument(name: str, kind: Any, told: str, needed: bool) -> Parameter:
    shown = Annotated[kind, cyclopts.Parameter(help=told)]
    default = Parameter.empty if needed else None
    return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=shown)


def _option(field: str, kind: Any, default: Any, told: str, /, **known: Any) -> Parameter:
    shown = Annotated[kind, cyclopts.Parameter(**{"help": told, "negative": "", **known})]
    return Parameter(field, Parameter.KEYWORD_ONLY, default=default, annotation=shown)


def _common() -> list[Parameter]:
    """What every verb has."""
    return [
        _option("as_json", bool, False, "print one JSON document.", name="--json"),
        _option("lang", Lang | None, None, "language of the messages."),
    ]


def _own(options: type[Options]) -> list[Parameter]:
    """One option for each field."""
    return [
        _option(
            name,
            field.annotation,
            field.default,
            field.description or "",
            name=option_name(name),
            converter=converter(field),
            validator=_within(field),
        )
        for name, field in options.model_fields.items()
    ]


def _within(field: FieldInfo) -> list[Any]:
    """The bounds of a number."""
    least = next((each.ge for each in field.metadata if isinstance(each, Ge)), None)
    most = next((each.le for each in field.metadata if isinstance(each, Le)), None)
    if least is None and most is None:
        return []
    number: Any = cyclopts.validators.Number
    return [number(gte=least, lte=most)]


def _import(made_for: RegisterCommand[Any], given: dict[str, Any]) -> None:
    dry_run = given["dry_run"]
    with _context(given) as context:
        read = made_for.read(given["file"], _taken(made_for.import_options, given), context)
    with closing(Register(made_for.declared)) as register:
        by = _who(given["by"], made_for)
        made = register.add(read.rows, read.file_name, read.sha256, booked_by=by, dry_run=dry_run)
    lang, count = context.lang, len(read.rows)
    sums = made_for.sums([record for _, record in read.rows])
    content = {
        "dry_run": dry_run,
        "import_id": made,
        made_for.records: count,
        **{name: list(each) for name, each in sums.items()},
        "ignored_columns": list(read.ignored),
        "notices": [{**notices.as_json(each), "text": notices.told(each, lang)} for each in read.notices],
    }
    values = {made_for.records: count, "id": made, **{name: span(each, lang) for name, each in sums.items()}}
    parts = [made_for.say("would_import" if made is None else "imported", lang, **values)]
    if read.ignored:
        parts.append(made_for.say("ignored", lang, columns=read.ignored))
    _show(VerbAnswer(content, [*parts, *(notices.told(each, lang) for each in read.notices)]), given)


def _list(made_for: RegisterCommand[Any], given: dict[str, Any]) -> None:
    options = _taken(made_for.list_options, given)
    with _context(given) as context:
        chosen = made_for.chosen(options, context)
        booked = [each for each in _booked(made_for) if chosen(each.record)]
        view = made_for.view([each.record for each in booked], context.places)
    rows = [{"import_id": each.import_id, **view.as_json(each.record), **_booking(each)} for each in booked]
    named = any(each.booked_by for each in booked)
    heads = ("import", *made_for.columns, *(["by"] if named else []))
    table = [[made_for.say(f"head.{name}", context.lang) for name in heads]]
    for each in booked:
        cells = view.cells(each.record, context.lang)
        table.append([str(each.import_id), *cells, *([each.booked_by] if named else [])])
    asked = {name: value for name, value in options.model_dump().items() if value}
    nothing = made_for.say("nothing_here" if asked else "empty", context.lang, **asked)
    _show(VerbAnswer({made_for.records: rows}, [table if booked else nothing]), given)


def _booking(booked: Booked[Any]) -> dict[str, Any]:
    """How a record came where it is."""
    return {
        "position": booked.position,
        "file": booked.file_name,
        "imported_at": booked.imported_at.isoformat(),
        "booked_by": booked.booked_by or None,
    }


def _ask(made_for: RegisterCommand[Any], verb: Verb[Any], given: dict[str, Any]) -> None:
    with _context(given) as context:
        told = verb.answer(_booked(made_for), _taken(verb.options, given), context)
    _show(told, given)


def _undo(made_for: RegisterCommand[Any], given: dict[str, Any]) -> None:
    number = given["import_id"]
    with closing(Register(made_for.declared)) as register:
        count = register.undo(number)
    told = made_for.say("undone", _lang(given), id=number, **{made_for.records: count})
    _show(VerbAnswer({"undone": number, made_for.records: count}, [told]), given)


def _booked(made_for: RegisterCommand[Any]) -> Sequence[Booked[Any]]:
    with closing(Register(made_for.declared)) as register:
        return register.booked()


def _taken(options: type[Options], given: dict[str, Any]) -> Options:
    return options(**{name: given[name] for name in options.model_fields})


def _lang(given: dict[str, Any]) -> str:
    lang: str = given["lang"] or settings.language()
    return lang


@contextmanager
def _context(given: dict[str, Any]) -> Iterator[Context]:
    """The open snapshot and the language; what is no part of an answer goes to stderr."""
    from tyngdepunkt.places import open_places

    with open_places() as places:
        yield Context(places, _lang(given), partial(print, file=sys.stderr))


def _who(written: str, made_for: RegisterCommand[Any]) -> str:
    """Who books, in one line.

    Raises:
        UserError: it is longer than the register keeps.
    """
    who = " ".join(written.split())
    if len(who) > LONGEST_WHO:
        values = {"most": LONGEST_WHO, "count": len(who)}
        raise UserError(Fault(f"{made_for.declared.room}:who_too_long", values, "--by"))
    return who


def _show(told: VerbAnswer, given: dict[str, Any]) -> None:
    if given["as_json"]:
        json.dump(told.content, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for part in told.parts:
        if isinstance(part, str):
            print(part)
        else:
            _table(part)


def _table(rows: Table) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
