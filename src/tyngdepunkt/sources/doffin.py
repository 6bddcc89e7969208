"""Doffin's search, public API v2: every notice of some days, and whether they are what was asked for.

Not asked live when this was written: DFØ's own specification lies behind a login. What stands here stands on
users' code and on answers that others have measured (`api_eksempler/README.md` under "Doffin", August 2026):

- the names of the parameters below; one that the service does not know is **passed over in silence**, and
  the whole register comes. So every hit is held against what was asked, many hits against how many the
  register holds, and a search text, which cannot be seen in a hit alone, against how many there are without;
- `page` begins at 1; of a search 1000 hits are shown (`numHitsAccessible`), so that more are split by day;
- the same notice can stand on two pages, then another is on none: those are counted as not reached;
- filters on days hold `issueDate`; a string may hold a line break that is not escaped; `organizationId` comes
  with blanks and in other lengths.

Only the fields in `_Hit` are kept. Descriptions may name whom to call, and the name of a winner may be that
of a sole proprietor: they are dropped, and so is every number that is not one of nine digits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources.asked import (
    check_most,
    check_reach,
    form_of,
    lenient,
    not_as_documented,
    not_asked_for,
)
from tyngdepunkt.sources.contract import Tidy, origin
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Found

BASE = "https://api.doffin.no/public/v2"
HEADER = "Ocp-Apim-Subscription-Key"
LICENCE = "NLOD"
CADENCE = "daily"
REACH, _SIZE = 1000, 100
DROPPED = ("description", "lots.heading", "lots.description", "lots.winner.name", "buyer.id")
COLUMNS = (
    *("notice", "type", "status", "issued", "published", "deadline", "heading"),
    *("buyers", "buyer_names", "places", "cpv", "value", "currency", "tenders", "winners"),
)
"""Where there are several of a column, they have a space between; `buyer_names` a semicolon."""
_NUMBER = re.compile(r"[0-9]{9}")
_ID = re.compile(r"[0-9]{4}-[0-9]{1,9}")
_OSLO = (dt.timedelta(hours=1), dt.timedelta(hours=2))


class _Party(msgspec.Struct):
    organizationId: str | None = None  # noqa: N815


class _Buyer(_Party):
    name: str | None = None


class _Value(msgspec.Struct):
    currencyCode: str | None = None  # noqa: N815
    amount: float | None = None


class _Received(msgspec.Struct):
    type: str
    total: int


class _Lot(msgspec.Struct):
    winner: list[_Party] | None = None


class _Hit(msgspec.Struct):
    id: str
    type: str
    issueDate: dt.datetime  # noqa: N815
    heading: str | None = None
    allTypes: list[str] | None = None  # noqa: N815
    status: str | None = None
    publicationDate: dt.date | None = None  # noqa: N815
    deadline: str | None = None
    buyer: list[_Buyer] | None = None
    locationId: list[str] | None = None  # noqa: N815
    estimatedValue: _Value | None = None  # noqa: N815
    cpvCodes: list[str] | None = None  # noqa: N815
    receivedTenders: int | None = None  # noqa: N815
    allReceivedTenders: list[_Received] | None = None  # noqa: N815
    lots: list[_Lot] | None = None


class _Page(msgspec.Struct):
    numHitsTotal: int  # noqa: N815
    numHitsAccessible: int  # noqa: N815
    hits: list[_Hit]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked; what is empty is not.

    Args:
        since: first day, of `issueDate`.
        until: last day.
        cpv: one CPV code of eight digits. Hits may have it or one below it: whether the service looks below
            is not known.
        location: one code of NUTS, as `NO081`, or what it begins with.
        type: as `ANNOUNCEMENT_OF_COMPETITION`; it may be the hit's own type or one that holds it.
        status: as `ACTIVE`.
        text: words to search for.
    """

    since: dt.date
    until: dt.date
    cpv: str = ""
    location: str = ""
    type: str = ""
    status: str = ""
    text: str = ""

    def params(self) -> dict[str, str]:
        """Parameter → value, by the names that are seen in use."""
        told = {
            "issueDateFrom": self.since.isoformat(),
            "issueDateTo": self.until.isoformat(),
            "cpvCode": self.cpv,
            "location": self.location,
            "type": self.type,
            "status": self.status,
            "searchString": self.text,
        }
        return {name: value for name, value in told.items() if value}


