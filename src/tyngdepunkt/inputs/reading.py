"""Case files: YAML (or JSON) read into plain values, with the line each value stands on.

The reader is deliberately narrower than YAML. Only what a case file needs is there: text,
whole and decimal numbers, `true`/`false`, null, dates, lists and mappings. Scalars are read
the way YAML 1.2 does it: `0301` and `no` stay text, so that a municipality number keeps
its zero and Norway does not become *false*. Everything that makes a small file large in
memory (aliases that multiply, deep nesting, sheer size) is refused before it is built.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, UserError

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_VALUES = 200_000

Steps = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_PLAIN_NAME = re.compile(r"[a-z_]+")
_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_STRING_TAGS = ("!", "tag:yaml.org,2002:str")


@dataclass(slots=True)
class _Node:
    """A value on its way in: where it stands, what it is, and how much it unfolds to."""

    line: int
    value: Any
    children: dict[str | int, _Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    size: int = 1
    done: bool = True
    pending: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """The content of a case file, and where in the file each part of it stands.

    Args:
        path: the file.
        data: plain values: dict, list, str, int, float, bool, None and date.
    """

    path: Path
    data: dict[str, Any]
    _root: _Node

    def line(self, steps: Steps = ()) -> int | None:
        """The line (from 1) of the value that `steps` leads to; of its nearest parent if it is absent.

        A step is a key or a position in a list: `("alternatives", 2, "jobs")`.
        """
        node, line = self._root, self._root.line
        for step in steps:
            line = node.key_lines.get(str(step), line)
            child = node.children.get(step)
            if child is None:
                return line
            node = child
            line = node.key_lines.get("", node.line) if not isinstance(step, str) else line
        return line

    def where(self, steps: Steps = ()) -> str:
        """`line 12, alternatives[2].jobs`: how a fault says where it is."""
        name = field_name(steps)
        return f"line {self.line(steps)}, {name}" if name else f"line {self.line(steps)}"


def field_name(steps: Steps) -> str:
    """`alternatives[2].jobs` from `("alternatives", 2, "jobs")`.

    >>> field_name(("alternatives", 2, "jobs"))
    'alternatives[2].jobs'
    """
    name = ""
    for step in steps:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def read_mapping(path: str | Path, max_bytes: int = MAX_BYTES) -> Located:
    """Read a YAML or JSON file whose outermost level is a mapping.

    Args:
        path: the file, UTF-8, with or without byte order mark.
        max_bytes: the size is looked at before a byte is read.

    Raises:
        UserError: the file is missing, a folder, too large, not UTF-8, empty, not YAML,
            not a mapping, or uses what this reader refuses.
    """
    file = Path(path)
    return parse_mapping(read_text(file, max_bytes), file)


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file a person named, or a `UserError` that says why it cannot be read."""
    return decode(read_bytes(path, max_bytes), path)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file a person named; its size is checked before it is opened.

    Raises:
        UserError: it is not there, is a folder or no file, cannot be read, or is larger than `max_bytes`.
    """
    try:
        if path.is_dir():
            raise _refuse("folder", path)
        if not path.is_file():
            raise _refuse("not_found" if not path.exists() else "not_a_file", path)
        if path.stat().st_size > max_bytes:
            raise _too_large(path, path.stat().st_size, max_bytes)
        with path.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _refuse("unreadable", path, reason=getattr(error, "strerror", None) or str(error)) from error
    if len(content) > max_bytes:
        raise _too_large(path, len(content), max_bytes)
    return content


def decode(content: bytes, path: Path) -> str:
    """UTF-8 text without its byte order mark.

    Raises:
        UserError: bytes that are not UTF-8, with their line.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refuse("not_utf8", path, line) from error


def parse_mapping(text: str, path: Path, list_as: str = "") -> Located:
    """As `read_mapping`, for text that is already read.

    A file that is nothing but a list is refused, or taken as the field `list_as` where one is named.

    Raises:
        UserError: it is empty, is no YAML or JSON, or holds something else than fields.
    """
    root = parse(text, path)
    if root is None:
        raise _refuse("empty", path)
    if list_as and isinstance(root.value, list):
        root = _Node(root.line, {list_as: root.value}, {list_as: root})
    if not isinstance(root.value, dict):
        raise _refuse("not_a_mapping", path, root.line)
    return Located(path, root.value, root)


