"""The draft of a tender in a form: asked in words, judged as the file would be, changed and judged again."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
import yaml
from litestar.testing import TestClient

from tyngdepunkt.errors import UserError
from tyngdepunkt.web.pages.tender import PATH
from tyngdepunkt.web.read import tender as read

Client = TestClient[Any]
GIVEN = {
    "kind": "services", "above": "yes", "buyer_type": "la", "procedure": "open", "dispatch": "15.1.2027",
    "deadline": "1. mars 2027", "lots": "2", "value": "900 000", "months": "24", "source": "notice",
    "turnover": "2 000 000", "norwegian": "yes", "price": "60",
}  # fmt: skip


def send(client: Client, lang: str = "nb", **told: str) -> Any:
    page = client.get(PATH, params={"lang": lang}).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    return client.post(PATH, params={"lang": lang}, data={"csrf_token": token, **told})


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_each_question_is_asked_with_its_title_and_help(client: Client, lang: str) -> None:
    page = client.get(PATH, params={"lang": lang}).text
    for each in read.ALL:
        assert f'id="field-{each.name}"' in page
        assert read.title_of(each.name, lang) in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nb", "som er to ganger"), ("nn", "som er to gonger"), ("en", "twice the contract")],
)
def test_a_demand_that_is_too_high_is_told_with_what_would_mend_it(
    client: Client, lang: str, words: str
) -> None:
    page = send(client, lang, **GIVEN)
    assert page.status_code == 200
    assert words in page.text
    assert "art. 58" in page.text or "Article 58" in page.text
    assert 'value="2 000 000"' in page.text  # what was written is still there


def test_a_changed_draft_is_judged_beside_the_one_before(client: Client) -> None:
    first = send(client, **GIVEN).text
    before = re.search(r'name="before" value="([^"]+)"', first)[1]  # type: ignore[index]
    assert "Mot utkastet før" not in first
    second = send(client, **{**GIVEN, "turnover": "500000"}, before=before).text
    assert "Hva utkastet vant og tapte" in second
    assert "vunnet" in second
    assert "Ingen svar er endret" in send(client, **{**GIVEN, "months": "25"}, before=before).text
    assert send(client, **GIVEN, before="€€").status_code == 200


def test_the_note_on_the_draft_can_be_had_as_a_file(client: Client) -> None:
    page = send(client, **GIVEN).text
    kept = dict(re.findall(r'name="(kept_\w+)" value="([^"]*)"', page))
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    file = client.post("/analysis/procurement", data={"csrf_token": token, "format": "docx", **kept})
    assert file.content[:2] == b"PK"
    draft = yaml.safe_load(base64.b64decode(kept["kept_notice"]))["procurement"]
    assert [lot["id"] for lot in draft["lots"]] == ["LOT-0001", "LOT-0002"]


def test_every_fault_is_told_at_its_field(client: Client) -> None:
    page = send(client, **{**GIVEN, "value": "mye", "dispatch": "i går", "price": "120"})
    assert page.status_code == 422
    for name in ("value", "dispatch", "price"):
        assert f'href="#field-{name}"' in page.text
    assert 'value="mye"' in page.text


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nb", "Minste årsomsetning er 2\u00a0000\u00a0000 NOK."),
        ("nn", "Minste årsomsetnad er 2\u00a0000\u00a0000 NOK."),
        ("en", "The least turnover a year is 2,000,000 NOK."),
    ],
)
def test_the_demand_is_written_in_the_language_of_the_page(client: Client, lang: str, sentence: str) -> None:
    given = {**GIVEN, "value": "900000", "turnover": "2000000"}
    [demand] = read.draft_of(given, lang)["procurement"]["lots"][0]["demands"]
    assert demand["text"] == sentence
    page = send(client, lang, **given).text  # and read again: twice the yearly value is 900,000
    assert ("900,000" if lang == "en" else "900\u00a0000") in page


def test_what_is_left_empty_is_not_in_the_draft() -> None:
    draft = read.draft_of({}, "nb")["procurement"]
    assert "dispatch" not in draft
    [lot] = draft["lots"]
    assert not {"value", "demands", "months", "award_criteria", "places"} & set(lot)
    with pytest.raises(UserError):
        read.draft_of({"lots": "51"}, "nb")


def test_a_form_of_anything_is_a_draft_or_a_fault() -> None:
    for text in ("", "1", "0,5", "9" * 400, "\u0661", "': [", "- a", "ja\n  b: c"):
        given = {each.name: text for each in read.ALL}
        try:
            content = read.written(read.draft_of(given, "en"))
        except UserError:
            continue
        assert read.work(content, b"", "en").sections


@pytest.mark.parametrize(("lang", "word"), [("nb", "Utkast"), ("nn", "Utkast"), ("en", "Draft")])
def test_the_answer_says_which_tender_it_is_about(client: Client, lang: str, word: str) -> None:
    page = send(client, lang, **GIVEN, name="Brøyting <nord>").text
    assert {"nb": "Til sammen:", "nn": "Til saman:", "en": "Together:"}[lang] in page
    assert f"{word}: Brøyting &lt;nord&gt;" in page
    assert f"{word}:" not in send(client, lang, **GIVEN).text


@pytest.mark.parametrize(
    ("lang", "whole"),
    [("nb", "hele anskaffelsen"), ("nn", "heile anskaffinga"), ("en", "the whole procurement")],
)
def test_an_answer_that_is_no_lots_holds_for_the_whole_procurement(
    client: Client, lang: str, whole: str
) -> None:
    page = send(client, lang, **GIVEN).text
    rows = re.findall(r"<tr>\s*<th scope=\"row\">\s*(\d+)\..*?</th>\s*<td>(.*?)</td>", page, re.S)
    assert {int(rule) for rule, lot in rows if lot.strip() == whole} == {1, 2, 3}
    assert not any("ds-sr-only" in lot for _, lot in rows)
