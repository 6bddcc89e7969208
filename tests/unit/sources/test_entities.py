"""Nightly files of Enhetsregisteret: made-up entities in its form, and ways a file can be broken."""

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.entities import COLUMNS, NAMED, packed, read_entities
from tyngdepunkt.texts import explain_error

SHARED = Path("/work/shared/data/api_eksempler/enhetsregisteret_lastned_underenheter.json")


def entity(number: int = 800000001, **more: Any) -> dict[str, Any]:
    return {
        "organisasjonsnummer": str(number),
        "navn": 'Eksempel {["}],',
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap", "_links": {}},
        "forretningsadresse": {"adresse": ["Gata 1"], "kommunenummer": "0001"},
        "naeringskode1": {"kode": "71.112", "beskrivelse": "Arkitekter"},
        "institusjonellSektorkode": {"kode": "2100"},
        "antallAnsatte": 12,
        "harRegistrertAntallAnsatte": True,
        **more,
    }


def written(folder: Path, content: Any) -> Path:
    file = folder / "night.json.gz"
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    file.write_bytes(gzip.compress(body))
    return file


def rows(file: Path) -> list[dict[str, Any]]:
    held = duckdb.execute("SELECT * FROM read_parquet(?) ORDER BY number", [str(file)])
    names = [name for name, *_ in held.description]
    return [dict(zip(names, row, strict=True)) for row in held.fetchall()]


def keys(error: pytest.ExceptionInfo[UserError]) -> set[str]:
    assert explain_error(error.value, "nb")
    return {fault.key.removeprefix("sources:") for fault in error.value.faults}


def test_a_row_holds_what_the_register_says(tmp_path: Path) -> None:
    file = written(tmp_path, [entity(overordnetEnhet="912345678", slettedato="2024-03-09")])
    found = read_entities(file, tmp_path / "out.parquet")
    (row,) = rows(tmp_path / "out.parquet")
    assert tuple(row) == COLUMNS
    assert (row["parent"], row["municipality"], row["industry"], row["sector"]) == (
        *("912345678", "0001", "71.112", "2100"),
    )
    assert (row["employees"], str(row["deleted"]), found.rows, found.deleted) == (12, "2024-03-09", 1, 1)


def test_not_told_is_not_zero(tmp_path: Path) -> None:
    told = [(None, True), (0, False), (None, None)]
    file = written(
        tmp_path,
        [
            entity(800000001 + at, antallAnsatte=count, harRegistrertAntallAnsatte=has)
            for at, (count, has) in enumerate(told)
        ],
    )
    assert read_entities(file, tmp_path / "out.parquet").unknown_employees == 2
    assert [(row["employees"], row["has_employees"]) for row in rows(tmp_path / "out.parquet")] == told


@pytest.mark.parametrize(
    "form", ["ENK", "DA", "ANS", "KBO", "BO", "PERS", "INNH", "NUF", "BEDR", "AAFY", "??"]
)
def test_a_name_that_may_be_a_persons_is_nowhere_on_the_disk(form: str, tmp_path: Path) -> None:
    name = "KARI EKSEMPELSEN"
    file = written(tmp_path, [entity(navn=name, organisasjonsform={"kode": form})])
    assert read_entities(file, tmp_path / "out.parquet").without_name == 1
    file.unlink()
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    assert name.encode() not in (tmp_path / "out.parquet").read_bytes()
    assert rows(tmp_path / "out.parquet")[0]["name"] is None


def test_names_of_public_bodies_and_companies_stay(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        [entity(800000001 + at, organisasjonsform={"kode": form}) for at, form in enumerate(NAMED)],
    )
    assert read_entities(file, tmp_path / "out.parquet").without_name == 0


