"""NAV's feed of vacancies: those that are active, without whom to call, and inactive ones removed at once.

Not asked live when this was written. Source: github.com/navikt/pam-stilling-feed, docs/index.markdown at
0802d09, FeedAd.kt at 00d3590 and FeedController.kt at 16fc4c9; the address is that of NAV's test client in
`reference/data-survey.md`, part 3.

- A page has items and `next_id`, null at the end; "the consumer should poll the current site until these
  point to a new page". `If-Modified-Since` names the time to begin at. An empty page answers 304.
- "Each change to an ad will generate a new entry": the newest entry of an advertisement counts.
- Terms: inactive advertisements are removed or updated at once, "with extra consideration for not exposing
  contact information". An advertisement is never active for more than six months.

Title and text are read once, for what they say of the place of work (`advertised_place`), and not kept.
Only the fields in `Vacancy` are kept: no contacts, title, description, address, employer's name or links to
where one applies. Pages hold names of businesses, which may be persons': of them only fingerprints are kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources.advertised_place import WorkPlace, advertised_place
from tyngdepunkt.sources.asked import form_of, not_as_documented
from tyngdepunkt.sources.contract import Tidy, origin
from tyngdepunkt.sources.http import RefusedError
from tyngdepunkt.sources.kept import Found

BASE = "https://pam-stilling-feed.nav.no"
HEADER = "Authorization"
LICENCE = "NAV's terms for the feed, arbeidsplassen.nav.no/vilkar-api"
CADENCE = "when it changes"
FILE = "vacancies.json"
_CLOCKS_APART = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=184)
"""No advertisement is active for longer than six months."""
DROPPED = (
    *("contactList", "title", "description", "businessName", "employer.name", "employer.description"),
    *("jobtitle", "employer.homepage", "workLocations.address", "sourceurl", "applicationUrl", "link"),
)
COLUMNS = (
    *("vacancy", "published", "expires", "municipalities", "postal_codes", "occupations"),
    *("positions", "extent", "engagement", "sector", "employer", "workplace"),
)
"""Where there are several of a column they have a semicolon between."""
_MOST_PAGES = 10_000
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"[0-9]{9}")
_GROUP = re.compile(r"[0-9]{4}")
_HERE = "norge"
_EMPTY = 304
_GONE = (404, 410)


class _Entry(msgspec.Struct):
    uuid: str
    status: Literal["ACTIVE", "INACTIVE"]
    sistEndret: dt.datetime  # noqa: N815


class _Item(msgspec.Struct):
    entry: _Entry = msgspec.field(name="_feed_entry")


class _Page(msgspec.Struct):
    id: str
    next_id: str | None
    items: list[_Item]


class Place(msgspec.Struct):
    """Where one works, without street."""

    country: str | None = None
    city: str | None = None
    postalCode: str | None = None  # noqa: N815
    county: str | None = None
    municipal: str | None = None


class Category(msgspec.Struct):
    """A code of an occupation, as `STYRK08` `2342`."""

    categoryType: str  # noqa: N815
    code: str
    name: str


class Employer(msgspec.Struct):
    """Organisation number of whoever employs."""

    orgnr: str | None = None


class Vacancy(msgspec.Struct):
    """What is kept of an advertisement, under the feed's own names."""

    uuid: str
    published: dt.datetime
    expires: dt.datetime
    updated: dt.datetime
    workLocations: list[Place]  # noqa: N815
    employer: Employer
    categoryList: list[Category] = []  # noqa: N815
    applicationDue: str | None = None  # noqa: N815
    engagementtype: str | None = None
    extent: str | None = None
    starttime: str | None = None
    positioncount: str | None = None
    sector: str | None = None
    workplace: WorkPlace | None = None
    """What the text said of the place of work; None for one that came before there were rules for it."""

    @property
    def positions(self) -> int | None:
        """How many posts are advertised; None where it is not said in numbers."""
        count = self.positioncount or ""
        return int(count) if re.fullmatch(r"[0-9]{1,4}", count) else None

    @property
    def occupation(self) -> str | None:
        """The first code of STYRK-08, cut to the unit group; None where none is named."""
        codes = (each.code[:4] for each in self.categoryList if each.categoryType.startswith("STYRK08"))
        return next((code for code in codes if _GROUP.fullmatch(code)), None)


