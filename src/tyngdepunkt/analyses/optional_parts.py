"""What an analysis may have beside what every one has: each part is a file of its folder.

| file | what it holds |
|---|---|
| `document.py` | `document(result, lang)` → `Document`: `--out`; with a third parameter it gets the store |
| `sheet.py` | `sheet(result, lang)` → `Sheet`: the command then also writes CSV |
| `asks.py` | `asks(result, given, lang)` → what a page asks, `answered(given)` → `form` |
| `template.py` | `template(lang)` → `Document`: a workbook to fill in: `--template`, a link |
| `exports.py` | `exports(result, lang)` → files by name: `--out` writes them too |
| `as_json.py` | `as_json(result)` → plain values, where a result knows more than its JSON holds |
| `shown.py` | `shown(result, lang)` → the weights whose scores `--out` shows: `kept.py` |
| `earlier.py` | `held_against(result, before, named)`: what an earlier method answered: `kept.py` |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from tyngdepunkt.analyses.contract import Asked, Brought
    from tyngdepunkt.analyses.kept import Shown
    from tyngdepunkt.documents.document import Document, Sheet
    from tyngdepunkt.places import Places


class OptionalParts:
    """The parts of the analysis in the folder `room`; none is loaded before it is used."""

    @property
    def room(self) -> str:
        """Its folder and its texts: `analyses.<id>`."""
        raise NotImplementedError

    @property
    def has_document(self) -> bool:
        """Whether it can be written as a document."""
        return self._has("document")

    @property
    def has_sheet(self) -> bool:
        """Whether it can be written as CSV."""
        return self._has("sheet")

    @property
    def has_asks(self) -> bool:
        """Whether a page asks more about its answer."""
        return self._has("asks")

    @property
    def has_template(self) -> bool:
        """Whether there is an empty workbook to fill in."""
        return self._has("template")

    @property
    def has_exports(self) -> bool:
        """Whether it can be written as files that are no document."""
        return self._has("exports")

    @property
    def has_shown(self) -> bool:
        """Whether the weights whose scores were shown are remembered beside its documents."""
        return self._has("shown")

    @property
    def has_earlier(self) -> bool:
        """Whether an answer is held against an earlier method's, whose JSON lies beside its documents."""
        return self._has("earlier")

    @property
    def own_json(self) -> bool:
        """Whether its JSON is made of a result, and is not the result itself."""
        return self._has("as_json")

    def document(self, result: Any, lang: str, open_places: Callable[[], Places] | None = None) -> Document:
        """A result as a document; only where `has_document`.

        Args:
            result: of `answer`.
            lang: of the document.
            open_places: gives the store, to a document that draws on it.
        """
        write = self.part("document").document
        on_places = len(signature(write).parameters) > 2
        made: Document = write(result, lang, *([open_places()] if on_places and open_places else []))
        return made

    def as_json(self, result: Any) -> Any:
        """A result as plain lists, mappings, numbers and texts: what its JSON holds."""
        return self.part("as_json").as_json(result) if self.own_json else msgspec.to_builtins(result)

    def shown(self, result: Any, lang: str) -> Shown:
        """The weights whose scores a result shows; only where `has_shown`."""
        found: Shown = self.part("shown").shown(result, lang)
        return found

    def held_against(self, result: Any, before: Mapping[str, Any], named: str) -> Any:
        """A result that tells what differs from an earlier answer; only where `has_earlier`.

        Args:
            result: of `answer`.
            before: the JSON of the earlier answer.
            named: what its files are called now.
        """
        return self.part("earlier").held_against(result, before, named)

    @property
    def earlier_needs(self) -> frozenset[str]:
        """Keys without which an earlier JSON is no answer of this analysis; only where `has_earlier`."""
        found: frozenset[str] = self.part("earlier").NEEDED
        return found

    def asks(self, result: Any, given: Mapping[str, str], lang: str) -> list[Asked]:
        """What a page asks about an answer; nothing where not `has_asks`."""
        found: list[Asked] = self.part("asks").asks(result, given, lang) if self.has_asks else []
        return found

    def answered(self, given: Mapping[str, str]) -> Brought | None:
        """What was ticked on a page, as the file `form`; None where nothing was, or nothing is asked."""
        found: Brought | None = self.part("asks").answered(given) if self.has_asks else None
        return found

    def template(self, lang: str) -> bytes:
        """An empty workbook (XLSX) to fill in; only where `has_template`."""
        from tyngdepunkt.documents import xlsx

        return xlsx.render(self.part("template").template(lang))

    def sheet(self, result: Any, lang: str) -> Sheet:
        """A result as one table; only where `has_sheet`."""
        made: Sheet = self.part("sheet").sheet(result, lang)
        return made

    def exports(self, result: Any, lang: str) -> Mapping[str, bytes]:
        """A result as files, by name; none where not `has_exports`."""
        made: Mapping[str, bytes] = self.part("exports").exports(result, lang) if self.has_exports else {}
        return made

    def _has(self, name: str) -> bool:
        return find_spec(f"tyngdepunkt.{self.room}.{name}") is not None

    def part(self, name: str) -> Any:
        """A module of its folder."""
        return import_module(f"tyngdepunkt.{self.room}.{name}")
