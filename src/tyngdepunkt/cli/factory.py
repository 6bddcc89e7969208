"""The command of an analysis, made from its contract: files, options, language, JSON, documents."""

from __future__ import annotations

import datetime as dt
import json as plain_json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
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
    language_of,
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
_PRINTED = ("docx", "pdf", "html", "xlsx")
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
    """Make the command of an analysis, with help in the language of the settings.

    Returns:
        A cyclopts application, under the noun; where the analysis has a verb, with that as its subcommand.
    """
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
    return function_of(parameters, partial(_run, made_for))


def function_of(parameters: Sequence[Parameter], run: Callable[[dict[str, Any]], Any]) -> Any:
    """Make a function with given parameters, from whose signature cyclopts makes options and help.

    Args:
        parameters: each annotated with its kind and help.
        run: is given all of them by name, what was left out with its default.

    Returns:
        A function that returns what `run` returns.
    """
    signature = Signature(parameters)

    def command(*first: Any, **given: Any) -> Any:
        bound = signature.bind(*first, **given)
        bound.apply_defaults()
        return run(bound.arguments)

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
            name=option_name(own),
            help=_help(made_for, name, lang),
            negative="",
            converter=converter(field),
        )
        shown: Any = Annotated[field.annotation, known]
        default = Parameter.empty if field.is_required() else field.default
        if name == "place" and made_for.brings is Brings.PLACE:  # the argument, as a file is elsewhere
            shown = Annotated[field.annotation, cyclopts.Parameter(help=_help(made_for, name, lang))]
            found.append(Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=shown))
        else:
            found.append(Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=shown))
    return sorted(found, key=lambda each: each.kind)


def converter(field: FieldInfo) -> Converter | None:
    """The converter for an option that people write in several ways: numbers, shares and days.

    Returns:
        The converter; None where cyclopts reads the option well enough by itself.
    """
    kind = read_as(field)
    return day if kind == "date" else reader(kind) if kind else None


def _common(made_for: Analysis, lang: str) -> list[Parameter]:
    """What every command has: language, JSON, and the documents where there are any."""

    def option(field: str, kind: Any, default: Any, told: str = "", **known: Any) -> Parameter:
        words = texts.text(f"cli:options.{told or field}", lang)
        shown = Annotated[kind, cyclopts.Parameter(help=words, **known)]
        return Parameter(field, Parameter.KEYWORD_ONLY, default=default, annotation=shown)

    found = [
        option("lang", Lang | None, None, "lang_of_case" if made_for.brings is Brings.CASE else ""),
        option("as_json", bool, False, name="--json", negative=""),
    ]
    if made_for.has_document or made_for.has_exports:
        found.append(option("out", Path | None, None))
    if made_for.has_document:
        told = "format_and_json" if made_for.has_earlier else ""
        found.append(option("format", list[str] | None, None, told, negative=""))
    if made_for.has_template:
        found.append(option("template", Path | None, None))
    if made_for.word_template:
        found.append(option("word_template", Path | None, None, name="--template"))
    if made_for.steps:
        found.append(option("quiet", bool, False, negative=""))
    return found


def _help(made_for: Analysis, name: str, lang: str) -> str:
    return texts.text(f"{made_for.room}:fields.{name}.help", lang)


def option_name(name: str) -> str:
    """The option of a parameter: `time_limit` → `--time-limit`.

    Returns:
        The option.
    """
    return "--" + name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class _Out:
    """What becomes of an answer.

    Args:
        as_json: printed as JSON.
        indent: of that; None for a line each.
        folder: of the documents; None where none are written.
        formats: which of them.
        template: a Word template of one's own for the docx.
        quiet: no progress.
    """

    as_json: bool
    folder: Path | None
    formats: tuple[str, ...]
    template: Path | None
    quiet: bool
    indent: int | None = 2


def _run(made_for: Analysis, given: dict[str, Any]) -> int:
    asked_lang = given.pop("lang", None)
    lang = asked_lang or settings.language()
    as_json, folder, template, own, quiet = (
        given.pop(name, None) for name in ("as_json", "out", "template", "word_template", "quiet")
    )
    out = _Out(bool(as_json), folder, _formats(made_for, given.pop("format", None)), own, bool(quiet))
    files = {name: given.pop(name, None) for name in made_for.files}
    if template is not None:
        from tyngdepunkt.documents import files as written_files

        _tell(written_files.put_in_place(template.parent, {template.name: made_for.template(lang)}))
        return 0
    missing = next((name for name, needed in made_for.files.items() if needed and not files[name]), "")
    if missing:
        title = texts.text(f"{made_for.room}:fields.{missing}.title", lang)
        raise UserError(Fault("cli:no_file", {"name": title}, missing.upper()))
    asked = {own: given[name] for own, name in written(made_for.question).items()}
    question = read_parameters(made_for, asked, option_name)
    first = next(iter(made_for.files), "")
    several = files.pop(first) if made_for.several else []
    if made_for.together:
        files |= {numbered(first, place): path for place, path in enumerate(files.pop(first))}
    with ExitStack() as stack:
        opened = cache(partial(_open, stack))
        how = (lang, opened, asked_lang)
        if len(several) < 2:
            one = {first: several[0]} if several else {}
            _answer(made_for, {**one, **files}, question, how, out)
            return 0
        code = 0
        for path in several:
            each = replace(out, folder=out.folder and out.folder / path.stem, indent=None)
            try:
                _answer(made_for, {first: path, **files}, question, how, each)
            except UserError as error:  # what is wrong with one is told, the others are answered all the same
                print(texts.explain_error(error, lang), file=sys.stderr)
                code = error.exit_code
        return code


