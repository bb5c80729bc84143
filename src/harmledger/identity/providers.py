"""All that sign people in for this site, as configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx2

from harmledger.config import Provider
from harmledger.errors import NotFound
from harmledger.identity.asking import SignsIn
from harmledger.identity.mastodon import Apps, Mastodon
from harmledger.identity.oauth import open_oauth
from harmledger.identity.oidc import OidcProvider
from harmledger.reach.transports import reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """The providers of a site, in the order in which they are shown."""

    configured: Mapping[str, Provider]
    fixed: Mapping[str, SignsIn]
    """Those of one address."""
    instances: Mapping[str, Mastodon]

    def get(self, name: str) -> Provider:
        """The provider of that name.

        Raises:
            NotFound: there is none.
        """
        if name not in self.configured:
            raise NotFound("nobody of that name signs people in here", name, "choose one that is shown")
        return self.configured[name]

    def at(self, name: str, instance: str = "") -> SignsIn:
        """The provider of that name; of Mastodon, the instance.

        Raises:
            NotFound: there is none.
            BadInput, SourceFailed: the instance is none, or can't be asked.
        """
        provider = self.get(name)
        if provider.kind != "mastodon":
            return self.fixed[name]
        return self.instances[name].at(provider.issuer or instance)

    def forget(self, name: str, instance: str) -> None:
        """Forget how this site is known at an instance, where somebody couldn't be signed in there; of other providers nothing."""
        provider = self.get(name)
        if provider.kind == "mastodon":
            self.instances[name].forget(provider.issuer or instance)


def open_providers(
    configured: tuple[Provider, ...],
    *,
    site: str,
    back: Callable[[str], str],
    now: Callable[[], datetime],
    apps: Apps,
    way: Callable[[bool], httpx2.BaseTransport] | None = None,
) -> Providers:
    """The providers that the settings name; nobody is asked yet.

    `site`: this site's address; `back`: the address that browsers come back to from the provider of a name; `way`: how one is reached
    (told whether a visitor names where); `apps`: keeps how it is known at instances.
    """
    go = way or _reach
    known = go(False)  # noqa: FBT003  as `way` is called
    fixed: dict[str, SignsIn] = {}
    instances: dict[str, Mastodon] = {}
    for provider in configured:
        if provider.kind == "mastodon":
            instances[provider.name] = Mastodon(go(not provider.issuer), apps, site=site, back=back(provider.name))
        elif provider.kind == "oidc":
            fixed[provider.name] = OidcProvider(provider, known, now)
        else:
            fixed[provider.name] = open_oauth(provider, known)
    return Providers(configured={one.name: one for one in configured}, fixed=fixed, instances=instances)


def _reach(typed: bool) -> httpx2.BaseTransport:  # noqa: FBT001  as `way` is called
    return reach(typed=typed)
