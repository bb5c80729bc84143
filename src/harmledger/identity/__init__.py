"""Others sign people in for this site: OpenID Connect and OAuth 2, each with a proof key (PKCE), a state and, where there is one, a nonce.

    begin ─▶ an address that the browser goes to ─▶ the provider ─▶ the browser comes back with a code ─▶ finish ─▶ who it is there

Edge: asks providers, bounded in time and size. Knows nothing of browsers, repliers or the ledger: states and nonces are kept by who calls.
What is learnt of a person is one name by which the provider knows them; tokens are let go at once.
"""

from __future__ import annotations

from harmledger.identity.asking import Back, Begun, Client, SignsIn
from harmledger.identity.mastodon import Apps, parse_instance
from harmledger.identity.providers import Providers, open_providers

__all__ = ["Apps", "Back", "Begun", "Client", "Providers", "SignsIn", "open_providers", "parse_instance"]
