"""A ledger that travels with the case: what has come and gone before it, and what is so after it."""

import pytest

from location_cases import BERGEN, OFFICES, OSLO, ROROS, TRONDHEIM, TYNSET, norway, verdicts, write
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.analyses.state_jobs.import_file import read_rows
from tyngdepunkt.analyses.state_jobs.store import Ledger

EVENTS = """\
kind,agency,place,jobs,date,source
closed,Skatteetaten,Røros,6,2018-05-01,prøve
moved_out,Politiet,Røros,[4; 8],2020-05-01,prøve
established,Statens vegvesen,Bergen,30,2019-01-01,prøve
closed,Kystverket,Bergen,12,1999-01-01,prøve
""".replace("[4; 8]", "4–8")


@pytest.fixture
def ledger(tmp_path):
    (tmp_path / "ledger.csv").write_text(EVENTS, encoding="utf-8")

    def document(base=None, /, lang="nb", **changes):
        case = read_case(write(tmp_path, base, ledger="ledger.csv", **changes), norway())
        return as_json(assess(case, norway(), lang))

    return document


def booked(document):
    return {each["place"]: each for each in document["ledger"]}


def test_a_case_without_a_ledger_has_none_and_says_so(tmp_path):
    document = as_json(assess(read_case(write(tmp_path), norway()), norway()))
    assert document["ledger"] == []
    assert "regnskap" in document["texts"]["ledger"]
    assert verdicts(document)["R2"] == "not_documented"


def test_a_case_that_brings_no_ledger_is_held_against_the_one_kept_here(tmp_path):
    """What several agencies together do to one town is seen only where every case sees the same ledger."""
    (tmp_path / "ledger.csv").write_text(EVENTS, encoding="utf-8")
    with Ledger() as kept:
        number = kept.add(read_rows(tmp_path / "ledger.csv", norway()), "ledger.csv", "x").import_id
    document = as_json(assess(read_case(write(tmp_path), norway()), norway()))
    assert booked(document)[ROROS]["municipality_change"] == [-14, -10]
    (notice,) = [each for each in document["notices"] if each["key"].endswith(":kept_ledger")]
    assert "4 hendelser" in notice["text"]
    with Ledger() as kept:
        kept.undo(number)
    assert as_json(assess(read_case(write(tmp_path), norway()), norway()))["ledger"] == []


def test_the_ledger_of_the_case_is_used_alone_where_it_brings_one(tmp_path, ledger):
    (tmp_path / "other.csv").write_text(EVENTS.replace("Røros", "Bergen"), encoding="utf-8")
    with Ledger() as kept:
        kept.add(read_rows(tmp_path / "other.csv", norway()), "other.csv", "x")
    assert booked(ledger(window_years=10))[ROROS]["municipality_change"] == [-14, -10]


def test_ranges_are_added_as_ranges_within_the_window(ledger):
    found = booked(ledger(window_years=10))
    assert found[ROROS]["municipality_change"] == [-14, -10]
    assert found[BERGEN]["municipality_change"] == [30, 30]
    assert found[ROROS]["after_case"] == [26, 30]
    assert found[BERGEN]["after_case"] == [70, 70]
    assert set(found) == {BERGEN, "3907", ROROS}


def test_a_longer_window_reaches_further_back(ledger):
    found = booked(ledger(window={"from": "1990-01-01", "to": "2023-01-01"}))
    assert found[BERGEN]["municipality_change"] == [18, 18]


def test_several_agencies_in_one_place_give_a_warning_and_one_does_not(ledger):
    document = ledger(window_years=10)
    found = booked(document)
    assert found[ROROS]["warning"]
    assert found[ROROS]["agencies"] == ["Politiet", "Skatteetaten"]
    assert not found[BERGEN]["warning"]
    assert "Politiet og Skatteetaten" in document["texts"]["ledger"]
    shorter = booked(ledger(window_years=4))
    assert shorter[ROROS]["agencies"] == ["Politiet"]
    assert not shorter[ROROS]["warning"]


def test_the_region_is_counted_beside_the_municipality(ledger):
    """Tynset's region lost nothing; Røros' lost what Røros lost."""
    found = booked(ledger(alternatives=["Tynset", "Røros"]))
    assert found[TYNSET]["municipality_change"] == [0, 0]
    assert found[ROROS]["region_change"] == found[ROROS]["municipality_change"]
    assert found[ROROS]["labour_market_region"] == norway().municipalities[ROROS].region_name


def test_the_case_itself_takes_from_where_the_jobs_leave(ledger):
    document = ledger(
        trigger="relocation",
        moved_from=[{"place": "Røros", "jobs": 10}],
        alternatives=["Bergen", {"kind": "stay"}, "Hamar"],
        unit={"name": "Prøvetilsynet", "jobs": [{"occupation": "2422", "count": 10}]},
    )
    found = booked(document)
    assert found[ROROS]["after_case"] == [-24, -20]
    assert "Prøvetilsynet" in found[ROROS]["agencies"]


def test_staying_changes_nothing(ledger):
    document = ledger(
        trigger="relocation", alternatives=[{"kind": "stay", "place": "Oslo"}, "Hamar", "Røros"]
    )
    assert booked(document)[OSLO]["after_case"] == [0, 0]


def test_an_unknown_number_of_jobs_leaves_the_time_after_unknown(ledger):
    for each in ledger(unit={"name": "Ukjent"})["ledger"]:
        assert each["after_case"] is None
        assert len(each["municipality_change"]) == 2


def test_offices_that_gain_in_one_set_and_lose_in_another_are_shown_as_both(ledger):
    """Røros gains ten in one alternative and loses ten in the other."""
    found = booked(ledger(OFFICES))
    assert found[ROROS]["municipality_change"] == [-14, -10]
    assert found[ROROS]["after_case"] == [-24, 0]
    assert found[TRONDHEIM]["after_case"] == [0, 20]
    assert found[TYNSET]["after_case"] == [-10, -10]


def test_the_rules_see_what_the_ledger_sees(ledger):
    assert verdicts(ledger(OFFICES))["R2"] == "not_met"  # Røros has lost before and may lose again
    assert verdicts(ledger(alternatives=["Bergen", "Hamar", "Trondheim"]))["R2"] == "not_applicable"


def test_a_place_that_has_lost_has_most_to_gain(ledger):
    document = ledger(indicators={"ledger_municipality": {"value": "minmax"}})
    scores = {
        each["place"]: each["indicators"]["ledger_municipality"]["score"] for each in document["alternatives"]
    }
    assert scores[ROROS] == 1
    assert scores[BERGEN] == 0


def test_the_ledger_is_a_source_with_its_window(ledger):
    document = ledger(window={"from": "2015-01-01", "to": "2023-01-01"})
    (source,) = [each for each in document["sources"] if each["reference"] == "ledger.csv"]
    assert source["date"] == "2015-01-01–2023-01-01"
    assert source["query"] == "summen av hendelsene i perioden"
    assert source["title"] == "Regnskap over statlige arbeidsplasser"
