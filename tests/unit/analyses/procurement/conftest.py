"""Stored notices with their placeholders filled, and a way to judge one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tyngdepunkt.analyses.contract import Brought, Setting
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.analyses.procurement.question import Question
from tyngdepunkt.analyses.procurement.result import Result
from tyngdepunkt.places import Places

DAY = dt.date(2026, 9, 15)


def no_places() -> Places:
    """Nothing here needs figures."""
    raise AssertionError("no figures are needed")


@pytest.fixture(scope="session")
def notices(shared_data: Path) -> Path:
    """The folder of stored notices."""
    return shared_data / "anskaffelser"


@pytest.fixture
def notice(notices: Path) -> Callable[..., bytes]:
    """A stored notice by the end of its name; its placeholders filled with a day and an SDK version."""

    def read(name: str, day: dt.date = DAY, sdk: str = "1.13") -> bytes:
        [path] = notices.glob(f"*{name}.xml")
        text = path.read_text(encoding="utf-8")
        filled = {"EFORMS_MINOR": sdk, "ISSUEDATE": f"{day}+02:00", "ISSUETIME": "10:00:00+02:00"}
        for mark, value in filled.items():
            text = text.replace("${" + mark + "}", value)
        return text.encode()

    return read


@pytest.fixture
def judge() -> Callable[..., Result]:
    """A notice judged, in English unless another language is asked for."""

    def answer(content: bytes | str, as_of: dt.date = DAY, lang: str = "en") -> Result:
        raw = content.encode() if isinstance(content, str) else content
        brought = {"notice": Brought("notice", raw)}
        result: Result = ANALYSIS.answer(brought, Question(as_of=as_of), Setting(lang, no_places))
        return result

    return answer
