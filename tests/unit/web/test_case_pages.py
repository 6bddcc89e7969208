"""The location case in a browser without JavaScript: kept answers, faults at fields, two tabs."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from litestar.testing import TestClient

from tyngdepunkt.analyses.location.input.case_schema import CaseShape
from tyngdepunkt.places import open_places
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.pages.case.step_flow import STEPS

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("drafts")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with open_places("embedded") as places, TestClient(create_app(places, b"x" * 32)) as client:
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
    return str(made.headers["location"]).rsplit("/", 1)[0]


def answer(client: TestClient[Any], address: str, version: str = "", **told: Any) -> Any:
    page = client.get(address).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "version": version or hidden(page, "version"), **told}
    return client.post(address, data=sent, follow_redirects=False)


UNIT = {"title": "Sak", "unit.name": "X", "date": "2026-01-01", "trigger": "new_agency"}
PLACES = {"how": "named", "places": "Hamar\nGjøvik\nFørde\nBergen"}


def complete(client: TestClient[Any], base: str) -> None:
    assert answer(client, f"{base}/unit", **UNIT).status_code == 303
    assert answer(client, f"{base}/alternatives", **PLACES).status_code == 303


def test_answers_are_kept(client: TestClient[Any], base: str) -> None:
    complete(client, base)
    assert 'value="Sak"' in client.get(f"{base}/unit").text
    assert "Gjøvik" in client.get(f"{base}/check").text


def test_a_fault_stands_in_the_summary_and_at_its_field(client: TestClient[Any], base: str) -> None:
    got = answer(client, f"{base}/unit", **{**UNIT, "date": "i morgen"})
    assert got.status_code == 422
    assert 'href="#date"' in got.text
    assert 'id="date-error"' in got.text
    assert 'value="i morgen"' in got.text
    assert "<title>Feil" in got.text


def test_a_script_in_a_name_is_only_text(client: TestClient[Any], base: str) -> None:
    answer(client, f"{base}/unit", **{**UNIT, "title": "<script>alert(1)</script>"})
    for step in ("unit", "check"):
        assert "<script>alert" not in client.get(f"{base}/{step}").text


def test_the_second_of_two_tabs_is_told_and_loses_nothing(client: TestClient[Any], base: str) -> None:
    answer(client, f"{base}/unit", **UNIT)
    answer(client, f"{base}/unit", version="2", **{**UNIT, "title": "Fra fane en"})
    second = answer(client, f"{base}/unit", version="2", **{**UNIT, "title": "Fra fane to"})
    assert second.status_code == 409
    assert "Fra fane en" in second.text
    assert 'value="Fra fane to"' in second.text
    assert "Fra fane en" in client.get(f"{base}/check").text


def test_weights_changed_after_scores_were_seen_need_a_role_and_a_reason(
    client: TestClient[Any], base: str
) -> None:
    complete(client, base)
    assert client.get(f"{base}/result").status_code == 200
    order = {"kind": "order", "order.conditions": "1"}
    assert answer(client, f"{base}/considerations", **order).status_code == 422
    told = {**order, "role": "Leder", "reason": "Ny kunnskap"}
    assert answer(client, f"{base}/considerations", **told).status_code == 303
    assert "Ny kunnskap" in client.get(f"{base}/result").text


def test_the_exported_file_comes_back_as_the_same_case(client: TestClient[Any], base: str) -> None:
    complete(client, base)
    file = client.get(f"{base}/document/yaml").content
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post(
        "/case/upload", data={"csrf_token": token}, files={"file": ("a.yaml", file)}, follow_redirects=False
    )
    again = made.headers["location"].rsplit("/", 1)[0]
    assert client.get(f"{again}/document/yaml").content == file


def test_a_file_that_is_too_large_is_refused_with_a_page(client: TestClient[Any]) -> None:
    token = hidden(client.get("/case").text, "csrf_token")
    for size in (1_000_001, 3_000_000):
        sent = {"file": ("a.yaml", b"a" * size)}
        got = client.post("/case/upload", data={"csrf_token": token}, files=sent)
        assert got.status_code == 413
        assert "<h1" in got.text


@pytest.mark.parametrize("step", ["unit", "check", "result", "documents", "alternatives"])
def test_an_unknown_draft_is_said(client: TestClient[Any], step: str) -> None:
    got = client.get(f"/case/nothing/{step}")
    assert got.status_code == 404
    assert "utkast" in got.text


def test_a_form_from_elsewhere_changes_nothing(client: TestClient[Any], base: str) -> None:
    got = client.post(f"{base}/unit", data={**UNIT, "csrf_token": "1.forged"})
    assert got.status_code == 403
    assert 'value="Sak"' not in client.get(f"{base}/unit").text


def test_the_api_gives_every_fault_of_a_case(client: TestClient[Any]) -> None:
    got = client.post("/api/v1/assess", json={"title": "x"})
    assert got.status_code == 422
    assert len(got.json()["errors"]) > 1


def test_a_lost_session_keeps_the_answers_and_lets_them_be_sent_again(
    client: TestClient[Any], base: str
) -> None:
    version = hidden(client.get(f"{base}/unit").text, "version")
    sent = {**UNIT, "title": 'Min "sak" & <b>', "version": version, "csrf_token": "1.forged"}
    own = {"origin": str(client.base_url)}
    refused = client.post(f"{base}/unit", data=sent, headers=own)
    assert refused.status_code == 403
    assert "Min &#34;sak&#34; &amp; &lt;b&gt;</textarea>" in refused.text
    again = {**sent, "csrf_token": hidden(refused.text, "csrf_token")}
    assert client.post(f"{base}/unit", data=again, headers=own, follow_redirects=False).status_code == 303
    foreign = client.post(f"{base}/unit", data=sent, headers={"origin": "https://elsewhere.example"})
    assert "Min &#34;" not in foreign.text


FULL = """
title: "Hele saken"
date: 2026-01-01
trigger: relocation
unit: {name: X, agency: Y, jobs: [{occupation: "2611", count: [10, 15]}], total_jobs: 12}
moved_from: ["Oslo", {place: "Bergen", jobs: 12.5}]
alternatives:
  - Hamar
  - {place: "Gjøvik", measures: "Pendlerordning", description: "Leie i sentrum",
     affected: {host: "Flere jobber", others: "Jernbanen"},
     grades: {conditions: {value: 60, anchor: "God plass"}}}
  - {name: "Delt", parts: [{place: "Førde", share: 0.5}, {place: "Bergen", share: 0.5}]}
