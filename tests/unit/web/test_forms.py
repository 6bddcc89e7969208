"""Forms do what one expects of a form: Enter goes on, an id stands once, what is ticked is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt.places import Places
from tyngdepunkt.web import security
from tyngdepunkt.web.app import create_app
from unit.web.every_page import begun, filled, pages, uploaded

Client = TestClient[Any]
ELSE = {"/weigh": "Vis rekkefølgen"}
"""What Enter does where the main button does more than one should do by chance: it saves, and is logged."""


@pytest.fixture(scope="module")
def client(web_places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("forms")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with TestClient(create_app(web_places, b"x" * 32)) as client:
            client.headers["accept-language"] = "nb"
            yield client


@pytest.fixture(scope="module")
def shown(client: Client) -> list[tuple[str, Any]]:
    return list(pages(client))


def owned(page: Any, form: Any) -> list[Any]:
    """The buttons that send a form, in the order they stand in the page, wherever that is."""
    found = []
    for each in page.iter("button", "input"):
        if each.get("type", "submit" if each.tag == "button" else "text") not in ("submit", "image"):
            continue
        by_name = each.get("form")
        own = page.get_element_by_id(by_name) if by_name else next(each.iterancestors("form"), None)
        if own is form:
            found.append(each)
    return found


def words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def test_enter_goes_on_in_every_form_of_every_page(shown: list[tuple[str, Any]]) -> None:
    """HTML: Enter in a field presses the first button of its form in the order of the page."""
    forms = 0
    for address, page in shown:
        for form in page.iter("form"):
            forms += 1
            buttons = owned(page, form)
            assert buttons, f"{address}: a form without a button"
            assert "hidden" not in buttons[0].attrib
            main = [each for each in buttons if each.get("data-variant") == "primary"] or buttons
            wanted = next(
                (told for part, told in ELSE.items() if part in form.get("action")), words(main[-1])
            )
            assert words(buttons[0]) == wanted, f"{address}: Enter presses “{words(buttons[0])}”"
            assert buttons[0].get("name") in (None, "enter", "over"), address
    assert forms > 60


def test_every_id_stands_once_and_every_reference_leads_somewhere(shown: list[tuple[str, Any]]) -> None:
    wrong = []
    for address, page in shown:
        count = Counter(page.xpath("//@id"))
        wrong += [f"{address}: {name} stands {times} times" for name, times in count.items() if times > 1]
        for name in ("for", "aria-labelledby", "aria-describedby", "list", "form"):
            meant = {part for told in page.xpath(f"//@{name}") for part in str(told).split()}
            wrong += [f"{address}: {name} means {part}" for part in meant - set(count)]
    assert wrong == []


def sent(client: Client, address: str, **told: Any) -> Any:
    return client.post(address, data={**filled(client, address), **told}, follow_redirects=False)


def test_enter_saves_and_goes_to_the_next_step(client: Client) -> None:
    base = f"/case/{uploaded(client)}"
    gone = sent(client, f"{base}/unit", title="Ny tittel", enter="yes")
    assert gone.headers["location"] == f"{base}/jobs"
    assert "Ny tittel" in client.get(f"{base}/check").text


def test_enter_in_the_search_for_occupations_searches(client: Client) -> None:
    base = f"/case/{begun(client)}"
    found = sent(client, f"{base}/jobs", q="jurist", enter="yes")
    assert found.headers["location"] == f"{base}/jobs?q=jurist"
    on = client.post(
        f"{base}/jobs",
        data={**filled(client, f"{base}/jobs?q=jurist"), "enter": "yes"},
        follow_redirects=False,
    )
    assert on.headers["location"] == f"{base}/rules", "a search that is answered holds nobody back"


def test_a_ticked_occupation_is_asked_how_many(client: Client) -> None:
    base = f"/case/{begun(client)}"
    asked = sent(client, f"{base}/jobs", add="2611")
    page = html.fromstring(client.get(asked.headers["location"]).content)
    field = page.get_element_by_id("unit-jobs-0-count")
    assert asked.headers["location"].startswith(f"{base}/jobs?")
    assert "autofocus" in field.attrib
    assert "Hvor mange?" in words(page.get_element_by_id(field.get("aria-describedby")))
    again = sent(client, asked.headers["location"], count="12")
    assert again.headers["location"] == f"{base}/rules"


def test_enter_in_the_field_that_adds_a_place_adds_it(client: Client) -> None:
    base = f"/case/{begun(client)}"
    added = sent(client, f"{base}/alternatives", q="Hamar", enter="yes")
    assert added.headers["location"] == f"{base}/alternatives"
    assert "Hamar" in words(
        html.fromstring(client.get(added.headers["location"]).content).get_element_by_id("listed")
    )


def the_form(client: Client, action: str) -> dict[str, str]:
    """What a form on the list of cases would send."""
    page = html.fromstring(client.get("/case").content)
    form = next(each for each in page.iter("form") if each.get("action") == action)
    return {str(name): str(value) for name, value in form.form_values()}


def cases(client: Client) -> int:
    return len(html.fromstring(client.get("/case").content).xpath('//table[@id="cases"]/tbody/tr'))


@pytest.mark.parametrize("action", ["/case", "copy", "/case/upload"])
def test_a_form_sent_twice_makes_one_case(client: Client, action: str) -> None:
    action = f"/case/{begun(client)}/copy" if action == "copy" else action
    file = b"title: To ganger\n"
    sends = the_form(client, action)
    before = cases(client)

    def send(told: dict[str, str] = sends) -> str:
        files = {"file": ("case.yaml", file, "application/yaml")} if action.endswith("upload") else None
        made = client.post(action, data=told, files=files, follow_redirects=False)
        assert made.status_code == 303, made.text[:300]
        return str(made.headers["location"])

    with ThreadPoolExecutor(8) as many:
        led = set(many.map(lambda _: send(), range(16)))
    assert len(led) == 1
    assert cases(client) == before + 1
    assert send(the_form(client, action)) not in led, "the form shown once more makes one more"
    forged = send({**sends, security.KEY: led.pop().split("/")[2]})
    assert sends[security.KEY] not in forged, "an id is not the key, nor chosen by who sends it"


def test_a_case_that_was_begun_and_worked_on_is_not_begun_again(client: Client) -> None:
    sends = the_form(client, "/case")
    first = client.post("/case", data=sends, follow_redirects=False).headers["location"]
    sent(client, first, title="Et arbeid", again="yes")
    again = client.post("/case", data=sends, follow_redirects=False).headers["location"]
    assert again != first, "whoever goes back in the browser and begins again wants a new one"


def test_two_cases_with_the_same_title_are_told_apart_wherever_they_stand(client: Client) -> None:
    for _ in range(3):
        sent(client, f"/case/{begun(client)}/unit", title="Samme tittel", again="yes")
    page = html.fromstring(client.get("/case").content)
    rows = [words(each) for each in page.xpath('//table[@id="cases"]/tbody/tr/th') if "Samme" in words(each)]
    choices = [words(each) for each in page.xpath('//select[@id="a"]/option') if "Samme" in words(each)]
    buttons = [words(each) for each in page.xpath('//table[@id="cases"]//button') if "Samme" in words(each)]
    assert len(rows) == len(choices) == 3
    assert len(set(rows)) == len(set(choices)) == 3
    assert len(set(buttons)) == len(buttons) == 6
    assert all("begynt" in each for each in rows)


def test_titles_that_begin_alike_are_told_apart_before_they_are_cut_off(client: Client) -> None:
    head = "Lokalisering av Eksempeldirektoratet etter omorganiseringen"
    titles = [f"{head} til Vest", f"{head} til Øst", f"{head}, andre forsøk med omorganiseringen til Øst"]
    for title in titles:
        sent(client, f"/case/{begun(client)}/unit", title=title, again="yes")
    page = html.fromstring(client.get("/case").content)
    choices = [words(each) for each in page.xpath('//select[@id="a"]/option') if "Lokalis" in words(each)]
    (west,) = [each for each in choices if "Vest" in each]
    assert west.startswith("Lokalisering av … ringen til Vest (versjon ")
    east = [each for each in choices if "Øst" in each]
    assert len(east) == 2
    assert all(" (begynt " in each[:45] for each in east)  # cut, those two are alike
    assert len(set(east)) == 2
    assert all(title in words(page.get_element_by_id("cases")) for title in titles), (
        "whole where there is room"
    )
