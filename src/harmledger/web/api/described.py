"""The readable page of the API, made of the same list as the OpenAPI document."""

from __future__ import annotations

from starlette.responses import Response

from harmledger.web.api.moderation.operations import MODERATION
from harmledger.web.api.openapi import ABOUT, DOING_REFUSALS, REFUSALS, TOKEN_REFUSALS
from harmledger.web.api.operations import OPERATIONS, QUESTIONS
from harmledger.web.respond import page
from harmledger.web.visit import Visit


def show_api(visit: Visit) -> Response:
    """What programs may ask and do, with what, and what they get."""
    params = {param.name: param for question in OPERATIONS for param in question.params if not param.in_path}
    return page(
        visit,
        "api/api.html",
        about=ABOUT,
        site_url=visit.site.url,
        questions=QUESTIONS,
        moderation=MODERATION,
        params=sorted(params.values(), key=lambda param: param.name),
        refusals=dict(sorted({**REFUSALS, **TOKEN_REFUSALS, **DOING_REFUSALS}.items())),
    )
