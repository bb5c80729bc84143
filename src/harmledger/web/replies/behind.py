"""What is done for replies behind the pages: a filter elsewhere is told of moderators' rulings, and what was kept long enough goes, once a day."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from harmledger.domain import Reply, ReplySubjectKind
from harmledger.endpoint.akismet import Akismet
from harmledger.filtering import tell_elsewhere
from harmledger.replying import forget_old
from harmledger.store.reply_tellings import has_telling
from harmledger.web.site import Site

LOOK_SECONDS = 10.0
SWEPT_EVERY = timedelta(hours=1)
PLACES = {
    ReplySubjectKind.INCIDENT: "/incidents/",
    ReplySubjectKind.CLAIM: "/claims/",
    ReplySubjectKind.DOCUMENT: "/reports/",
}
_LOG = logging.getLogger("harmledger.web")


class Chores:
    """Done again and again while the site is served."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._swept: datetime | None = None

    def do(self) -> None:
        """All that is to be done now.

        Raises:
            SourceFailed: the ledger can't be read or written.
        """
        site, now = self._site, self._site.now()
        due = self._swept is None or now - self._swept >= SWEPT_EVERY
        with site.readers.reading(seconds=LOOK_SECONDS) as connection:
            waits = has_telling(connection, now)
        elsewhere = (each for each in site.replies.judge.elsewhere if isinstance(each, Akismet))
        tells = next(elsewhere, None) if waits else None
        if tells:
            tell_elsewhere(site.ledger, tells, lambda reply: address_of_subject(site, reply), now=site.now)
        if due:
            with site.ledger.writing() as writer:
                rows = forget_old(writer, now)
            self._swept = now
            _LOG.info("%d rows of replies were kept long enough, and are deleted", rows)


def address_of_subject(site: Site, reply: Reply) -> str:
    """Where what is replied to is read, for others."""
    return f"{site.url}{PLACES[reply.subject.kind]}{reply.subject.id}"
