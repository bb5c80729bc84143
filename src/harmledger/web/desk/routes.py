"""The review desk: one claim after another, links, documents, the log. Its routes, each with who may use it, in one list."""

from starlette.routing import BaseRoute

from harmledger.domain import Role
from harmledger.web.desk.accounts import (
    change_role,
    disable_account,
    end_all_sessions,
    make_account,
    reset_password,
    show_account,
    show_accounts,
)
from harmledger.web.desk.agreement import show_agreement
from harmledger.web.desk.claim import decide_claim, settle_claim, show_claim
from harmledger.web.desk.document import decide_document, enter_missed, show_document, show_documents
from harmledger.web.desk.groups import (
    close_documents,
    join,
    leave,
    make_group,
    open_again,
    show_group,
    show_groups,
)
from harmledger.web.desk.incident import merge, show_incident, show_merge, show_split, split
from harmledger.web.desk.links import decide_link, show_links
from harmledger.web.desk.log import show_audit, show_log, undo_decision
from harmledger.web.desk.queue import give, go_on, show_queue
from harmledger.web.desk.replies import go_on as go_on_replies
from harmledger.web.desk.replies import show_corrected, show_replies, show_sources, take_source
from harmledger.web.desk.reply import block_writer, publish_witness, rule_reply, show_reply
from harmledger.web.desk.victims import add_victim, rule_victim, show_names
from harmledger.web.guards import needs
from harmledger.web.routes import form, page

_REVIEWS, _LEADS = needs(Role.REVIEWER), needs(Role.LEAD)
_FRESH = needs(Role.LEAD, fresh=True)
_ADMINS, _KEEPS = needs(Role.ADMIN), needs(Role.ADMIN, fresh=True)

ROUTES: tuple[BaseRoute, ...] = (
    page("/desk", show_queue, needs=_REVIEWS),
    page("/desk/next", go_on, needs=_REVIEWS),
    form("/desk/assign", give, needs=_LEADS),
    page("/desk/claims/{id}", show_claim, needs=_REVIEWS),
    form("/desk/claims/{id}", decide_claim, needs=_REVIEWS),
    form("/desk/claims/{id}/settle", settle_claim, needs=_LEADS),
    form("/desk/decisions/{id}/undo", undo_decision, needs=_REVIEWS),
    page("/desk/documents", show_documents, needs=_REVIEWS),
    page("/desk/documents/{id}", show_document, needs=_REVIEWS),
    form("/desk/documents/{id}", decide_document, needs=_REVIEWS),
    form("/desk/documents/{id}/enter", enter_missed, needs=_REVIEWS),
    form("/desk/documents/{id}/victims", add_victim, needs=_LEADS),
    form("/desk/documents/{id}/names", show_names, needs=_LEADS),
    form("/desk/victims/{id}", rule_victim, needs=_LEADS),
    page("/desk/links", show_links, needs=_REVIEWS),
    form("/desk/links", decide_link, needs=_FRESH),
    page("/desk/incidents/{id}", show_incident, needs=_REVIEWS),
    page("/desk/incidents/{id}/merge", show_merge, needs=_LEADS),
    form("/desk/incidents/{id}/merge", merge, needs=_FRESH),
    page("/desk/incidents/{id}/split", show_split, needs=_LEADS),
    form("/desk/incidents/{id}/split", split, needs=_FRESH),
    page("/desk/replies", show_replies, needs=_REVIEWS),
    page("/desk/replies/next", go_on_replies, needs=_REVIEWS),
    page("/desk/replies/corrected", show_corrected, needs=_REVIEWS),
    page("/desk/replies/sources", show_sources, needs=_REVIEWS),
    form("/desk/replies/sources/{id}", take_source, needs=_REVIEWS),
    page("/desk/replies/{id}", show_reply, needs=_REVIEWS),
    form("/desk/replies/{id}", rule_reply, needs=_REVIEWS),
    form("/desk/replies/{id}/witness", publish_witness, needs=_LEADS),
    form("/desk/replies/{id}/block", block_writer, needs=_LEADS),
    page("/desk/agreement", show_agreement, needs=_REVIEWS),
    page("/desk/log", show_log, needs=_REVIEWS),
    page("/desk/audit", show_audit, needs=_ADMINS),
    page("/desk/accounts", show_accounts, needs=_ADMINS),
    form("/desk/accounts", make_account, needs=_KEEPS),
    page("/desk/accounts/{id}", show_account, needs=_ADMINS),
    form("/desk/accounts/{id}/role", change_role, needs=_KEEPS),
    form("/desk/accounts/{id}/reset", reset_password, needs=_KEEPS),
    form("/desk/accounts/{id}/disable", disable_account, needs=_KEEPS),
    form("/desk/accounts/{id}/sessions", end_all_sessions, needs=_KEEPS),
    page("/desk/groups", show_groups, needs=_ADMINS),
    form("/desk/groups", make_group, needs=_KEEPS),
    page("/desk/groups/{id}", show_group, needs=_ADMINS),
    form("/desk/groups/{id}/join", join, needs=_KEEPS),
    form("/desk/groups/{id}/leave", leave, needs=_KEEPS),
    form("/desk/groups/{id}/close", close_documents, needs=_KEEPS),
    form("/desk/groups/{id}/open", open_again, needs=_KEEPS),
)
