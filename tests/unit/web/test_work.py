"""Every centre as an alternative takes seconds: a page tells how far it has come, and leads to the result."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt.places import Places
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.read import work
from tyngdepunkt.web.read.work import Works
from unit.web.every_page import filled, uploaded

Client = TestClient[Any]


@pytest.fixture(scope="module")
def client(web_places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("work")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with TestClient(create_app(web_places, b"x" * 32)) as client:
            client.headers["accept-language"] = "nb"
            yield client


def test_two_who_ask_for_the_same_wait_for_one() -> None:
    works, done, go = Works(), [], threading.Event()

    def do(tell: work.Tell) -> None:
        tell("first")
        go.wait(5)
        done.append(1)

    first = works.going_on("key", do, 0.1)
    again = works.going_on("key", do, 0)
    assert first is again
    assert first is not None
    assert first.begun == ["first"]
    go.set()
    assert works.going_on("key", do, 5) is None
    assert done == [1]
    assert works.going_on("key", do, 5) is None, "asked for anew it is done anew"
    assert done == [1, 1]


def test_asking_how_far_it_has_come_begins_nothing_and_takes_no_end_away() -> None:
    works, go, done = Works(), threading.Event(), []

    def do(tell: work.Tell) -> None:
        go.wait(5)
        done.append(1)

    assert works.at("key") is None
    piece = works.going_on("key", do, 0)
    assert works.at("key") is piece
    go.set()
    assert piece is not None
    piece.future.result(5)
    assert works.at("key") is None
    assert works.going_on("key", do, 5) is None
    assert done == [1], "the end was still there for the page"


def test_work_that_fails_is_over_and_whoever_asks_next_is_told_by_the_work_itself() -> None:
    def fails(_tell: work.Tell) -> None:
        raise ValueError("no")

    assert Works().going_on("key", fails, 5) is None


def test_a_case_with_every_centre_tells_how_far_it_has_come(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work.Works.going_on, "__defaults__", (0.01,))
    base = f"/case/{uploaded(client)}"
    chosen = {**filled(client, f"{base}/alternatives"), "how": "auto"}
    assert client.post(f"{base}/alternatives", data=chosen, follow_redirects=False).status_code == 303
    steps, parts = [], []
    for _ in range(600):
        answer = client.get(f"{base}/result")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        page = html.fromstring(answer.content)
        if not page.xpath("//progress"):
            break
        steps.append(int(page.xpath("//progress/@value")[0]))
        (told,) = page.xpath('//*[@role="status"][@hx-get]')
        assert "av 4" in told.text_content()
        part = client.get(told.get("hx-get"), headers={"hx-request": "true"})
        assert part.headers["cache-control"] == "no-store"
        parts.append(part.headers.get("hx-refresh", "") or str("av 4" in part.text))
        time.sleep(0.05)
    assert steps, "the first answer comes before the result does"
    assert steps == sorted(steps)
    assert parts[0] == "True", "the part alone, without a page around it"
    assert set(parts) <= {"True", "true"}
    assert page.xpath('//*[@id="recommendation"]')
    assert "hx-get" not in html.tostring(page.get_element_by_id("main"), encoding="unicode")


def test_a_case_that_names_its_alternatives_is_not_waited_for(client: Client) -> None:
    answer = client.get(f"/case/{uploaded(client)}/result")
    assert 'id="recommendation"' in answer.text
