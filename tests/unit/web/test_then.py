"""A case that was last saved before newer figures came: which of its points and figures are others now."""

import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from litestar.testing import TestClient

from location_cases import PLAIN
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.last_change import newest_at
from tyngdepunkt.places.snapshot import embedded_folder
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.read import then as module
from tyngdepunkt.web.read.then import then
from tyngdepunkt.workspace.drafts import Drafts
from unit.web.conftest import SECRET
from unit.web.test_changes import kept

HALF = "CASE WHEN municipality = '3907' THEN workplace // 2 ELSE workplace END AS workplace"


def built_at(folder: Path, moment: float) -> Path:
    os.utime(folder / "manifest.json", (moment, moment))
    return folder


@pytest.fixture
def newer() -> Iterator[Places]:
    """The embedded figures with half the jobs in Sandefjord."""
    with open_places(kept(embedded_folder(), "newer", f"SELECT * REPLACE ({HALF}) FROM '{{file}}'")) as found:
        yield found
    module._opened.cache_clear()


def test_figures_that_moved_are_told_then_and_now(newer: Places, drafts: Drafts) -> None:
    draft = drafts.create(PLAIN)
    saved = draft.changed_at.timestamp()
    built_at(newer.folder, saved - 3600)
    desktop = Desktop(newer)
    assert then(draft, newer, desktop, "nb") is None
    built_at(newer.folder, saved + 3600)
    found = then(draft, newer, desktop, "nb")
    assert found is not None
    assert found.snapshot.id != "newer"
    assert "Sandefjord" in {pair.alternative for pair in found.figures}
    assert all(pair.a != pair.b for pair in found.figures)
    incomplete = drafts.create({"title": "Bare et navn"})
    assert then(incomplete, newer, desktop, "nb") is None
    with TestClient(create_app(newer, SECRET), base_url="http://testserver.local") as client:
        shown = unescape(client.get(f"/case/{draft.id}/versions?lang=nb").text)
        twin = client.get(f"/case/{draft.id}/versions.json?lang=nb").json()["then"]
    assert "Saken ble sist lagret før newer fantes." in shown
    assert found.figures[0].title in shown
    assert (twin["snapshot"], twin["built"]) == (found.snapshot.id, found.snapshot.built.isoformat())
    assert [(each["then"], each["now"]) for each in twin["figures"]] == [(p.a, p.b) for p in found.figures]


def test_which_figures_were_the_newest_at_a_moment(tmp_path: Path) -> None:
    import datetime as dt

    one, two, three = (
        built_at(kept(embedded_folder(), name), moment)
        for name, moment in (("a", 1e9), ("b", 2e9), ("c", 3e9))
    )

    def at(seconds: float) -> Path | None:
        return newest_at(three, dt.datetime.fromtimestamp(seconds, dt.UTC))

    assert [at(moment) for moment in (0.5e9, 1.5e9, 2.5e9, 3.5e9)] == [embedded_folder(), one, two, None]
    assert newest_at(embedded_folder(), dt.datetime.now(dt.UTC)) is None
