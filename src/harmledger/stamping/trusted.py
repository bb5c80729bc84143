"""What the user vouches for: root certificates that tokens are held to, and Bitcoin's block headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from harmledger.attest.blocks import LEAST_DIFFICULTY, Headers, parse_headers
from harmledger.attest.token import parse_certificates
from harmledger.config import StampSettings
from harmledger.errors import BadInput, HarmledgerError

_ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Certificates and headers, read; none where none are named."""

    roots: Sequence[x509.Certificate] = ()
    headers: Headers | None = None
    least_difficulty: float = LEAST_DIFFICULTY


def load_trusted(settings: StampSettings) -> Trusted:
    """What the settings name.

    Raises:
        BadInput: it can't be opened, or is something else.
    """
    headers = settings.headers
    return Trusted(
        roots=load_roots(settings.roots) if settings.roots else (),
        headers=parse_headers(_read(Path(headers)), headers) if headers else None,
    )


def load_roots(path: str) -> list[x509.Certificate]:
    """The certificates in a file, or in all files of a folder that are named as certificates are; each once.

    Raises:
        BadInput: there is none, or a file holds something else.
    """
    place = Path(path)
    if not place.is_dir():
        return parse_certificates(_read(place), path)
    files = sorted(each for each in place.iterdir() if each.suffix.lower() in _ENDINGS)
    found = list(dict.fromkeys(one for each in files for one in _readable(each)))
    if not found:
        raise BadInput("the folder holds no certificates", path, "name a file of them in stamp_roots")
    return found


def _readable(path: Path) -> list[x509.Certificate]:
    """A machine's folder of certificates has links that lead nowhere and old ones that nothing reads: these vouch for nothing."""
    try:
        return parse_certificates(_read(path), str(path))
    except HarmledgerError:
        return []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise BadInput(f"the file can't be opened ({e.strerror})", str(path), "name another in the settings") from e
