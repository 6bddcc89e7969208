"""What a room is, how rooms are read and how they are told; nothing of commands."""

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field
from tyngdepunkt.analyses.toy_rooms.tables import RoomImports, RoomRow

from tyngdepunkt.analyses.registers import Context, Options, RecordsRead, RegisterCommand
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import read_bytes
from tyngdepunkt.places import Places
from tyngdepunkt.workspace.register import Declared

ROOM = "analyses.toy_rooms"


@dataclass(frozen=True)
class Room:
    """So many desks in a place."""

    place: str
    desks: int

    @property
    def fingerprint(self) -> str:
        """Of what it says."""
        return hashlib.sha256(f"{self.place} {self.desks}".encode()).hexdigest()


ROOMS = Declared[Room](
    ROOM,
    RoomImports,
    RoomRow,
    written=lambda room: RoomRow(place=room.place, desks=room.desks, source="a letter"),
    read=lambda row: Room(row.place, row.desks),
    negated=("desks",),
    order=("place",),
)


class ListOptions(Options):
    """By what the list is narrowed."""

    least: int | None = Field(None, ge=1)


class RoomView:
    """Rooms as they are."""

    def __init__(self, rooms: Sequence[Room], places: Places) -> None: ...

    def as_json(self, room: Room) -> dict[str, Any]:
        """Its place and desks."""
        return {"place": room.place, "desks": room.desks}

    def cells(self, room: Room, lang: str) -> Sequence[str]:
        """The same in a row."""
        return room.place, str(room.desks)


def _read(file: Path | None, options: Options, context: Context) -> RecordsRead[Room]:
    assert file is not None  # a register needs a file where it does not say otherwise
    content = read_bytes(file, 1_000)
    lines = list(enumerate(csv.reader(content.decode().splitlines()), start=1))
    faults = [Fault(f"{ROOM}:desks", {}, f"line {at}") for at, (_, desks) in lines if not desks.isdigit()]
    if faults:
        raise UserError(*faults)
    rows = [(f"line {at}", Room(place, int(desks))) for at, (place, desks) in lines]
    return RecordsRead(rows, file.name, hashlib.sha256(content).hexdigest())


def _chosen(options: ListOptions, context: Context) -> Callable[[Room], bool]:
    return lambda room: room.desks >= (options.least or 0)


REGISTER = RegisterCommand(
    ROOMS,
    records="rooms",
    read=_read,
    view=RoomView,
    columns=("place", "desks"),
    list_options=ListOptions,
    chosen=_chosen,
)
