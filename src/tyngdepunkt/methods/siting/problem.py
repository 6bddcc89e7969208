"""What a siting question holds: demands, candidate sites, the cost between them, and what is allowed.

Costs are a dense array (demands, sites) where infinity forbids a pair, or `CutLists` where a pair that
is not listed is forbidden. Everything else is one number per demand or per site. A problem is checked
when it is made; all flaws are told at once, with the rows they are in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Bools, Floats, Ints

Dense: TypeAlias = npt.NDArray[np.float64] | npt.NDArray[np.float32]


class Flaw(NamedTuple):
    """One thing wrong with a problem: what, and in which rows (demands or sites, from 0)."""

    kind: str
    rows: tuple[int, ...] = ()
    detail: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.detail, self._where()) if part)

    def _where(self) -> str:
        shown = ", ".join(str(row) for row in self.rows[:10])
        return f"(rows {shown}{', …' if len(self.rows) > 10 else ''})" if self.rows else ""


class BadProblemError(ValueError):
    """A problem that cannot be meant; `flaws` holds everything that is wrong with it."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(str(flaw) for flaw in flaws))
        self.flaws = tuple(flaws)


@dataclass(frozen=True, eq=False)
class CutLists:
    """Per demand the sites that may serve it: compressed rows, a pair not listed is forbidden.

    Attributes:
        start: (demands + 1,) where each demand's list begins and ends.
        site: (pairs,) candidate of each pair.
        cost: (pairs,) cost of each pair, any unit, at least 0.
        sites: how many candidates there are.
    """

    start: Ints
    site: Ints
    cost: Dense
    sites: int

    @property
    def shape(self) -> tuple[int, int]:
        """(demands, sites)."""
        return len(self.start) - 1, self.sites

    def demand(self) -> Ints:
        """(pairs,) the demand of each pair."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int64), np.diff(self.start))


Costs: TypeAlias = Dense | CutLists


@dataclass(frozen=True, eq=False)
class Problem:
    """Demands, sites and what is allowed.

    Attributes:
        costs: (demands, sites) dense with infinity for a forbidden pair, or cut lists.
        weights: (demands,) how much each demand counts in the objective, at least 0.
        p: how many sites to open, fixed ones among them; None where the model does not count sites.
        loads: (demands,) what each demand takes of a capacity; the weights unless given.
        capacities: (sites,) what each site can take; infinity for no limit.
        fixed: (sites,) sites that are open in every plan.
        existing: (sites,) sites that stand there today.
        site_costs: (sites,) what opening costs; counted by `cflp` and against the budget.
        budget: most the open sites may cost together.
        radius: how far is near enough: for covering, and for the share beyond it.
        groups: (demands,) a number for each demand's group, for fairness.
        demand_ids: (demands,) names of the demands; `site_ids` those of the sites.

    Raises:
        BadProblemError: shapes that do not fit, negative or missing numbers, more to open than there is,
            two equal ids. A demand that no site may serve is no flaw here: see `unreachable`.
    """

    costs: Costs
    weights: Floats
    p: int | None = None
    loads: Floats | None = None
    capacities: Floats | None = None
    fixed: Bools | None = None
    existing: Bools | None = None
    site_costs: Floats | None = None
    budget: float | None = None
    radius: float | None = None
    groups: Ints | None = None
    demand_ids: tuple[str, ...] | None = field(default=None, repr=False)
    site_ids: tuple[str, ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name, kind in _ARRAYS.items():
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, _array(value, kind))
        if not isinstance(self.costs, CutLists):
            object.__setattr__(self, "costs", _dense(self.costs))
        flaws = found_flaws(self)
        if flaws:
            raise BadProblemError(flaws)

    @property
    def demands(self) -> int:
        """How many demands."""
        return int(self.costs.shape[0])

    @property
    def sites(self) -> int:
        """How many candidate sites."""
        return int(self.costs.shape[1])

    @property
    def new_sites(self) -> Bools:
        """(sites,) sites that neither stand there today nor have to be opened."""
        existing = np.zeros(self.sites, bool) if self.existing is None else self.existing
        return np.asarray(~(existing | self.must_open))

    @property
    def must_open(self) -> Bools:
        """(sites,) the fixed sites; none when none are named."""
        return np.zeros(self.sites, bool) if self.fixed is None else self.fixed

    @property
    def takes(self) -> Floats:
        """(demands,) what each demand takes of a capacity."""
        return self.weights if self.loads is None else self.loads


_ARRAYS: dict[str, Any] = {
    "weights": np.float64,
    "loads": np.float64,
    "capacities": np.float64,
    "fixed": np.bool_,
    "existing": np.bool_,
    "site_costs": np.float64,
    "groups": np.int64,
}
_PER_SITE = ("capacities", "fixed", "existing", "site_costs")
_PER_DEMAND = ("weights", "loads", "groups")


def _array(value: Any, kind: Any) -> npt.NDArray[Any]:
    array = np.asarray(value)
    if kind is np.bool_ and array.dtype != np.bool_:
        _refuse_unless_flags(array)
    return np.ascontiguousarray(array, dtype=kind)


def _refuse_unless_flags(array: npt.NDArray[Any]) -> None:
    if not np.isin(array, (0, 1)).all():
        raise BadProblemError([Flaw("fixed and existing take one flag per site, not a list of sites")])


def _dense(costs: Any) -> Dense:
    array = np.asarray(costs)
    if array.dtype == np.float32:
        return np.ascontiguousarray(array, dtype=np.float32)
    return np.ascontiguousarray(array, dtype=np.float64)


def found_flaws(problem: Problem) -> list[Flaw]:
    """Everything wrong with a problem, shapes first: other checks need them to fit."""
    if len(problem.costs.shape) != 2 or 0 in problem.costs.shape:
        return [Flaw("costs must be demands by sites and not empty", detail=str(problem.costs.shape))]
    return _shape_flaws(problem) or [
        *_cost_flaws(problem),
        *_number_flaws(problem),
        *_count_flaws(problem),
        *_id_flaws(problem),
    ]


def _shape_flaws(problem: Problem) -> list[Flaw]:
    n, m = problem.costs.shape
    flaws = []
    for names, wanted in ((_PER_DEMAND, n), (_PER_SITE, m)):
        for name in names:
            value = getattr(problem, name)
            if value is not None and value.shape != (wanted,):
                flaws.append(Flaw(f"{name} must have {wanted} numbers", detail=f"has shape {value.shape}"))
    for name, ids, wanted in (
        ("demand_ids", problem.demand_ids, n),
        ("site_ids", problem.site_ids, m),
    ):
        if ids is not None and len(ids) != wanted:
            flaws.append(Flaw(f"{name} must have {wanted} names", detail=f"has {len(ids)}"))
    return flaws or _list_flaws(problem.costs)


def _list_flaws(costs: Costs) -> list[Flaw]:
    if not isinstance(costs, CutLists):
        return []
    pairs = len(costs.site)
    fits = len(costs.cost) == pairs and costs.start[0] == 0 and costs.start[-1] == pairs
    if not fits or (np.diff(costs.start) < 0).any():
        return [Flaw("cut lists do not fit together")]
    if pairs and not (costs.site.min() >= 0 and costs.site.max() < costs.sites):
        return [Flaw("cut lists name a site that is not there")]
    twice = costs.demand() * costs.sites + costs.site
    order = np.argsort(twice, kind="stable")
    again = order[1:][twice[order][1:] == twice[order][:-1]]
    return [Flaw("a pair is listed twice", _rows(np.unique(costs.demand()[again])))] if len(again) else []


def _cost_flaws(problem: Problem) -> list[Flaw]:
    costs = problem.costs
    if isinstance(costs, CutLists):
        bad = np.unique(costs.demand()[~(costs.cost >= 0)])
    else:
        bad = np.flatnonzero(~(costs.min(axis=1) >= 0))  # NaN where any is missing
    return (
        [Flaw("costs must be numbers of at least 0; these demands have others", _rows(bad))]
        if len(bad)
        else []
    )


def unreachable(problem: Problem) -> Ints:
    """Demands that no site may serve: a model that must serve all has no plan, covering leaves them out."""
    costs = problem.costs
    if isinstance(costs, CutLists):
        demand = costs.demand()[np.isfinite(costs.cost)]
        return np.flatnonzero(np.bincount(demand, minlength=problem.demands) == 0)
    return np.flatnonzero(np.isposinf(costs.min(axis=1)))


def _number_flaws(problem: Problem) -> list[Flaw]:
    flaws = []
    for name in ("weights", "loads", "site_costs"):
        value = getattr(problem, name)
        if value is not None:
            bad = np.flatnonzero(~((value >= 0) & np.isfinite(value)))
            if len(bad):
                flaws.append(Flaw(f"{name} must be finite and at least 0", _rows(bad)))
    if problem.capacities is not None:
        bad = np.flatnonzero(~(problem.capacities >= 0))
        if len(bad):
            flaws.append(Flaw("capacities must be at least 0", _rows(bad)))
    for name in ("budget", "radius"):
        value = getattr(problem, name)
        if value is not None and not value >= 0:
            flaws.append(Flaw(f"{name} must be at least 0", detail=str(value)))
    return flaws


def _count_flaws(problem: Problem) -> list[Flaw]:
    if problem.p is None:
        return []
    if problem.p < 1:
        return [Flaw("p must be at least 1", detail=str(problem.p))]
    if problem.p > problem.sites:
        return [Flaw("p is larger than the number of sites", detail=f"{problem.p} > {problem.sites}")]
    fixed = int(problem.must_open.sum())
    return [Flaw("more sites are fixed than p", detail=f"{fixed} > {problem.p}")] if fixed > problem.p else []


def _id_flaws(problem: Problem) -> list[Flaw]:
    flaws = []
    for name, ids in (("demand_ids", problem.demand_ids), ("site_ids", problem.site_ids)):
        if ids is not None and len(set(ids)) < len(ids):
            seen: set[str] = set()
            twice = [row for row, one in enumerate(ids) if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
            flaws.append(Flaw(f"{name} has names twice", _rows(np.array(twice))))
    return flaws


def _rows(rows: npt.NDArray[Any]) -> tuple[int, ...]:
    return tuple(int(row) for row in rows)
