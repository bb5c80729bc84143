"""Tokens of authorities: what OpenSSL signs is read and held; what is of other bytes, another authority, another time or nobody isn't."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from fake_stampers import Authority
from hypothesis import given
from hypothesis import strategies as st

from harmledger.attest.der import sort_certificates
from harmledger.attest.token import MOST_BYTES, check_token, enclosed_certificates, parse_certificates
from harmledger.errors import BadInput, HarmledgerError, Inconsistent

STAMPED = b"\x07" * 32
WHERE = "https://tsa.example/"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def token(authority: Authority) -> bytes:
    return authority.stamp(STAMPED)


def test_a_token_tells_when_and_by_whom(authority: Authority, token: bytes) -> None:
    """Held to the root that the user gives, a token says its time, its signer, and what it was held to."""
    told = check_token(token, STAMPED, roots=[authority.root], where=WHERE)
    assert abs(told.time - datetime.now(UTC)) < timedelta(minutes=5)
    assert (told.signer, told.policy, told.given) == ("CN=Test signer", "1.2.3.4.1", True)
    assert told.anchors == Authority.pem(authority.root)


def test_signing_as_another_is_what_makes_those_fail(token: bytes, tmp_path: Path) -> None:
    """The same by a signer for time stamps holds: below, only the certificate's purpose is wrong."""
    right = Authority(tmp_path)
    assert check_token(right.sign_as(token), STAMPED, roots=[right.root], where=WHERE).signer == "CN=Test signer"


def test_openssl_says_the_same(authority: Authority, token: bytes, tmp_path: Path) -> None:
    """What holds here holds by OpenSSL's own check, with the certificates that came with it."""
    (tmp_path / "token.tsr").write_bytes(token)
    (tmp_path / "root.bin").write_bytes(STAMPED)
    (tmp_path / "roots.pem").write_bytes(Authority.pem(authority.root))
    (tmp_path / "chain.pem").write_bytes(enclosed_certificates(token))
    command = "openssl ts -verify -data root.bin -in token.tsr -CAfile roots.pem -untrusted chain.pem"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout
    assert done.returncode == 0


def test_the_enclosed_certificates_may_come_in_any_order(token: bytes) -> None:
    """Sorting them changes no byte but their order, and nothing more the second time."""
    ordered = sort_certificates(token)
    assert sorted(ordered) == sorted(token)
    assert sort_certificates(ordered) == ordered


def test_a_root_that_came_along_is_told_as_such(tmp_path: Path) -> None:
    """Without a root that the user gives, the token is held to the one it encloses, and it is told that nobody vouches for that."""
    authority = Authority(tmp_path, encloses_root=True)
    token = authority.stamp(STAMPED)
    assert not check_token(token, STAMPED, roots=[], where=WHERE).given
    assert check_token(token, STAMPED, roots=[authority.root], where=WHERE).given


def test_a_root_without_its_middle_suffices_and_given_middles_help(authority: Authority, token: bytes) -> None:
    """What is kept as its anchors is what vouches for it, of all that was given."""
    told = check_token(token, STAMPED, roots=[authority.signer, authority.middle, authority.root], where=WHERE)
    assert set(parse_certificates(told.anchors, "")) == {authority.middle, authority.root}


def other_bytes(_: Authority, token: bytes, __: Path) -> HarmledgerError:
    return failing(lambda: check_token(token, b"\x08" * 32, roots=[_.root], where=WHERE))


def other_nonce(authority: Authority, token: bytes, _: Path) -> HarmledgerError:
    return failing(lambda: check_token(token, STAMPED, roots=[authority.root], nonce=7, where=WHERE))


def other_authority(_: Authority, token: bytes, folder: Path) -> HarmledgerError:
    """Its root has the very name of the right one."""
    return failing(lambda: check_token(token, STAMPED, roots=[Authority(folder).root], where=WHERE))


def expired(_: Authority, __: bytes, folder: Path) -> HarmledgerError:
    old = Authority(folder, days=(-30, -1))
    return failing(lambda: check_token(old.stamp(STAMPED), STAMPED, roots=[old.root], where=WHERE))


def for_something_else(_: Authority, token: bytes, folder: Path) -> HarmledgerError:
    """Signed with a certificate that the root gave to a web server."""
    server = Authority(folder, usage=ExtendedKeyUsageOID.SERVER_AUTH)
    return failing(lambda: check_token(server.sign_as(token), STAMPED, roots=[server.root], where=WHERE))


