"""What the steps of a case tell while it is written: counts, rules, names; and answers that survive."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.places import Places
from tyngdepunkt.web import security
from tyngdepunkt.web.app import create_app

SECRET = b"x" * 32
UNIT = {
    "title": "Sak",
    "unit.name": "X",
    "date": "23.11.2026",
    "trigger": "new_unit",
    "moved_from": "4601: 10",
}


@pytest.fixture(scope="module")
def client(web_places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("drafts")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with TestClient(create_app(web_places, SECRET)) as client:
            client.headers["accept-language"] = "nb"
            yield client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def base(client: TestClient[Any]) -> str:
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post("/case", data={"csrf_token": token}, follow_redirects=False)
    base = str(made.headers["location"]).rsplit("/", 1)[0]
    assert post(client, f"{base}/unit", **UNIT).status_code == 303
    return base


def post(client: TestClient[Any], address: str, page: str = "", **told: Any) -> Any:
    shown = client.get(page or address).text
    sent = {"csrf_token": hidden(shown, "csrf_token"), "version": hidden(shown, "version"), **told}
    return client.post(address, data=sent, follow_redirects=False)


def live(client: TestClient[Any], base: str, step: str, **told: Any) -> str:
    got = post(client, f"{base}/live/{step}", f"{base}/{step}", **told)
    assert got.status_code == 200
    return str(got.text)


DEMAND = {"indicator": "airport_minutes", "bound": "max"}


def test_the_count_of_centres_follows_what_is_written_and_saves_nothing(
    client: TestClient[Any], base: str
) -> None:
    all_left = live(client, base, "must-haves")
    wide = live(client, base, "must-haves", **DEMAND, limit="60")
    narrow = live(client, base, "must-haves", **DEMAND, limit="20")
    counts = [int(found[1]) for text in (wide, narrow) if (found := re.search(r"(\d+) av \d+ sentre", text))]
    assert "alle de" in all_left
    assert counts[0] > counts[1] > 0
    assert "et tall" in live(client, base, "must-haves", **DEMAND, limit="mange")
    assert "Krav</th><td><span" in client.get(f"{base}/check").text


@pytest.mark.parametrize("written", ["many", "mange", "ti", "10 eller så"])
@pytest.mark.parametrize("field", ["total_jobs", "count"])
def test_a_number_of_jobs_that_cannot_be_read_is_asked_about_and_never_taken_as_unknown(
    client: TestClient[Any], base: str, field: str, written: str
) -> None:
    told = {"total_jobs": written} if field == "total_jobs" else {"occupation": "2512", "count": written}
    answer = post(client, f"{base}/jobs", **told)
    assert answer.status_code == 422
    assert f'value="{written}"' in answer.text
    assert post(client, f"{base}/jobs", **{**told, field: "ukjent"}).status_code == 303


def test_demands_that_nobody_meets_are_told_one_by_one(client: TestClient[Any], base: str) -> None:
    two = {"indicator": ["airport_minutes", "centrality"], "bound": ["max", "max"], "limit": ["0", "1"]}
    told = live(client, base, "must-haves", **two)
    assert "0 av" in told
    assert told.count("oppfyller dette") == 2


def test_the_rules_on_alternatives_follow_the_list(client: TestClient[Any], base: str) -> None:
    few = live(client, base, "alternatives", how="named", places="Trondheim")
    enough = live(client, base, "alternatives", how="named", places="Trondheim\nHamar\n1508")
    assert few.count("Ikke oppfylt ennå") == 2
    assert "Ikke oppfylt" not in enough
    assert "Ålesund (3)" in enough
    assert "Narnia" in live(client, base, "alternatives", how="named", places="Narnia")
    assert "Narn" not in live(client, base, "alternatives", how="named", q="Narn")


def test_ways_that_name_no_place_are_not_counted_as_alternatives(client: TestClient[Any], base: str) -> None:
    told = live(
        client, base, "alternatives", how="named", places="Trondheim", kind=["zero", "place_independent"]
    )
    assert "bare 1" in told


def test_what_cannot_be_counted_has_no_live_part(client: TestClient[Any], base: str) -> None:
    assert post(client, f"{base}/live/unit", f"{base}/unit").status_code == 404


def test_a_number_is_told_by_its_name(client: TestClient[Any], base: str) -> None:
    post(client, f"{base}/alternatives", how="named", places="4601\nHamar\n1508")
    page = client.get(f"{base}/alternatives").text
    assert re.search(r"1 Bergen <span[^>]*>4601</span>", page)
    check = client.get(f"{base}/check").text
    assert "Bergen (4601): 10" in check
    assert "Bergen, Hamar, Ålesund" in check
    assert "23.\xa0november 2026" in check


def test_each_rule_says_what_is_missing_and_where_it_is_read(client: TestClient[Any], base: str) -> None:
    page = client.get(f"{base}/rules").text
    missing = page.split('id="rules-missing"')[1].split("</details>")[0]
    assert "Kravet er minst 3 alternative steder, og saken har ingen" in missing
    assert re.search(r'<a class="ds-link" href="https?://[^"]+" lang="no">[^<]+\d{4}', missing)
    post(client, f"{base}/alternatives", how="named", places="5001\nHamar\n1508")
    after = client.get(f"{base}/rules").text
    assert "Kravet er minst 3" not in after.split('id="rules-missing"')[1].split("</details>")[0]


def plain(page: str) -> str:
    return page.replace("\u00a0", " ").replace("&#160;", " ")


def uploaded(client: TestClient[Any], case: str) -> str:
    token = hidden(client.get("/case").text, "csrf_token")
    sent: dict[str, Any] = {"data": {"csrf_token": token}, "files": {"file": ("a.yaml", case.encode())}}
    made = client.post("/case/upload", **sent, follow_redirects=False)
    return str(made.headers["location"].rsplit("/", 1)[0])


BIG = """title: Prøve
date: 2023-06-01
trigger: new_agency
unit: {name: Prøveetaten, jobs: [{occupation: "2422", count: 30}]}
alternatives: [Hamar, finnsnes, Molde]
must_have: [{indicator: one_off_cost, max: 12345678}, {indicator: rent_per_year, max: 123456.7},
  {indicator: education_share, min: 0.3}]
