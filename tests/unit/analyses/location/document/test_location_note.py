"""The first two pages: reasons that add up, and sentences that stand beside their condition."""

import dataclasses
from pathlib import Path

import pytest
from msgspec import structs
from pypdf import PdfReader

from location_assessment import country, example, variation
from location_cases import assessed, norway
from tyngdepunkt import documents, texts
from tyngdepunkt.analyses.location.answer import WeightChange
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.analyses.location.document.advice import preconditions
from tyngdepunkt.analyses.location.document.note import affected, changing, matter, speaking, unknown
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.analyses.location.result import Assessment
from tyngdepunkt.documents.document import Bullets, Section, Table
from tyngdepunkt.documents.xlsx import tables_of
from tyngdepunkt.indicators import price_year
from tyngdepunkt.settings import LANGUAGES

FOLDER = Path(__file__).parents[5] / "examples" / "location"
LONGEST = ("skatteetaten", "valgdirektoratet")  # the most text and the most alternatives of the shipped cases


def seen(assessment: Assessment | None = None) -> View:
    return View.of(assessment or example(), country())


def said(section: Section) -> str:
    plain = [getattr(block, "text", "") or "\n".join(getattr(block, "items", ())) for block in section.blocks]
    return "\n".join(plain)


def part(assessment: Assessment, title: str) -> Section:
    document = location_document(assessment, country())
    return next(section for section in document.summary if section.title.startswith(title))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_note_says_where_the_case_is_written_in_another_language(lang):
    written = {"nb": "bokmål", "nn": "bokmål", "en": "Norwegian Bokmål"}[lang]
    answer = assessed(None, lang)
    in_bokmal, unsaid = (
        dataclasses.replace(answer, case=dataclasses.replace(answer.case, lang=each)) for each in ("nb", None)
    )
    assert (written in said(matter.decided(seen(in_bokmal)))) == (lang != "nb")
    assert written not in said(matter.decided(seen(unsaid)))


def test_a_sum_that_can_go_either_way_is_no_reason():
    view = seen()
    first, second = view.ranked[:2]
    used = next(each for each in view.assessment.indicators if speaking.given(view, each, first, second))
    found = first.measurements[used.indicator.id]
    open_figure = dataclasses.replace(found.figure, low=-1.0, high=1.0)
    measurements = {**first.measurements, used.indicator.id: dataclasses.replace(found, figure=open_figure)}
    assert speaking.given(view, used, structs.replace(first, measurements=measurements), second) is None


def test_what_remains_asks_for_no_places_to_travel_to():
    """The case names none, and there may be none: that is not a figure to obtain."""
    view = seen()
    assert any(preconditions.REGULAR_SITES in item.missing for item in view.ranked)
    assert preconditions.REGULAR_SITES not in preconditions._missing(view)


def test_what_the_indicators_give_adds_up_to_the_difference_in_points():
    view = seen()
    first = view.ranked[0]
    for other in view.ranked[1:]:
        given = [
            speaking.given(view, used, first, other) for used in view.assessment.indicators if used.weight
        ]
        if None not in given:
            assert sum(given) == pytest.approx(first.value - other.value, abs=1e-9)
            break
    else:
        pytest.fail("no two alternatives have every figure, so nothing was tried")


def test_a_reason_for_is_never_a_figure_that_gives_the_second_more():
    view = seen()
    first, second = view.ranked[:2]
    for used in view.assessment.indicators:
        points = speaking.given(view, used, first, second)
        own, other = (item.measurements.get(used.indicator.id) for item in (first, second))
        if points is not None and points > 0:
            assert own.value > other.value


def test_a_figure_is_told_for_the_first_or_against_it_and_not_both_ways():
    """Better than the second's and worse than a third's: it is told the way it weighs most."""
    places = ["Senja", "Rauma", "Førde", "Hamar", "Alta", "Røros", "Tynset", "Narvik"]
    view = seen(assessed(alternatives=places))
    first, second = view.ranked[:2]
    both = []
    for used in view.assessment.indicators:
        over_second = speaking.given(view, used, first, second) or 0
        least = min(speaking.given(view, used, first, other) or 0 for other in view.ranked[1:])
        if over_second >= speaking.TELLING and least <= -speaking.TELLING:
            both.append(used.indicator.id)
    assert both, "no figure stands both ways, so nothing was tried"
    ahead, behind = speaking.reasons(view, most=100)
    assert ahead
    assert behind
    assert not {each.used.indicator.id for each in ahead} & {each.used.indicator.id for each in behind}
    assert {each.used.indicator.id for each in (*ahead, *behind)} >= set(both)


