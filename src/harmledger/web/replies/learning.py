"""The local filter learns from what moderators decided, behind the pages."""

from __future__ import annotations

from harmledger.replying import list_labels
from harmledger.web.site import Site

LEARN_EVERY_SECONDS = 600.0
"""Two thousand decisions take ten seconds of a core."""
LOOK_SECONDS = 10.0


def learn_anew(site: Site) -> bool:
    """Whether there was anything new to learn.

    Raises:
        SourceFailed: the ledger can't be read.
    """
    with site.readers.reading(seconds=LOOK_SECONDS) as connection:
        labels = list_labels(connection)
    return site.replies.judge.learn(labels)
