"""Sentences in nb, nn and en, and numbers as each of them writes them.

Each room keeps its sentences in its own `texts.yaml`:

```yaml
unknown_place:
  nb: "Fant ikke stedet {name}."
  nn: "Fann ikkje staden {name}."
  en: "Found no place called {name}."
```

`text("places:unknown_place", "nn", name="Xyz")` gives the sentence. A fault is an entry
with the parts `what`, `why` and `do`, each in the three languages. Values are formatted
by a format spec that knows the numbers of the language: `{jobs:0}` (1 234), `{share:%1}` (12,3 %),
`{minutes:0}`, `{when:date}` (1. juni 2023), `{names:list}` (a, b og c), `{names:or}`
(a, b eller c), `{parts:apart}` (a; b; c), `{cost:kr}`, `{change:+0}` (with sign),
`{low:c0}–{high:%0}` (16–53 %). The words that
follow a number agree with it when they stand in its spec, the singular first:
`{days:0 dag|dagar}` (1 dag, 2 dagar), `{rows:0 rad er skjult|rader er skjulte}`.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.settings import LANGUAGES

NBSP = "\u00a0"
MINUS = "\u2212"
_NOT_DIGITS = f"+{MINUS}≈†{NBSP} "
_AND = {"nb": "og", "nn": "og", "en": "and"}
_OR = {"nb": "eller", "nn": "eller", "en": "or"}
_LINE_OR_ROW = re.compile(r"\b(line|row) (\d+)")
_PLACES_IN_FILES = {
    "nb": {"line": "linje", "row": "rad"},
    "nn": {"line": "linje", "row": "rad"},
    "en": {"line": "line", "row": "row"},
}
_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}


def text(key: str, lang: str, /, **values: Any) -> str:
    """The sentence `key` (`room:name` or `room:name.part`) in language `lang`.

    Raises:
        KeyError: no such text. That is a bug, not something a person can cause.
    """
    template, parts, formatter = _template(key, lang)
    if parts is None:
        return formatter.format(template, **values)
    return formatter.join(parts, values)


def filled(sentence: str, lang: str, /, **values: Any) -> str:
    """A sentence of another table with its values, formatted as those of `texts.yaml` are."""
    return _formatter(lang).format(sentence, **values)


class Term(str):
    """The name of something in a file or in the code, said on a page by the word that people use.

    It is its name for whoever compares it; a sentence that mentions it looks the word up.

    Args:
        name: for instance `agency`.
        key: where its word stands, for instance `analyses.state_jobs:columns.agency`.
    """

    key: str

    def __new__(cls, name: str, key: str) -> Term:  # noqa: D102
        made = super().__new__(cls, name)
        made.key = key
        return made

    def __reduce__(self) -> tuple[type[Term], tuple[str, str]]:
        return Term, (str(self), self.key)


def choose(texts: Mapping[str, str], lang: str) -> str:
    """One language out of a mapping nb/nn/en."""
    return texts[lang]


def fault_lines(fault: Fault, lang: str) -> dict[str, str]:
    """A fault as `where`, `what`, `why` and `do` in language `lang`; its value `seen` is a `where` too."""
    parts = {"where": localised(fault.where, lang)}
    values = {name: localised(each, lang) if name == "seen" else each for name, each in fault.values.items()}
    for part in ("what", "why", "do"):
        parts[part] = text(f"{fault.key}.{part}", lang, **values)
    return parts


def localised(where: str, lang: str) -> str:
    """`line 12, title` in the reader's language: the word, not the name of the field."""
    words = _PLACES_IN_FILES[lang]
    return _LINE_OR_ROW.sub(lambda found: f"{words[found[1]]} {found[2]}", where)


def explain_error(error: UserError, lang: str) -> str:
    """All faults of an error as plain lines for a terminal."""
    blocks = []
    for fault in error.faults:
        lines = fault_lines(fault, lang)
        head = f"{lines['where']}: {lines['what']}" if lines["where"] else lines["what"]
        blocks.append("\n".join([head, f"  {lines['why']}", f"  → {lines['do']}"]))
    return "\n".join(blocks)


def number(value: float, decimals: int = 0, lang: str = "nb", *, sign: bool = False) -> str:
    """A number with comma and no-break space, 1 234 567,8; in English with point and commas, 1,234,567.8.

    >>> number(1234567.84, 1).replace(NBSP, "_")
    '1_234_567,8'
    >>> number(1234567.84, 1, "en")
    '1,234,567.8'
    >>> number(-3)
    '−3'
    """
    rounded = round(value, decimals) + 0.0
    digits = f"{abs(rounded):,.{decimals}f}"
    if lang != "en":
        digits = digits.replace(",", NBSP).replace(".", ",")
    if rounded < 0:
        return MINUS + digits
    return f"+{digits}" if sign and rounded > 0 else digits


def date(value: dt.date, lang: str) -> str:
    """A date in words: 1. juni 2023 (nb, nn), 1 June 2023 (en)."""
    month = _MONTHS[lang].split()[value.month - 1]
    dot = "" if lang == "en" else "."
    return f"{value.day}{dot}{NBSP}{month} {value.year}"


