"""Who sees what: the one way by which handlers ask for documents, claims and incidents.

Every question that a handler asks carries `visit.viewer`; those of the site's own go through the functions of `store`, which take a viewer,
and where SQL is written, through `store.access.may_see`.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException

from harmledger.domain import PUBLIC, Account, Role, Viewer
from harmledger.store.access import sees_document
from harmledger.web.visit import Visit


def viewer_of(account: Account | None) -> Viewer:
    """What an account may see."""
    if account is None:
        return PUBLIC
    return Viewer(account_id=account.account_id, sees_all=account.role.covers(Role.LEAD))


def check_document(visit: Visit, document: str) -> None:
    """Pass where the document may be seen.

    Raises:
        HTTPException: 404, for one that is closed as for one that isn't there.
    """
    if not sees_document(visit.connection, visit.viewer, document):
        raise HTTPException(404)
