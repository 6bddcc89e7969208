"""Rank acceptability of 357 alternatives by 15 criteria, against plain NumPy in the same run.

    python bench/rank_acceptability.py [--draws 1000000]

Plain NumPy is the product of weights and values, argsort and bincount, in blocks that fit the
cache (which is kind to it: larger blocks are slower). The answers are compared before anything
is said about time. The three take turns, batch by batch, and each is judged by its fastest batch:
what a busy machine adds falls away. The linear algebra library gets one thread: with more, plain
NumPy gains a twentieth on a quiet machine and loses most of its speed on a busy one.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported

import numpy as np

from tyngdepunkt.methods.rank_counting import tally
from tyngdepunkt.methods.validation import Floats, Ints
from tyngdepunkt.methods.weights import anything

ALTERNATIVES, CRITERIA, BATCH, BLOCK = 357, 15, 1 << 16, 256


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1_000_000)
    draws = max(1, parser.parse_args().draws)
    values = np.random.default_rng(20190101).random((ALTERNATIVES, CRITERIA))
    weights = anything(CRITERIA).sample(draws, 20190101)
    fastest = {"plain": float("inf"), "product": float("inf"), "ours": float("inf")}
    theirs = np.zeros((ALTERNATIVES, ALTERNATIVES), dtype=np.int64)
    ours = theirs.copy()
    for batch in np.array_split(weights, -(-draws // BATCH)):
        fastest["plain"] = min(fastest["plain"], timed(lambda b=batch: plain(values, b), theirs) / len(batch))
        fastest["product"] = min(
            fastest["product"], timed(lambda b=batch: product(values, b), None) / len(batch)
        )
        fastest["ours"] = min(
            fastest["ours"], timed(lambda b=batch: tally(values, b).ranks, ours) / len(batch)
        )
    if not (theirs == ours).all():
        sys.exit(f"the answers differ in {(theirs != ours).sum()} of {ours.size} counts")
    report(fastest, draws)


def plain(values: Floats, weights: Floats) -> Ints:
    """The same counts as anybody would write them."""
    n = len(values)
    counts = np.zeros(n * n, dtype=np.int64)
    for start in range(0, len(weights), BLOCK):
        order = np.argsort(-(weights[start : start + BLOCK] @ values.T), axis=1)
        counts += np.bincount((order + np.arange(n) * n).ravel(), minlength=n * n)
    return counts.reshape(n, n).T


def product(values: Floats, weights: Floats) -> None:
    """The product alone: the floor nobody gets under."""
    for start in range(0, len(weights), BLOCK):
        weights[start : start + BLOCK] @ values.T


def timed(work: Callable[[], Any], total: Ints | None) -> float:
    """Seconds the work took; its answer is added to `total`."""
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    if total is not None:
        total += answer
    return seconds


def report(fastest: dict[str, float], draws: int) -> None:
    """One line per figure; `fastest` is seconds a draw."""
    each = {name: seconds * 1e6 for name, seconds in fastest.items()}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rank acceptability: {ALTERNATIVES} alternatives x {CRITERIA} criteria x {draws:,} draws")
    print(f"  plain NumPy        {each['plain']:6.2f} us a draw")
    print(f"  product alone      {each['product']:6.2f} us a draw")
    print(f"  ours               {each['ours']:6.2f} us a draw, the same counts")
    print(f"  ratio to plain     {each['plain'] / each['ours']:6.1f} times as fast (aim: 4)")
    print(f"  ratio to product   {each['ours'] / each['product']:6.1f} times the floor")
    print(f"  peak memory        {memory:6.0f} MB (aim: below 1024)")


if __name__ == "__main__":
    main()
