"""Rules that lean on pointers: they make answers likelier and rule none out."""

from __future__ import annotations

import numpy as np
import pytest

from harmledger.domain import MeansKind
from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.events import Clause, find_clause
from harmledger.extract.labels import MEANS
from harmledger.extract.leaning import (
    CLAUSE,
    NOBODY_DID_IT,
    SENTENCE,
    Found,
    lean_off_speakers,
    lean_on_clauses,
    lean_on_means,
    lean_on_somebody,
    lean_on_speakers,
    lean_on_times,
)
from harmledger.text.sentences import split_sentences

EVEN = np.full((1, 5), 0.2, dtype=np.float32)
"""One claim that points at each of four pieces, or at nothing, alike."""
PASSAGE = EncodedPassage(ids=np.zeros(4, int), spans=[(0, 5), (6, 9), (10, 14), (15, 20)], sentence=np.zeros(4, int), core=0)  # fmt: skip

NAMES = Found(spans={0: (0, 5), 1: (6, 9), 2: (10, 14)}, sentence={})

CLAUSES = [
    ("Bombs killed 9 in Kutum, while in Sake 4 died.", "9", "Bombs killed 9 in Kutum"),
    ("Bombs killed 9 in Kutum, while in Sake 4 died.", "4", ", while in Sake 4 died."),
    ("One raid killed 9 in Kutum, and another on Sake left 4 dead.", "4", ", and another on Sake left 4 dead."),
    ("Bombs killed 9 and wounded 4 in Kutum.", "4", "Bombs killed 9 and wounded 4 in Kutum."),
    ("قتل 9 مدنيين في كتم، فيما أصيب 4 في نيالا", "9", "قتل 9 مدنيين في كتم"),
]


@pytest.mark.parametrize(("text", "count", "clause"), CLAUSES)
def test_a_count_has_its_own_part_of_a_sentence(text: str, count: str, clause: str) -> None:
    """A sentence is cut where it turns to another event, and only there."""
    found = find_clause(text, (0, len(text)), text.index(count))
    assert text[slice(*found.span)] == clause
    assert found.whole == (clause == text)


def test_leaning_keeps_probabilities() -> None:
    """However the rules lean, a claim's starts sum to one and none falls to nought."""
    found = Found(spans={1: (6, 9)}, sentence={1: 0})
    for leant in (
        lean_on_speakers(EVEN, PASSAGE, [0], found),
        lean_off_speakers(EVEN, PASSAGE, found),
        lean_on_times(EVEN, found),
        lean_on_clauses(EVEN, NAMES, [Clause((0, 9), whole=False)], whole=SENTENCE, part=CLAUSE),
    ):
        assert leant.sum() == pytest.approx(1, abs=1e-5)
        assert (leant > 0).all()


def test_a_speaker_of_the_claims_sentence_is_likelier() -> None:
    """Who says something here is the likelier source, who says something elsewhere the less likely one."""
    here = lean_on_speakers(EVEN, PASSAGE, [0], Found(spans={1: (6, 9)}, sentence={1: 0}))
    elsewhere = lean_on_speakers(EVEN, PASSAGE, [3], Found(spans={1: (6, 9)}, sentence={1: 0}))
    assert here[0, 1] > here[0, 0]
    assert elsewhere[0, 1] < elsewhere[0, 0]


def test_who_tells_of_it_is_seldom_who_did_it() -> None:
    """All pieces of a speaker are less likely as actor."""
    leant = lean_off_speakers(EVEN, PASSAGE, Found(spans={1: (6, 14)}, sentence={1: 0}))
    assert leant[0, 1] == leant[0, 2] < leant[0, 0] == leant[0, 3]


def test_a_clause_weighs_more_than_a_sentence() -> None:
    """Within a sentence of several events the claim's own part decides, else its sentence."""
    part = lean_on_clauses(EVEN, NAMES, [Clause((0, 9), whole=False)], whole=SENTENCE, part=CLAUSE)
    whole = lean_on_clauses(EVEN, NAMES, [Clause((0, 9), whole=True)], whole=SENTENCE, part=CLAUSE)
    assert part[0, 0] / part[0, 3] == pytest.approx(CLAUSE, rel=1e-3)
    assert whole[0, 0] / whole[0, 3] == pytest.approx(SENTENCE, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The drone strikes killed 3.", NOBODY_DID_IT),
        ("He spoke of some of these raids, one of which left 3 dead.", NOBODY_DID_IT),
        ("A drone strike killed 3.", 1),
        ("Strikes killed 3.", 1),
    ],
)
def test_a_deed_told_as_known_is_somebodys(text: str, nobody: float) -> None:
    """Whose "the raids" are was told before; whose "a raid" is need not have been."""
    leant = lean_on_somebody(EVEN, text, [(0, len(text))], [0])
    assert leant[0, -1] / leant[0, 0] == pytest.approx(nobody, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "claim", "means"),
    [
        ("A mine killed 3. Warplanes had bombed the road.", 0, MeansKind.MINE_OR_REMNANT),
        ("Warplanes had bombed the road. It left 3 dead.", 1, MeansKind.AIRSTRIKE),
        ("مقتل 3 مدنيين بانفجار لغم أرضي.", 0, MeansKind.MINE_OR_REMNANT),
        ("Three people died.", 0, None),
    ],
)
def test_the_means_that_is_named_nearest_is_likeliest(text: str, claim: int, means: MeansKind | None) -> None:
    """Its own words in the claim's sentence count most, then those beside it; where none stand, all stays as it was."""
    even = np.full((1, len(MEANS)), 1 / len(MEANS), dtype=np.float32)
    leant = lean_on_means(even, text, split_sentences(text), [claim])
    assert leant.sum() == pytest.approx(1, abs=1e-5)
    likeliest = {MEANS[i] for i in np.flatnonzero(np.isclose(leant[0], leant.max()))}
    assert likeliest == set(MEANS) if means is None else means in likeliest and None not in likeliest


def test_what_tells_who_a_speaker_is_speaks_for_the_speaker() -> None:
    """Whatever points between a speaker and the cue points at the speaker."""
    found = Found(spans={0: (0, 5)}, sentence={0: 0}, asides={0: (5, 14)})
    leant = lean_on_speakers(EVEN, PASSAGE, [0], found)
    assert leant[0, 1] == leant[0, 2] == 0
    assert leant[0, 0] > leant[0, 3] > 0
