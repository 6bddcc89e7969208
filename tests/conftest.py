"""What all tests share: folders of their own, Eksempelland and the real country, each opened once."""

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.snapshot import embedded_folder, find_folder
from tyngdepunkt.web import worker

REPOSITORY = Path(__file__).parents[1]

# no test hangs on how busy the machine is
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


# nor on how soon a process of low priority gets its turn, where every core has a test to run
worker.PATIENCE *= 10

LONGEST_NAME = 200


def pytest_collection_finish() -> None:
    """What ten thousand tests are made of stays: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A test is not named by 24 MB of what it sends: the name goes to every worker and to the environment."""
    long = isinstance(val, str | bytes) and len(val) > LONGEST_NAME
    return f"{argname}_of_{len(val)}" if long else None  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the stored public files; a clone without it skips what needs it."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the stored public files in ../shared/data")
    return folder


# numbered by a counter: `mktemp` reads the names of all folders before it makes one, for ten thousand tests
@pytest.fixture(scope="session")
def _new_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder after folder, each new and empty as it is taken."""

    def made() -> Iterator[Path]:
        for number in count():
            (folder := all_of_them / str(number)).mkdir()
            yield folder

    all_of_them = tmp_path_factory.mktemp("data")
    return made()


@pytest.fixture(autouse=True)
def _own_folders(
    tmp_path_factory: pytest.TempPathFactory, _new_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test writes in the user's folders; the DuckDB file is shared, the rest is new each time."""
    shared = tmp_path_factory.getbasetemp().parent
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(shared / "tyngdepunkt-cache"))
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(next(_new_folders)))
    monkeypatch.delenv("TYNGDEPUNKT_LANG", raising=False)


@pytest.fixture(scope="session")
def eksempelland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The made-up country."""
    from eksempelland import write_snapshot

    folder = tmp_path_factory.mktemp("country")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_CACHE", str(folder / "cache"))
        with open_places(write_snapshot(folder / "snapshot")) as places:
            yield places


@pytest.fixture(scope="session")
def norway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The embedded snapshot."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"))
        with open_places("embedded") as places:
            yield places


@pytest.fixture(scope="session", autouse=True)
def _stays_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that are run in this process share one opening of the embedded snapshot.

    Each would read the same tables again, half of what a command takes. Another snapshot, or another folder
    for the DuckDB file, is opened as always; so is what a test opens itself.
    """
    shared = str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache")
    kept: list[Places] = []

    def opened(snapshot: str | Path | None = None) -> Places:
        if find_folder(snapshot) != embedded_folder() or os.environ["TYNGDEPUNKT_CACHE"] != shared:
            return open_places(snapshot)
        if not kept:
            kept.append(open_places(snapshot))
            vars(kept[0])["close"] = lambda: None
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tyngdepunkt.places.open_places", opened)
        yield
    for each in kept:
        Places.close(each)
