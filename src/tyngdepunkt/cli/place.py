"""`tyngdepunkt place Røros`: what is known of a place, each figure with its source."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.places import Notice, Places
    from tyngdepunkt.places.profile import Profile

app = cyclopts.App(name="place", help_format="plaintext")


@app.default
@told("show", "place")
def show_place(
    *name: str,
    lang: Literal["nb", "nn", "en"] | None = None,
    as_json: Annotated[bool, cyclopts.Parameter(name="--json", negative="")] = False,
) -> None:
    """Show what is known of a place: a municipality, a town, or a municipality number, old or new.

    Args:
        name: the name or number, in any official language form.
        lang: language of the words around the figures.
        as_json: print one JSON document and nothing else.
    """
    import msgspec

    from tyngdepunkt.places import open_places
    from tyngdepunkt.places.profile import profile
    from tyngdepunkt.places.profile_answer import profile_answer

    wanted = lang or settings.language()
    with open_places() as places:
        resolved = places.resolve(" ".join(name))
        found = profile(places, resolved.municipality.code)
        if as_json:
            told = msgspec.to_builtins(profile_answer(found, resolved.notice, places, wanted))
            json.dump(told, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        else:
            _show(found, resolved.notice, places, wanted)


def _show(found: Profile, notice: Notice | None, places: Places, lang: str) -> None:
    from tyngdepunkt.cli._place_view import show

    if notice:
        print(texts.text(notice.key, lang, **notice.values), file=sys.stderr)
    show(found, places, lang)
