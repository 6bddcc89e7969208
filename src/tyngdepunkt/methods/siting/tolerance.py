"""How much costs or weights may change before a p-median plan stops being the best.

Every cost c may become anything from c(1 − t) to c(1 + t), each pair its own way. For one rival the
worst such change is known: what only the plan uses becomes dearer, what only the rival uses cheaper, and
for sites both use, the dearer or the cheaper end, whichever hurts the plan more. With A, B, C a demand's
nearest site in the plan only, in the rival only, and in both, the plan loses

    max over x in {C(1 − t), C(1 + t)} of  min(A(1 + t), x) − min(B(1 − t), x)

on it, because that difference only rises or only falls with x. The weighted sum F(t) never falls, so the
rival's t is found by halving. For weights the worst change is the plan's longer ways up and its shorter
ways down, which gives t = (z' − z) / Σ w |d − d'| at once. Any plan that was not listed costs at least
the floor f, and (1 + t) z ≤ (1 − t) f holds up to t = (f − z) / (f + z). The least of all these is
proved; it is exact when it comes from a rival.
"""

from __future__ import annotations

import numpy as np

from tyngdepunkt.methods.siting.lists import nearest_open
from tyngdepunkt.methods.siting.near_best import NearBest, near_best
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline, Plan, Tolerance
from tyngdepunkt.methods.validation import Floats, Ints

_HALVINGS = 60
_MOST = 1 - 1e-9  # at 1 a cost may be nothing, and nothing times a forbidden pair is not a number


def tolerance(
    problem: Problem, deadline: Deadline | None = None, *, rivals: int = 10, plans: NearBest | None = None
) -> Tolerance:
    """The tolerance of the best plan.

    Args:
        problem: as for `p_median`.
        deadline: when to stop looking for rivals.
        rivals: how many other plans to look at; more make the proved percentages sharper.
        plans: the near-best plans, where they are known already; the best first.

    Returns:
        Percentages proved, and at most; None where there is no plan, infinite where nothing can topple it.
    """
    listed = plans or near_best(problem, rivals + 1, deadline)
    if not listed.plans:
        return Tolerance(None, None, None)
    best, others = listed.plans[0], listed.plans[1:]
    z = best.objective
    by_cost = min((rival_cost_change(problem, best, rival) for rival in others), default=np.inf)
    by_weight = min((rival_weight_change(problem, best, rival) for rival in others), default=np.inf)
    floor = listed.floor
    unlisted = np.inf if np.isinf(floor) else max(0.0, (floor - z) / (floor + z)) if floor + z > 0 else 0.0
    nearest = min([rival.objective for rival in others] + [floor])
    known = len(others) > 0 and z > 0 and np.isfinite(nearest)
    return Tolerance(
        (nearest - z) / z if known else None,
        100.0 * min(by_cost, unlisted),
        100.0 * min(by_weight, unlisted),
        100.0 * by_cost,
        100.0 * by_weight,
    )


def rival_cost_change(problem: Problem, plan: Plan, rival: Plan) -> float:
    """The least t at which some change of every cost by at most t makes a rival as good; infinite above 1."""
    heavy = problem.weights > 0
    weights = problem.weights[heavy]
    common = np.intersect1d(plan.open, rival.open)
    ours, theirs, both = (
        _nearest(problem, sites)[heavy]
        for sites in (np.setdiff1d(plan.open, common), np.setdiff1d(rival.open, common), common)
    )

    def loss(t: float) -> float:
        up, down = ours * (1 + t), theirs * (1 - t)
        ends = [np.minimum(up, both * end) - np.minimum(down, both * end) for end in (1 - t, 1 + t)]
        return float((weights * np.maximum(*ends)).sum())

    if loss(_MOST) < 0:
        return np.inf
    low, high = 0.0, _MOST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if loss(middle) >= 0 else (middle, high)
    return high if loss(0.0) < 0 else 0.0


def rival_weight_change(problem: Problem, plan: Plan, rival: Plan) -> float:
    """The least t at which some change of every weight by at most t makes a rival as good; else infinite."""
    heavy = problem.weights > 0
    apart = _nearest(problem, rival.open)[heavy] - _nearest(problem, plan.open)[heavy]
    weighted = problem.weights[heavy] * apart
    moved = float(np.abs(weighted).sum())
    if moved == 0.0:
        return 0.0  # the same ways for everyone: as good already
    t = max(0.0, float(weighted.sum()) / moved)
    return t if t < 1.0 else np.inf


def _nearest(problem: Problem, sites: Ints) -> Floats:
    if not len(sites):
        return np.full(problem.demands, np.inf)
    return nearest_open(problem.costs, sites)[1]
