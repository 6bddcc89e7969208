"""What every analysis is: a folder with the same files, from which its command and its API route are made.

| file | what it holds |
|---|---|
| `question.py` | `Question`: the parameters as a model; their help stands in `texts.yaml` under `fields` |
| `resolve.py` | `resolve(brought, question, setting)` → what `run` takes; raises every fault at once |
| `run.py` | `run(asked, setting)` → `Result` |
| `result.py` | `Result`: typed structs that are the JSON of the command and of the API |
| `narrative.py` | `blocks(result, lang)`: what is told of the result, in words and tables |

What else there may be stands in `optional_parts.py`; what a folder lacks, its command and page do not offer.
`ANALYSIS` in the folder's `__init__.py` declares it; `ON_CONTRACT` below lists all that fill
this contract. An analysis opens no store: it is handed one in its `Setting`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import msgspec

from tyngdepunkt import texts
from tyngdepunkt.analyses.optional_parts import OptionalParts
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.reading import MAX_BYTES, decode, read_bytes

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tyngdepunkt.analyses.registers import RegisterCommand
    from tyngdepunkt.documents.document import Block
    from tyngdepunkt.places import Places

ON_CONTRACT = {
    "assess": "location",
    "rank": "ranking",
    "regions": "labour_market_regions",
    "industry": "industry",
    "business": "business",
    "procurement": "procurement",
    "desks": "desk_need",
    "remote": "remote_work",
    "functions": "functions",
    "functions-join": "joined_functions",
    "site": "siting",
}
"""Noun of the command, or noun and verb, → folder, of every analysis that fills the contract."""

REGISTERS = {"ledger": "state_jobs"}
"""Noun of the command → folder, of every register; `registers.py` says what such a folder holds."""


class Brings(StrEnum):
    """What a person brings to an analysis."""

    CASE = "case"
    TABLE = "table"
    PLACE = "place"
    FILES = "files"
    REGISTER = "register"
    PARAMETERS = "parameters"


class Made(msgspec.Struct, frozen=True):
    """What an answer was made with, so that it can be made again.

    Args:
        analysis: id of the analysis.
        method_version: version of its method.
        snapshot: id of the figures; None where none were used.
        rule_set: date of the guidelines; None where none were used.
        input_hash: SHA-256 of what was brought and asked, over its canonical JSON.
    """

    analysis: str
    method_version: str
    snapshot: str | None
    rule_set: str | None
    input_hash: str


class Notice(msgspec.Struct, frozen=True):
    """What a reader should know of an answer, though it is no fault.

    Args:
        id: the same in every language.
        text: the sentence, in the language of the answer.
        where: the line, the field or the place it is about; empty where it is about all.
    """

    id: str
    text: str
    where: str = ""


Notices = Annotated[
    list[dict[str, Any]],
    msgspec.Meta(
        description="What a reader should know, though it is no fault; `key` is as `id`, and each has what"
        " its sentence mentions beside it.",
        extra_json_schema={"items": {"type": "object", "required": ["key", "id", "text", "where"]}},
    ),
]
"""Notices of an analysis whose JSON had `key` and values before it was on the contract: `notice_of` each."""


def notice_of(key: str, values: Mapping[str, Any], text: str, where: str = "") -> dict[str, Any]:
    """A notice with what its sentence mentions beside it, as programs that read version 0.1 expect it."""
    return {"key": key, **values, "id": key, "text": text, "where": where}


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a page asks about its answer, to be ticked and sent with the same files.

    Args:
        of: what it is about, as it is sent.
        title: the same in words.
        items: name, words, and whether it is ticked.
    """

    of: str
    title: str
    items: tuple[tuple[str, str, bool], ...]


class Progress(Protocol):
    """Told how far a long piece of work has come; may be called from another thread."""

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """`done` of `total` steps are behind us; `words` say what begins now, where the steps have names."""