class _Advertisement(Vacancy):
    """What is read of one and not kept."""

    title: str | None = None
    description: str | None = None

    def kept(self) -> Vacancy:
        """The advertisement without its text, but with what it says of the place of work."""
        fields = {name: getattr(self, name) for name in Vacancy.__struct_fields__}
        named = [place.municipal for place in self.workLocations if place.municipal]
        text = f"{self.title or ''}\n{self.description or ''}"
        return Vacancy(**{**fields, "workplace": advertised_place(text, named)})


class _Details(msgspec.Struct):
    uuid: str
    status: Literal["ACTIVE", "INACTIVE"]
    sistEndret: dt.datetime  # noqa: N815
    ad_content: _Advertisement | None = None


class Held(msgspec.Struct):
    """What is here.

    Args:
        page: the page of the feed to go on from.
        waiting: active advertisements whose details are not fetched yet, with when they changed.
        changed: when each that is here changed.
        vacancies: those that are active.
    """

    page: str = ""
    waiting: dict[str, str] = {}
    changed: dict[str, str] = {}
    vacancies: dict[str, Vacancy] = {}


class VacanciesSource:
    """The vacancies that are here."""

    name, licence, cadence = "nav/vacancies", LICENCE, CADENCE

    def parse(self, file: Path) -> Tidy:
        """One row per vacancy.

        Raises:
            UserError: it is not our own file.
        """
        held = form_of(Held, str(file))(read_bytes(file))
        return Tidy(COLUMNS, [_row(each) for each in held.vacancies.values()], origin(file))


class Counted(msgspec.Struct, frozen=True):
    """One place that an advertisement names, without the advertisement.

    Args:
        municipality, county: names as the feed has them.
        occupation: four digits of STYRK-08; empty where none is named.
        positions: as the advertisement states; None where it states none.
    """

    municipality: str
    county: str
    occupation: str
    positions: int | None


class _Counts(msgspec.Struct, frozen=True):
    at: dt.datetime
    places: list[Counted]


class VacancyPlacesSource:
    """What `counted` has made: a row for each municipality that an advertisement names."""

    name, licence, cadence = "nav/vacancies", LICENCE, CADENCE

    def parse(self, file: Path) -> Tidy:
        """Rows (municipality, county, occupation, positions, day).

        Raises:
            UserError: it is not what `counted` makes.
        """
        held = form_of(_Counts, str(file))(read_bytes(file))
        day = held.at.date()
        rows = [
            (each.municipality, each.county, each.occupation, each.positions, day) for each in held.places
        ]
        columns = ("municipality", "county", "occupation", "positions", "day")
        return Tidy(columns, rows, origin(file, updated=held.at.isoformat()))


def counted(held: Held, at: str) -> bytes:
    """The places of the advertisements that are active at a moment, as JSON without the advertisements.

    Those abroad, and those that name no municipality, are left out.
    """
    moment = _utc(dt.datetime.fromisoformat(at))
    places = [
        Counted(name, county, each.occupation or "", each.positions)
        for each in held.vacancies.values()
        if _utc(each.expires) > moment
        for name, county in dict.fromkeys(
            (place.municipal.strip(), (place.county or "").strip())
            for place in each.workLocations
            if place.municipal and (place.country or _HERE).casefold() in (_HERE, "norway")
        )
    ]
    return msgspec.json.encode(_Counts(moment, places))