def test_a_must_have_that_is_not_known_stands_among_what_is_not_known():
    """Senja takes 220-246 minutes to the capital, which is an assumption; Hamar is within on both ends."""
    demand = {"must_have": [{"indicator": "capital_minutes", "max": 240}]}
    found = unknown.gaps(seen(assessed(alternatives=["Senja", "Førde", "Hamar"], **demand)))
    (told,) = [each.what for each in found if "må-kravene" in each.what]
    assert "Senja" in told
    assert "Hamar" not in told
    plain = unknown.gaps(seen(assessed(alternatives=["Senja", "Førde", "Hamar"])))
    assert not [each for each in plain if "må-kravene" in each.what]


def test_a_figure_that_is_not_known_is_no_reason():
    view = seen()
    used = next(each for each in view.assessment.indicators if each.weight > 0)
    name = used.indicator.id
    first, second = view.ranked[:2]
    measured = dict(first.measurements)
    measured[name] = dataclasses.replace(measured[name], assumed=True)
    assert speaking.given(view, used, structs.replace(first, measurements=measured), second) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_reason_says_its_figures_and_which_way_gives_points(lang):
    view = View.of(example(lang), country())
    reasons = [item for section in speaking.sections(view) for item in _points(section)]
    assert reasons
    ways = {
        "nb": ("høyt gir", "lavt gir"),
        "nn": ("høgt gir", "lågt gir"),
        "en": ("high gives", "low gives"),
    }
    assert all(any(way in reason for way in ways[lang]) for reason in reasons)


def _points(section: Section) -> tuple[str, ...]:
    return tuple(item for block in section.blocks if isinstance(block, Bullets) for item in block.items)


def test_one_that_is_nowhere_better_is_never_said_to_draw_level():
    view = seen()
    first = view.ranked[0]
    worse = structs.replace(first, name="Ingensteds bedre", number=99, rank=2)
    worse = structs.replace(
        worse, scores={key: None if score is None else score / 2 for key, score in first.scores.items()}
    )
    changed = dataclasses.replace(
        view.assessment,
        alternatives=(first, worse),
        robustness=structs.replace(
            view.assessment.robustness,
            changes=(structs.replace(_some_change(view), to=worse.name),),
        ),
    )
    (section,) = changing.section(seen(changed))
    assert "Ingen vekter setter Ingensteds bedre foran" in said(section)
    assert "Ingensteds bedre står likt" not in said(section)


def _some_change(view: View) -> WeightChange:
    return view.assessment.robustness.changes[0]


def test_who_is_not_compared_stands_with_the_figure_that_keeps_it_out():
    assert "=HYPERLINK(1) oppfyller ikke det må-kravene sier om" in said(part(example(), "Ikke sammenlignet"))


def test_a_case_without_a_zero_alternative_says_that_one_is_asked_for():
    alone = variation(alternatives=["Storvik", "Fjellby"])
    assert "har ikke noe nullalternativ" in said(matter.unchanged(seen(alone)))
    assert "har ikke noe nullalternativ" not in said(matter.unchanged(seen()))


def test_unknown_posts_are_among_what_is_not_known():
    case = variation(unit={"name": "Eksempeltilsynet", "jobs": "unknown"})
    assert "Hvor mange arbeidsplasser det gjelder" in said(unknown.unknown(seen(case)))
    assert "Hvor mange arbeidsplasser det gjelder" not in said(unknown.unknown(seen()))


def test_the_tool_is_named_in_the_method_annex_only():
    document = location_document(example(), country())
    assert "Tyngdepunkt" not in "\n".join(said(section) for section in document.summary)
    assert "Tyngdepunkt" not in document.author
    annex = next(each for each in document.sections if each.anchor == "annex-c")
    assert "Tyngdepunkt" in annex.blocks[0].text


