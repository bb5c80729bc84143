"""What a report tells is kept as plain values, and read again whole."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
from fake_tellings import some_tellings

from harmledger.domain import Unlinked
from harmledger.link.copies import Print
from harmledger.link.told import Told, parse_told, render_shingles, render_told


def test_what_was_kept_is_read_again() -> None:
    """Nothing of a telling is lost on the way through JSON: places, weekdays, figures, words."""
    for number, telling in enumerate(some_tellings(40)):
        prints = Print(
            document_id=telling.document_id, published=date(2017, 5, 6), shingles=np.arange(number, dtype="<u4")
        )
        told = Told(tellings=(telling,), unlinked=(Unlinked(claim_id="x", reason="counts several"),), print=prints)
        again = parse_told(json.loads(json.dumps(render_told(told))), telling.document_id, render_shingles(told))
        assert (again.tellings, again.unlinked) == (told.tellings, told.unlinked)
        assert again.print.published == prints.published
        assert again.print.shingles.tolist() == prints.shingles.tolist()
