"""`tyngdepunkt place`: the answer on stdout, what must be said beside it on stderr."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import eksempelland
from tyngdepunkt.cli import run

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def tyngdepunkt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line on the embedded snapshot: exit code, stdout, stderr."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")

    def ran(*arguments: str) -> Ran:
        code = run(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ran


def test_json_is_one_document_and_nothing_else(tyngdepunkt: Run) -> None:
    code, out, err = tyngdepunkt("place", "Røros", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert (document["code"], document["name"], document["notice"]) == ("5025", "Røros - Rosse", None)
    assert set(document["names"]) == {"Røros - Rosse", "Røros", "Rosse"}
    assert document["county"]["code"] == "50"
    assert document["labour_market_region"]["name"] == "Røros"
    assert [centre["code"] for centre in document["labour_market_region"]["centres"]] == ["5025"]
    assert document["small_town"]["is_centre"] is True
    assert document["small_town"]["centrality_class"] == 5
    assert document["small_town"]["largest_town"]["name"] == "Røros"


def test_every_figure_names_table_year_quality_and_a_source_that_is_listed(tyngdepunkt: Run) -> None:
    document = json.loads(tyngdepunkt("place", "Holtålen", "--json")[1])
    listed = {source["table"] for source in document["sources"]}
    for name, figure in document["figures"].items():
        assert figure["quality"] in {"measured", "estimated"}, name
        assert figure["table"] in listed, name
    assert all(source["licence"] and source["provider"] for source in document["sources"])
    assert document["figures"]["population_last"]["year"] == 2026
    assert document["figures"]["share_20_66"]["quality"] == "estimated"
    assert 0.4 < document["figures"]["share_20_66"]["value"] < 0.7


def test_the_share_of_working_age_is_near_the_published_one(tyngdepunkt: Run, shared_data: Path) -> None:
    """The five-year groups must give what single years give, to a tenth of a per cent or so."""
    import csv

    with (shared_data / "kommuner" / "kommuner_2024.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["kommunenummer"] == "5025")
    published = int(row["folkemengde_20_66_2026"]) / int(row["folkemengde_2026"])
    document = json.loads(tyngdepunkt("place", "5025", "--json")[1])
    assert document["figures"]["share_20_66"]["value"] == pytest.approx(published, abs=0.003)


def test_commuting_and_neighbours_are_ordered(tyngdepunkt: Run) -> None:
    document = json.loads(tyngdepunkt("place", "Røros", "--json")[1])
    out = [flow["persons"] for flow in document["commuting"]["out"]]
    assert out == sorted(out, reverse=True)
    assert len(out) == 5
    counts = [document["near"][minutes]["count"] for minutes in ("45", "60", "90")]
    assert counts == sorted(counts)
    assert "5025" not in {place["code"] for place in document["near"]["90"]["municipalities"]}


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_page_fits_80_columns_and_carries_no_colours_when_piped(tyngdepunkt: Run, lang: str) -> None:
    code, out, _ = tyngdepunkt("place", "Gáivuotna", "–", "Kåfjord", "–", "Kaivuono", "--lang", lang)
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "\x1b" not in out
    assert "2026" in out
    assert "SSB 07459" in out.replace("\n", " ")


def test_the_town_file_is_shown_with_the_attribution_its_licence_asks_for(tyngdepunkt: Run) -> None:
    out = " ".join(tyngdepunkt("place", "Røros")[1].split())
    assert "ODbL" in out
    assert "OpenStreetMap" in out


@pytest.mark.parametrize(
    ("lang", "owner"),
    [("nb", "OpenStreetMap-bidragsyterne"), ("nn", "OpenStreetMap-bidragsytarane"), ("en", "contributors")],
)
def test_the_attribution_is_in_the_language_of_the_reader(tyngdepunkt: Run, lang: str, owner: str) -> None:
    out = " ".join(tyngdepunkt("place", "Røros", "--lang", lang)[1].split())
    assert owner in out


def test_a_town_is_taken_to_its_municipality_and_says_so_on_stderr(tyngdepunkt: Run) -> None:
    code, out, err = tyngdepunkt("place", "Førde", "--lang", "nn")
    assert code == 0
    assert "4647" in out
    assert "Førde ligg i kommunen Sunnfjord (4647)" in err


def test_a_notice_is_in_the_json_too(tyngdepunkt: Run) -> None:
    document = json.loads(tyngdepunkt("place", "1640", "--json", "--lang", "en")[1])
    assert document["code"] == "5025"
    assert "1640" in document["notice"]


@pytest.mark.parametrize(
    ("written", "said"), [("Roros", "Røros"), ("Herøy", "1818"), ("1507", "1580"), ("", "nummer")]
)
def test_a_miss_ends_with_1_and_says_what_to_do(tyngdepunkt: Run, written: str, said: str) -> None:
    code, out, err = tyngdepunkt("place", written)
    assert (code, out) == (1, "")
    assert said in err
    assert "→" in err


def test_hidden_and_missing_figures_are_said_and_never_shown_as_zero(
    tyngdepunkt: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", str(eksempelland.write_snapshot(tmp_path / "made-up")))
    figures = json.loads(tyngdepunkt("place", "Ytterøy", "--json")[1])["figures"]
    assert figures["employed_residents"]["value"] is None
    assert figures["employed_residents"]["quality"] == "missing"
    assert figures["largest_town"]["value"] is None
    _, out, _ = tyngdepunkt("place", "Ytterøy")
    assert "mangler" in out


def test_english_has_no_number_as_norwegian_writes_it(tyngdepunkt: Run) -> None:
    _, out, _ = tyngdepunkt("place", "Trondheim", "--lang", "en")
    plain = re.sub(r"\d{4}-\d{2}-\d{2}", "", out)
    assert re.findall(r"\d,\d{3}", plain)
    assert not re.findall(r"\d\u00a0\d{3}(?!\d)|\d,\d{1,2}(?!\d)", plain)
