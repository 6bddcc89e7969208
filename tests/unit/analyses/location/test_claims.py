"""Every sentence of an assessment and its document is held to a predicate, over generated cases.

The cases vary what sets them off, the kinds of alternative, what is known, how the considerations are
weighed and what the case says itself; Eksempelland has missing and hidden figures of its own.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import claims
from location_assessment import country, variation
from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import location_document, pictures
from tyngdepunkt.analyses.location.document.note import brief
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.result import Assessment
from tyngdepunkt.figures import Quality

ROOM = "analyses.location"
INNER = ("", "note", "opening", "effects", "advice", "annex")
PLACES = ("Hovedby", "Fjellby", "Storvik", "Holmen", "Elvedal", "Nordhavn", "Øyvær", "Vidda", "Ytterøy")
ANSWERS = (
    "problem",
    "goal",
    "principles",
    "preconditions",
    "why_these",
    "staff_process",
    "plan",
    "follow_up",
)
ROUNDS = 4
EACH = 4


def sentences(entries: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """The texts of a room that end in a full stop: what claims something."""
    for name, entry in entries.items():
        if "nb" not in entry:
            yield from sentences(entry, (*path, name))
        elif entry["nb"].rstrip().endswith("."):
            yield ".".join((*path, name))


def of_document() -> list[str]:
    found = []
    for inner in INNER:
        room = f"{ROOM}.document.{inner}".rstrip(".")
        names = sentences(texts.texts_of(room))
        found += [f"{inner}:{name}" if inner else name for name in names]
    return found


def test_every_sentence_has_its_predicate() -> None:
    told = [name for name in sentences(texts.texts_of(ROOM)) if not name.startswith(FAULTS)]
    without = [name for name in told if name not in claims.ASSESSMENT]
    without += [
        name
        for name in of_document()
        if name not in claims.DOCUMENT and not name.startswith(claims.DESCRIBES) and "_alt" not in name
    ]
    assert without == []


FAULTS = (
    "no_candidates.",
    "weights_changed.",
    "inside_changed.",
    "earlier.",
    "changed.",
    "progress.",
    "fields.",
)
"""Messages to whoever runs it, and what is said of an older answer or method, which has tests of its own."""


def test_no_predicate_is_of_a_sentence_that_is_gone() -> None:
    known = set(of_document())
    for room in INNER:
        known |= {f"{room}:{name}" if room else name for name in _all(f"{ROOM}.document.{room}".rstrip("."))}
    assert sorted(set(claims.DOCUMENT) - known) == []
    assert sorted(set(claims.ASSESSMENT) - set(_all(ROOM))) == []


def _all(room: str, path: tuple[str, ...] = (), entries: Mapping[str, Any] | None = None) -> Iterator[str]:
    for name, entry in (texts.texts_of(room) if entries is None else entries).items():
        if "nb" in entry:
            yield ".".join((*path, name))
        else:
            yield from _all(room, (*path, name), entry)


def generated(seed: int) -> dict[str, Any]:
    """One case."""
    rng = random.Random(seed)  # noqa: S311 - a case, not a secret
    trigger = rng.choice(["new_agency", "new_unit", "relocation", "closure", "structural_change"])
    offices = trigger in ("closure", "structural_change")
    chosen = rng.sample(PLACES, rng.choice([2, 3, 4, 6, 8]))
    alternatives = [_offices(name, rng) if offices else _place(name, rng) for name in chosen]
    same = [{"kind": "zero"}, {"kind": "stay", "place": "Hovedby", "name": "Bli"}]
    same += [{"kind": "oslo"}] * ("Nordhavn" not in chosen)  # the number of Oslo is Nordhavn's here
    alternatives += [each for each in same if not offices and rng.random() < 0.25]
    date = rng.choice(["2015-01-01", "2020-01-01", "2023-06-01", "2023-06-01"])
    weights: list[Any] = ["none", {"order": ["location_policy", "conditions"]}]
    if date > "2022-08-12":
        weights.append(
            {"conditions": 30, "location_policy": 40, "cost_effectiveness": 20, "labour_market": 10}
        )
        weights.append({"conditions": [10, 40], "labour_market": [0, 30]})
    chosen_weights = rng.choice(weights)
    weights_kind = chosen_weights if isinstance(chosen_weights, str) else "stated"
    must_have = rng.choice([..., [{"indicator": "airport_minutes", "max": rng.choice([1, 60, 120, 240])}]])
    if not offices and must_have is ... and rng.random() < 0.2:
        alternatives = "auto"
    case: dict[str, Any] = {
        "trigger": trigger,
        "alternatives": alternatives,
        "unit": {"name": "Tilsynet", "jobs": _jobs(rng)},
        "moved_from": rng.choice(
            [..., [{"place": "Hovedby", "jobs": [40, 45]}], [{"place": "Nærby", "jobs": "unknown"}]]
        ),
        "must_have": must_have,
        "weights": chosen_weights,
        "weight_log": rng.choice(
            [..., [{"role": "Leder", "date": "2014-01-01", "weights": "none", "scores_seen": True}]]
        ),
        "guidelines": rng.choice(
            [...] * 5 + ["2022-08-12"] * (date > "2022-08-12" or weights_kind == "none")
        ),
        "oslo_area": rng.choice([..., {"places": ["Hovedby"], "reason": "Avtalt"}]),
        "informed": rng.choice([..., {"counties": "2023-05-02"}]),
        "sources": rng.choice([..., ["Et brev"]]),
        "ledger": rng.choice([..., "ledger.csv"]),
        "decision": rng.choice([..., {"place": rng.choice(PLACES), "date": "2023-12-01"}]),
        "date": date,
        "also_guidelines": rng.choice([..., ["2019-11-08"]]),
        "largest_cities": rng.choice([..., {"places": ["Hovedby"], "reason": "Avtalt"}]),
        "not_public": rng.random() < 0.2,
        "access_consequences": rng.choice([..., "Lengre vei for noen."]),
        "staff": rng.choice([..., {"current": 40}, {"current": [30, 40], "follow_share": [0.1, 0.3]}]),
        "costs": rng.choice([..., ..., {"area_per_employee": 15}, {"rent_per_m2": [1500, 2000]}]),
    }
    return case | {name: rng.choice([..., f"Om {name}."]) for name in ANSWERS}


def _jobs(rng: random.Random) -> Any:
    known = [{"occupation": "2422", "count": rng.randint(3, 200)}, {"occupation": "2611", "count": [10, 15]}]
    return rng.choice([known, rng.randint(3, 300), "unknown", [{"occupation": "2422", "count": "unknown"}]])


def _place(name: str, rng: random.Random) -> Any:
    more: dict[str, Any] = {"place": name}
    if rng.random() < 0.3:
        more["measures"] = ["Pendlerordning"]
    if rng.random() < 0.2:
        more["rent_per_m2"] = rng.choice([1200, [1500, 1800]])
    if rng.random() < 0.2:
        more["grades"] = {"conditions": {"value": rng.randint(0, 100), "anchor": "Skjønn"}}
    return more if len(more) > 1 else name


def _offices(name: str, rng: random.Random) -> dict[str, Any]:
    kept = rng.sample(PLACES, 3)
    offices = [
        {"place": each, "jobs_before": rng.choice([5, 10, "unknown"]), "jobs_after": rng.choice([0, 5, 12])}
        for each in kept
    ]
    return {"name": f"Forslag {name}", "offices": offices}


Said = tuple[str, Mapping[str, Any]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Said]:
    """Every sentence put together from here on: (key, values)."""
    found: list[Said] = []
    real = texts.text

    def heard(key: str, lang: str, /, **values: Any) -> str:
        found.append((key, values))
        return real(key, lang, **values)

    monkeypatch.setattr(texts, "text", heard)
    for name in ("overview", "profile", "ranks", "weights", "strongest_conflict", "ledger"):
        monkeypatch.setattr(pictures, name, lambda *_: (), raising=False)
    return found


@pytest.mark.parametrize("batch", range(ROUNDS))
def test_no_sentence_is_said_where_it_is_untrue(batch: int, said: list[Said]) -> None:
    for seed in range(batch * EACH, (batch + 1) * EACH):
        said.clear()
        assessment = variation(**generated(seed))
        location_document(assessment, country())
        brief.parts(View.of(assessment, country()))
        untrue = [(key, values) for key, values in said if not _holds(key, values, assessment)]
        assert untrue == [], f"case {seed}"
        assert _beside_the_point(assessment) == [], f"case {seed}"


def _beside_the_point(assessment: Assessment) -> list[tuple[str, str]]:
    """Figures that count in the ranking where they do not apply: nobody can ever have them."""
    return [
        (item.name, key)
        for item in assessment.alternatives
        for key, each in item.measurements.items()
        if each.figure.quality is Quality.NOT_APPLICABLE and (each.assumed or each.takes_part)
    ]


def _holds(key: str, values: Mapping[str, Any], assessment: Assessment) -> bool:
    room, _, name = key.partition(":")
    if room == ROOM:
        predicate = claims.ASSESSMENT.get(name)
    elif room.startswith(f"{ROOM}.document"):
        inner = room.removeprefix(f"{ROOM}.document").lstrip(".")
        predicate = claims.DOCUMENT.get(f"{inner}:{name}" if inner else name)
    else:
        return True
    return predicate is None or predicate(assessment, values)


def test_the_generated_cases_say_most_of_what_can_be_said(said: list[Said]) -> None:
    """A predicate that no case ever tries holds nothing."""
    for seed in itertools.chain(range(3), range(100, 103)):
        location_document(variation(**generated(seed)), country())
    keys = {key for key, _ in said if key.startswith(ROOM)}
    assert len(keys) > 200
