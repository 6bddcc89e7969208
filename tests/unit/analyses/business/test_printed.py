"""What is printed of a profile: its figures and their ranges, as one reads them."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.narrative import blocks
from tyngdepunkt.analyses.business.pictures import industries
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.documents.document import Table
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places

BUSINESS = analysis("business")


def profile_of(places: Places, name: str, lang: str) -> Any:
    question = read_parameters(BUSINESS, {"place": name}, str)
    return BUSINESS.answer({}, question, Setting(lang, lambda: places))


_NUMBER = r"[+−-]?\d+(?:[\u00a0\u202f ,]\d{3})*(?:[.,]\d+)?"  # a minus as it is printed
_WITH_RANGE = re.compile(rf"({_NUMBER})(?:\s%)? \(({_NUMBER})(?:–|\sto\s|\stil\s)({_NUMBER})(?:\s%)?\)")
_SPAN = re.compile(rf"({_NUMBER})(?:–|\sto\s|\stil\s)({_NUMBER})(?:\s%)?")


def read_back(printed: str, lang: str) -> tuple[float, int]:
    """A number as it is printed, and how many decimals it has."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", printed).replace("−", "-")
    bare = bare.replace(",", "") if lang == "en" else bare.replace(",", ".")
    return float(bare), len(bare.partition(".")[2])


def ranged_cells(table: Table, lang: str) -> Iterator[tuple[str, str, str]]:
    """The figure of each row that is followed by a column of ranges, and the ends of its range."""
    head = [column.title for column in table.columns]
    for at in [
        at for at, title in enumerate(head) if title == texts.text("analyses.business:view.range", lang)
    ]:
        for row in table.rows:
            span = _SPAN.fullmatch(str(row[at] or ""))
            value = row[at - 1]
            if span is not None and isinstance(value, float):
                times = 100 if table.columns[at - 1].form == "share" else 1
                yield texts.number(value * times, table.columns[at - 1].decimals, lang), span[1], span[2]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("place", ["Tinn", "Fyresdal", "Utsira", "Oslo", "Telemark", "Grenland"])
def test_every_figure_lies_within_its_range_as_both_are_printed(
    norway: Places, place: str, lang: str
) -> None:
    found = []
    for block in blocks(profile_of(norway, place, lang), lang):
        said = block.caption if isinstance(block, Table) else str(getattr(block, "text", ""))
        found += [match.groups() for match in _WITH_RANGE.finditer(said)]
        found += list(ranged_cells(block, lang)) if isinstance(block, Table) else []
    assert found
    for printed in found:
        (value, own), (low, first), (high, last) = (read_back(each, lang) for each in printed)
        assert own == first == last, printed
        assert low <= value <= high, printed


LANGS = ("nb", "nn", "en")
OF_KIND = {
    "large city": "Oslo",
    "island": "Utsira",
    "mining town": "Tinn",
    "county": "Telemark",
    "country": "Norge",
}


