"""What the sources page says of how the figures in use differ from those before, over a made-up country."""

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import duckdb
import pytest
from litestar.testing import TestClient

from eksempelland import write_snapshot
from tyngdepunkt import settings
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.build_folder import build_from_folder
from tyngdepunkt.places.last_change import before
from tyngdepunkt.places.snapshot import embedded_folder
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.read.changes import changes
from unit.web.conftest import SECRET


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_snapshot(tmp_path_factory.mktemp("country") / "snapshot")


def kept(country: Path, name: str, sql: str = "SELECT * FROM '{file}'") -> Path:
    """The made-up country among the built snapshots; `sql` makes its `employed`."""
    folder = settings.data_folder() / "snapshots" / name
    shutil.copytree(country, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["id"] = name
    entry = next(entry for entry in manifest["tables"] if entry["name"] == "employed")
    file = folder / "employed.parquet"
    duckdb.execute(f"COPY ({sql.format(file=country / file.name)}) TO '{file}' (FORMAT parquet)")
    entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    entry["rows"] = duckdb.read_parquet(str(file)).shape[0]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def old(country: Path) -> Path:
    return kept(country, "one")


@pytest.fixture
def places(old: Path, country: Path) -> Iterator[Places]:
    """One workplace figure is another than before."""
    less = "CASE WHEN municipality = '0101' THEN 1 ELSE workplace END AS workplace"
    with open_places(kept(country, "two", f"SELECT * REPLACE ({less}) FROM '{{file}}'")) as found:
        yield found


def page(places: Places, lang: str = "nb") -> str:
    with TestClient(create_app(places, SECRET), base_url="http://testserver.local") as client:
        return unescape(client.get(f"/about/sources?lang={lang}").text)


@pytest.mark.parametrize("lang", settings.LANGUAGES)
def test_tables_columns_and_places_are_called_by_name(places: Places, old: Path, lang: str) -> None:
    found = changes(places, lang)
    assert found.old is not None
    assert found.old.id == "one"
    lines = [line for table in found.tables for line in table.lines()]
    text = "\n".join(lines)
    title = next(table.title[lang] for table in places.snapshot.tables if table.name == "employed")
    column = {"nb": "sysselsatte etter arbeidssted", "nn": "sysselsette etter arbeidsstad"}
    assert lines[0].startswith(f"{title}: ")
    assert f"{title}, {column.get(lang, 'employed by workplace')}: " in text
    assert f"{places.municipalities['0101'].called}: " in text
    assert "employed," not in text
    assert "0101" not in text


def test_the_page_says_what_changed_and_what_it_means_for_a_case(places: Places) -> None:
    shown = page(places)
    assert "Holdt opp mot de forrige tallene, one" in shown
    for line in changes(places, "nb").tables[0].lines():
        assert line.strip() in shown
    assert "<code>tyngdepunkt data use one</code>" in shown


def test_the_first_ones_built_here_are_held_against_the_embedded(old: Path) -> None:
    assert before(old) == embedded_folder()
    assert before(embedded_folder()) is None


def test_without_earlier_figures_nothing_is_claimed(web_places: Places) -> None:
    found = changes(web_places, "nb")
    assert (found.old, found.is_broken, list(found.tables)) == (None, False, [])


def test_earlier_figures_that_are_not_whole_are_told_as_such(places: Places, old: Path) -> None:
    (old / "employed.parquet").write_bytes(b"damaged")
    assert changes(places, "en").is_broken
    assert "De forrige tallene ligger på denne maskinen, men er ikke hele" in page(places)


def test_tables_made_of_answers_are_told_and_stand_on_the_page_of_a_place(old: Path, tmp_path: Path) -> None:
    folder, home = tmp_path / "official", settings.data_folder() / "snapshots"
    at = "2026-11-29T08:00:00+00:00"
    names = dict(duckdb.execute(f"SELECT code, name FROM '{old}/municipality.parquet'").fetchall())
    here = {"municipality": names["0101"], "county": "", "occupation": "2342", "positions": 2}
    state = {"number": "800000001", "parent": "900000001", "name": "VEGVESENET", "municipality": "0101"}
    for name, content in {
        "nav/vacancies": {"at": at, "places": [here, here]},
        "enhetsregisteret/state-workplaces": {"at": at, "workplaces": [state]},
    }.items():
        file = folder / f"{name}.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    new = build_from_folder(folder, old, home / "two", built=dt.date(2030, 1, 1))
    with open_places(new) as places:
        told = page(places)
        assert "Stillingsannonser: 1 ny rad, 0 borte, 0 endret" in told
        assert "Statlige arbeidssteder: 1 ny rad, 0 borte, 0 endret" in told
        with TestClient(create_app(places, SECRET), base_url="http://testserver.local") as client:
            for lang, said in (
                ("nb", "Stillingsannonser"),
                ("nn", "Stillingsannonsar"),
                ("en", "Advertisements"),
            ):
                shown = unescape(client.get(f"/place/0101?lang={lang}").text)
                assert said in shown
                assert "VEGVESENET" in shown
            answer = client.get("/place/0101.json").json()
            empty = unescape(client.get("/place/0102?lang=nb").text)
    assert answer["state_workplaces"] == {
        "day": "2026-11-29",
        "count": 1,
        "entities": [{"name": "VEGVESENET", "workplaces": 1}],
    }
    assert "Registeret nevner ikke noe statlig arbeidssted her." in empty
