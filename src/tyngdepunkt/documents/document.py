"""A document before it has a format: what it says, not how it looks.

Cases fill a `Document`; `docx.py`, `pdf.py`, `html.py` and `xlsx.py` write it. A writer
calculates nothing and invents nothing: what is not here is not in any format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tyngdepunkt.figures import Source

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `refs` are numbers in the document's table of sources."""

    text: str
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A paragraph that stands out: `level` is `info`, `warning` or `breach`."""

    text: str
    level: str = "info"
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `numbered` where the order means something."""

    items: tuple[str, ...]
    numbered: bool = False


def bullets(said: Iterable[str]) -> tuple[Bullets, ...]:
    """Make a bulleted list, leaving out empty texts.

    Returns:
        One list, to be added to the blocks of a section; no list where every text is empty.
    """
    told = tuple(text for text in said if text)
    return (Bullets(told),) if told else ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Pairs of a term and what is said about it, such as the front page's facts."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `numeric` columns are set to the right, head and cells.

    Args:
        form: how its numbers are written: `number`; `signed`, with a plus; `share`, 0.5 as 50 %;
            `signed_share`; `year`, without thousands. Spreadsheets get the number itself in that form.
    """

    title: str
    numeric: bool = False
    decimals: int = 0
    form: str = "number"


def columns_of(*words: str, numbers: Iterable[str] = ()) -> tuple[Column, ...]:
    """Make the columns of a table from their titles: text columns, then columns of whole numbers.

    Args:
        words: titles of the text columns.
        numbers: titles of the number columns.

    Returns:
        The columns in that order.
    """
    return (*map(Column, words), *(Column(title, numeric=True) for title in numbers))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; a cell is text, a number, or None (shown as missing).

    The first column is the row's heading. `refs` lead to the table of sources; where the rows rest on
    different sources, `row_refs` has those of each row instead, and they are shown at its end.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    refs: tuple[int, ...] = ()
    missing: str = "–"
    row_refs: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def sourced(
        cls,
        caption: str,
        columns: tuple[Column, ...],
        rows: Sequence[tuple[str | float | int | None, ...]],
        row_refs: Sequence[tuple[int, ...]],
    ) -> Table:
        """A table with the sources of each row: in the caption where all rows rest on the same."""
        if len(set(row_refs)) > 1:
            return cls(caption, columns, tuple(rows), row_refs=tuple(row_refs))
        return cls(caption, columns, tuple(rows), next(iter(row_refs), ()))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with its caption and what it shows in words (never empty).

    `draw`, where there is one, makes the drawing anew as wide as one asks (`draw(width=328)`), for a
    narrow screen: letters keep their size.
    """

    caption: str
    alt: str
    svg: str
    refs: tuple[int, ...] = ()
    draw: Callable[..., str] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture without a text alternative")

    @classmethod
    def drawn(cls, caption: str, alt: str, draw: Callable[..., str]) -> Picture:
        """Make a picture from a function that draws it, so that it can also be drawn for a narrow screen.

        Args:
            caption: the caption.
            alt: what it shows, in words.
            draw: gives the SVG; `width` may be given to it by name.

        Returns:
            The picture in its usual width.

        Raises:
            ValueError: `alt` is empty.
        """
        return cls(caption, alt, draw(), draw=draw)


Block = Paragraph | Notice | Bullets | Terms | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; sections can hold sections."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    anchor: str = ""


class Formula(str):
    """A formula of a sheet, with what it comes to: shown by a reader that computes nothing itself.

    Args:
        written: the formula, `=` first, as Excel writes it in English.
        value: what it comes to; None where that is not known.
        decimals: how many its number is shown with.
    """

    value: float | str | None
    decimals: int

    def __new__(cls, written: str, value: float | str | None = None, decimals: int = 2) -> Formula:  # noqa: D102
        made = super().__new__(cls, written)
        made.value, made.decimals = value, decimals
        return made


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet for the spreadsheet only: figures with the inputs of their formulas.

    A cell that is a `str` starting with `=` is written as a formula; a `Formula` knows what it comes to.
    Numbers in the `header_rows` are numbers, for formulas may use them. `forms` are those of `Column`,
    one for each column; columns beyond them hold plain numbers.
    """

    name: str
    rows: tuple[tuple[Any, ...], ...]
    header_rows: int = 1
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language (`nb`, `nn` or `en`).

    `labels` holds the few words the writers need in that language (contents, source,
    table, figure, page, missing). `sources` is the numbered table of sources: reference
    number n is `sources[n - 1]`. A section of the summary is a heading that the table of
    contents leaves out. `author` is whoever answers for the document; empty where nobody is named.
    `date` is the day in words; `dated` the day a file carries for archives (PDF/A asks for one), which is
    that of the answer and not of the writing, so that the same document is the same file.
    """

    title: str
    lang: str
    summary: tuple[Block | Section, ...]
    facts: Terms
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    subtitle: str = ""
    date: str = ""
    author: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    keywords: Sequence[str] = field(default_factory=tuple)
    dated: dt.date | None = None