def unheard(done: int, total: int, words: str = "") -> None:
    """The progress nobody waits for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an analysis runs: the language, the store it is handed, and who waits.

    Args:
        lang: language of sentences, nb, nn or en, where what is brought does not say its own.
        asked_lang: the language somebody asked for in so many words, which goes before that of a case.
        open_places: gives the store; called only by an analysis that needs figures.
        progress: told how far the work has come.
        named: what a parameter is called in the place where it was written, such as `--place`.
        began: when it was asked, by `time.monotonic`; a limit on time counts from there.
        most_seconds: the most a search may take here; None where only who asks sets a limit.
    """

    lang: str
    open_places: Callable[[], Places]
    progress: Progress = unheard
    named: Callable[[str], str] = str
    began: float = field(default_factory=time.monotonic)
    most_seconds: float | None = None
    asked_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A file a person brings, from a disk or in the body of a request: its name and its bytes.

    `on_disk` where it lies here: a file that it names may then be read beside it.
    """

    name: str
    content: bytes
    on_disk: bool = False

    @classmethod
    def from_path(cls, path: str | Path, most_bytes: int = MAX_BYTES) -> Brought:
        """Read a file whole.

        Raises:
            UserError: it cannot be read, or is too large.
        """
        return cls(str(path), read_bytes(Path(path), most_bytes), on_disk=True)

    @property
    def text(self) -> str:
        """The content as text.

        Raises:
            UserError: it is not UTF-8.
        """
        return decode(self.content, Path(self.name))


@dataclass(frozen=True)
class Analysis(OptionalParts):
    """One question that people bring.

    Args:
        id: the name of its folder.
        command: its noun on the command line and its last word in the API.
        brings: what a person brings.
        files: name of each file that may be brought → whether it must be; the first one is the
            command's argument and the body of a request, the others are options. Where a place is
            brought there is none, and the parameter `place` is the argument; nor where nothing but
            parameters is.
        method_version: changes whenever an answer to the same question may.
        example: a file's content, or a place, that is answered, for the API's documentation and its tests;
            empty where parameters alone are brought.
        verb: the second word of the command and of the route, where the noun has several: `check`.
        under: the noun it is a verb of, where another analysis has that noun for its command.
        together: whether more files of the first kind may be brought, which all go into one answer; by
            their names in the contract, `numbered`.
        several: whether the command takes more files of the first kind, each with an answer of its own.
        most_bytes: largest file that is read.
        also: kinds of body that a request may have beside JSON and YAML where its body is a mapping, and
            beside CSV where it is not.
        most_seconds: the most it may search for an answer to a request, where its work does not end by
            itself: it is then done in a process of its own.
        measured: keys of its answer that measure the run itself, and differ from one to the next.
        steps: its steps by name, told as each begins (`progress.<name>` of its texts); the command then has
            `--quiet`. With a document `documents` is the last.
        word_template: whether its docx takes a Word template of one's own: `--template` of the command.
        own_page: address of the page that is written by hand for it, in the place of the one that is made.
        in_api: what the API's documentation says of its route, the summary first; where it is empty, what
            the command says.
        takes_from: other analyses that its modules may import, and why.
    """

    id: str
    command: str
    brings: Brings
    files: Mapping[str, bool]
    method_version: str
    example: str = field(repr=False)
    verb: str = ""
    under: str = ""
    together: bool = False
    several: bool = False
    most_bytes: int = MAX_BYTES
    also: tuple[str, ...] = ()
    most_seconds: float | None = None
    measured: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    word_template: bool = False
    own_page: str = ""
    in_api: str = field(default="", repr=False)
    takes_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_address(self) -> bool:
        """Whether its address is the whole question, so that a link leads to its answer."""
        return self.brings in (Brings.PLACE, Brings.PARAMETERS)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its command: noun, and verb where there is one."""
        return (self.under or self.command, *([self.verb] if self.verb else []))

    @property
    def route(self) -> str:
        """Its path in the API, below the version."""
        return "/" + "/".join(self.words)

    @property
    def room(self) -> str:
        """Its folder and its texts: `analyses.<id>`."""
        return f"analyses.{self.id}"

    @cached_property
    def question(self) -> type[BaseModel]:
        """The model of its parameters."""
        found: type[BaseModel] = self.part("question").Question
        return found

    @cached_property
    def result(self) -> type[msgspec.Struct]:
        """The type of its answer."""
        found: type[msgspec.Struct] = self.part("result").Result
        return found

    @cached_property
    def register(self) -> RegisterCommand[Any]:
        """What its command is made from, where a register is brought."""
        found: RegisterCommand[Any] = self.part("register").REGISTER
        return found

    @cached_property
    def body(self) -> Any:
        """The type of the first file, for the API's documentation; None where it is not a mapping."""
        return getattr(self.part("question"), "Body", None)

    def answer(self, brought: Mapping[str, Brought], question: BaseModel, setting: Setting) -> Any:
        """Read what is brought and answer it.

        A fault's sentences may name each file and parameter as it is called where it was written:
        `{option_travel}` is `--travel` on the command line and the title of the field on a page.

        Raises:
            UserError: everything that is wrong with what was brought.
        """
        try:
            asked = self.part("resolve").resolve(brought, question, setting)
            return self.part("run").run(asked, setting)
        except UserError as error:
            called = {**{name: name for name in self.files}, **written(self.question)}
            own = {f"option_{name}": setting.named(own) for own, name in called.items()}
            raise UserError(
                *(replace(each, values={**own, **each.values}) for each in error.faults)
            ) from error

    def kind_of(self, name: str) -> str:
        """The name of a file in the contract, for each of several that are brought together."""
        return name if name in self.files else name.rpartition("_")[0]

    def blocks(self, result: Any, lang: str) -> Sequence[Block]:
        """What is told of a result, in words and tables."""
        told: Sequence[Block] = self.part("narrative").blocks(result, lang)
        return told

    def telling(self, setting: Setting, lang: str) -> Callable[[str], None]:
        """What is told the name of each of its `steps` as it begins, and tells whoever waits in words."""

        def begins(step: str) -> None:
            words = texts.text(f"{self.room}:progress.{step}", lang)
            setting.progress(self.steps.index(step), len(self.steps), words)

        return begins

    def made(
        self,
        brought: Mapping[str, Brought],
        question: BaseModel,
        *,
        snapshot: str | None = None,
        rule_set: str | None = None,
    ) -> Made:
        """The head of an answer."""
        asked = question.model_dump(mode="json")
        return Made(self.id, self.method_version, snapshot, rule_set, input_hash(brought, asked))


