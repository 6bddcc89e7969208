"""This year's figures from a service on this machine: fetched, checked, swapped in, and never half."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

import statbank
from tyngdepunkt import settings
from tyngdepunkt.cli import run
from tyngdepunkt.cli._data_schedule import DAILY, VACANCIES, WEEKLY
from tyngdepunkt.places import open_places
from tyngdepunkt.places.profile import _industries_of_residents
from tyngdepunkt.places.record import read_record
from tyngdepunkt.places.snapshot import built_snapshots, find_folder, read_manifest
from tyngdepunkt.sources.answers import declared
from unit.sources.served import Answer, Asked, Server, problem

KILLED = Path(__file__).parents[2] / "killed_refresh.py"
FETCHED = ("11618", "13472")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def country() -> Path:
    """The snapshot in use."""
    return statbank.small_country(settings.data_folder())


@pytest.fixture
def bank(server: Server, country: Path) -> statbank.Bank:
    jobs = statbank.jobs_by_sector(country, "2024", begun="0103", in_2016="0104")
    answering = statbank.Bank({"11618": statbank.employed(country, "2024"), "13472": jobs}, most=30)
    server.answer = answering
    return answering


@pytest.fixture
def tyngdepunkt(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["data", *arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ran


@pytest.fixture
def refresh(tyngdepunkt: Run, server: Server, bank: statbank.Bank, tmp_path: Path) -> Run:
    """`data refresh` of the two tables that the service has."""
    file = statbank.declared(tmp_path / "tables.yaml", server.address, *FETCHED)
    return lambda *arguments: tyngdepunkt("refresh", "--tables", str(file), "--lang", "en", *arguments)


def rows(sql: str) -> list[tuple[object, ...]]:
    return statbank.rows(find_folder(None), sql)


def test_a_dry_run_counts_and_writes_nothing(refresh: Run, bank: statbank.Bank, country: Path) -> None:
    code, out, _ = refresh("--dry-run")
    assert code == 0
    assert "11618" in out
    assert "36 cells in 2 questions" in out
    assert "156 cells in 6 questions in all" in out
    assert bank.data_calls == []
    assert sorted(path.name for path in settings.data_folder().iterdir()) == ["snapshots"]


def test_new_figures_are_built_beside_and_swapped_in(refresh: Run, country: Path) -> None:
    code, out, err = refresh()
    assert (code, "13472: 4 of 4" in err) == (0, True)
    folder = find_folder(None)
    assert folder.name in out
    assert folder != country
    assert list(built_snapshots()) == [country.name, folder.name]
    of_one = "SELECT workplace FROM {employed} WHERE municipality = '0101' AND year > 2021 ORDER BY year"
    (before,), (after,) = rows(of_one)
    assert after == round(before * 1.01)
    with open_places() as places:
        assert places.years("jobs_by_sector") == (2016, 2024)
        assert "Telemark" not in places.info("jobs_by_sector").title["nb"]
    unchanged = duckdb.execute(f"SELECT count(*) FROM '{country}/population.parquet'").fetchall()
    assert rows("SELECT count(*) FROM {population}") == unchanged


def test_a_place_that_did_not_exist_is_missing_and_a_place_of_one_job_is_not(refresh: Run) -> None:
    assert refresh()[0] == 0
    in_2016 = (
        "SELECT count(*), sum(persons) FROM {{jobs_by_sector}} WHERE year = 2016 AND municipality = '{}'"
    )
    assert rows(in_2016.format("0103")) == [(0, None)]
    assert rows(in_2016.format("0104")) == [(5, 1)]


def test_what_is_known_already_is_not_fetched_again(refresh: Run, bank: statbank.Bank) -> None:
    assert refresh()[0] == 0
    first, bank.data_calls[:] = find_folder(None), []
    code, out, _ = refresh()
    assert (code, "nothing newer" in out, bank.data_calls) == (0, True, [])
    assert find_folder(None) == first
    bank.tables["11618"].updated = "2026-12-01T07:00:00Z"
    assert refresh()[0] == 0
    assert set(bank.data_calls) == {"11618"}  # the other one lies in its job folder


def test_only_some_tables_and_the_rest_carried_over(refresh: Run, bank: statbank.Bank, country: Path) -> None:
    assert refresh("--only", "11618")[0] == 0
    assert set(bank.data_calls) == {"11618"}
    before = {table.name: table.sha256 for table in read_manifest(country).tables}
    after = {table.name: table.sha256 for table in read_manifest(find_folder(None)).tables}
    assert {name for name in before if before[name] != after[name]} == {"employed"}
    assert refresh("--only", "13472")[0] == 0  # on top of a snapshot whose totals are its own
    assert set(read_record(find_folder(None))["tables"]) == {"ssb/11618", "ssb/13472"}
    code, _, err = refresh("--only", "99999")
    assert (code, "99999 cannot be fetched" in err) == (1, True)


def test_a_leap_stops_it_until_a_person_says_why(refresh: Run, bank: statbank.Bank, country: Path) -> None:
    bank.tables["11618"] = statbank.employed(country, "2024", growth=1.3)
    code, _, err = refresh()
    assert code == 1
    assert "Places that moved by more than 20 % in employed (workplace, 2022 → 2024): " in err
    assert "places moved by more than 5 % in employed" in err
    assert find_folder(None) == country
    assert [code for code, _, _ in [refresh("--accept", "employed="), refresh("--accept", "tovn=x")]] == [
        1,
        1,
    ]
    bank.data_calls.clear()
    code, _, _ = refresh("--accept", "11618=a new plant, told by the municipality")
    assert (code, bank.data_calls) == (0, [])  # what was fetched is used
    [kept] = read_record(find_folder(None))["accepted"].values()
    assert kept["reason"] == "a new plant, told by the municipality"
    assert {each["fault"] for each in kept["found"]} == {"places:drift_places", "places:drift_all"}


def test_a_total_that_is_known_must_hold(refresh: Run, tmp_path: Path, country: Path) -> None:
    file = tmp_path / "tables.yaml"
    content = json.loads(file.read_text(encoding="utf-8"))
    total = {"table": "employed", "column": "workplace", "year": 2024, "is": 233190, "within": 0.001}
    content["tables"]["11618"]["expected"] = [{**total, "is": 300000}, {**total, "year": 1999}]
    file.write_text(json.dumps(content), encoding="utf-8")
    code, _, err = refresh()
    assert (code, "in 2024 is 233,190, not 300,000" in err) == (1, True)
    assert refresh("--accept", "11618=corrected by the source")[0] == 0
    content["tables"]["11618"]["expected"] = [total]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert refresh("--only", "11618", "13472")[0] == 0


def test_half_a_country_is_refused_whatever_is_accepted(refresh: Run, bank: statbank.Bank) -> None:
    jobs = bank.tables["13472"]
    jobs.codes["Region"] = jobs.codes["Region"][:-1]
    code, _, err = refresh("--accept", "13472=never mind")
    assert (code, "1 municipality is missing in jobs_by_sector for 2024" in err) == (1, True)


def test_a_fault_of_one_table_leaves_what_came_of_the_others(
    refresh: Run, bank: statbank.Bank, country: Path
) -> None:
    bank.before = lambda asked: _refuse(asked, "13472/data")
    code, _, err = refresh()
    assert (code, "ssb/13472 (13472)" in err, find_folder(None)) == (1, True, country)
    bank.before = lambda asked: None
    bank.data_calls.clear()
    assert refresh()[0] == 0
    assert set(bank.data_calls) == {"13472"}


def _refuse(asked: Asked, path: str) -> Answer | None:
    return problem(400, "Bad request", "no such thing") if path in asked.path else None


def test_two_at_once_do_not_mix(refresh: Run, bank: statbank.Bank) -> None:
    told = []

    def second(asked: Asked) -> None:
        if asked.path.endswith("11618/data") and not told:
            told.append("")
            again = subprocess.run(
                [sys.executable, "-c", _LOCK, settings.data_folder() / "refresh"],
                capture_output=True,
                check=False,
            )
            told[0] = again.stdout.decode().strip()

    bank.before = second
    assert refresh()[0] == 0
    assert told == ["held"]


_LOCK = """
import sys
from pathlib import Path
from tyngdepunkt.errors import UserError
from tyngdepunkt.places.refresh import _alone
try:
    with _alone(Path(sys.argv[1])):
        print("free")
