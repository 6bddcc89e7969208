"""A result that is shared: read by those who have the address, changed by nobody, gone once withdrawn."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tyngdepunkt.workspace.drafts import Drafts

CASE: dict[str, Any] = {
    "title": "Nytt tilsyn på Øya",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": {"name": "Tilsynet", "jobs": [{"occupation": "2422", "count": 30}]},
    "alternatives": ["Bærum", "Bergen", "Hamar"],
}


@pytest.fixture
def client(web_app: Litestar, drafts: Drafts) -> Iterator[TestClient[Any]]:
    with TestClient(web_app, raise_server_exceptions=False) as found:
        found.headers["accept-language"] = "nb"
        yield found


def sent(client: TestClient[Any], draft_id: str, what: str, **told: str) -> Any:
    text = client.get("/case").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert token
    data = {"csrf_token": token[1], **told}
    return client.post(f"/case/{draft_id}/{what}", data=data, follow_redirects=False)


def shared(client: TestClient[Any], draft_id: str, version: int = 1) -> str:
    answer = sent(client, draft_id, "share", version=str(version))
    assert answer.status_code == 200
    found = re.search(r'id="shared-address">([^<]+)<', answer.text)
    assert found
    return urlsplit(found[1]).path


def readers(web_app: Litestar) -> list[TestClient[Any]]:
    """Two who have only the address."""
    return [TestClient(web_app, raise_server_exceptions=False) for _ in range(2)]


def test_two_readers_see_one_version_and_leave_no_trace(
    web_app: Litestar, client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    address = shared(client, draft.id)
    drafts.save(draft.id, {"title": "Noe helt annet", "alternatives": ["Molde", "Bergen"]}, 1, "unit")
    for reader in readers(web_app):
        answer = reader.get(address, headers={"accept-language": "nb"})
        assert answer.status_code == 200
        assert CASE["title"] in answer.text
        assert "Noe helt annet" not in answer.text
        assert "Hamar" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.text
    assert drafts.get(draft.id).seen is None
    assert drafts.get(draft.id).version == 2


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_what_is_shared_leads_to_no_place_where_the_case_is_changed(
    client: TestClient[Any], drafts: Drafts, lang: str
) -> None:
    draft = drafts.create(CASE)
    text = client.get(f"{shared(client, draft.id)}?lang={lang}").text
    assert draft.id not in text
    assert "<form" not in text
    assert 'id="recommendation"' in text
    assert 'id="ranking"' in text


def test_what_is_withdrawn_is_gone_for_every_reader_and_says_so(
    web_app: Litestar, client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create(CASE)
    address, other = shared(client, draft.id), shared(client, draft.id)
    text = client.get(f"/case/{draft.id}/result").text
    assert address.rpartition("/")[2] not in text
    ids = re.findall(r'name="share" value="([0-9a-f]{64})"', text)
    assert len(ids) == 2
    assert not any(each.get(f"/shared/{ids[0]}").status_code == 200 for each in readers(web_app))
    assert sent(client, draft.id, "withdraw", share=ids[0]).status_code == 303
    for reader in readers(web_app):
        answers = [reader.get(each, headers={"accept-language": "nb"}) for each in (address, other)]
        assert sorted(each.status_code for each in answers) == [200, 404]
        (gone,) = (each for each in answers if each.status_code == 404)
        assert "trukket tilbake" in gone.text
        assert CASE["title"] not in gone.text
        assert gone.headers["cache-control"] == "no-store"
        assert gone.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("token", ["x", "A" * 22, "%00", "a" * 5000, "æøå"])
def test_an_address_that_nobody_made_is_not_found(client: TestClient[Any], token: str) -> None:
    assert client.get(f"/shared/{token}").status_code == 404


def test_nothing_but_reading_the_one_page_can_be_done_with_an_address(
    web_app: Litestar, client: TestClient[Any], drafts: Drafts
) -> None:
    """No other version, no file, no method that writes; and the case of another withdraws nothing."""
    draft, other = drafts.create(CASE), drafts.create(CASE)
    address = shared(client, draft.id)
    drafts.save(draft.id, {"title": "Noe helt annet"}, 1, "unit")
    (reader, _) = readers(web_app)
    head = reader.head(address)
    assert (head.status_code, head.content, head.headers["cache-control"]) == (200, b"", "no-store")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert reader.request(method, address).status_code == 405
    for more in (".json", ".csv", "/docx", "/result", "%00", "=", "%2f..%2f..%2fcase"):
        answer = reader.get(address + more)
        assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store"), more
    asked = reader.get(f"{address}?version=2&lang=en").text
    assert "Noe helt annet" not in asked
    links = re.findall(r'(?:href|src|action)="([^"]*)"', asked)
    assert not any("/case/" in link or "/api/v1/cases" in link for link in links)
    assert drafts.get(draft.id).seen is None
    (share_id,) = re.findall(
        r'name="share" value="([0-9a-f]{64})"', client.get(f"/case/{draft.id}/result").text
    )
    sent(client, other.id, "withdraw", share=share_id)
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("what", ["share", "withdraw"])
@pytest.mark.parametrize("token", [None, "1.0123456789abcdef.00", "x"])
def test_only_a_form_of_ours_shares_or_withdraws(
    client: TestClient[Any], drafts: Drafts, what: str, token: str | None
) -> None:
    draft = drafts.create(CASE)
    data = {"version": "1", "share": "0" * 64, **({"csrf_token": token} if token else {})}
    assert client.post(f"/case/{draft.id}/{what}", data=data).status_code == 403
    assert 'name="share"' not in client.get(f"/case/{draft.id}/result").text


@pytest.mark.parametrize("version", ["0", "7", "x", ""])
def test_a_version_that_is_not_there_cannot_be_shared(
    client: TestClient[Any], drafts: Drafts, version: str
) -> None:
    assert sent(client, drafts.create(CASE).id, "share", version=version).status_code == 422


def test_a_case_that_is_not_complete_is_led_back_to_the_check(
    client: TestClient[Any], drafts: Drafts
) -> None:
    draft = drafts.create({"title": "Tom"})
    answer = sent(client, draft.id, "share", version="1")
    assert answer.headers["location"].startswith(f"/case/{draft.id}/check")