def numbered(name: str, place: int) -> str:
    """What each of several files that are brought together is called: the first as the contract says.

    >>> numbered("results", 0), numbered("results", 1)
    ('results', 'results_2')
    """
    return f"{name}_{place + 1}" if place else name


def written(model: type[BaseModel]) -> dict[str, str]:
    """Each parameter as it is written → the field it fills.

    They differ where a field has an alias, since no field can be called `from`.
    """
    return {field.alias or name: name for name, field in model.model_fields.items()}


def input_hash(brought: Mapping[str, Brought], asked: Mapping[str, Any]) -> str:
    """SHA-256 of files by their content, not their names, and of the parameters."""
    files = {name: hashlib.sha256(each.content).hexdigest() for name, each in brought.items()}
    told = json.dumps({"asked": asked, "files": files}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def analysis(name: str) -> Analysis:
    """The analysis with this id."""
    found: Analysis = import_module(f"tyngdepunkt.analyses.{name}").ANALYSIS
    return found


def all_analyses() -> tuple[Analysis, ...]:
    """Every analysis on the contract, in the order of `ON_CONTRACT`."""
    return tuple(analysis(name) for name in ON_CONTRACT.values())


def language_of(result: Any, lang: str) -> str:
    """The language of a result: its own where what was brought could say one, else `lang`."""
    return getattr(result, "lang", None) or lang


def as_builtins(result: msgspec.Struct) -> Any:
    """A result as plain lists, mappings, numbers and texts: what the JSON holds."""
    return msgspec.to_builtins(result)