except UserError as error:
    print("held" if error.faults[0].key == "places:refreshing_already" else error)
"""


def test_what_is_secret_is_nowhere(
    refresh: Run, tyngdepunkt: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "Zx9-secret-81"  # noqa: S105
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://user:{secret}@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert refresh()[0] == 0
    content = b"".join(file.read_bytes() for file in settings.data_folder().rglob("*") if file.is_file())
    assert secret.encode() not in content
    file = tmp_path / "secret.yaml"
    for base in (f"http://user:{secret}@127.0.0.1:9/v2", f"http://127.0.0.1:9/v2?key={secret}"):
        statbank.declared(file, base, "11618")
        code, out, err = tyngdepunkt("refresh", "--tables", str(file))
        assert (code, secret in out + err) == (1, False)
    monkeypatch.setenv("NO_PROXY", "")
    statbank.declared(file, "http://example.invalid/v2", "11618")
    monkeypatch.setattr("tyngdepunkt.sources.http.Limits.__init__.__defaults__", (1, 10**6, 2.0, 5.0, 1.0))
    code, out, err = tyngdepunkt("refresh", "--tables", str(file))
    assert (code, secret in out + err) == (1, False)


@pytest.mark.skipif(sys.platform == "win32", reason="kills children that were forked")
def test_a_kill_at_any_point_leaves_a_whole_snapshot_in_use(
    server: Server, bank: statbank.Bank, country: Path, tmp_path: Path
) -> None:
    file = statbank.declared(tmp_path / "tables.yaml", server.address, *FETCHED)
    statbank.bring_klass(settings.data_folder(), "klass/104", "codes", statbank.counties(country))
    arguments = [str(settings.data_folder()), str(file), "8", "7"]
    ended = subprocess.run([sys.executable, KILLED, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "8 kills" in ended.stdout


def test_the_timers_start_every_source_that_needs_no_question(
    tyngdepunkt: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", '/srv/100% "figures"')
    monkeypatch.delenv("TYNGDEPUNKT_NAV_TOKEN_FILE", raising=False)
    monkeypatch.setenv("TYNGDEPUNKT_NAV_TOKEN", "secret-token")
    for lang in ("nb", "nn", "en"):
        code, out, _ = tyngdepunkt("schedule", "--when", "monthly", "--daily", "hourly", "--lang", lang)
        assert code == 0
        assert out.count('Environment="TYNGDEPUNKT_DATA=/srv/100%% \\"figures\\""') == 2
        assert ("OnCalendar=monthly\n" in out, "OnCalendar=hourly\n" in out) == (True, True)
        assert ("data vacancies" in out, "secret-token" in out) == (False, False)
    monkeypatch.setenv("TYNGDEPUNKT_NAV_TOKEN_FILE", str(tmp_path / "token"))
    _, out, _ = tyngdepunkt("schedule", "--lang", "en")
    assert f'Environment="TYNGDEPUNKT_NAV_TOKEN_FILE={tmp_path / "token"}"' in out
    ran = [line.partition(" data ")[2] for line in out.splitlines() if line.startswith("ExecStart=")]
    assert ran == [*WEEKLY, "refresh", *DAILY, VACANCIES]
    asked = {each.split()[0] for each in ran} - {"refresh"}
    assert asked == {command.split()[1] for about in declared().answers.values() for command in
                     about.command.split(", ")} | {"changes"}  # fmt: skip
    for words in ran:  # each is a command there is, with the arguments it takes
        assert tyngdepunkt(*words.split(), "--help")[0] == 0
    assert tyngdepunkt("schedule", "--when", "monthly\nExecStart=x")[0] == 1
    assert tyngdepunkt("schedule", "--daily", " ")[0] == 1


@pytest.mark.walk
def test_the_json_says_what_moved(refresh: Run) -> None:
    document = json.loads(refresh("--json")[1])
    assert document["new"] is True
    assert {each["table"] for each in document["moved"]} == {"employed"}


INDUSTRIES = {"00-99": 100, "01-03": 4, "10-33": 10, "84": 7, "85": 8, "86-88": 20}
LEVELS = {"01": 30, "02a": 40, "11": 3, "03a": 20, "04a": 9, "09a": 1}


def test_education_and_industry_of_residents_come_in_by_the_declared_queries(
    tyngdepunkt: Run, server: Server, country: Path, tmp_path: Path
) -> None:
    """The queries are the declared ones; the service has more codes and measures than they want."""
    industry = statbank.by_groups(
        country, "2024", lambda at: INDUSTRIES[at["NACE2007"]],
        NACE2007=list(INDUSTRIES), Kjonn=["0", "1", "2"], Alder=["15-74", "20-66"],
        ContentsCode=["Sysselsatte", "SysselsatteArb"],
    )  # fmt: skip
    education = statbank.by_groups(
        country, "2024", lambda at: LEVELS[at["Nivaa"]],
        Nivaa=list(LEVELS), Kjonn=["0", "1", "2"], ContentsCode=["Personer", "PersonerProsent"],
    )  # fmt: skip
    server.answer = statbank.Bank({"07984": industry, "09429": education})
    file = statbank.declared(tmp_path / "tables.yaml", server.address, "07984", "09429")
    code, _, err = tyngdepunkt("refresh", "--tables", str(file), "--lang", "en")
    assert code == 0, err
    places = len(statbank.municipalities(country))
    found = rows("SELECT industry, year, sum(persons) FROM {residents_by_industry} GROUP BY ALL ORDER BY 1")
    assert found == [(group, 2024, persons * places) for group, persons in sorted(INDUSTRIES.items())]
    found = rows("SELECT level, sum(persons) FROM {education} WHERE year = 2024 GROUP BY ALL ORDER BY 2")
    assert [persons for _, persons in found] == [n * places for n in sorted(set(LEVELS.values()) - {3})]
    with open_places() as opened:
        assert "Fagskole" in opened.info("education").note["nb"]
        facts = {fact.id: fact.figure.value for fact in _industries_of_residents(opened, "0101")}
    assert (len(facts), facts["residents_84"]) == (5, 0.07)


def test_sexes_come_in_with_the_population_and_sum_to_it(
    tyngdepunkt: Run, server: Server, country: Path, tmp_path: Path
) -> None:
    held = dict(
        statbank.rows(country, "SELECT municipality, max_by(persons, year) FROM {population} GROUP BY ALL")
    )
    ages = [f"{age:03d}" for age in range(105)] + ["105+"]

    def value(at: dict[str, str]) -> float:
        whole = held[at["Region"].removeprefix("K-")] or 0
        men = whole // 2
        persons = men if at["Kjonn"] == "1" else whole - men
        return persons if at["Alder"] == "020" else 0

    table = statbank.Table(
        {
            "Region": [f"K-{code}" for code in statbank.municipalities(country)],
            "Kjonn": ["1", "2"], "Alder": ages, "ContentsCode": ["Personer1"], "Tid": ["2024"],
        },
        value,
    )  # fmt: skip
    server.answer = statbank.Bank({"07459": table})
    file = statbank.declared(tmp_path / "tables.yaml", server.address, "07459")
    code, _, err = tyngdepunkt("refresh", "--tables", str(file), "--lang", "en")
    assert code == 0, err
    whole = sum(each or 0 for each in held.values())
    for table_name in ("population", "population_age", "population_sex"):
        assert rows(f"SELECT sum(persons) FROM {{{table_name}}} WHERE year = 2024") == [(whole,)], table_name
    sexes = rows(
        "SELECT sex, sum(persons), min(age_to) FROM {population_sex} WHERE persons > 0 GROUP BY 1 ORDER BY 1"
    )
    men = sum((each or 0) // 2 for each in held.values())
    assert sexes == [("female", whole - men, 24), ("male", men, 24)]
