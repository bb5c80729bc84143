"""Letters: composed so that nothing gets into their heads, sent by a real mail server or put into a folder."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fakes import FIXED_NOW
from mail_server import MailServer, listening_for_mail, read_letter

from harmledger.config import Config
from harmledger.domain import Letter
from harmledger.errors import BadInput, SourceFailed
from harmledger.mail import open_mailer, parse_address
from harmledger.mail.compose import compose

pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd isn't installed (group dev)")
LETTER = Letter(
    to="amal@example.org", subject="Your link", text="Here it is: é, ق.\n", when=FIXED_NOW, letter_id="0123456789abcdef"
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on a port of this machine."""
    with listening_for_mail() as listening:
        yield listening


def by_server(port: int, **more: str) -> Config:
    return Config(mail_smtp=f"127.0.0.1:{port}", mail_from="record@example.org", **{"mail_tls": "off", **more})


def test_a_letter_arrives_by_the_mail_server(server: MailServer) -> None:
    """What was written arrives, marked as written by a machine."""
    open_mailer(by_server(server.port)).send(LETTER)
    [got] = server.came
    assert got.get_content().replace("\r\n", "\n") == LETTER.text
    assert (got["To"], got["From"], got["Subject"]) == ("amal@example.org", "record@example.org", "Your link")
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Message-ID"] == "<0123456789abcdef@example.org>"


def test_what_the_mail_server_refuses_is_told_apart(server: MailServer) -> None:
    """An address that it doesn't know is refused for good; one that it takes later is tried again."""
    mailer = open_mailer(by_server(server.port))
    with pytest.raises(BadInput, match="no letter to this address"):
        mailer.send(replace(LETTER, to="nobody@example.org"))
    with pytest.raises(SourceFailed, match="later"):
        mailer.send(replace(LETTER, to="later@example.org"))
    assert not server.came


def test_nothing_goes_in_the_clear_where_the_server_offers_no_tls(server: MailServer) -> None:
    """STARTTLS is asked for and never done without."""
    with pytest.raises(SourceFailed):
        open_mailer(by_server(server.port, mail_tls="starttls")).send(LETTER)
    assert not server.came


def test_a_mail_server_that_is_away_is_told() -> None:
    """A port where nobody listens is one clear error."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceFailed, match="can't be used"):
        open_mailer(by_server(port)).send(LETTER)


def test_without_a_server_letters_lie_in_the_outbox(tmp_path: Path) -> None:
    """Each is a file that only its owner reads; the same letter again is the same file."""
    mailer = open_mailer(Config(ledger=str(tmp_path)))
    mailer.send(LETTER)
    mailer.send(LETTER)
    [path] = (tmp_path / "outbox").iterdir()
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700
    got = read_letter(path.read_bytes())
    assert got["To"] == "amal@example.org"


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nSubject: x",
        "a@example.org, b@example.org",
        "<a@example.org>\x00",
    ],
)
def test_nothing_typed_gets_into_the_head_of_a_letter(to: str) -> None:
    """An address with a line break, or with two addresses in it, is none; a subject is one line."""
    with pytest.raises(BadInput):
        parse_address(to)
    message = compose(replace(LETTER, subject="Hello\r\nBcc: b@example.org\u202e"), sender="record@example.org")
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: b@example.org"
    with pytest.raises(BadInput):
        compose(replace(LETTER, to=to), sender="record@example.org")


def test_an_address_has_one_form() -> None:
    """Capitals, spaces about it and ways to write a domain count for nothing; each address is compared in this form."""
    assert parse_address("  Amal.K@EXAMPLE.org ") == "amal.k@example.org"
    assert parse_address("a@BÜCHER.de") == parse_address("a@xn--bcher-kva.de")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "amal",
        "a@b",
        "a@localhost",
        "a b@example.org",
        "a@[127.0.0.1]",
        "x" * 250 + "@example.org",
        '"a b"@example.org',
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    """An address has one @, and a domain that could be in the internet."""
    with pytest.raises(BadInput):
        parse_address(typed)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"mail_smtp": "mail.example.org"}, "mail_from isn't set"),
        ({"mail_smtp": "mail.example.org", "mail_from": "nobody"}, "no e-mail address"),
        ({"mail_smtp": "mail.example.org:many", "mail_from": "a@example.org"}, "no address of a mail server"),
        ({"mail_smtp": "mail.example.org", "mail_from": "a@example.org", "mail_tls": "off"}, "in the clear"),
        ({"mail_smtp": "mail.example.org", "mail_from": "a@example.org", "mail_tls": "yes"}, "none of its values"),
    ],
)
def test_wrong_settings_of_mail_are_told(settings: dict[str, str], told: str) -> None:
    """What can't be meant is told when the site starts, not when the first letter is lost."""
    with pytest.raises(BadInput, match=told):
        open_mailer(Config(**settings))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of `localhost`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path: Path = tmp_path_factory.mktemp("certificate") / "both.pem"
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secured(certificate: Path) -> Iterator[MailServer]:
    """A mail server that wants STARTTLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with listening_for_mail(tls=context) as listening:
        yield listening


def test_a_mail_server_with_a_strange_certificate_gets_nothing(secured: MailServer) -> None:
    """Whoever stands between reads no letter and no password."""
    with pytest.raises(SourceFailed, match="SSLCertVerificationError"):
        open_mailer(Config(mail_smtp=f"localhost:{secured.port}", mail_from="a@example.org")).send(LETTER)
    assert not secured.came


def test_letters_go_by_starttls(secured: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a server whose certificate this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    open_mailer(Config(mail_smtp=f"localhost:{secured.port}", mail_from="a@example.org")).send(LETTER)
    assert len(secured.came) == 1
