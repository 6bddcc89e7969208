"""`tyngdepunkt data doffin`: notices of some days, in every version, without persons."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import cyclopts
import msgspec

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_asked import DryRun, Most, print_run, show_run
from tyngdepunkt.cli._data_view import AsJson, Lang
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.sources.doffin_notices import Notice, Version
    from tyngdepunkt.sources.kept import Found

_FOLDER = "doffin"


@told("doffin")
def doffin(
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    cpv: str = "",
    location: str = "",
    kind: Annotated[str, cyclopts.Parameter(name="--type")] = "",
    status: str = "",
    search: str = "",
    notices: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    base: str = "",
    most: Most = 1000,
    dry_run: DryRun = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch notices of public procurement from Doffin; the key stands in TYNGDEPUNKT_DOFFIN_KEY_FILE.

    Args:
        since: first day of issue, YYYY-MM-DD.
        until: last day of issue; today when left out.
        cpv: one CPV code, eight digits.
        location: one code of NUTS, as NO081.
        kind: type of notice, as ANNOUNCEMENT_OF_COMPETITION.
        status: as ACTIVE.
        search: words to search for.
        notices: fetch every notice as XML too, in all the versions that are found.
        base: another address of Doffin.
        most: notices there may be at most.
        dry_run: search and check, and write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources import doffin as source
    from tyngdepunkt.sources.doffin_notices import fetch, grouped
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.kept import Question, run
    from tyngdepunkt.sources.keys import key_of

    last = until or dt.date.today()  # noqa: DTZ011
    asked = source.read_search(
        since, last, cpv=cpv, location=location, kind=kind, status=status, text=" ".join(search.split())
    )
    secrets = {source.HEADER: key_of(settings.doffin_key())}
    versions: list[Version] = []

    def gather(found: Found) -> int:
        ids = source.search(found, asked, most)
        if notices and not dry_run:
            versions.extend(fetch(found, ids))
        return len(ids)

    folder = settings.data_folder() / "sources" / _FOLDER
    what = "notices" if notices else "search"
    question = Question(what, asked.params(), source.LICENCE, source.CADENCE)
    with Client(base or source.BASE, secrets=secrets) as client:
        came = run(folder, client, question, gather, dry_run=dry_run)
    found = grouped(versions)
    if as_json:
        print_run(came, folder, dry_run=dry_run, notices=msgspec.to_builtins(found))
        return
    wanted = lang or settings.language()
    show_run(came, folder, wanted, dry_run=dry_run, more=_told(found, wanted))


def _told(found: list[Notice], lang: str) -> tuple[str, ...]:
    if not found:
        return ()
    told = {
        "notices": len(found),
        "versions": sum(len(each.versions) for each in found),
        "lacking": sum(bool(each.lacking) for each in found),
    }
    return (texts.text("sources:run.notices", lang, **told),)
