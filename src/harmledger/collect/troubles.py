"""What goes wrong on the way to an answer, in words."""

from __future__ import annotations

import ssl
from collections.abc import Generator
from contextlib import contextmanager

import httpcore2

from harmledger.domain import FetchOutcome
from harmledger.reach import Address, Heard, Stopped

_LATER = "try again later"
_MOST_SHOWN = 120
"""Of what others wrote."""
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"})
"""What OpenSSL's versions call an answer in clear words where a handshake was due."""


@contextmanager
def telling(heard: Heard, address: Address) -> Generator[None]:
    """Tells every trouble of a connection as one kind of failure.

    Raises:
        Stopped: there was one.
    """
    try:
        yield
    except (httpcore2.TimeoutException, TimeoutError) as e:
        raise Stopped(FetchOutcome.TIMED_OUT, f"{address.host} doesn't answer in time", _LATER) from e
    except httpcore2.ProxyError as e:
        raise Stopped(
            FetchOutcome.NO_CONNECTION, f"the proxy refuses ({str(e)[:_MOST_SHOWN]})", "see fetch_proxy"
        ) from e
    except httpcore2.NetworkError as e:
        raise _tell_network(e, address) from e
    except httpcore2.ProtocolError as e:
        raise _tell_protocol(e, heard) from e


def _tell_network(error: httpcore2.NetworkError, address: Address) -> Stopped:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = f"the certificate doesn't prove that it is {address.host} ({cause.verify_message})"
        return Stopped(FetchOutcome.BAD_TLS, what, "see in a browser what is wrong with it")
    if isinstance(cause, ssl.SSLError) and cause.reason in _NO_TLS:
        return Stopped(FetchOutcome.BAD_TLS, "it speaks no TLS there", "try the address with http://")
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        what = f"no secure connection comes about ({cause.reason or 'TLS'})"
        return Stopped(FetchOutcome.BAD_TLS, what, "see in a browser what is wrong with it")
    why = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(error)[:_MOST_SHOWN]
    what = f"{address.host} can't be reached, or hangs up ({why or type(error).__name__})"
    return Stopped(FetchOutcome.NO_CONNECTION, what, _LATER)


def _tell_protocol(error: httpcore2.ProtocolError, heard: Heard) -> Stopped:
    if heard.ended and (not heard.came or heard.came.startswith(b"HTTP/")):
        return Stopped(FetchOutcome.NO_CONNECTION, "the answer breaks off before its end", _LATER)
    return Stopped(FetchOutcome.GARBLED, f"the answer is no HTTP ({str(error)[:_MOST_SHOWN]})", "check the address")
