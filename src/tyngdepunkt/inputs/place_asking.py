"""Asking for places and occupations on a terminal; what is doubtful is asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.inputs import field_types
from tyngdepunkt.inputs.asking import Asker
from tyngdepunkt.inputs.occupations import Occupation, occupation_names, occupations

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

SHOWN = 9
"""Occupations that are shown where a title has several."""


class PlaceAsker(Asker):
    """Asks as `Asker` does; `places` is the store that knows places and occupations."""

    def __init__(
        self,
        read: Callable[[], str | None],
        say: Callable[[str], None],
        room: str,
        places: Places,
        lang: str,
    ) -> None:
        super().__init__(read, say, room, lang)
        self._places = places

    def place(self, line: str) -> str:
        """The place as written, when there is such a place; what it was taken as is shown."""
        found = self._places.resolve(field_types.place(line))
        self._say(f"  {found.municipality.name} ({found.municipality.code})")
        if found.notice:
            self._say(f"  {texts.text(found.notice.key, self.lang, **found.notice.values)}")
        return line

    def several(self, name: str, fewest: int) -> list[str]:
        """Places, one at a time, until an empty answer."""
        found: list[str] = []
        codes: set[str] = set()

        def check(line: str) -> str:
            if not line and len(found) >= fewest:
                return ""
            if not line:
                raise self.refused("ask_more", fewest=fewest)
            code = self._places.resolve(field_types.place(line)).municipality.code
            if code in codes:
                raise self.refused("ask_twice", given=line[:60])
            codes.add(code)
            return self.place(line)

        while line := self.ask(name, check, number=len(found) + 1):
            found.append(line)
        return found

    def occupation(self, line: str) -> tuple[str, str] | None:
        """A code or a title; a title with several codes is shown with them and asked again."""
        if not line:
            return None
        names = occupation_names(self._places)
        if line.isdigit():
            code = field_types.occupation(line)
            if names and code not in names:
                raise self.refused("unknown_occupation", code=code)
            return code, names.get(code, "")
        found = occupations(self._places, line)
        exact = [each for each in found if each.exact]
        if len(exact or found) == 1:
            return (exact or found)[0].code, (exact or found)[0].name
        if not found:
            raise self.refused("ask_no_occupation", given=line[:60])
        shown = [_in_words(each) for each in (exact or found)[:SHOWN]]
        raise self.refused("ask_which_occupation", given=line[:60], found=shown)


def _in_words(each: Occupation) -> str:
    """`2611 Jurister (advokat)`: the title that was found, where the name does not say it."""
    return f"{each.code} {each.name}" + (f" ({each.title})" if each.title else "")
