"""One question to an authority or a calendar, and its answer: bounded by the client that is given, and every failure told in one sentence."""

from __future__ import annotations

import httpx2

from harmledger import __version__
from harmledger.errors import NotFound, SourceFailed

_HEADERS = {"User-Agent": f"harmledger/{__version__}", "Accept-Encoding": "identity"}


def ask(
    client: httpx2.Client, url: str, *, content: bytes | None = None, accept: str, content_type: str | None = None
) -> bytes:
    """The answer's body: to what is posted, or to the address alone.

    Raises:
        NotFound: the address says that there is nothing (404).
        SourceFailed: it can't be reached, refuses, or sends what isn't taken.
    """
    headers = {**_HEADERS, "Accept": accept, **({"Content-Type": content_type} if content_type else {})}
    try:
        answer = client.request("GET" if content is None else "POST", url, content=content, headers=headers)
    except (httpx2.HTTPError, httpx2.InvalidURL) as e:
        what = f"it can't be reached ({str(e)[:200] or type(e).__name__})"
        raise SourceFailed(what, url, "the next run asks again") from e
    if answer.status_code == 404 and content is None:
        raise NotFound("it has nothing by that name", url, "ask again later")
    if answer.status_code != 200:
        raise SourceFailed(f"it answers with status {answer.status_code}", url, "check its address")
    return answer.content
