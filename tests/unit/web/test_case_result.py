"""Weights, result, documents and versions of a case, as a browser without JavaScript sees them."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import structs

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.assess import METHOD_VERSION, assess
from tyngdepunkt.analyses.location.document.compose import location_document
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.documents.document import Section
from tyngdepunkt.inputs import weight_forms as forms
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.pages.case.step_flow import STEPS
from tyngdepunkt.web.read import versions, weights
from tyngdepunkt.web.read.case_map import ranking_map
from tyngdepunkt.web.read.result import result_page
from tyngdepunkt.workspace.drafts import Drafts

CASE: dict[str, Any] = {
    "title": "Nytt tilsyn på Øya",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": {"name": "Tilsynet", "jobs": [{"occupation": "2422", "count": 30}]},
    "alternatives": ["Bærum", "Bergen", "Sandefjord", "Hamar"],
}
BRIEF = ["why", "changing", "left_out", "unknown"]
POINTS = {"conditions": 40, "location_policy": 30, "labour_market": 30}


@pytest.fixture
def client(web_app: Litestar, drafts: Drafts) -> Iterator[TestClient[Any]]:
    with TestClient(web_app, raise_server_exceptions=False) as found:
        found.headers["accept-language"] = "nb"
        yield found


def post(client: TestClient[Any], page: str, to: str = "", **told: str) -> Any:
    """Send the form of a page, to another address where one is named."""
    text = client.get(page).text
    token, version = (
        re.search(rf'name="{name}" value="([^"]+)"', text) for name in ("csrf_token", "version")
    )
    assert token
    sent = {"csrf_token": token[1], **({"version": version[1]} if version else {}), **told}
    return client.post(to or page, data=sent, follow_redirects=False)


def points(**given: int) -> dict[str, str]:
    return {"kind": "points", **{f"low.{name}": str(each) for name, each in given.items()}}


def test_points_are_shared_out_to_exactly_a_hundred() -> None:
    for given in ({"a": 1, "b": 1, "c": 1}, {"a": 7, "b": 11, "c": 13, "d": 0}, {"a": 100}):
        assert sum(round(10 * each) for each in forms.scaled(given).values()) == 1000
    assert forms.scaled("none") == "none"
    assert forms.scaled({"a": [0, 100]}) == {"a": [0, 100]}
    assert forms.scaled({"a": 0, "b": 0}) == {"a": 0, "b": 0}


def test_knowing_nothing_at_all_is_no_weights() -> None:
    assert forms.points({}, ["a", "b"]) == "none"
    assert forms.ranges({"a": (None, None)}) == "none"


@pytest.mark.parametrize(
    "value",
    [
        "none",
        POINTS,
        {"conditions": 60, "location_policy": [0, 100], "labour_market": [0, 100]},
        {"conditions": [10, 40], "labour_market": [20, 60]},
        {"order": ["labour_market", ["conditions", "location_policy"]]},
    ],
)
def test_the_live_answer_says_what_a_whole_assessment_says(
    web_places: Places, drafts: Drafts, value: Any
) -> None:
    live = Desktop(web_places).reweighed(drafts.create(CASE), value)
    whole = assess(case_from_text(json.dumps({**CASE, "weights": value}), web_places), web_places)
    shown = weights.told(live, value, CASE, "nb")
    assert shown.flip == whole.texts["flip"]
    ranked = sorted((each for each in whole.alternatives if each.rank), key=lambda each: each.rank or 0)
    assert [(each.name, each.rank, each.value) for each in ranked] == [
        (each.name, each.rank, each.value) for each in shown.rows
    ]
    share = "acceptability_any" if shown.given else "rank_acceptability"
    assert [getattr(each, share)[0] for each in ranked] == [
        each.anywhere if shown.given else each.first for each in shown.rows
    ]


def test_the_page_says_what_the_document_says(web_places: Places) -> None:
    whole = assess(case_from_text(json.dumps({**CASE, "weights": POINTS}), web_places), web_places)
    page = result_page(whole, web_places)
    assert whole.texts["recommendation"].startswith(page.answer)
    first = location_document(whole, web_places).summary
    assert [each.title for each in page.note] == [each.title for each in first if isinstance(each, Section)]
    assert sum(len(group.found) for group in page.groups) == len(whole.findings)
    assert page.sources
    kinds = {type(block).__name__ for block in page.ranking}
    assert kinds == {"Table", "Paragraph"}
    assert {type(block).__name__ for block in page.often} == {"Picture", "Paragraph"}


def test_the_answer_stands_first_and_every_drawing_has_words(client: TestClient[Any], drafts: Drafts) -> None:
    text = client.get(f"/case/{drafts.create(CASE).id}/result").text
    order = ["recommendation", *(f"brief-{each}" for each in BRIEF), "try", "note", "ranking"]
    assert not [each for each in order if f'id="{each}"' not in text]
    at = [text.index(f'id="{each}"') for each in order]
    assert at == sorted(at)
    drawings = re.findall(r'aria-describedby="([\w-]+)-words"', text)
    assert drawings
    assert all(f'id="{each}-words"' in text for each in drawings)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert "style=" not in text


def test_every_drawing_of_the_document_has_a_narrow_sister_with_names_of_its_own(
    client: TestClient[Any], drafts: Drafts
) -> None:
    weighed = {**CASE, "weights": POINTS}
    text = client.get(f"/case/{drafts.create(weighed).id}/result").text
    pairs = re.findall(r'drawn-(wide|narrow)"><svg[^>]*?\bwidth="(\d+)', text)
    assert len(pairs) == 2 * text.count('class="drawing-scroll"') > 4
    assert all(int(width) <= 360 for kind, width in pairs if kind == "narrow")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"alternatives": ["Bærum", "Hamar"], "must_have": [{"indicator": "users_60", "min": 10**7}]},
        {"must_have": [{"indicator": "users_60", "min": 10**6}]},
        {"alternatives": ["Bærum", {"kind": "zero"}, "Hamar"], "weights": POINTS},
        {"unit": {"name": "Tilsynet", "jobs": "unknown"}},
    ],
)
def test_every_question_of_the_brief_has_a_short_answer(
    web_places: Places, more: dict[str, Any], lang: str
) -> None:
    whole = assess(case_from_text(json.dumps({**CASE, **more}), web_places), web_places, lang=lang)
    page = result_page(whole, web_places)
    assert [each.name for each in page.brief] == BRIEF
    assert page.answer
    for part in page.brief:
        assert 1 <= len(part.points) <= 4, part
        assert part.title
        assert all(len(text) < 260 for text in part.points), part


def test_the_brief_names_who_is_left_out_and_why(web_places: Places) -> None:
    must = [{"indicator": "users_60", "min": 600_000}]
    whole = assess(case_from_text(json.dumps({**CASE, "must_have": must}), web_places), web_places)
    out = [each.name for each in whole.alternatives if each.rank is None]
    assert out
    said = next(each.points for each in result_page(whole, web_places).brief if each.name == "left_out")
    for name, text in zip(out[:2], said, strict=False):
        assert text.startswith(name)
    assert len(said) == min(len(out), 3)
    assert (str(len(out) - 2) in said[-1]) == (len(out) > 2)


def test_not_knowing_one_consideration_makes_ranges(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    told = points(conditions=40, labour_market=30) | {"unknown.location_policy": "yes"}
    assert post(client, f"/case/{draft.id}/considerations", **told).status_code == 303
    assert drafts.get(draft.id).content["weights"] == {
        "conditions": 40,
        "labour_market": 30,
        "location_policy": [0, 100],
    }
    text = client.get(f"/case/{draft.id}/considerations").text
    assert re.search(r'name="unknown.location_policy" value="yes" checked', text)
    assert "checked" in re.search(r'value="ranges"[^>]*', text)[0]  # type: ignore[index]


def test_points_that_do_not_sum_are_not_saved_but_can_be_shared_out(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    page = f"/case/{draft.id}/considerations"
    wrong = points(conditions=40, labour_market=40)
    assert post(client, page, **wrong).status_code == 422
    shared = post(client, page, share="yes", **wrong)
    assert 'name="low.conditions" value="50"' in shared.text
    assert drafts.get(draft.id).version == 1


def test_the_order_is_not_shown_before_the_weights_are_set(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    assert "data-live" not in client.get(f"/case/{draft.id}/considerations").text
    client.get(f"/case/{draft.id}/result")
    assert "data-live" in client.get(f"/case/{draft.id}/considerations").text


@pytest.mark.parametrize(
    "from_where",
    [
        {},
        {"referer": "https://mail.example.org/"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_document_that_is_read_by_a_link_in_a_message_marks_nothing_as_seen(
    client: TestClient[Any], drafts: Drafts, from_where: dict[str, str]
) -> None:
    draft = drafts.create(CASE)
    address = f"/case/{draft.id}/document/html"
    assert client.get(address, headers=from_where).status_code == 200
    assert drafts.get(draft.id).seen is None
    assert client.get(address, headers={"sec-fetch-site": "same-origin"}).status_code == 200
    assert drafts.get(draft.id).seen == 1


@pytest.mark.parametrize(
    "look", ["", "/unit", "/result", "/result.json", "/document/yaml", "/versions", "/nothing"]
)
def test_a_case_is_kept_on_no_disk_but_its_own(client: TestClient[Any], drafts: Drafts, look: str) -> None:
    draft = drafts.create(CASE)
    got = client.get(f"/case/{draft.id}{look}", follow_redirects=False)
    assert got.headers["cache-control"] == "no-store"
    assert "etag" not in got.headers


@pytest.mark.parametrize("look", ["result", "result.json", "document/xlsx", "weigh", "versions"])
def test_scores_seen_in_another_tab_make_a_change_of_weights_logged(
    client: TestClient[Any], drafts: Drafts, look: str
) -> None:
    draft = drafts.create(CASE)
    page = f"/case/{draft.id}/considerations"
    text = client.get(page).text  # this tab was opened before
    if look == "weigh":
        post(client, page, f"/case/{draft.id}/weigh", **points(conditions=100))
    else:
        here = {"referer": f"{client.base_url}/case/{draft.id}/documents"}
        assert client.get(f"/case/{draft.id}/{look}", headers=here).status_code == 200
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert token
    sent = {"csrf_token": token[1], "version": "1", **points(conditions=100)}
    assert client.post(page, data={**sent, "role": "Leder"}).status_code == 422
    client.post(page, data={**sent, "role": "Leder", "reason": "Derfor"}, follow_redirects=False)
    (entry,) = drafts.get(draft.id).content["weight_log"]
    assert (entry["role"], entry["reason"], entry["scores_seen"]) == ("Leder", "Derfor", True)


def test_a_logged_change_of_weights_is_told_wherever_the_weights_are(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft, reason = drafts.create(CASE), "Nytt <b>styringssignal</b>"
    assert client.get(f"/case/{draft.id}/result").status_code == 200
    page = f"/case/{draft.id}/considerations"
    post(client, page, **points(conditions=100), role="Leder", reason=reason)
    for shown in ("considerations", "result", "document/html"):
        told = client.get(f"/case/{draft.id}/{shown}").text
        assert "styringssignal" in told
        assert "<b>styringssignal" not in told
    row = row_of(client.get(f"/case/{draft.id}/document/docx").content, reason)
    assert [row[0], row[1], row[3], row[4]] == ["Leder", texts.date(dt.date.today(), "nb"), reason, "ja"]  # noqa: DTZ011
    assert "100" in row[2]


def row_of(document: bytes, text: str) -> list[str]:
    """The row of a Word document's tables that holds a text."""
    tables = docx.Document(io.BytesIO(document)).tables
    cells = ([cell.text for cell in row.cells] for table in tables for row in table.rows)
    return next(row for row in cells if text in row)


