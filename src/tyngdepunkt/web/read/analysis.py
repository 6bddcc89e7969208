"""The page of an analysis, made from its contract: what is asked, and what is answered.

Files are read in a process of their own (`work`), with plain values in and out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import (
    ON_CONTRACT,
    Analysis,
    Asked,
    Brings,
    Brought,
    Setting,
    analysis,
    written,
)
from tyngdepunkt.analyses.parameters import choices, read_as, read_parameters
from tyngdepunkt.documents.document import Block, Section
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.figures import Source
from tyngdepunkt.inputs import dates, numbers
from tyngdepunkt.web.read.said import in_file, said
from tyngdepunkt.web.read.svg_cache import blocks_on_page, on_page

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tyngdepunkt.places import Places

Files = Mapping[str, tuple[str, bytes]]
"""Name of the file in the contract → its own name and its content."""
IN_A_FORM = (Brings.TABLE, Brings.FILES, Brings.CASE, Brings.PLACE, Brings.PARAMETERS)
SEARCH_SECONDS = 1.5
"""Of a search on a page or in the API, where the analysis sets no limit of its own: getting ready, reading
and writing take the most of the few seconds that the process has."""
WRITTEN = ("docx", "pdf", "html", "xlsx")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a form asks for it.

    Args:
        name: as it is sent.
        title: what is asked.
        help: one sentence more.
        kind: as in the macro `field`: text, number, select or checkbox.
        options: (value, title) where one is chosen.
        required: whether it must be answered.
        value: what stands in it before anybody writes.
    """

    name: str
    title: str
    help: str
    kind: str
    options: tuple[tuple[str, str], ...]
    required: bool
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as a page shows it: sections with headings of their own, or one without.

    Args:
        summary: what stands before the sections and is not said in them.
        subtitle: what it is about, where the title does not say it.
        asked: what the page asks about it.
    """

    title: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    summary: tuple[Block, ...] = ()
    subtitle: str = ""
    asked: tuple[Asked, ...] = ()


def in_forms() -> list[Analysis]:
    """Every analysis whose page is made from its contract."""
    found = (analysis(each) for each in ON_CONTRACT.values())
    return [each for each in found if each.brings in IN_A_FORM and not each.own_page]


def formats_of(made_for: Analysis) -> tuple[str, ...]:
    """The kinds of file that an answer can be had as."""
    document = WRITTEN if made_for.has_document else ()
    sheet = ("csv",) if made_for.has_sheet else ()
    return (*document, *sheet, *(("zip",) if made_for.has_exports else ()), "json")


def fields_of(made_for: Analysis, lang: str) -> list[Field]:
    """The parameters, in the order of the question."""
    model = made_for.question
    return [
        _field(made_for, own, model.model_fields[name], name, lang) for own, name in written(model).items()
    ]


def _field(made_for: Analysis, own: str, field: Any, name: str, lang: str) -> Field:
    chosen = choices(field.annotation)
    kind = "checkbox" if field.annotation is bool else "select" if chosen else "text"
    if read_as(field) not in ("", "date"):
        kind = "number"
    default = None if field.is_required() else field.default
    shown = numbers.written(default) if kind == "number" else str(default or "")
    return Field(
        own,
        title_of(made_for, name, lang),
        texts.text(f"{made_for.room}:fields.{name}.help", lang),
        kind,
        tuple((each, choice_title(made_for, name, each, lang)) for each in chosen),
        field.is_required(),
        shown,
    )


def title_of(made_for: Analysis, name: str, lang: str) -> str:
    """What a parameter or a file is called on a page."""
    return texts.text(f"{made_for.room}:fields.{name}.title", lang)


def own_words(made_for: Analysis, key: str, lang: str) -> str:
    """What an analysis says on its page that others do not: `privacy`, `zip`; empty where it says nothing."""
    own = key in texts.texts_of(made_for.room).get("page", {})
    return texts.text(f"{made_for.room}:page.{key}", lang) if own else ""


def title_written(made_for: Analysis, own: str, lang: str) -> str:
    """The same, by the name under which a parameter or a file is sent."""
    return title_of(made_for, written(made_for.question).get(own, own), lang)


def choice_title(made_for: Analysis, name: str, value: str, lang: str) -> str:
    """What one of the values of a parameter is called on a page."""
    return texts.text(f"{made_for.room}:fields.{name}.choices.{value.replace('-', '_')}", lang)


_READERS: dict[str, Callable[[str], Any]] = {
    "": str,
    "date": dates.date,
    "whole": numbers.whole,
    "number": numbers.number,
    "share": numbers.share,
}


def question_of(made_for: Analysis, given: Mapping[str, str], lang: str) -> BaseModel:
    """The question with what was written in a form; what is left empty takes its default.

    Raises:
        UserError: every parameter that cannot be read, each at its title.
    """
    model, faults = made_for.question, Faults()
    asked: dict[str, Any] = {}
    names = written(model)
    for own, name in names.items():
        text, known = given.get(own, "").strip(), model.model_fields[name]
        if known.annotation is bool:
            asked[own] = text == "yes"
        elif text:
            try:
                asked[own] = _READERS[read_as(known)](text)
            except UserError as error:
                faults.extend(error.at(title_of(made_for, name, lang)).faults)
    named = partial(title_written, made_for, lang=lang)
    try:
        question = read_parameters(made_for, asked, named)
    except UserError as error:
        unread = {each.where for each in faults}  # left out above, and told already
        faults.extend(each for each in error.faults if each.where not in unread)
    faults.raise_if_any()
    return question


def unread(made_for: Analysis, given: Mapping[str, str], lang: str) -> tuple[Fault, ...]:
    """What is wrong with what was written in a form, for whoever tells other faults with it."""
    try:
        question_of(made_for, given, lang)
    except UserError as error:
        return error.faults
    return ()


def faults_told(
    made_for: Analysis, faults: Sequence[Fault], lang: str, called: Mapping[str, str] = MappingProxyType({})
) -> list[tuple[str, str]]:
    """Each fault as (id of the control it is about, what to say); a file's faults stand at the file.

    Args:
        made_for: the analysis.
        faults: those of one question.
        lang: of the page.
        called: file of the contract → what it was called where it was sent from.
    """
    at = {each.title: f"field-{each.name}" for each in fields_of(made_for, lang)}
    files = list(made_for.files)
    at |= {title_of(made_for, name, lang): f"field-{name}" for name in files}
    elsewhere = f"field-{files[0]}" if files else next(iter(at.values()))
    told = []
    for fault in faults:
        file, inside = _file_of(made_for, fault, called)
        control = f"field-{file}" if file else at.get(fault.where, elsewhere)
        words = _told(inside, at, lang)
        if file and made_for.together:  # which of them it is, nobody could tell without its name
            words = f"{fault.where.removesuffix(inside.where).rstrip(', ')}: {words}"
        told.append((control, words))
    return list(dict.fromkeys(told))


def _file_of(made_for: Analysis, fault: Fault, called: Mapping[str, str]) -> tuple[str, Fault]:
    """The file that a fault names before a row, and the fault without its name; empty where it names none."""
    for name, own in called.items():
        if own and f"{fault.where}, ".startswith(f"{own}, "):
            return made_for.kind_of(name), replace(fault, where=fault.where[len(own) + 2 :])
    return "", fault


def _told(fault: Fault, at: Mapping[str, str], lang: str) -> str:
    if fault.where in at:
        text = said(fault, lang)
        return text if fault.where in text else f"{fault.where}: {text}"
    return in_file(fault, lang, of_a_case=False)


def answer_of(made_for: Analysis, result: Any, lang: str) -> Answer:
    """A result as a page shows it: as its document is parted, where it has one."""
    if made_for.has_document:
        document = made_for.document(result, lang)
        said = [block for section in document.sections for block in section.blocks]
        opening = [each for each in document.summary if isinstance(each, Section)]
        parts = (*opening, *document.sections)
        first = [each for each in document.summary if not isinstance(each, Section) and each not in said]
        shown = tuple(on_page(each, f"p{at}") for at, each in enumerate(parts))
        summary = blocks_on_page(first, "first")
        return Answer(document.title, shown, document.sources, summary, document.subtitle)
    blocks = blocks_on_page(made_for.blocks(result, lang), "p")
    return Answer(getattr(result, "title", ""), (Section("", blocks),), ())


def file_of(made_for: Analysis, result: Any, kind: str, lang: str) -> bytes:
    """A result as one kind of file, the same bytes that the command writes."""
    if kind == "json":
        told = json.dumps(made_for.as_json(result), ensure_ascii=False, indent=2, allow_nan=False)
        return (told + "\n").encode()
    if kind == "csv":
        from tyngdepunkt.documents import delimited

        return delimited.render(made_for.sheet(result, lang))
    if kind == "zip":
        return _packed(made_for.exports(result, lang))
    from tyngdepunkt import documents

    return documents.rendered(made_for.document(result, lang), kind)


def _packed(contents: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return packed.getvalue()


def work(
    snapshot: str, command: str, files: Files, given: Mapping[str, str], how: tuple[str, str]
) -> Answer | bytes:
    """The answer to what was sent in a form, worked out in a process of its own.

    Args:
        snapshot: the folder of the snapshot that knows the places.
        command: the analysis.
        files: what was brought.
        given: what was written in the form.
        how: language, and the kind of file; `page` for what the page shows.

    Raises:
        UserError: everything that is wrong with what was brought.
    """
    lang, kind = how
    made_for = analysis(ON_CONTRACT[command])
    question = question_of(made_for, given, lang)
    named = partial(title_written, made_for, lang=lang)
    result = _result(made_for, files, question, _setting(made_for, snapshot, lang, named), given)
    if kind != "page":
        return file_of(made_for, result, kind, lang)
    asked = tuple(made_for.asks(result, given, lang))
    return replace(answer_of(made_for, result, lang), asked=asked)


def work_for_program(
    snapshot: str, command: str, files: Files, given: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """As `work`, for what a program sent: what its JSON holds."""
    made_for = analysis(ON_CONTRACT[command])
    question = read_parameters(made_for, given, str)
    result = _result(made_for, files, question, _setting(made_for, snapshot, lang, str))
    found: dict[str, Any] = made_for.as_json(result)
    return found


def _result(
    made_for: Analysis,
    files: Files,
    question: BaseModel,
    setting: Setting,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Any:
    brought = {name: Brought(file, content) for name, (file, content) in files.items()}
    ticked = made_for.answered(given)
    if ticked is not None:
        brought["form"] = ticked
    return made_for.answer(brought, question, setting)


def _setting(made_for: Analysis, snapshot: str, lang: str, named: Callable[[str], str]) -> Setting:
    return Setting(
        lang, lambda: _places(snapshot), named=named, most_seconds=made_for.most_seconds or SEARCH_SECONDS
    )


@lru_cache(maxsize=1)
def _places(snapshot: str) -> Places:
    from tyngdepunkt.places import open_places

    return open_places(snapshot)
