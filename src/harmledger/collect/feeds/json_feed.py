"""JSON Feed (1.0 and 1.1): the addresses of its items. Source: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from harmledger.addresses import normalize_address
from harmledger.collect.feeds.moments import parse_moment
from harmledger.domain import Found
from harmledger.errors import BadInput


def read_json_feed(content: bytes, *, base: str) -> Iterator[Found]:
    """Every item that has an address, in the feed's order.

    Raises:
        BadInput: it is no JSON, or no feed.
    """
    for item in _items(content, base):
        if isinstance(item, dict) and (found := _read_item(cast("dict[str, Any]", item), base)):
            yield found


def _items(content: bytes, where: str) -> list[object]:
    try:
        feed: object = json.loads(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (ValueError, RecursionError) as e:
        raise BadInput("it is broken JSON", where, "check what the address gives") from e
    items = cast("dict[str, object]", feed).get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise BadInput("it is JSON and no JSON Feed: it has no items", where, "check what the address gives")
    return cast("list[object]", items)


def _read_item(item: dict[str, Any], base: str) -> Found | None:
    told = (_string(item, name) for name in ("url", "external_url", "id"))
    url = next(
        filter(
            None, (normalize_address(each, base) for each in told if each and (each.startswith("/") or "://" in each))
        ),
        None,
    )
    if url is None:
        return None
    return Found(
        url=url,
        published=parse_moment(_string(item, "date_published")),
        changed=parse_moment(_string(item, "date_modified")),
        title=" ".join((_string(item, "title") or "").split())[:300] or None,
    )


def _string(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