def listed(items: Iterable[str], lang: str, joined: Mapping[str, str] = _AND) -> str:
    """a, b og c."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joined[lang]} {parts[-1]}"


def inside(title: str) -> str:
    """A title inside a sentence: small first letter, unless the word is an abbreviation or a number.

    >>> inside("Vilkår for lokalisering"), inside("I hovedsak"), inside("NAV")
    ('vilkår for lokalisering', 'i hovedsak', 'NAV')
    """
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def without_stop(reason: str) -> str:
    """A reason that is quoted inside a sentence.

    >>> without_stop("De store byene. "), without_stop("Avklart i brev …"), without_stop("Byer m.m.")
    ('De store byene', 'Avklart i brev …', 'Byer m.m.')
    """
    reason = reason.strip()
    abbreviated = "." in reason.split(" ")[-1][:-1]
    return reason if abbreviated or reason.endswith("..") else reason.removesuffix(".")


Parts = tuple[tuple[str, str | None, str], ...]
"""Literal, name (None at the end) and spec of each piece of a template."""


class _Formatter(string.Formatter):
    """`str.format` with numbers, dates and lists as the language writes them."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """As the library's, with the template taken apart once."""
        parts = _parts(format_string)
        if parts is None:
            return super().vformat(format_string, args, kwargs)
        return self.join(parts, kwargs)

    def join(self, parts: Parts, values: Mapping[str, Any]) -> str:
        """A template that was taken apart, with its values."""
        told = []
        for literal, name, spec in parts:
            told.append(literal)
            if name is not None:
                told.append(self.format_field(values[name], spec))
        return "".join(told)

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return self._counted(value, format_spec)
        if format_spec in ("list", "or"):
            joined = _OR if format_spec == "or" else _AND
            return listed([self._word(item) for item in value], self._lang, joined)
        if format_spec == "apart":
            return "; ".join(self._word(item) for item in value)
        if format_spec == "date":
            return date(value, self._lang)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _number_spec(value, format_spec, self._lang)
        return self._word(value)

    def _counted(self, value: Any, format_spec: str) -> str:
        """A number and its words: the first of the two where it reads as one, however it was written."""
        spec, _, words = format_spec.partition(" ")
        one, several = words.split("|")
        shown = self.format_field(value, spec)
        return f"{shown} {one if is_one(shown) else several}"

    def _word(self, value: Any) -> str:
        return text(value.key, self._lang) if isinstance(value, Term) else str(value)


@lru_cache(maxsize=4096)
def _parts(template: str) -> Parts | None:
    """Literals, names and specs of a template; None where it is more than names with plain specs."""
    parts = tuple(string.Formatter().parse(template))
    plain = all(
        name is None or (name.isidentifier() and not conversion and "{" not in (spec or ""))
        for _, name, spec, conversion in parts
    )
    return tuple((literal, name, spec or "") for literal, name, spec, _ in parts) if plain else None


def _number_spec(value: float, spec: str, lang: str) -> str:
    sign = spec.startswith("+")
    spec = spec.lstrip("+")
    if spec.startswith("%"):
        return number(value * 100, int(spec[1:] or 0), lang, sign=sign) + NBSP + "%"
    if spec.startswith("c"):  # the first of two: 16–53 %
        return number(value * 100, int(spec[1:] or 0), lang, sign=sign)
    if spec.startswith("kr"):
        return number(value, int(spec[2:] or 0), lang, sign=sign) + NBSP + "kr"
    if spec.isdigit():
        return number(value, int(spec), lang, sign=sign)
    return str(value) if isinstance(value, int) else number(value, 1, lang)


def is_one(shown: str) -> bool:
    """Whether a number, as it is written, takes its noun in the singular.

    >>> is_one("−1"), is_one("1,0"), is_one("0–1")
    (True, False, False)
    """
    return shown.strip(_NOT_DIGITS) == "1"


@cache
def _formatter(lang: str) -> _Formatter:
    if lang not in LANGUAGES:
        raise KeyError(f"no language {lang!r}")
    return _Formatter(lang)


@lru_cache(maxsize=4096)
def _template(key: str, lang: str) -> tuple[str, Parts | None, _Formatter]:
    """The sentence of a key as it is written, the same taken apart, and what fills it."""
    template = _entry(key)[lang]
    return template, _parts(template), _formatter(lang)


def _entry(key: str) -> Mapping[str, str]:
    room, _, name = key.partition(":")
    entry: Any = texts_of(room)
    for part in name.split("."):
        entry = entry[part]
    if not isinstance(entry, Mapping):
        raise KeyError(key)
    return entry


@cache
def texts_of(room: str) -> Mapping[str, Any]:
    """All texts of a room, for instance `places` or `analyses.location`."""
    texts: Mapping[str, Any] = read_yaml(f"tyngdepunkt.{room}", "texts.yaml")
    return texts


def read_yaml(package: str, name: str) -> Any:
    """A YAML file of the package itself; the C reader where it is there (ten times as fast)."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(content, Loader=loader)  # noqa: S506  # a safe loader either way
