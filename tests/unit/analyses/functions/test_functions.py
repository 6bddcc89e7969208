"""`tyngdepunkt functions`: bands by hand, what binds, own answers, what is published, what is refused."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.analyses.contract import Brought, Setting, analysis, as_builtins
from tyngdepunkt.analyses.functions import catalogue
from tyngdepunkt.analyses.functions.bound import ASKED, NEEDS, TASKS, bound_reasons
from tyngdepunkt.analyses.functions.coded import Occupations, is_personal
from tyngdepunkt.analyses.functions.narrative import details, summary
from tyngdepunkt.analyses.functions.pictures import places_map
from tyngdepunkt.analyses.functions.publish import published
from tyngdepunkt.analyses.functions.sheet import places_sheet, question_sheet
from tyngdepunkt.analyses.functions.values import band_of, shares_of
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.methods.disclosure.suppress import Suppression
from tyngdepunkt.places import Places
from tyngdepunkt.texts import explain_error

FUNCTIONS = analysis("functions")


def asked(places: Places, content: str, questions: str | None = None, **told: Any) -> Any:
    brought = {"table": Brought("list.csv", content.encode())}
    if questions is not None:
        brought["questions"] = Brought("answers.csv", questions.encode())
    question = read_parameters(FUNCTIONS, told, str)
    return FUNCTIONS.answer(brought, question, Setting("en", lambda: places))


def answer(places: Places, content: str, questions: str | None = None, **told: Any) -> dict[str, Any]:
    return dict(as_builtins(asked(places, content, questions, **told)))


def faults(places: Places, content: str, questions: str | None = None) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        answer(places, content, questions)
    return [(each.where, each.key.partition(":")[2]) for each in caught.value.faults]


def notices(found: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["text"] for each in found["notices"]}


def test_the_band_is_the_least_the_mean_and_the_most_of_the_published_shares(norway: Places) -> None:
    found = answer(norway, "unit,occupation,count\nA,2611,12\nA,2422,30\nA,3355,8\n")
    police, cases, lawyers = found["functions"]
    assert police["bound_reasons"] == [{"id": "patrol", "text": "patrol, emergencies and guard"}]
    assert lawyers["methods"] == {"dingel_neiman": 1, "sostero": 1, "holgersen": 0.2}
    assert lawyers["band"] == {"low": 0.2, "mean": pytest.approx(2.2 / 3), "high": 1}
    assert cases["disagreement"] is None
    assert lawyers["disagreement"]["spread"] == pytest.approx(0.8)
    assert lawyers["disagreement"]["lowest"] == "holgersen"
    assert "in court" in lawyers["disagreement"]["reason"]
    totals = found["totals"]
    assert (totals["posts"], totals["bound"], totals["open"], totals["unknown"]) == (50, 8, 42, 0)
    for end, share in (("low", 0.2), ("mean", 2.2 / 3), ("high", 1)):
        assert totals["independent"][end] == pytest.approx(12 * share + 30 * cases["band"][end])


def test_the_units_add_up_and_the_one_with_most_to_move_is_first(norway: Places) -> None:
    found = answer(norway, "unit,occupation,count\nA,2611,5\nA,3355,20\nB,2422,30\nC,0000,9\n")
    assert [each["unit"] for each in found["units"]] == ["B", "A", "C"]
    for name in ("posts", "bound", "unknown", "open"):
        assert sum(each[name] for each in found["units"]) == found["totals"][name]
    for end in ("low", "mean", "high"):
        total = sum(each["independent"][end] for each in found["units"])
        assert total == pytest.approx(found["totals"]["independent"][end])


IN_PLACES = """\
unit,occupation,municipality,count
A,2422,Sogndal,30
A,2422,Oslo,4
B,2611,Sogndal,5
B,3355,Oslo,20
B,0000,Oslo,3
B,2422,,7
"""


def test_the_places_add_up_and_the_one_with_most_to_move_is_first(norway: Places) -> None:
    found = answer(norway, IN_PLACES)
    assert [(each["name"], each["posts"]) for each in found["places"]] == [
        ("Sogndal", 35),
        ("Oslo", 27),
        ("No place given", 7),
    ]
    assert [each["place"] for each in found["places"]] == ["4640", "0301", ""]
    for name in ("posts", "bound", "unknown", "open", "answered"):
        assert sum(each[name] for each in found["places"]) == found["totals"][name]
    bands = {each["occupation"]: each["band"] for each in found["functions"]}
    sogndal, oslo, _ = found["places"]
    for end in ("low", "mean", "high"):
        assert sogndal["independent"][end] == pytest.approx(30 * bands["2422"][end] + 5 * bands["2611"][end])
        assert oslo["independent"][end] == pytest.approx(4 * bands["2422"][end])
    assert (oslo["bound"], oslo["unknown"], oslo["open"]) == (20, 3, 4)


def test_the_map_has_the_colours_of_the_table_and_says_it_in_words(norway: Places) -> None:
    result = asked(norway, IN_PLACES)
    drawn = places_map(result, "en")
    assert drawn is not None
    shown = {each.name: each.independent.mean for each in result.places}
    assert f"Sogndal {shown['Sogndal']:.1f} and Oslo {shown['Oslo']:.1f}" in drawn.alt
    assert drawn.svg.count('href="#shown-mark-towns"') == 2
    assert "No posts in the list" in drawn.svg
    assert {result.sources[at - 1].table for at in drawn.refs} == {"telework", "holgersen", "boundary"}
    assert drawn in FUNCTIONS.document(result, "en").sections[0].blocks
    rows = places_sheet(result, "en").rows
    assert [row[:3] for row in rows[1:]] == [
        ("4640", "Sogndal", 35),
        ("0301", "Oslo", 27),
        (None, "No place given", 7),
    ]


def test_without_places_there_is_no_map_and_no_table_of_places(norway: Places) -> None:
    result = asked(norway, "unit,occupation,count\nA,2422,30\n")
    assert places_map(result, "en") is None
    captions = [getattr(each, "caption", "") for each in FUNCTIONS.blocks(result, "en")]
    assert not [each for each in captions if each.startswith("The places")]


@pytest.mark.parametrize(
    ("code", "lowest", "highest"),
    [
        ("2611", "holgersen", "dingel_neiman"),
        ("3352", "dingel_neiman", "holgersen"),
        ("2142", "holgersen", "dingel_neiman"),
    ],
)  # fmt: skip
def test_lawyers_tax_officials_and_engineers_are_disputed(
    norway: Places, code: str, lowest: str, highest: str
) -> None:
    [found] = answer(norway, f"unit,occupation,count\nA,{code},9\n")["functions"]
    assert (found["disagreement"]["lowest"], found["disagreement"]["highest"]) == (lowest, highest)
    assert found["bound_reasons"] == []
    [calm] = answer(norway, f"unit,occupation,count\nA,{code},9\n", disagreement=1.0)["functions"]
    assert (calm["disagreement"] is None) == (found["disagreement"]["spread"] < 1)


def test_what_no_method_has_a_value_for_is_not_counted_and_is_told(norway: Places) -> None:
    found = answer(norway, "unit,occupation,count\nA,0000,7\nA,2659,6\nA,2422,5\n")
    missing = next(each for each in found["functions"] if each["occupation"] == "0000")
    assert missing["band"] is None
    assert missing["methods"] == {}
    assert found["totals"]["unknown"] == 7
    told = notices(found)
    assert "0000" in told["no_value"]
    assert told["two_values"].endswith(": 1.")  # 2659 has no value of Dingel and Neiman
    assert "one_value" not in told


def test_what_is_read_as_bound_is_not_contradicted_by_the_methods(norway: Places) -> None:
    """Classrooms apart, which the methods quarrel about: their mean takes none of the others for free."""
    free = [
        code
        for code, shares in shares_of(norway).items()
        if (band := band_of(shares)) and band.mean > 0.5 and set(bound_reasons(code)) - {"classroom"}
    ]
    assert free == ["7321"]  # pre-press: one method says it is free


def test_own_answers_come_before_the_methods_and_only_a_whole_no_sets_free(norway: Places) -> None:
    staff = "unit,occupation,count\nA,3257,6\nB,3257,7\nA,2422,8\nB,2422,9\nA,4110,5\n"
    no = ",".join(["no"] * len(TASKS))
    head = "unit,occupation," + ",".join(TASKS)
    some = ",".join(["no"] * (len(TASKS) - 1) + [""])
    found = answer(norway, staff, f"{head}\nA,3257,{no}\n,2422,{no.replace('no', 'yes', 1)}\nA,4110,{some}\n")
    by_key = {(each["unit"], each["occupation"]): each for each in found["functions"]}
    free, bound, left = by_key["A", "3257"], by_key["B", "2422"], by_key["A", "4110"]
    assert free["band"] == {"low": 1, "mean": 1, "high": 1}
    assert free["bound_reasons"] == []
    assert free["answered"]
    assert bound["band"] == {"low": 0, "mean": 0, "high": 0}
    assert [each["id"] for each in bound["bound_reasons"]] == ["email"]
    assert not left["answered"]
    assert [each["id"] for each in by_key["B", "3257"]["bound_reasons"]] == ["inspection"]
    assert found["totals"]["bound"] == 7 + 8 + 9
    assert found["totals"]["answered"] == 6 + 8 + 9
    assert "yes: 1." in notices(found)["undecided"]


LIST = "unit,occupation,count\nA,2611,12\nA,2422,30\nA,3355,8\n"


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_binds_as_a_task_does_also_where_no_task_does(norway: Places, need: str) -> None:
    free = dict.fromkeys(TASKS, "no")
    head = ",".join(["occupation", *TASKS, need])
    found = answer(norway, LIST, f"{head}\n2422,{','.join(free.values())},yes\n")
    cases = next(each for each in found["functions"] if each["occupation"] == "2422")
    assert [each["id"] for each in cases["bound_reasons"]] == [need]
    assert cases["answered"]
    assert cases["band"] == {"low": 0, "mean": 0, "high": 0}
    alone = answer(norway, LIST, f"occupation,{need}\n2422,yes\n")
    assert [each for each in alone["functions"] if each["occupation"] == "2422"] == [cases]


def test_no_need_at_all_raises_the_lower_end_to_the_mean_and_says_so(norway: Places) -> None:
    head, no = ",".join(["occupation", *NEEDS]), ",".join(["no"] * 3)
    found = answer(norway, LIST, f"{head}\n2611,{no}\n3355,{no}\n2422,no,no,\n")
    lawyers = next(each for each in found["functions"] if each["occupation"] == "2611")
    assert lawyers["band"] == {"low": pytest.approx(2.2 / 3), "mean": pytest.approx(2.2 / 3), "high": 1}
    assert lawyers["raised"]["before"] == 0.2
    assert "raised from 20\xa0% to 73\xa0%" in lawyers["raised"]["text"]
    assert not lawyers["answered"]
    police, cases = (
        next(each for each in found["functions"] if each["occupation"] == code) for code in ("3355", "2422")
    )
    assert (police["raised"], cases["raised"]) == (None, None)
    assert [each["id"] for each in police["bound_reasons"]] == ["patrol"]
    assert {"raised", "undecided"} <= set(notices(found))
    before = answer(norway, LIST)["totals"]["independent"]
    after = found["totals"]["independent"]
    assert after["low"] - before["low"] == pytest.approx(12 * (2.2 / 3 - 0.2))
    assert (after["mean"], after["high"]) == (pytest.approx(before["mean"]), before["high"])


def test_an_answer_for_one_unit_goes_before_the_one_for_all(norway: Places) -> None:
    head, no = "unit,occupation," + ",".join(TASKS), ",".join(["no"] * len(TASKS))
    answers = f"{head}\n,2422,{no}\nA,2422,{no.replace('no', 'yes', 1)}\nC,2422,{no}\n"
    found = answer(norway, "unit,occupation,count\nA,2422,6\nB,2422,6\n", answers)
    assert {each["unit"]: each["band"]["mean"] for each in found["functions"]} == {"A": 0, "B": 1}
    assert "C 2422" in notices(found)["answers_unused"]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_sheet_of_questions_is_brought_back_as_it_is_written(norway: Places, lang: str) -> None:
    staff = "unit,occupation,count\nA,3257,6\nB,2422,7\n"
    rows = question_sheet(asked(norway, staff), lang).rows
    filled = [rows[0], *([*row[:3], *["nei"] * len(ASKED)] for row in rows[1:])]
    found = answer(norway, staff, "\n".join(";".join(map(str, row)) for row in filled))
    assert [each["band"]["low"] for each in found["functions"]] == [1, 1]


def test_the_workbook_itself_can_be_brought_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(FUNCTIONS.example, encoding="utf-8")
    kinds = [f"--format={kind}" for kind in ("xlsx", "docx", "csv")]
    assert run(["functions", str(file), "--out", str(tmp_path), *kinds]) == 0
    assert (tmp_path / "functions.docx").stat().st_size > 5000
    assert (tmp_path / "functions.csv").read_text("utf-8-sig").count("\n") == 7
    capsys.readouterr()
    book = str(tmp_path / "functions.xlsx")
    assert run(["functions", str(file), "--questions", book, "--json", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["totals"]["answered"] == 0
    assert "“Spørsmål”" in " ".join(each["text"] for each in found["notices"])


def test_nothing_of_a_person_is_kept(norway: Places) -> None:
    content = (
        "Enhet;Yrke;Navn;E-post;Fødselsnr;Tittel;Lønnstrinn\n"
        "Seksjon 1;2422;Kari Nordmann;kari@example.no;01019012345;kari@example.no;65\n"
    )
    found = answer(norway, content)
    told = json.dumps(found)
    assert not any(each in told for each in ("Kari", "kari@", "01019012345"))
    assert "Navn, E-post and Fødselsnr" in notices(found)["person_columns"]
    assert "Lønnstrinn" in notices(found)["other_columns"]
    assert notices(found)["person_titles"].endswith(": 1.")
    with pytest.raises(UserError) as caught:
        answer(norway, "unit,occupation\nkari@example.no,2422\nA,01019012345\n")
    assert [each.key.partition(":")[2] for each in caught.value.faults] == ["person_in_cell"] * 2
    assert "kari" not in str(caught.value)
    assert "01019012345" not in str(caught.value)


def test_occupations_are_read_as_people_write_them(norway: Places) -> None:
    content = (
        "enhet;yrke;tittel\nA;2422 Høyere saksbehandlere;\nA;jurister og advokater;\n"
        "A;;Systemutvikler\nA;310;\nA;2422.0;\n"
    )
    known = Occupations(norway)
    assert known.read(None, "ADJUNKT (GRUNNSKOLE)") == "2341"
    assert known.read(310, None) == known.read("0310", None) == "0310"
    assert known.read(2422.0, None) == "2422"
    assert known.read("2422 Høyere saksbehandlere", None) == "2422"
    assert known.read("jurister og advokater", None) == "2611"
    assert faults(norway, content) == [("line 6", "occupation_nothing")]


def test_the_seven_digits_of_a_payroll_are_read_by_the_catalogue_and_not_by_the_first_four(
    norway: Places,
) -> None:
    found = answer(norway, "unit,occupation,count\nA,1120127,6\nA,0111104,7\nA,111104,8\n")
    assert {each["occupation"]: each["posts"] for each in found["functions"]} == {"1112": 6, "0310": 15}
    assert "CC BY 4.0" in notices(found)["seven_digits"]
    assert [each["table"] for each in found["sources"]] == [
        "telework",
        "occupation",
        "holgersen",
        "catalogue",
    ]
    assert all(each["reference"] and each["licence"] for each in found["sources"])


def test_every_code_of_the_catalogue_leads_to_an_occupation(norway: Places) -> None:
    known = Occupations(norway)
    codes = list(catalogue._of_seven_digits())
    assert len(codes) == 6820
    assert all(known.read(code, None) in known.names for code in codes)


def test_numbers_go_before_words_where_a_list_has_both(norway: Places) -> None:
    content = (
        "Seksjon;Yrkeskode;Yrke;Kommunenr;Kommune;Arbeidssted;Stillingskode;Antall\n"
        "A;2422;Rådgiver;4640;Sogndal;Leikanger;1364;6\n"
        "A;;Jurister og advokater;;;Oslo;1364;7\n"
    )
    found = answer(norway, content)
    assert {each["occupation"]: each["posts"] for each in found["functions"]} == {"2422": 6, "2611": 7}
    assert {each["name"] for each in found["published"] if each["table"] == "unit_place"} == {
        "Sogndal", "Oslo", "All",
    }  # fmt: skip
    assert "Stillingskode" in notices(found)["other_columns"]


def test_nothing_is_published_where_it_cannot_be_proved_safe(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Suppression, "protected", False)
    found = answer(norway, FUNCTIONS.example)
    assert found["published"] == []
    assert "that was tried" in notices(found)["not_published"]
    assert found["hiding"] == {"share": None, "over": None, "large": None}
    assert not {"published", "published_whole"} & set(notices(found))


def test_an_unknown_code_is_told_with_its_row_and_the_nearest(norway: Places) -> None:
    content = "A,2425,\nA,2511999,\nA,2230,\nA,9999,Adjunkt (grunnskole)\nA,12,\nA,Qwxzq,\n"
    with pytest.raises(UserError) as caught:
        answer(norway, "unit,occupation,title\n" + content)
    told = {
        each.where: (each.key.partition(":")[2], [code[:4] for code in each.values.get("nearest", "")])
        for each in caught.value.faults
    }
    assert told == {
        "line 2": ("occupation_unknown", ["2424"]),
        "line 3": ("occupation_old", ["2411", "3313", "2413"]),
        "line 4": ("occupation_old", ["2221", "2222", "2223"]),
        "line 5": ("occupation_unknown", ["2341"]),
        "line 6": ("occupation_digits", []),
        "line 7": ("occupation_nothing", []),
    }


def test_the_name_of_a_unit_is_one_that_a_table_can_hold(norway: Places) -> None:
    content = "unit,occupation,municipality\n{},2422,Oslo\n"
    assert faults(norway, content.format("A" * 201)) == [("line 2", "unit_too_long")]
    assert answer(norway, content.format("A" * 200))["totals"]["posts"] == 1


def test_a_long_cell_is_looked_through_for_persons_in_moments() -> None:
    begun = time.thread_time()
    assert not is_personal("A" * 1_000_000)
    assert not is_personal("a@" * 500_000)
    assert is_personal("A" * 1_000_000 + " kari@example.no")
    assert time.thread_time() - begun < 2


def test_everything_that_is_wrong_is_told_with_its_line(norway: Places) -> None:
    content = "unit;occupation;municipality;count\n;2422;Oslo;1\nA;;Oslo;0\nA;2422;Xyzby;-2\nA;2422;;1,5\n"
    content += "A;2422;;\n"
    assert faults(norway, content) == [
        ("line 2", "cell_missing"),
        ("line 3", "cell_missing"),
        ("line 3", "count_outside"),
        ("line 4", "unknown_place_nothing_near"),
        ("line 4", "count_outside"),
        ("line 5", "not_whole"),
        ("line 6", "cell_missing"),
    ]
    assert faults(norway, "unit,count\nA,1\n") == [("line 1", "missing_column")]
    assert faults(norway, "unit,occupation\n") == [("line 1", "no_rows")]
    assert faults(norway, "unit,occupation,count\nA,2422,900000\nB,2422,900000\n") == [
        ("line 1", "too_many_posts")
    ]
    staff = "unit,occupation\nA,2422\n"
    assert faults(norway, staff, "occupation,public\n2422,perhaps\n2422,no\n,no\n") == [
        ("questions, line 2, Directly with the public very important", "not_yes_or_no"),
        ("questions, line 4", "cell_missing"),
    ]
    assert faults(norway, staff, "occupation,public\n2422,yes\n2422,yes\n") == [
        ("questions, line 3", "answered_twice")
    ]


def test_posts_without_a_place_are_counted_and_told(norway: Places) -> None:
    found = answer(norway, "unit,occupation,municipality,count\nA,2422,,6\nA,2422,1432,7\n")
    assert "line 2" in notices(found)["no_place"]
    assert "place_read_as" in notices(found)
    cells = {
        each["name"]: each["count"]
        for each in found["published"]
        if each["unit"] is None and each["group"] is None
    }
    assert cells == {"No place given": 6, "Sunnfjord": 7, "All": 13}


def test_small_counts_are_hidden_and_no_hidden_one_is_a_difference() -> None:
    posts = {
        ("A", "2422", "p"): 3, ("A", "2422", "q"): 9, ("A", "4110", "r"): 12, ("B", "2611", "p"): 14,
        ("B", "4110", "q"): 2, ("B", "2422", "r"): 8, ("C", "3355", "p"): 20, ("C", "2422", "q"): 11,
        ("C", "4110", "r"): 15,
    }  # fmt: skip
    found = published(posts.items(), lambda place, group: "")
    assert found.safe
    counts: Counter[tuple[Any, ...]] = Counter()
    for (unit, code, place), count in posts.items():
        for key in {(u, p, None) for u in (unit, None) for p in (place, None)} | {
            (u, None, g) for u in (unit, None) for g in (code[0], None)
        }:
            counts[key] += count
    shown = {(each.unit, each.place, each.group): each for each in found.cells}
    assert set(shown) == set(counts)
    for key, cell in shown.items():
        assert cell.suppressed == (cell.count is None)
        assert cell.count in (None, counts[key])
        assert cell.suppressed or cell.count is None or cell.count >= 5
    lines = [
        *([(u, p, None) for p in (*"pqr", None)] for u in (*"ABC", None)),
        *([(u, p, None) for u in (*"ABC", None)] for p in (*"pqr", None)),
        *([(u, None, g) for g in (*"234", None)] for u in (*"ABC", None)),
        *([(u, None, g) for u in (*"ABC", None)] for g in (*"234", None)),
    ]
    for line in lines:
        assert sum(shown[key].suppressed for key in line if key in shown) != 1


def test_a_search_that_was_cut_is_told(norway: Places) -> None:
    rows = "A,2422,Oslo,3\nA,2422,Bergen,90\nB,2422,Oslo,80\nB,2422,Bergen,70\n"
    brought = {"table": Brought("list.csv", f"unit,occupation,municipality,count\n{rows}".encode())}
    told = {
        seconds: FUNCTIONS.answer(
            brought, FUNCTIONS.question(), Setting("en", lambda: norway, most_seconds=seconds)
        )
        for seconds in (None, 1e-9)
    }
    kinds = {seconds: {each.id for each in found.notices} for seconds, found in told.items()}
    assert "cut" in kinds[1e-9]
    assert "cut" not in kinds[None]
    assert all(found.published for found in told.values())


def test_that_much_must_be_hidden_is_told_as_proved_only_where_it_was_searched(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "A,2422,Oslo,3\nA,2422,Bergen,90\nB,2422,Oslo,80\nB,2422,Bergen,70\n"
    content = f"unit,occupation,municipality,count\n{rows}"
    told = answer(norway, content)
    found = notices(told)
    assert {"large_proved", "over_proved"} <= set(found)
    assert "more than 30 per cent must be hidden" in found["over_proved"]
    # Nine different counts: the groups repeat the totals of the units. One of them, 3, is small.
    counts = {(each["unit"], each["place"]): each["suppressed"] for each in told["published"][:9]}
    assert len(counts) == 9
    share = (sum(counts.values()) - 1) / 9
    assert told["hiding"] == {"share": pytest.approx(share), "over": "proved", "large": "proved"}
    monkeypatch.setattr("tyngdepunkt.methods.disclosure.suppress.CHOICES", 0)
    told = answer(norway, content)
    found = notices(told)
    assert {"large_unknown", "over_unknown"} <= set(found)
    assert not {"large_proved", "over_proved"} & set(found)
    assert (told["hiding"]["over"], told["hiding"]["large"]) == ("unknown", "unknown")
    monkeypatch.setattr("tyngdepunkt.analyses.functions.publish.WIDTH_ONLY", 1)
    told = answer(norway, content)
    assert "large_not_asked" in notices(told)
    assert told["hiding"]["large"] == "not_asked"


def test_where_nothing_is_hidden_no_proof_is_spoken_of(norway: Places) -> None:
    whole = answer(norway, "unit,occupation,municipality,count\nA,2422,Oslo,30\nB,2422,Bergen,90\n")
    assert whole["hiding"] == {"share": 0.0, "over": None, "large": None}


def test_sixty_thousand_posts_take_seconds(norway: Places) -> None:
    codes, places = ("2422", "2611", "3257", "4110", "3352"), ("0301", "4640", "4601", "5001", "1804")
    rows = "".join(f"Unit {n % 12},{codes[n * n % 5]},{places[n // 7 % 5]},Name {n}\n" for n in range(60_000))
    begun = time.thread_time()
    found = answer(norway, f"unit,occupation,municipality,name\n{rows}")
    assert found["totals"]["posts"] == 60_000
    assert time.thread_time() - begun < 8


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("A,2512,3\n", "Of 3 posts, none is clearly bound to its place. Of 3, 3 can be done from anywhere."),
        (
            "A,2512,3\nA,3355,2\n",
            "Of 5 posts, 2 are clearly bound to their place. Of 3 others, 3 can be done",
        ),
        (
            "A,2611,5\n",
            "none is clearly bound to its place. Of 5, between 1 and 5 can be done from anywhere,",
        ),
    ],
)
def test_the_sum_is_said_as_one_would_say_it(norway: Places, content: str, said: str) -> None:
    assert said in summary(asked(norway, f"unit,occupation,count\n{content}"), "en")


def test_a_name_that_ends_with_a_full_stop_does_not_get_two(norway: Places) -> None:
    with pytest.raises(UserError) as caught:
        answer(norway, "unit,occupation\nA,2129\n")
    assert "2120 Matematikere, statistikere mv." in caught.value.faults[0].values["nearest"][0] + "."
    assert ".." not in explain_error(caught.value, "nb")


def test_a_title_that_is_a_rank_is_not_taken_for_the_nearest_occupation(norway: Places) -> None:
    with pytest.raises(UserError) as caught:
        answer(norway, "unit,title\nA,Direktør\nA,Rådgiver\nA,Programvareutviklerr\n")
    many, also, nearest = caught.value.faults
    assert many.key == also.key == "analyses.functions:occupation_many"
    assert many.values["given"] == "Direktør"
    assert many.values["count"] > 5 == 2 + len(many.values["examples"])
    assert nearest.values["nearest"] == "2512 Programvareutviklere"


def test_titles_in_nynorsk_are_read_and_one_that_only_rhymes_is_not_the_nearest(norway: Places) -> None:
    found = answer(norway, "eining,tittel\nA,Sjukepleiar\nA,Grunnskulelærar\nA,Rekneskapsførar\n")
    assert {each["occupation"] for each in found["functions"]} == {"2223", "2341", "3313"}
    with pytest.raises(UserError) as caught:
        answer(norway, "unit,title\nA,Tulletittel\n")
    assert [each.key for each in caught.value.faults] == ["analyses.functions:occupation_nothing"]


def test_columns_of_persons_are_named_as_such_however_they_are_headed(norway: Places) -> None:
    heads = ["Ansattes navn", "Nærmeste leder", "E-postadresse (jobb)", "Mobiltelefon"]
    found = answer(norway, f"enhet,yrkeskode,{','.join(heads)}\nA,2512,Kari,Ola,k,1\n")
    assert all(head in notices(found)["person_columns"] for head in heads)
    assert "other_columns" not in notices(found)


def test_that_the_names_of_occupations_are_in_bokmal_is_told_where_the_rest_is_not(norway: Places) -> None:
    found = asked(norway, "unit,occupation,count\nA,2611,3\n")
    told = {lang: [getattr(each, "text", "") for each in details(found, lang)] for lang in ("nb", "nn", "en")}
    assert "Yrkesnamna er på bokmål, slik Statistisk sentralbyrå skriv dei." in told["nn"]
    assert "The names of occupations are in Norwegian, as Statistics Norway writes them." in told["en"]
    assert not any("Statistisk sentralbyrå" in text for text in told["nb"])
