"""Page one: what the case is, what the answer is, how sure it is, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata

from tyngdepunkt.analyses.location.document import words
from tyngdepunkt.analyses.location.document.findings import joined, of_verdict
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.explain import WEAK
from tyngdepunkt.documents.document import Block, Column, Table, Terms
from tyngdepunkt.rules.facts import Verdict
from tyngdepunkt.texts import inside

Pair = tuple[str, str]
ON_PAGE_ONE = 5
NAMED = 2
"""More than this is said as a number on page one, and listed further in."""
ALMOST = 0.01
"""A change of weights smaller than one percentage point is not worth a number on page one."""
LACKING = ("missing_all",)


def version() -> str:
    """The version of the program that made the document."""
    return metadata.version("tyngdepunkt")


def facts(view: View) -> Terms:
    """What one must know to place the document: which case, which rules, which figures."""
    case, assessment = view.case, view.assessment
    known = case.unit.total_jobs is not None
    unit = {"name": case.unit.name, "jobs": words.jobs(view, case.unit.total_jobs)}
    made = {"id": assessment.snapshot.id, "built": assessment.snapshot.built}
    method = {"version": version(), "method": assessment.method_version}
    pairs = (
        ("unit", _say(view, "unit_said" if known else "unit_unknown", **unit)),
        ("agency", case.unit.agency or ""),
        ("case", _say(view, "case_said", trigger=view.say(f"triggers.{case.trigger.value}"), date=case.date)),
        ("rules", _rules(view)),
        ("made_with", _say(view, "made_with_said", **method, **made)),
    )
    return Terms(tuple((_say(view, key), said) for key, said in pairs if said))


def summary(view: View) -> tuple[Block, ...]:
    """The answer, how sure it is and the ranking first; then what whoever decides must know beside it."""
    answer = {"answer": view.ready("recommendation"), "sure": _sure(view)}
    beside = {
        "decision": view.ready("decision"),
        "conflict": _conflict(view),
        "rules": _findings(view),
        "missing": _missing(view),
    }
    ranking = [_ranking(view)] if len(view.ranked) > 1 else []
    beside["earlier"] = view.ready("earlier")
    return (_answers(view, answer), *ranking, _answers(view, beside))


def _answers(view: View, said: Mapping[str, str]) -> Terms:
    return Terms(tuple((view.say(f"opening:summary.{key}"), text) for key, text in said.items() if text))


def _say(view: View, key: str, **values: object) -> str:
    return view.say(f"opening:facts.{key}", **values)


def _rules(view: View) -> str:
    title = view.assessment.rule_set.title[view.lang]
    return _say(view, "rules_backwards", title=title) if view.assessment.judged_backwards else title


def _sure(view: View) -> str:
    return " ".join(part for part in (view.ready("robustness"), _level_if(view)) if part)


def _level_if(view: View) -> str:
    """The smallest change of weights in one breath: the weight that must grow the most."""
    change = view.assessment.robustness.nearest
    if change is None or change.distance == 0:
        return view.ready("flip")
    before = view.assessment.weights
    name = max(change.weights, key=lambda key: change.weights[key] - before.get(key, 0.0))
    rival = view.assessment.alternative(change.to).name
    if change.weights[name] - before.get(name, 0.0) < ALMOST:
        return view.say("opening:summary.level_almost", rival=rival)
    return view.say(
        "opening:summary.level_if",
        rival=rival,
        name=inside(view.title(name)),
        before=before.get(name, 0.0),
        after=change.weights[name],
    )


def _conflict(view: View) -> str:
    """The strongest conflict of aims, and who each of the two speaks for."""
    conflicts = view.assessment.conflicts
    strongest = min(conflicts, key=lambda each: each.strength, default=None)
    if strongest is None or strongest.strength > -WEAK:
        return view.ready("conflicts")
    first, second = strongest.between
    one, other = view.best_under(first), view.best_under(second)
    if one is None or other is None:
        return strongest.text
    titles = {"first": view.title(first), "second": inside(view.title(second))}
    if one.number == other.number:
        return view.say("opening:summary.conflict_same", **titles, best=one.name)
    best = {"best_first": one.name, "best_second": other.name}
    points = {"points_first": one.scores[first], "points_second": other.scores[second]}
    return view.say("opening:summary.conflict_said", **titles, **best, **points)


def _findings(view: View) -> str:
    """What is not met by name, what is not documented by name or number, and the other rule sets."""
    said = []
    for verdict in (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED):
        found = of_verdict(view, verdict)
        if len(found) > NAMED:
            said.append(view.say(f"opening:summary.rules_{verdict.value}_count", count=len(found)))
        elif found:
            said.append(view.say(f"opening:summary.rules_{verdict.value}", rules=joined(view, found)))
    if not said:
        said = [view.say("opening:summary.rules_fine")]
    backwards = [view.ready("backwards")] if view.assessment.judged_backwards else []
    return " ".join([*backwards, *said, view.say("opening:summary.rules_where")])


def _missing(view: View) -> str:
    """Indicators without figures and alternatives without a rank; by name where they are few."""
    scored = [each for each in view.assessment.indicators if each.indicator.scored]
    why = [each.why_out.rpartition(".")[2] for each in scored]
    count = sum(each in LACKING for each in why)
    lacking = any(item.assumed for item in view.ranked)
    said = [view.ready("missing")] if count <= NAMED or lacking else []
    if count > NAMED and not lacking:
        said.append(view.say("opening:summary.missing_count", count=count))
    left_out = [item.name for item in view.unranked]
    if left_out:
        key = "missing_left_out" if len(left_out) <= NAMED else "missing_left_out_count"
        said.append(view.say(f"opening:summary.{key}", names=left_out, count=len(left_out)))
    return " ".join(part for part in said if part)


def _ranking(view: View) -> Table:
    """The best alternatives with points and how often each comes first."""
    shown = view.ranked[:ON_PAGE_ONE]
    columns = (
        Column(view.say("alternative")),
        Column(view.say("rank"), numeric=True),
        Column(view.say("points"), numeric=True, decimals=1),
        Column(view.say(f"opening:summary.first_{'any' if view.fixed_weights else 'allowed'}"), numeric=True),
    )
    rows = tuple((item.name, item.rank, item.value, view.first_share(item)) for item in shown)
    many = len(view.ranked) > len(shown)
    key = "opening:summary.table_first" if many else "opening:summary.table"
    return Table(view.say(key, shown=len(shown), total=len(view.ranked)), columns, rows)