def test_trying_weights_saves_nothing_and_says_that_points_are_shared_out(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    to = f"/case/{draft.id}/weigh"
    got = post(client, f"/case/{draft.id}/result", to, **points(conditions=40, labour_market=40))
    assert got.status_code == 200
    assert 'id="live-table"' in got.text
    assert "80,0 til sammen" in got.text
    assert drafts.get(draft.id).version == 1


def test_a_document_that_cannot_be_made_yet_says_what_is_missing(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create({"title": "T", "unit": {"name": "X"}})
    for page, status in (("documents", 200), ("document/pdf", 422)):
        got = client.get(f"/case/{draft.id}/{page}")
        assert got.status_code == status
        assert f"/case/{draft.id}/alternatives?next=check" in got.text
    assert client.get(f"/case/{draft.id}/document/yaml").status_code == 200
    assert client.get(f"/case/{draft.id}/document/exe").status_code == 404


def test_every_document_has_a_name_of_its_own(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    begins = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!", "xlsx": b"PK", "json": b"{", "yaml": b"title"}
    for kind, sign in begins.items():
        got = client.get(f"/case/{draft.id}/document/{kind}")
        assert got.content.startswith(sign)
        assert f'filename="nytt-tilsyn-paa-oeya-v1-nb.{kind}"' in got.headers["content-disposition"]


def test_versions_say_in_words_what_differs(web_places: Places, drafts: Drafts) -> None:
    a = drafts.create(CASE)
    b = drafts.save(a.id, {"weights": POINTS, "alternatives": CASE["alternatives"][:3]}, 1, "check")
    found = versions.side_by_side(a, b, web_places, Desktop(web_places), "nb")
    assert {each.field for each in found.changed} == {"weights", "alternatives"}
    alternatives = next(each for each in found.changed if each.field == "alternatives")
    assert ("Hamar", True) in alternatives.marked("a")
    assert ("Bergen", False) in alternatives.marked("b")
    hamar = next(each for each in found.standings if each.name == "Hamar")
    assert hamar.rank_a is not None
    assert (hamar.rank_b, hamar.value_b) == (None, None)
    assert found.a.recommendation
    assert found.common == 5  # title, date, trigger, the name of the unit and its jobs


def test_versions_page_and_twin_are_one(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    drafts.save(draft.id, {"trigger": "closure"}, 1, "unit")
    page = client.get(f"/case/{draft.id}/versions?a=1&b=2")
    twin = client.get(f"/case/{draft.id}/versions.json?a=1&b=2").json()
    (changed,) = twin["changed"]
    assert changed["before"] == ["En ny etat"]
    assert all(line in page.text for line in (*changed["before"], *changed["after"]))
    for wrong in ("a=9", "a=x", "b=-1", "a=1&b=99999999999"):
        assert client.get(f"/case/{draft.id}/versions?{wrong}").status_code in (404, 422)


def test_a_version_without_an_answer_says_why(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create({"title": "T"})
    drafts.save(draft.id, CASE, 1, "check")
    text = client.get(f"/case/{draft.id}/versions").text
    assert "ikke fullstendig" in text


def test_two_cases_side_by_side(client: TestClient[Any], drafts: Drafts) -> None:
    a, b = drafts.create(CASE), drafts.create({**CASE, "title": "Den andre"})
    assert "<select" in client.get("/case/compare").text
    assert "Den andre" in client.get(f"/case/compare?a={a.id}&b={b.id}@1").text
    assert client.get(f"/case/compare.json?a={a.id}@1&b={b.id}").json()["b"]["title"] == "Den andre"
    assert client.get(f"/case/compare?a={a.id}&b=nothing").status_code == 404


def test_going_back_keeps_weights_and_their_log(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    log = [{"role": "Leder", "date": "2023-06-01", "weights": POINTS, "reason": "R", "scores_seen": True}]
    drafts.save(draft.id, {"title": "Ny", "goal": "G", "weights": POINTS, "weight_log": log}, 1, "check")
    text = client.get(f"/case/{draft.id}/documents").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert token
    sent = {"csrf_token": token[1], "version": "1", "newest": "1"}
    stale = client.post(f"/case/{draft.id}/versions", data=sent, follow_redirects=False)
    assert stale.status_code == 409  # somebody saved version 2 after the page was opened
    assert drafts.get(draft.id).version == 2
    assert 'name="newest" value="2"' in text
    sent["newest"] = "2"
    assert client.post(f"/case/{draft.id}/versions", data=sent, follow_redirects=False).status_code == 303
    now = drafts.get(draft.id)
    assert (now.version, now.title, now.content["weight_log"]) == (3, CASE["title"], log)
    assert "goal" not in now.content


def test_an_entry_that_is_not_saved_is_not_shown_as_logged(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    page = f"/case/{draft.id}/considerations"
    first = points(conditions=100) | {"role": "Leder", "reason": "Den første grunnen"}
    second = points(labour_market=100) | {"role": "Direktør", "reason": "Den andre grunnen"}
    assert post(client, page, **first).status_code == 303
    clash = post(client, page, **second | {"version": "1"})
    assert clash.status_code == 409
    log = clash.text[clash.text.index('id="weight_log"') :]
    assert "Den første grunnen" in log
    assert "Den andre grunnen" not in log
    assert "Den andre grunnen</textarea>" in clash.text
    assert 'value="Direktør"' in clash.text
    mine = post(client, page, **second, version="1", over="2", clashes="1")
    assert mine.status_code == 303
    logged = [each["reason"] for each in drafts.get(draft.id).content["weight_log"]]
    assert logged == ["Den første grunnen", "Den andre grunnen"]


def test_what_is_written_of_weights_is_kept_when_something_is_wrong(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    page = f"/case/{draft.id}/considerations"
    wrong = points(conditions=40) | {"role": "Leder", "reason": "En grunn"}
    got = post(client, page, **wrong)
    assert got.status_code == 422
    assert 'value="Leder"' in got.text
    assert "En grunn</textarea>" in got.text
    assert 'id="weight_log"' not in got.text
    alone = post(client, page, kind="none", reason="En grunn")
    assert alone.status_code == 422
    assert 'href="#role"' in alone.text
    assert post(client, page, kind="none", role="Leder", reason="En grunn").status_code == 303
    (entry,) = drafts.get(draft.id).content["weight_log"]
    assert (entry["weights"], entry["scores_seen"]) == ("none", False)


@pytest.mark.parametrize(
    "value",
    [
        "ingen",
        {"conditions": 33.3333333333, "labour_market": 66.6666666667},
        {"conditions": 0.4, "labour_market": 0.6},
        {"conditions": [10, 40]},
        {"conditions": 40, "labour_market": [0, 100]},
        {"order": [["labour_market"], "conditions"]},
    ],
)
def test_a_page_of_weights_saved_unchanged_changes_nothing(
    client: TestClient[Any], drafts: Drafts, value: Any
) -> None:
    draft = drafts.create({**CASE, "weights": value})
    client.get(f"/case/{draft.id}/result")
    page = client.get(f"/case/{draft.id}/considerations").text
    form = page[page.index('id="form"') :]
    sent = dict(re.findall(r'<input class="ds-input" type="text"[^>]*name="([^"]+)" value="([^"]*)"', form))
    boxes = (
        r'type="(?:radio|checkbox)" (?:id="[^"]*" )?name="([^"]+)"(?: id="[^"]*")? value="([^"]+)" checked'
    )
    sent |= dict(re.findall(boxes, form))
    assert sent["kind"] == {"ingen": "none"}.get(str(value), sent["kind"])
    assert post(client, f"/case/{draft.id}/considerations", **sent).status_code == 303
    assert drafts.get(draft.id).content == {**CASE, "weights": value}


def test_the_ranking_is_on_a_map_with_its_words_and_a_way_past(
    web_places: Places, client: TestClient[Any], drafts: Drafts
) -> None:
    content = {
        **CASE,
        "moved_from": ["Oslo"],
        "alternatives": [*CASE["alternatives"], {"kind": "zero"}, {"name": "Delt", "parts": PARTS}],
    }
    draft = drafts.create(content)
    whole = assess(case_from_text(json.dumps(content), web_places), web_places)
    text = client.get(f"/case/{draft.id}/result").text
    map_ = text[text.index('class="ranking-map"') : text.index('id="after-map"')]
    assert 'href="#after-map"' in map_
    for each in whole.alternatives:
        for code in each.places:
            label = f"{each.rank or ''} {web_places.municipalities[code].name}".strip()
            assert label in map_
        if each.rank:
            assert f"{each.rank}. plass: {each.name}" in map_
    assert "Oslo (flyttes fra)" in map_
    assert "Delt (" in map_


PARTS = [{"place": "Gjøvik", "share": 0.5}, {"place": "Molde", "share": 0.5}]


def test_a_case_without_places_has_no_map(web_places: Places) -> None:
    whole = assess(case_from_text(json.dumps(CASE), web_places), web_places)
    assert ranking_map(web_places, whole) is not None
    nowhere = tuple(structs.replace(each, places=()) for each in whole.alternatives)
    assert ranking_map(web_places, replace(whole, alternatives=nowhere)) is None


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_history_names_every_step(client: TestClient[Any], drafts: Drafts, lang: str) -> None:
    draft = drafts.create(CASE)
    ids = [step.id for step in (*STEPS, *MORE)]
    for at, step in enumerate([*ids, "back:1"], start=1):
        drafts.save(draft.id, {"goal": str(at)}, at, step)
    text = client.get(f"/case/{draft.id}/documents?lang={lang}").text
    told = re.findall(r"<tr><th[^>]*>\d+</th><td>[^<]*</td><td>([^<]*)</td>", text)
    assert len(told) == len(ids) + 2
    assert not [each for each in told if each.partition(" ")[0] in ids]


@pytest.mark.parametrize(("lang", "word"), [("nb", "ukjent"), ("nn", "ukjend"), ("en", "unknown")])
def test_that_a_day_is_not_known_is_said_in_the_language(
    client: TestClient[Any], drafts: Drafts, lang: str, word: str
) -> None:
    draft = drafts.create({**CASE, "notified": {"ministry": "unknown"}})
    page = f"/case/{draft.id}/decision"
    assert (
        f'name="notified.ministry" id="notified-ministry" value="{word}"'
        in client.get(f"{page}?lang={lang}").text
    )
    assert f"<dd>{word}</dd>" in client.get(f"/case/{draft.id}/check?lang={lang}").text
    drafts.save(draft.id, {"notified": None}, 1, "decision")
    assert f": {word}<" in client.get(f"/case/{draft.id}/versions?lang={lang}").text
    sent = {"notified.ministry": word, "notified.government": "?"}
    assert post(client, page, **sent).status_code == 303
    assert drafts.get(draft.id).content["notified"] == {"ministry": "unknown", "government": "unknown"}


def test_a_case_is_begun_with_places_among_the_alternatives(
    client: TestClient[Any], drafts: Drafts, web_places: Places
) -> None:
    assert 'href="/case?place=3405"' in client.get("/place/3405").text
    text = client.get("/case?place=3405&place=0501&place=Lillehammer").text  # a number of old times too
    assert text.count('<input type="hidden" name="place"') == 1
    assert "Lillehammer" in text
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert token
    sent = {"csrf_token": token[1], "place": ["Lillehammer", "4626"]}
    made = client.post("/case", data=sent, follow_redirects=False)
    draft = drafts.get(made.headers["location"].split("/")[2])
    codes = [web_places.resolve(each).municipality.code for each in draft.content["alternatives"]]
    assert codes == ["3405", "4626"]
    assert "Lillehammer" in client.get(f"/case/{draft.id}/alternatives").text


def test_a_place_of_two_names_is_written_so_that_it_is_found_again(
    client: TestClient[Any], drafts: Drafts
) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/case?place=1515").text)
    assert token
    made = client.post("/case", data={"csrf_token": token[1], "place": "1515"}, follow_redirects=False)
    draft = drafts.get(made.headers["location"].split("/")[2])
    text = client.get(f"/case/{draft.id}/alternatives").text
    row = text[text.index('id="alternatives-0"') :].partition("</tr>")[0]
    assert "Herøy" in row
    assert "ds-validation-message" not in text


def test_a_place_that_is_not_there_begins_nothing(client: TestClient[Any], drafts: Drafts) -> None:
    got = client.get("/case?place=<script>&place=Hamar")
    assert got.status_code == 422
    assert "<script>&" not in got.text
    assert "Hamar" in got.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', got.text)
    assert token
    refused = client.post("/case", data={"csrf_token": token[1], "place": "Ingensteds"})
    assert refused.status_code == 422
    assert not drafts.list()


def test_the_list_of_cases_leads_to_a_comparison(client: TestClient[Any], drafts: Drafts) -> None:
    assert 'action="/case/compare"' not in client.get("/case").text
    a, b = drafts.create(CASE), drafts.create({**CASE, "title": "Den andre"})
    drafts.save(b.id, {"title": "Den andre, ny"}, 1, "unit")
    text = client.get("/case").text
    form = text[text.index('action="/case/compare"') :]
    assert all(f'<option value="{each.id}"' in form for each in (a, b))
    got = client.get(f"/case/compare?a={a.id}&b={b.id}").text
    for option in (f"{a.id}@1", f"{b.id}@1", f"{b.id}@2"):
        assert f'<option value="{option}"' in got


def test_the_same_case_twice_is_two_of_its_versions(client: TestClient[Any], drafts: Drafts) -> None:
    draft = drafts.create(CASE)
    alone = client.get(f"/case/compare?a={draft.id}&b={draft.id}")
    assert "bare én versjon" in alone.text
    drafts.save(draft.id, {"goal": "G"}, 1, "background")
    drafts.save(draft.id, {"goal": "H"}, 2, "background")
    got = client.get(f"/case/compare?a={draft.id}@1&b={draft.id}@3", follow_redirects=False)
    assert got.headers["location"] == f"/case/{draft.id}/versions?a=1&b=3"


def test_versions_say_which_weights_points_and_figures_differ(
    web_places: Places, client: TestClient[Any], drafts: Drafts
) -> None:
    a = drafts.create({**CASE, "weights": POINTS})
    other = {"name": "Tilsynet", "jobs": [{"occupation": "2611", "count": 10}]}
    b = drafts.save(a.id, {"weights": {"conditions": 100}, "unit": other}, 1, "considerations")
    found = versions.side_by_side(a, b, web_places, Desktop(web_places), "nb")
    weighed = {each.title: (each.a, each.b) for each in found.weights if each.differs}
    assert weighed["Vilkår for lokalisering"] == (40, 100)
    assert all(each.a != each.b for each in found.figures)
    assert {"Kontorareal", "Husleie per år"} <= {each.title for each in found.figures}
    whole = [assess(case_from_text(each.text, web_places), web_places) for each in (a, b)]
    for pair in found.figures:
        if pair.title == "Kontorareal":
            areas = [
                item.measurements["office_area"].figure.value
                for each in whole
                for item in each.alternatives
                if item.name == pair.alternative
            ]
            assert areas[0] != areas[1]
            assert [
                texts.number(area or 0) in said for area, said in zip(areas, (pair.a, pair.b), strict=True)
            ]
    text = client.get(f"/case/{a.id}/versions?a=1&b=2").text
    assert text.index('id="standings"') < text.index('id="weights-table"') < text.index('id="figures-table"')
    assert found.figures[0].b in text
    same = versions.side_by_side(a, a, web_places, Desktop(web_places), "nb")
    assert (same.changed, same.figures) == ((), ())
    assert not any(each.differs for each in same.weights)


def test_conflicts_and_how_they_are_handled_lead_to_each_other(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    there = f"/case/{draft.id}/conflicts"
    back = f"/case/{draft.id}/result#conflicts"
    assert f'href="{there}"' in client.get(f"/case/{draft.id}/result").text
    text = client.get(there).text
    assert f'href="{back}"' in text
    assert 'id="conflicts"' in client.get(back).text
    assert "#conflicts" not in client.get(f"/case/{draft.id}/background").text


def test_the_result_leads_to_the_documents_once_and_to_each_file(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    text = client.get(f"/case/{draft.id}/result").text
    assert text.count(f'href="/case/{draft.id}/documents"') == 1
    top = text[: text.index('id="try"')]
    assert f'href="/case/{draft.id}/document/docx"' in top
    assert f'href="/case/{draft.id}/document/pdf"' in top


def test_a_case_saved_before_the_method_was_kept_says_what_has_changed(
    client: TestClient[Any], drafts: Drafts
) -> None:
    older = drafts.create({**CASE, "weights": POINTS})  # as a program did that kept no method version
    page = client.get(f"/case/{older.id}/result").text
    assert "Det er ikke kjent hvilken versjon av metoden" in page
    assert "Rekruttering måles mot det stillingene trenger" in page
    here, _, everything = page.partition("Alt som er annerledes")
    assert "Flere kontorer måles" not in here
    assert "Flere kontorer måles" in everything
    post(client, f"/case/{older.id}/conflicts", conflicts_handled="Drøftet med de ansatte")
    saved = drafts.get(older.id)
    assert (saved.version, saved.method) == (2, METHOD_VERSION)
    assert "Metoden er endret" not in client.get(f"/case/{older.id}/result").text
