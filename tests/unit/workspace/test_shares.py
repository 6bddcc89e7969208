"""Addresses that show one version of a case: unguessable, kept as a hash, and gone once withdrawn."""

import base64

import pytest
from sqlalchemy import create_engine, text

from tyngdepunkt.errors import UserError
from tyngdepunkt.workspace.drafts import Drafts
from tyngdepunkt.workspace.drafts.shares import Shares


def test_an_address_leads_to_its_version_until_it_is_withdrawn(address: str) -> None:
    drafts, shares = Drafts(address), Shares(address)
    made = drafts.create({"title": "A"})
    token = shares.make(made.id, 1)
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    other = shares.make(made.id, 2)
    assert [(each.draft_id, each.version) for each in map(shares.read, (token, other))] == [
        (made.id, 1),
        (made.id, 2),
    ]
    assert {each.version for each in shares.of(made.id)} == {1, 2}
    shares.withdraw(made.id, shares.read(token).id)
    with pytest.raises(UserError) as told:
        shares.read(token)
    assert [each.key for each in told.value.faults] == ["workspace.drafts:no_share"]
    assert [each.version for each in shares.of(made.id)] == [2]
    assert shares.read(other).version == 2


def test_the_database_holds_no_address_and_what_it_holds_opens_nothing(address: str) -> None:
    shares = Shares(address)
    made = Drafts(address).create({"title": "A"})
    tokens = {shares.make(made.id, 1) for _ in range(50)}
    assert len(tokens) == 50
    assert {len(base64.urlsafe_b64decode(each + "==")) for each in tokens} == {16}
    with create_engine(address).connect() as connection:
        rows = [str(value) for row in connection.execute(text("SELECT * FROM case_share")) for value in row]
    assert not [token for token in tokens for value in rows if token in value]
    for value in {each.id for each in shares.of(made.id)}:
        with pytest.raises(UserError):
            shares.read(value)


def test_one_case_cannot_withdraw_what_another_shares(address: str) -> None:
    drafts, shares = Drafts(address), Shares(address)
    one, other = drafts.create({"title": "A"}), drafts.create({"title": "B"})
    token = shares.make(one.id, 1)
    shares.withdraw(other.id, shares.read(token).id)
    assert shares.read(token).draft_id == one.id


def test_what_is_shared_of_a_deleted_case_is_shown_again_when_it_is_taken_back(address: str) -> None:
    drafts, shares = Drafts(address), Shares(address)
    made = drafts.create({"title": "A"})
    token = shares.make(made.id, 1)
    drafts.delete(made.id)
    with pytest.raises(UserError):
        shares.read(token)
    drafts.restore(made.id)
    assert shares.read(token).version == 1


def test_a_version_that_is_not_there_is_not_shared(address: str) -> None:
    made = Drafts(address).create({"title": "A"})
    for draft_id, version in ((made.id, 2), ("nothing", 1)):
        with pytest.raises(UserError):
            Shares(address).make(draft_id, version)
