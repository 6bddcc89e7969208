"""`tyngdepunkt data vacancies`: the vacancies that are active, from NAV's feed, without whom to call."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_asked import DryRun, Most, print_run, show_run
from tyngdepunkt.cli._data_view import AsJson, Lang
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.kept import Found, Run


@told("vacancies")
def vacancies(
    *,
    since: dt.date | None = None,
    base: str = "",
    most: Most = 500,
    dry_run: DryRun = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Follow NAV's feed of vacancies; the token stands in TYNGDEPUNKT_NAV_TOKEN_FILE.

    Args:
        since: where to begin anew, YYYY-MM-DD; without it where the last run ended, or six months ago.
        base: another address of the feed.
        most: vacancies to fetch in this run; the next one goes on.
        dry_run: read and check the feed, fetch no vacancy, and write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.keys import key_of
    from tyngdepunkt.sources.vacancies import BASE, FILE, HEADER

    secrets = {HEADER: f"Bearer {key_of(settings.nav_token())}"}
    folder = settings.data_folder() / "sources" / "nav"
    with Client(base or BASE, secrets=secrets, accept="application/json") as client:
        came = _run(client, folder, since, 0 if dry_run else most, dry_run=dry_run)
    if as_json:
        print_run(came, folder, dry_run=dry_run, file=str(folder / FILE))
        return
    wanted = lang or settings.language()
    more = (texts.text("sources:run.vacancies", wanted, count=came.rows),)
    show_run(came, folder, wanted, dry_run=dry_run, more=more)


def _run(client: Client, folder: Path, since: dt.date | None, most: int, *, dry_run: bool) -> Run:
    from tyngdepunkt.sources.kept import Question, run
    from tyngdepunkt.sources.vacancies import CADENCE, LICENCE, LONGEST, read_held, vacancies

    at = client.clock.now() - LONGEST
    start = dt.datetime.combine(since, dt.time(), dt.UTC) if since else at
    before = read_held(folder)
    if since:
        before.page = ""

    def gather(found: Found) -> int:
        return vacancies(found, before, start, most)

    return run(folder, client, Question("vacancies", {}, LICENCE, CADENCE), gather, dry_run=dry_run)
