"""How the record is made, and how well, in words for people: with the figures that were measured, packaged as they stand in evals/figures.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache

from starlette.responses import Response

from harmledger.domain import Rule
from harmledger.resources.packaged import read_packaged_text
from harmledger.web.respond import page
from harmledger.web.visit import Visit
from harmledger.web.words import RULE_WORDS

Measured = Mapping[str, float | int | None]
SETS = (
    ("claims_open", "60 English reports, marked claim by claim"),
    ("claims_ar_open", "80 Arabic reports, marked claim by claim"),
    ("airwars_syria_reports_en", "English reports with the figures that Airwars coded from them"),
    ("airwars_syria_reports_ar", "Arabic reports with the figures that Airwars coded from them"),
    ("airwars_gaza_narratives", "Airwars narratives that set several sources' figures side by side"),
)
SHOWN = {
    "recall": "of the claims that are there, how many are found",
    "precision": "of what is found, how much is a claim",
    "low": "lower bound right",
    "high": "upper bound right",
    "harm": "harm right",
    "kind": "kind of people right",
    "scope": "whether it counts the whole incident",
    "place where stated": "place right, where one is stated",
    "date where stated": "day right, where one is stated",
    "actor where stated": "who is blamed right, where somebody is",
    "source where stated": "who says so right, where somebody is named",
    "means where stated": "means right, where one is stated",
    "whole claim F1": "count, harm, kind, scope and source all right (F1)",
    "calibration error": "how far confidence is off, on average",
    "killed within the coder's range": "killed: within the coder's range",
    "injured within the coder's range": "injured: within the coder's range",
    "killed: both ends of the range": "killed: both ends of the range right",
    "injured: both ends of the range": "injured: both ends of the range right",
}
"""Measures in words; the others are for those who work on the program."""


def show_method(visit: Visit) -> Response:
    """The page."""
    return page(visit, "known/method.html", sets=measured_sets(), rules=[RULE_WORDS[rule.value] for rule in Rule])


@cache
def measured_sets() -> Sequence[tuple[str, str, Sequence[tuple[str, Measured]]]]:
    """(name, words, (measure, figure)…) of each set that was measured on."""
    figures: Mapping[str, Mapping[str, Measured]] = json.loads(read_packaged_text("figures.json"))
    return [
        (name, words, [(told, figures[name][measure]) for measure, told in SHOWN.items() if measure in figures[name]])
        for name, words in SETS
        if name in figures
    ]
