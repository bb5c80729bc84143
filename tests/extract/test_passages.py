"""Which sentences are encoded, and in what company."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmledger.extract.passages import MAX_TOKENS, pack, select

HITS = st.lists(st.booleans(), max_size=40)


@given(HITS)
def test_every_sentence_of_harm_is_selected_with_its_neighbours(hits: list[bool]) -> None:
    """A sentence with a harm word is read, and so are those beside it; a text without one is not read at all."""
    chosen = set(select(hits))
    wanted = {j for i, hit in enumerate(hits) if hit for j in (i - 1, i, i + 1) if 0 <= j < len(hits)}
    assert wanted <= chosen
    assert chosen == set() or any(hits)


@given(HITS, st.data())
def test_every_selected_sentence_is_the_core_of_one_passage(hits: list[bool], data: st.DataObject) -> None:
    """Cores cover the selection once, in order; contexts only repeat earlier sentences; none but a lone long one overflows."""
    chosen = select(hits)
    sizes = {i: data.draw(st.integers(0, MAX_TOKENS * 2)) for i in chosen}
    passages = pack(chosen, sizes)
    assert [i for p in passages for i in p.sentences[p.core :]] == chosen
    for p in passages:
        own, context = p.sentences[p.core :], p.sentences[: p.core]
        assert all(c < own[0] for c in context)
        size = sum(sizes[i] + 1 for i in p.sentences) + 2
        assert size <= MAX_TOKENS or len(own) == 1
