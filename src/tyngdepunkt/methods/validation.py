"""The array types the methods share, and the checks they make at the door."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

TOLERANCE = 1e-12
"""Values closer than this are the same value: what is left after rounding in a sum of a few products."""


def finite(array: npt.ArrayLike, dimensions: int, name: str) -> Floats:
    """The array as float64, refused when something is missing in it.

    A missing figure that slips into a sum makes everything after it missing without a word;
    therefore it is stopped here.

    Args:
        array: numbers, any unit.
        dimensions: how many axes it must have.
        name: what to call it in the message.

    Raises:
        ValueError: wrong number of axes, nothing in it, or a number that is not finite.
    """
    result = np.asarray(array, dtype=np.float64)
    if result.ndim != dimensions or result.size == 0:
        raise ValueError(f"{name} must have {dimensions} axes and not be empty, has shape {result.shape}")
    if not np.isfinite(result).all():
        raise ValueError(f"{name} has missing or infinite numbers")
    return result


def values_and_weights(values: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Floats, Floats]:
    """A matrix of values (alternatives, criteria) and weights (criteria,) or (draws, criteria) that fit.

    Raises:
        ValueError: missing numbers, shapes that do not fit, a negative weight, or a sum that is not 1.

    Returns:
        Both as arrays of float64, in the shapes they came in.
    """
    matrix = finite(values, 2, "values")
    many = np.ndim(weights) == 2
    drawn = finite(weights, 2 if many else 1, "weights")
    if drawn.shape[-1] != matrix.shape[1]:
        raise ValueError(f"{matrix.shape[1]} criteria but weights of shape {drawn.shape}")
    if drawn.min() < -TOLERANCE or np.abs(drawn.sum(axis=-1) - 1).max() > 1e-9:
        raise ValueError("weights must be at least 0 and sum to 1")
    return matrix, drawn


def generator(seed: int | np.random.Generator) -> np.random.Generator:
    """A generator of its own for a seed, so that the same seed gives the same answer everywhere."""
    return seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)


def same_shape(name: str, *arrays: npt.NDArray[Any]) -> None:
    """Refuse arrays of different shapes.

    Raises:
        ValueError: when they differ.
    """
    if len({array.shape for array in arrays}) > 1:
        raise ValueError(f"{name} must have the same shape: {[array.shape for array in arrays]}")
