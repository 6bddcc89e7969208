"""Every message of a page is read: no identifier, no list in brackets, no ISO date, no path."""
# ruff: noqa: E501  # tables that are read across

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.fields import FIELDS
from tyngdepunkt.errors import Fault
from tyngdepunkt.places import Places
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web import i18n
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.read import said
from unit.web.every_page import begun, filled, uploaded

Client = TestClient[Any]
OFTEN = (
    *said.ROOMS, "places", "web", "web.read", "workspace", "workspace.drafts", "documents",
)  # fmt: skip
"""Rooms whose faults a page can meet."""
NEVER = {
    "analyses.location.input": "asking_ended file_exists cannot_write ask_more ask_twice ask_no_occupation "
    "ask_which_occupation ask_office ask_weights "  # `case new` in a terminal
    "not_positive",  # of what is assumed, which only a file can set
    "analyses.location": "weights_changed inside_changed",  # documents of the command line
    "analyses.advertised": "missing_column not_a_label labelled_twice",  # `data workplaces` in a terminal
    "analyses.state_jobs": "booked_already imported_already changed_meanwhile no_import undone_already "
    "undoes_an_undo file_or_decisions",  # `ledger` in a terminal
    "inputs": "not_found folder not_a_file unreadable "  # files of the machine itself
    "day_of_program",  # what a program sends as JSON, told to the program
    "web": "port_in_use port_refused host_refused body_kind no_such_file not_acceptable language no_rule_set "
    "query",
    "workspace.drafts": "not_a_case other_schema field_wrong here_already",  # `case import` in a terminal
    "places": "unknown_structure codes_not_in_structure no_common_structure "  # series of files
    "road_not_open ferry_beside_road too_fast "  # while a snapshot is built
    "accepted_nothing no_reason drift_places drift_all known_total places_missing refreshing_already "
    "snapshot_in_use embedded_stays not_an_export not_its_id cannot_compare no_such_answer "
    "drift_rows",  # `data` in a terminal
}
"""Faults of the terminal and of the API, which programs read."""
ONE = re.compile(
    r"(?P<identifier>\b[a-z0-9]+_[a-z0-9_]+\b|«[a-z]+:|TYNGDEPUNKT_|\btyngdepunkt [a-z]|--[a-z]+)"
    r"|(?P<brackets>\[[^\]]*\]|\{[^}]*\}|['\"][^'\"]*['\"], ['\"])"
    r"|(?P<date>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<path>(?:^|[\s«“(])(?:/|\.\.?/|[a-z]:\\)[\w.-]+|[\w-]+/[\w-]+\.\w+|\bexamples/)"
    r"|(?P<word>\b(?:true|false|NaN|unknown_\w+)\b|«(?:unknown|auto|none|null)»)"
)
VALUES: dict[str, Any] = {
    "given": "[10, 15]", "field": "unit.total_jobs", "known": ["new_agency", "moved_out"], "kind": "place_independent",
    "path": "saken min.yaml", "file": "regnskap.csv", "indicator": "airport_minutes", "ids": ["min_side"],
    "key": "tittel", "others": ["arbeid", "reise"], "missing": ["moved_out", "agency"], "name": "Røros",
    "place": "Røros", "places": ["Våler (Innlandet)", "Våler (Østfold)"], "meant": "Røros", "parts": ["Ålesund", "Haram"],
    "old": "1507", "value": "x", "host": "et.annet.navn", "reference": "1a2b3c4d", "versions": ["2022-08-12"],
    "folder": "/srv/data", "address": "sqlite:////srv/data/tyngdepunkt.sqlite", "table": "place_name", "id": "x_1",
    "styles": ["Heading_1"], "code": "U+0001", "shown": "a b c", "tag": "!!python", "structure": "2020",
}  # fmt: skip
"""What the sentences can be given: ids and paths where the program has them, so that a leak is seen."""


def faults_of(room: str) -> Iterator[str]:
    """The keys of a room's faults."""
    for key, told in texts.texts_of(room).items():
        if isinstance(told, Mapping) and {"what", "why", "do"} <= set(told):
            yield key


