"""`tyngdepunkt assess` as people and machines meet it: what is printed where, and what is written when."""

import json
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from location_cases import AS_PROMISED, PLAIN, promised, write
from tyngdepunkt.cli import run

BOMB = "title: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"k{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
)


@pytest.fixture
def case(tmp_path):
    file = tmp_path / "sak.yaml"
    file.write_text(AS_PROMISED, encoding="utf-8")
    return file


def program(*arguments, **more):
    """The command in a process of its own."""
    command = [sys.executable, "-c", "from tyngdepunkt.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **more)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_json_is_one_document_and_nothing_else(case, tmp_path):
    outcome = program("assess", case, "--json", cwd=tmp_path)
    assert outcome.returncode == 0
    assert outcome.stderr == b""
    assert json.loads(outcome.stdout) == promised()
    assert files(tmp_path) == ["sak.yaml"]


def test_an_answer_of_another_method_version_is_kept_and_held_against(case, tmp_path, capsys):
    file = tmp_path / "ut" / "sak-nb.json"
    arguments = ["assess", str(case), "--out", str(file.parent), "--format", "json"]
    assert run(arguments) == 0
    older = json.loads(file.read_text(encoding="utf-8"))
    assert run(arguments) == 0
    assert "earlier" not in json.loads(file.read_text(encoding="utf-8"))["texts"]
    older["method_version"] = "1"
    ranked = [each for each in older["alternatives"] if each["rank"]]
    for each in ranked:
        each["rank"] = len(ranked) + 1 - each["rank"]
    older["indicators"][0]["weight_within"] = 0
    finding = older["rules"]["findings"][0]
    finding["verdict"] = "not_met" if finding["verdict"] == "met" else "met"
    file.write_text(json.dumps(older), encoding="utf-8")
    capsys.readouterr()
    assert run(arguments) == 0
    assert json.loads((file.parent / "sak-nb-method-1.json").read_text(encoding="utf-8")) == older
    said = json.loads(file.read_text(encoding="utf-8"))["texts"]["earlier"]
    assert "metodeversjon 1" in said
    assert "Rekkefølgen var" in said
    assert finding["rule"] in said
    assert said.split("Dokumentene")[0].strip() in " ".join(capsys.readouterr().out.split())


def read_all(terminal: int, told: list[bytes]) -> None:
    """Everything that is written to a terminal, until nobody writes to it any more."""
    while True:
        try:
            part = os.read(terminal, 10_000)
        except OSError:
            return
        if not part:
            return
        told.append(part)


def test_progress_goes_to_stderr_of_a_terminal_and_never_to_stdout(case):
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-c",
        "from tyngdepunkt.cli import main; main()",
        "assess",
        str(case),
        "--json",
    ]
    told: list[bytes] = []
    reader = threading.Thread(target=read_all, args=(ours, told))
    reader.start()  # as a terminal does: what is not read fills up, and the writer waits
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        out, _ = process.communicate(timeout=120)
    reader.join(10)
    os.close(ours)
    words = b"".join(told).decode()
    assert "Veier hensynene" in words
    assert re.search(r"[0-3]/3", words), "how far it has come"
    assert json.loads(out)["title"] == "Eksempeldirektoratet (invented)"


def test_quiet_says_nothing_on_a_terminal_either(case):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from tyngdepunkt.cli import main; main()"]
    arguments = ["assess", str(case), "--json", "--quiet"]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=theirs) as process:
        process.communicate(timeout=120)
    os.set_blocking(ours, False)
    os.close(theirs)
    try:
        told = os.read(ours, 10_000)
    except OSError:  # nothing was written
        told = b""
    os.close(ours)
    assert told == b""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_is_utf8_whatever_the_pipe_was(case, encoding):
    outcome = program("assess", case, "--json", env={**os.environ, "PYTHONIOENCODING": encoding})
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout.decode("utf-8"))["robustness"] == promised()["robustness"]


