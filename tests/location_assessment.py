"""A location case in *Eksempelland*, assessed: what the tests of its document look at.

One alternative fails a must-have, one is the zero alternative, one has no figures for its
region, the numbers of jobs are ranges, aims pull apart, and the ledger has losses from
several agencies in one place. No place in it is real.
"""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from eksempelland import write_snapshot
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.location.result import Assessment
from tyngdepunkt.places import Places, open_places

CASE = """\
title: Flytting av Eksempeltilsynet (oppdiktet)
date: 2023-06-01
trigger: relocation
unit:
  name: Eksempeltilsynet
  agency: Eksempeldirektoratet
  jobs: [{occupation: "2422", count: 30}, {occupation: "2611", count: [10, 15]}]
moved_from: [{place: Hovedby, jobs: [40, 45]}]
alternatives:
  - {place: Storvik, measures: ["Felles lokaler med fylket, sentralt", Lokalt rekrutteringsprogram.]}
  - Fjellby
  - Nordhavn
  - {place: Ytterøy, name: "=HYPERLINK(1)"}
  - {kind: zero}
largest_cities: {places: [Hovedby], reason: Avtalt med departementet}
decision: {place: Storvik, date: 2023-12-01, reason: Nærhet til brukerne.}
notified: {ministry: 2023-05-01}
must_have: [{indicator: airport_minutes, max: 120}, {indicator: recruitment_45, min: 1000}]
weights: {conditions: 30, location_policy: 40, cost_effectiveness: 20, labour_market: 10}
weight_log:
  - {role: Avdelingsleder, date: 2023-05-02, weights: {conditions: 30, location_policy: 40,
     cost_effectiveness: 20, labour_market: 10}, reason: Målet veier tyngst, scores_seen: false}
ledger: ledger.csv
problem: Tilsynet mister folk.
also_guidelines: ["2019-11-08"]
"""
LEDGER = """\
kind,agency,place,jobs,date,source
closed,Tollen,Fjellby,12,2019-01-01,made up
closed,Retten,Fjellby,6,2020-05-01,made up
moved_out,Kontrollen,Fjellby,4-6,2021-01-01,made up
established,Arkivet,Storvik,20,2020-01-01,made up
"""


@cache
def country() -> Places:
    """Eksempelland, opened once per test run."""
    return open_places(write_snapshot(Path(mkdtemp()) / "eksempelland"))


@cache
def example(lang: str = "nb") -> Assessment:
    """The case as it stands above."""
    return variation(lang)


def variation(lang: str = "nb", **changes: Any) -> Assessment:
    """The case with some fields changed; a field changed to `...` is left out."""
    fields = {**yaml.safe_load(CASE), "lang": lang, **changes}
    kept = {name: value for name, value in fields.items() if value is not ...}
    folder = Path(mkdtemp())
    (folder / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)
    return assess(case_from_text(text, country(), folder / "case.yaml"), country(), lang)
