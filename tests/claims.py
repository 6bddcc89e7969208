"""What must hold for each sentence of an assessment and its document: key of the text → predicate.

A predicate takes the assessment and the values put into the sentence. `always` is for sentences that say
what is done or asked, whatever the case. A sentence that is new needs its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tyngdepunkt.analyses.location.firmness import ALIKE
from tyngdepunkt.analyses.location.input.model import OFFICE_TRIGGERS
from tyngdepunkt.analyses.location.narrative import CLOSE, NEARLY_ALL, SAME, TELLING
from tyngdepunkt.analyses.location.recommend import HAIR
from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment
from tyngdepunkt.rules import rule_set
from tyngdepunkt.rules.case_facts import Trigger, Verdict
from tyngdepunkt.texts import inside

Values = Mapping[str, Any]
Predicate = Callable[[Assessment, Values], bool]


def always(_: Assessment, __: Values) -> bool:
    """The sentence says what is done, or asks for something, whatever the case."""
    return True


def ranked(a: Assessment) -> list[AlternativeResult]:
    found = [item for item in a.alternatives if item.rank is not None]
    return sorted(found, key=lambda item: (item.rank or 0, item.number))


def level(a: Assessment) -> list[str]:
    return [item.name for item in ranked(a) if item.rank == 1]


def named(a: Assessment, name: str) -> AlternativeResult:
    return next(item for item in a.alternatives if item.name == name)


def lead(a: Assessment) -> float:
    first, second = ranked(a)[:2]
    return (first.value or 0) - (second.value or 0)


def asks_for_class(a: Assessment) -> bool:
    """Whether one of the rule sets the case is held against has R17 as its own."""
    held = {a.case.rules_version, *a.case.also_guidelines}
    return any(rule.id == "R17" for version in held for rule in rule_set(version).rules)


def access_within(a: Assessment, v: Values) -> list[Any]:
    return [each for each in named(a, v["name"]).access if each.minutes == v["minutes"]]


def share(a: Assessment, name: str) -> float:
    item = named(a, name)
    fixed = a.robustness.measured_from == "given"
    shares = item.acceptability_any if fixed else item.rank_acceptability
    return shares[0] if shares else 0.0


def is_first(a: Assessment, v: Values) -> bool:
    return named(a, v["first"]).rank == 1


def firmly(a: Assessment, v: Values, least: float, most: float) -> bool:
    return is_first(a, v) and least <= share(a, v["first"]) <= most


def rival_of(a: Assessment, v: Values) -> bool:
    """The rival is the one that is first most often among the others, with the share said."""
    others = [share(a, item.name) for item in ranked(a) if item.name != v["first"]]
    own = abs(share(a, v["rival"]) - max(others)) < SAME
    return own and abs(v.get("rival_share", share(a, v["rival"])) - share(a, v["rival"])) < SAME


def shares_said(a: Assessment, v: Values) -> bool:
    return is_first(a, v) and abs(v["share"] - share(a, v["first"])) < SAME and rival_of(a, v)


def indicators_without_figures(a: Assessment) -> int:
    return sum(each.indicator.scored and each.why_out.endswith("missing_all") for each in a.indicators)


def untried(a: Assessment) -> bool:
    return any(each.passed is None for each in ranked(a)[0].must_haves)


def unsettled_demands(item: AlternativeResult) -> bool:
    """Whether it is not known of some must-have if the alternative meets it."""
    return any(each.passed is None for each in item.must_haves)


def fails(item: AlternativeResult) -> bool:
    """Whether the alternative is known not to meet some must-have."""
    return any(each.passed is False for each in item.must_haves)


def varied(a: Assessment, v: Values) -> bool:
    """The weights of the case are among what varies unless the case gives them."""
    words = ("vektene saken åpner for", "vektene saka opnar for", "the weights the case allows")
    return any(each in v["varied"] for each in words) == (a.robustness.measured_from != "given")


def best_and_worst(a: Assessment, v: Values) -> bool:
    """All that have the most and the fewest whole points under some consideration, and nobody else."""
    for each in a.considerations:
        found = {i.name: round(i.scores[each]) for i in ranked(a) if i.scores.get(each) is not None}
        ends = [
            [name for name in found if found[name] == round(v[f"{end}_points"])] for end in ("best", "worst")
        ]
        if found and v["best_points"] > v["worst_points"] and ends == [v["best"], v["worst"]]:
            return True
    return False


def turning(a: Assessment) -> set[str | None]:
    return {each.first for each in a.robustness.leave_out if each.kind == "indicator" and each.changed}


def dominated(a: Assessment) -> list[str]:
    first = ranked(a)[0]
    return [item.name for item in ranked(a) if first.number in item.dominated_by]


def points(a: Assessment, one: str, other: str) -> list[float]:
    first, second = named(a, one), named(a, other)
    pairs = ((value, second.scores.get(key)) for key, value in first.scores.items())
    return [left - right for left, right in pairs if left is not None and right is not None]


def leads(a: Assessment, v: Values, *, one: bool, other: bool) -> bool:
    """Who of a pair leads by enough to be told under some consideration."""
    found = points(a, v["one"], v["other"])
    return (max(found) >= TELLING, min(found) <= -TELLING) == (one, other)


def against(a: Assessment, v: Values) -> list[float]:
    return points(a, v["name"], v["first"] if "first" in v else ranked(a)[0].name)


def second_method(a: Assessment) -> set[str]:
    return {item.name for item in ranked(a) if item.outranking_rank == 1}


def strength(a: Assessment) -> float:
    return min(each.strength for each in a.conflicts)


def decided(a: Assessment) -> AlternativeResult | None:
    place = a.case.decision.place if a.case.decision else None
    return next((item for item in ranked(a) if item.place == place), None)


def jobs_known(a: Assessment) -> bool:
    return a.case.unit.total_jobs is not None


def every_job_known(a: Assessment) -> bool:
    jobs = a.case.unit.jobs
    return jobs is not None and all(each.count is not None for each in jobs)


def most_alone(a: Assessment, v: Values) -> bool:
    """No other single place gains a larger share of its region's jobs."""
    gains = [item.extent.value for item in ranked(a) if item.place and item.extent.value]
    return named(a, v["most"]).extent.value == max(gains) and gains.count(max(gains)) == 1


