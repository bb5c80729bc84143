"""Words of time in newspapers, English and Arabic: where they stand and what they say by themselves.

A text comes in, its expressions of time come out in order, each with its exact words and a meaning that is not yet tied to any
day of writing; `resolve.period` does that.
"""

from harmledger.text.dates.find import find_dates
from harmledger.text.dates.meaning import DateKind, DateWords

__all__ = ["DateKind", "DateWords", "find_dates"]
