"""The readable page of the API, made of the same list as the OpenAPI document."""

from __future__ import annotations

from starlette.responses import Response

from harmledger.web.api.openapi import ABOUT, REFUSALS
from harmledger.web.api.operations import QUESTIONS
from harmledger.web.respond import page
from harmledger.web.visit import Visit


def show_api(visit: Visit) -> Response:
    """What programs may ask, with what, and what they get."""
    params = {param.name: param for question in QUESTIONS for param in question.params if not param.in_path}
    return page(
        visit,
        "api/api.html",
        about=ABOUT,
        questions=QUESTIONS,
        params=sorted(params.values(), key=lambda param: param.name),
        refusals=REFUSALS,
    )
