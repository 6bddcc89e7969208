"""Labels that once did not say what they mean are shown in words that do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tyngdepunkt.rules.loader import rule_set, versions
from tyngdepunkt.web.pages.case.considerations import ASKS
from tyngdepunkt.workspace.drafts import Drafts


@pytest.fixture
def client(web_app: Litestar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    monkeypatch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{tmp_path / 'd.sqlite'}")
    with TestClient(web_app) as found:
        yield found


PLAIN = {"title": "T", "date": "2023-06-01", "trigger": "new_agency", "alternatives": ["Hamar", "Bergen"]}


@pytest.mark.parametrize(
    ("address", "lang", "said"),
    [
        ("/", "en", "Find a place"),
        ("/", "nb", "Tallene er fra "),
        ("/place/3403", "nb", "Folk i arbeidsalder innen 45 minutters kjøring"),
        ("/case/{case}/considerations", "nb", "Vi har ikke bestemt hva som teller mest"),
        ("/case/{case}/considerations", "nb", "Får stedet tak i folk, og er det lett å nå?"),
        ("/case/{case}/alternatives", "nb", "Legge enheten i Oslo"),
        ("/case/{case}/alternatives", "nb", "Stillinger uten fast kontor"),
        ("/case/{case}/result", "nb", "Holder mot usikre tall"),
        ("/case/{case}/result", "nb", "Plass med kontrollmetoden"),
    ],
)
def test_a_label_says_what_it_means(client: TestClient[Any], address: str, lang: str, said: str) -> None:
    unit = {"name": "U", "total_jobs": 30}
    case = Drafts().create({**PLAIN, "unit": unit}).id
    text = client.get(f"{address.format(case=case)}?lang={lang}").text
    assert said in text
    for old in ("Tillit (", "annen metode</th>", "Tallgrunnlag:", "prøv alle vekter som finnes"):
        assert old not in text


def test_every_consideration_of_every_rule_set_is_asked_about() -> None:
    ids = {each.id for version in versions() for each in rule_set(version).considerations}
    assert ids <= set(ASKS)
