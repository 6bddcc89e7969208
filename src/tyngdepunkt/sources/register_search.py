"""Asking Enhetsregisteret for a few entities: one by its number, or all that a search finds.

Source of what stands here: OpenAPI 2.0.0 of the register, data.brreg.no/enhetsregisteret/api/docs.

- "Paginering": `(page + 1) * size` may not be over 10 000, and "Resultatsettet er begrenset til 10 000
  enheter per spørring". A search with more hits is split by municipality; what still has more is refused.
- An answer 410 Gone is not a deletion: the entity "kan fjernes fra avgivelsen … for eksempel av juridiske
  årsaker", and this is "en forespørsel om at eventuelle kopier/cacher også fjerner den". Its body may bear a
  date of deletion, which is not read. A deleted entity answers 200 with `slettedato`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.http import Client, RefusedError

CAP = 10_000
_SIZE = 1000
Kind = Literal["enheter", "underenheter"]
Standing = Literal["registered", "deleted", "removed", "unknown"]
_PLACE = "kommunenummer"
_Form = TypeVar("_Form")


class _Code(msgspec.Struct):
    kode: str


class _Address(msgspec.Struct):
    kommunenummer: str | None = None


class _Entity(msgspec.Struct):
    organisasjonsnummer: str
    organisasjonsform: _Code | None = None
    overordnetEnhet: str | None = None  # noqa: N815
    forretningsadresse: _Address | None = None
    beliggenhetsadresse: _Address | None = None
    naeringskode1: _Code | None = None
    antallAnsatte: int | None = None  # noqa: N815
    harRegistrertAntallAnsatte: bool | None = None  # noqa: N815
    institusjonellSektorkode: _Code | None = None  # noqa: N815
    slettedato: dt.date | None = None


class _Page(msgspec.Struct):
    totalElements: int  # noqa: N815


class _Answer(msgspec.Struct):
    page: _Page
    _embedded: dict[str, list[_Entity]] = msgspec.field(default_factory=dict, name="_embedded")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity, without its name; `employees` is None where the register does not say."""

    number: str
    form: str | None
    parent: str | None
    municipality: str | None
    industry: str | None
    employees: int | None
    has_employees: bool | None
    sector: str | None
    deleted: dt.date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a number stands for.

    Args:
        standing: `deleted` is struck off and still shown; `removed` is what copies must drop too (410);
            `unknown` is a number that the register does not have (404).
        entity: what is shown of it.
    """

    standing: Standing
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found.

    Args:
        entities: by number, each once.
        total: how many there are by the register's own count.
        unreached: hits of a search that was split that lie in none of the municipalities, as those abroad.
    """

    entities: Sequence[Entity]
    total: int
    unreached: int = 0


def look_up(client: Client, number: str, kind: Kind = "enheter") -> Found:
    """One entity by its number of nine digits.

    Raises:
        UserError: the register could not be asked, or answers in another form.
    """
    try:
        _, held = client.ask(f"{kind}/{number}", lambda body: _decoded(client, body, _Entity))
    except RefusedError as refused:
        if refused.status in _STANDINGS:
            return Found(_STANDINGS[refused.status])
        raise
    return Found("deleted" if held.slettedato else "registered", _entity(held))


def search(
    client: Client, wanted: Mapping[str, str], municipalities: Sequence[str] = (), kind: Kind = "enheter"
) -> Hits:
    """Every entity that a search finds: all of them, or a fault.

    Args:
        client: of the register.
        wanted: parameter → value, as `institusjonellSektorkode` → `6100`.
        municipalities: what a search with too many hits is split by.
        kind: entities or workplaces.

    Raises:
        UserError: more hits than the register shows, also in one municipality; or the pages do not add up.
    """
    total = _asked(client, kind, wanted, 0, 1).page.totalElements
    if total <= CAP:
        return Hits(_all(client, kind, wanted, total), total)
    if _PLACE in wanted or not municipalities:
        raise _over(total, wanted.get(_PLACE, ""))
    parts = [search(client, {**wanted, _PLACE: code}, (), kind) for code in municipalities]
    entities = {each.number: each for part in parts for each in part.entities}
    if len(entities) > total:
        raise _moved(len(entities), total)
    return Hits(list(entities.values()), total, total - len(entities))


_STANDINGS: Mapping[int, Standing] = {404: "unknown", 410: "removed"}


def _all(client: Client, kind: Kind, wanted: Mapping[str, str], total: int) -> list[Entity]:
    entities: dict[str, Entity] = {}
    for page in range(-(-total // _SIZE)):
        held = _asked(client, kind, wanted, page, _SIZE)._embedded.get(kind, [])
        entities |= {each.organisasjonsnummer: _entity(each) for each in held}
    if len(entities) != total:
        raise _moved(len(entities), total)
    return list(entities.values())


def _asked(client: Client, kind: Kind, wanted: Mapping[str, str], page: int, size: int) -> _Answer:
    params = {**wanted, "page": str(page), "size": str(size), "sort": "organisasjonsnummer,ASC"}
    return client.ask(kind, lambda body: _decoded(client, body, _Answer), params=params)[1]


def _decoded(client: Client, body: bytes, form: type[_Form]) -> _Form:
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, RecursionError) as error:
        values = {"host": client.host, "reason": str(error)}
        raise UserError(Fault("sources:not_entity_answer", values)) from error


def _entity(held: _Entity) -> Entity:
    places = (held.forretningsadresse, held.beliggenhetsadresse)
    return Entity(
        held.organisasjonsnummer,
        _code(held.organisasjonsform),
        held.overordnetEnhet,
        next((place.kommunenummer for place in places if place and place.kommunenummer), None),
        _code(held.naeringskode1),
        held.antallAnsatte,
        held.harRegistrertAntallAnsatte,
        _code(held.institusjonellSektorkode),
        held.slettedato,
    )


def _code(held: _Code | None) -> str | None:
    return held.kode if held else None


def _over(found: int, place: str) -> UserError:
    values = {"found": found, "limit": CAP, "place": f" ({place})" if place else ""}
    return UserError(Fault("sources:beyond_the_cap", values))


def _moved(found: int, expected: int) -> UserError:
    return UserError(Fault("sources:changed_while_read", {"found": found, "expected": expected}))
