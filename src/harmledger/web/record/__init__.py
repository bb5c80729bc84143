"""The pages of the record itself: an incident with its picture and its dossier, a report with its marks, what changed of it, the place
of a claim.
"""

from starlette.routing import BaseRoute

from harmledger.web.record.incident import dossier, incident
from harmledger.web.record.report import choose_warnings, claim, report
from harmledger.web.record.versions import changes
from harmledger.web.routes import form, page

ROUTES: tuple[BaseRoute, ...] = (
    page("/incidents/{id}", incident, kept=True, about="id"),
    page("/incidents/{id}/dossier", dossier),
    page("/reports/{id}", report, kept=True, about="id"),
    page("/reports/{id}/changes", changes, kept=True),
    page("/reports/{id}/changes/{older}", changes, kept=True),
    page("/claims/{id}", claim, kept=True, about="id"),
    form("/warnings", choose_warnings, token=False),
)

__all__ = ["ROUTES"]
