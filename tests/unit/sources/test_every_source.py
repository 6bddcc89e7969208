"""Faults of the calendar at every source, and every fault of the shared lists where no other test runs it.

Each source answers as in its own tests; only the fault is added.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources import klass_service, register_files, register_search
from tyngdepunkt.sources.doffin import HEADER as DOFFIN_HEADER
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Run
from tyngdepunkt.sources.pxweb import PxWeb
from tyngdepunkt.sources.vacancies import HEADER as NAV_HEADER
from tyngdepunkt.texts import explain_error
from unit.sources import (
    test_doffin,
    test_kartverket,
    test_klass_service,
    test_pxweb,
    test_register_changes,
    test_register_files,
    test_register_search,
    test_vacancies,
)
from unit.sources.faulty import LASTING, LIMITS, PASSING, Jumping, Once
from unit.sources.served import Answer, Asked, Server, Time


def _kept(run: Run) -> Any:
    pages = sorted({part.kept for part in run.parts})  # a feed that was begun anew has its pages twice
    return (run.state, run.rows, pages)


def _pxweb(client: Client, folder: Path) -> Any:
    return [each.sha256 for each in PxWeb(client).fetch(test_pxweb.query(), folder)]


def _klass(client: Client, folder: Path) -> Any:
    wanted = klass_service.plan(client, test_klass_service.DAY)
    return [(each.name, each.state, each.sha256) for each in klass_service.collect(client, wanted, folder)]


def _nightly(client: Client, folder: Path) -> Any:
    return register_files.fetch("entities", client, folder).logged.rows


def _search(client: Client, folder: Path) -> Any:
    return register_search.search(client, {}).total


def _nav() -> Callable[[Asked], Answer]:
    service = test_vacancies.Nav()
    for number in range(1, 6):
        service.post(number)
    return service


def _doffin() -> Callable[[Asked], Answer]:
    return test_doffin.Doffin(*(test_doffin.notice(at, f"2026-09-{1 + at % 30:02}") for at in range(250)))


def _changes() -> Callable[[Asked], Answer]:
    return test_register_changes.Register(*(test_register_changes.change(at) for at in range(1, 12)))


def _asking(module: Any, *first: Any) -> Callable[[Client, Path], Any]:
    ask = getattr(module, "fetch", None) or module.follow
    return lambda client, folder: _kept(ask(*first, client, folder))


@dataclass(frozen=True)
class Source:
    """The service of a source, how it is asked, and what must be the same however the calendar jumps."""

    service: Callable[[], Callable[[Asked], Answer]]
    ask: Callable[[Client, Path], Any]
    secrets: dict[str, str] | None = None
    accept: str = "*/*"

    def client(self, server: Server, time: Time) -> Client:
        secrets = self.secrets or {}
        return Client(server.address, secrets=secrets, accept=self.accept, clock=time.clock, limits=LIMITS)


DATE = {"Date": "Sun, 29 Nov 2026 08:00:00 GMT"}


def _dated(service: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The service, whose answers bear the day as every server's do (RFC 9110, 6.6.1)."""

    def answer(asked: Asked) -> Answer:
        told = service(asked)
        return replace(told, headers={**DATE, **told.headers})

    return answer


SOURCES = {
    "Statistics Norway and any PxWeb": Source(test_pxweb.Bank, _pxweb),
    "Klass": Source(test_klass_service.Klass, _klass, accept=klass_service.ACCEPT),
    "Enhetsregisteret, nightly file": Source(
        lambda: lambda asked: test_register_files.night(800000001, 800000002), _nightly
    ),
    "Enhetsregisteret, search": Source(partial(test_register_search.Register, ["0001"] * 3), _search),
    "Enhetsregisteret, updates": Source(_changes, _asking(test_register_changes)),
    "Doffin": Source(_doffin, _asking(test_doffin), {DOFFIN_HEADER: test_doffin.KEY}),
    "NAV": Source(_nav, _asking(test_vacancies), {NAV_HEADER: f"Bearer {test_vacancies.TOKEN}"}),
    **{
        f"Kartverket, {kind}": Source(test_kartverket.Kartverket, _asking(test_kartverket, kind))
        for kind in test_kartverket.KINDS
    },
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_calendar_that_is_off_or_jumps_between_two_calls_changes_nothing(
    name: str, server: Server, tmp_path: Path
) -> None:
    source = SOURCES[name]

    def asked(folder: str, year: int | None = None) -> Any:
        time, server.answer = Time(), _dated(source.service())
        server.asked.clear()
        if year is None:
            Jumping(server, time)
        else:
            time.today = time.today.replace(year=year)
        with source.client(server, time) as client:
            return source.ask(client, tmp_path / folder), time.slept

    right = asked("right", 2026)
    assert asked("jumping") == right
    for year in (1971, 2100):
        assert asked(str(year), year) == right, year


def test_the_feed_begins_by_the_sources_own_calendar(server: Server, time: Time, tmp_path: Path) -> None:
    """Asked from a machine that is in the year 2100, a feed that heeds the day would hold nothing new."""
    source = SOURCES["NAV"]
    served, time.today = source.service(), time.today.replace(year=2100)

    def heeding(asked: Asked) -> Answer:
        since = asked.headers.get("if-modified-since", "")
        return Answer(b"", 304, DATE) if "2100" in since else replace(served(asked), headers=DATE)

    server.answer = heeding
    with source.client(server, time) as client:
        assert source.ask(client, tmp_path)[:2] == ("read", 5)


NOT_RUN_ELSEWHERE = ("Statistics Norway and any PxWeb", "Enhetsregisteret, nightly file")
TOLD = {
    ("Statistics Norway and any PxWeb", "half a document"): "not_pxweb",
    ("Statistics Norway and any PxWeb", "another form"): "not_jsonstat",
    ("Enhetsregisteret, nightly file", "half a document"): "not_gzip",
    ("Enhetsregisteret, nightly file", "another form"): "not_gzip",
    ("Enhetsregisteret, nightly file", "a bomb"): "not_entities",  # it is read as a stream, never held
}
"""Faults that a source tells in other words than most."""


@pytest.mark.parametrize("name", NOT_RUN_ELSEWHERE[:1])
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    name: str, fault: str, server: Server, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    source = SOURCES[name]
    server.answer = source.service()
    Once(server, answer)
    with source.client(server, time) as client:
        assert source.ask(client, tmp_path)
    assert time.slept == waits


@pytest.mark.parametrize("name", NOT_RUN_ELSEWHERE)
@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_there_stays(
    name: str, fault: str, server: Server, time: Time, tmp_path: Path
) -> None:
    source = SOURCES[name]
    server.answer = source.service()
    with source.client(server, time) as client:
        right = source.ask(client, tmp_path)
        before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix != ".json"}
        answer, key = LASTING[fault]
        server.say(answer)
        with pytest.raises(UserError) as error:
            source.ask(client, tmp_path)
        assert all(explain_error(error.value, lang) for lang in ("nb", "nn", "en"))
        assert [each.key for each in error.value.faults] == [f"sources:{TOLD.get((name, fault), key)}"]
        left = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix != ".json"}
        assert left == before
        server.answer = source.service()
        assert source.ask(client, tmp_path) == right