def read_held(folder: Path) -> Held:
    """What earlier runs have brought; nothing where there is none, or it is not ours."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Held)
    except (OSError, msgspec.DecodeError, RecursionError):
        return Held()


def vacancies(found: Found, before: Held, since: dt.datetime, most: int) -> int:
    """Read the feed to its end, remove what is no longer active, and fetch what is new; how many are here.

    Args:
        found: where what is here goes; `waiting` is how many are left to the next run.
        before: what was here.
        since: where the feed begins for one who has nothing.
        most: advertisements whose details are fetched in one run.

    Raises:
        UserError: another form, or a feed that goes in a ring.
    """
    found.dropped = DROPPED
    newest, page = _feed(found, before.page, since)
    first = found.client.source_time() - LONGEST
    if not before.page and abs(since - first) > _CLOCKS_APART:
        newest, page = _feed(found, "", first)
    held = Held(page, dict(before.waiting), dict(before.changed), dict(before.vacancies))
    for entry in newest.values():
        _heed(held, entry)
    _forget_expired(held, found.client.source_time())
    found.partial = True  # what is inactive is removed whether or not what is new can be had
    try:
        for uuid in sorted(held.waiting, key=lambda each: held.waiting[each])[:most]:
            _bring(found, held, uuid)
    finally:
        found.waiting = len(held.waiting)
        found.tables[FILE] = msgspec.json.encode(held)
    return len(held.vacancies)


def _feed(found: Found, page: str, since: dt.datetime) -> tuple[Mapping[str, _Entry], str]:
    """Number → its newest entry, from a page to the end of the feed; and the last page."""
    newest, seen = dict[str, _Entry](), set[str]()
    path = f"api/v1/feed/{page}" if page else "api/v1/feed"
    headers = {} if page else {"If-Modified-Since": format_datetime(since, usegmt=True)}
    while (held := _page(found, path, headers)) is not None:
        for item in held.items:
            old = newest.get(item.entry.uuid)
            if old is None or item.entry.sistEndret >= old.sistEndret:
                newest[item.entry.uuid] = item.entry
        seen.add(held.id)
        page = held.id
        if held.next_id is None:
            break
        if held.next_id in seen or len(seen) >= _MOST_PAGES:
            raise UserError(Fault("sources:feed_in_a_ring", {"who": found.client.host, "pages": len(seen)}))
        path, headers = f"api/v1/feed/{held.next_id}", {}
    return newest, page


def _page(found: Found, path: str, headers: Mapping[str, str]) -> _Page | None:
    """One page; nothing where it is empty."""
    client = found.client

    def check(body: bytes) -> _Page:
        held = form_of(_Page, client.host)(body)
        for uuid in (held.id, held.next_id, *(item.entry.uuid for item in held.items)):
            if uuid is not None and not _UUID.fullmatch(uuid):
                raise not_as_documented(client.host, f"uuid: {uuid[:40]}")
        return held

    try:
        body, held = client.ask(path, check, headers=headers)
    except RefusedError as refused:
        if refused.status == _EMPTY:
            return None
        raise
    found.add(path, {}, body, b"")
    return held


def _heed(held: Held, entry: _Entry) -> None:
    """An inactive advertisement is removed; an active one that has changed is to be fetched."""
    changed = entry.sistEndret.isoformat()
    if entry.status == "INACTIVE":
        _forget(held, entry.uuid)
    elif held.changed.get(entry.uuid) != changed:
        held.waiting[entry.uuid] = changed


def _forget(held: Held, uuid: str) -> None:
    for of in (held.waiting, held.changed, held.vacancies):
        of.pop(uuid, None)


def _forget_expired(held: Held, now: dt.datetime) -> None:
    for uuid in [uuid for uuid, each in held.vacancies.items() if _utc(each.expires) <= now]:
        _forget(held, uuid)


def _bring(found: Found, held: Held, uuid: str) -> None:
    """Fetch an advertisement; what has become inactive meanwhile is removed."""
    client, path = found.client, f"api/v1/feedentry/{uuid}"

    def check(body: bytes) -> _Details:
        details = form_of(_Details, client.host)(body)
        if uuid != details.uuid or (details.ad_content and details.ad_content.uuid != uuid):
            raise not_as_documented(client.host, f"uuid ≠ {uuid}")
        return details

    try:
        _, details = client.ask(path, check)
    except RefusedError as refused:
        if refused.status not in _GONE:
            raise
        return _forget(held, uuid)
    content, now = details.ad_content, client.source_time()
    if details.status == "INACTIVE" or content is None or _utc(content.expires) <= now:
        return _forget(held, uuid)
    if not _NUMBER.fullmatch(content.employer.orgnr or ""):
        content.employer.orgnr = None
    held.vacancies[uuid] = content.kept()
    held.changed[uuid] = held.waiting.pop(uuid)
    return None


def _utc(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _row(each: Vacancy) -> tuple[Any, ...]:
    places = each.workLocations
    return (
        *(each.uuid, each.published.isoformat(), each.expires.isoformat()),
        ";".join(dict.fromkeys(place.municipal for place in places if place.municipal)),
        ";".join(dict.fromkeys(place.postalCode for place in places if place.postalCode)),
        ";".join(f"{of.categoryType}:{of.code}" for of in each.categoryList),
        each.positions,
        *(each.extent, each.engagementtype, each.sector, each.employer.orgnr, each.workplace),
    )
