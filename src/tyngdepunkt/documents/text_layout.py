"""How wide a text is when drawn, and where labels find room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NARROW = frozenset("iljtfrI.,:;'|!()[] \u00a0-")
_WIDE = frozenset("mwMWÆŒ@%–—…")


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in a plain sans serif font; it is rather too wide than too narrow.

    Returns:
        The width in the unit of `size`.
    """
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.58


def shorten(text: str, width: float, size: float) -> str:
    """Cut a text to a width.

    Args:
        text: the text.
        width: in the unit of `size`.
        size: of the letters.

    Returns:
        The text where it has room; else its beginning, at most 200 characters, and ….
    """
    if text_width(text, size) <= width:
        return text
    kept = text[:200]
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, width: float, size: float, most: int = 3) -> list[str]:
    """Break a text into lines.

    Args:
        text: only its first 300 characters are used.
        width: of a line, in the unit of `size`.
        size: of the letters.
        most: the number of lines; the last is cut with … where the text is longer.

    Returns:
        The lines; one empty line for an empty text.
    """
    lines: list[str] = []
    for word in _words(text[:300], width, size):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, width, size) for line in lines] or [""]


def _words(text: str, width: float, size: float) -> list[str]:
    """The words of a text, those wider than a line broken with a hyphen where a syllable may begin."""
    words = []
    for word in text.split():
        rest = word
        while text_width(rest, size) > width and (cut := _break(rest, width, size)):
            words.append(rest[:cut] + "-")
            rest = rest[cut:]
        words.append(rest)
    return words


_VOWELS = frozenset("aeiouyæøåáéóöäAEIOUYÆØÅ")


_CLUSTERS = frozenset(
    ["bl", "br", "dr", "fl", "fr", "gl", "gr", "kj", "kl", "kr", "kv", "pl", "pr", "sj", "tr"]
)


def _break(word: str, width: float, size: float) -> int:
    """The last place before the width where a syllable begins; 0 where there is none.

    A syllable is taken to begin where a consonant and a vowel follow, or one of the pairs
    a Norwegian syllable begins with. An s after a consonant may be the one that joins
    two words, and is left alone.
    """
    for cut in range(len(word) - 3, 2, -1):
        before = word[cut - 1]
        begins = word[cut] not in _VOWELS and word[cut + 1] in _VOWELS
        joins = word[cut] == "s" and before not in _VOWELS
        place = cut - 1 if word[cut - 1 : cut + 1] in _CLUSTERS else cut
        fits = place > 2 and text_width(word[:place] + "-", size) <= width
        if begins and not joins and fits and word[place - 1].isalpha():
            return place
    return 0


def hyphenated(text: str, longest: int = 12) -> str:
    """The text with a soft hyphen wherever a word longer than `longest` letters may be broken.

    >>> hyphenated("Kostnadseffektivitet").replace("\u00ad", "|")
    'Kost|nadsef|fektivi|tet'
    """
    return " ".join(_softened(word) if len(word) > longest else word for word in text.split(" "))


def _softened(word: str) -> str:
    pieces = []
    while len(word) > _PIECE and (cut := _break(word[: _PIECE + 2], 1e9, 1)):
        pieces.append(word[:cut])
        word = word[cut:]
    return "\u00ad".join([*pieces, word])


_PIECE = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Area the two rectangles share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)

    def outside(self, frame: Box) -> float:
        """Area of this rectangle that lies outside the frame."""
        return (self.right - self.left) * (self.bottom - self.top) - self.overlap(frame)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be labelled: a point and its text."""

    x: float
    y: float
    text: str
    radius: float = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with room found for it; `leader` where a line must lead to its point."""

    mark: Mark
    box: Box
    leader: bool

    @property
    def anchor(self) -> tuple[float, float]:
        """The spot of the label's box nearest to its point, where a leader ends."""
        x = min(max(self.mark.x, self.box.left), self.box.right)
        return x, min(max(self.mark.y, self.box.top), self.box.bottom)


_DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_STEPS = (0, 8, 18, 30, 44, 60, 80, 105, 135)


def place_labels(marks: Sequence[Mark], frame: Box, size: float, taken: Iterable[Box] = ()) -> list[Placed]:
    """A place for each label, in the order given: the first gets the best room.

    Each label takes the nearest spot around its point that covers no other label, no
    point and nothing outside the frame; where there is none, the spot that covers least.
    """
    points = [_around(mark) for mark in marks]
    labels = list(taken)
    placed = []
    for place, mark in enumerate(marks):
        occupied = [*labels, *points[:place], *points[place + 1 :]]
        candidates = _candidates(mark, size)
        costs = [
            _cost(box, mark, frame, occupied) + i // len(_DIRECTIONS) * _FAR
            for i, box in enumerate(candidates)
        ]
        best = costs.index(min(costs))
        labels.append(candidates[best])
        placed.append(Placed(mark, candidates[best], leader=best >= len(_DIRECTIONS)))
    return placed


_FAR = 12.0
"""What a step further from the point costs, in units of covered area."""


def _around(mark: Mark) -> Box:
    """The point with some air, so that no other name seems to belong to it."""
    reach = mark.radius + 4
    return Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)


def _candidates(mark: Mark, size: float) -> list[Box]:
    width, height = text_width(mark.text, size), size * 1.25
    boxes = []
    for step in _STEPS:
        for across, down in _DIRECTIONS:
            reach = mark.radius + 3 + step
            slant = 0.75 if across and down else 1.0
            x = mark.x + across * reach * slant + (across - 1) * width / 2
            y = mark.y + down * reach * slant + (down - 1) * height / 2
            boxes.append(Box(x, y, x + width, y + height))
    return boxes


def _cost(box: Box, mark: Mark, frame: Box, occupied: Sequence[Box]) -> float:
    covered = sum(box.overlap(other) for other in occupied)
    return 4 * box.outside(frame) + covered + 60 * _crossings(box, mark, occupied)


def _crossings(box: Box, mark: Mark, occupied: Sequence[Box]) -> int:
    """How many others the line from the label to its point runs through."""
    x, y = Placed(mark, box, leader=True).anchor
    steps = [(mark.x + (x - mark.x) * part / 8, mark.y + (y - mark.y) * part / 8) for part in range(2, 8)]
    return sum(
        any(b.left < px < b.right and b.top < py < b.bottom for px, py in steps)
        for b in occupied
        if not (b.left < mark.x < b.right and b.top < mark.y < b.bottom)
    )