def test_the_groups_and_the_costs_are_tables_with_one_column_for_each_alternative():
    section = part(example(), "Hvem merker det")
    groups = next(block for block in section.blocks if isinstance(block, Table))
    shown = seen().measured[:4]
    assert len(groups.columns) == 1 + len(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_costs_say_the_year_of_their_kroner(lang):
    heading = texts.text("analyses.location.document.note:affected.title", lang)
    (costs,) = [each for each in _tables(part(example(lang), heading)) if str(price_year()) in each.caption]
    assert all("NOK" in row[0] or "kroner" in row[0] for row in costs.rows)


def test_the_price_year_of_the_case_stands_wherever_there_are_kroner():
    made = location_document(variation(costs={"price_year": 2019}), country())
    found = [table.caption for table in tables_of(made) if "kroner fra" in table.caption]
    assert len(found) >= 2
    assert all(caption.endswith("2019") for caption in found)
    figures = next(sheet for sheet in made.sheets if sheet.name == "tall")
    units = {row[7] for row in figures.rows if "roner" in str(row[7])}
    assert units
    assert all(unit.endswith(" (2019-priser)") for unit in units)


def test_numbers_of_people_are_written_in_the_language_of_the_document():
    moved = {"current": 4000, "follow_share": "25-30 %"}
    for lang, follow in (("nb", "1\u00a0000–1\u00a0200 av 4\u00a0000"), ("en", "1,000–1,200 of 4,000")):
        case = variation(lang, staff=moved, moved_from=[{"place": "Hovedby", "jobs": 4000}])
        heading = texts.text("analyses.location.document.note:affected.title", lang)
        cells = [cell for each in _tables(part(case, heading)) for row in each.rows for cell in row]
        assert any(cell.startswith(follow) for cell in cells)


def _tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("name", LONGEST[:1])
def test_the_contents_of_a_shipped_case_begin_on_the_third_page_at_the_latest(name, tmp_path, norway):
    assessment = assess(read_case(FOLDER / f"{name}.yaml", norway), norway)
    (made,) = documents.write(location_document(assessment, norway), tmp_path, ("pdf",), name)
    pages = [page.extract_text() for page in PdfReader(made).pages[:4]]
    heading = {"nb": "Innhold", "nn": "Innhald", "en": "Contents"}[assessment.lang]
    assert any(f"\n{heading}\n" in f"\n{page}\n" for page in pages[:3])


def test_the_case_s_own_words_stand_where_they_answer():
    answers = {
        "sender": "Departementet",
        "department": "Avdeling A",
        "case_number": "26/1204",
        "plan": "I drift fra 2028.",
        "follow_up": "Måles etter tre år.",
        "staff_process": "Drøftet i april.",
        "why_these": "Tre steder meldte seg.",
        "affected": {"users": "Alle bruker nettet", "others": "Havnevesenet"},
    }
    here = {"place": "Fjellby", "affected": {"users": "Noen må reise lenger"}}
    zero = {"kind": "zero", "description": "Alt blir som før."}
    document = location_document(
        variation(**answers, alternatives=["Storvik", here, "Nordhavn", zero]), country()
    )
    assert document.author == "Departementet · Avdeling A · Sak 26/1204"
    front = {section.title: section for section in document.summary}
    assert "I drift fra 2028.\nMåles etter tre år." in said(front["Videre"])
    assert "Det må skrives inn" not in said(front["Videre"])
    assert "Alt blir som før." in said(front["Å la det være som i dag"])
    table = next(
        block for block in front["Hvem merker det, og hva koster det?"].blocks if isinstance(block, Table)
    )
    rows = {
        row[0]: dict(zip([c.title for c in table.columns[1:]], row[1:], strict=True)) for row in table.rows
    }
    assert rows["De som bruker tjenesten"]["Fjellby"] == "Noen må reise lenger"
    assert rows["De som bruker tjenesten"]["Storvik"] == "Alle bruker nettet"
    assert set(rows["Andre"].values()) == {"Havnevesenet"}
    chapters = [
        block
        for section in document.sections
        for inner in (section, *section.sections)
        for block in inner.blocks
    ]
    assert {"Drøftet i april.", "Tre steder meldte seg."} <= {
        getattr(block, "text", "") for block in chapters
    }


def test_what_the_case_does_not_answer_is_asked_for():
    told = said(part(example(), "Videre"))
    assert "fremdrift og ansvar etter vedtaket, oppfølging og prosessen med de ansatte" in told
    only = said(part(variation(plan="I drift fra 2028.", follow_up="Etter tre år."), "Videre"))
    assert "Saken sier ikke noe om prosessen med de ansatte." in only


def test_what_is_said_of_those_that_move_is_not_said_of_the_one_that_stays():
    found = assessed(
        trigger="relocation",
        unit={"name": "Enhet", "jobs": 25},
        moved_from=[{"place": "Oslo", "jobs": 25}],
        staff={"current": 25, "follow_share": [0.1, 0.3]},
        alternatives=["Narvik", {"place": "Hamar", "rent_per_m2": 2100}, {"kind": "stay", "place": "Oslo"}],
    )
    view = View.of(found, norway())
    (section,) = affected.sections(view)
    table = next(block for block in section.blocks if isinstance(block, Table))
    staying = view.head(next(item for item in found.alternatives if item.kind == "stay"))
    heads = [column.title for column in table.columns]
    staff = dict(zip(heads, next(row for row in table.rows if row[0].startswith("De som gjør")), strict=True))
    assert (staff[staying], staff["Narvik"]) == ("ingen flyttes", "2–8 av 25 ventes å følge med")
    told = " ".join(f"{each.what} {each.then}" for each in unknown.gaps(view))
    assert "Hva leien blir for" in told
    assert "Hamar" not in told.partition("Hva leien blir for")[2].partition(".")[0]
    remarks = str(location_document(found, norway()))
    assert "andel ansatte som blir med: Oppgitt i saken." in remarks.replace("Andel", "andel")
    assert "erfaringer fra tidligere flyttinger i Norge og Danmark" not in remarks
