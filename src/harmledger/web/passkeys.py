"""Passkeys as the second step: what an authenticator is asked to sign, and whether it did. WebAuthn is the work of the package `webauthn`.

They stand beside the password, never instead of it: whoever finds an unlocked key signs in nowhere.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import Connection
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from harmledger.domain import Account
from harmledger.errors import BadInput
from harmledger.store.accounts import find_account, parse_name
from harmledger.store.passkeys import Passkey, list_passkeys, use_passkey
from harmledger.web.visit import Visit

MOST_ANSWER_CHARS = 20_000
MOST_PASSKEYS = 20
REFUSED = "The passkey could not be taken. Try once more."
_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the package raises for what a browser would never send, besides its own errors."""


def ask_to_make(visit: Visit) -> str:
    """What this browser is asked for a new passkey of who is signed in, as JSON."""
    me = visit.me
    challenge = visit.site.challenges.issue(visit.seed or "", "register", me.account_id, now=visit.site.now())
    options = generate_registration_options(
        rp_id=_host(visit),
        rp_name="harmledger",
        user_name=me.name,
        user_id=bytes.fromhex(me.account_id),
        challenge=challenge.bytes,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.DISCOURAGED
        ),
        exclude_credentials=_described(list_passkeys(visit.connection, me.account_id)),
    )
    return options_to_json(options)


def make_passkey(visit: Visit, name: str, answer: str) -> Passkey:
    """The passkey that the browser made.

    Raises:
        BadInput: it isn't an answer to what was asked, or has no name.
    """
    challenge = visit.site.challenges.take(visit.seed or "", "register", now=visit.site.now())
    name = parse_name(name)
    if challenge is None or challenge.account_id != visit.me.account_id or len(answer) > MOST_ANSWER_CHARS:
        raise BadInput(REFUSED, "the passkey", "")
    try:
        verified = verify_registration_response(
            credential=parse_registration_credential_json(answer),
            expected_challenge=challenge.bytes,
            expected_rp_id=_host(visit),
            expected_origin=_origin(visit),
        )
    except _UNREADABLE as e:
        raise BadInput(REFUSED, "the passkey", "") from e
    return Passkey(
        credential_id=bytes_to_base64url(verified.credential_id),
        account_id=visit.me.account_id,
        name=name,
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        made=visit.site.now(),
        used=None,
    )


def ask_to_sign(visit: Visit, purpose: str, account: Account) -> str:
    """What this browser's authenticator is asked to sign, as JSON; for who gave the account's password just now."""
    challenge = visit.site.challenges.issue(visit.seed or "", purpose, account.account_id, now=visit.site.now())
    options = generate_authentication_options(
        rp_id=_host(visit),
        challenge=challenge.bytes,
        allow_credentials=_described(list_passkeys(visit.connection, account.account_id)),
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return options_to_json(options)


def take_signature(visit: Visit, writer: Connection, purpose: str) -> tuple[Account | None, bool]:
    """The account whose passkey this browser was asked for, and whether it signed."""
    challenge = visit.site.challenges.take(visit.seed or "", purpose, now=visit.site.now())
    account = challenge and find_account(writer, challenge.account_id)
    if not challenge or not account or account.disabled:
        return None, False
    return account, _is_signed(visit, writer, account, challenge.bytes)


def _is_signed(visit: Visit, writer: Connection, account: Account, challenge: bytes) -> bool:
    answer = visit.form.get("answer", "")
    try:
        given = parse_authentication_credential_json(answer[:MOST_ANSWER_CHARS])
        mine = list_passkeys(writer, account.account_id)
        passkey = next(each for each in mine if each.credential_id == bytes_to_base64url(given.raw_id))
        verified = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=_host(visit),
            expected_origin=_origin(visit),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (*_UNREADABLE, StopIteration):
        return False
    return use_passkey(writer, passkey, verified.new_sign_count, now=visit.site.now())


def _host(visit: Visit) -> str:
    """What passkeys are bound to: the site's name."""
    return urlsplit(visit.site.config.site_url).hostname or "localhost"


def _origin(visit: Visit) -> str:
    parts = urlsplit(visit.site.config.site_url or str(visit.request.base_url))
    return f"{parts.scheme}://{parts.netloc}"


def _described(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in passkeys]
