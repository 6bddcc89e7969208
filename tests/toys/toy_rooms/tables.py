"""Its two tables."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tyngdepunkt.workspace.columns import ImportColumns, RowColumns


class Base(DeclarativeBase):
    """Tables of the toy's own."""


class RoomImports(ImportColumns, Base):
    """Its imports."""

    __tablename__ = "room_import"


class RoomRow(RowColumns, Base):
    """Its rows."""

    __tablename__ = "room"
    __imports__ = "room_import"
    __table_args__ = (UniqueConstraint("fingerprint", "generation"),)

    place: Mapped[str] = mapped_column(String(80))
    desks: Mapped[int]