class DoffinSource:
    """An answer of the search that was kept."""

    name, licence, cadence = "doffin/search", LICENCE, CADENCE

    def parse(self, file: Path) -> Tidy:
        """One row per hit.

        Raises:
            UserError: it is not in the form that is kept.
        """
        held = form_of(_Page, str(file))(read_bytes(file))
        return Tidy(COLUMNS, [_row(hit) for hit in held.hits], origin(file))


def search(found: Found, asked: Search, most: int) -> list[str]:
    """Every notice that a search finds, by day where there are more than are shown.

    Args:
        found: where the answers go.
        asked: what is asked.
        most: hits there may be.

    Returns:
        Identifiers of the notices, each once, the newest first. A notice that is corrected comes again with
        an identifier of its own, and both are here.

    Raises:
        UserError: hits that do not fit what was asked, too many of them, or another form.
    """
    total = _total(found.client, asked, most)
    check_most(total, most)
    hits, unfit = dict[str, _Hit](), list[str]()
    for part in _spans(found.client, asked, total):
        _all(found, part, hits, unfit)
    _check(found.client, asked, list(hits.values()))
    _check_text(found.client, asked, unfit, total)
    found.unreached = max(0, total - len(hits))
    found.dropped = DROPPED
    return sorted(hits, reverse=True)


def _total(client: Client, asked: Search, most: int) -> int:
    """How many hits there are, when the first of them fit and they are not all that the register holds.

    Raises:
        UserError: the service has passed over what was asked.
    """
    total, first = _page(client, asked, 1, keep=None, size=_SIZE)
    _check(client, asked, first)
    if total > min(most, REACH) and total >= _page(client, None, 1, keep=None, size=1)[0]:
        told = {"who": client.host, "count": total, "parameters": list(asked.params())}
        raise UserError(Fault("sources:all_passed_over", told))
    return total