weights: none
"""


def test_what_is_typed_is_not_changed_by_showing_and_saving_it(client: TestClient[Any]) -> None:
    base = uploaded(client, BIG)
    page = plain(client.get(f"{base}/must-haves", headers={"accept-language": "nb"}).text)
    for told in ("12 345 678", "123 456,7", "30 %"):
        assert f'value="{told}"' in page
    assert "12 345 678" in plain(client.get(f"{base}/check").text)
    rows = {
        "indicator": ["one_off_cost", "rent_per_year", "education_share", "oslo_minutes"],
        "bound": ["max", "max", "min", "max"],
        "limit": ["12 345 678", "123 456,7", "30 %", "1 200"],
    }
    assert post(client, f"{base}/must-haves", **rows).status_code == 303
    file = client.get(f"{base}/document/yaml").text
    for kept in ("12345678", "123456.7", "0.3", "1200"):
        assert kept in file


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.200", "«1.200» kan være 1200 eller 1,2. Skriv 1200 eller 1,2."),
        ("mange", "Skriv et tall (30) eller et spenn (10–15). Tomt betyr ukjent."),
        ("15–10", "Spennet går feil vei"),
    ],
)
def test_a_number_that_cannot_be_taken_is_said_at_its_field(
    client: TestClient[Any], typed: str, told: str
) -> None:
    base = uploaded(client, BIG)
    client.get(f"{base}/jobs", headers={"accept-language": "nb"})
    answer = post(client, f"{base}/jobs", occupation="2422", count=typed, total_jobs="")
    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"), [("[10,15]", "[10, 15]"), ("1 200", "1200"), ("ca 25", '"ca 25"'), ("12,5", "12.5")]
)
def test_jobs_are_kept_as_they_were_typed(client: TestClient[Any], typed: str, kept: str) -> None:
    base = uploaded(client, BIG)
    assert post(client, f"{base}/jobs", occupation="2422", count=typed, total_jobs="").status_code == 303
    assert f'"count": {kept}' in client.get(f"{base}/document/yaml").text


def test_a_town_stays_what_is_shown_also_in_lower_case(client: TestClient[Any]) -> None:
    base = uploaded(client, BIG)
    page = client.get(f"{base}/alternatives", headers={"accept-language": "nb"}).text
    assert "Finnsnes (Senja)" in page
    assert "Finnsnes ligger i kommunen Senja (5530) og regnes som den kommunen." in page


def test_rent_and_share_of_a_place_can_be_changed(client: TestClient[Any]) -> None:
    case = b"""title: S
