"""`tyngdepunkt data changes`: what has changed in Enhetsregisteret since a day, or since the last time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_asked import DryRun, Most, print_run, show_run
from tyngdepunkt.cli._data_view import AsJson, Lang
from tyngdepunkt.cli._help import told
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.sources.kept import Found
    from tyngdepunkt.sources.register_changes import Changed


@told("changes")
def changes(
    kind: Literal["entities", "workplaces"],
    *,
    since: dt.date | None = None,
    ask_each: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    base: str = "",
    most: Most = 10_000,
    dry_run: DryRun = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch what has changed in Enhetsregisteret since a day, or since the last time.

    Args:
        kind: main entities, or the workplaces under them.
        since: first day, YYYY-MM-DD, which begins anew. The first time it is the day of the nightly file of
            `data register` when left out, and needed where there is none.
        ask_each: ask what each that changed is now; one that is removed (410) is not called deleted.
        base: another address of the register.
        most: changes to read in this run; the next one goes on.
        dry_run: ask and check, and write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources import register_changes as source
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.kept import Question, run
    from tyngdepunkt.sources.register_files import BASE

    folder = settings.data_folder() / "sources" / "enhetsregisteret"
    known = source.Known() if since else source.read_known(folder, kind)
    if since is None and not known.next:
        since = _day_of_the_file(kind)
    first = since or dt.date.min
    seen: dict[str, Changed] = {}

    def gather(found: Found) -> int:
        came = source.changes(found, kind, first, known, most, ask_each=ask_each)
        seen.update(source.known_in(found, kind).numbers)
        return came

    start = {"since": first.isoformat()} if since else {"next": str(known.next)}
    question = Question(f"changes-{kind}", start, source.LICENCE, source.CADENCE)
    with Client(base or BASE) as client:
        came = run(folder, client, question, gather, dry_run=dry_run)
    counts = Counter(each.standing or each.kind for each in seen.values())
    taken = 0 if dry_run else _take_out(kind, seen)
    if as_json:
        print_run(came, folder, dry_run=dry_run, numbers=dict(sorted(counts.items())), taken_out=taken)
        return
    wanted = lang or settings.language()
    parts = ("new", "changed", "registered", "deleted", "removed", "unknown")
    line = texts.text("sources:run.changes", wanted, **{part: counts[part] for part in parts})
    told = (texts.text("sources:run.taken_out", wanted, count=taken),) if taken else ()
    show_run(came, folder, wanted, dry_run=dry_run, more=(line, *told))


def _day_of_the_file(kind: str) -> dt.date:
    """The day from which the table of `data register` no longer knows what has changed.

    Raises:
        UserError: there is no such table.
    """
    from tyngdepunkt.sources.register_files import read_log

    log = read_log(settings.data_folder() / "registers")
    days = [each.at[:10] for each in log if each.kind == kind and each.state == "read"]
    if not days:
        raise UserError(Fault("sources:since_when", {}, "--since"))
    return dt.date.fromisoformat(days[-1]) - dt.timedelta(1)  # the file is of the night before


def _take_out(kind: str, seen: Mapping[str, Changed]) -> int:
    """What is removed from open data is taken out of the table of the nightly file too."""
    from tyngdepunkt.sources.register_files import table
    from tyngdepunkt.sources.register_removed import remove

    numbers = [number for number, each in seen.items() if "removed" in (each.kind, each.standing)]
    return remove(table(settings.data_folder() / "registers", kind), numbers)