def rounded_scores(a: Assessment) -> list[set[int]]:
    """For each consideration with scores, the whole points of the ranked."""
    found = []
    for each in a.considerations:
        scores = [item.scores.get(each) for item in ranked(a)]
        found.append({round(score) for score in scores if score is not None})
    return found


def verdicts(a: Assessment, *wanted: Verdict) -> list[str]:
    return [each.rule for each in a.findings if each.verdict in wanted]


def has_kind(a: Assessment, *kinds: str) -> bool:
    return any(item.kind in kinds for item in a.alternatives)


def outside(a: Assessment) -> list[AlternativeResult]:
    return [item for item in a.alternatives if item.rank is None]


def unmoved(a: Assessment) -> bool:
    return not a.case.moved_from


def rents(a: Assessment) -> list[bool]:
    """For each ranked alternative with a rent: whether it is the national one."""
    found = [item.measurements.get("rent_per_year") for item in ranked(a)]
    return [each.figure.quality.value == "assumed" for each in found if each is not None]


def own_costs(a: Assessment) -> bool:
    costs = a.case.costs
    stated = (costs.one_off_per_job, costs.area_per_employee, costs.rent_per_m2, costs.double_staffing_years)
    parts = [part.rent for item in a.case.alternatives for part in item.parts]
    return any(each is not None for each in (*stated, *parts))


def answered(name: str) -> Predicate:
    return lambda a, _: bool(getattr(a.case.answers, name))


def unanswered(name: str) -> Predicate:
    return lambda a, _: not getattr(a.case.answers, name)


