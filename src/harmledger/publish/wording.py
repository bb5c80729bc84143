"""A claim's fields as the few words a person reads, from its record.

Comes in: parts of the claim record. Goes out: one line of text each, safe to print anywhere. Layout is made by `tables`.
"""

from __future__ import annotations

import json
import re

from harmledger.publish.gloss import OUTLET
from harmledger.publish.record import Record

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ISOLATE, ISOLATE_END = "\u2068", "\u2069"
"""First-strong isolate and its end: invisible, and only ever on a terminal, never in a record."""
_RIGHT_TO_LEFT_RUN = re.compile(f"{RIGHT_TO_LEFT.pattern}(?:[^A-Za-z]*{RIGHT_TO_LEFT.pattern})?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Invisible characters that turn the direction of what follows: a text may not reorder the table it stands in."""
_UNPRINTED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def render_json(value: object) -> str:
    """One line of JSON in readable letters; what a terminal would obey, or UTF-8 can't hold, is escaped, the same value."""
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def render_plain(text: str) -> str:
    """Text on one line that can't drive a terminal: controls show as `\ufffd`, direction marks are left out, white space is one space."""
    return _CONTROLS.sub("\ufffd", _DIRECTIONS.sub("", " ".join(text.split()))).encode(errors="replace").decode()


def isolate(text: str) -> str:
    """Words of one language, set apart where they hold right-to-left letters, so that what stands around them keeps its order."""
    return f"{ISOLATE}{text}{ISOLATE_END}" if RIGHT_TO_LEFT.search(text) else text


def isolate_words(text: str) -> str:
    """English text with each run of right-to-left words in it set apart."""
    return _RIGHT_TO_LEFT_RUN.sub(lambda run: f"{ISOLATE}{run[0]}{ISOLATE_END}", text)


def render_cell(value: str | float | None) -> str | float | None:
    """A CSV cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it; numbers stay numbers.

    Text that has such an apostrophe by itself gets one more, so that taking one off always gives the exact words.

    Source: OWASP, CSV Injection.
    """
    if not isinstance(value, str):
        return value
    shown = _CONTROLS.sub("\ufffd", value.replace("\r\n", "\n")).encode(errors="replace").decode()
    return f"'{shown}" if _FORMULA.match(value) else shown


def render_bounds(count: Record) -> str:
    """A count's bounds: `35`, `20–25`, `20 or more`, `up to 20`."""
    match count["low"], count["high"]:
        case None, None:
            return "not said"
        case low, None:
            return f"{low} or more"
        case None, high:
            return f"up to {high}"
        case low, high:
            return str(low) if low == high else f"{low}–{high}"


def render_harm(claim: Record) -> str:
    """The harm, and whether it is denied or questioned."""
    harm = claim["harm"].replace("_", " ")
    return harm if claim["polarity"] == "asserted" else f"{harm} ({claim['polarity']})"


def render_kind(claim: Record) -> str:
    """Whom it harmed: their kind, and their group where the words say one."""
    victims = claim["victims"]
    return ", ".join(filter(None, (victims["kind"], victims["group"]))) if victims else ""


def render_place(claim: Record) -> str:
    """The gazetteer's name and country, else the text's own words."""
    place = claim["place"]
    if not place:
        return ""
    known = ", ".join(filter(None, (place["name"], place["country"])))
    return render_plain(known or place["exact"])


def render_days(between: Record | None) -> str:
    """One day, or the first and the last."""
    if not between or not (between["earliest"] or between["latest"]):
        return ""
    earliest, latest = between["earliest"] or "", between["latest"] or ""
    return earliest if earliest == latest else f"{earliest} – {latest}".strip()


def render_actor(claim: Record) -> str:
    """Who is said to have done it, and how surely."""
    actor = claim["actor"]
    if not actor:
        return ""
    name = render_plain(actor["name"] or actor["exact"])
    return name if actor["certainty"] == "stated" else f"{name} ({actor['certainty']})"


def render_speakers(claim: Record) -> str:
    """The claimant first, then through whom it came."""
    names = [render_plain(speaker["name"] or speaker["exact"]) for speaker in reversed(claim["attribution"])]
    return ", via ".join(names) or OUTLET
