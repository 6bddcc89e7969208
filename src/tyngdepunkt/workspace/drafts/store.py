"""Drafts in the transactional database. `Drafts` is the only way in."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace.database import Database
from tyngdepunkt.workspace.drafts.merge import LOG, Choice, Conflict, changed_weights, merged
from tyngdepunkt.workspace.tables import DraftRow, VersionRow

ROOM = "workspace.drafts"
SCHEMA = 1  # of the mapping that is saved; higher once a field changes its meaning
LARGEST = 1_000_000  # bytes of one case, as for a case file
LISTED = 200
LOCATION = "location"  # the kind of case there was before there were several
_ID_BYTES = 18  # 144 bits: a draft cannot be found by guessing


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it stands in one version; `content` is the mapping of a case file.

    `method` is the version of the method the program answered with when it was saved; None where that was
    not kept.
    """

    id: str
    version: int
    content: Mapping[str, Any]
    changed_at: dt.datetime
    deleted: bool = False
    seen: int | None = None
    begun_at: dt.datetime | None = None
    kind: str = LOCATION
    method: str | None = None

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


@dataclass(frozen=True, slots=True)
class WholeVersion:
    """One save with all it holds."""

    version: int
    saved_at: dt.datetime
    step: str
    content: Mapping[str, Any]
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A draft with every version, the oldest first, as it is carried from one database to another."""

    id: str
    kind: str
    seen: int | None
    versions: tuple[WholeVersion, ...]


class Drafts:
    """The drafts of one database.

    Args:
        url: the database as SQLAlchemy reads it; the setting by default. A SQLite file that
            is not there is made at the first save.
        method: the version of the method that cases are answered with, kept with each save.

    Raises:
        UserError: `workspace:no_database` where the database cannot be used.
    """

    def __init__(self, url: str | None = None, method: str | None = None) -> None:
        self._database = Database(url)
        self._method = method
        self._session = self._database.session

    def create(
        self, content: Mapping[str, Any], step: str = "start", *, once: str = "", kind: str = LOCATION
    ) -> Draft:
        """Store a new draft as version 1.

        Args:
            content: the case.
            step: which page it was, for the history.
            once: an id that nobody can guess and that is the same when the same form is sent again: then
                the draft that is there is the answer. One that has been worked on is left alone.
            kind: the analysis it is a case of.

        Returns:
            The new draft, or the one that the same `once` made before.

        Raises:
            UserError: the case is too large, or the database cannot be written in.
        """
        with self._session(write=True) as session:
            return _begin(session, content, step, kind, self._method, once=once)

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
        over: int | None = None,
        keep: Collection[str] = (),
    ) -> Draft:
        """Write the fields of one step; a field that is None is taken away.

        Args:
            draft_id: the draft.
            changes: field → value.
            based_on: the version the person saw.
            step: which page it was, for the history.
            over: the version that was shown after a conflict: what it holds may be written over.
            keep: with `over`, the fields to leave as they are stored, as `unit.name`.

        Raises:
            Conflict: somebody else changed the same fields since `based_on`.
            UserError: no such draft, the case has become too large, or weights are changed after
                scores were seen and nothing is logged of it.
        """
        with self._session(write=True) as session:
            newest = self._read(session, draft_id)
            base = self._read(session, draft_id, based_on)
            choice = Choice(self._read(session, draft_id, over).content, keep) if over else None
            content = merged(base.content, newest.content, changes, newest.version, choice)
            if content == newest.content:
                return newest
            return self._next(session, newest, _logged(newest, content), step)

    def seen(self, draft_id: str, version: int) -> None:
        """Note that the scores of a version have been shown to somebody."""
        unseen = (DraftRow.id == draft_id, (DraftRow.seen.is_(None)) | (DraftRow.seen < version))
        with self._session() as session:
            if session.scalar(select(DraftRow.id).where(*unseen)) is None:
                return  # as every time a page is read again: no writer has to wait for that
        if self._database.read_only:
            return  # nobody can change the weights either
        with self._session(write=True) as session:
            session.execute(update(DraftRow).where(*unseen).values(seen=version))

    def history(self, draft_id: str) -> tuple[Version, ...]:
        """Every save of a draft.

        Returns:
            Number, time (UTC) and page of each version, the newest first.

        Raises:
            UserError: `no_draft`.
        """
        with self._session() as session:
            self._read(session, draft_id)
            rows = session.scalars(
                select(VersionRow).where(VersionRow.draft_id == draft_id).order_by(VersionRow.version.desc())
            )
            return tuple(Version(row.version, row.saved_at, row.step) for row in rows)

    def whole(self, draft_id: str) -> Whole:
        """A draft with every version.

        Raises:
            UserError: `no_draft`.
        """
        with self._session() as session:
            head = self._read(session, draft_id)
            return Whole(draft_id, head.kind, head.seen, _versions(session, draft_id))

    def take_in(self, case: Whole, *, dry_run: bool = False) -> tuple[Draft, int, bool]:
        """Write a draft of another database with all its versions, beside whatever is here.

        Returns:
            The draft, how many versions, and whether its own id was taken.

        Raises:
            UserError: `here_already` where a draft of that id holds all of it.
        """
        with self._session(write=not dry_run) as session:
            taken = session.get(DraftRow, case.id) is not None
            if taken and _versions(session, case.id)[: len(case.versions)] == case.versions:
                raise UserError(Fault(f"{ROOM}:here_already", {"id": case.id}))
            draft_id = secrets.token_urlsafe(_ID_BYTES) if taken else case.id
            first, last = case.versions[0], case.versions[-1]
            head = {"id": draft_id, "kind": case.kind, "seen": case.seen, "version": last.version}
            if not dry_run:
                session.add(DraftRow(created_at=first.saved_at, changed_at=last.saved_at, **head))
                session.flush()
                session.add_all(
                    _version(draft_id, each.version, each.step, each.content, each.method, each.saved_at)
                    for each in case.versions
                )
            draft = Draft(draft_id, last.version, last.content, last.saved_at, seen=case.seen, kind=case.kind)
            return draft, len(case.versions), taken

    def list(
        self, *, deleted: bool = False, kind: str = LOCATION, most: int | None = LISTED
    ) -> tuple[Draft, ...]:
        """The drafts of one kind that are not deleted (or those that are), the one changed last first."""
        gone = DraftRow.deleted_at
        with self._session() as session:
            query = (
                select(DraftRow, VersionRow)
                .join(
                    VersionRow,
                    (VersionRow.draft_id == DraftRow.id) & (VersionRow.version == DraftRow.version),
                )
                .where(DraftRow.kind == kind, gone.is_not(None) if deleted else gone.is_(None))
                .order_by(DraftRow.changed_at.desc(), DraftRow.id)
                .limit(most)
            )
            # a list names each, also one that a newer program wrote and that cannot be opened here
            return tuple(_draft(head, row, json.loads(row.content)) for head, row in session.execute(query))

    def duplicate(self, draft_id: str, title: str, *, once: str = "") -> Draft:
        """Store a new draft with the same content, weight log included, under another title.

        Args:
            draft_id: the draft to copy.
            title: the title of the copy.
            once: as for `create`.

        Returns:
            The copy. Where the scores of the original have been shown, they count as shown for the copy too.

        Raises:
            UserError: `no_draft`.
        """
        with self._session(write=True) as session:
            source = self._read(session, draft_id)
            seen = None if source.seen is None else 1
            content = {**source.content, "title": title}
            return _begin(session, content, "copy", source.kind, self._method, seen, once)

    def delete(self, draft_id: str) -> None:
        """Take a draft out of the list; `restore` takes it back."""
        self._mark(draft_id, _now())

    def restore(self, draft_id: str) -> None:
        """Take a deleted draft back."""
        self._mark(draft_id, None)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def _mark(self, draft_id: str, when: dt.datetime | None) -> None:
        with self._session(write=True) as session:
            self._read(session, draft_id)
            session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(deleted_at=when))

    def _read(self, session: Session, draft_id: str, version: int | None = None) -> Draft:
        head = session.get(DraftRow, draft_id[:32])
        if head is None or head.id != draft_id:
            raise UserError(Fault(f"{ROOM}:no_draft"))
        row = session.get(VersionRow, (draft_id, head.version if version is None else version))
        if row is None:
            raise UserError(Fault(f"{ROOM}:no_version", {"version": version, "newest": head.version}))
        return _draft(head, row, _content(row))

    def _next(self, session: Session, newest: Draft, content: Mapping[str, Any], step: str) -> Draft:
        number, now = newest.version + 1, _now()
        session.add(_version(newest.id, number, step, content, self._method))
        session.flush()
        session.execute(
            update(DraftRow).where(DraftRow.id == newest.id).values(version=number, changed_at=now)
        )
        return replace(newest, version=number, content=content, changed_at=now, method=self._method)


def _logged(newest: Draft, content: dict[str, Any]) -> dict[str, Any]:
    """The case with its log as the store knows it: whether scores had been seen is not the page's to say.

    Raises:
        UserError: `weights_unlogged` where weights change after scores were seen, and no entry says who.
    """
    stored, log = newest.content.get(LOG) or [], content.get(LOG) or []
    if newest.seen is None:
        return content
    if log == stored and changed_weights(newest.content, content):
        raise UserError(Fault(f"{ROOM}:weights_unlogged"))
    fresh = [{**each, "scores_seen": True} for each in log[len(stored) :]]
    return {**content, LOG: [*log[: len(stored)], *fresh]} if fresh else content


def _begin(
    session: Session,
    content: Mapping[str, Any],
    step: str,
    kind: str,
    method: str | None,
    seen: int | None = None,
    once: str = "",
) -> Draft:
    """Version 1 of a new draft; `seen` where scores of what it is a copy of were shown.

    The session has the write lock, so that of two with the same `once` the second finds the first.
    """
    head = session.get(DraftRow, once) if once else None
    first = session.get(VersionRow, (once, 1)) if head and head.version == 1 else None
    if head and first and head.deleted_at is None:
        return _draft(head, first, _content(first))
    now, draft_id = _now(), secrets.token_urlsafe(_ID_BYTES) if head or not once else once
    session.add(DraftRow(id=draft_id, version=1, created_at=now, changed_at=now, seen=seen, kind=kind))
    session.flush()
    session.add(_version(draft_id, 1, step, content, method))
    return Draft(draft_id, 1, dict(content), now, seen=seen, begun_at=now, kind=kind, method=method)


def _versions(session: Session, draft_id: str) -> tuple[WholeVersion, ...]:
    """Every version there is, the oldest first."""
    query = select(VersionRow).where(VersionRow.draft_id == draft_id).order_by(VersionRow.version)
    return tuple(
        WholeVersion(row.version, row.saved_at, row.step, _content(row), row.method)
        for row in session.scalars(query)
    )


def _version(
    draft_id: str,
    number: int,
    step: str,
    content: Mapping[str, Any],
    method: str | None,
    saved_at: dt.datetime | None = None,
) -> VersionRow:
    text = json.dumps(content, ensure_ascii=False)
    size = len(text.encode())
    if size > LARGEST:
        raise UserError(Fault(f"{ROOM}:too_large", {"size": size / 1_000_000, "limit": LARGEST / 1_000_000}))
    return VersionRow(
        draft_id=draft_id,
        version=number,
        saved_at=saved_at or _now(),
        step=step,
        content=text,
        schema=SCHEMA,
        method=method,
    )


def _content(row: VersionRow) -> Any:
    """What was saved.

    Raises:
        UserError: by a schema that this program does not know.
    """
    if row.schema > SCHEMA:
        raise UserError(Fault(f"{ROOM}:newer_content", {"schema": row.schema}))
    return json.loads(row.content)


def _draft(head: DraftRow, row: VersionRow, content: dict[str, Any]) -> Draft:
    return Draft(
        head.id,
        row.version,
        content,
        head.changed_at,
        deleted=head.deleted_at is not None,
        seen=head.seen,
        begun_at=head.created_at,
        kind=head.kind,
        method=row.method,
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


__all__ = ["Conflict", "Draft", "Drafts", "Version"]