ASSESSMENT: dict[str, Predicate] = {
    "weights.none": lambda a, _: a.case.weights.kind == "none",
    "weights.points": lambda a, _: a.case.weights.kind == "points",
    "weights.ranges": lambda a, _: a.case.weights.kind == "ranges",
    "weights.order": lambda a, _: a.case.weights.kind == "order",
    "weights.nothing_left": lambda a, _: a.case.weights.kind in ("points", "ranges"),
    "weights.unused": lambda a, _: not ranked(a),
    "weights.dropped": lambda a, v: all(
        not any(item.scores.get(key) is not None for item in ranked(a))
        for key in a.considerations
        if a.title_of(key) in v["names"]
    ),
    "recommendation.clear": lambda a, v: (
        a.recommendation == v["first"] and lead(a) >= CLOSE and level(a) == [v["first"]]
    ),
    "recommendation.close": lambda a, v: (
        a.recommendation == v["first"] and HAIR <= lead(a) < CLOSE and level(a) == [v["first"]]
    ),
    "recommendation.hair": lambda a, v: (
        a.recommendation == v["first"] and 0 < lead(a) < HAIR and level(a) == [v["first"]]
    ),
    "recommendation.tie": lambda a, v: (
        level(a) == list(v["names"]) and len(level(a)) > 1 and not a.recommendation
    ),
    "recommendation.unsettled": lambda a, v: (
        a.recommendation is None and any(i.assumed for i in ranked(a)) and v["value"] > v["second_value"]
    ),
    "recommendation.unsettled_hair": lambda a, _: (
        a.recommendation is None and any(i.assumed for i in ranked(a)) and 0 < lead(a) < HAIR
    ),
    "recommendation.settling": lambda a, _: a.recommendation is None and any(i.assumed for i in ranked(a)),
    "recommendation.unsettled_too": lambda a, _: (
        a.recommendation is None and len(level(a)) > 1 and any(i.assumed for i in ranked(a))
    ),
    "recommendation.untried": lambda a, _: a.recommendation is None and untried(a),
    "recommendation.untried_too": lambda a, _: a.recommendation is None and untried(a),
    "recommendation.untried_only": lambda a, _: len(ranked(a)) == 1 and untried(a),
    "recommendation.only": lambda a, _: len(ranked(a)) == 1 < len(a.alternatives),
    "recommendation.single": lambda a, _: len(a.alternatives) == 1,
    "recommendation.none": lambda a, _: not ranked(a) and not all(fails(each) for each in a.alternatives),
    "recommendation.none_passes": lambda a, _: all(fails(each) for each in a.alternatives),
    "recommendation.nothing_counts": lambda a, _: all(each.weight == 0 for each in a.indicators),
    "recommendation.caveat": always,
    "robustness.while_missing": lambda a, _: a.recommendation is None and any(i.assumed for i in ranked(a)),
    "robustness.all": lambda a, v: firmly(a, v, 1 - SAME, 1) and a.robustness.measured_from != "given",
    "robustness.all_there_are": lambda a, v: (
        firmly(a, v, 1 - SAME, 1) and a.robustness.measured_from == "given"
    ),
    "robustness.share": lambda a, v: shares_said(a, v) and v["rival_share"] <= v["share"],
    "robustness.share_other": lambda a, v: shares_said(a, v) and v["rival_share"] > v["share"],
    "robustness.share_nearly": lambda a, v: firmly(a, v, NEARLY_ALL, 1 - SAME),
    "robustness.any": lambda a, v: shares_said(a, v) and v["rival_share"] <= v["share"],
    "robustness.any_other": lambda a, v: shares_said(a, v) and v["rival_share"] > v["share"],
    "robustness.any_nearly": lambda a, v: firmly(a, v, NEARLY_ALL, 1 - SAME),
    "flip.given": lambda a, v: a.robustness.measured_from == "given" and a.robustness.nearest is not None,
    "flip.centroid": lambda a, v: a.robustness.measured_from != "given" and a.robustness.nearest is not None,
    "flip.level": lambda a, v: a.robustness.nearest is not None and a.robustness.nearest.distance == 0,
    "flip.hair": lambda a, v: a.robustness.nearest is not None and a.robustness.nearest.distance < 0.01,
    "flip.never": lambda a, v: a.robustness.nearest is None and is_first(a, v),
    "uncertainty.keeps": lambda a, v: (
        is_first(a, v)
        and v["share"] == a.robustness.uncertainty_keeps_first
        and all((item.uncertainty_first or 0) < v["share"] for item in ranked(a)[1:])
    ),
    "uncertainty.level": lambda a, v: (
        is_first(a, v)
        and all(abs((named(a, name).uncertainty_first or 0) - v["share"]) <= ALIKE for name in v["names"])
    ),
    "uncertainty.other": lambda a, v: (
        named(a, v["other"]).uncertainty_first == v["other_share"] > v["share"] and is_first(a, v)
    ),
    "uncertainty.fixed": lambda a, _: a.robustness.uncertainty_keeps_first is None,
    "joint.keeps": lambda a, v: varied(a, v) and is_first(a, v) and a.robustness.joint.share == v["share"],
    "joint.level": lambda a, v: varied(a, v) and is_first(a, v) and a.robustness.joint.share == v["share"],
    "joint.other": lambda a, v: (
        varied(a, v) and a.robustness.joint.oftenest == v["other"] and v["other_share"] > v["share"]
    ),
    "leave_out.alternatives": lambda a, _: (
        not any(each.changed for each in a.robustness.leave_out if each.kind == "alternative")
    ),
    "leave_out.alternatives_local": always,
    "leave_out.none": lambda a, v: is_first(a, v) and not turning(a),
    "leave_out.other": lambda a, v: v["other"] in turning(a),
    "leave_out.level": lambda a, _: None in turning(a),
    "trade_off.both": lambda a, v: leads(a, v, one=True, other=True),
    "trade_off.one": lambda a, v: (
        leads(a, v, one=True, other=False) and min(points(a, v["one"], v["other"])) > -SAME
    ),
    "trade_off.one_nearly": lambda a, v: leads(a, v, one=True, other=False),
    "trade_off.other": lambda a, v: (
        leads(a, v, one=False, other=True) and max(points(a, v["one"], v["other"])) < SAME
    ),
    "trade_off.other_nearly": lambda a, v: leads(a, v, one=False, other=True),
    "trade_off.level": lambda a, v: max(map(abs, points(a, v["one"], v["other"]))) < SAME,
    "trade_off.level_nearly": lambda a, v: max(map(abs, points(a, v["one"], v["other"]))) < TELLING,
    "cross_check.agrees": lambda a, v: second_method(a) == {v["first"]},
    "cross_check.level": lambda a, v: ranked(a)[0].name in second_method(a) and len(second_method(a)) > 1,
    "cross_check.differs": lambda a, v: v["first"] not in second_method(a) and len(second_method(a)) == 1,
    "cross_check.differs_level": lambda a, v: (
        v["first"] not in second_method(a) and len(second_method(a)) > 1
    ),
    "dominance.some": lambda a, v: dominated(a) == list(v["dominated"]),
    "dominance.many": lambda a, v: len(dominated(a)) == v["count"] and v["total"] == len(ranked(a)),
    "dominance.none": lambda a, _: not any(item.dominated_by for item in ranked(a)),
    "dominance.level": lambda a, _: all(
        not any(abs(each) > SAME for each in points(a, ranked(a)[0].name, item.name)) for item in ranked(a)
    ),
    "conflict.strongly_apart": lambda a, _: strength(a) <= -0.6,
    "conflict.apart": lambda a, _: any(-0.6 < each.strength <= -0.15 for each in a.conflicts),
    "conflict.neither": lambda a, _: any(abs(each.strength) < 0.15 for each in a.conflicts),
    "conflict.together": lambda a, _: any(0.15 <= each.strength < 0.6 for each in a.conflicts),
    "conflict.strongly_together": lambda a, _: any(each.strength >= 0.6 for each in a.conflicts),
    "conflict.through_one": lambda a, _: len(ranked(a)) >= 5,
    "conflict.through_two": lambda a, _: len(ranked(a)) >= 5,
    "conflict.strength": lambda a, v: any(each.strength == v["strength"] for each in a.conflicts),
    "conflicts.some": lambda a, _: len(ranked(a)) >= 5 and strength(a) <= -0.15,
    "conflicts.none": lambda a, _: len(ranked(a)) >= 5 and strength(a) > -0.15,
    "conflicts.in_pairs": lambda a, _: 2 <= len(ranked(a)) < 5 and not a.conflicts,
    "conflicts.too_few": lambda a, _: sum(bool(each) for each in rounded_scores(a)) < 2,
    "conflicts.too_few_alternatives": lambda a, _: len(ranked(a)) < 2,
    "conflicts.handled_weights": lambda a, _: a.case.weights.kind != "none",
    "conflicts.handled_open": lambda a, _: a.case.weights.kind == "none",
    "alternative.first": lambda a, v: level(a) == [v["name"]] and len(ranked(a)) > 1,
    "alternative.alone": lambda a, v: [item.name for item in ranked(a)] == [v["name"]],
    "alternative.shares_first": lambda a, v: v["name"] in level(a) and len(level(a)) > 1,
    "alternative.wins": lambda a, v: max(against(a, v)) >= TELLING,
    "alternative.wins_nothing": lambda a, v: max(against(a, v)) < SAME,
    "alternative.wins_nothing_nearly": lambda a, v: max(against(a, v)) < TELLING,
    "alternative.gives_up": lambda a, v: min(against(a, v)) <= -TELLING,
    "alternative.loses_nothing": lambda a, v: min(against(a, v)) > -SAME,
    "alternative.loses_nothing_nearly": lambda a, v: min(against(a, v)) > -TELLING,
    "alternative.level_with": lambda a, v: max(map(abs, against(a, v))) < SAME,
    "alternative.level_with_nearly": lambda a, v: max(map(abs, against(a, v))) < TELLING,
    "alternative.assumed": lambda a, v: bool(named(a, v["name"]).assumed),
    "alternative.assumed_same": lambda a, v: (
        named(a, v["name"]).assumed == named(a, v["first"]).assumed and v["name"] != v["first"]
    ),
    "unscored.must_have": lambda a, v: any(each.passed is False for each in named(a, v["name"]).must_haves),
    "unscored.no_place": lambda a, v: not named(a, v["name"]).places,
    "unscored.no_office": lambda a, v: all(each.after == 0 for each in named(a, v["name"]).access),
    "unscored.no_figures": lambda a, v: all(score is None for score in named(a, v["name"]).scores.values()),
    "indicator_out.missing_all": lambda a, _: (
        indicators_without_figures(a) > 0
        or any(each.why_out.endswith("missing_all") for each in a.indicators)
    ),
    "indicator_out.not_applicable": always,
    "indicator_out.turned_off": lambda a, _: True,
    "indicator_out.shown_only": lambda a, _: any(not each.weight for each in a.indicators),
    "indicator_out.no_difference": always,
    "missing.some": lambda a, v: len(v["names"]) == v["count"],
    "missing.many": lambda a, v: v["count"] <= v["total"],
    "missing.assumed": lambda a, _: any(item.assumed for item in ranked(a)),
    "missing.assumed_many": lambda a, v: v["count"] == sum(bool(item.assumed) for item in ranked(a)),
    "alike": lambda a, v: any(each.correlation == v["correlation"] >= 0.8 for each in a.alike),
    "decision.same": lambda a, _: decided(a).rank == 1 and len(level(a)) == 1,
    "decision.shared": lambda a, _: decided(a).rank == 1 and len(level(a)) > 1,
    "decision.differs": lambda a, v: decided(a).rank == v["rank"] > 1 and len(level(a)) == 1,
    "decision.differs_level": lambda a, v: decided(a).rank == v["rank"] > 1 and len(level(a)) > 1,
    "decision.unranked": lambda a, _: decided(a) is None,
    "decision.reason": lambda a, v: bool(v["reason"]) and a.case.decision.reason.startswith(v["reason"]),
    "decision.no_reason": lambda a, _: not a.case.decision.reason,
    "ledger.none": lambda a, _: a.case.ledger is None,
    "ledger.some": lambda a, v: a.case.ledger is not None and (v["start"], v["end"]) == a.case.window,
    "ledger.warning": lambda a, v: any(each.warning and each.name == v["place"] for each in a.ledger),
    "backwards": lambda a, v: v["date"] == a.case.date,
    "jobs_per_office": always,
    "no_office_left": always,
    "no_grade": always,
    "class_filter": lambda a, _: asks_for_class(a),
    "class_filter_unasked": lambda a, _: not asks_for_class(a),
    "auto_screened": lambda a, _: a.case.auto and not a.case.must_have,
    "auto_screened_must_have": lambda a, _: a.case.auto and bool(a.case.must_have),
    "auto_not_screened": lambda a, _: a.case.auto and not jobs_known(a),
    "auto_not_screened_must_have": lambda a, _: a.case.auto and not jobs_known(a),
}
"""The room `analyses.location`."""

