"""One line of a `.jsonl` of reports to what it gives: `{"id", "title", "published", "captured", "text"}`, only `text` needed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from harmledger.collect.decode import keepable
from harmledger.domain import Given
from harmledger.errors import BadInput

_ID = re.compile(rb'"id"\s*:\s*(?:"((?:[^"\\]|\\.){0,500})"|(-?\d{1,40}))')
_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The text of a report line and what is given beside it."""

    text: str
    given: Given


def parse_line(line: bytes, *, where: str) -> ReportLine:
    """A report from the bytes of its line; unknown keys are ignored.

    Raises BadInput for broken JSON, a missing or empty text, or a value of the wrong type.
    """
    report = _parse_object(line, where)
    text = report.get("text")
    if not isinstance(text, str):
        what = 'it has no "text"' if text is None else f'its "text" is {_type_name(text)}, not a string'
        raise BadInput(what, where, 'give each report a string "text"')
    if not text.strip():
        raise BadInput('its "text" is empty', where, "leave the report out or give its words")
    return ReportLine(keepable(text), _given(report, where))


def find_id(line: bytes) -> str | None:
    """The report's own id, found even in a line that is broken further on."""
    found = _ID.search(line)
    if found is None:
        return None
    if found[2] is not None:
        return found[2].decode()
    try:
        return keepable(json.loads(b'"' + found[1] + b'"'))
    except ValueError:
        return None


def _parse_object(line: bytes, where: str) -> dict[str, object]:
    try:
        value: object = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as e:
        raise BadInput(
            f"the line isn't UTF-8 (byte {e.start + 1})",
            where,
            "write the file as UTF-8",
        ) from e
    except json.JSONDecodeError as e:
        raise BadInput(
            f"broken JSON ({e.msg}, column {e.colno})",
            where,
            "write one whole JSON object a line",
        ) from e
    except (ValueError, RecursionError) as e:
        raise BadInput(
            "JSON nested too deep or a number too long",
            where,
            "write one flat JSON object a line",
        ) from e
    if not isinstance(value, dict):
        raise BadInput(
            f"the line is {_type_name(value)}, not an object",
            where,
            "write one JSON object a line",
        )
    return cast("dict[str, object]", value)


def _given(report: dict[str, object], where: str) -> Given:
    given_id = report.get("id")
    if isinstance(given_id, int) and not isinstance(given_id, bool):
        given_id = str(given_id)
    return Given(
        id=_string(given_id, "id", where),
        title=_string(report.get("title"), "title", where),
        published=_day(report.get("published"), "published", where),
        captured=_day(report.get("captured"), "captured", where),
    )


def _string(value: object, key: str, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(
            f'its "{key}" is {_type_name(value)}, not a string',
            where,
            "write it as a string or leave it out",
        )
    return keepable(value) or None


def _day(value: object, key: str, where: str) -> date | None:
    stated = _string(value, key, where)
    if stated is None or not stated.strip():
        return None
    found = _ISO_DAY.fullmatch(stated.strip())
    try:
        return date.fromisoformat(found[1] if found else stated.strip())
    except ValueError as e:
        shown = stated if len(stated) <= 40 else stated[:40] + "…"
        raise BadInput(
            f'its "{key}" is no date ("{shown}")',
            where,
            "write it as YYYY-MM-DD or leave it out",
        ) from e


def _type_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
