"""Who attests time, for tests: an authority that OpenSSL itself answers for, a calendar, and headers of blocks; each in order or hostile.

with Stampers() as them:
    authority = Authority(tmp_path)
    them["/tsa"] = authority.answer
    them["/calendar/digest"] = promise(them.at("/calendar"))
    them.at("/tsa")            # http://127.0.0.1:PORT/tsa
    them.asked                 # what came: (method, path, body)
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from harmledger.attest.blocks import Headers
from harmledger.attest.ots import render_timestamp
from harmledger.attest.ots_tree import APPEND, BITCOIN_TAG, PENDING_TAG, SHA256, Attestation, Operation, Tree

Answer = bytes | tuple[int, bytes] | Callable[[bytes], "bytes | tuple[int, bytes]"]
EASY = 0x207FFFFF
"""Bits of a header that every second try meets; Bitcoin's own test chain has them."""


class Stampers:
    """A server on this machine that answers by path."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.give(b"")

            def do_POST(self) -> None:
                self.give(self.rfile.read(int(self.headers["Content-Length"])))

            def give(self, body: bytes) -> None:
                outer.asked.append((self.command, self.path, body))
                answer = outer.answers.get(self.path, (404, b"nothing here"))
                answer = answer(body) if callable(answer) else answer
                status, content = answer if isinstance(answer, tuple) else (200, answer)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                if 300 <= status < 400:
                    self.send_header("Location", content.decode())
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __setitem__(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"


class Authority:
    """A time-stamping authority: a root, an intermediate, and a signer for time stamps, as real ones are; OpenSSL makes the tokens."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "Test",
        usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
        days: tuple[int, int] = (-1, 30),
        encloses_root: bool = False,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
        self.root = _certificate(f"{name} root", keys[0], f"{name} root", keys[0])
        self.middle = _certificate(f"{name} middle", keys[1], f"{name} root", keys[0])
        self.signer = _certificate(
            f"{name} signer", keys[2], f"{name} middle", keys[1], usage=usage, days=days, is_ca=False
        )
        enclosed = [self.middle, *([self.root] if encloses_root else [])]
        self._write("root.pem", self.pem(self.root))
        self._write("enclosed.pem", b"".join(map(self.pem, enclosed)))
        self._write("signer.pem", self.pem(self.signer))
        self._write("signer.key", keys[2].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self._write("middle.pem", self.pem(self.middle))
        self._write("serial", b"01")
        self._write("tsa.cnf", _SETTINGS.encode())

    @staticmethod
    def pem(certificate: x509.Certificate) -> bytes:
        return certificate.public_bytes(Encoding.PEM)

    def answer(self, request: bytes) -> bytes:
        """A token for a request, as it was asked for."""
        self._write("request.tsq", request)
        command = "openssl ts -reply -config tsa.cnf -section fake -queryfile request.tsq -out answer.tsr"
        subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "answer.tsr").read_bytes()

    def stamp(self, data: bytes) -> bytes:
        """A token for bytes, asked for by OpenSSL."""
        self._write("data", data)
        command = "openssl ts -query -data data -sha256 -cert -out asked.tsq"
        subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)
        return self.answer((self.folder / "asked.tsq").read_bytes())

    def sign_as(self, token: bytes) -> bytes:
        """What another authority's token says, signed by this one's signer, whatever its certificate is for: OpenSSL's own authority wouldn't."""
        self._write("other.tsr", token)
        for command in (
            "openssl ts -reply -in other.tsr -token_out -out other.der",
            "openssl cms -verify -noverify -inform DER -in other.der -out told.der",
            (
                "openssl cms -sign -binary -nodetach -nosmimecap -econtent_type 1.2.840.113549.1.9.16.1.4 -md sha256 -outform DER"
                " -signer signer.pem -inkey signer.key -certfile middle.pem -in told.der -out signed.der"
            ),
        ):
            subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)
        return _sequence(_sequence(b"\x02\x01\x00") + (self.folder / "signed.der").read_bytes())

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


_SETTINGS = """\
[fake]
serial = serial
signer_cert = signer.pem
certs = enclosed.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuers_key: ec.EllipticCurvePrivateKey,
    *,
    usage: x509.ObjectIdentifier | None = None,
    days: tuple[int, int] = (-30, 3000),
    is_ca: bool = True,
) -> x509.Certificate:
    now = datetime.now(UTC)
    signs = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuers_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_ca, content_commitment=False, key_cert_sign=is_ca, crl_sign=is_ca, **signs
            ),
            critical=True,
        )
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(issuers_key, hashes.SHA256())


def _sequence(content: bytes) -> bytes:
    """A DER sequence of less than 64 KB."""
    size = len(content)
    return (bytes([0x30, size]) if size < 0x80 else b"\x30\x82" + size.to_bytes(2)) + content


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


# --- calendars -------------------------------------------------------------------------------------------------------


def pending(address: str) -> Attestation:
    """A calendar's promise."""
    return Attestation(PENDING_TAG, bytes([len(address)]) + address.encode())


def in_block(height: int) -> Attestation:
    """That a message is a block's Merkle root."""
    out, left = bytearray(), height
    while left > 0x7F:
        out.append(left & 0x7F | 0x80)
        left >>= 7
    return Attestation(BITCOIN_TAG, bytes([*out, left]))


def chained(message: bytes, operations: Sequence[Operation], end: Attestation) -> Tree:
    """A message, what is done to it, and who attests what comes of it."""
    if not operations:
        return Tree(message, frozenset({end}))
    first, *others = operations
    return Tree(message, branches=((first, chained(first.apply(message), others, end)),))


SALTED = (Operation(APPEND, b"salt"), Operation(SHA256))
"""What the calendar here does before it promises."""
MINED = (Operation(APPEND, b"transaction"), Operation(SHA256), Operation(SHA256))
"""What it does before the block."""


def apply_all(message: bytes, operations: Sequence[Operation]) -> bytes:
    for operation in operations:
        message = operation.apply(message)
    return message


def promise(address: str) -> Callable[[bytes], bytes]:
    """A calendar that takes a hash, to be asked at an address for more."""
    return lambda digest: render_timestamp(chained(digest, SALTED, pending(address)))


def complete(commitment: bytes, height: int) -> bytes:
    """What it tells of a promise, once it is in a block."""
    return render_timestamp(chained(commitment, MINED, in_block(height)))


# --- blocks ----------------------------------------------------------------------------------------------------------


def mine(root: bytes, *, before: bytes = b"\x11" * 32, time: datetime, bits: int = EASY) -> bytes:
    """A header over a Merkle root, with the little work that its bits claim."""
    for nonce in range(100_000):
        header = struct.pack("<I", 2) + before + root + struct.pack("<III", int(time.timestamp()), bits, nonce)
        if double_sha256(header)[-1] < 0x7F:
            return header
    raise AssertionError("no luck")


def mine_chain(roots: Sequence[bytes], *, time: datetime, first: int = 800_000) -> Headers:
    """Headers one after another, ten minutes apart."""
    found: dict[int, bytes] = {}
    before = b"\x11" * 32
    for number, root in enumerate(roots):
        found[first + number] = mine(root, before=before, time=time + number * timedelta(minutes=10))
        before = double_sha256(found[first + number])
    return Headers(by_height=found)


def double_sha256(data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()
