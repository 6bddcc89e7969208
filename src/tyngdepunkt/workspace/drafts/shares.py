"""Addresses under which one version of a case can be read, by whoever has them, until they are withdrawn.

An address holds 128 random bits, and the database a hash of them: who reads the database, or a backup of
it, cannot open what is shared. A hash without salt is enough, since nobody can guess that many bits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace.database import Database
from tyngdepunkt.workspace.tables import DraftRow, ShareRow, VersionRow

ROOM = "workspace.drafts"
_BYTES = 16  # 128 bits


@dataclass(frozen=True, slots=True)
class Share:
    """What is shared: `id` names it to those who work on the case, and opens nothing."""

    id: str
    draft_id: str
    version: int
    made_at: dt.datetime


class Shares:
    """The shares of one database; `url` is as for `Drafts`."""

    def __init__(self, url: str | None = None) -> None:
        self._database = Database(url)

    def make(self, draft_id: str, version: int) -> str:
        """Let whoever has an address read one version of a draft.

        Returns:
            The secret last part of the address. Only a hash of it is stored, so it cannot be shown again.

        Raises:
            UserError: `no_draft`: there is no such draft or version.
        """
        token = secrets.token_urlsafe(_BYTES)
        with self._database.session(write=True) as session:
            if session.get(VersionRow, (draft_id, version)) is None:
                raise UserError(Fault(f"{ROOM}:no_draft"))
            row = ShareRow(token_hash=_hash(token), draft_id=draft_id, version=version, made_at=_now())
            session.add(row)
        return token

    def of(self, draft_id: str) -> tuple[Share, ...]:
        """The shares of a draft that have not been withdrawn.

        Returns:
            The newest first; none also where there is no such draft.
        """
        query = (
            select(ShareRow)
            .where(ShareRow.draft_id == draft_id, ShareRow.withdrawn_at.is_(None))
            .order_by(ShareRow.made_at.desc(), ShareRow.token_hash)
        )
        with self._database.session() as session:
            return tuple(_share(row) for row in session.scalars(query))

    def read(self, token: str) -> Share:
        """Look up the share that an address leads to.

        Args:
            token: the secret last part of the address, as `make` returned it.

        Returns:
            The share, with the draft and version that may be read.

        Raises:
            UserError: `no_share`: there is none, it was withdrawn, or the draft was deleted.
        """
        query = (
            select(ShareRow)
            .join(DraftRow, DraftRow.id == ShareRow.draft_id)
            .where(
                ShareRow.token_hash == _hash(token),
                ShareRow.withdrawn_at.is_(None),
                DraftRow.deleted_at.is_(None),
            )
        )
        with self._database.session() as session:
            row = session.scalar(query)
            if row is None:
                raise UserError(Fault(f"{ROOM}:no_share"))
            return _share(row)

    def withdraw(self, draft_id: str, share_id: str) -> None:
        """Make an address lead nowhere for good; one that does so already is left as it is."""
        this = (ShareRow.token_hash == share_id, ShareRow.draft_id == draft_id)
        with self._database.session(write=True) as session:
            standing = update(ShareRow).where(*this, ShareRow.withdrawn_at.is_(None))
            session.execute(standing.values(withdrawn_at=_now()))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _share(row: ShareRow) -> Share:
    return Share(row.token_hash, row.draft_id, row.version, row.made_at)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