date: 2026-01-01
trigger: new_unit
unit: {name: X}
alternatives:
  - {place: Hamar, rent_per_m2: 1500}
  - {name: Delt, parts: [{place: "1508", share: 0.5, rent_per_m2: 900}, {place: Bergen, share: 0.5}]}
"""
    token = hidden(client.get("/case").text, "csrf_token")
    sent: dict[str, Any] = {"data": {"csrf_token": token}, "files": {"file": ("a.yaml", case)}}
    made = client.post("/case/upload", **sent, follow_redirects=False)
    base = made.headers["location"].rsplit("/", 1)[0]
    page = client.get(f"{base}/judgements").text
    assert "Ålesund (1508)" in page
    asked = {"measures.0": "", "measures.1": "", "rent_per_m2.0": "1600–1700"}
    parts = {"share.1.0": "70", "share.1.1": "30 %", "rent_per_m2.1.0": "", "rent_per_m2.1.1": "1000"}
    got = post(client, f"{base}/judgements", **asked, **parts)
    assert got.status_code == 303
    file = client.get(f"{base}/document/yaml").text
    for told in ("1600", "1700", "0.7", "0.3", "1000"):
        assert told in file
    assert "900" not in file.replace("1900", "")
    wrong = post(client, f"{base}/judgements", **asked, **{**parts, "share.1.1": "90"})
    assert wrong.status_code == 422
    assert 'href="#alternatives-1' in wrong.text
    doubtful = post(client, f"{base}/judgements", **asked, **{**parts, "share.1.1": "0,3"})
    assert doubtful.status_code == 422
    assert "«0,3» kan være 30 % eller 0,3 %" in doubtful.text
    for button in ("again", "leave"):  # whichever sends it, it is not stored: a file would read 30 %
        kept = client.get(f"{base}/document/yaml").text
        doubtful = post(client, f"{base}/judgements", **asked, **{**parts, "share.1.1": "0,3", button: "yes"})
        assert doubtful.status_code == 422
        assert 'value="0,3"' in doubtful.text
        assert client.get(f"{base}/document/yaml").text == kept


def test_an_expired_token_gives_the_page_back_with_all_that_was_written(
    client: TestClient[Any], base: str
) -> None:
    old = security.token(SECRET, str(client.cookies[security.COOKIE]), time.time() - security.LASTS - 1)
    version = hidden(client.get(f"{base}/background").text, "version")
    sent = {"csrf_token": old, "version": version, "problem": "To linjer\nmed <tekst>", "goal": "Målet"}
    own = {"origin": str(client.base_url)}
    refused = client.post(f"{base}/background", data=sent, headers=own)
    assert refused.status_code == 403
    assert "To linjer\nmed &lt;tekst&gt;</textarea>" in refused.text
    again = {**sent, "csrf_token": hidden(refused.text, "csrf_token")}
    assert (
        client.post(f"{base}/background", data=again, headers=own, follow_redirects=False).status_code == 303
    )
    assert "Målet" in client.get(f"{base}/check").text


def test_a_change_from_the_check_returns_to_the_check(client: TestClient[Any], base: str) -> None:
    links = re.findall(r'href="([^"]+next=check[^"]*)"', client.get(f"{base}/check").text)
    assert links
    for link in dict.fromkeys(links):
        page = client.get(link).text
        assert hidden(page, "next") == "check", link
    saved = post(client, f"{base}/unit", **UNIT, next="check")
    assert saved.status_code == 303
    assert saved.headers["location"].split("?")[0] == f"{base}/check"


def test_the_check_writes_every_date_in_the_same_way(client: TestClient[Any], base: str) -> None:
    own = {"accept-language": "nb"}
    told = {"decision.place": "Bergen", "decision.reason": "Nær de ansatte", "decision.date": "1.12.2023"}
    told |= {"notified.ministry": "01.06.2023", "informed.counties": "ukjent"}
    assert post(client, f"{base}/decision", **told).status_code == 303
    page = html.fromstring(client.get(f"{base}/check", headers=own).text)
    said = " ".join(page.xpath("//main")[0].text_content().split())
    assert "1. desember 2023" in said
    assert "1. juni 2023" in said
    assert "ukjent" in said
    assert re.findall(r"\d\d\.\d\d\.\d{4}|\d{4}-\d\d-\d\d", said) == []


def test_a_half_finished_step_is_kept_and_found_in_the_list(client: TestClient[Any], base: str) -> None:
    half = post(
        client, f"{base}/unit", **{**UNIT, "title": "Halvferdig sak", "date": "", "trigger": ""}, leave="yes"
    )
    assert half.status_code == 303
    assert half.headers["location"].split("?")[0] == "/case"
    assert "Halvferdig sak" in client.get("/case").text
    assert 'value="Halvferdig sak"' in client.get(f"{base}/unit").text
    assert f'href="{base}/unit?next=check#date"' in client.get(f"{base}/check").text


def test_leaving_is_no_way_round_the_reason_for_new_weights(client: TestClient[Any], base: str) -> None:
    post(client, f"{base}/alternatives", how="named", places="Bergen\nHamar\n1508")
    assert client.get(f"{base}/result").status_code == 200
    order = {"kind": "order", "order.conditions": "1"}
    assert post(client, f"{base}/considerations", **order, leave="yes").status_code == 422


WORDED = ("2.", "2,5", "1–2", "ca 1", "0", "-1", "nummer to", "½")
"""Places in an order as people write them; the first can be read."""


@pytest.mark.parametrize("text", WORDED)
@pytest.mark.parametrize("more", [{}, {"leave": "yes"}])
def test_no_consideration_falls_out_of_an_order_because_of_how_its_number_is_written(
    client: TestClient[Any], base: str, text: str, more: dict[str, str]
) -> None:
    told = {"kind": "order", "order.conditions": text, "order.location_policy": "1"}
    got = post(client, f"{base}/considerations", **told, **more)
    page = got.text if got.status_code == 422 else client.get(f"{base}/considerations").text
    assert f'name="order.conditions" value="{"2" if text == "2." else text}"' in page
    assert 'name="order.location_policy" value="1"' in page
    assert (got.status_code == 303) == (text == "2." or bool(more))
    unread = "1 er viktigst." in client.get(f"{base}/check").text
    assert unread == (text != "2." and bool(more))
    assert "{&#39;" not in client.get(f"{base}/check").text


def test_a_number_beside_a_tick_that_stood_there_is_known(client: TestClient[Any], base: str) -> None:
    """The script takes the tick away; without one the number was passed over."""
    ranges = {"kind": "ranges", "low.conditions": "10", "high.conditions": "30"}
    assert post(client, f"{base}/considerations", **ranges).status_code == 303
    page = client.get(f"{base}/considerations").text
    assert 'name="unknown.mitigation" value="yes" checked' in page
    ticked = {
        f"unknown.{name}": "yes" for name in re.findall(r'name="unknown.(\w+)" value="yes" checked', page)
    }
    told = {**ranges, **ticked, "low.mitigation": "5", "high.mitigation": "25"}
    assert post(client, f"{base}/considerations", **told).status_code == 303
    page = client.get(f"{base}/considerations").text
    assert 'name="low.mitigation" value="5"' in page
    assert 'name="high.mitigation" value="25"' in page
    told |= {"unknown.mitigation": "yes"}  # ticked beside numbers that stood there: not known any more
    assert post(client, f"{base}/considerations", **told).status_code == 303
    assert 'name="low.mitigation" value="5"' not in client.get(f"{base}/considerations").text


@pytest.mark.parametrize(("low", "high"), [("0", "1"), ("0,5", "1"), ("", "0,9"), ("0", "2")])
def test_a_small_range_of_points_is_not_taken_for_the_whole(
    client: TestClient[Any], web_places: Places, base: str, low: str, high: str
) -> None:
    told = {"kind": "ranges", "low.mitigation": low, "high.mitigation": high}
    assert post(client, f"{base}/unit", **UNIT).status_code == 303
    assert post(client, f"{base}/alternatives", how="named", places="Bergen\nHamar\n1508").status_code == 303
    assert post(client, f"{base}/considerations", **told).status_code == 303
    case = case_from_text(client.get(f"{base}/document/yaml").text, web_places)
    at = case.weights.ids.index("mitigation")
    assert case.weights.high[at] == pytest.approx(float(high.replace(",", ".")) / 100)
    page = client.get(f"{base}/considerations").text
    assert f'name="high.mitigation" value="{high}"' in page


@pytest.mark.parametrize("text", ["0", "0,0", "0–0"])
def test_no_jobs_is_a_number_that_stays(client: TestClient[Any], base: str, text: str) -> None:
    assert post(client, f"{base}/jobs", total_jobs=text).status_code == 303
    assert html.fromstring(client.get(f"{base}/jobs").text).xpath('//input[@name="total_jobs"]/@value') == [
        "0"
    ]
    asked = html.fromstring(client.get(f"{base}/check").text).xpath(f'//a[contains(@href, "{base}/jobs")]')
    assert len(asked) == 1  # the number in all, and not also the occupations as not answered


@pytest.mark.parametrize("title", ["advokat", "saksbehandler"])
def test_a_search_says_which_title_it_found(client: TestClient[Any], base: str, title: str) -> None:
    page = client.get(f"{base}/jobs?q={title}").text
    assert title in page.split('class="ds-label">Yrker vi fant')[1].split("</fieldset>")[0].casefold()


@pytest.mark.parametrize("every", ["", "closed", "moved_in", "no-such"])
def test_what_happened_can_be_chosen_for_a_whole_file(client: TestClient[Any], base: str, every: str) -> None:
    shown = client.get(f"{base}/ledger").text
    options = re.findall(r'<option value="(\w*)"', shown[shown.index('id="every"') :])
    assert options == ["", "established", "moved_in", "moved_out", "closed"]
    file = "Etat;Sted;Antall ansatte;År;Lenke\nTilsynet;4601;8;2008;brev\nTilsynet;0301;6;2008;brev\n"
    got = client.post(
        f"{base}/ledger-file",
        data={"csrf_token": hidden(shown, "csrf_token"), "every": every},
        files={"file": ("a.csv", file.encode())},
    )
    if every not in ("closed", "moved_in"):
        assert got.status_code == 422
        assert "Filen sier ikke hva som skjedde med jobbene" in got.text
        assert "for hele filen" in got.text
        return
    assert got.status_code == 200
    rows = html.fromstring(got.text).xpath('//input[@name="rows"]/@value')
    assert [row["kind"] for row in json.loads(rows[0])] == [every, every]


def test_a_choice_for_the_whole_file_does_not_write_over_what_it_says(
    client: TestClient[Any], base: str
) -> None:
    token = hidden(client.get(f"{base}/ledger").text, "csrf_token")
    file = "Hendelse;Etat;Sted;Antall;År;Lenke\nnedlagt;Tilsynet;4601;8;2008;brev\n"
    got = client.post(
        f"{base}/ledger-file",
        data={"csrf_token": token, "every": "moved_in"},
        files={"file": ("a.csv", file.encode())},
    )
    assert got.status_code == 422
    page = html.fromstring(got.text)
    assert "«nedlagt», men for hele filen er det valgt «flyttet inn»" in page.text_content()
    assert page.xpath('//select[@id="every"]/option[@selected]/@value') == ["moved_in"]
