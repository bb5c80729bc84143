"""Tokens in the ledger: only their hashes, each found by itself alone, for as long as it counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from harmledger.domain import Account, Role, TokenScope
from harmledger.errors import BadInput, NotFound
from harmledger.store import Ledger, open_ledger
from harmledger.store.accounts import add_account
from harmledger.store.api_tokens import add_token, end_token, find_token, list_tokens
from harmledger.store.schema_accounts import API_TOKENS


@pytest.fixture
def ledger(tmp_path: Path, either_database: str) -> Ledger:
    return open_ledger(tmp_path / "ledger", now=fixed_now, database=either_database)


def join(writer: Connection, name: str, role: Role) -> Account:
    """Somebody whose password is nobody's business here."""
    return add_account(writer, name, role, password_hash="-", now=FIXED_NOW)  # noqa: S106  the hash of none


def name_it(writer: Connection, token: str, wanted: str) -> None:
    """Give a token another number."""
    writer.execute(API_TOKENS.update().where(API_TOKENS.c.token_id == token).values({API_TOKENS.c.token_id: wanted}))


def test_only_hashes_of_tokens_lie_in_the_ledger(ledger: Ledger) -> None:
    """Whoever has a copy of the database acts for nobody; each token is another, and leads to its own row and account."""
    with ledger.writing() as writer:
        amal = join(writer, "Amal", Role.LEAD)
        bo = join(writer, "Bo", Role.REVIEWER)
        made = [
            add_token(writer, who, name="one", scope=TokenScope.READ, days=1, now=FIXED_NOW) for who in (amal, bo, bo)
        ]
        kept = list(writer.execute(API_TOKENS.select()))
    assert len({secret for secret, _ in made}) == len({token.token_id for _, token in made}) == 3
    assert not [row for row in kept for secret, _ in made if secret[4:] in str(row)]
    with ledger.reading() as connection:
        found = [find_token(connection, secret, now=FIXED_NOW) for secret, _ in made]
        assert found == [(who, token) for who, (_, token) in zip((amal, bo, bo), made, strict=True)]
        for row in kept:
            assert find_token(connection, row.token_hash, now=FIXED_NOW) is None
            assert find_token(connection, f"hlt_{row.token_hash[:43]}", now=FIXED_NOW) is None


def test_a_token_counts_until_its_last_second(ledger: Ledger) -> None:
    """And never longer than a year."""
    with ledger.writing() as writer:
        amal = join(writer, "Amal", Role.LEAD)
        secret, token = add_token(writer, amal, name="one", scope=TokenScope.READ, days=366, now=FIXED_NOW)
        assert find_token(writer, secret, now=token.expires - timedelta(seconds=1))
        assert find_token(writer, secret, now=token.expires) is None
        for days in (0, -1, 367):
            with pytest.raises(BadInput):
                add_token(writer, amal, name="one", scope=TokenScope.READ, days=days, now=FIXED_NOW)


def test_a_number_names_one_token(ledger: Ledger) -> None:
    """Its beginning does, where no other begins so; one that has ended is named no longer."""
    with ledger.writing() as writer:
        amal = join(writer, "Amal", Role.LEAD)
        for number in ("abcdef01", "abcdef02"):
            _, made = add_token(writer, amal, name="one", scope=TokenScope.READ, days=1, now=FIXED_NOW)
            name_it(writer, made.token_id, number)
        for wanted in ("abcdef", "abcde", "", "%", "abcdef03"):
            with pytest.raises(NotFound):
                end_token(writer, amal.account_id, wanted, now=FIXED_NOW)
        assert end_token(writer, amal.account_id, "abcdef02", now=FIXED_NOW).token_id == "abcdef02"
        assert end_token(writer, amal.account_id, "abcdef", now=FIXED_NOW).token_id == "abcdef01"
        assert [token.revoked for token in list_tokens(writer, amal.account_id)] == [FIXED_NOW] * 2


@given(one=st.sampled_from(TokenScope), other=st.sampled_from(TokenScope))
def test_scopes_are_in_one_order(one: TokenScope, other: TokenScope) -> None:
    """Of two each covers itself, and one covers the other."""
    assert one.covers(one)
    assert one.covers(other) != other.covers(one) or one is other
    assert TokenScope.MODERATE.covers(one)