def test_the_register_s_own_example_of_a_nightly_file(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("the stored answers are not on this machine")
    file = written(tmp_path, SHARED.read_bytes())
    assert read_entities(file, tmp_path / "out.parquet").rows == 2
    first, second = rows(tmp_path / "out.parquet")
    assert (first["municipality"], first["employees"], first["parent"]) == ("3025", 2, "999999999")
    assert second["municipality"] is None  # it has a postal address only, which is not where it lies


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("organisasjonsnummer", "12345", "number"),
        ("organisasjonsnummer", {"a": 1}, "number"),
        ("organisasjonsnummer", None, "number"),
        ("organisasjonsform", None, "form"),
        ("overordnetEnhet", "x", "parent"),
        ("forretningsadresse", {"kommunenummer": "1"}, "municipality"),
        ("naeringskode1", {"kode": "A"}, "industry"),
        ("antallAnsatte", -1, "employees"),
        ("antallAnsatte", 1.5, "employees"),
        ("slettedato", "9. mars", "deleted"),
    ],
)
def test_a_field_of_another_form_is_named_and_the_old_table_stays(
    field: str, value: Any, column: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    read_entities(written(tmp_path, [entity()]), out)
    before = out.read_bytes()
    with pytest.raises(UserError) as error:
        read_entities(written(tmp_path, [entity(800000002, **{field: value})]), out)
    assert [fault.values["column"] for fault in error.value.faults] == [column]
    assert out.read_bytes() == before


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = [entity(antallAnsatte=-1, overordnetEnhet="x"), entity(antallAnsatte=-1)]
    with pytest.raises(UserError) as error:
        read_entities(written(tmp_path, broken), tmp_path / "out.parquet")
    assert keys(error) == {"wrong_entities", "entities_twice"}
    assert len(error.value.faults) == 3


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "no_entities"),
        (b"[]", "no_entities"),
        (b"<html>", "not_entities"),
        (b'{"error": "x"}', "not_entities"),
        (b"[1, 2]", "not_entities"),
        (b'[{"organisasjonsnummer": "800000001"}, {"orga', "not_entities"),
        (b'[{"antallAnsatte": "mange"}]', "not_entities"),
        (b'[{"naeringskode1": "71.112"}]', "not_entities"),
        (b'[{"organisasjonsnummer": "\xe5"}]', "not_entities"),
    ],
)
def test_what_is_no_list_of_entities_is_refused(content: bytes, key: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read_entities(written(tmp_path, content), tmp_path / "out.parquet")
    assert keys(error) == {key}
    assert [path.name for path in tmp_path.iterdir()] == ["night.json.gz"]


def test_more_entities_than_may_be_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, [entity(800000001 + at) for at in range(3)])
    assert read_entities(file, tmp_path / "out.parquet", most=3).rows == 3
    with pytest.raises(UserError) as error:
        read_entities(file, tmp_path / "out.parquet", most=2)
    assert keys(error) == {"too_many_entities"}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_file_that_was_cut_or_changed_anywhere_is_not_whole(data: st.DataObject) -> None:
    whole = gzip.compress(json.dumps([entity(800000001 + at) for at in range(20)]).encode(), mtime=0)
    at = data.draw(st.integers(10, len(whole) - 1))
    is_cut = data.draw(st.booleans())
    broken = whole[:at] if is_cut else whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
    file = Path(data.draw(st.just("night.gz")))
    with pytest.raises(UserError) as error:
        packed(_Held(broken, file.name))  # type: ignore[arg-type]
    assert keys(error) == {"not_gzip"}


def test_a_file_that_unpacks_to_too_much_is_left_at_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "bomb.gz"
    file.write_bytes(gzip.compress(bytes(30_000_000)))
    assert packed(file).unpacked == 30_000_000
    with pytest.raises(UserError) as error:
        packed(file, most=5_000_000)
    assert keys(error) == {"unpacks_too_large"}


class _Held:
    """A file in memory, as `packed` reads one."""

    def __init__(self, content: bytes, name: str) -> None:
        self.content, self.name = content, name

    def open(self, mode: str) -> Any:
        import io

        assert mode == "rb"
        return io.BytesIO(self.content)
