"""A register is a declaration: two tables, and how a record becomes a row. Here: rooms to let."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tyngdepunkt.errors import UserError
from tyngdepunkt.workspace.columns import ImportColumns, RowColumns
from tyngdepunkt.workspace.database import Database
from tyngdepunkt.workspace.register import Declared, Register


class Base(DeclarativeBase):
    """Tables of the test's own."""


class RoomImports(ImportColumns, Base):
    __tablename__ = "room_import"


class RoomRow(RowColumns, Base):
    __tablename__ = "room"
    __imports__ = "room_import"
    __table_args__ = (UniqueConstraint("fingerprint", "generation"),)

    place: Mapped[str] = mapped_column(String(80))
    desks: Mapped[int]


@dataclass(frozen=True)
class Room:
    place: str
    desks: int

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.place} {self.desks}".encode()).hexdigest()


ROOMS = Declared[Room](
    "analyses.state_jobs",  # its messages will do
    RoomImports,
    RoomRow,
    written=lambda room: RoomRow(place=room.place, desks=room.desks, source="a letter"),
    read=lambda row: Room(row.place, row.desks),
    negated=("desks",),
    order=("place",),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register[Room]]:
    address = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    with Database(address).session(write=True) as session:
        Base.metadata.create_all(session.connection())
    opened = Register(ROOMS, address)
    yield opened
    opened.close()


def test_what_is_declared_is_booked_listed_and_taken_back(register: Register[Room]) -> None:
    rooms = [("line 2", Room("Vik", 4)), ("line 3", Room("Dal", 2))]
    assert register.add(rooms, "a.csv", "hash", booked_by="The estate office") == 1
    held = register.booked()
    assert [each.record for each in held] == [Room("Dal", 2), Room("Vik", 4)]
    assert {(each.position, each.file_name, each.booked_by) for each in held} == {
        ("line 3", "a.csv", "The estate office"),
        ("line 2", "a.csv", "The estate office"),
    }
    assert register.undo(1) == 2
    assert register.booked() == ()
    assert register.last_import() == 2


def test_the_same_record_or_file_is_booked_once_until_it_is_taken_back(register: Register[Room]) -> None:
    room = [("line 2", Room("Vik", 4))]
    register.add(room, "a.csv", "hash")
    for content, key in (("hash", "imported_already"), ("other", "booked_already")):
        with pytest.raises(UserError) as caught:
            register.add(room, "b.csv", content)
        assert [fault.key.partition(":")[2] for fault in caught.value.faults] == [key]
    register.undo(1)
    assert register.add(room, "a.csv", "hash") == 3
    assert [each.record for each in register.booked()] == [Room("Vik", 4)]


def test_more_rows_than_one_question_takes(register: Register[Room]) -> None:
    rooms = [(f"line {at}", Room("Vik", at)) for at in range(1201)]
    register.add(rooms, "a.csv", "hash")
    assert len(register.booked()) == 1201
    with pytest.raises(UserError) as caught:
        register.add([*rooms[:2], ("line 9", Room("Dal", 1))], "b.csv", "other")
    assert len(caught.value.faults) == 2