def for_nothing(_: Authority, token: bytes, folder: Path) -> HarmledgerError:
    """Signed with a certificate that doesn't say what it is for."""
    any_use = Authority(folder, usage=None)
    return failing(lambda: check_token(any_use.sign_as(token), STAMPED, roots=[any_use.root], where=WHERE))


def unknown_root(authority: Authority, token: bytes, _: Path) -> HarmledgerError:
    return failing(lambda: check_token(token, STAMPED, roots=[], where=WHERE))


def refused(authority: Authority, _: bytes, __: Path) -> HarmledgerError:
    return failing(lambda: check_token(authority.answer(b"garbage"), STAMPED, roots=[authority.root], where=WHERE))


def empty(_: Authority, __: bytes, ___: Path) -> HarmledgerError:
    return failing(lambda: check_token(b"", STAMPED, roots=[_.root], where=WHERE))


def a_page(_: Authority, __: bytes, ___: Path) -> HarmledgerError:
    return failing(lambda: check_token(b"<html>sign in</html>", STAMPED, roots=[_.root], where=WHERE))


def huge(_: Authority, token: bytes, ___: Path) -> HarmledgerError:
    return failing(lambda: check_token(token + b"\0" * MOST_BYTES, STAMPED, roots=[_.root], where=WHERE))


def trailing(_: Authority, token: bytes, ___: Path) -> HarmledgerError:
    return failing(lambda: check_token(token + b"\0", STAMPED, roots=[_.root], where=WHERE))


def failing(check: Callable[[], object]) -> HarmledgerError:
    with pytest.raises(HarmledgerError) as caught:
        check()
    return caught.value


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        (other_bytes, Inconsistent, "Mismatch between messages"),
        (other_nonce, Inconsistent, "Nonce mismatch"),
        (other_authority, Inconsistent, "verifying certificates"),
        (expired, Inconsistent, "verifying certificates"),
        (for_something_else, Inconsistent, "verifying certificates"),
        (for_nothing, Inconsistent, "verifying certificates"),
        (unknown_root, BadInput, "no root certificate is known that vouches for CN=Test root"),
        (refused, BadInput, "refused"),
        (empty, BadInput, "no answer of a time-stamping authority"),
        (a_page, BadInput, "no answer of a time-stamping authority"),
        (huge, BadInput, "too long"),
        (trailing, BadInput, "no answer of a time-stamping authority"),
    ],
)
def test_what_does_not_hold_is_told(
    authority: Authority,
    token: bytes,
    tmp_path: Path,
    wrong: Callable[[Authority, bytes, Path], HarmledgerError],
    kind: type[HarmledgerError],
    words: str,
) -> None:
    """Each way to be wrong is refused, in words of its own."""
    error = wrong(authority, token, tmp_path)
    assert type(error) is kind
    assert words in error.what


@given(st.data())
def test_damage_is_refused_or_changes_nothing(authority: Authority, token: bytes, data: st.DataObject) -> None:
    """Any bytes changed, cut or put in: the token is refused in a sentence, or still says what it said of these bytes."""
    whole = check_token(token, STAMPED, roots=[authority.root], where=WHERE)
    at = data.draw(st.integers(0, len(token)))
    damaged = token[:at] + data.draw(st.binary(max_size=8)) + token[at + data.draw(st.integers(0, 8)) :]
    try:
        told = check_token(damaged, STAMPED, roots=[authority.root], where=WHERE)
    except HarmledgerError:
        return
    assert (told.time, told.anchors) == (whole.time, whole.anchors)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(garbage: bytes) -> None:
    """No bytes break the reader."""
    with pytest.raises(HarmledgerError):
        check_token(garbage, STAMPED, roots=[], where=WHERE)


def test_certificates_are_read_however_they_come(authority: Authority, tmp_path: Path) -> None:
    """One in DER, several in PEM with words between; what holds none is refused."""
    subprocess.run(
        ["openssl", "x509", "-in", authority.folder / "root.pem", "-outform", "DER", "-out", tmp_path / "root.der"],
        check=True,
    )
    assert parse_certificates((tmp_path / "root.der").read_bytes(), "") == [authority.root]
    two = b"# the root\n" + Authority.pem(authority.root) + b"# and below\n" + Authority.pem(authority.middle)
    assert parse_certificates(two, "") == [authority.root, authority.middle]
    for wrong in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"):
        with pytest.raises(BadInput, match="no certificate"):
            parse_certificates(wrong, "roots.pem")
