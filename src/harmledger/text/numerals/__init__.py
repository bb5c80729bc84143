"""Expressions of how many people, read from their words: bounds and hedges by the contract's rules for numbers.

`find_counts` proposes every expression of a stretch of text that could count people, `find_named` every run of names;
`parse_count` reads the whole counted expression of a claim. None decides whether anybody was harmed.
"""

from __future__ import annotations

from harmledger.text.numerals.counts import CountWords, ParsedCount
from harmledger.text.numerals.english import parse_number
from harmledger.text.numerals.named import find_named
from harmledger.text.numerals.proposals import find_counts
from harmledger.text.numerals.wording import parse_count

__all__ = ["CountWords", "ParsedCount", "find_counts", "find_named", "parse_count", "parse_number"]