def _answer(
    made_for: Analysis,
    files: Mapping[str, Path | None],
    question: Any,
    how: tuple[str, Callable[[], Places], str | None],
    out: _Out,
) -> None:
    """Read one lot of files, answer it, write its documents, and show it."""
    lang, opened, asked_lang = how
    with _progress(made_for, out) as progress:
        began = _clock.began()
        setting = Setting(lang, opened, progress, option_name, began=began, asked_lang=asked_lang)
        brought = {
            name: Brought.from_path(path, made_for.most_bytes)
            for name, path in files.items()
            if path is not None
        }
        result = made_for.answer(brought, question, setting)
        paths: list[Path] = []
        if out.folder is not None:
            result, paths = _write(made_for, result, out.folder, out, setting)
    _show(made_for, result, paths, language_of(result, lang), out)


def _show(made_for: Analysis, result: Any, paths: Sequence[Path], lang: str, out: _Out) -> None:
    _tell(paths)
    if out.as_json:
        for part in _parts(made_for, result, out.indent):
            sys.stdout.write(part)
        sys.stdout.write("\n")
    else:
        from tyngdepunkt.cli._blocks import show

        show(getattr(result, "title", ""), made_for.blocks(result, lang), lang)


def _parts(made_for: Analysis, result: Any, indent: int | None) -> Iterator[str]:
    """An answer as JSON: one text, or, where it is long, many, so that it never stands whole in memory."""
    if made_for.own_json:
        yield plain_json.dumps(made_for.as_json(result), ensure_ascii=False, indent=indent)
        return
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


@contextmanager
def _progress(made_for: Analysis, out: _Out) -> Iterator[Progress]:
    """Progress on stderr where somebody looks at it: a bar that names the steps, where they have names."""
    if out.quiet or not sys.stderr.isatty() or (out.as_json and not made_for.steps):
        yield unheard
        return
    if not made_for.steps:
        yield _told
        return
    from rich import progress as rich
    from rich.console import Console

    columns = (rich.SpinnerColumn(), rich.TextColumn("{task.description}"), rich.BarColumn())
    ends = (rich.MofNCompleteColumn(), rich.TimeElapsedColumn())
    with rich.Progress(*columns, *ends, console=Console(stderr=True), transient=True) as bar:
        ahead = len(made_for.steps) - (made_for.has_document and out.folder is None)
        task = bar.add_task("", total=ahead)

        def tell(done: int, total: int, words: str = "") -> None:
            bar.update(task, completed=done, description=words, refresh=True)

        yield tell
        bar.update(task, completed=ahead)


def _told(done: int, total: int, words: str = "") -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)


def _formats(made_for: Analysis, given: Sequence[str] | None) -> tuple[str, ...]:
    """The formats that were asked for, commas between them or not; by default those that people read.

    The JSON is among these where the next run holds its answer against it.

    Raises:
        UserError: one that there is not for this analysis, or none at all.
    """
    if given is None:
        return (*_PRINTED, "json") if made_for.has_earlier else _PRINTED
    known = (*_PRINTED, *(("csv",) if made_for.has_sheet else ()), "json")
    text = ",".join(given)
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    if not chosen or not set(chosen) <= set(known):
        raise UserError(Fault("cli:unknown_format", {"given": text, "known": known}))
    return chosen


def _write(
    made_for: Analysis, result: Any, folder: Path, out: _Out, setting: Setting
) -> tuple[Any, list[Path]]:
    """The documents and what is kept beside them, all or none: the result, and the files to tell of."""
    from tyngdepunkt import documents
    from tyngdepunkt.analyses import kept
    from tyngdepunkt.documents import delimited, files

    lang, stem = language_of(result, setting.lang), getattr(result, "stem", "")
    if not made_for.has_document:
        return result, files.put_in_place(folder, made_for.exports(result, lang))
    name, memory = f"{stem}-{lang}" if stem else made_for.command, f"{stem or made_for.command}.weights.json"
    if made_for.has_earlier:
        result = kept.held_against(made_for, result, folder / f"{name}.json")
        kept.keep(made_for, folder / f"{name}.json")
    first: dict[str, bytes] = {}
    if made_for.has_shown:  # in place before any scores can be seen, whenever this is stopped
        shown = made_for.shown(result, lang)
        kept.refuse_silent_change(shown, folder / memory, dt.date.today(), made_for.room)  # noqa: DTZ011
        first[memory] = kept.memory(shown)
    untold = len(first)
    if made_for.steps:
        made_for.telling(setting, lang)("documents")
    first |= made_for.exports(result, lang)
    if "csv" in out.formats:
        first[f"{name}.csv"] = delimited.render(made_for.sheet(result, lang))
    if "json" in out.formats:
        first[f"{name}.json"] = ("".join(_parts(made_for, result, 2)) + "\n").encode()
    printed = tuple(each for each in out.formats if each in _PRINTED)
    if not printed:
        return result, files.put_in_place(folder, first)[untold:]
    document = made_for.document(result, lang, setting.open_places)
    return result, documents.write(document, folder, printed, name, out.template, first)[untold:]


def _tell(paths: Sequence[Path]) -> None:
    for path in paths:
        print(path, file=sys.stderr)
