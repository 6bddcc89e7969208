"""`tyngdepunkt data search`: a few entities of Enhetsregisteret, without their names."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json
from tyngdepunkt.cli._help import told
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.register_search import Entity, Kind

Repeated = Annotated[tuple[str, ...], cyclopts.Parameter(negative="")]
_KINDS: dict[str, Kind] = {"entities": "enheter", "workplaces": "underenheter"}
_DIGITS = {"--number": 9, "--parent": 9, "--municipality": 4, "--sector": 4}


@told("search")
def search(
    kind: Literal["entities", "workplaces"],
    *,
    number: str = "",
    industry: str = "",
    municipality: Repeated = (),
    sector: str = "",
    parent: str = "",
    base: str = "",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Find entities in Enhetsregisteret: one by its number, or all of an industry, place, sector or parent.

    Args:
        kind: main entities, or the workplaces under them.
        number: one entity, by its number of nine digits; then nothing else is asked.
        industry: industry code, at any level, as 71.
        municipality: number of a municipality; several are searched one by one.
        sector: institutional sector code, as 6100 for the state.
        parent: number of the entity above.
        base: another address of the register.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.register_files import BASE

    asked = {"naeringskode": industry, "institusjonellSektorkode": sector, "overordnetEnhet": parent}
    wanted = {name: value for name, value in asked.items() if value}
    _check(number, wanted, municipality, {"--sector": sector, "--parent": parent})
    with Client(base or BASE) as client:
        own = _KINDS[kind]
        told = _one(client, own, number) if number else _all(client, own, wanted, municipality)
    if as_json:
        print_json(told)
    else:
        _show(told, lang or settings.language())


def _check(number: str, wanted: dict[str, str], places: tuple[str, ...], more: dict[str, str]) -> None:
    """Every option that cannot be meant so, at once."""
    given = [("--number", number), *more.items(), *(("--municipality", place) for place in places)]
    faults = [
        Fault("sources:not_digits", {"given": value, "digits": _DIGITS[option]}, option)
        for option, value in given
        if value and not (len(value) == _DIGITS[option] and value.isascii() and value.isdecimal())
    ]
    if bool(number) == bool(wanted or places):
        faults.append(Fault("sources:number_or_search", {}))
    if faults:
        raise UserError(*faults)


def _one(client: Client, kind: Kind, number: str) -> dict[str, Any]:
    from tyngdepunkt.sources.register_search import look_up

    found = look_up(client, number, kind)
    held = [] if found.entity is None else [_plain(found.entity)]
    return {"standing": found.standing, "total": len(held), "unreached": 0, "entities": held}


def _all(client: Client, kind: Kind, wanted: dict[str, str], places: tuple[str, ...]) -> dict[str, Any]:
    """Each municipality by itself: whether the register takes several at once is not documented."""
    from tyngdepunkt.sources.register_search import search as ask

    parts = [
        ask(client, {**wanted, **({"kommunenummer": place} if place else {})}, (), kind)
        for place in places or ("",)
    ]
    held = [_plain(each) for part in parts for each in part.entities]
    return {
        "standing": None,
        "total": sum(part.total for part in parts),
        "unreached": sum(part.unreached for part in parts),
        "entities": held,
    }


def _plain(each: Entity) -> dict[str, Any]:
    return {**asdict(each), "deleted": each.deleted and each.deleted.isoformat()}


def _show(told: dict[str, Any], lang: str) -> None:
    if told["standing"]:
        print(texts.text(f"sources:run.standing_{told['standing']}", lang))
    else:
        print(texts.text("sources:run.found", lang, count=told["total"]))
    for each in told["entities"]:
        held = ("number", "form", "municipality", "industry", "employees", "sector")
        print("  ".join("–" if each[name] is None else str(each[name]) for name in held))
