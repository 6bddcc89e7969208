"""What the readers of a file that names places share: the file, the places, what has been found so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.checked import FaultCollector
from tyngdepunkt.inputs.reading import Located, Steps

if TYPE_CHECKING:
    from tyngdepunkt.places import Notice, Places


class ParseContext(FaultCollector):
    """Collects faults and notices while a file that names places is read.

    Args:
        located: the file.
        room: the texts that hold its faults, notices and words.
        places: the store that knows the places.
        lang: language of the names the program gives to alternatives.
        beside: whether files beside it may be read; not where the case came as text from elsewhere.
        by_program: whether a program has written it, and values are held to the schema.
    """

    def __init__(
        self,
        located: Located,
        room: str,
        places: Places,
        lang: str,
        *,
        beside: bool = True,
        by_program: bool = False,
    ) -> None:
        super().__init__(located, room, by_program=by_program)
        self.places, self.lang, self.beside = places, lang, beside
        self.notices: list[Notice] = []
        self._shown: dict[str, str] = {}

    def notice(self, name: str, /, **values: Any) -> None:
        """Note something the reader should be told, that is not wrong."""
        from tyngdepunkt.places import Notice

        self.keep(Notice(f"{self.room}:{name}", values))

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
        """What a place of the file is called: what was written, and the municipality it lies in."""
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
        return tuple(code for code in self.each_place(written, steps) if code is not None)

    def each_place(self, written: Iterable[str], steps: Steps) -> list[str | None]:
        """As `places_of`, with None for each that is not known or stands twice."""
        found: list[str | None] = []
        for at, name in enumerate(written):
            code = self.place(name, (*steps, at))
            if code is not None and code in found:
                first = self.located.line((*steps, found.index(code)))
                self.fault("place_twice", (*steps, at), place=self.name_of(code), first=first)
                code = None
            found.append(code)
        return found

    def name_of(self, code: str) -> str:
        """The name of a municipality."""
        return self.places.municipalities[code].called

    def say(self, name: str, /, **values: Any) -> str:
        """A sentence or word of this room."""
        return texts.text(f"{self.room}:{name}", self.lang, **values)

    def keep(self, notice: Notice) -> None:
        """Note what somebody else has to tell, once."""
        if notice not in self.notices:
            self.notices.append(notice)
