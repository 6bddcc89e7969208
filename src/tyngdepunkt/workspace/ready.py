"""A database that is opened: made where it is new, brought up where it is older, refused where newer.

Before an older SQLite database is changed, a copy of it is put beside it. In PostgreSQL the steps are
one transaction, and copies are the administrator's (`pg_dump`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy.engine import URL, Connection

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace import engine as engines
from tyngdepunkt.workspace import version as versions
from tyngdepunkt.workspace.copies import copy_beside


def make_ready(held: engines.Held, url: URL) -> None:
    """Bring a database to the version of this program; asked once for each file that bears the name.

    Raises:
        UserError: `workspace:foreign` where it is another program's, or its name leads nowhere;
            `workspace:newer` where a newer program has made it; `workspace:older_read_only` where
            it is older and cannot be written in.
    """
    file = engines.file_of(url)
    with held.readying:
        if held.ready_for is not None and held.ready_for == _which(file):
            return
        shown = url.render_as_string(hide_password=True)
        if file is not None and not file.exists():
            if file.is_symlink():
                raise UserError(Fault("workspace:leads_nowhere", {"address": shown}))
            engines.make_folder(file.parent)
        elif not _is_current(held, shown):
            _refuse_read_only(file, shown)
        else:
            held.ready_for = _which(file)
            return
        with held.writer.begin() as connection:
            _bring_up(connection, file, shown)
        held.ready_for = _which(file)


def _is_current(held: engines.Held, shown: str) -> bool:
    """Whether there is nothing to do; the question takes no lock that a writer would have to wait for."""
    with held.engine.begin() as connection:
        found = versions.version_of(connection)
    _refuse_newer(found, shown)
    return found == versions.NEWEST


def _bring_up(connection: Connection, file: Path | None, shown: str) -> None:
    """Alone in writing: what another program did meanwhile is seen."""
    found = versions.version_of(connection)
    _refuse_newer(found, shown)
    if found == versions.NEW:
        versions.make(connection)
    elif found != versions.NEWEST:
        if file is not None:
            copy_beside(file, file, f"before-upgrade-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}")
        versions.upgrade(connection)


def _refuse_newer(found: str, shown: str) -> None:
    if found == versions.FOREIGN:
        raise UserError(Fault("workspace:foreign", {"address": shown}))
    if versions.is_newer(found):
        raise UserError(Fault("workspace:newer", {"address": shown, "version": found}))


def _refuse_read_only(file: Path | None, shown: str) -> None:
    if file is not None and not engines.may_write(file):
        raise UserError(Fault("workspace:older_read_only", {"address": shown}))


def _which(file: Path | None) -> object:
    return "server" if file is None else engines.identity(file)
