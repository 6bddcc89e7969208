"""How much any plan can cover: the linear relaxation by an interior point, and a bound that always holds.

The relaxation is  max w·z − f·y  with  z ≤ A y,  E y ≤ e,  0 ≤ y, z ≤ 1  (A: which sites cover a class).
Mehrotra's predictor and corrector (1992), with everything but y eliminated: each step solves one dense
system in the sites alone, (Aᵀ D A + Θ) Δy = r, so that the work grows with the classes only once.

Whatever point the method stands at, its prices λ (per class) and μ (per limit) give a bound that holds
exactly (Lagrange):  Σ (w − λ) + μ·e + Σ max(0, Aᵀλ − f − Eᵀμ).  The terms of the last sum are the reduced
gains: a site that would push the bound under a plan already found is closed, or kept open, for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.cover_sets import Cover, gram
from tyngdepunkt.methods.siting.cover_start import Limits
from tyngdepunkt.methods.validation import Floats, Ints

MOST_STEPS = 80
_CLOSE = 0.995
"""How far towards the edge a step may go."""


class Point(NamedTuple):
    """Where the relaxation stands.

    Attributes:
        bound: no plan is worth more; in float64, whatever the accuracy of the point.
        gains: (sites,) reduced gains: positive for a site worth more than it takes.
        prices: (classes,) λ, between 0 and the weight.
        shares: (sites,) y, how far each site is open.
        value: worth of the relaxed plan itself, nearly; the bound cannot fall below it.
    """

    bound: float
    gains: Floats
    prices: Floats
    shares: Floats
    value: float


def lagrange(cover: Cover, limits: Limits, prices: Floats, mu: Floats) -> tuple[float, Floats]:
    """The bound that any prices give, and the reduced gains.

    With one limit that counts sites, μ is made the best for the prices: the gain of the first site that
    does not fit.

    Args:
        cover: classes and sites.
        limits: what a plan may use.
        prices: (classes,) of covering a class; held between 0 and its weight.
        mu: (limits,) prices of the limits; not below 0.

    Returns:
        The bound in units of weight, and (sites,) what each site adds beyond its price.
    """
    lam = np.clip(prices, 0.0, cover.weights)
    gross = np.asarray(cover.turned @ lam) - limits.price
    if len(limits.most) == 1 and (limits.rows == 1.0).all():
        p = int(limits.most[0])
        mu = np.array([_threshold(gross, p)])
    mu = np.maximum(mu, 0.0)
    gains = gross - limits.rows.T @ mu
    bound = float((cover.weights - lam).sum() + mu @ limits.most + np.maximum(gains, 0.0).sum())
    return bound, gains


def _threshold(gross: Floats, p: int) -> float:
    if p >= len(gross):
        return 0.0
    if p <= 0:
        return float(gross.max())
    last, first = np.partition(gross, (len(gross) - p - 1, len(gross) - p))[
        [len(gross) - p, len(gross) - p - 1]
    ]
    return float((last + first) / 2)


@dataclass(eq=False)
class _State:
    """Variables, slacks and multipliers; the names are those of the head of this module."""

    y: Floats
    z: Floats
    s: Floats  # slack of z ≤ A y
    u: Floats  # slack of the limits
    lam: Floats
    mu: Floats
    z_low: Floats
    z_high: Floats
    y_low: Floats
    y_high: Floats

    def primal(self) -> list[Floats]:
        """What must stay positive on the primal side, in the order of `dual`."""
        return [self.s, self.u, self.z, 1 - self.z, self.y, 1 - self.y]

    def dual(self) -> list[Floats]:
        """The multiplier of each."""
        return [self.lam, self.mu, self.z_low, self.z_high, self.y_low, self.y_high]


def relax(
    cover: Cover,
    limits: Limits,
    visit: Callable[[Point], bool],
    start: tuple[Floats, Floats] | None = None,
) -> None:
    """Solve the relaxation, and show every point on the way.

    Args:
        cover: classes and sites, none empty.
        limits: what the open sites may take.
        visit: called with each point; true ends the work.
        start: prices and shares to begin near.
    """
    scale = float(cover.weights.mean())
    weights = cover.weights / scale
    rows = limits.rows / np.maximum(limits.most, 1e-12)[:, None]
    price = limits.price / scale
    at = _first(cover, weights, rows, price, scale, start)
    for _ in range(MOST_STEPS):
        point = _point(cover, limits, at, scale)
        if visit(point):
            return
        if point.bound - point.value <= 1e-10 * max(1.0, abs(point.bound)):
            return
        if not _advance(at, cover, weights, rows, price):
            return


def _point(cover: Cover, limits: Limits, at: _State, scale: float) -> Point:
    most = np.maximum(limits.most, 1e-12)
    bound, gains = lagrange(cover, limits, at.lam * scale, at.mu * scale / most)
    reach = np.minimum(np.asarray(cover.matrix @ at.y), 1.0)
    inside = min(1.0, 1.0 / max(1e-12, float((limits.rows @ at.y / most).max(initial=0.0))))
    value = float(cover.weights @ reach * inside - limits.price @ at.y)
    return Point(bound, gains, np.clip(at.lam * scale, 0.0, cover.weights), at.y, value)


def _first(
    cover: Cover,
    weights: Floats,
    rows: Floats,
    price: Floats,
    scale: float,
    start: tuple[Floats, Floats] | None,
) -> _State:
    """A point well inside: complementary products of one size, limits kept."""
    n, m = cover.classes, cover.sites
    even = np.full(m, min(0.9, 0.95 / max(1e-12, float(rows.sum(axis=1).max()))))
    if start is None:
        y, lam = even, weights * 0.5
    else:
        y = np.clip(0.8 * start[1] + 0.2 * even, 1e-3 * even, 0.98)
        y = y * min(1.0, 0.98 / max(1e-12, float((rows @ y).max())))
        lam = weights * np.clip(start[0] / (scale * weights), 0.1, 0.9)
    reach = np.asarray(cover.matrix @ y)
    gross = np.asarray(cover.turned @ lam) - price
    mu = np.full(len(rows), max(1e-3, float(np.sort(gross)[::-1][: max(1, m // 10)].min())) / len(rows))
    mu = mu / np.maximum(rows.mean(axis=1), 1e-12)
    rest = gross - rows.T @ mu
    gap = (weights - lam).sum() + mu.sum() + np.maximum(rest, 0).sum() - weights @ np.minimum(reach, 1)
    t = max(float(gap), 1e-3 * float(weights.sum())) / (3 * n + 2 * m + len(rows))
    z = np.clip(reach, 0.02, 0.98)
    return _State(
        y=y,
        z=z,
        s=np.maximum(np.maximum(reach - z, t / lam), 1e-3),
        u=np.maximum(1 - rows @ y, 1e-2),
        lam=lam,
        mu=mu,
        z_low=t / z,
        z_high=np.maximum(weights - lam + t / z, t / (1 - z)),
        y_low=np.maximum(-rest, 0) + t / y,
        y_high=np.maximum(rest, 0) + t / (1 - y),
    )


def _advance(at: _State, cover: Cover, weights: Floats, rows: Floats, price: Floats) -> bool:
    """One step of predictor and corrector; false where the numbers allow no more."""
    system = _System(at, cover, weights, rows, price)
    if system.factor is None:
        return False
    primal, dual = at.primal(), at.dual()
    count = sum(len(x) for x in primal)
    now = sum(float(x @ d) for x, d in zip(primal, dual, strict=True))
    zero = [np.zeros_like(x) for x in primal]
    d_primal, d_dual, _ = system.direction(zero)
    far, deep = _step(primal, d_primal), _step(dual, d_dual)
    then = sum(
        float((x + far * dx) @ (d + deep * dd))
        for x, dx, d, dd in zip(primal, d_primal, dual, d_dual, strict=True)
    )
    target = (then / now) ** 3 * now / count
    aims = [target - dx * dd for dx, dd in zip(d_primal, d_dual, strict=True)]
    d_primal, d_dual, moves = system.direction(aims)
    far = min(1.0, _CLOSE * _step(primal, d_primal))
    deep = min(1.0, _CLOSE * _step(dual, d_dual))
    if not np.isfinite(far + deep) or max(far, deep) < 1e-8:
        return False
    at.y, at.z = at.y + far * moves[0], at.z + far * moves[1]
    at.s, at.u = at.s + far * d_primal[0], at.u + far * d_primal[1]
    for name, change in zip(("lam", "mu", "z_low", "z_high", "y_low", "y_high"), d_dual, strict=True):
        setattr(at, name, getattr(at, name) + deep * change)
    return bool(np.isfinite(at.y).all() and np.isfinite(at.lam).all())


def _step(values: list[Floats], changes: list[Floats]) -> float:
    """How far all values stay positive, at most 1."""
    far = 1.0
    for value, change in zip(values, changes, strict=True):
        falling = change < 0
        if falling.any():
            far = min(far, float((-value[falling] / change[falling]).min()))
    return far


class _System:
    """The Newton system of one point, factored once and used for both directions."""

    def __init__(self, at: _State, cover: Cover, weights: Floats, rows: Floats, price: Floats) -> None:
        self.at, self.cover, self.rows = at, cover, rows
        reach = np.asarray(cover.matrix @ at.y)
        self.off_s = reach - at.z - at.s
        self.off_u = 1.0 - rows @ at.y - at.u
        self.off_z = -weights + at.lam - at.z_low + at.z_high
        gross = np.asarray(cover.turned @ at.lam)
        self.off_y = price - gross + rows.T @ at.mu - at.y_low + at.y_high
        self.q = at.lam / at.s
        self.bend = at.z_low / at.z + at.z_high / (1 - at.z)
        self.tied = self.q * self.bend / (self.q + self.bend)
        self.factor = self._factored(at.y_low / at.y + at.y_high / (1 - at.y))
        if self.factor is not None:
            self.by_limit = self._solve(rows.T)
            self.small = np.diag(at.u / at.mu) + rows @ self.by_limit

    def _factored(self, stiff: Floats) -> Any:
        from scipy import linalg

        matrix = gram(self.cover.matrix, self.tied)
        matrix[np.diag_indices(len(stiff))] += stiff
        more = 1e-12 * float(np.abs(np.diag(matrix)).mean())
        for _ in range(8):
            try:
                return linalg.cho_factor(matrix, lower=False, check_finite=False)
            except linalg.LinAlgError:
                more *= 100
                matrix[np.diag_indices(len(stiff))] += more
        return None

    def _solve(self, right: Floats) -> Floats:
        from scipy import linalg

        return np.asarray(linalg.cho_solve(self.factor, right, check_finite=False))

    def direction(self, aims: list[Floats]) -> tuple[list[Floats], list[Floats], tuple[Floats, Floats]]:
        """Changes of the primal values and of their multipliers, and of y and z, towards products `aims`."""
        at = self.at
        short = [aim / x - d for aim, x, d in zip(aims, at.primal(), at.dual(), strict=True)]
        g = short[0] - self.q * self.off_s
        g_u = short[1] - at.mu / at.u * self.off_u
        for_z = -self.off_z + short[2] - short[3]
        for_y = -self.off_y + short[4] - short[5]
        mixed = self.q / (self.q + self.bend) * (for_z - g)
        base = self._solve(for_y + np.asarray(self.cover.turned @ (g + mixed)))
        d_mu = np.linalg.solve(self.small, self.rows @ base + at.u / at.mu * g_u)
        d_y = base - self.by_limit @ d_mu
        d_reach = np.asarray(self.cover.matrix @ d_y)
        d_z = (for_z - g + self.q * d_reach) / (self.q + self.bend)
        d_lam = g + mixed - self.tied * d_reach
        d_primal = [d_reach - d_z + self.off_s, self.off_u - self.rows @ d_y, d_z, -d_z, d_y, -d_y]
        ratios = [d / x for x, d in zip(at.primal(), at.dual(), strict=True)]
        d_dual = [d_lam, d_mu] + [
            s - r * dx for s, r, dx in zip(short[2:], ratios[2:], d_primal[2:], strict=True)
        ]
        return d_primal, d_dual, (d_y, d_z)


def chosen(shares: Floats, limits: Limits) -> Ints:
    """A plan from a relaxed one: the sites that are most open, as long as they fit.

    Returns:
        Numbers of the sites, the most open first.
    """
    order = np.argsort(-shares, kind="stable")
    left = limits.most + 1e-9 * np.maximum(1.0, limits.most)
    plan = []
    for site in order:
        if shares[site] <= 1e-6:
            break
        if (limits.rows[:, site] <= left).all():
            plan.append(int(site))
            left = left - limits.rows[:, site]
    return np.array(plan, np.int64)
