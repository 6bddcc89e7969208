"""A siting instance as it stands in a file: demands, sites, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tyngdepunkt.analyses.siting.marks import Notice
from tyngdepunkt.methods.siting.problem import Costs
from tyngdepunkt.methods.validation import Bools, Floats, Ints

Names = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Instance:
    """What was read.

    Attributes:
        demand_ids, site_ids: names as in the file.
        weights: (demands,) how much each counts in the objective.
        costs: dense or lists; None where points give them.
        demand_points, site_points: (…, 2) coordinates; None where there are none.
        loads: (demands,) what a demand takes of a capacity, where that is not its weight.
        capacities, fixed, existing, site_costs: per site, None where the file says nothing of them.
        groups: (demands,) number of each demand's group; `group_names` what they are called.
        p: how many sites the file itself asks for.
        forbidden: (pairs, 2) demand and site that may not go together.
        points: how many points or vertices the file has; `hash` the SHA-256 of all that was read.
        notices: what has to be said beside the answer.
    """

    demand_ids: Names
    site_ids: Names
    weights: Floats
    costs: Costs | None = None
    demand_points: Floats | None = None
    site_points: Floats | None = None
    loads: Floats | None = None
    capacities: Floats | None = None
    fixed: Bools | None = None
    existing: Bools | None = None
    site_costs: Floats | None = None
    groups: Ints | None = None
    group_names: Names = ()
    p: int | None = None
    forbidden: npt.NDArray[np.int64] | None = None
    points: int = 0
    hash: str = ""
    notices: tuple[Notice, ...] = ()