def said_of(found: Any, lang: str) -> list[str]:
    return [
        block.caption if isinstance(block, Table) else str(getattr(block, "text", ""))
        for block in blocks(found, lang)
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("place", OF_KIND.values())
def test_what_is_said_to_be_shown_without_a_range_is_shown(norway: Places, place: str, lang: str) -> None:
    found = profile_of(norway, place, lang)
    said = said_of(found, lang)
    [notice] = [each.text for each in found.notices if each.id == "no_ranges"]
    tables = {"sizes": "sizes", "reach": "reach", "thresholds": "services"}
    for kind, table in tables.items():
        caption = texts.text(f"analyses.business:view.{table}", lang, year="").split(",")[0]
        named = texts.text(f"analyses.business:without_range.{kind}", lang) in notice
        assert named is any(each.startswith(caption) for each in said), kind
    outside = texts.text("analyses.business:without_range.jobs_near", lang) in notice
    near = texts.text("analyses.business:view.near", lang, jobs=0, each=0.0).split(" 0 ")[0]
    assert outside is any(each.startswith(near) for each in said)
    assert near.split()[1] in ("andre", "other")  # the place itself lies within reach of itself


@pytest.mark.parametrize("lang", LANGS)
def test_the_country_is_called_as_the_language_has_it_however_it_was_asked_for(
    norway: Places, lang: str
) -> None:
    own = {"nb": "Norge", "nn": "Noreg", "en": "Norway"}[lang]
    for written in ("Norge", "Noreg", "norway", "hele landet", "the whole country"):
        found = profile_of(norway, written, lang)
        assert found.title.startswith(f"{own}:")
        assert found.place.name == own


@pytest.mark.parametrize("lang", LANGS)
def test_an_area_of_several_municipalities_says_what_it_cannot_have(norway: Places, lang: str) -> None:
    for place in OF_KIND.values():
        found = profile_of(norway, place, lang)
        told = {each.id for each in found.notices}
        assert ("one_municipality_only" in told) is (not found.vulnerability)
        assert ("jobs_on_land" in told) is (found.place.kind == "country")


@pytest.mark.parametrize("lang", LANGS)
def test_a_county_has_several_municipalities_and_a_municipality_one(norway: Places, lang: str) -> None:
    many, one = {"nb": ("kommunene", "kommunen"), "nn": ("kommunane", "kommunen")}.get(
        lang, ("municipalities", "municipality")
    )
    for place, word in (("Telemark", many), ("Tinn", one)):
        [said] = [
            each
            for each in said_of(profile_of(norway, place, lang), lang)
            if each.startswith(("I 2021", "In 2021"))
        ]
        assert said.endswith(f" {word}.")


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_industries_in_a_list_cannot_run_into_each_other(norway: Places, lang: str) -> None:
    found = profile_of(norway, "Tinn", lang)
    thin = [each.name for each in found.employment.industries if each.thin]
    assert len(thin) > 1
    [said] = [each.text for each in found.notices if each.id == "thin"]
    assert all(f"«{name}»" in said or f"“{name}”" in said for name in thin)


@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_calls_only_industries_the_largest(norway: Places, lang: str) -> None:
    """Jobs of no stated industry may be many, and are of no industry."""
    found = profile_of(norway, "Tinn", lang)
    [unknown] = [each for each in found.employment.industries if each.code == "00"]
    many = msgspec.structs.replace(unknown, share=0.5, quotient=9.0, thin=False)
    rest = [each for each in found.employment.industries if each.code != "00"]
    turned = msgspec.structs.replace(found.employment, industries=[many, *rest])
    before = industries(found, lang)
    after = industries(msgspec.structs.replace(found, employment=turned), lang)
    assert before is not None
    assert after is not None
    assert after.alt == before.alt
    assert rest[0].name[1:] in after.alt


def test_every_factor_has_its_sources(norway: Places) -> None:
    found = profile_of(norway, "Tinn", "nb")
    caption = texts.text("analyses.business:view.factors", "nb")
    [table] = [each for each in blocks(found, "nb") if isinstance(each, Table) and each.caption == caption]
    names = [{found.sources[at - 1].table for at in refs} for refs in table.row_refs]
    assert names == [{"firms_by_size", "jobs_by_industry"}, {"jobs_by_industry"}, {"commuting", "employed"}]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("written", ["Viken", "38", "Nord-Trøndelag"])
def test_a_former_county_is_answered_by_those_of_today(norway: Places, written: str, lang: str) -> None:
    with pytest.raises(UserError) as caught:
        profile_of(norway, written, lang)
    said = texts.explain_error(caught.value, lang)
    today = caught.value.faults[0].values["today"]
    assert all(name in said for name in today)
    assert {profile_of(norway, name, lang).place.kind for name in today} == {"county"}


@pytest.mark.parametrize(("written", "bound"), [("", "1"), ("A" * 400, "200")])
def test_a_name_that_is_too_long_or_too_short_is_not_called_of_the_wrong_kind(
    norway: Places, written: str, bound: str
) -> None:
    with pytest.raises(UserError) as caught:
        profile_of(norway, written, "nb")
    for lang in LANGS:
        said = texts.explain_error(caught.value, lang)
        assert bound in said
        assert texts.text("analyses:kind.why", lang) not in said
