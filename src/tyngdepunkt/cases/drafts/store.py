"""Drafts in the transactional database. `Drafts` is the only way in."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, select, update
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session

from tyngdepunkt import settings
from tyngdepunkt.cases.drafts.steps import Choice, Conflict, merged
from tyngdepunkt.cases.drafts.tables import Base, DraftRow, VersionRow
from tyngdepunkt.errors import Fault, UserError

ROOM = "cases.drafts"
LARGEST = 1_000_000  # bytes of one case, as for a case file
LISTED = 200
_ID_BYTES = 18  # 144 bits: a draft cannot be found by guessing


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it stands in one version; `content` is the mapping of a case file."""

    id: str
    version: int
    content: Mapping[str, Any]
    changed_at: dt.datetime
    deleted: bool = False
    seen: int | None = None

    @property
    def title(self) -> str:
        """The title, or empty where none has been written yet."""
        return str(self.content.get("title") or "")

    @property
    def text(self) -> str:
        """The case as JSON, which is also YAML: what `case_from_text` reads."""
        return json.dumps(self.content, ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True)
class Version:
    """One save: when, and by which step."""

    version: int
    saved_at: dt.datetime
    step: str


class Drafts:
    """The drafts of one database.

    Args:
        url: the database as SQLAlchemy reads it; the setting by default. A SQLite file that
            is not there is made at the first save.

    Raises:
        UserError: `cases.drafts:no_database` where the database cannot be used.
    """

    def __init__(self, url: str | None = None) -> None:
        address = url or settings.database_url()
        try:
            self._url = make_url(address)
            self._engine = _engine(self._url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise _no_database(address.split("@")[-1], error) from error

    def create(self, content: Mapping[str, Any], step: str = "start") -> Draft:
        """A new draft, version 1."""
        now, draft_id = _now(), secrets.token_urlsafe(_ID_BYTES)
        with self._session() as session:
            session.add(DraftRow(id=draft_id, version=1, created_at=now, changed_at=now))
            session.flush()
            session.add(_version(draft_id, 1, step, content))
        return Draft(draft_id, 1, dict(content), now)

    def get(self, draft_id: str, version: int | None = None) -> Draft:
        """The newest version of a draft, or the one asked for. A deleted draft can be read.

        Raises:
            UserError: `no_draft` or `no_version`.
        """
        with self._session() as session:
            return self._read(session, draft_id, version)

    def save(
        self,
        draft_id: str,
        changes: Mapping[str, Any],
        based_on: int,
        step: str,
        *,
        over: int | bool = False,
        keep: Collection[str] = (),
    ) -> Draft:
        """Write the fields of one step; a field that is None is taken away.

        Args:
            draft_id: the draft.
            changes: field → value.
            based_on: the version the person saw.
            step: which page it was, for the history.
            over: the version that was shown after a conflict: what it holds may be written over.
                True stands for the newest.
            keep: with `over`, the fields to leave as they are stored, as `unit.name`.

        Raises:
            Conflict: somebody else changed the same fields since `based_on`.
            UserError: no such draft, or the case has become too large.
        """
        try:
            with self._session() as session:
                newest = self._read(session, draft_id)
                base = self._read(session, draft_id, based_on)
                seen = newest if over is True else self._read(session, draft_id, over or None)
                choice = Choice(seen.content, keep) if over else None
                content = merged(base.content, newest.content, changes, newest.version, choice)
                if content == newest.content:
                    return newest
                return self._next(session, newest, content, step)
        except IntegrityError:  # two saves in the same instant: the later one looks again
            return self.save(draft_id, changes, based_on, step, over=over, keep=keep)

    def seen(self, draft_id: str, version: int) -> None:
        """Note that the scores of a version have been shown to somebody."""
        with self._session() as session:
            unseen = (DraftRow.id == draft_id, (DraftRow.seen.is_(None)) | (DraftRow.seen < version))
            session.execute(update(DraftRow).where(*unseen).values(seen=version))

    def history(self, draft_id: str) -> tuple[Version, ...]:
        """Every save, the newest first."""
        with self._session() as session:
            self._read(session, draft_id)
            rows = session.scalars(
                select(VersionRow).where(VersionRow.draft_id == draft_id).order_by(VersionRow.version.desc())
            )
            return tuple(Version(row.version, row.saved_at, row.step) for row in rows)

    def list(self, *, deleted: bool = False) -> tuple[Draft, ...]:
        """The drafts that are not deleted (or those that are), the one changed last first."""
        gone = DraftRow.deleted_at
        with self._session() as session:
            query = (
                select(DraftRow, VersionRow)
                .join(
                    VersionRow,
                    (VersionRow.draft_id == DraftRow.id) & (VersionRow.version == DraftRow.version),
                )
                .where(gone.is_not(None) if deleted else gone.is_(None))
                .order_by(DraftRow.changed_at.desc(), DraftRow.id)
                .limit(LISTED)
            )
            return tuple(_draft(head, row) for head, row in session.execute(query))

    def duplicate(self, draft_id: str, title: str) -> Draft:
        """A new draft with the same content and another title; the weight log goes along."""
        source = self.get(draft_id)
        copy = self.create({**source.content, "title": title}, "copy")
        if source.seen is not None:
            self.seen(copy.id, copy.version)
        return self.get(copy.id)

    def delete(self, draft_id: str) -> None:
        """Take a draft out of the list; `restore` takes it back."""
        self._mark(draft_id, _now())

    def restore(self, draft_id: str) -> None:
        """Take a deleted draft back."""
        self._mark(draft_id, None)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _mark(self, draft_id: str, when: dt.datetime | None) -> None:
        with self._session() as session:
            self._read(session, draft_id)
            session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(deleted_at=when))

    def _read(self, session: Session, draft_id: str, version: int | None = None) -> Draft:
        head = session.get(DraftRow, draft_id[:32])
        if head is None or head.id != draft_id:
            raise UserError(Fault(f"{ROOM}:no_draft"))
        row = session.get(VersionRow, (draft_id, head.version if version is None else version))
        if row is None:
            raise UserError(Fault(f"{ROOM}:no_version", {"version": version, "newest": head.version}))
        return _draft(head, row)

    def _next(self, session: Session, newest: Draft, content: Mapping[str, Any], step: str) -> Draft:
        number, now = newest.version + 1, _now()
        session.add(_version(newest.id, number, step, content))
        session.flush()
        session.execute(
            update(DraftRow).where(DraftRow.id == newest.id).values(version=number, changed_at=now)
        )
        return Draft(newest.id, number, content, now, newest.deleted, newest.seen)

    @cached_property
    def _made(self) -> bool:
        """Whether the tables are there; asked once for each store."""
        file = _file_of(self._url)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        Base.metadata.create_all(self._engine)
        return True

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            _ = self._made
            with Session(self._engine) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            raise _no_database(self._url.render_as_string(hide_password=True), error) from error


def _version(draft_id: str, number: int, step: str, content: Mapping[str, Any]) -> VersionRow:
    text = json.dumps(content, ensure_ascii=False)
    size = len(text.encode())
    if size > LARGEST:
        raise UserError(Fault(f"{ROOM}:too_large", {"size": size / 1_000_000, "limit": LARGEST / 1_000_000}))
    return VersionRow(draft_id=draft_id, version=number, saved_at=_now(), step=step, content=text)


def _draft(head: DraftRow, row: VersionRow) -> Draft:
    content = json.loads(row.content)
    return Draft(head.id, row.version, content, head.changed_at, head.deleted_at is not None, head.seen)


def _engine(url: URL) -> Engine:
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    """Readers do not block a writer (WAL), references hold, and a busy database is waited for."""
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _file_of(url: URL) -> Path | None:
    """The SQLite file; None for a server and for a database in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def _no_database(address: str, error: Exception) -> UserError:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return UserError(Fault(f"{ROOM}:no_database", {"address": address, "reason": reason}))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


__all__ = ["Conflict", "Draft", "Drafts", "Version"]