def test_the_terminal_gets_the_answer_first(case, capsys):
    assert run(["assess", str(case)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    flat = " ".join(out.split())
    for key in ("recommendation", "robustness", "decision"):
        assert " ".join(promised()["texts"][key].split()) in flat
    for each in promised()["alternatives"]:
        assert each["name"] in out
    assert "R4" in out
    assert "{" not in out
    assert out.index("Eksempeldirektoratet") < out.index("Sandefjord") < out.index("R4")


@pytest.mark.parametrize(
    "odd", ["[bold]fet[/bold] [/x] [Oslo]", ":smile: {x} %s", "<script>alert(1)</script>"]
)
def test_what_people_write_is_shown_as_it_is_written(tmp_path, capsys, odd):
    reason = {"decision": {"place": "Bergen", "date": "2023-12-01", "reason": odd}}
    assert (
        run(
            [
                "assess",
                str(
                    write(
                        tmp_path,
                        title=odd,
                        alternatives=[{"place": "Bergen", "name": odd}, "Røros"],
                        **reason,
                    )
                ),
            ]
        )
        == 0
    )
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith(odd)
    assert out.count(odd) >= 2


class TestLanguage:
    def test_the_option_decides(self, case, capsys):
        assert run(["assess", str(case), "--json", "--lang", "nn"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["language"] == "nn"
        assert document == promised("nn")

    def test_then_the_case(self, tmp_path, capsys):
        file = str(write(tmp_path, lang="en", alternatives=[{"kind": "zero"}, "Bergen", "Røros"]))
        assert run(["assess", file, "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["language"] == "en"
        assert document["alternatives"][0]["name"] == "The zero alternative"
        assert run(["assess", file, "--json", "--lang", "nb"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["language"] == "nb"
        assert document["alternatives"][0]["name"] == "Nullalternativet"

    def test_the_ranking_is_written_in_it(self, case, capsys):
        for lang, number, other in (("nb", r"\d,\d\b", r"\d\.\d\b"), ("en", r"\d\.\d\b", r"\d,\d\b")):
            assert run(["assess", str(case), "--lang", lang]) == 0
            ranked = [line for line in capsys.readouterr().out.splitlines() if re.match(r"\w+ +\d  ", line)]
            assert ranked
            assert all(re.search(number, line) and not re.search(other, line) for line in ranked)

    def test_then_the_setting(self, case, capsys, monkeypatch):
        monkeypatch.setenv("TYNGDEPUNKT_LANG", "en")
        assert run(["assess", str(case), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["language"] == "en"

    @pytest.mark.parametrize(
        ("lang", "word"), [("nb", "finnes ikke|Fant ikke"), ("nn", "Fann ikkje"), ("en", "found|Found")]
    )
    def test_errors_come_in_it_too(self, tmp_path, capsys, lang, word):
        assert run(["assess", str(tmp_path / "borte.yaml"), "--lang", lang]) == 1
        err = capsys.readouterr().err
        assert any(each in err for each in word.split("|"))


class TestWriting:
    def test_without_out_no_file_is_written(self, case, tmp_path, capsys, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert run(["assess", str(case), "--format", "html"]) == 0
        assert files(tmp_path) == ["sak.yaml"]

    def test_with_out_the_formats_asked_for_are(self, case, tmp_path, capsys):
        out = tmp_path / "dypt" / "nede"
        assert run(["assess", str(case), "--out", str(out), "--format", "html, json"]) == 0
        told = capsys.readouterr().err
        assert files(out) == ["sak-nb.html", "sak-nb.json", "sak.weights.json"]
        assert "sak-nb.html" in told
        assert "sak-nb.json" in told
        assert "weights.json" not in told
        assert json.loads((out / "sak-nb.json").read_text(encoding="utf-8")) == promised()
        assert "Sandefjord" in (out / "sak-nb.html").read_text(encoding="utf-8")

    def test_json_on_stdout_stays_alone_beside_documents(self, case, tmp_path, capsys):
        assert run(["assess", str(case), "--json", "--out", str(tmp_path / "ut"), "--format", "json"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out) == promised()
        assert err.split() == [str(tmp_path / "ut" / "sak-nb.json")]
        assert (tmp_path / "ut" / "sak-nb.json").is_file()

    def test_a_second_language_lies_beside_the_first(self, case, tmp_path, capsys):
        for lang in ("nb", "en"):
            arguments = ["--out", str(tmp_path / "ut"), "--format", "json", "--lang", lang]
            assert run(["assess", str(case), *arguments]) == 0
        assert {"sak-nb.json", "sak-en.json"} <= set(files(tmp_path / "ut"))

    def test_a_file_where_the_folder_should_be_is_told(self, case, tmp_path, capsys):
        (tmp_path / "ut").write_text("viktig", encoding="utf-8")
        assert run(["assess", str(case), "--out", str(tmp_path / "ut"), "--format", "json"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "ut" in err
        assert (tmp_path / "ut").read_text(encoding="utf-8") == "viktig"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jsn"],
        ["--format", "docx,odt", "--out", "ut"],
        ["--format", "", "--out", "ut"],
        ["--lang", "sv"],
        ["--out"],
        ["enda-en.yaml", "til.yaml"],
        ["--template", "borte.docx", "--out", "ut", "--format", "docx"],
    ],
)
def test_a_wrong_option_is_told_on_stderr_and_nothing_is_done(case, tmp_path, arguments, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["assess", str(case), *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err
    assert files(tmp_path) == ["sak.yaml"]


@pytest.mark.parametrize("arguments", [[], ["borte.yaml"], ["."]])
def test_no_file_a_missing_file_and_a_folder_are_told(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["assess", *arguments, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err) > 20


BAD = {
    "no such place": ({"alternatives": ["Bergen", "Atlantis"]}, "Atlantis", "alternatives"),
    "a number that was split": ({"alternatives": ["Bergen", "1507"]}, "1508", "alternatives"),
    "a name several bear": ({"alternatives": ["Bergen", "Herøy"]}, "1818", "alternatives"),
    "weights that do not sum": ({"weights": {"conditions": 30, "location_policy": 30}}, "60", "weights"),
    "weights that contradict": (
        {"weights": {"conditions": [60, 70], "location_policy": [50, 60]}},
        "110",
        "weights",
    ),
    "an unknown consideration": ({"weights": {"effective_work": 100}}, "labour_market", "weights"),
    "one alternative only": ({"alternatives": ["Bergen"]}, "Bergen", "alternatives"),
    "negative jobs": ({"unit": {"name": "X", "jobs": [{"occupation": "2422", "count": -3}]}}, "-3", "unit"),
    "a short occupation code": (
        {"unit": {"name": "X", "jobs": [{"occupation": "242", "count": 3}]}},
        "242",
        "unit",
    ),
    "before there were rules": ({"date": "2014-11-27"}, "2014-11-28", "date"),
    "an unknown rule set": ({"guidelines": "2021-01-01"}, "2022-08-12", "guidelines"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_clear_message_and_nothing_half_written(name, tmp_path, capsys):
    changes, remedy, where = BAD[name]
    file = _lines(tmp_path, changes)
    assert run(["assess", str(file), "--out", str(tmp_path / "ut"), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert remedy in err
    assert f"linje {_line_of(file, where)}" in err
    assert "→" in err
    assert not (tmp_path / "ut").exists()


def _lines(folder, changes):
    """The case with one field a line, so that line numbers mean something."""
    data = {**PLAIN, **changes}
    file = folder / "sak.yaml"
    fields = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
    file.write_text("\n".join(fields) + "\n", encoding="utf-8")
    return file


def _line_of(file, field):
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(field + ":"))


def test_all_faults_of_a_file_are_told_together_from_the_top(tmp_path, capsys):
    changes = {"alternatives": ["Bergen", "Atlantis"], "weights": {"conditions": 30}, "date": "2012-01-01"}
    file = _lines(tmp_path, changes)
    assert run(["assess", str(file)]) == 1
    err = capsys.readouterr().err
    where = [err.index(f"linje {_line_of(file, field)}") for field in ("date", "alternatives", "weights")]
    assert where == sorted(where)
    assert err.count("→") == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.yaml", BOMB),
        ("dyp.yaml", "title: " + "[" * 5000),
        ("tom.yaml", ""),
        ("binær.yaml", "\x00\x01\x02"),
        ("liste.yaml", "- a\n- b\n"),
        ("ugyldig.yaml", "title: [a, b\nunit: }"),
        ("kode.yaml", "title: !!python/object/apply:os.system ['echo']\n"),
    ],
)
def test_a_file_that_is_no_case_is_refused_in_words(name, content, tmp_path, capsys):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert run(["assess", str(file), "--out", str(tmp_path / "ut")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "→" in err
    assert "Traceback" not in err
    assert not (tmp_path / "ut").exists()


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, capsys):
    file = tmp_path / "stor.yaml"
    with file.open("wb") as handle:
        handle.truncate(100_000_000)
    assert run(["assess", str(file)]) == 1
    err = capsys.readouterr().err
    assert "MB" in err
    assert "Traceback" not in err


def test_a_ledger_row_twice_is_told_with_its_row(tmp_path, capsys):
    row = "closed,Etat A,Røros,7,2020-05-01,prøve"
    (tmp_path / "l.csv").write_text(
        "\n".join(["kind,agency,place,jobs,date,source", row, row]) + "\n", encoding="utf-8"
    )
    assert run(["assess", str(write(tmp_path, ledger="l.csv")), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "l.csv" in err
    assert "3" in err
    assert "→" in err


def test_no_centre_that_passes_is_told_as_other_faults_are(tmp_path, capsys):
    file = write(tmp_path, alternatives="auto", must_have=[{"indicator": "airport_minutes", "max": 0}])
    assert run(["assess", str(file), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "must_have" in err


def test_json_is_accepted_as_yaml(tmp_path, capsys):
    assert run(["assess", str(write(tmp_path, name="sak.json")), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Prøvesak"


def test_a_number_that_simply_changed_is_taken_with_a_notice(tmp_path, capsys):
    """1201 was Bergen until 2020; Førde is a town in Sunnfjord."""
    file = write(tmp_path, alternatives=["1201", "Førde", "Røros"])
    assert run(["assess", str(file)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "1201" in out
    assert "Førde" in out
    assert "Sunnfjord" in out


def test_the_shipped_examples_can_all_be_assessed(capsys):
    folder = Path(__file__).parents[3] / "examples" / "location"
    cases = sorted(folder.glob("*.yaml"))
    assert len(cases) >= 5
    for each in cases:
        assert run(["assess", str(each), "--json"]) == 0, each.name
        assert json.loads(capsys.readouterr().out)["rules"]["findings"]