def located(content: Mapping[str, Any], path: Path) -> Located:
    """A mapping that a program holds, as if it were read from a file: lines are those of its JSON, indented.

    Nothing is written out and parsed again for it; the content itself is not shared.

    Raises:
        UserError: deeper, or with more values, than a file may be.
    """
    root = _Placer(path).place(content, 0)
    return Located(path, root.value, root)


class _Placer:
    """Makes the tree of a content, value by value, and counts the lines its JSON would take."""

    def __init__(self, path: Path) -> None:
        self._path, self._line, self._count = path, 1, 0

    def place(self, value: Any, depth: int) -> _Node:
        """The node of a value that begins on the line that has been reached."""
        self._count += 1
        if depth > MAX_DEPTH:
            raise _refuse("too_deep", self._path, self._line, limit=MAX_DEPTH)
        if self._count > MAX_VALUES:
            raise _refuse("too_many_values", self._path, self._line, limit=MAX_VALUES)
        if isinstance(value, Mapping):
            return self._group({}, {str(key): each for key, each in value.items()}, depth)
        if isinstance(value, list | tuple):
            return self._group([], dict(enumerate(value)), depth)
        return _Node(self._line, str(value) if isinstance(value, dt.date) else value)

    def _group(self, made: Any, parts: Mapping[Any, Any], depth: int) -> _Node:
        node = _Node(self._line, made)
        for step, each in parts.items():
            self._line += 1
            if isinstance(made, dict):
                node.key_lines[step] = self._line
            node.children[step] = child = self.place(each, depth + 1)
            if isinstance(made, dict):
                made[step] = child.value
            else:
                made.append(child.value)
        self._line += 1 if parts else 0
        return node


def parse(text: str, path: Path) -> _Node | None:
    """The one document in `text` as a tree of nodes; None where there is nothing in it.

    Raises:
        UserError: it is no YAML, or has a character that no text has, with the line.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(_yaml_of(text), Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, path) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refuse("strange_character", path, line, code=f"U+{_code(error.character):04X}") from error
    except UnicodeEncodeError as error:  # half of a character that is written in two
        line = text.count("\n", 0, error.start) + 1
        raise _refuse(
            "strange_character", path, line, code=f"U+{ord(error.object[error.start]):04X}"
        ) from error
    builder.raise_duplicates()
    return builder.root


def _yaml_of(text: str) -> str:
    """JSON may hold tabs and characters written as two escapes; YAML knows neither."""
    if not text.lstrip().startswith("{"):
        return text
    text = text.replace("\t", " ")
    return _SURROGATES.sub(lambda pair: _joined(pair[1], pair[2]), text)


def _joined(high: str, low: str) -> str:
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)


def _code(character: Any) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1])


class _Builder:
    """Builds the tree from the parser's events: a stack and no recursion, so depth cannot hurt."""

    def __init__(self, path: Path) -> None:
        self.root: _Node | None = None
        self._path = path
        self._stack: list[_Node] = []
        self._anchors: dict[str, _Node] = {}
        self._duplicates: list[Fault] = []
        self._documents = 0
        self._total = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        handler = getattr(self, f"_{type(event).__name__}", None)
        if handler:
            handler(event, event.start_mark.line + 1)

    def raise_duplicates(self) -> None:
        """All keys that stand twice, at once."""
        if self._duplicates:
            raise UserError(*self._duplicates)

    def _DocumentStartEvent(self, event: Any, line: int) -> None:  # noqa: N802 - the parser's name
        self._documents += 1
        if self._documents > 1:
            raise _refuse("several_documents", self._path, line)

    def _ScalarEvent(self, event: Any, line: int) -> None:  # noqa: N802
        if event.tag not in (None, *_STRING_TAGS):
            raise _refuse("tag", self._path, line, tag=str(event.tag)[:60])
        is_text = bool(event.style) or event.tag is not None
        if self._wants_key():
            self._key(event.value, line)
        else:
            self._add(_Node(line, event.value if is_text else scalar(event.value)), event.anchor)

    def _SequenceStartEvent(self, event: Any, line: int) -> None:  # noqa: N802
        self._open(_Node(line, [], done=False), event)

    def _MappingStartEvent(self, event: Any, line: int) -> None:  # noqa: N802
        self._open(_Node(line, {}, done=False), event)

    def _SequenceEndEvent(self, event: Any, line: int) -> None:  # noqa: N802
        self._close()

    _MappingEndEvent = _SequenceEndEvent

    def _AliasEvent(self, event: Any, line: int) -> None:  # noqa: N802
        node = self._anchors.get(event.anchor)
        if node is None:
            raise _refuse("unknown_alias", self._path, line, name=event.anchor)
        if not node.done:
            raise _refuse("alias_in_itself", self._path, line, name=event.anchor)
        if self._wants_key():
            raise _refuse("complex_key", self._path, line)
        self._grow(node.size, line)
        self._attach(node)

    def _wants_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict) and not self._stack[-1].pending

    def _key(self, name: str, line: int) -> None:
        parent = self._stack[-1]
        if name in parent.key_lines:
            where = f"line {line}"
            values = {"key": name[:80], "first": parent.key_lines[name], "path": str(self._path)}
            self._duplicates.append(Fault("inputs:duplicate_key", values, where))
        parent.key_lines.setdefault(name, line)
        parent.pending = (name, line)

    def _open(self, node: _Node, event: Any) -> None:
        if event.tag is not None:
            raise _refuse("tag", self._path, node.line, tag=str(event.tag)[:60])
        if self._wants_key():
            raise _refuse("complex_key", self._path, node.line)
        if len(self._stack) >= MAX_DEPTH:
            raise _refuse("too_deep", self._path, node.line, limit=MAX_DEPTH)
        self._add(node, event.anchor)
        self._stack.append(node)

    def _add(self, node: _Node, anchor: str | None) -> None:
        self._grow(1, node.line)
        if anchor:
            self._anchors[anchor] = node
        self._attach(node)

    def _attach(self, node: _Node) -> None:
        if not self._stack:
            self.root = node if node.value is not None else None
            return
        parent = self._stack[-1]
        if isinstance(parent.value, dict):
            assert parent.pending is not None  # noqa: S101 - the parser gives a key before each value
            parent.children[parent.pending[0]] = node
            parent.value[parent.pending[0]] = node.value
            parent.pending = None
        else:
            parent.children[len(parent.value)] = node
            parent.value.append(node.value)

    def _close(self) -> None:
        node = self._stack.pop()
        node.size = 1 + sum(child.size for child in node.children.values())
        node.done = True

    def _grow(self, count: int, line: int) -> None:
        self._total += count
        if self._total > MAX_VALUES:
            raise _refuse("too_many_values", self._path, line, limit=MAX_VALUES)


