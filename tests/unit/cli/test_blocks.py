"""Tables on a terminal: no word is broken, and what does not fit stands one part under another."""

import pytest

from tyngdepunkt.cli._blocks import show
from tyngdepunkt.documents.document import Column, Table

HEADS = ("Kommune", "Innbyggere", "Endring i innbyggere", "Arbeidsplasser", "Arbeidsmarkedsintegrasjon")


def shown(
    table: Table, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    show("", [table], "nb")
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def many() -> Table:
    columns = tuple(Column(head, numeric=at > 0) for at, head in enumerate(HEADS))
    return Table("Kommunen og de fem som ligner", columns, (("Midt-Telemark", 10_378, 3, 4_195, 0.2),) * 3)


def test_the_caption_of_a_narrow_table_is_not_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = Table(
        "Innbyggere innenfor reisetiden, 2026", (Column("Min"), Column("N", numeric=True)), ((15, 2),)
    )
    assert shown(narrow, 80, capsys, monkeypatch)[0] == narrow.caption


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_word_is_broken_and_every_part_names_its_rows(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = many()
    lines = shown(table, width, capsys, monkeypatch)
    assert all(len(line) <= width for line in lines[1:])
    text = " ".join(lines).split()
    for word in " ".join(HEADS[1:]).split():
        assert word in text
    parts = sum("Kommune" in line.split() for line in lines[1:])
    assert sum("Midt-Telemark" in line for line in lines) == parts * len(table.rows)
    assert parts == 1 if width == 120 else parts >= 1


def test_a_word_that_no_width_can_hold_is_folded_and_not_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(Table("", (Column("A"), Column("B")), (("x" * 100, "y"),)), 40, capsys, monkeypatch)
    assert sum(line.count("x") for line in lines) == 100


@pytest.mark.parametrize(
    ("lang", "number"), [("nb", "10\u00a0378,5"), ("nn", "10\u00a0378,5"), ("en", "10,378.5")]
)
def test_numbers_are_written_as_the_language_writes_them(
    lang: str, number: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    columns = (Column("Place"), Column("N", numeric=True, decimals=1))
    show("", [Table("t", columns, (("A", 10_378.5), ("B", None)))], lang)
    out = capsys.readouterr().out
    assert number in out
    assert "–" in out
