"""What the readers of a case share: the file, the places, and what has been found so far."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from tyngdepunkt import texts
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs.reading import Located, Steps

if TYPE_CHECKING:
    from tyngdepunkt.places import Notice, Places

T = TypeVar("T")
NEAR = 3  # suggestions for a name that is not known
FEW = 12  # names that are all shown; of longer lists only the near ones, where there are any
ROOM = "analyses.location.input"


class ParseContext:
    """Collects faults and notices while a case file is read.

    Args:
        located: the file.
        places: the store that knows the places.
        lang: language of the names the program gives to alternatives.
        beside: whether files beside the case may be read; not where the case came as text from elsewhere.
        by_program: whether a program has written it, and values are held to the schema.
    """

    def __init__(
        self, located: Located, places: Places, lang: str, *, beside: bool = True, by_program: bool = False
    ) -> None:
        self.located = located
        self.places = places
        self.lang = lang
        self.beside = beside
        self.by_program = by_program
        self.faults = Faults()
        self.notices: list[Notice] = []
        self._shown: dict[str, str] = {}

    def fault(self, name: str, steps: Steps, /, **values: Any) -> None:
        """Note a fault of this room, with the line that `steps` leads to."""
        self.noted(name, steps, **values)

    def noted(self, key: str, steps: Steps, /, **values: Any) -> None:
        """Note a fault of this room, or of the room its key names (`inputs:not_a_date`)."""
        key = key if ":" in key else f"{ROOM}:{key}"
        self.faults.add(key, self.located.where(steps), **values)

    def read(self, reader: Callable[[Any], T], value: Any, steps: Steps) -> T | None:
        """What a reader of `inputs` makes of a value; None with its faults noted."""
        try:
            return reader(value)
        except UserError as error:
            self.faults.extend(error.at(self.located.where(steps)).faults)
            return None

    def unknown_name(self, fault: str, given: str, known: Iterable[str], steps: Steps) -> None:
        """Note a name that is not known, with those that are, the nearest first."""
        names = [str(name) for name in known]
        near = difflib.get_close_matches(given, names, n=NEAR, cutoff=0.6)
        rest = [name for name in names if name not in near] if len(names) <= FEW or not near else []
        self.fault(fault, steps, given=given[:60], known=[*near, *rest])

    def notice(self, name: str, /, **values: Any) -> None:
        """Note something the reader should be told, that is not wrong."""
        from tyngdepunkt.places import Notice

        self.keep(Notice(f"{ROOM}:{name}", values))

    def place(self, written: str, steps: Steps) -> str | None:
        """The number of the municipality that was written, or None with a fault."""
        try:
            resolved = self.places.resolve(written, self.located.where(steps))
        except UserError as error:
            self.faults.extend(error.faults)
            return None
        if resolved.notice:
            self.keep(resolved.notice)
        official = resolved.municipality
        self._shown[written] = resolved.shown.replace(official.name, official.called)
        return official.code

    def called(self, written: str, code: str) -> str:
        """What a place of the case is called: what was written, and the municipality it lies in."""
        return self._shown.get(written) or self.name_of(code)

    def place_in_faulty(self, steps: Steps) -> None:
        """Look up the place of a group that is wrong in other ways: its faults are reported together."""
        group: Any = self.located.data
        for step in steps:
            group = group[step]
        written = group.get("place") if isinstance(group, dict) else None
        if isinstance(written, str) and written.strip():
            self.place(written.strip(), (*steps, "place"))

    def places_of(self, written: Iterable[str], steps: Steps) -> tuple[str, ...]:
        """Several places; the same place twice is a fault."""
        found: dict[str, int] = {}
        for at, name in enumerate(written):
            code = self.place(name, (*steps, at))
            if code is None:
                continue
            if code in found:
                first = self.located.line((*steps, found[code]))
                self.fault("place_twice", (*steps, at), place=self.name_of(code), first=first)
            found.setdefault(code, at)
        return tuple(found)

    def name_of(self, code: str) -> str:
        """The name of a municipality."""
        return self.places.municipalities[code].called

    def say(self, name: str, /, **values: Any) -> str:
        """A sentence or word of this room."""
        return texts.text(f"{ROOM}:{name}", self.lang, **values)

    def keep(self, notice: Notice) -> None:
        """Note what somebody else has to tell, once."""
        if notice not in self.notices:
            self.notices.append(notice)
