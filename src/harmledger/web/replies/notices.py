"""Letters to who asked to be told what becomes of a reply, and how to end them: by one click, without signing in.

A letter names the reply by its number and holds no word of it: mail is read on its way, and a witness may be in danger. Scanners of mail open
links, so that looking ends nothing; a button does, or the mail program by itself (RFC 8058).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from string import Template

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import QueuedMail
from harmledger.errors import NotFound
from harmledger.replying.noticing import ANSWERED, PUBLISHED, REFUSED
from harmledger.store.replier_sessions import set_notify
from harmledger.store.repliers import find_address, get_replier
from harmledger.web.respond import page
from harmledger.web.site import Site
from harmledger.web.visit import Visit

LOOK_SECONDS = 5.0
SIGNED_CHARS = 32
_END = """
$url/replies/$reference

You get this because you asked to be told. To get no more of these letters:

$url$unsubscribe
"""
TEMPLATES = {
    PUBLISHED: Template(f"Your reply $reference is public\n\nYour reply $reference to $host is public now:\n{_END}"),
    REFUSED: Template(
        f"Your reply $reference was refused\n\nA moderator of $host refused your reply $reference. Why, and what you can do:\n{_END}"
    ),
    ANSWERED: Template(
        f"Your reply $reference was looked at again\n\nYou asked $host to look at your reply $reference again. What came of it:\n{_END}"
    ),
}


def fill(site: Site, told: Mapping[str, str]) -> Mapping[str, str]:
    """The values of such a letter."""
    host = site.url.partition("://")[2]
    path = unsubscribe_path(site, told["replier"])
    return {"url": site.url, "host": host, "reference": told["reference"], "unsubscribe": path}


def is_wanted(site: Site, mail: QueuedMail) -> bool:
    """Whether who it is to still wants it there."""
    with site.readers.reading(seconds=LOOK_SECONDS) as connection:
        return find_address(connection, mail.told.get("replier", "")) == mail.to


def unsubscribe_path(site: Site, replier_id: str) -> str:
    """Where a person ends letters; nobody else can make it."""
    return f"/replies/unsubscribe/{replier_id}.{_signed(site, replier_id)}"


def show_unsubscribe(visit: Visit) -> Response:
    """A button."""
    _find(visit)
    return page(visit, "replies/unsubscribe.html", done=False)


def unsubscribe(visit: Visit) -> Response:
    """Write no more, and forget the address."""
    replier_id = _find(visit)
    with visit.site.ledger.writing() as writer:
        set_notify(writer, replier_id, None, None)
    return page(visit, "replies/unsubscribe.html", done=True)


def _find(visit: Visit) -> str:
    """Whom the link is for.

    Raises:
        HTTPException: 404, it is none of this site's, or they erased themselves.
    """
    replier_id, _, signed = visit.request.path_params["token"].partition(".")
    if not hmac.compare_digest(_signed(visit.site, replier_id).encode(), signed.encode()):
        raise HTTPException(404)
    try:
        return get_replier(visit.connection, replier_id).replier_id
    except NotFound as e:
        raise HTTPException(404) from e


def _signed(site: Site, replier_id: str) -> str:
    return site.sign("unsubscribe", replier_id)[:SIGNED_CHARS]