DOCUMENT: dict[str, Predicate] = {
    "first_of_many": lambda _, v: v["shown"] < v["total"],
    # --- the first pages
    "note:matter.unit_known": lambda a, _: jobs_known(a),
    "note:matter.unit_unknown": lambda a, _: not jobs_known(a),
    "note:matter.from": lambda a, _: bool(a.case.moved_from),
    "note:matter.compared": lambda a, v: [item.name for item in ranked(a)] == v["names"],
    "note:matter.compared_many": lambda a, v: len(ranked(a)) == v["count"],
    "note:matter.compared_one": lambda a, v: len(ranked(a)) == 1,
    "note:matter.compared_none": lambda a, _: not ranked(a),
    "note:matter.date": lambda a, v: v["date"] == a.case.date,
    "note:matter.rules": lambda a, _: not a.judged_backwards,
    "note:matter.rules_backwards": lambda a, _: a.judged_backwards,
    **{
        f"note:matter.written_in_{lang}": lambda a, _, lang=lang: a.case.lang == lang != a.lang
        for lang in ("nb", "nn", "en")
    },
    "note:matter.left_out_more": lambda a, v: len(outside(a)) > v["count"],
    "note:matter.unchanged_none": lambda a, _: not has_kind(a, "zero", "stay", "oslo", "existing_structure"),
    "note:matter.zero_none": lambda a, _: not has_kind(a, "zero"),
    "note:matter.unchanged_ranked": lambda a, v: named(a, v["name"]).rank == v["rank"],
    "note:speaking.reason_more": lambda a, v: v["points"] > 0 and v["rival"] in ranked(a)[1].name,
    "note:speaking.reason_less": lambda a, v: v["points"] > 0,
    "note:speaking.none_more": lambda a, v: ranked(a)[0].name == v["name"],
    "note:speaking.none_less": lambda a, v: ranked(a)[0].name == v["name"],
    "note:changing.level_if": lambda a, v: v["after"] > v["before"],
    "note:changing.level_almost": always,
    "note:changing.never": lambda a, v: all(
        share(a, name) <= share(a, v["first"]) + SAME for name in v["names"]
    ),
    "note:changing.never_count": lambda a, v: v["count"] < len(ranked(a)) - 1,
    "note:changing.never_all": lambda a, v: (
        v["count"] == len(ranked(a)) - 1
        and share(a, v["first"]) >= max(share(a, item.name) for item in ranked(a))
    ),
    "note:affected.more": lambda a, _: len(a.alternatives) > 4,
    "note:affected.costs_none": always,
    "note:unknown.rules_met": lambda a, v: v["count"] == len(verdicts(a, Verdict.MET, Verdict.EXPLAINED)),
    "note:unknown.rules_not_met": lambda a, _: bool(verdicts(a, Verdict.NOT_MET)),
    "note:unknown.rules_not_documented": lambda a, _: bool(verdicts(a, Verdict.NOT_DOCUMENTED)),
    "note:unknown.rules_needs_judgement": lambda a, _: bool(verdicts(a, Verdict.NEEDS_JUDGEMENT)),
    "note:unknown.nothing": lambda a, _: (
        every_job_known(a) and not any(item.assumed or unsettled_demands(item) for item in ranked(a))
    ),
    "note:unknown.untried": lambda a, v: all(unsettled_demands(named(a, name)) for name in v["names"]),
    "note:unknown.jobs": lambda a, _: not jobs_known(a),
    "note:unknown.occupations": lambda a, _: jobs_known(a) and not every_job_known(a),
    "note:unknown.rent_all": lambda a, _: all(rents(a)),
    "note:unknown.rent_some": lambda a, _: any(rents(a)),
    "note:unknown.old": lambda a, v: int(v["year"]) < (a.computed or a.case.date).year - 5,
    "note:unknown.nothing_where": always,
    "note:unknown.missing": lambda a, _: any(item.assumed for item in ranked(a)),
    "note:unknown.jobs_then": lambda a, _: not jobs_known(a),
    "note:unknown.occupations_then": lambda a, _: jobs_known(a) and not every_job_known(a),
    "note:unknown.rent_all_then": lambda a, _: all(rents(a)),
    "note:unknown.rent_some_then": lambda a, _: any(rents(a)),
    "note:brief.level_if": lambda a, v: v["after"] > v["before"],
    "note:brief.none_more": lambda a, _: len(ranked(a)) > 1,
    "note:brief.none_less": lambda a, _: len(ranked(a)) > 1,
    "note:brief.only_way": lambda a, _: len(ranked(a)) < 2,
    "note:brief.settling": lambda a, _: a.recommendation is None and any(item.assumed for item in ranked(a)),
    "note:brief.left_out_none": lambda a, _: not outside(a),
    "note:brief.left_out_same": lambda a, _: all(
        item.kind in ("zero", "stay", "oslo", "existing_structure") for item in outside(a)
    ),
    "note:unknown.words_access": lambda a, _: bool(a.case.access_consequences),
    "note:unknown.words_measures": lambda a, _: any(item.measures for item in a.alternatives),
    "note:unknown.words_principles": answered("principles"),
    "note:unknown.words_rest": lambda a, _: bool(
        a.case.access_consequences or a.case.answers.principles or any(i.measures for i in a.alternatives)
    ),
    "note:unknown.words_none": lambda a, _: (
        not (
            a.case.access_consequences or a.case.answers.principles or any(i.measures for i in a.alternatives)
        )
    ),
    "note:unknown.plan_none": lambda a, v: bool(v["names"]),
    "note:unknown.where": always,
    # --- the problem, the alternatives, principles
    "opening:problem.problem_absent": unanswered("problem"),
    "opening:problem.goal_absent": unanswered("goal"),
    "opening:problem.unit_jobs": lambda a, _: jobs_known(a),
    "opening:problem.unit_unknown": lambda a, _: not jobs_known(a),
    "opening:problem.moved_from": lambda a, _: bool(a.case.moved_from),
    "opening:problem.occupations_absent": lambda a, _: not a.case.unit.jobs and jobs_known(a),
    "opening:problem.occupations_absent_too": lambda a, _: not a.case.unit.jobs and not jobs_known(a),
    "opening:principles.because": lambda _, v: bool(v["reason"]),
    "opening:alternatives.why_these_absent": unanswered("why_these"),
    "opening:alternatives.class_note": always,
    "opening:alternatives.auto": lambda a, v: a.case.auto and v["count"] == len(a.alternatives),
    "opening:alternatives.map_alt": lambda _, v: len(v["names"]) == v["total"],
    "opening:alternatives.map_alt_some": lambda _, v: len(v["names"]) == v["shown"] < v["total"],
    "opening:alternatives.must_haves_intro": lambda a, _: bool(a.case.must_have),
    "opening:alternatives.must_haves_absent": lambda a, _: not a.case.must_have,
    "opening:alternatives.others_intro": always,
    "opening:alternatives.has": lambda a, v: all(named(a, name) for name in v["names"]),
    "opening:alternatives.has_it": always,
    "opening:alternatives.lacks": always,
    "opening:principles.access_absent": lambda a, _: not a.case.access_consequences,
    "opening:principles.other": unanswered("principles"),
    "opening:principles.largest": lambda a, _: a.case.largest_cities is not None,
    "opening:principles.oslo_area": lambda a, _: a.case.oslo_area is not None,
    "opening:principles.no_list": lambda a, _: a.case.largest_cities is None and a.case.oslo_area is None,
    "opening:principles.not_public": lambda a, _: a.case.not_public,
    # --- effects
    "effects:scores.intro": lambda a, _: bool(ranked(a)),
    "effects:scores.no_scores": lambda a, _: not ranked(a),
    "effects:scores.unmeasured": lambda a, v: all(
        all(item.scores.get(key) is None for item in a.alternatives)
        for key in a.considerations
        if a.title_of(key) in v["names"]
    ),
    "effects:scores.lasting": always,
    "effects:offices.never_added": always,
    "effects:offices.access_note": lambda a, _: any(item.access for item in a.alternatives),
    "effects:offices.who": lambda a, v: all(
        len(each.regions) > v["count"] for each in access_within(a, v) if each.regions
    ),
    "effects:offices.who_all": lambda a, v: (
        all(sum(part.lose for part in each.regions) == each.lose for each in access_within(a, v))
        and all(len(each.regions) == v["count"] for each in access_within(a, v))
    ),
    "effects:columns.few": lambda _, v: v["shown"] < v["total"],
    "effects:columns.without": lambda a, v: all(
        all(each.figure.value is None for each in named(a, name).measurements.values()) for name in v["names"]
    ),
    "effects:consideration.best_worst": lambda a, v: len(v["best"]) == 1 and best_and_worst(a, v),
    "effects:consideration.best_worst_shared": lambda a, v: len(v["best"]) > 1 and best_and_worst(a, v),
    "effects:consideration.assumed": lambda a, v: (
        {
            inside(each.indicator.title[a.lang])
            for each in a.indicators
            if any(each.indicator.id in i.assumed for i in ranked(a))
        }
        >= set(v["names"])
        != set()
    ),
    "effects:consideration.unranked": lambda a, _: not ranked(a),
    "effects:consideration.level": lambda a, v: {round(v["points"])} in rounded_scores(a),
    "effects:consideration.one": lambda a, v: bool(named(a, v["name"])),
    "effects:consideration.not_scored": lambda a, _: bool(ranked(a)) and set() in rounded_scores(a),
    "effects:consideration.mitigation": lambda a, _: all(item.measures for item in a.alternatives),
    "effects:consideration.mitigation_some": lambda a, v: (
        {item.name for item in a.alternatives if not item.measures} == set(v["names"]) != set()
        and any(item.measures for item in a.alternatives)
    ),
    "effects:consideration.mitigation_none": lambda a, _: not any(item.measures for item in a.alternatives),
    "effects:contribution.intro": always,
    "effects:contribution.most": lambda a, v: most_alone(a, v) and v["most_share"] != v["least_share"],
    "effects:contribution.most_only": lambda a, v: most_alone(a, v),
    "effects:costs.intro": lambda a, _: not own_costs(a),
    "effects:costs.intro_own": lambda a, _: own_costs(a),
    "effects:ledger.if_chosen": lambda a, _: bool(a.ledger),
    # --- advice
    "advice:ranking.weights_log": lambda a, _: bool(a.weight_log),
    "advice:ranking.weights_no_log": lambda a, _: not a.weight_log,
    "advice:ranking.table_note": lambda a, _: len(ranked(a)) > 1,
    "advice:ranking.swing_intro": lambda a, _: bool(a.swings),
    "advice:ranking.central_intro": lambda a, _: len(ranked(a)) > 1,
    "advice:ranking.central_never": lambda a, v: all(
        not named(a, name).central_weights for name in v["names"]
    ),
    "advice:changes.impossible": lambda a, v: (
        not (set(v["names"]) & {each.to for each in a.robustness.changes})
    ),
    "advice:checks.left_out_note": lambda a, v: (
        v["alternatives"] + v["indicators"] == len(a.robustness.leave_out)
    ),
    "advice:checks.agreement": lambda a, v: v["tau"] == a.robustness.outranking.order_agreement,
    "advice:conflicts.trade_off_intro": lambda a, _: len(ranked(a)) > 1,
    "advice:decision.taken": lambda a, v: a.case.decision.date == v["date"],
    "advice:preconditions.measures_absent": lambda a, _: not any(item.measures for item in a.alternatives),
    "advice:preconditions.staff_new": lambda a, _: (
        unmoved(a) and a.case.trigger not in (*OFFICE_TRIGGERS, Trigger.RELOCATION)
    ),
    "advice:preconditions.staff_offices": lambda a, _: a.case.trigger in OFFICE_TRIGGERS,
    "advice:preconditions.staff_origin_unknown": lambda a, _: (
        unmoved(a) and a.case.trigger is Trigger.RELOCATION
    ),
    "advice:preconditions.staff_current": lambda a, _: a.case.staff.current is not None,
    "advice:preconditions.staff_follow": lambda a, _: not unmoved(a) and a.case.staff.follow_share is None,
    "advice:preconditions.staff_follow_stated": lambda a, _: a.case.staff.follow_share is not None,
    "advice:preconditions.staff_base": lambda a, _: bool(ranked(a)),
    "advice:preconditions.premises_need": lambda a, _: (
        jobs_known(a) and a.case.costs.area_per_employee is None
    ),
    "advice:preconditions.premises_need_range": lambda a, v: (
        jobs_known(a) and a.case.costs.area_per_employee is None and v["low"] < v["middle"] < v["high"]
    ),
    "advice:preconditions.premises_stated": lambda a, _: a.case.costs.area_per_employee is not None,
    "advice:preconditions.premises_unknown": lambda a, _: not jobs_known(a),
    "advice:preconditions.premises_available": always,
    "advice:preconditions.timing_notified": lambda a, _: bool(a.case.notified),
    "advice:preconditions.timing_informed": lambda a, _: bool(a.case.informed),
    "advice:preconditions.staff_process_absent": unanswered("staff_process"),
    "advice:preconditions.plan_absent": unanswered("plan"),
    "advice:preconditions.follow_up_absent": unanswered("follow_up"),
    "advice:preconditions.to_do_intro": always,
    "advice:preconditions.to_do_nothing": lambda a, _: not verdicts(a, Verdict.NOT_DOCUMENTED),
    "advice:preconditions.to_do_figures": lambda a, _: any(item.missing for item in ranked(a)),
    "advice:preconditions.to_do_judge": lambda a, _: bool(verdicts(a, Verdict.NEEDS_JUDGEMENT)),
    # --- annexes
    "annex:findings.intro": always,
    "annex:findings.not_applicable": lambda a, _: any(
        each.verdict is Verdict.NOT_APPLICABLE
        for review in (a.findings, *(other.findings for other in a.other_reviews))
        for each in review
    ),
    "annex:findings.none": lambda a, _: (
        not [each for each in a.findings if each.verdict is not Verdict.NOT_APPLICABLE]
    ),
    "annex:findings.retold_note": always,
    "annex:findings.carried": lambda a, _: any(
        each.carried
        for review in (a.findings, *(other.findings for other in a.other_reviews))
        for each in review
    ),
    "annex:findings.unconfirmed": lambda a, _: any(
        each.status != "confirmed"
        for review in (a.findings, *(other.findings for other in a.other_reviews))
        for each in review
    ),
    "annex:log.empty": lambda a, _: not a.weight_log,
    "annex:log.intro": lambda a, _: bool(a.weight_log),
    "annex:method.made_with": lambda a, v: v["method"] == a.method_version and v["id"] == a.snapshot.id,
    "annex:case_sources.absent": lambda a, _: not a.case.sources,
}
"""The rooms of the document, `room:name`; the method annex says what is always done."""

DESCRIBES = ("annex:method.", "annex:sheets.", "keywords.")
"""Texts that say how the method works or what a sheet holds, whatever the case."""
