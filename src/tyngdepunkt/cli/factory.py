"""The command of an analysis, made from its contract: files, options, language, JSON, documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, partial
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.analyses.contract import (
    ON_CONTRACT,
    Analysis,
    Brings,
    Brought,
    Progress,
    Setting,
    analysis,
    numbered,
    unheard,
    written,
)
from tyngdepunkt.analyses.parameters import read_as, read_parameters
from tyngdepunkt.cli import _clock
from tyngdepunkt.cli._numbers import Converter, day, reader
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from tyngdepunkt.places import Places

Lang = Literal["nb", "nn", "en"]
Format = Literal["docx", "pdf", "html", "xlsx", "csv"]


_LONG, _PIECE = 20_000, 1_000  # rows from which an answer is written piece by piece, without indentation


def __getattr__(noun: str) -> cyclopts.App:
    """`factory:rank` is the command `rank`, made when it is called."""
    if noun not in ON_CONTRACT:
        raise AttributeError(noun)
    app = app_of(analysis(ON_CONTRACT[noun]))
    for each in ON_CONTRACT:
        if each.startswith(f"{noun}-") and (made_for := analysis(ON_CONTRACT[each])).under == noun:
            add_verb(app, made_for)
    return app


def app_of(made_for: Analysis) -> cyclopts.App:
    """The command of an analysis."""
    lang = settings.language()
    app = cyclopts.App(
        name=made_for.command, help=texts.text(f"cli:nouns.{made_for.command}", lang), help_format="plaintext"
    )

    if made_for.verb:
        add_verb(app, made_for)
    else:
        app.default(_command(made_for, lang))
    return app


def add_verb(app: cyclopts.App, made_for: Analysis) -> None:
    """Add the command of an analysis to that of its noun."""
    lang = settings.language()
    told = texts.text(f"cli:nouns.{made_for.command}", lang)
    app.command(_command(made_for, lang), name=made_for.verb, help=told)


def _command(made_for: Analysis, lang: str) -> Any:
    parameters = [*_files(made_for, lang), *_options(made_for, lang), *_common(made_for, lang)]
    signature = Signature(parameters)

    def command(*first: Any, **given: Any) -> int:
        bound = signature.bind(*first, **given)
        bound.apply_defaults()
        return _run(made_for, bound.arguments)

    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _files(made_for: Analysis, lang: str) -> list[Parameter]:
    """The files: the first is the argument, the others are options."""
    found = []
    for place, (name, needed) in enumerate(made_for.files.items()):
        kind: Any = Path if needed else Path | None
        if (made_for.several or made_for.together) and not place:
            kind = list[Path]
        shown: Any = Annotated[kind, cyclopts.Parameter(help=_help(made_for, name, lang), negative="")]
        where = Parameter.KEYWORD_ONLY if place else Parameter.POSITIONAL_OR_KEYWORD
        if made_for.has_template and not place:  # what is asked for may be the template
            shown = Annotated[Path | None, cyclopts.Parameter(help=_help(made_for, name, lang), negative="")]
            needed = False
        default = Parameter.empty if needed else None
        found.append(Parameter(name, where, default=default, annotation=shown))
    return found


def _options(made_for: Analysis, lang: str) -> list[Parameter]:
    """One option for each field of the question."""
    found = []
    for own, name in written(made_for.question).items():
        field = made_for.question.model_fields[name]
        known = cyclopts.Parameter(
            name=_option(own),
            help=_help(made_for, name, lang),
            negative="",
            converter=_converter(field),
        )
        shown: Any = Annotated[field.annotation, known]
        default = Parameter.empty if field.is_required() else field.default
        if name == "place" and made_for.brings is Brings.PLACE:  # the argument, as a file is elsewhere
            shown = Annotated[field.annotation, cyclopts.Parameter(help=_help(made_for, name, lang))]
            found.append(Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=shown))
        else:
            found.append(Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=shown))
    return sorted(found, key=lambda each: each.kind)


def _converter(field: FieldInfo) -> Converter | None:
    """How an option is read where people write it in more ways than one; None for all others."""
    kind = read_as(field)
    return day if kind == "date" else reader(kind) if kind else None


def _common(made_for: Analysis, lang: str) -> list[Parameter]:
    """What every command has: language, JSON, and the documents where there are any."""

    def option(field: str, kind: Any, default: Any, **known: Any) -> Parameter:
        shown = Annotated[kind, cyclopts.Parameter(help=texts.text(f"cli:options.{field}", lang), **known)]
        return Parameter(field, Parameter.KEYWORD_ONLY, default=default, annotation=shown)

    found = [
        option("lang", Lang | None, None),
        option("as_json", bool, False, name="--json", negative=""),
    ]
    if made_for.has_document or made_for.has_exports:
        found.append(option("out", Path | None, None))
    if made_for.has_document:
        found.append(option("format", list[Format] | None, None, negative=""))
    if made_for.has_template:
        found.append(option("template", Path | None, None))
    return found


def _help(made_for: Analysis, name: str, lang: str) -> str:
    return texts.text(f"{made_for.room}:fields.{name}.help", lang)


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _run(made_for: Analysis, given: dict[str, Any]) -> int:
    lang = given.pop("lang", None) or settings.language()
    as_json, out, formats = (given.pop(name, None) for name in ("as_json", "out", "format"))
    files = {name: given.pop(name, None) for name in made_for.files}
    template = given.pop("template", None)
    if template is not None:
        from tyngdepunkt.documents import files as written_files

        _tell(written_files.put_in_place(template.parent, {template.name: made_for.template(lang)}))
        return 0
    missing = next((name for name, needed in made_for.files.items() if needed and not files[name]), "")
    if missing:
        title = texts.text(f"{made_for.room}:fields.{missing}.title", lang)
        raise UserError(Fault("cli:no_file", {"name": title}, missing.upper()))
    asked = {own: given[name] for own, name in written(made_for.question).items()}
    question = read_parameters(made_for, asked, _option)
    first = next(iter(made_for.files), "")
    several = files.pop(first) if made_for.several else []
    if made_for.together:
        files |= {numbered(first, place): path for place, path in enumerate(files.pop(first))}
    with ExitStack() as stack:
        opened = cache(partial(_open, stack))
        setting = Setting(lang, opened, _progress(as_json), _option, began=_clock.began())
        if len(several) < 2:
            one = {first: several[0]} if several else {}
            result = _answer(made_for, {**one, **files}, question, setting)
            if out is not None:
                _write(made_for, result, lang, out, formats)
            _show(made_for, result, lang, as_json, indent=2)
            return 0
        code = 0
        for path in several:
            try:
                result = _answer(made_for, {first: path, **files}, question, setting)
            except UserError as error:  # what is wrong with one is told, the others are answered all the same
                print(texts.explain_error(error, lang), file=sys.stderr)
                code = error.exit_code
                continue
            if out is not None:
                _write(made_for, result, lang, out / path.stem, formats)
            _show(made_for, result, lang, as_json, indent=None)
        return code


def _answer(made_for: Analysis, files: Mapping[str, Path | None], question: Any, setting: Setting) -> Any:
    brought = {
        name: Brought.from_path(path, made_for.most_bytes) for name, path in files.items() if path is not None
    }
    return made_for.answer(brought, question, setting)


def _show(made_for: Analysis, result: Any, lang: str, as_json: bool | None, indent: int | None) -> None:
    if as_json:
        for part in _parts(result, indent):
            sys.stdout.write(part)
        sys.stdout.write("\n")
        return
    from tyngdepunkt.cli._blocks import show

    show(getattr(result, "title", ""), made_for.blocks(result, lang), lang)


def _parts(result: Any, indent: int | None) -> Iterator[str]:
    """An answer as JSON: one text, or, where it is long, many, so that it never stands whole in memory."""
    from msgspec import json, structs

    fields = [(field.encode_name, getattr(result, field.name)) for field in structs.fields(result)]
    if sum(len(told) for _, told in fields if isinstance(told, list)) < _LONG:
        written = json.encode(result)
        yield (json.format(written, indent=indent) if indent else written).decode()
        return
    for place, (name, told) in enumerate(fields):
        yield ("," if place else "{") + f'"{name}":'
        if not isinstance(told, list):
            yield json.encode(told).decode()
            continue
        yield "["
        for at in range(0, len(told), _PIECE):
            yield ("," if at else "") + json.encode(told[at : at + _PIECE])[1:-1].decode()
        yield "]"
    yield "}"


def _open(stack: ExitStack) -> Places:
    """The store, opened once it is asked for and closed when the command ends."""
    from tyngdepunkt.places import open_places

    return stack.enter_context(open_places())


def _progress(as_json: bool | None) -> Progress:
    """Progress on stderr where somebody looks at it."""
    if as_json or not sys.stderr.isatty():
        return unheard
    return _told


def _told(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)


def _write(made_for: Analysis, result: Any, lang: str, out: Path, formats: Mapping[str, Any] | None) -> None:
    from tyngdepunkt import documents
    from tyngdepunkt.documents import delimited, files

    first = dict(made_for.exports(result, lang))
    if not made_for.has_document:
        _tell(files.put_in_place(out, first))
        return
    document = made_for.document(result, lang)
    chosen = tuple(formats) if formats else documents.FORMATS
    if "csv" in chosen and made_for.has_sheet:  # without a sheet it is told as a format there is not
        chosen = tuple(each for each in chosen if each != "csv")
        first[f"{made_for.command}.csv"] = delimited.render(made_for.sheet(result, lang))
    _tell(documents.write(document, out, chosen, made_for.command, first=first))


def _tell(paths: Sequence[Path]) -> None:
    for path in paths:
        print(path, file=sys.stderr)
