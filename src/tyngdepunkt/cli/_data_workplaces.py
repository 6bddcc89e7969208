"""`tyngdepunkt data workplaces`: advertised posts by place of work, of the vacancies that are here."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json
from tyngdepunkt.cli._help import told


@told("workplaces")
def workplaces(*, labels: Path | None = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Count advertised posts with a free place of work or several, and measure the rules by labels.

    Args:
        labels: CSV or XLSX of `vacancy` (its number) and `workplace` (free, several or one), by persons.
        lang: language of the answer.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.analyses.advertised.counted import counted
    from tyngdepunkt.analyses.advertised.labels import ROOM, labels_in
    from tyngdepunkt.analyses.advertised.narrative import blocks
    from tyngdepunkt.inputs.occupations import occupation_names
    from tyngdepunkt.inputs.reading import MAX_BYTES, read_bytes
    from tyngdepunkt.places import open_places
    from tyngdepunkt.sources.vacancies import FILE, read_held

    given = labels_in(read_bytes(labels, MAX_BYTES), labels) if labels else {}
    folder = settings.data_folder() / "sources" / "nav"
    with open_places() as places:
        names = occupation_names(places)
    found = counted(read_held(folder).vacancies, (folder / FILE).is_file(), given, names)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    from tyngdepunkt.cli._blocks import show

    wanted = lang or settings.language()
    show(texts.text(f"{ROOM}:view.heading", wanted), blocks(found, wanted), wanted)
