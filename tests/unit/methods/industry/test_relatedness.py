"""Relatedness, density and complexity: against two packages, by hand, and where there is no answer."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tyngdepunkt.methods import industry
from tyngdepunkt.methods.industry.complexity import complexity_of
from tyngdepunkt.methods.industry.relatedness import proximity_of
from tyngdepunkt.methods.validation import Floats

table = (
    st.lists(st.integers(0, 40), min_size=35, max_size=35)
    .map(lambda cells: np.array(cells, dtype=float).reshape(7, 5))
    .filter(lambda values: values.sum() > 0)
)
CLOSE = 1e-10


def random_values(seed: int, places: int = 60, industries: int = 45) -> Floats:
    """Employment as it is: many zeros, few large values; no row and no column is empty."""
    rng = np.random.default_rng(seed)
    values = np.floor(rng.lognormal(3, 2, (places, industries))) * (rng.random((places, industries)) < 0.6)
    values[np.arange(places), rng.integers(0, industries, places)] += 5
    values[rng.integers(0, places, industries), np.arange(industries)] += 5
    return np.asarray(values)


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_ecomplexity(seed: int) -> None:
    """Conventions of ours are its: the diagonal counts in density, industries on the scale of places."""
    import ecomplexity as package
    import pandas

    values = random_values(seed)
    places, industries = values.shape
    long = pandas.DataFrame(
        {
            "year": 2020,
            "place": np.repeat(np.arange(places), industries),
            "industry": np.tile(np.arange(industries), places),
            "value": values.ravel(),
        }
    )
    columns = {"time": "year", "loc": "place", "prod": "industry", "val": "value"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = package.ecomplexity(long, columns, check_logsupermodularity=False, verbose=False)
        edges = package.proximity(long, columns)
    theirs = theirs.sort_values(["place", "industry"])
    present = industry.specialised(values)
    near = proximity_of(present)
    found = complexity_of(present)
    assert found.determined
    assert found.signed
    assert present == pytest.approx(theirs["mcp"].to_numpy().reshape(values.shape), abs=0)
    assert industry.location_quotient(values, values.sum(axis=0)) == pytest.approx(
        theirs["rca"].to_numpy().reshape(values.shape), abs=CLOSE
    )
    assert found.places == pytest.approx(theirs["eci"].to_numpy().reshape(values.shape)[:, 0], abs=CLOSE)
    assert found.industries == pytest.approx(theirs["pci"].to_numpy().reshape(values.shape)[0], abs=CLOSE)
    assert industry.density(present, near) == pytest.approx(
        theirs["density"].to_numpy().reshape(values.shape), abs=CLOSE
    )
    for row in edges.itertuples():
        assert near[row.prod1 if hasattr(row, "prod1") else row.industry_1][
            row.prod2 if hasattr(row, "prod2") else row.industry_2
        ] == pytest.approx(row.proximity, abs=CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_econcomplex(seed: int) -> None:
    """No diagonal, density in per cent, and a scale and sign of their own for industries."""
    import econcomplex as package

    values = random_values(seed)
    present = industry.specialised(values)
    off = ~np.eye(values.shape[1], dtype=bool)
    for kind, method in (("minimum", "max"), ("cosine", "sqrt")):
        near = industry.proximity(values, kind)
        theirs = package.proximity(values, method=method, compute="product")["product"]
        assert near[off] == pytest.approx(theirs[off], abs=CLOSE)
        dense = package.relatedness_density(values, proximity_method=method)
        assert 100 * industry.density(present, near, itself=False) == pytest.approx(dense, abs=CLOSE)
    assert industry.proximity(values, "correlation") == pytest.approx(
        1 - (1 - package.correlation_proximity(values)) * off, abs=CLOSE
    )
    found = complexity_of(present)
    eci, pci = package.eci_pci(values)
    spread = np.std(eci)
    assert found.places == pytest.approx(eci / spread, abs=CLOSE)
    ours = (found.industries - found.industries.mean()) / found.industries.std()
    sign = np.sign(-np.corrcoef(ours, found.ubiquity)[0, 1])
    assert ours * sign == pytest.approx((pci - pci.mean()) / pci.std(), abs=CLOSE)
    whole = values.sum(axis=0)
    assert industry.krugman(values, whole) == pytest.approx(package.krugman_index(values), abs=CLOSE)
    assert industry.hoover(values, whole) == pytest.approx(
        package.specialization_coefficient(values), abs=CLOSE
    )
    assert industry.herfindahl(values).normalised == pytest.approx(package.herfindahl(values), abs=CLOSE)
    assert industry.entropy(values) == pytest.approx(package.shannon_entropy(values, base=np.e), abs=CLOSE)


@given(table)
def test_proximities_by_their_definition(values: Floats) -> None:
    present = industry.specialised(values)
    both = present.T @ present
    count = np.diag(both)
    for kind in ("minimum", "conditional", "cosine", "jaccard", "association"):
        near = industry.proximity(values, kind)
        assert np.isnan(near[count == 0]).all()
        if kind != "conditional":
            assert near == pytest.approx(near.T, nan_ok=True)
        if kind != "association":
            known = near[~np.isnan(near)]
            assert ((known >= 0) & (known <= 1)).all()
    near = industry.proximity(values)
    for i in range(len(count)):
        for j in range(len(count)):
            if count[i] and count[j]:
                assert near[i, j] == pytest.approx(min(both[i, j] / count[i], both[i, j] / count[j]))


@given(table)
def test_sparse_and_dense_are_the_same(values: Floats) -> None:
    thin = sparse.coo_matrix(values)
    assert industry.specialised(thin).toarray() == pytest.approx(industry.specialised(values))
    assert industry.proximity(thin) == pytest.approx(industry.proximity(values), nan_ok=True)
    one, two = industry.complexity(thin), industry.complexity(values)
    assert one.determined == two.determined
    if one.signed:
        assert one.places == pytest.approx(two.places, nan_ok=True, abs=1e-7)


@given(table)
def test_density_lies_between_nothing_and_all(values: Floats) -> None:
    present, near = industry.specialised(values), industry.proximity(values)
    for itself in (True, False):
        found = industry.density(present, near, itself=itself)
        known = found[~np.isnan(found)]
        assert ((known >= 0) & (known <= 1 + 1e-12)).all()
    assert (np.nan_to_num(industry.density(np.ones_like(present), near), nan=1.0) >= 1 - 1e-12).all()


@given(table)
def test_a_place_is_the_mean_of_its_industries(values: Floats) -> None:
    found = industry.complexity(values)
    present = industry.specialised(values) > 0
    if not found.determined:
        assert np.isnan(found.places).all()
        return
    for row, own in zip(present, found.places, strict=True):
        if row.any():
            assert own == pytest.approx(found.industries[row].mean(), abs=1e-6)
        else:
            assert np.isnan(own)
    known = found.places[~np.isnan(found.places)]
    assert known.mean() == pytest.approx(0, abs=1e-9)
    assert known.std() == pytest.approx(1)


def test_the_broadest_place_is_the_most_complex_in_a_nested_table() -> None:
    nested = np.tril(np.ones((6, 6)))
    found = complexity_of(nested)
    assert np.argsort(found.places).tolist() == list(range(6))
    assert np.argsort(found.industries).tolist() == list(range(6))  # the rarest is the most complex
    assert found.diversity.tolist() == [1, 2, 3, 4, 5, 6]
    assert found.ubiquity.tolist() == [6, 5, 4, 3, 2, 1]


def test_places_with_nothing_in_common_have_no_complexity() -> None:
    apart = np.kron(np.eye(2), np.tril(np.ones((3, 3))))
    found = complexity_of(apart)
    assert not found.determined
    assert np.isnan(found.places).all()


def test_a_place_without_any_industry_is_missing_and_changes_nothing() -> None:
    nested = np.tril(np.ones((6, 6)))
    more = np.vstack([np.zeros(6), nested])
    found = complexity_of(more)
    assert np.isnan(found.places[0])
    assert found.places[1:] == pytest.approx(complexity_of(nested).places)


def test_a_quotient_of_exactly_one_counts_as_specialised() -> None:
    # shares of 3/10 both, which floating point does not divide alike
    values = np.array([[3, 7], [30, 70], [9, 21]], float)
    assert industry.specialised(values).all()


def test_an_unknown_proximity_is_refused() -> None:
    with pytest.raises(ValueError, match="no proximity"):
        industry.proximity(np.ones((2, 2)), "nearness")
