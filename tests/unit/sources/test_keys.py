"""A key comes from its variable or from a file, and is shown nowhere, also not where it cannot be had."""

from pathlib import Path

import pytest

from tyngdepunkt import settings
from tyngdepunkt.errors import UserError
from tyngdepunkt.settings import Secret
from tyngdepunkt.sources.keys import key_of
from tyngdepunkt.texts import explain_error

KEY = "f00dfeedf00dfeed"
READERS = {"TYNGDEPUNKT_DOFFIN_KEY": settings.doffin_key, "TYNGDEPUNKT_NAV_TOKEN": settings.nav_token}


@pytest.mark.parametrize("variable", READERS)
def test_the_key_goes_before_the_file(variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    monkeypatch.setenv(f"{variable}_FILE", str(file))
    monkeypatch.delenv(variable, raising=False)
    assert key_of(READERS[variable]()) == KEY
    monkeypatch.setenv(variable, "another ")
    assert key_of(READERS[variable]()) == "another"


def test_a_key_is_not_in_what_is_printed_of_its_setting() -> None:
    assert KEY not in repr(Secret("X", KEY, ""))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "no_key"),
        (b"", "no_key"),
        (b" \n", "no_key"),
        (b"\xff\xfe" + KEY.encode(), "key_unreadable"),
    ],
)
def test_no_key_is_told_without_a_word_of_what_is_there(
    content: bytes | None, key: str, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError) as error:
        key_of(Secret("TYNGDEPUNKT_DOFFIN_KEY", "", str(file) if content is not None else ""))
    assert [fault.key for fault in error.value.faults] == [f"sources:{key}"]
    assert "TYNGDEPUNKT_DOFFIN_KEY_FILE" in explain_error(error.value, "nb")
    assert KEY not in explain_error(error.value, "nb")


def test_a_folder_or_nothing_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(UserError) as error:
            key_of(Secret("TYNGDEPUNKT_DOFFIN_KEY", "", str(file)))
        assert [fault.key for fault in error.value.faults] == ["sources:key_unreadable"]
