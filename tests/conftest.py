"""What all tests share."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the stored public files; a clone without it skips what needs it."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the stored public files in ../shared/data")
    return folder


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes in the user's folders; the DuckDB file is shared, the rest is new each time."""
    shared = tmp_path_factory.getbasetemp().parent
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(shared / "tyngdepunkt-cache"))
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.delenv("TYNGDEPUNKT_LANG", raising=False)