REACH = [
    f"{room}:{key}"
    for room in dict.fromkeys(OFTEN)
    for key in faults_of(room)
    if key not in NEVER.get(room, "").split()
]


def values_for(*sentences: str) -> dict[str, Any]:
    """A realistic value for everything that the sentences mention."""
    found: dict[str, Any] = {}
    for sentence in sentences:
        for _, name, spec, _ in string.Formatter().parse(sentence):
            if name:
                head = re.split(r"[.\[]", name)[0]
                found[head] = _value(head, spec or "")
    return found


def _as_written(key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a person wrote and is told again: a number in doubt, a field or a rule that there is none of."""
    if not key.startswith("analyses.location"):
        own: dict[str, Any] = {"given": "1.200"}
    else:
        own = {"given": "R99"} if key.endswith(("unknown_field", "unknown_rule")) else {}
        own |= {"given": "2031"} if key.endswith("no_price_year") else {}
    own |= {"known": ["03", "11"]} if key == "web.read:county" else {}
    return {name: value for name, value in own.items() if name in values}


def _value(name: str, spec: str) -> Any:
    spec = spec.partition(" ")[0]
    if spec == "date":
        return dt.date(2026, 11, 23)
    if spec == "list":
        return VALUES.get(name, ["Hamar", "Elverum"])
    if re.fullmatch(r"[+%]?\d|kr|%\d", spec):
        return 0.5 if "%" in spec else 12
    return VALUES.get(name, 12)


def wrong_in(sentence: str) -> list[str]:
    """What stands in a sentence that no page should say."""
    return [
        f"{name}: {part}"
        for found in ONE.finditer(sentence)
        for name, part in found.groupdict().items()
        if part
    ]


def test_the_reader_sees_what_it_should() -> None:
    for sentence in (
        "Feltet «total_jobs» mangler", "Skriv [10, 15]", "Skriv 2023-06-01", "i examples/location", "Sett TYNGDEPUNKT_DATA",
        "Skriv true", "Feltet «title:» mangler", "Kjør tyngdepunkt serve", "Fant ikke /srv/data/x",
    ):  # fmt: skip
        assert wrong_in(sentence), sentence
    assert not wrong_in(
        "Skriv et tall (30) eller et spenn (10–15). Kroner per kvadratmeter og/eller år, 23.11.2026."
    )


@pytest.mark.parametrize("key", REACH)
def test_no_fault_says_on_a_page_what_only_a_file_knows(key: str) -> None:
    entry = texts.texts_of(key.partition(":")[0])[key.partition(":")[2]]
    for lang in LANGUAGES:
        values = values_for(*(entry[part][lang] for part in ("what", "why", "do")))
        fault = Fault(key, {**values, **_as_written(key, values)}, "line 3, unit.total_jobs")
        told = said.lines(fault, lang)
        spoken = [*told.values(), said.in_file(fault, lang)]
        if not said.is_trouble(fault):
            spoken.append(said.said(fault, lang))
        for sentence in spoken:
            assert wrong_in(sentence) == [], (lang, sentence)


@pytest.mark.parametrize("field", said.messages())
def test_the_messages_of_a_field_are_whole_in_every_language(field: str) -> None:
    kinds = {key for room in said.ROOMS for key in faults_of(room)}
    for kind, told in said.messages()[field].items():
        assert kind == "else" or kind in kinds, f"{field}: no fault is called {kind}"
        assert set(told) == set(LANGUAGES)
        for lang, sentence in told.items():
            assert sentence[:1].isupper() or sentence.startswith(("{place}", "{name}"))
            assert sentence[-1:] in ".?"
            assert wrong_in(re.sub(r"\{[^}]*\}", "x", sentence)) == [], (lang, sentence)
            names = set(values_for(sentence))
            assert names <= _given(kind), f"{field}.{kind} mentions what the fault does not give"


def _given(kind: str) -> set[str]:
    """What any fault of this name is given."""
    found: set[str] = set()
    for room in said.ROOMS:
        entry = texts.texts_of(room).get(kind)
        if isinstance(entry, Mapping) and "what" in entry:
            found |= set(values_for(*(entry[part]["nb"] for part in ("what", "why", "do"))))
    return found


# --- what the pages say to wrong answers ----------------------------------------------------------------


@pytest.fixture(scope="module")
def client(web_places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("messages")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with TestClient(create_app(web_places, b"x" * 32)) as client:
            yield client


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("unit", {"title": "", "unit.name": "", "date": "", "trigger": "", "moved_from": ""}),
    ("unit", {"title": "x" * 3000, "date": "32.13.2026", "trigger": "new_thing", "moved_from": "Atlantis: mange\n: 3"}),
    ("unit", {"date": "1.1.1801", "moved_from": "Oslo: [1, 2"}),
    ("jobs", {"occupation": "2611", "count": "[mange]", "total_jobs": "-4"}),
    ("jobs", {"occupation": ["9999", "2611", "2611"], "count": ["15-10", "3", "4"], "total_jobs": "1.000"}),
    ("jobs", {"occupation": "2611", "count": "3", "total_jobs": "99"}),
    ("rules", {"largest_cities.places": "Atlantis\nBergen\nBergen", "oslo_area.reason": "Bare en grunn"}),
    ("rules", {"advanced": "yes", "guidelines": "1814-05-17", "also_guidelines": "imorgen"}),
    ("must-haves", {"indicator": ["airport_minutes", "no_such"], "bound": ["max", "min"], "limit": ["", "mange"]}),
    ("must-haves", {"indicator": "airport_minutes", "bound": "max", "limit": "[1, 2]"}),
    ("alternatives", {"how": "named", "alternative": [], "places": ""}),
    ("alternatives", {"how": "named", "alternative": [], "places": "Hamar"}),
    ("alternatives", {"how": "named", "alternative": [], "places": "Hamar\nAtlantis\n0403\nHamar kommune"}),
    ("alternatives", {"how": "named", "alternative": ['{"kind": "split"}', '{"kind": "place"}', '{"x": [1]}', "[1, 2]"]}),
    ("alternatives", {"how": "named", "alternative": ['{"kind": "place_independent"}', '{"kind": "stay", "place": {}}']}),
    ("considerations", {"kind": "points", "low.work": "mange", "low.x": "3"}),
    ("considerations", {"kind": "points", **{f"low.{name}": "-1" for name in ("a", "b")}}),
    ("considerations", {"kind": "ranges", "low.work": "90", "high.work": "10"}),
    ("background", {"explanations": "R99: derfor\nuten regel", "notified.ministry": "i går"}),
    ("today", {"staff.current": "mange", "staff.follow_share": "3", "regional_structure": "Atlantis"}),
    ("costs", {"costs.one_off_per_job": "mange", "costs.rent_per_m2": "-1", "costs.double_staffing_years": "[1,2,3]"}),
    ("costs", {"costs.price_year": "2031"}),
    ("costs", {"costs.price_year": "i fjor"}),
    ("decision", {"decision.place": "Atlantis", "decision.date": "snart", "decision.reason": ""}),
    ("decision", {"decision.place": "", "decision.date": "1.6.23", "decision.reason": "Derfor"}),
    ("judgements", {"value.0.work": "101", "anchor.0.work": ""}),
    ("ledger", {"at": "new", "kind": "", "agency": "", "place": "Atlantis", "jobs": "[", "date": "x", "source": ""}),
    ("ledger", {"at": "new", "kind": "moved_out", "agency": "A", "place": "Oslo", "jobs": "-3", "date": "2023-13-01"}),
    ("ledger", {"window.from": "1.1.2027", "window.to": "1.1.2020", "window_years": "99"}),
    ("figures", {"weight.airport_minutes": "[2]", "value.airport_minutes": "x", "direction.airport_minutes": "x"}),
]  # fmt: skip


def spoken(answer: Any) -> list[str]:
    """Every message on a page: at the fields, in the summary, in notices."""
    page = html.fromstring(answer.content)
    found = page.xpath(
        "//ds-error-summary//li | //*[contains(@class, 'ds-validation-message')] | //*[contains(@class, 'ds-alert')]"
        " | //section[@class='case-lacking']//li | //section[@class='fault']"
    )
    return [" ".join(each.text_content().split()) for each in found]


@pytest.mark.parametrize(("step", "told"), WRONG)
def test_a_step_answers_what_is_wrong_in_plain_words(client: Client, step: str, told: dict[str, Any]) -> None:
    """The very words that were written may be said again; nothing else that a page should not say."""
    written = [each for value in told.values() for each in ([value] if isinstance(value, str) else value)]
    own = sorted((line for each in written for line in each.splitlines() if line), key=len, reverse=True)
    for case in (uploaded(client), begun(client)):
        for page in answers(client, f"/case/{case}", step, told):
            for sentence in spoken(page):
                ours = sentence
                for each in own:
                    ours = ours.replace(each, "")
                assert wrong_in(ours) == [], (page.url, sentence)


def answers(client: Client, base: str, step: str, told: Mapping[str, Any]) -> Iterator[Any]:
    """What a case says to wrong answers, and what is said of them elsewhere once they are kept."""
    address = f"{base}/{step}"
    for lang in LANGUAGES:
        client.headers["accept-language"] = lang
        answer = client.post(address, data={**filled(client, address), **told}, follow_redirects=True)
        assert answer.status_code in (200, 409, 422)
        yield answer
    yield client.post(address, data={**filled(client, address), **told, "leave": "yes"})
    turn = len(step) + len(told)  # each page in one language, by turns
    for at, page in enumerate(("check", "documents", "versions")):
        client.headers["accept-language"] = LANGUAGES[(at + turn) % len(LANGUAGES)]
        yield client.get(f"{base}/{page}")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "sak.yaml"), (b"- a\n- b\n", "sak.yaml"), (b"title: [\n", "sak.yaml"), (b"title: a\ntitle: b\n", "sak.yaml"),
        (b"\x00\x01", "sak.yaml"), (b"title: !!python/object x\n", "sak.yaml"), (b"{" * 300, "sak.json"),
        (b"title: *a\n", "sak.yaml"), (b"x" * 1_100_000, "sak.yaml"), (b"\xff\xfe\xfa", "sak.yaml"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_told_in_plain_words(client: Client, content: bytes, name: str) -> None:
    page = html.fromstring(client.get("/case").content)
    form = next(each for each in page.iter("form") if each.get("action") == "/case/upload")
    hidden = dict(form.form_values())
    for lang in LANGUAGES:
        files = {"file": (name, content, "application/yaml")}
        answer = client.post("/case/upload", data=hidden, files=files, headers={"accept-language": lang})
        assert answer.status_code in (413, 422)
        assert spoken(answer)
        for sentence in spoken(answer):
            assert wrong_in(sentence) == [], sentence


def test_the_words_of_the_form() -> None:
    """The sentences that people asked for."""
    told = {
        ("title", "analyses.location.input:missing_field"): "Skriv en tittel på saken.",
        ("trigger", "analyses.location.input:unknown_choice"): "Velg hva som skjer.",
        ("unit.jobs[1].count", "inputs:not_a_number_or_range"): (
            "Skriv et tall (30) eller et spenn (10–15). Tomt betyr ukjent."
        ),
    }
    for (field, key), sentence in told.items():
        assert (
            said.said(Fault(key, {"given": "[x]", "field": field, "known": ["a_b"]}), "nb", field) == sentence
        )


def test_a_message_that_leads_to_a_field_names_it_as_the_page_does() -> None:
    """What stands in quotes is the name of a field or a page in that language."""
    for lang in LANGUAGES:
        catalogue: dict[str, str] = i18n.translations("nb" if lang == "en" else lang)._catalog  # type: ignore[attr-defined]
        names = " ".join(map(str, catalogue if lang == "en" else catalogue.values()))  # English: the ids
        names += " ".join(row.label(lang) for row in FIELDS.rows.values())
        for told in said.messages().values():
            for sentence in told.values():
                for quoted in re.findall("[«“]([^{»”]+)[»”]", sentence[lang]):
                    assert quoted in names, quoted