guidelines: "2022-08-12"
also_guidelines: "2022-08-12"
largest_cities: ["Oslo", "Bergen"]
oslo_area: {places: ["Oslo"], reason: "Pendling"}
must_have: [{indicator: airport_minutes, max: 90.5, min: 1}]
weights: {conditions: [10, 40]}
weight_log: [{role: R, date: 2026-01-01, weights: none, scores_seen: false}]
regional_structure: ["Tromsø"]
sites: ["Bodø"]
ledger_covers: {from: 2014-01-01, to: 2024-12-31, places: ["Hamar"]}
assumptions: {recruits_per_job: 15}
staff: {current: unknown, follow_share: [0.2, 0.4]}
costs: {one_off_per_job: 100000, price_year: 2020, source: "K"}
decision: {place: "Hamar", date: 2026-02-01, reason: "To\\nlinjer"}
notified: {ministry: 2026-01-02, government: unknown}
informed: {counties: 2026-01-03}
explanations: {R17: "Fordi: så"}
indicators: {airport_minutes: {weight: 2, value: {points: [[0, 100], [90, 0]]}, reason: "G"},
  centrality: {off: true}}
ledger: [{hendelse: nedlagt, etat: E, kommune: Hamar, antall: 3, fra: 2020-01-01, til: 2021-01-01, kilde: P}]
window: {from: 2016-01-01, to: 2026-01-01}
access_consequences: "a"
jobs_consequences: "b"
conflicts_handled: "c"
problem: "d"
goal: "e"
principles: "f"
preconditions: "g"
why_these: "h"
affected: {staff: "i", users: "j", host: "k", donor: "l", region: "m", others: "n"}
staff_process: "o"
plan: "p"
follow_up: "q"
sender: "Departementet"
department: "Avdeling A"
case_number: "26/1204"
sources: "En kilde"
not_public: true
lang: nn
"""


class Posted(HTMLParser):
    """What a browser would send of the first form that is posted to a page with `id="form"`."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._in = False
        self._name = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = told.get("id") == "form"
        if not self._in:
            return
        if tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.sent.append((told["name"], told.get("value", "")))
        elif tag == "textarea":
            self._name = told["name"]
            self.sent.append((self._name, ""))
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and "selected" in told:
            self.sent.append((self._select, told["value"]))
            self._select = ""
        elif tag == "option" and self._select:
            self.first = told["value"]

    def handle_data(self, data: str) -> None:
        if self._name:
            self.sent[-1] = (self._name, self.sent[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._name = ""


def test_every_field_of_a_case_survives_a_walk_through_every_step(client: TestClient[Any]) -> None:
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post(
        "/case/upload",
        data={"csrf_token": token},
        files={"file": ("a.yaml", FULL.encode())},
        follow_redirects=False,
    )
    base = made.headers["location"].rsplit("/", 1)[0]
    before = yaml.safe_load(client.get(f"{base}/document/yaml").content)
    assert set(CaseShape.model_fields) - set(before) == {"window_years"}  # the window itself is there
    for step in [*STEPS, *MORE]:
        page = Posted()
        page.feed(client.get(f"{base}/{step.id}").text)
        if step.id != "check":
            got = client.post(
                f"{base}/{step.id}", content=urlencode(page.sent), headers=FORM, follow_redirects=False
            )
            assert got.status_code == 303, (
                step.id,
                re.findall(r'<li><a class="ds-link" href="#[^<]*', got.text),
            )
        after = yaml.safe_load(client.get(f"{base}/document/yaml").content)
        assert after == before, step.id


NASTY = (
    "9" * 400,
    "-1e999",
    "²",
    "a\x00b\ud83d",
    "<script>alert(1)</script>",
    "x" * 20_000,
    '["\\ud800", NaN]',
)


@pytest.mark.parametrize("shift", [0, 3])
def test_what_nobody_should_write_in_a_field_is_never_a_fault_of_ours(
    client: TestClient[Any], shift: int
) -> None:
    """In every field of every step at once, each field another, and in the fields that the steps share."""
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post(
        "/case/upload", data={"csrf_token": token}, files={"file": ("a.yaml", FULL.encode())},
        follow_redirects=False,
    )  # fmt: skip
    base = made.headers["location"].rsplit("/", 1)[0]
    for step in [*STEPS, *MORE]:
        page = Posted()
        page.feed(client.get(f"{base}/{step.id}").text)
        kept = ("csrf_token", "version", "kind")
        sent = [
            (name, value if name in kept else NASTY[(at + shift) % len(NASTY)])
            for at, (name, value) in enumerate(page.sent)
        ]
        body = urlencode([*sent, ("again", "1")], errors="surrogatepass")
        for address in (f"{base}/{step.id}", f"{base}/live/{step.id}"):
            got = client.post(address, content=body, headers=FORM, follow_redirects=False)
            assert got.status_code < 500, (step.id, address, got.text[:300])
        assert client.get(f"{base}/{step.id}").status_code == 200, step.id
    assert client.post(f"{base}/weigh", content=body, headers=FORM).status_code < 500


def test_a_page_that_answers_a_form_can_be_asked_for_again(client: TestClient[Any], base: str) -> None:
    """Its links to other languages lead to a page, not to an address that only takes forms."""
    token = hidden(client.get("/case").text, "csrf_token")
    refused = client.post("/case/upload", data={"csrf_token": token}, follow_redirects=False)
    assert refused.status_code == 422
    assert 'href="/case/upload?lang=en"' in refused.text
    for address, there in {
        "/case/upload": "/case",
        f"{base}/weigh": f"{base}/result",
        f"{base}/ledger-file": f"{base}/ledger",
        f"{base}/copy": "/case",
    }.items():
        got = client.get(f"{address}?lang=en", follow_redirects=False)
        assert (got.status_code, got.headers["location"]) == (303, f"{there}?lang=en")


def test_one_question_at_a_time_leads_to_an_order_that_is_saved(client: TestClient[Any], base: str) -> None:
    answer(client, f"{base}/unit", **UNIT)
    asked: dict[str, str] = {}
    for _ in range(12):
        page = client.get(f"{base}/order", params=asked).text
        question = re.search(r'type="radio" name="([^"]+)" id="more"', page)
        if question is None:
            break
        asked[question[1]] = "less"
    assert len(asked) >= 3
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    got = client.post(f"{base}/considerations", data=form, follow_redirects=False)
    assert got.status_code == 303
    saved = yaml.safe_load(client.get(f"{base}/document/yaml").content)["weights"]
    assert list(saved) == ["order"]
    assert len(saved["order"]) == len([name for name in form if name.startswith("order.")])


def test_an_answer_about_nothing_is_passed_over(client: TestClient[Any], base: str) -> None:
    got = client.get(f"{base}/order", params={"x~y": "more", "conditions~conditions": "<b>", "a": "less"})
    assert got.status_code == 200
    assert "<b>" not in got.text
