"""Which words of the record a reply points at."""

from __future__ import annotations

from sqlalchemy import Connection

from harmledger.domain import PUBLIC, ReplySubject, Target, Viewer
from harmledger.errors import BadInput
from harmledger.reply.targets import locate
from harmledger.review.fields import PARSERS
from harmledger.store.reply_targets import check_subject, list_passages


def find_target(connection: Connection, subject: ReplySubject, target: Target, viewer: Viewer = PUBLIC) -> Target:
    """Where the chosen words stand, with the document and claim in which they do.

    Raises:
        NotFound: what is replied to isn't there, or may not be seen.
        BadInput: the words don't stand there, or there is no such value.
    """
    check_subject(connection, subject, viewer)
    found = locate(target, list_passages(connection, subject, viewer))
    if found.field is not None and (found.field not in PARSERS or found.claim_id is None):
        what = "no value of a claim is called so there"
        raise BadInput(what, found.field[:40], f"choose one of {', '.join(PARSERS)}")
    return found
