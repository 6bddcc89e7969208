"""Every page there is, as the application answers it: with a full case, an empty one and pages of errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litestar.testing import TestClient
from lxml import html

from journeys.addresses import CASE_FILE, EXAMPLES, FAULTY

Client = TestClient[Any]
FIELD = "csrf_token"


def token(client: Client, address: str = "/case") -> str:
    """A token for forms of this client."""
    found = html.fromstring(client.get(address).content).xpath(f'//input[@name="{FIELD}"]/@value')
    return str(found[0])


def uploaded(client: Client) -> str:
    """The id of a case that is the example."""
    file = {"file": ("case.yaml", CASE_FILE.read_bytes(), "application/yaml")}
    sent = client.post("/case/upload", data={FIELD: token(client)}, files=file, follow_redirects=False)
    return str(sent.headers["location"]).split("/")[2]


def begun(client: Client) -> str:
    """The id of a case that nothing is written in."""
    made = client.post("/case", data={FIELD: token(client)}, follow_redirects=False)
    assert made.status_code == 303, made.text[:300]
    return str(made.headers["location"]).split("/")[2]


def filled(client: Client, address: str) -> dict[str, Any]:
    """What the form of a step would send as it stands."""
    page = html.fromstring(client.get(address).content)
    form = page.get_element_by_id("form")
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def pages(client: Client) -> Iterator[tuple[str, Any]]:
    """(address, the page) of everything that is shown."""
    ids = {"full": uploaded(client), "empty": begun(client)}
    addresses = [each for found in EXAMPLES.values() for each in found] + list(FAULTY)
    for address in addresses:
        for kind, case_id in ids.items() if "{case}" in address else [("", "")]:
            answer = client.get(address.replace("{case}", case_id), headers={"accept": "text/html"})
            yield f"{address} ({kind})", html.fromstring(answer.content)
    yield from _refused(client, ids["full"])


def _refused(client: Client, case_id: str) -> Iterator[tuple[str, Any]]:
    """Steps that come back with faults, and one that two windows have changed."""
    address = f"/case/{case_id}/unit"
    sent = filled(client, address)
    wrong = client.post(address, data={**sent, "title": "", "date": "i går", "trigger": "x"})
    assert wrong.status_code == 422
    yield "a step with faults", html.fromstring(wrong.content)
    client.post(address, data={**sent, "title": "En"})
    clash = client.post(address, data={**sent, "title": "To"})
    assert clash.status_code == 409
    yield "a step that two have changed", html.fromstring(clash.content)
    deleted = client.post(f"/case/{case_id}/delete", data={FIELD: token(client)})
    yield "a deleted case", html.fromstring(deleted.content)
