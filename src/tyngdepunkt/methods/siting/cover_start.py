"""Good covering plans quickly: greedy, then exchanges of one open site for a closed one.

Both honour a count and a budget. The exchange looks at every pair of an open and a closed site at once:
what the new one covers alone, less what only the old one covers, plus what only the old one covers and
the new one covers too (Church and ReVelle 1974; Teitz and Bart 1968 for the exchange).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tyngdepunkt.methods.siting.cover_sets import Cover
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.validation import Floats, Ints


@dataclass(frozen=True, eq=False)
class Limits:
    """What the open sites may take together: rows · plan ≤ most.

    Attributes:
        rows: (limits, sites) at least 0, for instance ones for a count and costs for a budget.
        most: (limits,).
        price: (sites,) what an open site takes off the objective; 0 but for telling equal plans apart.
    """

    rows: Floats
    most: Floats
    price: Floats

    def left(self, plan: Ints) -> Floats:
        """(limits,) what remains when a plan is open."""
        return np.asarray(self.most - self.rows[:, plan].sum(axis=1))

    def part(self, sites: Ints, opened: Ints) -> Limits:
        """The limits for some of the sites when others have been opened.

        Returns:
            Limits with the columns of `sites`, in their order.
        """
        return Limits(self.rows[:, sites], self.left(opened), self.price[sites])

    def fitting(self) -> Ints:
        """Sites that fit when they are opened alone."""
        most = self.most + 1e-9 * np.maximum(1.0, self.most)
        return np.flatnonzero((self.rows <= most[:, None]).all(axis=0))

    def holds(self, plan: Ints) -> bool:
        """Whether a plan keeps within the limits."""
        return bool((self.left(plan) >= -1e-9 * np.maximum(1.0, self.most)).all())


def worth(cover: Cover, limits: Limits, plan: Ints) -> float:
    """What is maximised: weight covered less the price of the sites.

    Returns:
        In units of weight; nothing is asked of the limits.
    """
    return cover.value(plan) - float(limits.price[plan].sum())


def greedy(cover: Cover, limits: Limits, by_cost: bool = False) -> Ints:
    """Open the site that adds most until nothing fits or nothing adds.

    Args:
        cover: classes and sites.
        limits: what fits.
        by_cost: take what adds most for each unit of the last limit.
    """
    gain = np.asarray(cover.turned @ cover.weights)
    bare = np.ones(cover.classes, bool)
    left = limits.most.copy()
    plan: list[int] = []
    unit = np.maximum(limits.rows[-1], 1e-12) if by_cost else np.ones(cover.sites)
    while True:
        fits = (limits.rows <= left[:, None] + 1e-9 * np.maximum(1.0, limits.most)[:, None]).all(axis=0)
        score = np.where(fits, (gain - limits.price) / unit, -1.0)
        score[plan] = -1.0
        best = int(score.argmax()) if len(score) else 0
        if not len(score) or score[best] <= 0:
            return np.array(plan, np.int64)
        plan.append(best)
        left -= limits.rows[:, best]
        rows = cover.turned.indices[cover.turned.indptr[best] : cover.turned.indptr[best + 1]]
        rows = rows[bare[rows]]
        bare[rows] = False
        gain -= np.asarray(cover.matrix[rows].T @ cover.weights[rows])


def exchanged(cover: Cover, limits: Limits, plan: Ints, deadline: Deadline) -> Ints:
    """Exchange one open site for a closed one, the best pair each time, until no exchange gains."""
    best = np.asarray(plan, np.int64).copy()
    least = 1e-9 * max(1.0, float(cover.weights.sum()))
    while len(best) and len(best) < cover.sites and not deadline.passed:
        change = _changes(cover, limits, best)
        at = int(change.argmax())
        out, site = divmod(at, cover.sites)
        if change[out, site] <= least:
            break
        best[out] = site
    return best


def _changes(cover: Cover, limits: Limits, plan: Ints) -> Floats:
    """(open, sites) what each exchange adds; −1 where it may not be made."""
    p, m = len(plan), cover.sites
    seat = np.full(m, -1, np.int64)
    seat[plan] = np.arange(p)
    count = np.asarray(cover.matrix @ (seat >= 0).astype(np.float64))
    bare = np.flatnonzero(count < 0.5)
    once = np.flatnonzero((count > 0.5) & (count < 1.5))
    gain = np.asarray(cover.matrix[bare].T @ cover.weights[bare]) - limits.price
    alone = cover.matrix[once]
    place = np.repeat(np.arange(len(once)), np.diff(alone.indptr))
    serving = np.zeros(len(once), np.int64)
    mine = seat[alone.indices] >= 0
    serving[place[mine]] = seat[alone.indices[mine]]
    loss = np.bincount(serving, cover.weights[once], minlength=p) - limits.price[plan]
    both = np.bincount(
        serving[place] * m + alone.indices, cover.weights[once][place], minlength=p * m
    ).reshape(p, m)
    change = gain[None, :] - loss[:, None] + both
    spare = limits.left(plan) + 1e-9 * np.maximum(1.0, limits.most)
    for row, free in zip(limits.rows, spare, strict=True):
        change[row[None, :] - row[plan][:, None] > free] = -1.0
    change[:, plan] = -1.0
    return np.asarray(change)