def scalar(text: str) -> Any:
    """A plain word as YAML 1.2 reads it, with dates.

    >>> scalar("0301"), scalar("no"), scalar("12"), scalar("2023-06-01")
    ('0301', 'no', 12, datetime.date(2023, 6, 1))
    """
    if text in _WORDS or text.lower() in ("null", "true", "false"):
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text) if math.isfinite(float(text)) else text
    if _DATE.fullmatch(text):
        return iso_date(text) or text
    return text


def iso_date(text: str) -> dt.date | None:
    """A date written YYYY-MM-DD, or None where the calendar has no such day."""
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def walk(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Every value with the steps that lead to it, outermost first.

    Yields:
        The steps (keys and positions; none for `data` itself) and the value they lead to.
    """
    yield steps, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        yield from walk(value, (*steps, step))


def _not_yaml(error: Any, text: str, path: Path) -> UserError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    shown = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
    problem = str(error.problem or error.context or "")
    column = mark.column + 1 if mark else 1
    return _refuse("not_yaml", path, line, shown=shown, problem=problem, column=column)


def _too_large(path: Path, size: int, limit: int) -> UserError:
    return _refuse("too_large", path, size=size / 1_000_000, limit=limit / 1_000_000)


def _refuse(name: str, path: Path, line: int | None = None, /, **values: Any) -> UserError:
    where = f"line {line}" if line else ""
    return UserError(Fault(f"inputs:{name}", {"path": str(path), **values}, where))


def as_yaml(content: Mapping[str, Any]) -> str:
    """A mapping as `read_mapping` reads it: a line for each field, every value as JSON.

    >>> print(as_yaml({"title": "Så: nytt", "a: 1": [1]}), end="")
    title: "Så: nytt"
    "a: 1": [1]
    """
    return "".join(f"{_name(key)}: {_one_line(value)}\n" for key, value in content.items())


def _name(key: str) -> str:
    return key if _PLAIN_NAME.fullmatch(key) else _one_line(key)


def _one_line(value: Any) -> str:
    """JSON with the signs escaped that YAML reads as the end of a line, or not at all."""
    return _ENDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
