"""One question that programs may ask: its path, its parameters, what it answers. The route, the validation and the OpenAPI document are made of it.

Answers for everybody may be used by pages of other sites: they hold nothing that is for one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import BaseRoute

from harmledger.publish.record import Record
from harmledger.publish.wording import render_json
from harmledger.store.withheld import load_withholding
from harmledger.web.api.params import Asked, Param, Schema, read_query
from harmledger.web.respond import FOR_ONE
from harmledger.web.routes import page
from harmledger.web.visit import Visit

JSON = "application/json"
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

    @property
    def route(self) -> BaseRoute:
        """Where it is asked."""
        return page(self.path, self._make_handler(), kept=True)

    def _make_handler(self) -> Callable[[Visit], Response]:
        def ask(visit: Visit) -> Response:
            of_path = {p.name: p.read(visit.request.path_params[p.name]) for p in self.params if p.in_path}
            return self.answer(visit, {**read_query(visit.request.query_params, self.params), **of_path})

        ask.__name__ = self.path
        return ask


def answer(visit: Visit, value: Record) -> Response:
    """A value for programs, every withheld name struck."""
    return answer_text(visit, [render_json(load_withholding(visit.connection).record(value))], media=JSON)


def answer_text(visit: Visit, pieces: Iterable[str], *, media: str) -> Response:
    """Text for programs, from which names were struck already."""
    told = {"cache-control": FOR_ONE} if visit.seed is not None else FOR_OTHERS
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
