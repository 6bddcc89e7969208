"""Versions of notices: each is kept, none hides another, and nobody who is to be called is in them."""

from pathlib import Path

import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.doffin_notices import Version, grouped, parsed, version_of, without_persons
from unit.sources.served import Server
from unit.sources.test_doffin import EXT, KEY, UBL, Doffin, command, notice

PERSONS = ("Kari", "Ola", "kari@example.org", "99887766", "Storgata 1", "01017012345", "Hytte", "Nordmann")


CONTACT = (
    "<cac:Contact><cbc:Name>Kari</cbc:Name><cbc:Telephone>99887766</cbc:Telephone>"
    "<cbc:ElectronicMail>kari@example.org</cbc:ElectronicMail></cac:Contact>"
)


def company(number: str, name: str, legal: str, street: str) -> str:
    return f"""<efac:Company>
<cac:PartyIdentification><cbc:ID>{number}</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>Fjordby</cbc:CityName></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:CompanyID>{legal}</cbc:CompanyID></cac:PartyLegalEntity>{CONTACT}
</efac:Company>"""


def xml(identity: str = "a", version: str = "01", procedure: str = "p", changes: str = "") -> bytes:
    """Where the field list of eForms SDK has identifiers, and where it has persons."""
    corrected = f"<efbc:ChangedNoticeIdentifier>{changes}</efbc:ChangedNoticeIdentifier>" if changes else ""
    return f"""<ContractNotice xmlns="{UBL}ContractNotice-2" xmlns:cac="{UBL}CommonAggregateComponents-2"
 xmlns:cbc="{UBL}CommonBasicComponents-2" xmlns:ext="{UBL}CommonExtensionComponents-2"
 xmlns:efac="{EXT}ubl-extension-aggregate-components/1"
 xmlns:efbc="{EXT}ubl-extension-basic-components/1">
<!-- Kari wrote this --><ext:UBLExtensions><efac:Changes>{corrected}</efac:Changes><efac:Organizations>
<efac:Organization>{company("ORG-0001", "Fjordby kommune", "972417858", "Torget")}</efac:Organization>
<efac:Organization><efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>
{company("ORG-0002", "Ola Nordmann", "01017012345", "Storgata 1")}
<efac:TouchPoint><cac:PartyName><cbc:Name>v/ Kari</cbc:Name></cac:PartyName></efac:TouchPoint>
</efac:Organization><efac:UltimateBeneficialOwner><cbc:FirstName>Ola</cbc:FirstName>
<cbc:FamilyName>Nordmann</cbc:FamilyName></efac:UltimateBeneficialOwner>
</efac:Organizations></ext:UBLExtensions><cbc:ID schemeName="notice-id">{identity}</cbc:ID>
<cbc:ContractFolderID>{procedure}</cbc:ContractFolderID><cbc:VersionID>{version}</cbc:VersionID>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID>
</cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name>Drift</cbc:Name><cbc:Description>Kari om Hytte</cbc:Description>
<cbc:Note>Kari</cbc:Note></cac:ProcurementProject></ContractNotice>""".encode()


def test_nothing_that_leads_to_a_person_is_kept_and_the_buyer_is() -> None:
    kept = without_persons(parsed(xml(), "x")).decode()
    assert [word for word in PERSONS if word in kept] == []
    for word in ("Fjordby kommune", "972417858", "Torget", "Drift", "ORG-0002"):
        assert word in kept


def test_a_version_says_what_it_is_of() -> None:
    assert version_of(parsed(xml("a", "02", "p", "a-01"), "x"), "2026-1") == Version(
        "2026-1", "a", "02", "p", "a-01"
    )
    assert version_of(parsed(b"<old/>", "x"), "2016-1") == Version("2016-1", "", "", "", "")


def test_versions_of_a_notice_stand_together_and_those_that_lack_are_told() -> None:
    named = [("a", "03"), ("b", "01"), ("a", "01"), ("", ""), ("", "")]
    held = [Version(f"2026-{at}", *each, "p", "") for at, each in enumerate(named)]
    found = {each.notice: each for each in grouped(held)}
    assert {name: len(each.versions) for name, each in found.items()} == {
        "a": 2,
        "b": 1,
        "2026-3": 1,
        "2026-4": 1,
    }
    assert [each.version for each in found["a"].versions] == ["01", "03"]
    assert {name: each.lacking for name, each in found.items() if each.lacking} == {"a": ("02",)}


BOMB = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize("body", [b"", b"{}", b"<a>", BOMB.encode(), BOMB.encode("utf-16")])
def test_what_is_no_plain_xml_is_refused(body: bytes) -> None:
    with pytest.raises(UserError) as error:
        parsed(body, "x")
    assert [fault.key for fault in error.value.faults] == ["sources:not_as_documented"]


def test_the_stored_notices_are_read_and_hold_no_contact(shared_data: Path) -> None:
    stored = sorted((shared_data / "anskaffelser").glob("eforms_*.xml"))
    assert len(stored) > 15
    for file in stored:
        root = parsed(file.read_bytes(), file.name)
        assert version_of(root, "x").notice
        kept = without_persons(root)
        assert not any(word in kept for word in (b"ElectronicMail", b"Telephone", b"FamilyName"))
        assert b"<" in kept


@pytest.mark.walk
def test_the_command_keeps_every_version(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doffin = server.answer = Doffin(notice(1), notice(2), notice(3))
    doffin.xml = {
        "2026-000001": xml("a", "01"),
        "2026-000002": xml("a", "02", changes="a-01"),
        "2026-000003": xml("b", "02"),
    }
    monkeypatch.setenv("TYNGDEPUNKT_DOFFIN_KEY", KEY)
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path))
    assert cli(command(server, "--notices", "--dry-run")) == 0
    assert not any("download" in asked.path for asked in server.asked)
    capsys.readouterr()
    assert cli(command(server, "--notices", "--lang", "en")) == 0
    assert "2 notices in 3 versions. 1 of them" in capsys.readouterr().out.replace("\n", " ")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert len(list(tmp_path.rglob("*.xml"))) == 3
    assert [word for word in PERSONS if word.encode() in kept] == []
    assert cli(command(server, "--notices", "--lang", "en")) == 0
    assert "same as last time" in capsys.readouterr().out
