"""Alternatives as people write them: a name, a number, or a group with a kind of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.case_schema import AlternativeShape, OfficeShape
from tyngdepunkt.analyses.location.input.model import OSLO, Alternative, Grade, Kind, Part, Span
from tyngdepunkt.inputs.checked import check
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.inputs.text import shown

AUTO = frozenset({"auto", "automatic", "automatisk"})
LARGEST_SET = 400


@dataclass(frozen=True, slots=True)
class Around:
    """What alternatives may know of the rest of the case.

    Args:
        offices: whether the case is about sets of offices (closure, structural change).
        structure: the existing regional structure.
        leaving: where jobs leave, with how many.
        gradable: considerations and indicators that a grade can be about.
    """

    offices: bool
    structure: tuple[str, ...]
    leaving: Mapping[str, Span | None]
    gradable: tuple[str, ...]


def read_alternatives(value: Any, ctx: ParseContext, around: Around) -> tuple[tuple[Alternative, ...], bool]:
    """The alternatives, and whether the case leaves it to the program to find them."""
    if value == "auto" or (_is_auto(value) and not ctx.by_program):
        if around.offices:
            ctx.fault("auto_offices", ("alternatives",))
        return (), True
    if value is None:
        return (), False  # a missing field has been noted already
    if not isinstance(value, list):
        ctx.fault("alternatives_kind", ("alternatives",), given=shown(value))
        return (), False
    if len(value) > LARGEST_SET:
        ctx.fault("too_long_list", ("alternatives",), given=len(value), limit=LARGEST_SET)
        return (), False
    _count(value, ctx, around)
    read = [(at, _one(item, ctx, around, ("alternatives", at))) for at, item in enumerate(value)]
    found = [(at, item) for at, item in read if item is not None]
    _refuse_twice(found, ctx)
    read_ones = tuple(item for _, item in found)
    return tuple(_as_today(item, read_ones) for item in read_ones), False


def _as_today(item: Alternative, everyone: Sequence[Alternative]) -> Alternative:
    """The zero alternative of a case about offices: those the sets state, with the jobs they have today."""
    if item.kind != "zero" or item.is_offices:
        return item
    today: dict[str, Part] = {}
    for part in (part for each in everyone if each.is_offices for part in each.parts):
        known = today.get(part.code)
        if part.jobs_before != (0, 0) and (known is None or known.jobs_before is None):
            today[part.code] = replace(part, share=None, jobs_after=part.jobs_before, jobs_change=None)
    if not today:
        return item
    kept = tuple(part for part in item.parts if part.code not in today)
    return replace(item, parts=(*today.values(), *kept), is_offices=True)


def _is_auto(value: Any) -> bool:
    return isinstance(value, str) and value.strip().casefold() in AUTO


def _count(value: Sequence[Any], ctx: ParseContext, around: Around) -> None:
    if not value:
        ctx.fault("no_alternative", ("alternatives",))
    elif len(value) == 1 and not around.offices:
        ctx.fault("one_alternative", ("alternatives",), given=shown(_label(value[0])))
    elif len(value) == 1:
        ctx.notice("one_set_of_offices")


def _label(item: Any) -> Any:
    return (item.get("name") or item.get("place") or item.get("kind")) if isinstance(item, dict) else item


def _one(item: Any, ctx: ParseContext, around: Around, steps: Steps) -> Alternative | None:
    written = item if isinstance(item, dict) else {"place": item}
    shape = check(AlternativeShape, written, ctx, steps)
    if shape is None:
        ctx.place_in_faulty(steps)
        return None
    offices = [*(shape.offices or ()), *(shape.parts or ())]
    offices += [OfficeShape(place=place) for place in shape.places or ()]
    is_offices = around.offices and bool(offices)
    kind: Kind = shape.kind or ("split" if len(offices) > 1 else "place")
    if around.offices and kind == "place" and not offices:
        ctx.notice("place_as_offices", name=shown(_label(item)))
    parts = _parts(shape, kind, offices, ctx, around, steps)
    if parts is None:
        return None
    name = shape.name or _name(kind, parts, ctx)
    grades = _grades(shape, ctx, around, steps)
    said = {
        "description": shape.description or "",
        "affected": shape.affected.written() if shape.affected else {},
    }
    return Alternative(name, kind, parts, tuple(shape.measures), grades, is_offices, **said)


def _parts(
    shape: Any, kind: str, offices: list[Any], ctx: ParseContext, around: Around, steps: Steps
) -> tuple[Part, ...] | None:
    """The places of an alternative, by its kind; None with a fault where they cannot be known."""
    if shape.place and offices:
        ctx.fault("place_and_offices", steps)
        return None
    if offices:
        return _offices(offices, kind, ctx, _steps_of_offices(shape, steps))
    if shape.place:
        code = ctx.place(shape.place, _at_place(ctx, steps))
        return None if code is None else (Part(code, shape.place, 1.0, rent=shape.rent_per_m2),)
    return _implied(kind, shape, ctx, around, steps)


def _at_place(ctx: ParseContext, steps: Steps) -> Steps:
    inside = (*steps, "place")
    return inside if ctx.located.line(inside) != ctx.located.line(steps) else steps


def _steps_of_offices(shape: Any, steps: Steps) -> Steps:
    named = [name for name in ("offices", "parts", "places") if getattr(shape, name)]
    return (*steps, named[0])


def _implied(
    kind: str, shape: Any, ctx: ParseContext, around: Around, steps: Steps
) -> tuple[Part, ...] | None:
    """Places that follow from the rest of the case: where jobs leave, the offices there are, Oslo."""
    if kind == "oslo":
        return (Part(OSLO, "Oslo", 1.0, rent=shape.rent_per_m2),)
    structure = tuple(Part(code, ctx.name_of(code)) for code in around.structure)
    if kind == "zero":
        return _leaving(around) or structure
    if kind == "stay" and around.leaving:
        return _leaving(around)
    if kind == "existing_structure" and structure:
        return structure
    ctx.fault(f"no_place_{kind}", steps)
    return None


def _leaving(around: Around) -> tuple[Part, ...]:
    return tuple(Part(code, code, jobs=jobs) for code, jobs in around.leaving.items())


def _offices(offices: list[Any], kind: str, ctx: ParseContext, steps: Steps) -> tuple[Part, ...] | None:
    if kind in ("place", "oslo") and len(offices) > 1:
        ctx.fault("several_places", steps[:-1], kind=kind)
        return None
    codes = ctx.each_place((office.place for office in offices), steps)
    shares = _shares(offices, ctx, steps)
    if None in codes:
        return None
    return tuple(
        Part(
            code,
            office.place,
            part,
            office.jobs,
            office.jobs_before,
            office.jobs_after,
            office.rent_per_m2,
            office.jobs_change,
        )
        for code, office, part in zip(codes, offices, shares, strict=True)
        if code is not None
    )


def _shares(offices: list[Any], ctx: ParseContext, steps: Steps) -> list[float | None]:
    """The share of each office: as written, else from its jobs, else unknown."""
    written = [office.share for office in offices]
    if any(share is not None for share in written):
        total = sum(share or 0.0 for share in written)
        if None in written or abs(total - 1) > 0.005:
            ctx.fault("shares_sum", steps, total=total)
        return written
    jobs = [office.jobs or office.jobs_after for office in offices]
    known = [pair for pair in jobs if pair is not None]
    middle = [sum(pair) / 2 for pair in known]
    if len(known) < len(jobs) or sum(middle) <= 0:
        return [None] * len(offices)
    return [each / sum(middle) for each in middle]


def _name(kind: str, parts: tuple[Part, ...], ctx: ParseContext) -> str:
    places = [ctx.called(part.written, part.code) for part in parts]
    if kind in ("place", "split") and places:
        return texts.listed(places, ctx.lang)
    word = ctx.say(f"kinds.{kind}")
    if kind in ("zero", "oslo", "existing_structure") or not places:
        return word
    return f"{word} ({', '.join(places)})"


def _grades(shape: Any, ctx: ParseContext, around: Around, steps: Steps) -> tuple[Grade, ...]:
    for about in shape.grades:
        if around.gradable and about not in around.gradable:
            ctx.unknown_name("unknown_grade", about, around.gradable, (*steps, "grades", about))
    return tuple(Grade(about, grade.value, grade.anchor) for about, grade in shape.grades.items())


def _refuse_twice(found: list[tuple[int, Alternative]], ctx: ParseContext) -> None:
    """The same alternative twice, by its places or by its name, is a fault that names both lines."""
    seen: dict[Any, int] = {}
    for at, item in found:
        marks: list[Any] = [("name", item.name.casefold())]
        if item.kind in ("place", "oslo"):
            marks.append(("place", item.codes))
        elif item.kind in ("zero", "stay"):
            marks.append((item.kind, item.codes))
        earlier = next((seen[mark] for mark in marks if mark in seen), None)
        if earlier is not None:
            first = ctx.located.line(("alternatives", earlier))
            ctx.fault("alternative_twice", ("alternatives", at), name=item.name, first=first)
        for mark in marks:
            seen.setdefault(mark, at)
