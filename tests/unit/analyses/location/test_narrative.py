"""Sentences from figures: complete in three languages, true to the figures, and the same every time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from location_cases import (
    OFFICES,
    ROROS,
    answer,
    assessed,
    by_place,
    norway,
    promised,
    read,
)
from tyngdepunkt import texts
from tyngdepunkt.analyses.location import firmness, narrative, recommend
from tyngdepunkt.analyses.location.answer import WeightChange
from tyngdepunkt.analyses.location.result import Difference
from tyngdepunkt.documents import figure_words
from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import all_indicators
from tyngdepunkt.texts import inside, texts_of

LANGUAGES = ("nb", "nn", "en")
BUSY = {
    "trigger": "relocation",
    "moved_from": [{"place": "Oslo", "jobs": 40}],
    "alternatives": [
        {"kind": "zero"},
        {"place": "Bergen", "measures": ["Felles kontor"]},
        "Røros",
        {"kind": "oslo"},
        {"kind": "split", "places": ["Hamar", "Tynset"]},
        {"kind": "place_independent", "places": ["Hamar", "Røros"]},
        "Utsira",
    ],
    "must_have": [{"indicator": "recruitment_45", "min": 2000}],
    "weights": {"conditions": [10, 40], "location_policy": [20, 60], "mitigation": [0, 20]},
    "weight_log": [
        {
            "role": "R",
            "date": "2023-05-01",
            "weights": {"order": ["conditions", ["labour_market"]]},
            "reason": "x",
        },
        {"role": "R", "date": "2023-05-02", "weights": {"conditions": 100}, "scores_seen": True},
    ],
    "decision": {"place": "Bergen", "date": "2023-09-01"},
    "also_guidelines": ["2019-11-08"],
    "explanations": {"R29": "Nærhet til departementet"},
}
SITUATIONS = {
    "promised": lambda lang: promised(lang),
    "plain": lambda lang: answer(lang=lang),
    "busy": lambda lang: answer(
        BUSY | {"title": "T", "date": "2023-06-01", "unit": {"name": "U", "total_jobs": [20, 40]}}, lang=lang
    ),
    "offices": lambda lang: answer(OFFICES, lang=lang),
    "points": lambda lang: answer(lang=lang, weights={"conditions": 50, "mitigation": 50}),
    "nothing": lambda lang: answer(lang=lang, must_have=[{"indicator": "airport_minutes", "max": 0}]),
    "one": lambda lang: answer(
        lang=lang, alternatives=["Bergen", "Utsira"], must_have=[{"indicator": "airport_minutes", "max": 60}]
    ),
    "older": lambda lang: answer(lang=lang, date="2012-01-01", guidelines="2022-08-12"),
}


@pytest.fixture(params=[(name, lang) for name in SITUATIONS for lang in LANGUAGES], ids="-".join)
def spoken(request):
    name, lang = request.param
    return lang, SITUATIONS[name](lang)


def sentences(document):
    """Every text a reader meets in the document."""
    yield from (each for each in document["texts"].values() if each)
    yield document["weights"]["text"]
    yield from (each["weights"] for each in document["weights"]["log"])
    yield from (each["text"] for each in document["alternatives"] if each["text"])
    yield from (each["text"] for each in document["conflicts"])
    reviews = [document["rules"], *document["rules"]["also"]]
    yield from (
        each[part] for review in reviews for each in review["findings"] for part in ("text", "rule_text")
    )


def test_no_text_has_holes_in_it(spoken):
    _, document = spoken
    for text in sentences(document):
        assert not re.search(r"[{}]|\bNone\b(?! of)|\bnan\b|\binf\b|  |\(\)|\[\]|: ?\.|,,| ,| \.", text), text
        assert text == text.strip()


def test_every_text_is_a_sentence(spoken):
    _, document = spoken
    for text in [*document["texts"].values(), *(each["text"] for each in document["conflicts"])]:
        assert not text or text.endswith((".", "…", "!", "?")) or "Oppgitt" in text, text


def test_nynorsk_is_nynorsk_and_english_is_english(spoken):
    lang, document = spoken
    bokmal = (
        r"\b(ikke|hva|hvor|hvilke|noe|noen|mye|flere|hensyn|også|være|fra|bare|dem|deres|kommer|gjelder)\b"
    )
    norwegian = r"\b(ikke|ikkje|og|eller|som|er|det|den|av|på|til|ein|en|saken|saka|kommune[nr]?)\b"
    foreign = {"nb": r"\b(ikkje|ikke[jn]|frå|kva|noko|the|and|is|are)\b", "nn": bokmal, "en": norwegian}[lang]
    given = " ".join(each["name"] for each in document["alternatives"])
    for text in sentences(document):
        found = [word for word in re.findall(foreign, text) if word not in given]
        assert not found or (lang == "en" and "Nærhet til departementet" in text), (found, text)


def test_languages_say_the_same_with_the_same_figures():
    """Numbers in a text are the same in all three languages (dates apart)."""
    for name in ("recommendation", "robustness", "flip", "uncertainty"):
        figures = [re.findall(r"\d+(?:[,.]\d+)?", answer(lang=lang)["texts"][name]) for lang in LANGUAGES]
        assert figures[0] == figures[1] == [each.replace(".", ",") for each in figures[2]]
        assert figures[0]


def test_the_recommendation_says_the_values_it_rests_on():
    document = promised()
    ranked = sorted(document["alternatives"], key=lambda each: each["rank"])
    text = document["texts"]["recommendation"]
    for each in ranked[:2]:
        assert each["name"] in text
        assert f"{round(each['value'])}" in text


def test_a_narrow_lead_is_called_narrow():
    first, second = sorted(answer()["alternatives"], key=lambda each: each["rank"])[:2]
    close = first["value"] - second["value"] < narrative.CLOSE
    assert ("knapt" in answer()["texts"]["recommendation"]) == close


def test_the_flip_sentence_carries_the_change_from_before_to_after():
    document = answer(
        weights={"conditions": 40, "location_policy": 30, "cost_effectiveness": 20, "labour_market": 10}
    )
    change = document["robustness"]["smallest_weight_change"]
    text = document["texts"]["flip"].replace("\u00a0", " ")
    assert "vektene i saken" in text
    assert change["to"] in text
    weights = {each["id"]: each["weight"] for each in document["considerations"]}
    moved = max(change["weights"], key=lambda key: abs(change["weights"][key] - weights[key]))
    for share in (weights[moved], change["weights"][moved]):
        assert f"{100 * share:.1f}".replace(".", ",") in text


def test_never_is_said_where_no_weights_can_do_it():
    document = answer(alternatives=["Bergen", "Sandefjord"], **_only("population_trend"))
    assert document["robustness"]["smallest_weight_change"] is None
    assert document["robustness"]["first"] in document["texts"]["flip"]


def _only(name):
    return {
        "indicators": {each["id"]: {"off": True} for each in answer()["indicators"] if each["id"] != name}
    }


def test_what_each_alternative_wins_and_gives_up_is_true():
    document = promised()
    titles = {each["id"]: each["title"] for each in document["considerations"]}
    by_rank = {each["rank"]: each for each in document["alternatives"]}
    first = by_rank[1]
    for rank in (2, 3):
        each = by_rank[rank]
        wins, _, loses = each["text"].partition("gir fra seg")
        for key, title in titles.items():
            if each["scores"][key] is None:
                continue
            difference = each["scores"][key] - first["scores"][key]
            assert (narrative.inside(title) in wins) == (difference >= narrative.TELLING)
            assert (narrative.inside(title) in loses) == (difference <= -narrative.TELLING)


def test_one_ranked_alternative_is_not_said_to_come_first():
    lone = answer(alternatives=["Sandefjord", "Bergen"], must_have=[{"indicator": "centrality", "max": 870}])
    ranked = [each for each in lone["alternatives"] if each["rank"] is not None]
    assert len(ranked) == 1
    assert ranked[0]["text"].startswith("Bare ")
    assert "først" not in ranked[0]["text"]


@pytest.mark.parametrize(
    ("value", "said"), [(1, "1 minutt"), (2, "2 minutter"), (-1, "−1 minutt"), (0, "0 minutter")]
)
def test_a_unit_agrees_with_its_number(value, said):
    figure = Figure(float(value), "minutes", Quality.MEASURED)
    for written in (figure_words.phrase(figure, 0, "nb"), figure_words.bound(value, figure, 0, "nb")):
        assert written.replace("\u00a0", " ") == said


def test_no_indicator_has_brackets_of_its_own():
    """A table writes the unit in brackets behind the name."""
    for each in all_indicators().values():
        assert not any("(" in title for title in each.title.values()), each.id


@pytest.mark.parametrize(
    ("points", "wins", "loses"),
    [
        ((0.3, -0.4), False, False),
        ((0.5, -0.4), True, False),
        ((0.3, -0.5), False, True),
        ((9, -9), True, True),
    ],
)
def test_less_than_half_a_point_is_not_worth_a_word(points, wins, loses):
    assessment = assessed()
    first, other = (next(a for a in assessment.alternatives if a.rank == rank) for rank in (1, 2))
    differences = [
        Difference(key, each, ()) for key, each in zip(("conditions", "labour_market"), points, strict=True)
    ]
    titles = (assessment.title_of, str)
    text = narrative.against_first(replace(other, differences=tuple(differences)), [first], titles, "nb")
    assert ("vilkår for lokalisering" in text) == wins
    assert ("konsekvenser for arbeidsmarkedet" in text) == loses
    assert ("likt med" in text) == (not wins and not loses)


def test_a_conflict_is_worded_by_its_strength():
    for document in (promised(), answer(), answer(OFFICES)):
        for each in document["conflicts"]:
            apart, together = "fra hverandre" in each["text"], "sammen" in each["text"]
            if each["strength"] <= -narrative.WEAK:
                assert apart
                assert not together or "verken" in each["text"]
            elif each["strength"] >= narrative.WEAK:
                assert together
            else:
                assert "verken" in each["text"]
            assert ("klart" in each["text"]) == (abs(each["strength"]) >= narrative.STRONG)


def test_conflicts_name_the_indicators_behind_them():
    for each in promised()["conflicts"]:
        if abs(each["strength"]) < narrative.WEAK:
            continue
        assert each["through"]
        for pair in each["through"]:
            assert pair["share"] * each["strength"] > 0  # they pull the same way as the whole
        title = next(
            used["title"]["nb"]
            for used in promised()["indicators"]
            if used["id"] == each["through"][0]["indicators"][0]
        )
        assert narrative.inside(title) in each["text"]


FIVE = ["Bergen", "Sandefjord", "Røros", "Hamar", "Tynset"]


def test_the_strongest_conflict_comes_first_and_is_the_one_named():
    document = answer(alternatives=FIVE)
    strengths = [each["strength"] for each in document["conflicts"]]
    assert strengths == sorted(strengths)
    assert strengths
    titles = {each["id"]: each["title"] for each in document["considerations"]}
    for key in document["conflicts"][0]["between"]:
        assert narrative.inside(titles[key]) in document["texts"]["conflicts"]
    assert document["trade_offs"] == []


def test_whether_the_conflict_was_handled_depends_on_the_weights():
    assert "ikke løst" in answer(alternatives=FIVE)["texts"]["conflicts"]
    weighed = answer(alternatives=FIVE, weights={"conditions": 50, "location_policy": 50})
    assert "veid mot hverandre" in weighed["texts"]["conflicts"]


def test_few_alternatives_have_trade_offs_pair_by_pair_and_no_coefficient():
    document = answer(alternatives=FIVE[:3])
    assert document["conflicts"] == []
    assert len(document["trade_offs"]) == 3
    found = {each["name"]: each["scores"] for each in document["alternatives"]}
    for each in document["trade_offs"]:
        one, other = each["between"]
        for key, points in each["points"].items():
            assert points == pytest.approx(found[one][key] - found[other][key], abs=1e-6)
        assert one in each["text"]
        assert other in each["text"]
    assert "Styrken" not in document["texts"]["conflicts"]


def test_the_first_is_not_said_to_be_the_one_most_weights_favour():
    """Two differ: the first at the midpoint, and the one that most of the weights put first."""
    shares = {"first": (0.3, 0.7), "rival": (0.6, 0.4)}
    ranked = [
        replace(item, rank_acceptability=shares[name], acceptability_any=shares[name])
        for item, name in zip(assessed().alternatives[:2], shares, strict=True)
    ]
    for fixed in (False, True):
        said = firmness.robustness(ranked, fixed, "nb")
        assert "er først ved flere, 60" in said or "vært først ved flere, 60" in said
        assert "30" in said


def test_a_decision_that_differs_is_said_without_calling_it_wrong():
    differs = answer(decision={"place": "Bergen", "date": "2023-12-01"}, weights={"location_policy": 100})
    text = differs["texts"]["decision"]
    assert f"nummer {by_place(differs)['4601']['rank']}" in text
    assert "ikke at vedtaket var feil" in text
    assert "ikke oppgitt" in text
    same = answer(
        decision={"place": "Røros", "date": "2023-12-01", "reason": "Best"}, weights={"location_policy": 100}
    )
    assert "også alternativet som kommer først" in same["texts"]["decision"]
    assert "Best" in same["texts"]["decision"]
    elsewhere = answer(decision={"place": "Hamar", "date": "2023-12-01"})
    assert "Hamar" in elsewhere["texts"]["decision"]
    assert "kan derfor ikke sammenlignes" in elsewhere["texts"]["decision"]
    assert answer()["texts"]["decision"] == ""


def test_a_failed_demand_is_named_with_figure_and_limit():
    document = answer(must_have=[{"indicator": "recruitment_45", "min": 123456}])
    text = by_place(document)[ROROS]["text"].replace("\u00a0", " ")
    assert "123 456" in text
    assert (
        f"{by_place(document)[ROROS]['indicators']['recruitment_45']['value']:,.0f}".replace(",", " ") in text
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_braces_and_brackets_in_what_people_write_are_left_alone(lang):
    odd = "Sak {x} og [y] 100 % {{z}}"
    document = answer(
        lang=lang,
        title=odd,
        decision={"place": "Hamar", "date": "2023-12-01", "reason": odd},
        explanations={"R16": odd},
        alternatives=[{"place": "Bergen", "name": odd}, "Røros"],
    )
    assert document["title"] == odd
    assert odd in document["texts"]["decision"]
    assert odd in next(e["text"] for e in document["rules"]["findings"] if e["rule"] == "R16")
    assert odd in [each["name"] for each in document["alternatives"]]


def test_a_title_inside_a_sentence_begins_small_unless_it_is_an_abbreviation():
    assert narrative.inside("Sentralitet") == "sentralitet"
    assert narrative.inside("SSBs indeks") == "SSBs indeks"
    assert narrative.inside("") == ""


def test_the_log_of_weights_is_told_in_words():
    document = SITUATIONS["busy"]("nb")
    order, point = (each["weights"] for each in document["weights"]["log"])
    assert order.startswith("rekkefølge: Vilkår for lokalisering > ")
    assert point.replace("\u00a0", " ") == "Vilkår for lokalisering 100 %"
    assert [each["scores_seen"] for each in document["weights"]["log"]] == [None, True]


def test_every_reason_for_standing_outside_has_a_text():
    rooms = texts_of("analyses.location")
    for document in (SITUATIONS[name]("nb") for name in SITUATIONS):
        for each in document["alternatives"]:
            key = each["why_unscored"]
            assert key is None or set(rooms["unscored"][key.split(".")[1]]) == set(LANGUAGES)
        for each in document["indicators"]:
            key = each["left_out"]
            assert key is None or set(rooms["indicator_out"][key.split(".")[1]]) == set(LANGUAGES)


def test_explaining_computes_nothing():
    """The same assessment in another language has the same figures."""
    nb, en = (assessed(lang=lang) for lang in ("nb", "en"))
    assert nb.robustness == en.robustness
    assert [each.value for each in nb.alternatives] == [each.value for each in en.alternatives]
    assert nb.case == read()
    assert norway().snapshot == nb.snapshot


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((9.0, 0.0), "Bø leder ikke på noe hensyn"),
        ((9.0, -0.4), "Bø leder ikke med så mye som 0,5 poeng på noe hensyn"),
        ((0.4, -9.0), "Ål leder ikke med så mye som 0,5 poeng på noe hensyn"),
        ((0.0, -9.0), "Ål leder ikke på noe hensyn"),
        ((0.0, 0.0), "de står likt på alle hensyn"),
        ((0.4, -0.4), "mindre enn 0,5 poengs forskjell"),
    ],
)
def test_a_small_lead_is_not_called_none(points, said):
    leads = dict(zip(("vilkår", "kostnad"), points, strict=True))
    assert said in narrative.trade_off(("Ål", "Bø"), leads, str, "nb")


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((9.0, 0.0), "gir ikke fra seg noe."),
        ((9.0, -0.4), "gir ikke fra seg så mye som 0,5 poeng"),
        ((0.4, -9.0), "ikke så mye som 0,5 poeng på noe hensyn"),
        ((0.0, -9.0), "ikke på noe hensyn"),
        ((0.0, 0.0), "står likt med"),
        ((0.4, 0.0), "omtrent likt med"),
        ((0.0, -0.4), "omtrent likt med"),
    ],
)
def test_a_small_gain_or_loss_is_not_called_none(points, said):
    first, other = assessed().alternatives[:2]
    pairs = zip(("conditions", "labour_market"), points, strict=True)
    item = replace(other, differences=tuple(Difference(key, each, ()) for key, each in pairs))
    assert said in narrative.against_first(item, [first], (assessed().title_of, str), "nb")


TWICE = [{"name": n, "kind": "place_independent", "places": ["Hamar", "Røros"]} for n in ("A", "B")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_that_are_equal_are_told_apart_by_no_sentence(lang):
    document = answer(lang=lang, alternatives=TWICE)
    said = document["texts"]
    assert document["recommendation"] is None
    same = {
        "joint": ("Ingen er klart oftere", "Ingen er klart oftare", "No other is clearly first"),
        "cross_check": ("A og B", "A og B", "A and B"),
        "dominance": ("står likt under alle", "står likt under alle", "level under every"),
    }
    shared = ("deler førsteplassen", "deler førsteplassen", "shares the first place")
    assert shared[LANGUAGES.index(lang)] in document["alternatives"][0]["text"]
    for key, words in same.items():
        assert words[LANGUAGES.index(lang)] in said[key]


def test_a_decision_that_shares_the_first_place_is_not_said_to_come_first():
    ranked = [replace(item, rank=1) for item in assessed().alternatives[:2]]
    third = replace(assessed().alternatives[2], rank=3)
    same = narrative.decision(("Hamar", ""), ranked[1], [*ranked, third], "nb")
    assert "som her deler førsteplassen" in same
    other = narrative.decision(("Hamar", ""), third, [*ranked, third], "nb")
    assert f"{ranked[0].name} og {ranked[1].name} deler førsteplassen" in other


def test_the_second_method_names_all_it_puts_first():
    first, second, third = (
        replace(item, name=n) for item, n in zip(assessed().alternatives, "ABC", strict=True)
    )
    ranks = lambda *them: [  # noqa: E731
        replace(item, outranking_rank=r) for item, r in zip((first, second, third), them, strict=True)
    ]
    assert "Også den setter A først" in firmness.cross_check(ranks(1, 2, 3), "nb")
    assert "ikke mellom A og B" in firmness.cross_check(ranks(1, 1, 3), "nb")
    assert "setter B først, ikke A" in firmness.cross_check(ranks(2, 1, 3), "nb")
    assert "setter B og C likt på førsteplass, ikke A" in firmness.cross_check(ranks(3, 1, 1), "nb")


def test_equal_first_places_with_missing_figures_are_called_equal():
    first, second = (replace(item, rank=1) for item in assessed().alternatives[:2])
    doubt = recommend.Doubt((second.name,), (("Reisetid", second.name),), ("Flyplass",))
    said = recommend.recommendation([first, second], "nb", doubt)["recommendation"]
    assert "står likt" in said
    assert "kommer først" not in said
    assert f"kan hvert av disse komme først: {first.name} og {second.name}" in said
    assert "heller ikke kjent" in said


def test_what_is_cut_off_a_sentence_is_counted():
    item = assessed().alternatives[0]
    doubt = recommend.Doubt(tuple("BCDEFGHIJK"), tuple((f"Tall {each}", each) for each in "ABCDEFGHIJK"), ())
    said = recommend.recommendation([replace(item, rank=1), replace(item, rank=2)], "nb", doubt)[
        "recommendation"
    ]
    assert "I og 2 til" in said
    assert "tall H for H; 3 til" in said


def test_what_everybody_lacks_is_said_once():
    item = assessed().alternatives[0]
    ranked = [replace(item, name="A", rank=1), replace(item, name="B", rank=2)]
    figures = (("Leie", "A"), ("Leie", "B"), ("Reisetid", "B"))
    said = recommend.recommendation(ranked, "nb", recommend.Doubt(("B",), figures, ()))["recommendation"]
    assert "Dette må på plass: leie for alle alternativene; reisetid for B." in said
    both = (*figures, ("Tall", "A"), ("Tall", "B"))
    said = recommend.recommendation(ranked, "nb", recommend.Doubt(("B",), both, ()))["recommendation"]
    assert "Dette må på plass: leie og tall for alle alternativene; reisetid for B." in said


def test_one_alternative_is_not_compared_with_others_that_are_not_there():
    alone = answer(
        trigger="closure", alternatives=["Hamar"], must_have=[{"indicator": "recruitment_need", "min": 0.5}]
    )
    assert "bare ett alternativ, Hamar" in alone["texts"]["recommendation"]
    assert "Færre enn to alternativer er rangert" in alone["texts"]["conflicts"]


def test_one_that_is_not_known_to_pass_is_said_to_be_so():
    unknown = answer(
        trigger="closure",
        alternatives=["Hamar"],
        unit={"name": "U"},
        must_have=[{"indicator": "recruitment_need", "min": 0.5}],
    )
    assert unknown["recommendation"] is None
    assert "ikke kjent om Hamar oppfyller det må-kravene sier om" in unknown["texts"]["recommendation"]


@pytest.mark.parametrize("weights", ["none", {"order": ["conditions"]}, {"conditions": 100}])
def test_weights_are_not_said_to_be_used_where_nothing_is_ranked(weights):
    document = answer(weights=weights, must_have=[{"indicator": "airport_minutes", "max": 0}])
    assert document["weights"]["text"] == "Ingen alternativer er rangert, så ingen vekter er brukt."


def test_the_smallest_change_names_every_weight_that_moves():
    document = answer(alternatives=FIVE)
    change = document["robustness"]["smallest_weight_change"]
    before = {each["id"]: each["weight"] for each in document["considerations"]}
    moved = [key for key in change["weights"] if abs(change["weights"][key] - before[key]) >= 0.0005]
    assert len(moved) == 4
    titles = {each["id"]: each["title"] for each in document["considerations"]}
    assert all(inside(titles[key]) in document["texts"]["flip"] for key in moved)


def test_a_scale_between_the_alternatives_takes_back_that_the_order_stays():
    own = answer(indicators={"unemployment": {"value": "minmax"}})
    assert "kan bli en annen om et annet tas ut" in own["texts"]["leave_out"]
    assert "den samme om et annet tas ut" in answer()["texts"]["leave_out"]


def test_one_indicator_alone_cannot_be_left_out():
    document = answer(**_only("population_trend"))
    assert "Uansett" not in document["texts"]["leave_out"]


def test_no_figures_are_called_missing_where_the_case_has_turned_all_off():
    document = answer(indicators={each["id"]: {"off": True} for each in answer()["indicators"]})
    assert document["texts"]["recommendation"].startswith("Saken har slått av alle indikatorer")


@pytest.mark.parametrize(
    ("share", "all_of_them", "nearly"), [(1.0, True, False), (1 - 1e-12, True, False), (0.997, False, True)]
)
def test_nearly_all_weights_are_not_called_all(share, all_of_them, nearly):
    shares = ((share, 1 - share), (1 - share, share))
    ranked = [
        replace(item, rank_acceptability=own, acceptability_any=own)
        for item, own in zip(assessed().alternatives[:2], shares, strict=True)
    ]
    for fixed in (False, True):
        said = firmness.robustness(ranked, fixed, "nb").replace("\u00a0", " ")
        assert ("ved alle" in said and "ikke" not in said) == all_of_them
        assert ("over 99 prosent" in said) == nearly
        assert "100 %" not in said


@given(
    st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["given", "centroid"]),
)
def test_how_far_a_rival_is_off_is_told_as_weights_and_not_as_a_distance(
    before: list[float], after: list[float], lang: str, measured_from: str
) -> None:
    names = ["Alfa", "Beta", "Gamma", "Delta"]
    old, new = (
        {name: each / sum(given) for name, each in zip(names, given, strict=True)}
        for given in (before, after)
    )
    distance = sum((new[name] - old[name]) ** 2 for name in names) ** 0.5
    change = WeightChange("R", new, distance)
    said = firmness.flip("F", change, old, (measured_from, str, lang))
    grown = max(names, key=lambda name: new[name] - old[name])
    if new[grown] - old[grown] >= firmness.LEAST_MOVED:
        low, high = (texts.number(100 * each[grown], 1, lang) for each in (old, new))
        word = {"nb": "fra", "nn": "frå", "en": "from"}[lang]
        assert f" {texts.inside(grown)} {word} {low} " in said.replace("must go ", "")
        assert f" {high} " in said
    assert not re.search(r"[Aa]vstand|distance", said)
