"""The Norwegian form of names in several languages."""

import re

import pytest

from tyngdepunkt import open_places
from tyngdepunkt.places.names import norwegian
from tyngdepunkt.texts import read_yaml

WRITTEN = read_yaml("tyngdepunkt.places", "norwegian_names.yaml")


@pytest.fixture(scope="module")
def places():
    return open_places()


def test_each_name_written_down_is_a_municipality_s_and_its_form_one_of_it(places):
    official = {one.name for one in places.municipalities.values()}
    assert set(WRITTEN) <= official
    assert all(form in name.split(" - ")[1:] for name, form in WRITTEN.items())


def test_every_municipality_region_and_county_has_one_form_in_norwegian_letters(places):
    called = {one.called for one in places.municipalities.values()}
    called |= {one.region_called for one in places.municipalities.values()}
    called |= {one.county_called for one in places.municipalities.values()}
    assert not [name for name in called if re.search(r" - |[^/A-Za-zÆØÅæøå ()-]", name)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Trondheim - Tråante", "Trondheim"),
        ("Hábmer - Hamarøy", "Hamarøy"),
        ("Herøy (Nordland)",) * 2,
        ("",) * 2,
    ],
)
def test_the_norwegian_form_is_taken_whichever_stands_first(name, form):
    assert norwegian(name) == form
