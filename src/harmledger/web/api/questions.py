"""One question that programs may ask: its path, its parameters, what it answers. The route, the validation and the OpenAPI document are made of it.

Most are for everybody, and change nothing; some need a token, and of these some do something. Answers for everybody may be used by pages of other
sites: they hold nothing that is for one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harmledger.domain import TokenScope
from harmledger.publish.record import Record
from harmledger.publish.wording import render_json
from harmledger.store.withheld import load_withholding
from harmledger.web.api.bearer import Body, ByToken
from harmledger.web.api.body import JSON, Field, read_body
from harmledger.web.api.params import Asked, Param, Schema, read_query
from harmledger.web.respond import FOR_ONE
from harmledger.web.routes import page
from harmledger.web.visit import Visit

GEOJSON = "application/geo+json"
JSONLD = "application/ld+json"
FOR_OTHERS = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that can be asked."""

    path: str
    about: str
    answers: Schema
    answer: Callable[[Visit, Asked], Response]
    params: tuple[Param, ...] = ()
    media: str = JSON
    leads_on: bool = False
    """Whether an old id is answered with the way to where it leads on."""
    scope: TokenScope | None = None
    """What a token must be for; None: everybody asks."""
    says: tuple[Field, ...] | None = None
    """What the body says of something that is done, which may be nothing; None: it is only looked at something."""

    @property
    def method(self) -> str:
        """How it is asked."""
        return "GET" if self.says is None else "POST"

    @property
    def route(self) -> BaseRoute:
        """Where it is asked."""
        if self.scope is None:
            return page(self.path, self._make_handler(), kept=True)
        by_token = ByToken(self._ask, self.scope, writes=self.says is not None)
        return Route(self.path, by_token, methods=[self.method], name=self.path)

    def _make_handler(self) -> Callable[[Visit], Response]:
        def ask(visit: Visit) -> Response:
            return self._ask(visit, None)

        ask.__name__ = self.path
        return ask

    def _ask(self, visit: Visit, body: Body | None) -> Response:
        of_path = {p.name: p.read(visit.request.path_params[p.name]) for p in self.params if p.in_path}
        said: Asked = read_body(body, self.says) if body and self.says is not None else {}
        return self.answer(visit, {**read_query(visit.request.query_params, self.params), **said, **of_path})


def answer(visit: Visit, value: Record) -> Response:
    """A value for programs, every withheld name struck."""
    return answer_text(visit, [render_json(load_withholding(visit.connection).record(value))], media=JSON)


def answer_text(visit: Visit, pieces: Iterable[str], *, media: str) -> Response:
    """Text for programs, from which names were struck already."""
    told = FOR_OTHERS if visit.for_everybody else {"cache-control": FOR_ONE}
    return Response("".join(pieces).encode(errors="replace"), media_type=media, headers=told)


def answer_page(visit: Visit, items: Sequence[Any], last: str | None) -> Response:
    """A page of a list; `last` is the id that the next page follows, None at the end."""
    return answer(visit, {"items": items, "next": last and next_page(visit, last)})


def next_page(visit: Visit, last: str) -> str:
    """The address of the page that follows."""
    given = [(name, value) for name, value in visit.request.query_params.multi_items() if name != "after"]
    return f"{absolute(visit, visit.request.url.path)}?{urlencode([*given, ('after', last)])}"


def absolute(visit: Visit, path: str) -> str:
    """A path as it is reached from outside, where the settings say how that is."""
    return f"{visit.site.config.site_url.rstrip('/')}{path}"