def _spans(client: Client, asked: Search, total: int) -> Iterator[Search]:
    """The same search of so few days that all of each is shown."""
    if total <= REACH:
        yield asked
        return
    days = (asked.until - asked.since).days
    if days < 1:
        check_reach(total, REACH, client.host)
    middle = asked.since + dt.timedelta(days // 2)
    for since, until in ((asked.since, middle), (middle + dt.timedelta(1), asked.until)):
        part = replace(asked, since=since, until=until)
        within, first = _page(client, part, 1, keep=None, size=1)
        _check(client, part, first)
        yield from _spans(client, part, within)


def _all(found: Found, asked: Search, hits: dict[str, _Hit], unfit: list[str]) -> None:
    """Read every page into `hits`; `unfit` gets those in which no word of a search text is seen."""
    page = 1
    while True:
        total, held = _page(found.client, asked, page, keep=found, size=_SIZE, without=unfit)
        hits.update({hit.id: hit for hit in held})
        if page * _SIZE >= min(total, REACH) or not held:
            return
        page += 1


def _page(
    client: Client,
    asked: Search | None,
    page: int,
    *,
    keep: Found | None,
    size: int,
    without: list[str] | None = None,
) -> tuple[int, list[_Hit]]:
    params = {
        **(asked.params() if asked else {}),
        "numHitsPerPage": str(size),
        "page": str(page),
        "sortBy": "PUBLICATION_DATE_DESC",
    }

    def check(body: bytes) -> tuple[_Page, list[str]]:
        whole = lenient(body, client.host)
        try:
            held = msgspec.convert(whole, _Page)
        except msgspec.ValidationError as error:
            raise not_as_documented(client.host, str(error)) from error
        if strange := [hit.id for hit in held.hits if not _ID.fullmatch(hit.id)]:
            raise not_as_documented(client.host, f"id: {strange[0][:40]}")
        return held, [hit["id"] for hit in whole["hits"] if asked and not _says(hit, asked.text)]

    body, (held, silent) = client.ask("search", check, params=params)
    if without is not None:
        without += silent
    if keep is not None:
        _without_persons(held)
        keep.add("search", params, body, msgspec.json.encode(held))
    return held.numHitsTotal, held.hits


def _says(hit: Mapping[str, Any], text: str) -> bool:
    """Whether a word of the text stands in what the hit says in words, as it came."""
    told = [hit, *(hit.get("lots") or ()), *(hit.get("buyer") or ())]
    words = ("heading", "description", "name")
    whole = " ".join(str(each.get(word) or "") for each in told for word in words).casefold()
    return not text or any(word in whole for word in text.casefold().split())


def _without_persons(held: _Page) -> None:
    """Numbers that are not of nine digits may be a person's."""
    for hit in held.hits:
        for party in (*(hit.buyer or ()), *(p for lot in hit.lots or () for p in lot.winner or ())):
            number = re.sub(r"\s", "", party.organizationId or "")
            party.organizationId = number if _NUMBER.fullmatch(number) else None


def _check(client: Client, asked: Search, hits: Sequence[_Hit]) -> None:
    """Every hit fits every parameter.

    Raises:
        UserError: one fault for each parameter that was passed over, or means something else.
    """
    faults = Faults()
    for parameter, value in asked.params().items():
        strange = [hit.id for hit in hits if not _fits(hit, parameter, asked)]
        if strange:
            faults.extend([not_asked_for(client.host, parameter, value, strange, len(hits))])
    faults.raise_if_any()


def _check_text(client: Client, asked: Search, silent: Sequence[str], total: int) -> None:
    """A search text makes a difference, where there are hits that hold no word of it.

    Raises:
        UserError: there are as many hits without it.
    """
    if not silent:
        return
    plain = replace(asked, text="")
    if _page(client, plain, 1, keep=None, size=1)[0] <= total:
        told = {"who": client.host, "asked": asked.text, "count": total, "examples": list(silent[:5])}
        raise UserError(Fault("sources:search_passed_over", told))


def _fits(hit: _Hit, parameter: str, asked: Search) -> bool:
    """Whether a hit is one that the parameter lets through; of a search text nothing is said here."""
    match parameter:
        case "issueDateFrom":
            return any(day >= asked.since for day in _days(hit.issueDate))
        case "issueDateTo":
            return any(day <= asked.until for day in _days(hit.issueDate))
        case "cpvCode":
            stem = asked.cpv.rstrip("0").ljust(2, "0")
            return any(code.startswith(stem) for code in hit.cpvCodes or ())
        case "location":
            return any(code.startswith(asked.location) for code in hit.locationId or ())
        case "type":
            return asked.type in (hit.type, *(hit.allTypes or ()))
        case "status":
            return hit.status == asked.status
    return True


def _days(at: dt.datetime) -> set[dt.date]:
    """The day in UTC and the day in Norway: which of them the service means is not known."""
    plain = at.astimezone(dt.UTC) if at.tzinfo else at
    return {(plain + more).date() for more in (dt.timedelta(), *_OSLO)}


def _row(hit: _Hit) -> tuple[Any, ...]:
    value = hit.estimatedValue or _Value()
    winners = {p.organizationId for lot in hit.lots or () for p in lot.winner or () if p.organizationId}
    buyers = hit.buyer or ()
    return (
        *(hit.id, hit.type, hit.status, hit.issueDate.isoformat()),
        *(hit.publicationDate and hit.publicationDate.isoformat(), hit.deadline, hit.heading),
        " ".join(each.organizationId for each in buyers if each.organizationId),
        "; ".join(each.name for each in buyers if each.name),
        *(" ".join(hit.locationId or ()), " ".join(hit.cpvCodes or ())),
        *(value.amount, value.currencyCode, hit.receivedTenders, " ".join(sorted(winners))),
    )


def read_search(
    since: dt.date | None, until: dt.date, *, cpv: str, location: str, kind: str, status: str, text: str
) -> Search:
    """What a person asks for; every fault of it at once.

    Raises:
        UserError: a value that the service cannot have meant.
    """
    faults = Faults()
    if since is None or since > until:
        faults.add("sources:not_a_span", "--since", since=str(since or "–"), until=until.isoformat())
    for option, given, form, example in (
        ("--cpv", cpv, r"[0-9]{8}", "72000000"),
        ("--location", location, r"NO[0-9A-Z]{0,3}", "NO081"),
        ("--type", kind, r"[A-Z_]+", "ANNOUNCEMENT_OF_COMPETITION"),
        ("--status", status, r"[A-Z_]+", "ACTIVE"),
    ):
        if given and not re.fullmatch(form, given):
            faults.add("sources:not_for_doffin", option, given=given, example=example)
    if faults or since is None:
        raise UserError(*faults)
    return Search(since, until, cpv, location, kind, status, text)
