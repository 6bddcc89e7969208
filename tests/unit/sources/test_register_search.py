"""Asking a register on this machine that keeps the documented limits: paging, 410, 404, no `_embedded`.

The answers 410 are those of the register's own OpenAPI document; nobody has stored a recorded one.
"""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.register_search import CAP, look_up, search
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json
from unit.sources.test_entities import entity


class Register:
    """Numbers with their municipality; `lost` of them are on no page."""

    def __init__(self, places: Sequence[str], lost: int = 0) -> None:
        self.held = [
            {"organisasjonsnummer": str(800000000 + at), "forretningsadresse": {"kommunenummer": place}}
            for at, place in enumerate(places)
        ]
        self.lost = lost

    def __call__(self, asked: Asked) -> Answer:
        page, size = (int(asked.query[name][0]) for name in ("page", "size"))
        if (page + 1) * size > CAP:
            return as_json({"status": 400, "feilmelding": "Antall treff er for stort"}, 400)
        place = asked.query.get("kommunenummer", [""])[0]
        hits = [each for each in self.held if place in ("", each["forretningsadresse"]["kommunenummer"])]
        shown = hits[page * size : (page + 1) * size]
        if self.lost and size > 1:
            shown = shown[: -self.lost]
        body: dict[str, Any] = {"page": {"totalElements": len(hits), "number": page, "size": size}}
        return as_json(body | ({"_embedded": {"enheter": shown}} if shown else {}))


@pytest.fixture
def register(server: Server, time: Time) -> Client:
    return Client(server.address, clock=time.clock, limits=LIMITS)


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, CAP])
def test_every_hit_up_to_the_cap_is_found(count: int, register: Client, server: Server) -> None:
    server.answer = Register(["0001"] * count)
    found = search(register, {"naeringskode": "71"})
    assert len({each.number for each in found.entities}) == found.total == count


def test_over_the_cap_it_is_split_and_what_lies_nowhere_is_counted(register: Client, server: Server) -> None:
    server.answer = Register(["0001"] * 6000 + ["0002"] * 6000 + [""] * 7)
    found = search(register, {}, ["0001", "0002", "0003"])
    assert (len(found.entities), found.total, found.unreached) == (12_000, 12_007, 7)


@pytest.mark.parametrize(
    ("places", "municipalities"),
    [(["0001"] * (CAP + 1), []), (["0001"] * (CAP + 1), ["0001"])],
)
def test_what_cannot_be_shown_whole_is_refused(
    places: list[str], municipalities: list[str], register: Client, server: Server
) -> None:
    server.answer = Register(places)
    with pytest.raises(UserError) as error:
        search(register, {}, municipalities)
    assert [fault.key for fault in error.value.faults] == ["sources:beyond_the_cap"]
    assert "10 001" in explain_error(error.value, "nb").replace("\xa0", " ")


def test_pages_that_do_not_add_up_are_refused(register: Client, server: Server) -> None:
    server.answer = Register(["0001"] * 50, lost=1)
    with pytest.raises(UserError) as error:
        search(register, {})
    assert [fault.key for fault in error.value.faults] == ["sources:changed_while_read"]


DELETED = entity(slettedato="2024-03-09", respons_klasse="SlettetEnhet")
GONE = {"organisasjonsnummer": "509100675", "slettedato": "2024-03-09", "_links": {}}


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (as_json(entity()), "registered"),
        (as_json(DELETED), "deleted"),
        (as_json(GONE, 410), "removed"),
        (Answer(b"", 404), "unknown"),
    ],
)
def test_gone_is_not_deleted(answer: Answer, standing: str, register: Client, server: Server) -> None:
    server.say(answer)
    found = look_up(register, "800000001")
    assert found.standing == standing
    assert (found.entity is not None) == (standing in ("registered", "deleted"))


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(fault: str, register: Client, server: Server, time: Time) -> None:
    answer, waits = PASSING[fault]
    server.answer = Register(["0001"] * 3)
    Once(server, answer)
    assert (search(register, {}).total, time.slept) == (3, waits)


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told(fault: str, register: Client, server: Server) -> None:
    answer, key = LASTING[fault]
    server.say(answer)
    with pytest.raises(UserError) as error:
        search(register, {})
    told = "not_entity_answer" if key == "not_as_documented" else key
    assert [each.key for each in error.value.faults] == [f"sources:{told}"]


@pytest.mark.parametrize("body", [{"page": {}}, {"_embedded": {}}, [], {"page": {"totalElements": "3"}}])
def test_an_answer_of_another_form_is_told(body: Any, register: Client, server: Server) -> None:
    server.say(as_json(body))
    with pytest.raises(UserError) as error:
        search(register, {})
    assert [fault.key for fault in error.value.faults] == ["sources:not_entity_answer"]


@pytest.mark.walk
@pytest.mark.parametrize(("places", "total"), [([], 5), (["0001"], 3), (["0001", "0002"], 5)])
def test_the_command_finds_each_municipality_by_itself(
    places: list[str], total: int, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = Register(["0001"] * 3 + ["0002"] * 2)
    options = [word for place in places for word in ("--municipality", place)]
    asked = ["data", "search", "entities", "--industry", "71", "--base", server.address, *options]
    assert cli([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], len(told["entities"])) == (total, total)
    assert cli([*asked, "--lang", "en"]) == 0
    assert f"{total} entities" in capsys.readouterr().out
    assert all(each.query["naeringskode"] == ["71"] for each in server.asked)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (as_json(entity()), "is registered"),
        (as_json(DELETED), "is deleted"),
        (as_json(GONE, 410), "removed from open data"),
        (Answer(b"", 404), "does not have this number"),
    ],
)
def test_the_command_tells_gone_from_deleted(
    answer: Answer, word: str, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.say(answer)
    asked = ["data", "search", "workplaces", "--number", "800000001", "--base", server.address]
    assert cli([*asked, "--lang", "en"]) == 0
    assert word in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 1),
        (["--number", "800000001", "--sector", "6100"], 1),
        (["--number", "8"], 1),
        (["--sector", "61", "--parent", "x", "--municipality", "1", "--municipality", "0301"], 3),
    ],
)
def test_what_cannot_be_searched_for_is_told_before_anybody_is_asked(
    options: list[str], count: int, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["data", "search", "entities", "--base", server.address, "--lang", "en", *options]) == 1
    assert capsys.readouterr().err.count("→") == count
    assert server.asked == []
