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
    steps = []
    for _ in range(600):
        answer = client.get(f"{base}/result")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        page = html.fromstring(answer.content)
        if not page.xpath('//meta[@http-equiv="refresh"]'):
            break
        steps.append(int(page.xpath("//progress/@value")[0]))
        assert "av 4" in page.xpath('//*[@role="status"]')[0].text_content()
        time.sleep(0.05)
    assert steps, "the first answer comes before the result does"
    assert steps == sorted(steps)
    assert page.xpath('//*[@id="recommendation"]')
    assert client.get(f"{base}/result").text.count("http-equiv") == 0


def test_a_case_that_names_its_alternatives_is_not_waited_for(client: Client) -> None:
    answer = client.get(f"/case/{uploaded(client)}/result")
    assert 'id="recommendation"' in answer.text
